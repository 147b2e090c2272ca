// One CPython interpreter, hosted by a zygote and inherited by the workers it forks.
//
// Order of calls. In the zygote, which has one thread and keeps it so:
//
//     sbx_python_start → sbx_python_preimport → sbx_python_prelude… → sbx_python_settle
//     for each worker: sbx_python_before_fork, fork, then
//         in the zygote  sbx_python_after_fork_parent
//         in the worker  sbx_python_after_fork_child → (sbx_python_warm) → sbx_python_run → _exit
//
// INVARIANT: no job is ever read before the fork; nothing a job leaves can reach another worker.
// INVARIANT: after a run the process ends by _exit: exit(3) would run what the zygote registered.
//
// Every function returns `>= 0`, or `-errno`. Where there is an `error` buffer it receives one
// sentence, always NUL-terminated, when the result is negative.

#ifndef SBX_PYTHON_HOST_H
#define SBX_PYTHON_HOST_H

#include <stddef.h>
#include <stdint.h>

#include "sbx_frame.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes of the seed a worker needs from the kernel.
#define SBX_SEED_BYTES 32

/// The library's own version, such as "3.11.2 (main, …)". Needs no interpreter.
const char *sbx_python_version(void);

/// Starts an isolated interpreter that works in a root holding nothing but /usr: no environment, no
/// home, no working directory, no `site`, no bytecode written. `extra_paths` (site-packages
/// directories) follow the standard library in `sys.path`. SIGPIPE and SIGXFSZ are ignored from
/// here on: a broken pipe and a full file are exceptions, as in any Python program. The hash seed
/// is random but is decided here: all workers of one zygote share it, so recycle zygotes.
int sbx_python_start(const char *const *extra_paths, size_t count, char *error, size_t error_size);

/// Loads private helper code (sandbox/prelude) under a name no program can import. Known names:
/// "errors" describes exceptions, "requirements" checks installed packages, "rich" shows pictures
/// and tables. Without "errors" a result carries type, message and line only; without
/// "requirements" a job that names any is invalid; without "rich" nothing is shown.
int sbx_python_prelude(const char *name, const uint8_t *source, size_t size, char *error,
                       size_t error_size);

/// Imports modules every worker will find loaded. What they ask `os.register_at_fork` to do is kept
/// aside and handed to workers' own forks only: run at each worker's birth it costs a fifth of the
/// fork. asyncio is imported without `ssl`, so that no OpenSSL state is shared between workers; the
/// price is that asyncio speaks no TLS in them, so a zygote for programs with a network must not
/// list asyncio.
int sbx_python_preimport(const char *const *modules, size_t count, char *error, size_t error_size);

/// The standard list for `sbx_python_preimport`; returns how many there are.
int sbx_python_default_modules(const char *const **modules);

/// The last step before the first fork: a few dry runs, then everything alive is taken out of the
/// garbage collector's sight and the collector is switched off until the fork.
/// Fails with -EBUSY when some module has started a thread.
int sbx_python_settle(char *error, size_t error_size);

void sbx_python_before_fork(void);
void sbx_python_after_fork_parent(void);

/// Makes a fork its own process: interpreter locks, generators of random numbers (`random`, numpy's
/// legacy state, OpenSSL, uuid1's node, multiprocessing's key), the garbage collector. The hash
/// seed and the objects a preimported module made for itself stay common to all workers.
int sbx_python_after_fork_child(const uint8_t seed[SBX_SEED_BYTES]);

/// Runs a small cell whose output goes nowhere, so that a parked worker has already copied the
/// pages its run will write to. The run that follows can't tell that it happened.
int sbx_python_warm(void);

/// Runs one job and writes one result frame (sbx_frame.h) to `result_fd`. Standard output and error
/// should be descriptors 1 and 2, for the sake of child processes and os.write. Returns 0 when the
/// whole frame is written, whatever became of the program; it does not return when the program
/// ends the process. Only SBX_FLAG_SESSION jobs may follow an earlier run.
int sbx_python_run(const uint8_t *job, size_t job_size, int result_fd, int stdout_fd,
                   int stderr_fd);

/// Waits for one job on `channel_fd`, a stream socket, and does as `sbx_python_run` with it, the
/// result going back the same way. Returns SBX_ANSWER_…, or -errno. Reading is done here, into
/// memory the warm-up has touched: a parked worker's latency is made of first touches.
int sbx_python_answer(int channel_fd, int stdout_fd, int stderr_fd);

#define SBX_ANSWER_GIVEN 0  /* a run's; nothing more is to come */
#define SBX_ANSWER_ENDED 1  /* the channel ended before a whole job had come */
#define SBX_ANSWER_NEXT 2   /* a session's: ask again */
#define SBX_ANSWER_FORK 3   /* no job but an order to fork: see below */

/// From here on every process that this one may signal is one that its program has started, and is
/// killed at the end of each session call. Only for a process behind walls: elsewhere "every
/// process" would be the machine's.
void sbx_python_contain(void);

// A fork of a session. After SBX_ANSWER_FORK, in this order:
//
//     sbx_session_may_fork → (fork) → in the parent  sbx_session_parked, and it asks again
//                                     in the fork    sbx_python_after_fork_child,
//                                                    sbx_session_hello
//
// INVARIANT: in the parent nothing of the program runs from the order on: no hook, no handler, no
// byte of bytecode. So a parent that only ever forks stays what it was.

/// Hands over the descriptors that came with the order: channel, standard input, output, errors;
/// -1: missing.
void sbx_session_descriptors(int descriptors[4]);

/// Whether everything this process is will be in a fork of it, and in nothing else: 1. Otherwise 0,
/// and the reasons have gone out on `channel_fd`; or -errno.
int sbx_session_may_fork(int channel_fd);

/// The fork failed with this errno: says so on `channel_fd`. Returns 0 or -errno.
int sbx_session_refuse(int channel_fd, int error);

/// Lets the descriptors of the order go.
void sbx_session_parked(void);

/// In the fork, when it is ready for jobs: says so on its channel. Returns 0 or -errno.
int sbx_session_hello(int channel_fd);

#ifdef __cplusplus
}
#endif

#endif
