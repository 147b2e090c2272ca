// One job, from frame to frame.

#include "host.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

struct run {
    PyObject *filename;
    PyObject *text;   // the program, as str
    PyObject *source; // the same as UTF-8 bytes
    PyObject *globals;
    PyObject *runner; // asyncio.Runner, when the program awaits at top level
    PyObject *files;  // whose frames a traceback shows
    struct sbx_code code;
    bool script;
    bool session;
    bool exited; // by SystemExit
    bool awaits; // some part does, so all parts run inside the loop
};

/// The program's bytes with every line ending as `\n`, the last one too: the columns of traceback's
/// carets count on it.
static PyObject *normalized(struct sbx_slice code) {
    static const char mark[] = "\xef\xbb\xbf"; // a byte order mark is not part of the program
    if (code.size >= 3 && memcmp(code.bytes, mark, 3) == 0) {
        code.bytes += 3;
        code.size -= 3;
    }
    PyObject *source = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)code.size + 1);
    if (source == NULL) return NULL;
    char *into = PyBytes_AS_STRING(source);
    if (memchr(code.bytes, '\r', code.size) == NULL) {
        memcpy(into, code.bytes, code.size);
        into += code.size;
    } else {
        for (size_t i = 0; i < code.size; i++) {
            bool pair = code.bytes[i] == '\r' && i + 1 < code.size && code.bytes[i + 1] == '\n';
            if (!pair) *into++ = code.bytes[i] == '\r' ? '\n' : code.bytes[i];
        }
    }
    if (into > PyBytes_AS_STRING(source) && into[-1] != '\n') *into++ = '\n';
    Py_ssize_t size = into - PyBytes_AS_STRING(source);
    if (size < PyBytes_GET_SIZE(source)) (void)_PyBytes_Resize(&source, size);
    return source;
}

/// Tells linecache the program's text, so that tracebacks and warnings the program prints show its
/// lines and not those of a file that happens to have the same name.
static int publish_source(struct run *run) {
    PyObject *cache = sbx_loaded_attribute("linecache", "cache");
    if (cache == NULL) return 0;
    PyObject *lines = PyUnicode_Splitlines(run->text, 1);
    PyObject *entry = lines == NULL ? NULL
                                    : Py_BuildValue("nOOO", PyBytes_GET_SIZE(run->source), Py_None,
                                                    lines, run->filename);
    int failed = entry == NULL || PyObject_SetItem(cache, run->filename, entry) < 0;
    Py_XDECREF(entry);
    Py_XDECREF(lines);
    Py_DECREF(cache);
    return failed ? -1 : 0;
}

static PyObject *await(struct run *run, PyObject *coroutine) {
    if (run->runner == NULL) {
        PyObject *asyncio = PyImport_ImportModule("asyncio");
        run->runner = asyncio == NULL ? NULL : PyObject_CallMethod(asyncio, "Runner", NULL);
        Py_XDECREF(asyncio);
    }
    return run->runner == NULL ? NULL : PyObject_CallMethod(run->runner, "run", "O", coroutine);
}

static bool awaits(PyObject *code) {
    return code != NULL && (((PyCodeObject *)code)->co_flags & CO_COROUTINE) != 0;
}

/// Executes one code object; steals it. New reference or NULL with an exception.
static PyObject *execute(struct run *run, PyObject *code) {
    PyObject *value = run->awaits && !awaits(code)
                          ? PyObject_CallFunctionObjArgs(sbx_host.in_loop, code, run->globals, NULL)
                          : PyEval_EvalCode(code, run->globals, run->globals);
    Py_DECREF(code);
    if (value == NULL || !run->awaits) return value;
    PyObject *result = await(run, value);
    Py_DECREF(value);
    return result;
}

/// Compiles the program; 0, or -1 with an exception.
static int compile_program(struct run *run) {
    if (sbx_compile(run->source, run->filename, run->script, &run->code) < 0) return -1;
    run->awaits = awaits(run->code.body) || awaits(run->code.last);
    return 0;
}

/// Executes the compiled program; the value of its last expression, or None.
static PyObject *evaluate(struct run *run) {
    struct sbx_code code = run->code;
    run->code = (struct sbx_code){NULL, NULL};
    PyObject *value = code.body == NULL ? Py_NewRef(Py_None) : execute(run, code.body);
    if (value == NULL || code.last == NULL) {
        Py_XDECREF(code.last);
        if (value != NULL) Py_SETREF(value, Py_NewRef(Py_None));
        return value;
    }
    Py_DECREF(value);
    return execute(run, code.last);
}

/// Writes a value's repr, cut to `limit` bytes; returns 0 or -1 with an exception.
static int write_value(PyObject *value, size_t limit) {
    PyObject *text = PyObject_Repr(value);
    if (text == NULL) return -1;
    size_t characters = (size_t)PyUnicode_GET_LENGTH(text);
    PyObject *part =
        PyUnicode_Substring(text, 0, (Py_ssize_t)(characters < limit ? characters : limit));
    PyObject *bytes =
        part == NULL ? NULL : PyUnicode_AsEncodedString(part, "utf-8", "backslashreplace");
    Py_XDECREF(part);
    Py_DECREF(text);
    if (bytes == NULL) return -1;
    size_t size = (size_t)PyBytes_GET_SIZE(bytes);
    sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_RETURNED);
    sbx_result_text(SBX_RESULT_VALUE, PyBytes_AS_STRING(bytes), size, limit);
    if (characters > limit || size > limit) sbx_result_u64(SBX_RESULT_VALUE_TOTAL, characters);
    Py_DECREF(bytes);
    return 0;
}

/// Ends a process the program forked and let run on: it must not answer for the worker.
static _Noreturn void end_fork(struct run *run, bool failed) {
    int status = failed ? 1 : 0;
    if (failed && PyErr_ExceptionMatches(PyExc_SystemExit)) {
        status = sbx_exit_code();
    } else if (failed) {
        PyErr_PrintEx(0);
    }
    sbx_finish(run->globals);
    sbx_output_flush();
    _exit(status);
}

/// Runs the program and writes what became of it.
static void run_program(struct run *run, size_t value_limit) {
    pid_t self = getpid();
    PyObject *value = evaluate(run);
    if (getpid() != self) end_fork(run, value == NULL);
    int failed = value == NULL || (value != Py_None && write_value(value, value_limit) < 0);
    bool complete = !failed || PyErr_ExceptionMatches(PyExc_SystemExit);
    if (failed) {
        run->exited = sbx_describe_exception(run->filename, run->files);
    } else if (value == Py_None) {
        sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_RETURNED);
    }
    sbx_show(value, complete);
    Py_XDECREF(value);
    if (run->runner == NULL) return;
    PyObject *closed = PyObject_CallMethod(run->runner, "close", NULL); // cancels what is left
    if (closed == NULL) PyErr_WriteUnraisable(run->runner);
    Py_XDECREF(closed);
    Py_CLEAR(run->runner);
}

static void write_invalid(PyObject *reason) {
    sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_INVALID);
    Py_ssize_t size = 0;
    const char *text = reason == NULL ? NULL : PyUnicode_AsUTF8AndSize(reason, &size);
    if (text == NULL) {
        text = "the job can't be read";
        size = (Py_ssize_t)strlen(text);
    }
    PyErr_Clear();
    sbx_result_text(SBX_RESULT_ERROR_MESSAGE, text, (size_t)size, SBX_LIMIT_ERROR_MESSAGE);
}

/// Checks what the job says must be installed; true when the program may run.
///
/// Almost no program says anything, and reading packages' metadata is slow: a program without the
/// opening line of a block costs one search.
static bool requirements_hold(const struct sbx_job *job, struct run *run) {
    static const char opening[] = "# /// ";
    bool block = (job->flags & SBX_FLAG_INLINE_METADATA) != 0 &&
                 memmem(job->code.bytes, job->code.size, opening, sizeof opening - 1) != NULL;
    if (!block && job->requirements.bytes == NULL) return true;
    if (sbx_host.requirements == NULL) {
        PyObject *reason = PyUnicode_FromString("this worker has no means to check requirements");
        write_invalid(reason);
        Py_XDECREF(reason);
        return false;
    }
    PyObject *missing = PyObject_CallMethod(
        sbx_host.requirements, "check", "Os#O", run->text, job->requirements.bytes,
        (Py_ssize_t)job->requirements.size, block ? Py_True : Py_False);
    if (missing == NULL || !(missing == Py_None || PyUnicode_Check(missing))) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        PyObject *reason = value == NULL ? NULL : PyObject_Str(value);
        write_invalid(reason);
        Py_XDECREF(reason);
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
        Py_XDECREF(missing);
        return false;
    }
    bool hold = missing == Py_None;
    if (!hold) {
        Py_ssize_t size = 0;
        const char *text = PyUnicode_AsUTF8AndSize(missing, &size);
        sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_UNSATISFIED);
        if (text != NULL) {
            sbx_result_text(SBX_RESULT_UNSATISFIED, text, (size_t)size, SBX_LIMIT_UNSATISFIED);
        }
    }
    Py_DECREF(missing);
    return hold;
}

/// Makes the objects a run needs; false when that fails, with the reason in the result.
static bool begin(struct run *run, const struct sbx_job *job) {
    run->script = (job->flags & SBX_FLAG_SCRIPT) != 0;
    run->session = (job->flags & SBX_FLAG_SESSION) != 0;
    run->globals = Py_NewRef(sbx_host.main);
    run->filename =
        job->filename.size == 7 && memcmp(job->filename.bytes, "main.py", 7) == 0
            ? Py_NewRef(sbx_host.filename)
            : PyUnicode_DecodeUTF8(job->filename.bytes, (Py_ssize_t)job->filename.size, NULL);
    run->source = normalized(job->code);
    run->text = run->source == NULL ? NULL
                                    : PyUnicode_DecodeUTF8(PyBytes_AS_STRING(run->source),
                                                           PyBytes_GET_SIZE(run->source), NULL);
    run->files = run->filename == NULL ? NULL : sbx_session_files(run->filename, run->session);
    const char *problem = NULL;
    if (run->text == NULL || run->files == NULL) {
        problem = PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)
                      ? "the code or the file name is not UTF-8"
                      : "there is not enough memory to read the job";
    } else if (memchr(job->code.bytes, 0, job->code.size) != NULL) {
        problem = "the code contains a NUL byte, which is no Python";
    }
    PyErr_Clear();
    if (problem == NULL) return true;
    sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_INVALID);
    sbx_result_text(SBX_RESULT_ERROR_MESSAGE, problem, strlen(problem), SBX_LIMIT_ERROR_MESSAGE);
    return false;
}

static void end(struct run *run) {
    Py_XDECREF(run->code.body);
    Py_XDECREF(run->code.last);
    Py_XDECREF(run->files);
    Py_XDECREF(run->filename);
    Py_XDECREF(run->text);
    Py_XDECREF(run->source);
    Py_XDECREF(run->globals);
}

/// Nothing of the job is in the namespace before its program is known to be one.
static void prepare_and_run(struct run *run, const struct sbx_job *job) {
    PyObject *problem = sbx_prepare(job, run->globals, run->filename);
    if (problem != NULL) {
        write_invalid(problem);
    } else {
        run_program(run, job->value_limit);
    }
    Py_XDECREF(problem);
}

static void run_job(const struct sbx_job *job) {
    struct run run = {0};
    if (sbx_job_lower_limits(job) < 0) {
        PyObject *reason = PyUnicode_FromString("a limit of this run can't be set");
        write_invalid(reason);
        Py_XDECREF(reason);
        return;
    }
    if (begin(&run, job) && requirements_hold(job, &run)) {
        if (publish_source(&run) < 0) {
            write_invalid(NULL);
        } else if (compile_program(&run) < 0) {
            (void)sbx_describe_exception(run.filename, run.files);
        } else {
            prepare_and_run(&run, job);
        }
    }
    if (!run.session || run.exited) sbx_finish(sbx_host.main);
    if (run.session) sbx_result_u64(SBX_RESULT_NAMES, sbx_session_names(sbx_host.main));
    end(&run);
}

/// A run that is no session's has been: nothing may follow.
static bool over;

int sbx_python_run(const uint8_t *bytes, size_t size, int result_fd, int stdout_fd, int stderr_fd) {
    if (over) return -EBUSY;
    sbx_output_direct(stdout_fd, stderr_fd);
    sbx_hand_over_forks();
    sbx_result_begin();
    struct sbx_job job;
    const char *problem = sbx_job_read(&job, bytes, size);
    // Also on a job that is refused: an answer without its seal is no answer.
    if (job.seal.bytes != NULL)
        sbx_result_text(SBX_RESULT_SEAL, job.seal.bytes, job.seal.size, SBX_SEAL_BYTES);
    if (problem != NULL) {
        sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_INVALID);
        sbx_result_text(SBX_RESULT_ERROR_MESSAGE, problem, strlen(problem),
                        SBX_LIMIT_ERROR_MESSAGE);
    } else {
        run_job(&job);
        over = (job.flags & SBX_FLAG_SESSION) == 0;
        if (!over) sbx_session_end_children();
    }
    sbx_output_flush();
    return sbx_result_send(result_fd);
}

/// This worker was warmed up, and has waited for its job since.
static bool warmed;

int sbx_python_answer(int channel_fd, int stdout_fd, int stderr_fd) {
    const uint8_t *bytes;
    size_t size;
    int received = sbx_session_receive(channel_fd, &bytes, &size);
    if (received != 0) return received;
    if (sbx_frame_kind(bytes, size) == SBX_KIND_FORK) return sbx_session_order(bytes, size);
    if (warmed) sbx_use_all_processors();
    int sent = sbx_python_run(bytes, size, channel_fd, stdout_fd, stderr_fd);
    return sent < 0 ? sent : over ? SBX_ANSWER_GIVEN : SBX_ANSWER_NEXT;
}

// Dry runs

/// Touches what small programs touch: a function, comprehensions, strings, formatting, a
/// dictionary, a loop over print, a caught exception, and a value with a repr.
static const char dry_cell[] = "def squares(n):\n"
                               "    return [i * i for i in range(n)]\n"
                               "table = {'a': 1, 'b': f'{1.5:.2f}'}\n"
                               "for key, value in table.items():\n"
                               "    print(key, value)\n"
                               "try:\n"
                               "    table['c']\n"
                               "except KeyError as error:\n"
                               "    print(repr(error), 'x'.join(['1', '2']).upper().split(','))\n"
                               "print(1 + 1)\n"
                               "[sum(squares(3)), table, 1.5, (True, None)]\n";

/// Takes back what a dry run left outside its own namespace.
static int withdraw_source(struct run *run) {
    PyObject *cache = sbx_loaded_attribute("linecache", "cache");
    if (cache == NULL) return 0;
    int failed = PyObject_DelItem(cache, run->filename);
    Py_DECREF(cache);
    return failed;
}

int sbx_dry_run(void) {
    struct sbx_job job = {.code = {dry_cell, sizeof dry_cell - 1}, .filename = {"main.py", 7}};
    struct run run = {0};
    sbx_output_direct(-1, -1);
    sbx_job_warm();
    sbx_result_begin();
    int failed = begin(&run, &job) ? 0 : -1;
    if (failed == 0) {
        Py_SETREF(run.globals, PyDict_New());
        failed = run.globals == NULL || sbx_fresh_namespace(run.globals) < 0 ||
                 publish_source(&run) < 0 || compile_program(&run) < 0;
    }
    if (failed == 0) {
        PyObject *value = evaluate(&run);
        failed =
            value == NULL || write_value(value, SBX_DEFAULT_VALUE) < 0 || withdraw_source(&run) < 0;
        Py_XDECREF(value);
        sbx_finish(run.globals);
    }
    PyErr_Clear();
    end(&run);
    sbx_output_flush();
    sbx_output_direct(STDOUT_FILENO, STDERR_FILENO);
    return failed ? -1 : 0;
}

int sbx_python_warm(void) {
    warmed = true;
    if (sbx_dry_run() < 0) return -EIO;
    int failed = sbx_prepare_ahead();
    PyErr_Clear();
    return failed ? -EIO : 0;
}
