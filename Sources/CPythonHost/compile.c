// Compiling a program as a notebook does: its last expression has a value.

#include "host.h"

#include <string.h>

#include "cell.h"

static PyObject *compile(const char *text, PyObject *filename, int start, int flags) {
    PyCompilerFlags compiler = {
        .cf_flags = PyCF_SOURCE_IS_UTF8 | PyCF_IGNORE_COOKIE | flags,
        .cf_feature_version = PY_MINOR_VERSION,
    };
    return Py_CompileStringObject(text, filename, start, &compiler, -1);
}

/// The statement at `place` on its own line and column, so that tracebacks point to the right text.
/// New reference to bytes.
static PyObject *at_its_place(const char *text, size_t size, struct sbx_place place) {
    size_t padding = place.line + place.column;
    PyObject *padded = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(padding + size));
    if (padded == NULL) return NULL;
    char *bytes = PyBytes_AS_STRING(padded);
    memset(bytes, '\n', place.line);
    memset(bytes + place.line, ' ', place.column);
    // A form feed takes back the indentation but is a column.
    if (place.column > 0) bytes[padding - 1] = '\f';
    memcpy(bytes + padding, text, size);
    return padded;
}

/// Compiles the last statement as an expression; NULL without an exception when it isn't one. (Or
/// when it is wrong: compiling the whole program will say so better.)
static PyObject *compile_last(const char *text, size_t size, struct sbx_place place,
                              PyObject *filename) {
    const char *last = text + place.offset;
    PyObject *padded = NULL;
    if (place.line + place.column > 0) {
        padded = at_its_place(last, size - place.offset, place);
        last = padded == NULL ? NULL : PyBytes_AS_STRING(padded);
    }
    PyObject *code =
        last == NULL ? NULL : compile(last, filename, Py_eval_input, PyCF_ALLOW_TOP_LEVEL_AWAIT);
    if (code == NULL) PyErr_Clear();
    Py_XDECREF(padded);
    return code;
}

int sbx_compile(PyObject *source, PyObject *filename, bool script, struct sbx_code *code) {
    char *text = PyBytes_AS_STRING(source);
    size_t size = (size_t)PyBytes_GET_SIZE(source);
    *code = (struct sbx_code){NULL, NULL};
    struct sbx_place place;
    if (!script && sbx_last_statement(text, size, &place)) {
        code->last = compile_last(text, size, place, filename);
        if (code->last != NULL && place.offset == 0) return 0;
    }
    int flags = script ? 0 : PyCF_ALLOW_TOP_LEVEL_AWAIT;
    if (code->last != NULL) {
        char kept = text[place.offset];
        text[place.offset] = '\0';
        code->body = compile(text, filename, Py_file_input, flags);
        text[place.offset] = kept;
        if (code->body != NULL) return 0;
        PyErr_Clear();
        Py_CLEAR(code->last);
    }
    code->body = compile(text, filename, Py_file_input, flags);
    return code->body == NULL ? -1 : 0;
}
