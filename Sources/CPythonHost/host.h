// What the files of the host share. The only file that includes Python.h.

#ifndef SBX_HOST_H
#define SBX_HOST_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CPythonHost.h"

/// Objects made in the zygote so that a run need not look for them. Written before the first fork,
/// only read afterwards.
struct sbx_host {
    PyObject *sys;            // the dictionaries of modules: `sys`,
    PyObject *main;           // `__main__`
    PyObject *filename;       // "main.py"
    PyObject *errors;         // prelude module or NULL
    PyObject *requirements;   // prelude module or NULL
    PyObject *rich;           // prelude module or NULL
    PyObject *shown;          // its list of what the program has shown so far; or NULL
    PyObject *in_loop;        // async function: evaluates a code object with a running loop
    PyObject *at_fork;        // list of keyword dictionaries meant for os.register_at_fork
    PyObject *random_seed;    // _random.Random.seed, or NULL
    PyObject *random_state;   // the generator behind the functions of `random`, or NULL
    PyObject *numpy_seed;     // numpy.random.seed, or NULL
    PyObject *openssl_add;    // _ssl.RAND_add, or NULL
    PyObject *process;        // multiprocessing's current process, or NULL
    PyObject *count_exits;    // atexit._ncallbacks
    PyObject *count_threads;  // _thread._count
    PyObject *shutdown_locks; // threading's: one for the main thread and each to join; or NULL
    PyObject *thread_exits;   // threading's callbacks; or NULL
    PyObject *log_handlers;   // logging's; or NULL
    PyObject *modules_before; // a copy of sys.modules
    Py_ssize_t exits_before;  // how many of each the zygote's own imports made
    Py_ssize_t shutdown_locks_before;
    Py_ssize_t thread_exits_before;
    Py_ssize_t log_handlers_before;
};
extern struct sbx_host sbx_host;

/// Writes "<what>: <exception>" to `error`, clears the exception, returns `code`.
int sbx_fail(char *error, size_t error_size, int code, const char *what);

/// The loaded module `name`, borrowed, or NULL without an exception.
PyObject *sbx_loaded(const char *name);

/// `module.attribute` of a loaded module, new reference, or NULL without an exception.
PyObject *sbx_loaded_attribute(const char *module, const char *attribute);

/// What `function()` returns when it is a small count; 0 when it isn't.
Py_ssize_t sbx_count(PyObject *function);

/// Gives `__main__` the dictionary of a program about to start; returns 0 or -1 with an exception.
int sbx_fresh_namespace(PyObject *globals);

// Output (output.c).

/// Replaces sys.stdout and sys.stderr; returns 0 or -1 with an exception.
int sbx_output_install(void);

/// Where the two streams write from now on; -1 discards.
void sbx_output_direct(int stdout_fd, int stderr_fd);

/// True when sys.`name` is still the stream installed here.
bool sbx_output_owns(const char *name);

/// Writes out what is buffered; failures are forgotten.
void sbx_output_flush(void);

// Bad news (describe.c).

/// Writes the current exception to the result, outcome included, and clears it. `files`: whose
/// frames a traceback shows. Returns whether the program wants to exit.
bool sbx_describe_exception(PyObject *filename, PyObject *files);

/// The status the current SystemExit asks for, its message printed; clears the exception.
int sbx_exit_code(void);

/// Sets memory aside for describing a MemoryError; returns 0 or -errno.
int sbx_spare_reserve(void);

// Showing (show.c).

/// Writes what the program has shown to the result; when it is `complete`, also the figures it left
/// open and `value` (NULL: none), if that is more than its repr. Leaves no exception.
void sbx_show(PyObject *value, bool complete);

// Compiling (compile.c).

/// A program cut in two: what is executed and what is evaluated. Either may be NULL.
struct sbx_code {
    PyObject *body;
    PyObject *last;
};

/// Compiles `source` (bytes, UTF-8, newlines normalized); returns 0 or -1 with an exception. As a
/// script nothing is cut off for its value.
int sbx_compile(PyObject *source, PyObject *filename, bool script, struct sbx_code *code);

// Running (run.c).

/// Runs a fixed cell the way a job is run, leaving nothing behind; returns 0 or -1.
int sbx_dry_run(void);

// Forking (fork.c).

/// Remembers what a worker will have to reseed, and takes over the hooks in `at_fork`; returns 0,
/// or -1 with an exception.
int sbx_prepare_fork(void);

/// From here on forks are the program's own: they get the hooks.
void sbx_hand_over_forks(void);

// Sessions (session.c).

/// The names of the files a traceback of `filename` may show, as a new reference to a container:
/// in a session the cells before it, too. NULL with an exception.
PyObject *sbx_session_files(PyObject *filename, bool session);

/// Names that the program has defined: none that begins with two underscores, no module that the
/// zygote had loaded.
uint64_t sbx_session_names(PyObject *globals);

/// Kills what the program has started and left running, in a process that is contained.
void sbx_session_end_children(void);

/// Receives one whole frame, and keeps the descriptors that come with it: 0, SBX_ANSWER_ENDED or
/// -errno.
int sbx_session_receive(int channel_fd, const uint8_t **bytes, size_t *size);

/// Reads an order to fork; SBX_ANSWER_FORK or -errno.
int sbx_session_order(const uint8_t *bytes, size_t size);

// Before and after a run (surroundings.c).

/// Puts a job's context into `globals`, its arguments into sys.argv, goes to its directory and puts
/// that, or the one it names, into sys.path. Returns NULL, or a new reference to one sentence about
/// what is wrong with the job.
struct sbx_job;
PyObject *sbx_prepare(const struct sbx_job *job, PyObject *globals, PyObject *filename);

/// Does the part of it that no job changes, for the next job; returns 0, or -1 with an exception.
int sbx_prepare_ahead(void);

/// Remembers where this process may run: in the zygote, because a worker may be confined by its
/// supervisor as soon as it is there.
void sbx_note_processors(void);

/// Lets this process run there again, wherever its supervisor has put it while it waited.
void sbx_use_all_processors(void);

/// Does what the interpreter would at exit: joins threads, calls `atexit`, lets go of the program's
/// objects so that files are flushed.
void sbx_finish(PyObject *globals);

#endif
