#include "CSeccomp.h"

#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int sbx_seccomp_elsewhere(void) { return -ENOSYS; }

int sbx_seccomp_resolve(uint32_t architecture, const char *name) {
    if (name == NULL) return -EINVAL;
    // libseccomp's tokens are the AUDIT_ARCH_* numbers.
    int number = seccomp_syscall_resolve_name_arch(architecture, name);
    if (number == __NR_SCMP_ERROR) return -ENOENT;
    // Below zero are libseccomp's own placeholders for calls that this architecture lacks.
    return number < 0 ? sbx_seccomp_elsewhere() : number;
}

static int add_rule(scmp_filter_ctx filter, const struct sbx_seccomp_rule *rule,
                    const struct sbx_seccomp_condition *conditions, size_t condition_count) {
    struct scmp_arg_cmp comparisons[SBX_SECCOMP_CONDITIONS];
    if (rule->condition_count > SBX_SECCOMP_CONDITIONS) return -EINVAL;
    if ((size_t)rule->first_condition + rule->condition_count > condition_count) return -EINVAL;
    for (uint32_t i = 0; i < rule->condition_count; i++) {
        const struct sbx_seccomp_condition *condition = &conditions[rule->first_condition + i];
        comparisons[i] = (struct scmp_arg_cmp){
            .arg = condition->argument,
            .op = SCMP_CMP_MASKED_EQ,
            .datum_a = condition->mask,
            .datum_b = condition->value,
        };
    }
    return seccomp_rule_add_exact_array(filter, rule->action, (int)rule->number,
                                        rule->condition_count, comparisons);
}

/// libseccomp 2.5 exports to a descriptor only: a memory file, read back at once.
static ptrdiff_t export_to(scmp_filter_ctx filter, uint8_t *buffer, size_t capacity) {
    int file = memfd_create("seccomp-export", MFD_CLOEXEC);
    if (file < 0) return -errno;
    ptrdiff_t result = seccomp_export_bpf(filter, file);
    if (result == 0) {
        off_t size = lseek(file, 0, SEEK_END);
        if (size < 0) {
            result = -errno;
        } else if ((size_t)size > capacity) {
            result = -E2BIG;
        } else {
            ssize_t count = pread(file, buffer, (size_t)size, 0);
            // A memory file is read in one piece.
            result = count < 0 ? -errno : count == size ? count : -EIO;
        }
    }
    close(file);
    return result;
}

ptrdiff_t sbx_seccomp_export(uint32_t architecture, uint32_t otherwise, uint32_t foreign,
                             const struct sbx_seccomp_rule *rules, size_t rule_count,
                             const struct sbx_seccomp_condition *conditions,
                             size_t condition_count, uint8_t *buffer, size_t capacity) {
    if (buffer == NULL || (rules == NULL && rule_count > 0)) return -EINVAL;
    if (conditions == NULL && condition_count > 0) return -EINVAL;
    scmp_filter_ctx filter = seccomp_init(otherwise);
    if (filter == NULL) return -ENOMEM;

    ptrdiff_t result = 0;
    if (architecture != seccomp_arch_native()) {
        result = seccomp_arch_add(filter, architecture);
        if (result == 0) result = seccomp_arch_remove(filter, seccomp_arch_native());
    }
    if (result == 0) result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, foreign);
    for (size_t i = 0; result == 0 && i < rule_count; i++)
        result = add_rule(filter, &rules[i], conditions, condition_count);
    if (result == 0) result = export_to(filter, buffer, capacity);
    seccomp_release(filter);
    return result;
}
