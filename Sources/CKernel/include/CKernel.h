// The calls that Swift cannot make by itself: variadic functions, macros, and
// everything glibc hides behind _GNU_SOURCE.
//
// Rules: plain signatures; a result is `>= 0`, or `-errno`; nothing leaves
// errno for Swift to read; EINTR is retried here, once and for all, unless the
// comment says otherwise.

#ifndef SANDBOA_CKERNEL_H
#define SANDBOA_CKERNEL_H

#include <stddef.h>
#include <stdint.h>

// --- descriptors -----------------------------------------------------------

int sbx_open(const char *path, int flags, unsigned mode);
int sbx_openat(int directory, const char *path, int flags, unsigned mode);
int sbx_close(int fd);
int64_t sbx_read(int fd, void *buffer, size_t size);
int64_t sbx_pread(int fd, void *buffer, size_t size, int64_t offset);
int64_t sbx_write(int fd, const void *bytes, size_t size);
int sbx_pipe(int ends[2]);
int sbx_socketpair_stream(int ends[2]);
int sbx_socketpair_packet(int ends[2]);
int sbx_duplicate(int fd);
int sbx_duplicate_to(int fd, int target);
int sbx_close_on_exec(int fd);
int sbx_set_nonblocking(int fd, int on);
int sbx_close_range(unsigned first, unsigned last);
int sbx_memory_file(const char *name, const void *bytes, size_t size);
int sbx_readlink(const char *path, char *buffer, size_t size);
int sbx_readlink_at(int directory, const char *path, char *buffer, size_t size);
/// An inotify descriptor that tells of changes to the names and contents in a directory.
int sbx_watch_directory(const char *path);
int sbx_is_directory(const char *path);
/// The absolute path without links and dots, ended by a NUL. `size` is at least PATH_MAX.
int sbx_canonical_path(const char *path, char *buffer, size_t size);
/// Who owns the file that the path leads to.
int sbx_owner(const char *path, unsigned *user, unsigned *group);
int sbx_access(const char *path, int mode);
int sbx_mkdir(const char *path, unsigned mode);
int sbx_rmdir(const char *path);
int sbx_unlink(const char *path);
int sbx_rmdir_at(int directory, const char *path);
int sbx_rename(const char *from, const char *to);
/// Both names exist before and after; what they name is swapped in one step.
int sbx_exchange(const char *first, const char *second);
int sbx_symlink(const char *target, const char *path);
int sbx_chdir(const char *path);
int sbx_lock_exclusive(int fd);
/// -EAGAIN when somebody else holds it.
int sbx_lock_try(int fd);
/// Waits until the file's content (and what is needed to find it) is on the device.
int sbx_sync_data(int fd);
/// As above, and its times and mode, too; also for directories.
int sbx_sync(int fd);
int sbx_truncate(int fd, int64_t size);
/// An empty regular file, never opened; -EEXIST when there is anything of that name.
int sbx_make_empty(const char *path, unsigned mode);
/// `mode` has type and permission bits.
struct sbx_status { int64_t size, modified_ns; uint64_t links; unsigned mode, uid, gid; };
int sbx_status(int fd, struct sbx_status *status);
/// Of an entry of a directory, without following it.
int sbx_status_at(int directory, const char *name, struct sbx_status *status);
int sbx_is_terminal(int fd);
int sbx_terminal_columns(int fd);
/// Entry names of a directory, each ended by a NUL. Returns the bytes used, or
/// -ENOBUFS when they do not fit.
int64_t sbx_list_directory(const char *path, char *buffer, size_t size);
/// The same of a directory that is open, also one that was opened with O_PATH.
int64_t sbx_list_directory_at(int directory, char *buffer, size_t size);

/// A file without a name, for reading and writing; gone when it is closed.
int sbx_temporary_file(const char *directory);

// --- beneath a directory: `name` is one name, no slash in it; `path` may have several --------

/// What a file is opened for.
enum sbx_purpose {
    SBX_LOOK,   // to ask about it, whatever it is, a symbolic link too; nothing is set off
    SBX_ENTER,  // a directory, to go on from
    SBX_LIST,   // a directory, to read its names
    SBX_CREATE, // a new file, to be written
    SBX_DRAFT,  // a new file without a name, in the directory that `path` names, to be written
};
/// openat2(2) without any link on the way. `across_mounts` 0: stays on one mount. `mode` is for
/// new files.
int sbx_open_beneath(int directory, const char *path, enum sbx_purpose purpose, unsigned mode,
                     int across_mounts);
/// Opens for reading what is open for looking only; does not wait for a writer or a lease.
int sbx_reopen(int fd);
/// The absolute path of what is open; no NUL at the end. Returns its bytes.
int sbx_path_of(int fd, char *buffer, size_t size);
int sbx_mkdir_at(int directory, const char *name, unsigned mode);
int sbx_unlink_at(int directory, const char *name);
/// -EEXIST when there is something of that name and it is not to be replaced.
int sbx_rename_at(int directory, const char *from, const char *to, int replacing);
/// Gives an open file one more name; -EEXIST when that is taken.
int sbx_link_at(int fd, int directory, const char *name);
int sbx_set_owner(int fd, unsigned uid, unsigned gid);
int sbx_set_mode(int fd, unsigned mode);
/// The next entries of a directory open for listing: a byte for the type (as in dirent.h), the
/// name, a NUL. Returns the bytes used, 0 at the end. `size` is at least SBX_ENTRY_ROOM.
enum { SBX_ENTRY_ROOM = 16384 };
int64_t sbx_entries(int directory, char *buffer, size_t size);

// --- waiting, messages -----------------------------------------------------

/// One entry to wait for: `events` and `revents` are poll(2)'s bits.
struct sbx_poll { int fd; short events; short revents; };
/// Waits at most `timeout_ns` (negative: for ever). Returns the number of
/// ready entries, 0 on time-out, -EINTR when a signal arrived.
int sbx_poll(struct sbx_poll *entries, size_t count, int64_t timeout_ns);

/// Sends one message with descriptors attached (at most 16).
int64_t sbx_send(int socket, const void *bytes, size_t size, const int *fds, size_t fd_count);
/// Receives one message. Descriptors arrive close-on-exec; those that do not
/// fit are closed by the kernel. `fd_count`: in the room, out the number.
/// A message longer than `size` gives -EMSGSIZE.
int64_t sbx_receive(int socket, void *buffer, size_t size, int *fds, size_t *fd_count);

/// From now on each message received here brings a descriptor of the process that sent it (Linux
/// 6.5); 0: no longer.
int sbx_pass_pidfd(int socket, int on);
/// Receives bytes and that descriptor (-1: none came). Any other descriptor is closed.
int64_t sbx_receive_signed(int socket, void *buffer, size_t size, int *pidfd);

// --- processes -------------------------------------------------------------

/// Starts a program. `fds[i]` becomes descriptor i in it (-1: closed); nothing
/// else is inherited. Signal mask and dispositions are reset. Returns the pid.
int sbx_spawn(const char *path, char *const argv[], char *const envp[],
              const int *fds, size_t fd_count, const char *directory);
int sbx_fork(void);
/// Starts and reaps a child that does nothing; returns the number it had.
int sbx_burn_number(void);
__attribute__((noreturn)) void sbx_exit_now(int code);
__attribute__((noreturn)) void sbx_exit(int code);
struct sbx_usage { int64_t user_us, system_us, peak_kib, minor_faults, major_faults; };
/// wait4(2). Returns the pid, 0 when `WNOHANG` (1) found nothing.
int sbx_wait(int pid, int options, int *status, struct sbx_usage *usage);
int sbx_pidfd_open(int pid);
int sbx_pidfd_signal(int pidfd, int signal);
/// How a process that is no child of ours has ended, as wait(2) writes it (Linux 6.15). 1: filled
/// in; 0: it lives, is not reaped yet, or the kernel does not tell.
int sbx_pidfd_status(int pidfd, int *status);
int sbx_kill(int pid, int signal);
int sbx_getpid(void);
int sbx_getppid(void);
unsigned sbx_getuid(void);
unsigned sbx_getgid(void);
int sbx_processors(void);
/// The number of the processor this thread runs on.
int sbx_processor_here(void);
/// Which processors a thread may use (0: this one), as the kernel's bit mask; returns its bytes.
int sbx_affinity_get(int thread, void *mask, int capacity);
int sbx_affinity_set(int thread, const void *mask, int bytes);
/// CPU time of another process (all its threads), in ns.
int64_t sbx_cpu_time_of(int pid);
/// CPU time of this process, or of its reaped descendants, in microseconds.
int64_t sbx_cpu_self_us(void);
int64_t sbx_cpu_children_us(void);

/// A sealed memory file that holds the parked init's program (see init.S).
int sbx_init_image_file(void);
/// Starts the parked init as a child, in whatever pid namespace the next child
/// lands in. It keeps `lifeline` only: when that reads EOF, it exits. Returns
/// its pid once it is ready.
int sbx_spawn_init(int image, int lifeline);

// --- namespaces, mounts ----------------------------------------------------

int sbx_unshare(int flags);
int sbx_setns(int fd, int type);
int sbx_mount(const char *source, const char *target, const char *type,
              unsigned long flags, const char *data);
int sbx_mount_read_only_tree(const char *path, int no_exec);
int sbx_mount_read_only_device(const char *path);
int sbx_umount(const char *target, int flags);
/// A detached copy of the mount that a directory lies on, from that directory down, with the mounts
/// below it. The directory is `path`, or `directory` itself when the path is empty.
int sbx_tree_copy(int directory, const char *path);
/// Makes a detached tree nosuid, nodev and noexec, and read-only if it should be.
int sbx_tree_restrict(int tree, int read_only);
/// Shows a detached tree's owners as a user namespace maps them.
int sbx_tree_map(int tree, int user_namespace);
/// Puts a detached tree in its place.
int sbx_tree_attach(int tree, const char *path);
int sbx_pivot_root(const char *new_root, const char *put_old);
int sbx_set_hostname(const char *name);
int sbx_make_file(const char *path);

// --- privileges ------------------------------------------------------------

int sbx_set_dumpable(int on);
int sbx_set_no_new_privileges(void);
int sbx_get_no_new_privileges(void);
int sbx_drop_bounding_set(void);
/// Keeps only these capabilities, as permitted and effective; 0 keeps none.
int sbx_set_capabilities(uint64_t keep);
int sbx_set_identity(unsigned uid, unsigned gid);
int sbx_set_limit(int resource, uint64_t soft, uint64_t hard);
int sbx_get_limit(int resource, uint64_t *soft, uint64_t *hard);

/// Landlock: the ABI of the running kernel, 0 when it has none.
int sbx_landlock_abi(void);
int sbx_landlock_create(uint64_t fs, uint64_t net, uint64_t scoped, int abi);
int sbx_landlock_allow(int ruleset, const char *path, uint64_t rights);
int sbx_landlock_restrict(int ruleset);
/// Loads a seccomp program of `count` instructions (struct sock_filter).
int sbx_seccomp_load(const void *instructions, unsigned count);

// --- time, entropy, threads, signals ---------------------------------------

int64_t sbx_monotonic_ns(void);
int64_t sbx_realtime_ns(void);
int sbx_random(void *buffer, size_t size);
int sbx_thread_count(void);
int sbx_thread_start(void (*body)(void *), void *context, size_t stack_bytes);
void *sbx_condition_make(void);
void sbx_condition_free(void *condition);
void sbx_condition_lock(void *condition);
void sbx_condition_unlock(void *condition);
void sbx_condition_signal(void *condition);
void sbx_condition_broadcast(void *condition);
/// Returns 1 when signaled (or spuriously), 0 when `deadline_ns` has passed
/// (monotonic; negative: never).
int sbx_condition_wait(void *condition, int64_t deadline_ns);
int sbx_ignore_signal(int signal);
int sbx_default_signal(int signal);
/// Blocks these signals in the calling thread (and threads it starts) and
/// returns a descriptor that reads them.
int sbx_signal_descriptor(const int *signals, size_t count);
int sbx_read_signal(int fd);
int sbx_set_parent_death_signal(int signal);
int sbx_unset_variable(const char *name);
int sbx_error_text(int code, char *buffer, size_t size);
const char *sbx_environment(const char *name);

#endif
