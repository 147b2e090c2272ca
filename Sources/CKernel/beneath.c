// Looking into a directory that somebody hostile fills: no path leads out of it, no name is trusted
// to be text, and nothing is waited for.

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

int sbx_open_beneath(int directory, const char *path, int is_directory) {
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY |
                 (is_directory ? O_DIRECTORY : 0),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    int fd;
    do fd = (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
    while (fd < 0 && errno == EINTR);
    return fd < 0 ? -errno : fd;
}

int sbx_status_beneath(int directory, const char *name, struct sbx_status *status) {
    struct stat found;
    if (fstatat(directory, name, &found, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    *status = (struct sbx_status){
        .size = found.st_size,
        .modified_ns = found.st_mtim.tv_sec * 1000000000 + found.st_mtim.tv_nsec,
        .mode = found.st_mode,
        .uid = found.st_uid,
        .links = (unsigned)found.st_nlink,
    };
    return 0;
}

int64_t sbx_next_entries(int directory, char *buffer, size_t size) {
    _Alignas(struct dirent64) char raw[8192];
    if (size < sizeof raw) return -ENOBUFS; // what comes out is never longer than what came in
    ssize_t got;
    do got = syscall(SYS_getdents64, directory, raw, sizeof raw);
    while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    size_t used = 0;
    for (ssize_t at = 0; at < got;) {
        const struct dirent64 *entry = (const struct dirent64 *)(raw + at);
        size_t length = strlen(entry->d_name) + 1;
        buffer[used++] = (char)entry->d_type;
        memcpy(buffer + used, entry->d_name, length);
        used += length;
        at += entry->d_reclen;
    }
    return (int64_t)used;
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
