// Turning an exception into the fields of a result.
//
// The text is made by the prelude module `errors`, because Python's own traceback module is right
// about chains, groups and carets. What a caller must have is made here and needs no code of the
// program's: type, message and line.

#include "host.h"

#include <errno.h>
#include <sys/mman.h>

#include "wire.h"

/// Address space kept free for the moment when there is none left. Mapped and never touched, so
/// that it costs no page; it counts against RLIMIT_DATA and RLIMIT_AS, which is the point.
#define SPARE_BYTES (2u << 20)

static void *spare;

int sbx_spare_reserve(void) {
    void *mapped =
        mmap(NULL, SPARE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return -errno;
    spare = mapped;
    return 0;
}

static void release_spare(void) {
    if (spare != NULL) munmap(spare, SPARE_BYTES);
    spare = NULL;
}

static void put_text(uint16_t type, PyObject *text, size_t limit) {
    // Cut before encoding: a character is at most four bytes, and the text may be enormous.
    PyObject *part = PyUnicode_Check(text) ? PyUnicode_Substring(text, 0, (Py_ssize_t)limit) : NULL;
    PyObject *bytes =
        part == NULL ? NULL : PyUnicode_AsEncodedString(part, "utf-8", "backslashreplace");
    if (bytes != NULL) {
        sbx_result_text(type, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes), limit);
    }
    PyErr_Clear();
    Py_XDECREF(bytes);
    Py_XDECREF(part);
}

static int same_text(PyObject *a, PyObject *b) {
    return a == b || (PyUnicode_Check(a) && PyUnicode_Compare(a, b) == 0);
}

/// `object.name` as an int, or 0.
static long number_of(PyObject *object, const char *name) {
    PyObject *value = PyObject_GetAttrString(object, name);
    long number = value != NULL && PyLong_Check(value) ? PyLong_AsLong(value) : 0;
    Py_XDECREF(value);
    PyErr_Clear();
    return number > 0 && number <= INT32_MAX ? number : 0;
}

/// The line a SyntaxError points to when it is the program's own, else the innermost line of the
/// program on the way to the exception; 0 when there is none.
static uint32_t line_of(PyObject *exception, PyObject *traceback, PyObject *filename) {
    long line = 0;
    for (PyTracebackObject *at = (PyTracebackObject *)traceback; at != NULL; at = at->tb_next) {
        PyCodeObject *code = PyFrame_GetCode(at->tb_frame);
        if (same_text(code->co_filename, filename)) line = number_of((PyObject *)at, "tb_lineno");
        Py_DECREF(code);
    }
    if (line == 0 && PyErr_GivenExceptionMatches(exception, PyExc_SyntaxError)) {
        PyObject *where = PyObject_GetAttrString(exception, "filename");
        if (where != NULL && same_text(where, filename)) line = number_of(exception, "lineno");
        Py_XDECREF(where);
        PyErr_Clear();
    }
    return (uint32_t)line;
}

/// Calls errors.describe(exception, files) → (type, message, traceback).
static bool describe_with_prelude(PyObject *exception, PyObject *files) {
    if (sbx_host.errors == NULL) return false;
    int limit = Py_GetRecursionLimit(); // the program may have left too little
    if (limit < 1000) Py_SetRecursionLimit(1000);
    PyObject *told = PyObject_CallMethod(sbx_host.errors, "describe", "OO", exception, files);
    bool complete = told != NULL && PyTuple_Check(told) && PyTuple_GET_SIZE(told) == 3;
    if (complete) {
        put_text(SBX_RESULT_ERROR_TYPE, PyTuple_GET_ITEM(told, 0), SBX_LIMIT_ERROR_TYPE);
        put_text(SBX_RESULT_ERROR_MESSAGE, PyTuple_GET_ITEM(told, 1), SBX_LIMIT_ERROR_MESSAGE);
        put_text(SBX_RESULT_TRACEBACK, PyTuple_GET_ITEM(told, 2), SBX_LIMIT_TRACEBACK);
    }
    Py_XDECREF(told);
    PyErr_Clear();
    Py_SetRecursionLimit(limit);
    return complete;
}

static void describe_plainly(PyObject *exception) {
    const char *name = Py_TYPE(exception)->tp_name;
    sbx_result_text(SBX_RESULT_ERROR_TYPE, name, strlen(name), SBX_LIMIT_ERROR_TYPE);
    PyObject *message = PyObject_Str(exception);
    if (message != NULL) put_text(SBX_RESULT_ERROR_MESSAGE, message, SBX_LIMIT_ERROR_MESSAGE);
    Py_XDECREF(message);
    PyErr_Clear();
}

/// What the interpreter does with SystemExit: nothing is 0, a number is itself, anything else is a
/// message and 1.
static int32_t exit_code(PyObject *exception) {
    PyObject *code = PyObject_GetAttrString(exception, "code");
    int32_t status = 1;
    if (code == Py_None) {
        status = 0;
    } else if (code != NULL && PyLong_Check(code)) {
        status = (int32_t)PyLong_AsLong(code); // too large is -1, as in CPython
    } else if (code != NULL) {
        PyObject *file = PySys_GetObject("stderr");
        if (file != NULL && PyFile_WriteObject(code, file, Py_PRINT_RAW) == 0) {
            (void)PyFile_WriteString("\n", file);
        }
    }
    PyErr_Clear();
    Py_XDECREF(code);
    return status;
}

int sbx_exit_code(void) {
    PyObject *type = NULL, *exception = NULL, *traceback = NULL;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    int status = exit_code(exception);
    Py_XDECREF(type);
    Py_XDECREF(exception);
    Py_XDECREF(traceback);
    return status;
}

bool sbx_describe_exception(PyObject *filename, PyObject *files) {
    PyObject *type = NULL, *exception = NULL, *traceback = NULL;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    if (traceback != NULL) PyException_SetTraceback(exception, traceback);
    bool exits = PyErr_GivenExceptionMatches(type, PyExc_SystemExit);
    if (exits) {
        sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_EXITED);
        sbx_result_u32(SBX_RESULT_EXIT_CODE, (uint32_t)exit_code(exception));
    } else {
        if (PyErr_GivenExceptionMatches(type, PyExc_MemoryError)) release_spare();
        sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_RAISED);
        uint32_t line = line_of(exception, traceback, filename);
        if (line != 0) sbx_result_u32(SBX_RESULT_ERROR_LINE, line);
        if (!describe_with_prelude(exception, files)) describe_plainly(exception);
    }
    Py_XDECREF(type);
    Py_XDECREF(exception);
    Py_XDECREF(traceback);
    return exits;
}
