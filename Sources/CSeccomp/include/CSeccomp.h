// libseccomp with plain signatures: what it takes to ask for numbers and to export a program.
// Every function returns >= 0 or -errno. Not thread-safe per filter, and each call makes its own.

#ifndef SBX_CSECCOMP_H
#define SBX_CSECCOMP_H

#include <stddef.h>
#include <stdint.h>

/// The number of a system call, by AUDIT_ARCH_*; `sbx_seccomp_elsewhere()` if only other
/// architectures have it, -ENOENT if libseccomp does not know the name, -EINVAL without a name.
int sbx_seccomp_resolve(uint32_t architecture, const char *name);

/// What `sbx_seccomp_resolve` returns for a call that this architecture lacks.
int sbx_seccomp_elsewhere(void);

/// One question about an argument: (argument & mask) == value, over all 64 bits.
struct sbx_seccomp_condition {
    uint32_t argument;
    uint64_t mask;
    uint64_t value;
};

/// A system call has six arguments; a rule asks at most one question about each.
#define SBX_SECCOMP_CONDITIONS 6

/// `action` for this number if all its conditions hold: `condition_count` of them, from
/// `first_condition` of the list on. Actions are SECCOMP_RET_* words.
struct sbx_seccomp_rule {
    uint32_t number;
    uint32_t action;
    uint32_t first_condition;
    uint32_t condition_count;
};

/// Compiles the rules for one architecture and writes the program, an array of struct sock_filter,
/// to `buffer`. Returns its length in bytes; -E2BIG if it does not fit. Rules whose action is
/// `otherwise` are refused by libseccomp (-EACCES).
ptrdiff_t sbx_seccomp_export(uint32_t architecture, uint32_t otherwise, uint32_t foreign,
                             const struct sbx_seccomp_rule *rules, size_t rule_count,
                             const struct sbx_seccomp_condition *conditions,
                             size_t condition_count, uint8_t *buffer, size_t capacity);

#endif
