// Descriptors, files, pipes, sockets, polling.

#include "CKernel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Linux 6.5; Debian 12's headers are older.
enum { so_passpidfd = 76, scm_pidfd = 4 };

#define RETRY(call) ({ __typeof__(call) r_; do r_ = (call); while (r_ < 0 && errno == EINTR); \
                       r_ < 0 ? -errno : r_; })
#define ONCE(call) ({ __typeof__(call) r_ = (call); r_ < 0 ? -errno : r_; })

int sbx_open(const char *path, int flags, unsigned mode) {
    return RETRY(open(path, flags | O_CLOEXEC, mode));
}

int sbx_openat(int directory, const char *path, int flags, unsigned mode) {
    return RETRY(openat(directory, path, flags | O_CLOEXEC, mode));
}

// Linux frees the number even when close reports EINTR: never retry it.
int sbx_close(int fd) { return ONCE(close(fd)); }

int64_t sbx_read(int fd, void *buffer, size_t size) { return RETRY(read(fd, buffer, size)); }

int64_t sbx_pread(int fd, void *buffer, size_t size, int64_t offset) {
    return RETRY(pread(fd, buffer, size, offset));
}

int64_t sbx_write(int fd, const void *bytes, size_t size) { return RETRY(write(fd, bytes, size)); }

int sbx_pipe(int ends[2]) { return ONCE(pipe2(ends, O_CLOEXEC)); }

int sbx_socketpair_stream(int ends[2]) {
    return ONCE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
}

int sbx_socketpair_packet(int ends[2]) {
    return ONCE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
}

int sbx_duplicate(int fd) { return ONCE(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }
int sbx_duplicate_to(int fd, int target) { return RETRY(dup2(fd, target)); }

int sbx_close_on_exec(int fd) { return ONCE(fcntl(fd, F_SETFD, FD_CLOEXEC)); }

int sbx_set_nonblocking(int fd, int on) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return -errno;
    return ONCE(fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK));
}

int sbx_close_range(unsigned first, unsigned last) {
    return (int)ONCE(syscall(SYS_close_range, first, last, 0));
}

int sbx_memory_file(const char *name, const void *bytes, size_t size) {
    int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -errno;
    for (size_t done = 0; done < size;) {
        int64_t wrote = sbx_write(fd, (const char *)bytes + done, size - done);
        if (wrote < 0) { close(fd); return (int)wrote; }
        done += (size_t)wrote;
    }
    int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    if (fcntl(fd, F_ADD_SEALS, seals) < 0) { int e = errno; close(fd); return -e; }
    return fd;
}

int sbx_readlink(const char *path, char *buffer, size_t size) {
    return (int)ONCE(readlink(path, buffer, size));
}

int sbx_readlink_at(int directory, const char *path, char *buffer, size_t size) {
    return (int)ONCE(readlinkat(directory, path, buffer, size));
}

int sbx_watch_directory(const char *path) {
    int fd = ONCE(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (fd < 0) return fd;
    uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE;
    if (inotify_add_watch(fd, path, changes | IN_ONLYDIR) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    return fd;
}

int sbx_is_directory(const char *path) {
    struct stat found;
    if (stat(path, &found) < 0) return -errno;
    return S_ISDIR(found.st_mode) ? 1 : 0;
}

int sbx_canonical_path(const char *path, char *buffer, size_t size) {
    if (size < PATH_MAX) return -EINVAL;
    return realpath(path, buffer) ? 0 : -errno;
}

int sbx_owner(const char *path, unsigned *user, unsigned *group) {
    struct stat found;
    if (stat(path, &found) < 0) return -errno;
    *user = found.st_uid;
    *group = found.st_gid;
    return 0;
}

int sbx_access(const char *path, int mode) { return ONCE(access(path, mode)); }
int sbx_mkdir(const char *path, unsigned mode) { return ONCE(mkdir(path, mode)); }
int sbx_rmdir(const char *path) { return ONCE(rmdir(path)); }
int sbx_unlink(const char *path) { return ONCE(unlink(path)); }
int sbx_rmdir_at(int directory, const char *path) {
    return ONCE(unlinkat(directory, path, AT_REMOVEDIR));
}

int sbx_rename(const char *from, const char *to) { return ONCE(rename(from, to)); }
int sbx_exchange(const char *first, const char *second) {
    return ONCE(renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE));
}
int sbx_symlink(const char *target, const char *path) { return ONCE(symlink(target, path)); }
int sbx_chdir(const char *path) { return ONCE(chdir(path)); }
int sbx_lock_exclusive(int fd) { return RETRY(flock(fd, LOCK_EX)); }
int sbx_lock_try(int fd) { return ONCE(flock(fd, LOCK_EX | LOCK_NB)); }
int sbx_sync_data(int fd) { return RETRY(fdatasync(fd)); }
int sbx_sync(int fd) { return RETRY(fsync(fd)); }
int sbx_truncate(int fd, int64_t size) { return RETRY(ftruncate(fd, size)); }

// Opening and closing a file drops the locks that this process has on it elsewhere; this does not.
int sbx_make_empty(const char *path, unsigned mode) {
    return ONCE(mknod(path, S_IFREG | (mode & 0777), 0));
}

// A file may claim any time: what is beyond 1677 to 2262 stops at the end.
static int64_t nanoseconds(struct timespec time) {
    int64_t sum;
    if (__builtin_mul_overflow((int64_t)time.tv_sec, (int64_t)1000000000, &sum)
        || __builtin_add_overflow(sum, (int64_t)time.tv_nsec, &sum))
        return time.tv_sec < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

static void tell_status(const struct stat *found, struct sbx_status *status) {
    *status = (struct sbx_status){
        .size = found->st_size,
        .modified_ns = nanoseconds(found->st_mtim),
        .links = found->st_nlink,
        .mode = found->st_mode,
        .uid = found->st_uid,
        .gid = found->st_gid,
    };
}

int sbx_status(int fd, struct sbx_status *status) {
    struct stat found;
    if (fstat(fd, &found) < 0) return -errno;
    tell_status(&found, status);
    return 0;
}

int sbx_status_at(int directory, const char *name, struct sbx_status *status) {
    struct stat found;
    if (fstatat(directory, name, &found, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) < 0)
        return -errno;
    tell_status(&found, status);
    return 0;
}

int sbx_is_terminal(int fd) { return isatty(fd); }

int sbx_terminal_columns(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -errno;
    return size.ws_col;
}

int sbx_make_file(const char *path) {
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0444);
    if (fd < 0) return -errno;
    close(fd);
    return 0;
}

// Closes the directory. A name that can't be read is an error: half a listing looks like a whole.
static int64_t names_in(DIR *directory, char *buffer, size_t size) {
    size_t used = 0;
    int64_t result = 0;
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(directory);
        if (!entry) { result = -errno; break; }
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..")) continue;
        size_t length = strlen(name) + 1;
        if (used + length > size) { result = -ENOBUFS; break; }
        memcpy(buffer + used, name, length);
        used += length;
    }
    closedir(directory);
    return result < 0 ? result : (int64_t)used;
}

int64_t sbx_list_directory(const char *path, char *buffer, size_t size) {
    DIR *directory = opendir(path);
    return directory ? names_in(directory, buffer, size) : -errno;
}

int64_t sbx_list_directory_at(int directory, char *buffer, size_t size) {
    int fd = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return -errno;
    DIR *listed = fdopendir(fd);
    if (listed) return names_in(listed, buffer, size);
    int error = errno;
    close(fd);
    return -error;
}

int sbx_poll(struct sbx_poll *entries, size_t count, int64_t timeout_ns) {
    _Static_assert(sizeof(struct sbx_poll) == sizeof(struct pollfd), "same layout");
    struct timespec limit = {timeout_ns / 1000000000, timeout_ns % 1000000000};
    return ONCE(ppoll((struct pollfd *)entries, count, timeout_ns < 0 ? NULL : &limit, NULL));
}

enum { most_descriptors = 16 };

int64_t sbx_send(int socket, const void *bytes, size_t size, const int *fds, size_t fd_count) {
    if (fd_count > most_descriptors) return -EINVAL;
    struct iovec part = {(void *)bytes, size};
    union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int) * most_descriptors)]; } control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd_count) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * fd_count);
        memcpy(CMSG_DATA(header), fds, sizeof(int) * fd_count);
    }
    return RETRY(sendmsg(socket, &message, MSG_NOSIGNAL));
}

int64_t sbx_receive(int socket, void *buffer, size_t size, int *fds, size_t *fd_count) {
    size_t room = *fd_count > most_descriptors ? most_descriptors : *fd_count;
    *fd_count = 0;
    struct iovec part = {buffer, size};
    union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int) * most_descriptors)]; } control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (room) {
        message.msg_control = &control;
        // Not CMSG_SPACE: the kernel would use its padding for one descriptor more.
        message.msg_controllen = CMSG_LEN(sizeof(int) * room);
    }
    int64_t got = RETRY(recvmsg(socket, &message, MSG_CMSG_CLOEXEC));
    if (got < 0) return got;
    for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h; h = CMSG_NXTHDR(&message, h)) {
        if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
        size_t n = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds + *fd_count, CMSG_DATA(h), n * sizeof(int));
        *fd_count += n;
    }
    return (message.msg_flags & MSG_TRUNC) ? -EMSGSIZE : got;
}

int sbx_pass_pidfd(int socket, int on) {
    return ONCE(setsockopt(socket, SOL_SOCKET, so_passpidfd, &on, sizeof on));
}

int64_t sbx_receive_signed(int socket, void *buffer, size_t size, int *pidfd) {
    *pidfd = -1;
    struct iovec part = {buffer, size};
    union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int)) * 2]; } control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
                             .msg_controllen = sizeof control.room};
    int64_t got = RETRY(recvmsg(socket, &message, MSG_CMSG_CLOEXEC));
    if (got < 0) return got;
    for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h; h = CMSG_NXTHDR(&message, h)) {
        int *fds = (int *)CMSG_DATA(h);
        size_t count = h->cmsg_len > CMSG_LEN(0) ? (h->cmsg_len - CMSG_LEN(0)) / sizeof(int) : 0;
        if (h->cmsg_level != SOL_SOCKET) continue;
        if (h->cmsg_type == scm_pidfd && count == 1 && *pidfd < 0) *pidfd = fds[0];
        else if (h->cmsg_type == scm_pidfd || h->cmsg_type == SCM_RIGHTS)
            for (size_t i = 0; i < count; i++) close(fds[i]);
    }
    return got;
}
