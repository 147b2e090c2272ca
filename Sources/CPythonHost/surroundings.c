// What surrounds a run: the names, arguments and paths it starts with, and the ending it is owed.

#include "host.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "wire.h"

// Before

/// Parses JSON; new reference or NULL with an exception.
static PyObject *parse_json(struct sbx_slice text) {
    PyObject *json = PyImport_ImportModule("json");
    PyObject *parsed =
        json == NULL ? NULL
                     : PyObject_CallMethod(json, "loads", "s#", text.bytes, (Py_ssize_t)text.size);
    Py_XDECREF(json);
    return parsed;
}

/// The current exception as a sentence, cleared.
static PyObject *sentence(const char *subject) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *text = value == NULL ? NULL : PyObject_Str(value);
    PyErr_Clear();
    PyObject *said = PyUnicode_FromFormat("%s: %V", subject, text, "it can't be read");
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return said;
}

/// True for the names the interpreter reserves: `__name__`, `__builtins__`.
static bool is_reserved(PyObject *name) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(name);
    return length > 4 && PyUnicode_READ_CHAR(name, 0) == '_' &&
           PyUnicode_READ_CHAR(name, 1) == '_' && PyUnicode_READ_CHAR(name, length - 1) == '_' &&
           PyUnicode_READ_CHAR(name, length - 2) == '_';
}

static int is_keyword(PyObject *name) {
    PyObject *keyword = PyImport_ImportModule("keyword");
    PyObject *answer =
        keyword == NULL ? NULL : PyObject_CallMethod(keyword, "iskeyword", "O", name);
    int found = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    Py_XDECREF(keyword);
    return found;
}

static PyObject *add_context(struct sbx_slice text, PyObject *globals) {
    PyObject *context = parse_json(text);
    if (context == NULL) return sentence("the context is not JSON");
    PyObject *problem = NULL, *name, *value;
    if (!PyDict_Check(context)) problem = PyUnicode_FromString("the context is not a JSON object");
    for (Py_ssize_t at = 0; problem == NULL && PyDict_Next(context, &at, &name, &value);) {
        if (!PyUnicode_IsIdentifier(name) || is_reserved(name) || is_keyword(name) != 0) {
            problem = PyUnicode_FromFormat("the context's name %R can't be used: it must be a "
                                           "Python identifier, no keyword, and "
                                           "not start and end with two underscores",
                                           name);
        } else if (PyDict_SetItem(globals, name, value) < 0) {
            problem = sentence("the context can't be stored");
        }
    }
    Py_DECREF(context);
    return problem;
}

static PyObject *set_arguments(struct sbx_slice text, PyObject *filename) {
    PyObject *arguments = Py_BuildValue("[O]", filename);
    if (arguments == NULL) return sentence("sys.argv");
    PyObject *problem = NULL;
    if (text.bytes != NULL) {
        PyObject *given = parse_json(text);
        if (given == NULL) problem = sentence("the arguments are not JSON");
        bool fits = given != NULL && PyList_Check(given);
        for (Py_ssize_t i = 0; fits && i < PyList_GET_SIZE(given); i++) {
            PyObject *argument = PyList_GET_ITEM(given, i);
            fits = PyUnicode_Check(argument) && PyList_Append(arguments, argument) == 0;
        }
        if (problem == NULL && !fits) {
            problem = PyUnicode_FromString("the arguments are not a JSON array of strings");
        }
        Py_XDECREF(given);
    }
    if (problem == NULL && PyDict_SetItemString(sbx_host.sys, "argv", arguments) < 0) {
        problem = sentence("sys.argv");
    }
    Py_DECREF(arguments);
    return problem;
}

/// Where this process may run; a waiting worker may be confined to its supervisor's processor.
static uint8_t processors[1024]; // enough for 8,192, the most that Linux can be built for
static long processors_size;

void sbx_note_processors(void) {
    processors_size = syscall(SYS_sched_getaffinity, 0, sizeof processors, processors);
}

void sbx_use_all_processors(void) {
    if (processors_size <= 0) return;
    (void)syscall(SYS_sched_setaffinity, 0, (size_t)processors_size, processors);
}

/// Puts `directory` first in sys.path, in place of the one an earlier call put there; steals it.
/// Returns 0, or -1 with an exception.
static int search_first(PyObject *directory) {
    static PyObject *entered;
    PyObject *path = PyDict_GetItemString(sbx_host.sys, "path");
    if (directory == NULL || path == NULL || !PyList_Check(path)) {
        Py_XDECREF(directory);
        return directory == NULL ? -1 : 0;
    }
    bool ours = entered != NULL && PyList_GET_SIZE(path) > 0 && PyList_GET_ITEM(path, 0) == entered;
    int failed = 0;
    if (ours && PyUnicode_Compare(directory, entered) != 0) {
        failed = PyList_SetItem(path, 0, Py_NewRef(directory));
        Py_SETREF(entered, Py_NewRef(directory));
    } else if (entered == NULL) {
        failed = PyList_Insert(path, 0, directory);
        entered = Py_NewRef(directory);
    }
    Py_DECREF(directory);
    return failed;
}

static PyObject *path_text(struct sbx_slice path) {
    return PyUnicode_DecodeFSDefaultAndSize(path.bytes, (Py_ssize_t)path.size);
}

/// Puts the working directory first in sys.path; one that is gone is left out.
static int search_here(void) {
    char directory[4096];
    if (getcwd(directory, sizeof directory) == NULL) return 0;
    return search_first(PyUnicode_DecodeFSDefault(directory));
}

/// Goes where the job starts; returns 0, or -1 with an exception.
static int enter_directory(struct sbx_slice directory) {
    char path[SBX_LIMIT_DIRECTORY + 1];
    memcpy(path, directory.bytes, directory.size);
    path[directory.size] = '\0';
    if (chdir(path) == 0) return 0;
    PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    return -1;
}

/// What the job says of where it starts and where its modules are. NULL, or a new reference to one
/// sentence about what is wrong.
static PyObject *settle_in(const struct sbx_job *job, bool is_done) {
    bool moves = job->directory.bytes != NULL;
    if (moves && enter_directory(job->directory) < 0) return sentence("the directory");
    int failed = 0;
    if (job->search_path.bytes != NULL) {
        failed = search_first(path_text(job->search_path));
    } else if (moves || !is_done) {
        failed = search_here();
    }
    return failed ? sentence("sys.path") : NULL;
}

/// What a run needs of the directory is done, and nobody has run anything since.
static bool ready;

int sbx_prepare_ahead(void) {
    int failed = search_here();
    ready = failed == 0;
    return failed;
}

/// A script that is a file knows which: multiprocessing's `spawn` looks for it in the child.
static PyObject *name_file(const struct sbx_job *job, PyObject *globals, PyObject *filename) {
    bool is_file = (job->flags & SBX_FLAG_SCRIPT) != 0 && job->filename.bytes[0] == '/';
    if (!is_file || PyDict_SetItemString(globals, "__file__", filename) == 0) return NULL;
    return sentence("__file__");
}

PyObject *sbx_prepare(const struct sbx_job *job, PyObject *globals, PyObject *filename) {
    PyObject *problem = NULL;
    // A zygote's sys.argv is that of a default job already; a session's stays what it is.
    bool session = (job->flags & SBX_FLAG_SESSION) != 0;
    if (job->arguments.bytes != NULL || (filename != sbx_host.filename && !session)) {
        problem = set_arguments(job->arguments, filename);
    }
    if (problem == NULL) problem = settle_in(job, ready);
    ready = false;
    if (problem == NULL) problem = name_file(job, globals, filename);
    if (problem == NULL && job->context.bytes != NULL) problem = add_context(job->context, globals);
    return problem;
}

// After

/// Calls `module.function()` of a loaded module; a failure is printed, as at any exit.
static void call(const char *module, const char *function) {
    PyObject *callable = sbx_loaded_attribute(module, function);
    PyObject *done = callable == NULL ? NULL : PyObject_CallNoArgs(callable);
    if (done == NULL && PyErr_Occurred()) PyErr_WriteUnraisable(callable);
    Py_XDECREF(done);
    Py_XDECREF(callable);
}

/// Flushes the files among `objects` that are of `_io.<type>`.
static void flush_files(PyObject *objects, const char *type) {
    PyObject *kind = sbx_loaded_attribute("_io", type);
    for (Py_ssize_t i = 0; kind != NULL && i < PyList_GET_SIZE(objects); i++) {
        PyObject *file = PyList_GET_ITEM(objects, i);
        if (!PyObject_TypeCheck(file, (PyTypeObject *)kind)) continue;
        PyObject *done = PyObject_CallMethod(file, "flush", NULL);
        PyErr_Clear(); // closed
        Py_XDECREF(done);
    }
    Py_XDECREF(kind);
}

/// Collects cycles. The collector may finalize a file's descriptor before the text layer above it,
/// and what that still held would be lost: files are flushed first.
static void collect_cycles(void) {
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *objects = gc == NULL ? NULL : PyObject_CallMethod(gc, "get_objects", NULL);
    if (objects != NULL && PyList_Check(objects)) {
        flush_files(objects, "TextIOWrapper");
        flush_files(objects, "BufferedWriter");
        flush_files(objects, "BufferedRandom");
    }
    PyErr_Clear();
    Py_XDECREF(objects);
    Py_XDECREF(gc);
    (void)PyGC_Collect();
}

/// `__name__` and its like, which sbx_fresh_namespace puts there first.
#define INITIAL_NAMES 6

/// Lets go of every global, as the interpreter does at exit: a file nobody closed is written now.
/// Objects in cycles wait for the collector, which is worth its price only when the program made
/// classes or instances of its own.
static void end_namespace(PyObject *globals) {
    if (PyDict_GET_SIZE(globals) <= INITIAL_NAMES) return;
    PyObject *names = PyDict_Keys(globals);
    bool collect = false;
    for (Py_ssize_t i = INITIAL_NAMES; names != NULL && i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i);
        PyObject *value = PyDict_GetItemWithError(globals, name);
        if (value == NULL || PyModule_Check(value)) continue;
        collect = collect || PyType_Check(value) ||
                  PyType_HasFeature(Py_TYPE(value), Py_TPFLAGS_HEAPTYPE);
        if (PyDict_SetItem(globals, name, Py_None) < 0) PyErr_Clear();
    }
    PyErr_Clear();
    Py_XDECREF(names);
    if (collect) collect_cycles();
}

/// Flushes what the program put in the place of a standard stream.
static void flush_stream(const char *name) {
    PyObject *stream = PySys_GetObject(name);
    if (stream == NULL || stream == Py_None) return;
    Py_INCREF(stream);
    PyObject *done = PyObject_CallMethod(stream, "flush", NULL);
    PyErr_Clear();
    Py_XDECREF(done);
    Py_DECREF(stream);
}

/// How many elements `module.attribute` has; `known` is that container when the zygote had it.
static Py_ssize_t length(PyObject *known, const char *module, const char *attribute) {
    if (known != NULL) return PyObject_Size(known);
    PyObject *container = sbx_loaded_attribute(module, attribute);
    Py_ssize_t size = container == NULL ? 0 : PyObject_Size(container);
    PyErr_Clear();
    Py_XDECREF(container);
    return size < 0 ? 0 : size;
}

void sbx_finish(PyObject *globals) {
    // Looking is cheaper than calling: most programs leave nothing of the sort.
    if (length(sbx_host.shutdown_locks, "threading", "_shutdown_locks") >
            sbx_host.shutdown_locks_before ||
        length(sbx_host.thread_exits, "threading", "_threading_atexits") >
            sbx_host.thread_exits_before) {
        call("threading", "_shutdown");
    }
    if (sbx_count(sbx_host.count_exits) != sbx_host.exits_before ||
        length(sbx_host.log_handlers, "logging", "_handlerList") > sbx_host.log_handlers_before) {
        call("atexit", "_run_exitfuncs");
    }
    // A daemon thread would find its globals gone.
    if (sbx_count(sbx_host.count_threads) == 0) end_namespace(globals);
    if (!sbx_output_owns("stdout")) flush_stream("stdout");
    if (!sbx_output_owns("stderr")) flush_stream("stderr");
}
