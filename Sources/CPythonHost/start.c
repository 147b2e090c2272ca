// Starting the interpreter: isolated, and indifferent to everything around it but /usr.

#include "host.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>

#define TEXT(number) #number
#define VERSION(major, minor) TEXT(major) "." TEXT(minor)
#define PYTHON "python" VERSION(PY_MAJOR_VERSION, PY_MINOR_VERSION)
#define STANDARD_LIBRARY "/usr/lib/" PYTHON

struct sbx_host sbx_host;

int sbx_fail(char *error, size_t error_size, int code, const char *what) {
    PyObject *type = NULL, *value = NULL, *traceback = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *text = value == NULL ? NULL : PyObject_Str(value);
    const char *reason = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    snprintf(error, error_size, "%s: %s%s%s", what,
             type == NULL ? "failed" : ((PyTypeObject *)type)->tp_name,
             reason == NULL || *reason == '\0' ? "" : ": ", reason == NULL ? "" : reason);
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    PyErr_Clear();
    return code;
}

PyObject *sbx_loaded(const char *name) {
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), name);
    return module == Py_None ? NULL : module;
}

PyObject *sbx_loaded_attribute(const char *module, const char *attribute) {
    PyObject *loaded = sbx_loaded(module);
    if (loaded == NULL) return NULL;
    // Asking the module would put the name, a new string each time, into the cache of types'
    // attributes: at a place that is another each time, so that two pages are copied for it.
    PyObject *value = PyModule_Check(loaded)
                          ? PyDict_GetItemString(PyModule_GetDict(loaded), attribute)
                          : NULL;
    if (value != NULL) return Py_NewRef(value);
    value = PyObject_GetAttrString(loaded, attribute);
    if (value == NULL) PyErr_Clear();
    return value;
}

Py_ssize_t sbx_count(PyObject *function) {
    PyObject *number = PyObject_CallNoArgs(function);
    Py_ssize_t count = number == NULL ? 0 : PyLong_AsSsize_t(number);
    PyErr_Clear();
    Py_XDECREF(number);
    return count;
}

static PyStatus set_text(PyConfig *config, wchar_t **field, const char *value) {
    return PyConfig_SetBytesString(config, field, value);
}

/// Says where everything is, so that CPython searches for nothing.
static PyStatus set_paths(PyConfig *config, const char *const *extra_paths, size_t count) {
    struct {
        wchar_t **field;
        const char *value;
    } const texts[] = {
        {&config->program_name, "/usr/bin/" PYTHON},
        {&config->executable, "/usr/bin/" PYTHON},
        {&config->base_executable, "/usr/bin/" PYTHON},
        {&config->home, "/usr"},
        {&config->prefix, "/usr"},
        {&config->base_prefix, "/usr"},
        {&config->exec_prefix, "/usr"},
        {&config->base_exec_prefix, "/usr"},
        {&config->platlibdir, "lib"},
        {&config->stdlib_dir, STANDARD_LIBRARY},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        PyStatus status = set_text(config, texts[i].field, texts[i].value);
        if (PyStatus_Exception(status)) return status;
    }
    config->module_search_paths_set = 1;
    const char *const standard[] = {STANDARD_LIBRARY, STANDARD_LIBRARY "/lib-dynload"};
    for (size_t i = 0; i < 2 + count; i++) {
        wchar_t *path = Py_DecodeLocale(i < 2 ? standard[i] : extra_paths[i - 2], NULL);
        if (path == NULL) return PyStatus_NoMemory();
        PyStatus status = PyWideStringList_Append(&config->module_search_paths, path);
        PyMem_RawFree(path);
        if (PyStatus_Exception(status)) return status;
    }
    return PyStatus_Ok();
}

static PyStatus initialize(const char *const *extra_paths, size_t count) {
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status)) return status;

    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    config.safe_path = 1;
    config.write_bytecode = 0;
    config.install_signal_handlers = 0;
    config.use_hash_seed = 0; // 0: random
    config.use_frozen_modules = 0; // so that modules have a __file__, as in any Python
    config.parse_argv = 0;
    status = set_paths(&config, extra_paths, count);
    if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

/// The names `site` would have put into builtins (programs do say `exit()`), and what evaluates the
/// part of a program that does not await when another part does.
static int run_start_code(void) {
    static const char code[] =
        "import builtins, _sitebuiltins\n"
        "builtins.exit = _sitebuiltins.Quitter('exit', 'Ctrl-D (i.e. EOF)')\n"
        "builtins.quit = _sitebuiltins.Quitter('quit', 'Ctrl-D (i.e. EOF)')\n"
        "builtins.help = _sitebuiltins._Helper()\n"
        "async def in_loop(code, globals): return eval(code, globals)\n";
    PyObject *scratch = PyDict_New();
    if (scratch == NULL) return -1;
    PyObject *done = NULL;
    if (PyDict_SetItemString(scratch, "__builtins__", PyEval_GetBuiltins()) == 0) {
        done = PyRun_String(code, Py_file_input, scratch, scratch);
    }
    sbx_host.in_loop = Py_XNewRef(PyDict_GetItemString(scratch, "in_loop"));
    Py_DECREF(scratch);
    Py_XDECREF(done);
    return done == NULL || sbx_host.in_loop == NULL ? -1 : 0;
}

int sbx_fresh_namespace(PyObject *globals) {
    PyDict_Clear(globals);
    PyObject *builtins = PyImport_ImportModule("builtins");
    PyObject *name = PyUnicode_InternFromString("__main__");
    int failed = builtins == NULL || name == NULL ||
                 PyDict_SetItemString(globals, "__name__", name) < 0 ||
                 PyDict_SetItemString(globals, "__doc__", Py_None) < 0 ||
                 PyDict_SetItemString(globals, "__package__", Py_None) < 0 ||
                 PyDict_SetItemString(globals, "__loader__", Py_None) < 0 ||
                 PyDict_SetItemString(globals, "__spec__", Py_None) < 0 ||
                 PyDict_SetItemString(globals, "__builtins__", builtins) < 0;
    Py_XDECREF(name);
    Py_XDECREF(builtins);
    return failed ? -1 : 0;
}

static int prepare(void) {
    PyObject *sys = PyImport_ImportModule("sys");
    PyObject *main = PyImport_AddModule("__main__");
    sbx_host.filename = PyUnicode_InternFromString("main.py");
    sbx_host.at_fork = PyList_New(0);
    PyObject *arguments = Py_BuildValue("[O]", sbx_host.filename);
    Py_XDECREF(PyImport_ImportModule("atexit"));
    sbx_host.count_exits = sbx_loaded_attribute("atexit", "_ncallbacks");
    sbx_host.count_threads = sbx_loaded_attribute("_thread", "_count");
    if (sys == NULL || main == NULL || arguments == NULL || sbx_host.at_fork == NULL ||
        sbx_host.count_exits == NULL || sbx_host.count_threads == NULL) {
        return -1;
    }
    if (PySys_SetObject("argv", arguments) < 0) return -1;
    Py_DECREF(arguments);
    // Held: a program may let go of the modules themselves, and a session outlives its programs.
    sbx_host.sys = Py_NewRef(PyModule_GetDict(sys));
    sbx_host.main = Py_NewRef(PyModule_GetDict(main));
    if (run_start_code() < 0 || sbx_fresh_namespace(sbx_host.main) < 0) return -1;
    return sbx_output_install();
}

const char *sbx_python_version(void) { return Py_GetVersion(); }

int sbx_python_start(const char *const *extra_paths, size_t count, char *error, size_t error_size) {
    sbx_note_processors();
    if (Py_IsInitialized()) {
        snprintf(error, error_size, "Python is already started in this process");
        return -EALREADY;
    }
    // Before the interpreter starts, so that signal.getsignal() knows.
    PyOS_setsig(SIGPIPE, SIG_IGN);
    PyOS_setsig(SIGXFSZ, SIG_IGN);
    PyStatus status = initialize(extra_paths, count);
    if (PyStatus_Exception(status)) {
        snprintf(error, error_size, "Python does not start: %s: is %s complete?",
                 status.err_msg == NULL ? "no reason given" : status.err_msg, STANDARD_LIBRARY);
        return -EIO;
    }
    int spare = sbx_spare_reserve();
    if (spare < 0) {
        snprintf(error, error_size, "no memory to set aside for describing a MemoryError");
        return spare;
    }
    if (prepare() < 0) return sbx_fail(error, error_size, -EIO, "Python does not start");
    return 0;
}
