// RE2 behind plain signatures: linear-time regular expressions in Go's dialect.
#ifndef SBX_CRE2_H
#define SBX_CRE2_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled expression, or NULL with a sentence in `error`. Memory is bounded: an expression that
/// would need more is refused.
void *sbx_re2_compile(const char *pattern, size_t size, char *error, size_t error_size);

/// 1: the pattern occurs somewhere in the text; 0: it does not. May be called from many threads.
int sbx_re2_search(const void *expression, const char *text, size_t size);

void sbx_re2_free(void *expression);

#ifdef __cplusplus
}
#endif
#endif
