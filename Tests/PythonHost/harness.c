// A zygote without walls, for testing CPythonHost alone.
//
//     harness serve PRELUDE SITE…   answer requests on stdin, one worker each (`struct request`)
//     harness bench PRELUDE RUNS    fork, run `print(1+1)`, read the result; on demand and parked
//     harness pages PRELUDE         which pages the steps of a worker's life write to
//
// Everything is native endian: the test driver runs on the same machine.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "CPythonHost.h"
#include "snapshot.h"

#define STDERR_CAP (1u << 20)
#define STDOUT_CAP (64u << 20)
#define RESULT_CAP (2u << 20)

enum { WARM = 1, NEW_PID_NAMESPACE = 2, NO_READER = 4, FIXED_SEED = 8 };

struct request {
    uint32_t options;
    uint32_t data_limit; // RLIMIT_DATA in MiB, 0: none
    uint32_t timeout;    // milliseconds
    uint32_t jobs;       // then, for each: u32 length, bytes
    char directory[256];
};

struct reply {
    int32_t status; // as waitpid gives it; -1: killed by the time limit
    uint32_t faults;
    uint32_t sizes[3]; // stdout, stderr, result; then their bytes
};

static void die(const char *what) {
    fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
    exit(70);
}

static bool read_exactly(int fd, void *into, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, (char *)into + done, size - done);
        if (got <= 0) return false;
        done += (size_t)got;
    }
    return true;
}

static void write_exactly(int fd, const void *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t written = write(fd, (const char *)bytes + done, size - done);
        if (written <= 0) die("write");
        done += (size_t)written;
    }
}

static void load_prelude(const char *directory, const char *name) {
    char path[512], error[512];
    static uint8_t text[1 << 16];
    snprintf(path, sizeof path, "%s/%s.py", directory, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (size < 0) die(path);
    close(fd);
    if (sbx_python_prelude(name, text, (size_t)size, error, sizeof error) < 0) {
        fprintf(stderr, "%s\n", error);
        exit(70);
    }
}

static void start(const char *prelude, const char *const *sites, size_t count) {
    char error[512];
    const char *const *modules;
    int number = sbx_python_default_modules(&modules);
    int failed = sbx_python_start(sites, count, error, sizeof error);
    if (failed == 0) failed = sbx_python_preimport(modules, (size_t)number, error, sizeof error);
    char *more = getenv("SBX_MODULES");
    for (const char *name = more == NULL ? NULL : strtok(more, ","); failed == 0 && name != NULL;
         name = strtok(NULL, ",")) {
        failed = sbx_python_preimport(&name, 1, error, sizeof error);
    }
    if (failed == 0) {
        load_prelude(prelude, "errors");
        load_prelude(prelude, "requirements");
        load_prelude(prelude, "rich");
        failed = sbx_python_settle(error, sizeof error);
    }
    if (failed < 0) {
        fprintf(stderr, "%s\n", error);
        exit(70);
    }
}

static void seed(uint8_t bytes[SBX_SEED_BYTES], bool fixed) {
    memset(bytes, 7, SBX_SEED_BYTES);
    if (!fixed && getrandom(bytes, SBX_SEED_BYTES, 0) != SBX_SEED_BYTES) die("getrandom");
}

struct job {
    uint8_t *bytes;
    uint32_t size;
};

static void work(const struct request *request, const struct job *jobs, int pipes[3][2]) {
    uint8_t bytes[SBX_SEED_BYTES];
    seed(bytes, (request->options & FIXED_SEED) != 0);
    if (sbx_python_after_fork_child(bytes) < 0) _exit(71);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    dup2(pipes[0][1], 1);
    dup2(pipes[1][1], 2);
    dup2(pipes[2][1], 3);
    close_range(4, ~0u, 0);
    if (request->directory[0] != '\0' && chdir(request->directory) < 0) _exit(72);
    if (request->data_limit > 0) {
        struct rlimit limit = {(rlim_t)request->data_limit << 20,
                               (rlim_t)request->data_limit << 20};
        if (setrlimit(RLIMIT_DATA, &limit) < 0) _exit(73);
    }
    if ((request->options & WARM) != 0 && sbx_python_warm() < 0) _exit(74);
    for (uint32_t i = 0; i < request->jobs; i++) {
        if (sbx_python_run(jobs[i].bytes, jobs[i].size, 3, 1, 2) < 0) _exit(75);
    }
    _exit(0);
}

static int own_namespace = -1;

static pid_t make_worker(const struct request *request, const struct job *jobs, int pipes[3][2]) {
    bool fresh = (request->options & NEW_PID_NAMESPACE) != 0;
    if (fresh && unshare(CLONE_NEWPID) < 0) return -1;
    sbx_python_before_fork();
    pid_t pid = fork();
    if (pid == 0) work(request, jobs, pipes);
    sbx_python_after_fork_parent();
    if (fresh && setns(own_namespace, CLONE_NEWPID) < 0) die("setns");
    return pid;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static bool collect(int pipes[3][2], char *const into[3], const uint32_t caps[3],
                    struct reply *reply, double deadline) {
    struct pollfd watched[3];
    for (int i = 0; i < 3; i++) watched[i] = (struct pollfd){.fd = pipes[i][0], .events = POLLIN};
    for (int open = 3; open > 0;) {
        double left = deadline - now();
        if (left <= 0 || poll(watched, 3, (int)left + 1) == 0) return false;
        for (int i = 0; i < 3; i++) {
            if (watched[i].fd < 0 || watched[i].revents == 0) continue;
            static char rest[65536];
            uint32_t room = caps[i] - reply->sizes[i];
            ssize_t got = read(watched[i].fd, room > 0 ? into[i] + reply->sizes[i] : rest,
                               room > 0 ? room : sizeof rest);
            if (got <= 0) {
                watched[i].fd = -1;
                open--;
            } else if (room > 0) {
                reply->sizes[i] += (uint32_t)got;
            }
        }
    }
    return true;
}

static void answer(const struct request *request, const struct job *jobs) {
    static char *into[3];
    static const uint32_t caps[3] = {STDOUT_CAP, STDERR_CAP, RESULT_CAP};
    int pipes[3][2];
    for (int i = 0; i < 3; i++) {
        if (into[i] == NULL && (into[i] = malloc(caps[i])) == NULL) die("malloc");
        if (pipe2(pipes[i], O_CLOEXEC) < 0) die("pipe");
    }
    struct reply reply = {0};
    pid_t pid = make_worker(request, jobs, pipes);
    if (pid < 0) die("fork");
    for (int i = 0; i < 3; i++) close(pipes[i][1]);
    if ((request->options & NO_READER) != 0) {
        close(pipes[0][0]);
        pipes[0][0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    bool ended = collect(pipes, into, caps, &reply, now() + request->timeout);
    if (!ended) kill(pid, SIGKILL);
    struct rusage usage;
    int status;
    if (wait4(pid, &status, 0, &usage) != pid) die("wait4");
    reply.status = ended ? status : -1;
    reply.faults = (uint32_t)usage.ru_minflt;
    for (int i = 0; i < 3; i++) close(pipes[i][0]);
    write_exactly(1, &reply, sizeof reply);
    for (int i = 0; i < 3; i++) write_exactly(1, into[i], reply.sizes[i]);
}

static int serve(void) {
    own_namespace = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    struct request request;
    while (read_exactly(0, &request, sizeof request)) {
        struct job jobs[16];
        if (request.jobs > 16) return 70;
        for (uint32_t i = 0; i < request.jobs; i++) {
            if (!read_exactly(0, &jobs[i].size, 4)) return 70;
            jobs[i].bytes = malloc(jobs[i].size + 1);
            if (jobs[i].bytes == NULL || !read_exactly(0, jobs[i].bytes, jobs[i].size)) return 70;
        }
        answer(&request, jobs);
        for (uint32_t i = 0; i < request.jobs; i++) free(jobs[i].bytes);
    }
    return 0;
}

// Benchmark

static int by_value(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return difference < 0 ? -1 : difference > 0;
}

static void report(const char *name, double *times, long *faults, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)faults[i];
    qsort(times, count, sizeof *times, by_value);
    printf("%-34s min %6.1f  p50 %6.1f  p99 %6.1f us, %5.1f page faults\n", name, times[0] * 1e3,
           times[count / 2] * 1e3, times[count * 99 / 100] * 1e3, sum / (double)count);
}

static size_t bench_job(uint8_t *bytes) {
    static const char code[] = "print(1+1)";
    uint32_t length = sizeof code - 1, fields = 8 + length, magic = SBX_FRAME_MAGIC;
    uint16_t version[2] = {SBX_FRAME_VERSION, SBX_KIND_JOB}, type[2] = {SBX_JOB_CODE, 0};
    memcpy(bytes, &magic, 4);
    memcpy(bytes + 4, version, 4);
    memcpy(bytes + 8, &fields, 4);
    memcpy(bytes + 12, type, 4);
    memcpy(bytes + 16, &length, 4);
    memcpy(bytes + 20, code, length);
    return 20 + length;
}

enum mode { BARE, HOOKS, DEMAND, COLD, WARMED };

/// A worker that waits for one byte before it runs, unless it is on demand.
static void bench_worker(enum mode mode, int go, int result, int output, long *seen) {
    uint8_t bytes[SBX_SEED_BYTES], job[256];
    if (mode == BARE) goto told;
    seed(bytes, false);
    if (sbx_python_after_fork_child(bytes) < 0) _exit(71);
    if (mode == HOOKS) goto told;
    if (mode == WARMED && sbx_python_warm() < 0) _exit(74);
    char start;
    struct rusage before = {0};
    if (mode >= COLD) {
        getrusage(RUSAGE_SELF, &before);
        if (write(result, "r", 1) != 1 || read(go, &start, 1) != 1) _exit(72);
    }
    if (sbx_python_run(job, bench_job(job), result, output, output) < 0) _exit(75);
    struct rusage after;
    getrusage(RUSAGE_SELF, &after);
    *seen = after.ru_minflt - before.ru_minflt;
    _exit(0);
told:
    if (write(result, "r", 1) != 1) _exit(72);
    _exit(0);
}

static double bench_once(enum mode mode, long *shared, long *faults) {
    int go[2], result[2], output[2];
    char answer[512];
    if (pipe(go) < 0 || pipe(result) < 0 || pipe(output) < 0) die("pipe");
    double begun = now();
    sbx_python_before_fork();
    pid_t pid = fork();
    if (pid == 0) bench_worker(mode, go[0], result[1], output[1], shared);
    sbx_python_after_fork_parent();
    if (mode >= COLD) {
        if (read(result[0], answer, 1) != 1) die("worker");
        usleep(1000);
        begun = now();
        if (write(go[1], "g", 1) != 1) die("go");
    }
    if (read(result[0], answer, sizeof answer) <= 0) die("result");
    double time = now() - begun;
    int status;
    struct rusage usage;
    wait4(pid, &status, 0, &usage);
    if (status != 0) die("worker failed");
    *faults = mode >= COLD ? *shared : usage.ru_minflt;
    for (int i = 0; i < 2; i++) {
        close(go[i]);
        close(result[i]);
        close(output[i]);
    }
    return time;
}

static int bench(size_t runs) {
    static const char *const names[] = {"fork, write", "fork, after_fork_child, write",
                                        "fork, after_fork_child, run", "parked, cold: run",
                                        "parked, warmed: run"};
    long *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double *times[5];
    long *faults[5];
    for (int mode = 0; mode < 5; mode++) {
        times[mode] = calloc(runs, sizeof(double));
        faults[mode] = calloc(runs, sizeof(long));
        if (times[mode] == NULL || faults[mode] == NULL || shared == MAP_FAILED) die("memory");
    }
    for (size_t i = 0; i < runs; i++) { // interleaved: neighbors disturb all alike
        for (int mode = 0; mode < 5; mode++) {
            times[mode][i] = bench_once((enum mode)mode, shared, &faults[mode][i]);
        }
    }
    for (int mode = 0; mode < 5; mode++) report(names[mode], times[mode], faults[mode], runs);
    return 0;
}

static int pages(void) {
    static struct snapshot taken[4];
    int null = open("/dev/null", O_WRONLY);
    sbx_python_before_fork();
    pid_t pid = fork();
    if (pid == 0) {
        uint8_t bytes[SBX_SEED_BYTES], job[256];
        seed(bytes, false);
        take_snapshot(&taken[0]);
        if (sbx_python_after_fork_child(bytes) < 0) _exit(71);
        take_snapshot(&taken[1]);
        if (sbx_python_warm() < 0) _exit(74);
        take_snapshot(&taken[2]);
        if (sbx_python_run(job, bench_job(job), null, null, 2) < 0) _exit(75);
        take_snapshot(&taken[3]);
        compare_snapshots("after_fork_child", &taken[0], &taken[1]);
        compare_snapshots("warm", &taken[1], &taken[2]);
        compare_snapshots("run", &taken[2], &taken[3]);
        _exit(0);
    }
    sbx_python_after_fork_parent();
    return waitpid(pid, NULL, 0) == pid ? 0 : 1;
}

static int check(const char *root, const char *site, const char *const *modules, size_t count) {
    char error[512] = "";
    if (strcmp(root, "-") != 0 && (chroot(root) < 0 || chdir("/") < 0)) die(root);
    int failed = sbx_python_start(&site, 1, error, sizeof error);
    if (failed == 0) failed = sbx_python_preimport(modules, count, error, sizeof error);
    if (failed == 0) failed = sbx_python_settle(error, sizeof error);
    printf("%d %s\n", failed, error);
    return 0;
}

int main(int count, char **arguments) {
    if (count < 3) return 64;
    if (strcmp(arguments[1], "check") == 0 && count > 3) {
        return check(arguments[2], arguments[3], (const char *const *)arguments + 4,
                     (size_t)count - 4);
    }
    bool serving = strcmp(arguments[1], "serve") == 0;
    double begun = now();
    start(arguments[2], (const char *const *)arguments + 3, serving ? (size_t)count - 3 : 0);
    if (serving) return serve();
    if (strcmp(arguments[1], "pages") == 0) return pages();
    printf("zygote ready in %.1f ms\n", now() - begun);
    return bench(count > 3 ? (size_t)atoi(arguments[3]) : 500);
}
