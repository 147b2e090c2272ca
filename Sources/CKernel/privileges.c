// Namespaces, mounts, identities, capabilities, Landlock, seccomp.

#include "CKernel.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ONCE(call) ({ __typeof__(call) r_ = (call); r_ < 0 ? -errno : r_; })

int sbx_unshare(int flags) { return ONCE(unshare(flags)); }
int sbx_setns(int fd, int type) { return ONCE(setns(fd, type)); }

int sbx_mount(const char *source, const char *target, const char *type,
              unsigned long flags, const char *data) {
    return ONCE(mount(source, target, type, flags, data));
}

// struct mount_attr and the flags, since Linux 5.12; Debian 12's libc has no wrapper.
struct attributes { uint64_t set, clear, propagation, userns; };
enum { attr_rdonly = 1, attr_nosuid = 2, attr_nodev = 4, attr_noexec = 8, attr_idmap = 1 << 20 };
enum { at_empty_path = 0x1000, at_recursive = 0x8000, tree_clone = 1, tree_cloexec = 02000000 };
enum { mount_setattr_call = 442, open_tree_call = 428, move_mount_call = 429, from_empty = 4 };

int sbx_mount_read_only_tree(const char *path, int no_exec) {
    struct attributes wanted = {.set = attr_rdonly | attr_nosuid | attr_nodev};
    if (no_exec) wanted.set |= attr_noexec;
    return (int)ONCE(syscall(mount_setattr_call, AT_FDCWD, path, at_recursive, &wanted,
                             sizeof wanted));
}

int sbx_mount_read_only_device(const char *path) {
    struct attributes wanted = {.set = attr_rdonly | attr_nosuid | attr_noexec};
    return (int)ONCE(syscall(mount_setattr_call, AT_FDCWD, path, 0, &wanted, sizeof wanted));
}

int sbx_tree_copy(int directory, const char *path) {
    unsigned flags = tree_clone | tree_cloexec | at_recursive | at_empty_path;
    return (int)ONCE(syscall(open_tree_call, directory, path, flags));
}

static int change_tree(int tree, struct attributes *wanted) {
    return (int)ONCE(syscall(mount_setattr_call, tree, "", at_empty_path | at_recursive, wanted,
                             sizeof *wanted));
}

int sbx_tree_restrict(int tree, int read_only) {
    struct attributes wanted = {.set = attr_nosuid | attr_nodev | attr_noexec,
                                .propagation = MS_PRIVATE};
    if (read_only) wanted.set |= attr_rdonly;
    return change_tree(tree, &wanted);
}

int sbx_tree_map(int tree, int user_namespace) {
    struct attributes wanted = {.set = attr_idmap, .userns = (uint64_t)user_namespace};
    return change_tree(tree, &wanted);
}

int sbx_tree_attach(int tree, const char *path) {
    return (int)ONCE(syscall(move_mount_call, tree, "", AT_FDCWD, path, from_empty));
}

int sbx_umount(const char *target, int flags) { return ONCE(umount2(target, flags)); }

int sbx_pivot_root(const char *new_root, const char *put_old) {
    return (int)ONCE(syscall(SYS_pivot_root, new_root, put_old));
}

int sbx_set_hostname(const char *name) { return ONCE(sethostname(name, strlen(name))); }

int sbx_set_dumpable(int on) { return ONCE(prctl(PR_SET_DUMPABLE, on, 0, 0, 0)); }
int sbx_set_no_new_privileges(void) { return ONCE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }
int sbx_get_no_new_privileges(void) { return ONCE(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); }

int sbx_drop_bounding_set(void) {
    for (int capability = 0; capability < 64; capability++) {
        int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held < 0) break;  // past the last capability this kernel knows
        if (held && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -errno;
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -errno;
    return 0;
}

int sbx_set_capabilities(uint64_t keep) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {
        {(uint32_t)keep, (uint32_t)keep, 0},
        {(uint32_t)(keep >> 32), (uint32_t)(keep >> 32), 0},
    };
    return (int)ONCE(syscall(SYS_capset, &header, data));
}

// Raw calls: glibc's wrappers signal every thread, and there is only one here.
int sbx_set_identity(unsigned uid, unsigned gid) {
    if (syscall(SYS_setgroups, 0, NULL) < 0) return -errno;
    if (syscall(SYS_setresgid, gid, gid, gid) < 0) return -errno;
    return (int)ONCE(syscall(SYS_setresuid, uid, uid, uid));
}

int sbx_set_limit(int resource, uint64_t soft, uint64_t hard) {
    struct rlimit limit = {soft, hard};
    return ONCE(setrlimit((__rlimit_resource_t)resource, &limit));
}

int sbx_get_limit(int resource, uint64_t *soft, uint64_t *hard) {
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) < 0) return -errno;
    *soft = limit.rlim_cur;
    *hard = limit.rlim_max;
    return 0;
}

// --- Landlock: Debian 12's headers stop at ABI 2, so the layout is spelled here.

struct ruleset { uint64_t fs, net, scoped; };
struct path_rule { uint64_t rights; int32_t parent; } __attribute__((packed));

enum { landlock_create = 444, landlock_add = 445, landlock_restrict = 446 };

int sbx_landlock_abi(void) {
    long abi = syscall(landlock_create, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    return abi < 0 ? 0 : (int)abi;
}

int sbx_landlock_create(uint64_t fs, uint64_t net, uint64_t scoped, int abi) {
    struct ruleset attributes = {fs, net, scoped};
    size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    return (int)ONCE(syscall(landlock_create, &attributes, size, 0));
}

int sbx_landlock_allow(int ruleset, const char *path, uint64_t rights) {
    int parent = open(path, O_PATH | O_CLOEXEC);
    if (parent < 0) return -errno;
    struct path_rule rule = {rights, parent};
    int result = (int)ONCE(syscall(landlock_add, ruleset, 1 /* PATH_BENEATH */, &rule, 0));
    close(parent);
    return result;
}

int sbx_landlock_restrict(int ruleset) {
    return (int)ONCE(syscall(landlock_restrict, ruleset, 0));
}

int sbx_seccomp_load(const void *instructions, unsigned count) {
    struct sock_fprog program = {(unsigned short)count, (struct sock_filter *)instructions};
    return (int)ONCE(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
}
