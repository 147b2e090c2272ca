// Starting, waiting for and killing processes; clocks; threads; signals.

#include "CKernel.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ONCE(call) ({ __typeof__(call) r_ = (call); r_ < 0 ? -errno : r_; })

static void reset_signals(void) {
    // After exec every handler is gone anyway; what survives is "ignored" and the mask.
    for (int s = 1; s < 65; s++) signal(s, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// The child of vfork shares our memory until it execs: it touches nothing but
// its own descriptors and reports a failure through `failure`.
static int spawn_child(const char *path, char *const argv[], char *const envp[],
                       const int *moved, int count, const char *directory,
                       volatile int *failure) {
    int pid = vfork();
    if (pid != 0) return pid < 0 ? -errno : pid;
    for (int i = 0; i < count; i++)
        if (moved[i] < 0) close(i);
        else if (dup2(moved[i], i) < 0) { *failure = errno; _exit(127); }
    if (syscall(SYS_close_range, count, ~0u, 0) < 0) { *failure = errno; _exit(127); }
    if (directory && chdir(directory) < 0) { *failure = errno; _exit(127); }
    reset_signals();
    execve(path, argv, envp);
    *failure = errno;
    _exit(127);
}

int sbx_spawn(const char *path, char *const argv[], char *const envp[],
              const int *fds, size_t fd_count, const char *directory) {
    if (fd_count > 16) return -EINVAL;
    int moved[16], count = (int)fd_count, result = 0;
    // First out of the way of the targets, so that no dup2 overwrites a source.
    for (int i = 0; i < count; i++) moved[i] = -1;
    for (int i = 0; i < count && result >= 0; i++)
        if (fds[i] >= 0) {
            moved[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, count);
            if (moved[i] < 0) result = -errno;
        }
    volatile int failure = 0;
    if (result >= 0) {
        // Signals stay blocked across vfork: a handler must not run in the child.
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        result = spawn_child(path, argv, envp, moved, count, directory, &failure);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    for (int i = 0; i < count; i++) if (moved[i] >= 0) close(moved[i]);
    if (result > 0 && failure) {
        waitpid(result, NULL, 0);
        return -failure;
    }
    return result;
}

int sbx_fork(void) { return ONCE(fork()); }
int sbx_burn_number(void) {
    int pid = vfork();
    if (pid == 0) _exit(0);
    if (pid < 0) return -errno;
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    return pid;
}

void sbx_exit_now(int code) { _exit(code); }
void sbx_exit(int code) { exit(code); }

int sbx_wait(int pid, int options, int *status, struct sbx_usage *usage) {
    struct rusage r;
    int got;
    do got = wait4(pid, status, options, &r); while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    if (got > 0 && usage) {
        usage->user_us = r.ru_utime.tv_sec * 1000000LL + r.ru_utime.tv_usec;
        usage->system_us = r.ru_stime.tv_sec * 1000000LL + r.ru_stime.tv_usec;
        usage->peak_kib = r.ru_maxrss;
        usage->minor_faults = r.ru_minflt;
        usage->major_faults = r.ru_majflt;
    }
    return got;
}

int sbx_pidfd_open(int pid) { return (int)ONCE(syscall(SYS_pidfd_open, pid, 0)); }

int sbx_pidfd_signal(int pidfd, int signal) {
    return (int)ONCE(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0));
}

// struct pidfd_info in its first form, since Linux 6.13; its exit code, since 6.15.
struct process_information {
    uint64_t mask, group;
    uint32_t numbers[11];
    int32_t exit_code;
};

int sbx_pidfd_status(int pidfd, int *status) {
    enum { tells_exit = 1 << 3 };
    struct process_information told = {.mask = tells_exit};
    if (ioctl(pidfd, _IOWR(0xFF, 11, struct process_information), &told) < 0) return 0;
    if (!(told.mask & tells_exit)) return 0;
    *status = told.exit_code;
    return 1;
}

int sbx_kill(int pid, int signal) { return ONCE(kill(pid, signal)); }
int sbx_getpid(void) { return (int)syscall(SYS_getpid); }
int sbx_getppid(void) { return getppid(); }
unsigned sbx_getuid(void) { return geteuid(); }
unsigned sbx_getgid(void) { return getegid(); }

int sbx_processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

int sbx_processor_here(void) { return ONCE(sched_getcpu()); }

// The library's calls have masks of one size; the kernel may want a longer one.

int sbx_affinity_get(int thread, void *mask, int capacity) {
    return (int)ONCE(syscall(SYS_sched_getaffinity, thread, (size_t)capacity, mask));
}

int sbx_affinity_set(int thread, const void *mask, int bytes) {
    return (int)ONCE(syscall(SYS_sched_setaffinity, thread, (size_t)bytes, mask));
}

int64_t sbx_cpu_time_of(int pid) {
    // The kernel's own encoding of "all CPU time of process pid" (CPUCLOCK_SCHED, per process);
    // clock_getcpuclockid would make one more call to check it.
    clockid_t clock = (clockid_t)((~(unsigned)pid << 3) | 2);
    struct timespec now;
    if (clock_gettime(clock, &now) < 0) return -errno;
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int64_t cpu_us(int who) {
    struct rusage r;
    if (getrusage(who, &r) < 0) return -errno;
    return (r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1000000LL + r.ru_utime.tv_usec
        + r.ru_stime.tv_usec;
}

int64_t sbx_cpu_self_us(void) { return cpu_us(RUSAGE_SELF); }
int64_t sbx_cpu_children_us(void) { return cpu_us(RUSAGE_CHILDREN); }

// --- the parked init -------------------------------------------------------

extern const char sbx_init_image[], sbx_init_image_end[];

int sbx_init_image_file(void) {
    return sbx_memory_file("sandboa-init", sbx_init_image,
                           (size_t)(sbx_init_image_end - sbx_init_image));
}

int sbx_spawn_init(int image, int lifeline) {
    static char *const empty[] = {NULL};
    static char *const argv[] = {(char *)"sandboa-init", NULL};
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) < 0) return -errno;
    // Out of the way of descriptors 0 to 2, which the child fills in.
    int life = fcntl(lifeline, F_DUPFD_CLOEXEC, 16);
    int signal_end = fcntl(ready[1], F_DUPFD_CLOEXEC, 16);
    close(ready[1]);
    volatile int failure = 0;
    int pid = life < 0 || signal_end < 0 ? -1 : vfork();
    if (pid == 0) {
        dup2(life, 0);
        dup2(signal_end, 1);
        close(2);
        reset_signals();
        syscall(SYS_execveat, image, "", argv, empty, 0x1000 /* AT_EMPTY_PATH */);
        failure = errno;
        _exit(127);
    }
    int result = pid < 0 ? -errno : pid;
    close(life);
    close(signal_end);
    char byte;
    if (result > 0 && sbx_read(ready[0], &byte, 1) != 1) {
        waitpid(pid, NULL, 0);
        result = failure ? -failure : -ECHILD;
    }
    close(ready[0]);
    return result;
}

// --- time, entropy ---------------------------------------------------------

static int64_t now_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int64_t sbx_monotonic_ns(void) { return now_ns(CLOCK_MONOTONIC); }
int64_t sbx_realtime_ns(void) { return now_ns(CLOCK_REALTIME); }

int sbx_random(void *buffer, size_t size) {
    ssize_t got = getrandom(buffer, size, 0);
    return got < 0 ? -errno : got == (ssize_t)size ? 0 : -EIO;
}

// --- threads ---------------------------------------------------------------

int sbx_thread_count(void) {
    DIR *tasks = opendir("/proc/self/task");
    if (!tasks) return -errno;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(tasks));)
        if (entry->d_name[0] != '.') count++;
    closedir(tasks);
    return count;
}

struct start { void (*body)(void *); void *context; };

static void *run_thread(void *start_) {
    struct start start = *(struct start *)start_;
    free(start_);
    start.body(start.context);
    return NULL;
}

int sbx_thread_start(void (*body)(void *), void *context, size_t stack_bytes) {
    struct start *start = malloc(sizeof *start);
    if (!start) return -ENOMEM;
    *start = (struct start){body, context};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    pthread_t thread;
    int failed = pthread_create(&thread, &attributes, run_thread, start);
    pthread_attr_destroy(&attributes);
    if (failed) free(start);
    return -failed;
}

struct condition { pthread_mutex_t mutex; pthread_cond_t condition; };

void *sbx_condition_make(void) {
    struct condition *made = malloc(sizeof *made);
    if (!made) abort();
    pthread_mutex_init(&made->mutex, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&made->condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return made;
}

void sbx_condition_free(void *condition) {
    struct condition *c = condition;
    pthread_cond_destroy(&c->condition);
    pthread_mutex_destroy(&c->mutex);
    free(c);
}

void sbx_condition_lock(void *c) { pthread_mutex_lock(&((struct condition *)c)->mutex); }
void sbx_condition_unlock(void *c) { pthread_mutex_unlock(&((struct condition *)c)->mutex); }
void sbx_condition_signal(void *c) { pthread_cond_signal(&((struct condition *)c)->condition); }
void sbx_condition_broadcast(void *c) {
    pthread_cond_broadcast(&((struct condition *)c)->condition);
}

int sbx_condition_wait(void *condition, int64_t deadline_ns) {
    struct condition *c = condition;
    if (deadline_ns < 0) { pthread_cond_wait(&c->condition, &c->mutex); return 1; }
    struct timespec deadline = {deadline_ns / 1000000000, deadline_ns % 1000000000};
    return pthread_cond_timedwait(&c->condition, &c->mutex, &deadline) == ETIMEDOUT ? 0 : 1;
}

// --- signals ---------------------------------------------------------------

int sbx_ignore_signal(int number) { return signal(number, SIG_IGN) == SIG_ERR ? -errno : 0; }
int sbx_default_signal(int number) { return signal(number, SIG_DFL) == SIG_ERR ? -errno : 0; }

int sbx_signal_descriptor(const int *signals, size_t count) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < count; i++) sigaddset(&set, signals[i]);
    int failed = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (failed) return -failed;
    return ONCE(signalfd(-1, &set, SFD_CLOEXEC));
}

int sbx_read_signal(int fd) {
    struct signalfd_siginfo info;
    int64_t got = sbx_read(fd, &info, sizeof info);
    return got < 0 ? (int)got : (int)info.ssi_signo;
}

int sbx_set_parent_death_signal(int number) { return ONCE(prctl(PR_SET_PDEATHSIG, number)); }
int sbx_unset_variable(const char *name) { return ONCE(unsetenv(name)); }
const char *sbx_environment(const char *name) { return getenv(name); }

int sbx_error_text(int code, char *buffer, size_t size) {
    return snprintf(buffer, size, "%s", strerror(code));
}
