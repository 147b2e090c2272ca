// The one file in C++: RE2 has no other interface.

#include "CRE2.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>

namespace {
/// For both directions of one expression, in bytes. RE2's own default.
constexpr int64_t memory_limit = 8 << 20;
} // namespace

void *sbx_re2_compile(const char *pattern, size_t size, char *error, size_t error_size) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory_limit);
    RE2 *expression = new (std::nothrow) RE2(re2::StringPiece(pattern, size), options);
    if (expression != nullptr && expression->ok()) return expression;
    snprintf(error, error_size, "%s",
             expression == nullptr ? "out of memory" : expression->error().c_str());
    delete expression;
    return nullptr;
}

int sbx_re2_search(const void *expression, const char *text, size_t size) {
    const RE2 *compiled = static_cast<const RE2 *>(expression);
    re2::StringPiece subject(text == nullptr ? "" : text, size);
    return compiled->Match(subject, 0, size, RE2::UNANCHORED, nullptr, 0) ? 1 : 0;
}

void sbx_re2_free(void *expression) { delete static_cast<RE2 *>(expression); }
