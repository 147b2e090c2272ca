// Everything a zygote does between starting Python and its first fork.

#include "host.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/// Dry runs before the first fork: CPython's adaptive interpreter specializes a function at its
/// eighth call and the free lists have found their level by the twentieth.
#define DRY_RUNS 20

/// What programs import most. Left out on purpose:
///   ssl, http.client, urllib.request, smtplib: OpenSSL's generator must be born in the worker;
///   multiprocessing, concurrent.futures.process: the authentication key is made at import;
///   sqlite3, xml, lzma, bz2 (and so shutil, tempfile, zipfile): shared libraries, each 4 to 8 more
///     mappings for every fork to copy, at 1 µs a mapping; imported in the worker they take 1 to 3
///     ms;
///   asyncio, logging, pickle, subprocess, argparse, html: 4 of 13 MB that every fork would copy
///     and every exit free, a fifth of a run's cost, for what few snippets use; imported in the
///     worker they take 1 to 5 ms, asyncio 20;
///   unittest, doctest, pydoc, tkinter, distutils: large, and rarely part of a snippet.
static const char *const default_modules[] = {
    "signal", // first: SIGINT is KeyboardInterrupt from here on
    "abc", "array", "ast", "base64", "bisect", "calendar", "cmath", "codecs", "collections",
    "collections.abc", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal",
    "difflib", "enum", "errno", "fnmatch", "fractions", "functools", "glob", "hashlib", "heapq",
    "hmac", "inspect", "io", "itertools", "json", "keyword", "linecache", "math", "numbers",
    "operator", "os", "pathlib", "pprint", "queue", "random", "re", "reprlib", "secrets",
    "select", "shlex", "stat", "statistics", "string", "struct", "textwrap", "threading",
    "time", "timeit", "tokenize", "traceback", "types", "typing", "unicodedata", "urllib.parse",
    "uuid", "warnings", "weakref", "zlib",
};

int sbx_python_default_modules(const char *const **modules) {
    *modules = default_modules;
    return (int)(sizeof default_modules / sizeof *default_modules);
}

static PyObject *record_at_fork(PyObject *Py_UNUSED(self), PyObject *arguments,
                                PyObject *keywords) {
    if (PyTuple_GET_SIZE(arguments) != 0 || keywords == NULL) {
        return PyErr_Format(PyExc_TypeError, "register_at_fork() takes keyword arguments only");
    }
    PyObject *copy = PyDict_Copy(keywords);
    int failed = copy == NULL || PyList_Append(sbx_host.at_fork, copy) < 0;
    Py_XDECREF(copy);
    if (failed) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef recorder = {"register_at_fork", (PyCFunction)(void (*)(void))record_at_fork,
                               METH_VARARGS | METH_KEYWORDS, NULL};

static int set_in_os(PyObject *function) {
    PyObject *os = PyImport_ImportModule("os");
    int failed = os == NULL || PyObject_SetAttrString(os, "register_at_fork", function) < 0;
    Py_XDECREF(os);
    return failed ? -1 : 0;
}

/// What a module must not find while it is imported here. uuid: a library (ten mappings) that makes
/// uuid1 tell the host's network address. asyncio, should a template want it: OpenSSL's generator,
/// which must be born in the worker.
static const char *hidden_from(const char *name) {
    if (strcmp(name, "uuid") == 0) return "_uuid";
    if (strcmp(name, "asyncio") == 0) return "ssl";
    return NULL;
}

static int import(const char *name) {
    PyObject *modules = PyImport_GetModuleDict();
    const char *hidden = hidden_from(name);
    if (hidden != NULL && PyDict_GetItemString(modules, hidden) != NULL) hidden = NULL;
    if (hidden != NULL && PyDict_SetItemString(modules, hidden, Py_None) < 0) return -1;
    PyObject *module = PyImport_ImportModule(name);
    if (hidden != NULL) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        (void)PyDict_DelItemString(modules, hidden);
        PyErr_Restore(type, value, traceback);
    }
    Py_XDECREF(module);
    return module == NULL ? -1 : 0;
}

int sbx_python_preimport(const char *const *modules, size_t count, char *error, size_t error_size) {
    PyObject *real = sbx_loaded_attribute("posix", "register_at_fork");
    PyObject *fake = PyCFunction_New(&recorder, NULL);
    if (real == NULL || fake == NULL || set_in_os(fake) < 0) {
        return sbx_fail(error, error_size, -EIO, "os.register_at_fork can't be intercepted");
    }
    int failed = 0;
    for (size_t i = 0; i < count && failed == 0; i++) {
        if (import(modules[i]) < 0) {
            char what[128];
            snprintf(what, sizeof what, "module %.80s can't be imported", modules[i]);
            failed = sbx_fail(error, error_size, -ENOENT, what);
        }
    }
    if (set_in_os(real) < 0 && failed == 0) {
        failed = sbx_fail(error, error_size, -EIO, "os.register_at_fork can't be restored");
    }
    Py_DECREF(fake);
    Py_DECREF(real);
    return failed;
}

int sbx_python_prelude(const char *name, const uint8_t *source, size_t size, char *error,
                       size_t error_size) {
    PyObject **slot = strcmp(name, "errors") == 0         ? &sbx_host.errors
                      : strcmp(name, "requirements") == 0 ? &sbx_host.requirements
                      : strcmp(name, "rich") == 0         ? &sbx_host.rich
                                                          : NULL;
    if (slot == NULL || memchr(source, 0, size) != NULL) {
        snprintf(error, error_size, "prelude %.80s: no such part, or its text has a NUL", name);
        return -EINVAL;
    }
    char label[128];
    snprintf(label, sizeof label, "<sandboa %.80s>", name);
    PyObject *text = PyBytes_FromStringAndSize((const char *)source, (Py_ssize_t)size);
    PyObject *module = PyModule_New("_sandboa");
    PyObject *code =
        text == NULL ? NULL : Py_CompileString(PyBytes_AS_STRING(text), label, Py_file_input);
    PyObject *globals = module == NULL ? NULL : PyModule_GetDict(module);
    PyObject *done = NULL;
    if (code != NULL && globals != NULL &&
        PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) == 0) {
        done = PyEval_EvalCode(code, globals, globals);
    }
    Py_XDECREF(code);
    Py_XDECREF(text);
    if (done == NULL) {
        Py_XDECREF(module);
        return sbx_fail(error, error_size, -EINVAL, label);
    }
    Py_DECREF(done);
    Py_XSETREF(*slot, module);
    if (slot == &sbx_host.rich) {
        Py_XSETREF(sbx_host.shown, PyObject_GetAttrString(module, "shown"));
        if (sbx_host.shown == NULL || !PyList_CheckExact(sbx_host.shown))
            return sbx_fail(error, error_size, -EINVAL, label);
    }
    return 0;
}

/// Threads of this process; -errno when /proc is not there to say.
static int thread_count(void) {
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) return -errno;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) count += entry->d_name[0] != '.';
    closedir(tasks);
    return count;
}

/// The length of a container of `threading` or `logging` that only ever changes in place.
static Py_ssize_t watch(PyObject **container, const char *module, const char *attribute) {
    *container = sbx_loaded_attribute(module, attribute);
    return *container == NULL ? 0 : PyObject_Size(*container);
}

/// Notes what is there before any program: what is there afterwards is the program's.
static void take_stock(void) {
    sbx_host.modules_before = PyDict_Copy(PyImport_GetModuleDict());
    PyErr_Clear();
    sbx_host.exits_before = sbx_count(sbx_host.count_exits);
    sbx_host.shutdown_locks_before =
        watch(&sbx_host.shutdown_locks, "threading", "_shutdown_locks");
    sbx_host.thread_exits_before = watch(&sbx_host.thread_exits, "threading", "_threading_atexits");
    sbx_host.log_handlers_before = watch(&sbx_host.log_handlers, "logging", "_handlerList");
}

static int call_gc(const char *method) {
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *done = gc == NULL ? NULL : PyObject_CallMethod(gc, method, NULL);
    Py_XDECREF(done);
    Py_XDECREF(gc);
    return done == NULL ? -1 : 0;
}

int sbx_python_settle(char *error, size_t error_size) {
    int threads = thread_count();
    if (threads > 1) {
        snprintf(error, error_size,
                 "a preimported module started a thread (there are %d): a fork would lose it. "
                 "For numpy, set OPENBLAS_NUM_THREADS=1 before the start",
                 threads);
        return -EBUSY;
    }
    if (sbx_prepare_fork() < 0) return sbx_fail(error, error_size, -EIO, "preparing for forks");
    take_stock();
    for (int i = 0; i < DRY_RUNS; i++) {
        if (sbx_dry_run() < 0) {
            snprintf(error, error_size, "a dry run failed: the interpreter does not work");
            return -EIO;
        }
    }
    (void)PyGC_Collect(); // does nothing once the collector is off
    PyGC_Disable();
    if (call_gc("freeze") < 0) {
        return sbx_fail(error, error_size, -EIO, "the garbage collector can't be frozen");
    }
    return 0;
}
