// hiredis behind plain signatures: commands are lists of byte strings, never format strings.
#ifndef SBX_CHIREDIS_H
#define SBX_CHIREDIS_H

#include <stddef.h>
#include <stdint.h>

/// A connection, or NULL with a sentence in `error`. Connecting, and later each reading and
/// writing, may take `timeout_ms`.
void *sbx_redis_connect(const char *host, int port, int64_t timeout_ms, char *error, size_t size);
void sbx_redis_close(void *connection);

/// The reply, or NULL with a sentence in `error`: the connection is of no use from then on.
/// A peer that is gone raises no SIGPIPE.
void *sbx_redis_command(void *connection, int count, const char **arguments, const size_t *sizes,
                        char *error, size_t size);
void sbx_redis_free(void *reply);

enum sbx_redis_kind {
    sbx_redis_nil, sbx_redis_integer, sbx_redis_text, sbx_redis_error, sbx_redis_list,
};
int sbx_redis_kind_of(const void *reply);
int64_t sbx_redis_integer_of(const void *reply);
const char *sbx_redis_text_of(const void *reply, size_t *size);
size_t sbx_redis_count_of(const void *reply);
const void *sbx_redis_element_of(const void *reply, size_t place);

#endif
