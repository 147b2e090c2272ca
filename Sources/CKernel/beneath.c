// What can be done beneath a directory. Every call starts at a descriptor, and the kernel itself
// keeps the way below it: no symbolic link, no magic link of /proc, no `..` leads out, however
// the tree changes meanwhile.

#include "CKernel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RETRY(call) ({ __typeof__(call) r_; do r_ = (call); while (r_ < 0 && errno == EINTR); \
                       r_ < 0 ? -errno : r_; })
#define ONCE(call) ({ __typeof__(call) r_ = (call); r_ < 0 ? -errno : r_; })

// Without openat2 (Linux before 5.6) there is no safe way, and this says ENOSYS.
int sbx_open_beneath(int directory, const char *path, enum sbx_purpose purpose, unsigned mode,
                     int across_mounts) {
    static const uint64_t flags[] = {
        [SBX_LOOK] = O_PATH | O_NOFOLLOW,
        [SBX_ENTER] = O_PATH | O_DIRECTORY,
        [SBX_LIST] = O_RDONLY | O_DIRECTORY | O_NONBLOCK,
        [SBX_CREATE] = O_WRONLY | O_CREAT | O_EXCL,
        [SBX_DRAFT] = O_WRONLY | O_TMPFILE,
    };
    int makes = purpose == SBX_CREATE || purpose == SBX_DRAFT;
    struct open_how how = {
        .flags = flags[purpose] | O_CLOEXEC,
        .mode = makes ? mode & 0777 : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS
                   | (across_mounts ? 0 : RESOLVE_NO_XDEV),
    };
    return (int)RETRY(syscall(SYS_openat2, directory, path, &how, sizeof how));
}

// The thread's own /proc entry: that of the process ends with its first thread.
static void name_descriptor(char text[48], int fd) {
    snprintf(text, 48, "/proc/thread-self/fd/%d", fd);
}

int sbx_reopen(int fd) {
    char path[48];
    name_descriptor(path, fd);
    return RETRY(open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

int sbx_path_of(int fd, char *buffer, size_t size) {
    char path[48];
    name_descriptor(path, fd);
    return (int)ONCE(readlink(path, buffer, size));
}

int sbx_mkdir_at(int directory, const char *name, unsigned mode) {
    return ONCE(mkdirat(directory, name, mode & 0777));
}

int sbx_unlink_at(int directory, const char *name) { return ONCE(unlinkat(directory, name, 0)); }

int sbx_rename_at(int directory, const char *from, const char *to, int replacing) {
    return ONCE(renameat2(directory, from, directory, to, replacing ? 0 : RENAME_NOREPLACE));
}

// With AT_EMPTY_PATH this needs a capability before Linux 6.10; by way of /proc it never does.
int sbx_link_at(int fd, int directory, const char *name) {
    char path[48];
    name_descriptor(path, fd);
    return ONCE(linkat(AT_FDCWD, path, directory, name, AT_SYMLINK_FOLLOW));
}

int sbx_set_owner(int fd, unsigned uid, unsigned gid) {
    return ONCE(fchownat(fd, "", uid, gid, AT_EMPTY_PATH));
}

int sbx_set_mode(int fd, unsigned mode) { return ONCE(fchmod(fd, mode & 0777)); }

int64_t sbx_entries(int directory, char *buffer, size_t size) {
    _Alignas(struct dirent64) char raw[SBX_ENTRY_ROOM];
    if (size < sizeof raw) return -EINVAL;
    for (;;) {
        ssize_t got = RETRY(getdents64(directory, raw, sizeof raw));
        if (got <= 0) return got;
        size_t used = 0;
        for (ssize_t at = 0; at < got;) {
            const struct dirent64 *entry = (const struct dirent64 *)(raw + at);
            at += entry->d_reclen;
            if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
            // Always fits: the kernel's record is 18 bytes longer than ours.
            size_t length = strlen(entry->d_name) + 1;
            buffer[used++] = (char)entry->d_type;
            memcpy(buffer + used, entry->d_name, length);
            used += length;
        }
        if (used) return (int64_t)used;
    }
}

int sbx_temporary_file(const char *directory) {
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return fd < 0 ? -errno : fd;
    // A file system that can't: a name nobody guesses, taken away at once.
    uint64_t number[2];
    char path[4096];
    if (getrandom(number, sizeof number, 0) != sizeof number) return -EIO;
    int length = snprintf(path, sizeof path, "%s/.%016llx%016llx", directory,
                          (unsigned long long)number[0], (unsigned long long)number[1]);
    if (length < 0 || (size_t)length >= sizeof path) return -ENAMETOOLONG;
    fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return -errno;
    if (unlink(path) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}
