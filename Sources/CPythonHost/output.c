// sys.stdout and sys.stderr of a worker.
//
// A run may be killed at any moment, and what it printed before must have reached the pipe; yet
// `print(a, b)` writes four times and should cost one system call. So a write is buffered and asks
// the interpreter to call back as soon as it is between two bytecodes, which is right after the
// print returns and before anything else the program does. io.TextIOWrapper could only choose
// between losing an unfinished line and one system call per piece, and dirties three times the
// pages.
//
// INVARIANT: when the main thread executes bytecode of the program, its earlier output is in the
// pipe. INVARIANT: text and bytes (sys.stdout.buffer) share one buffer, so their order is the
// program's.
//
// Other threads have no such callback and write at once.

#include "host.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES 8192

struct stream {
    int fd;          // -1: discard
    bool called_for; // a callback is on its way
    bool broken;     // the reader is gone; the program has been told once
    const char *name;
    PyObject *text;   // sys.stdout
    PyObject *binary; // sys.stdout.buffer
    PyObject *errors; // the codec's error handler, as reconfigure() left it
    pthread_mutex_t writing;
    size_t start, end; // what is buffered and not yet written
    char bytes[BUFFER_BYTES];
};

static struct stream streams[2] = {
    {.fd = STDOUT_FILENO, .name = "<stdout>", .writing = PTHREAD_MUTEX_INITIALIZER},
    {.fd = STDERR_FILENO, .name = "<stderr>", .writing = PTHREAD_MUTEX_INITIALIZER},
};

static unsigned long main_thread;

static struct stream *stream_of(PyObject *self) {
    return self == streams[0].text || self == streams[0].binary ? &streams[0] : &streams[1];
}

// Writing. The mutex is held around write(2), the interpreter's lock is not: a program may read its
// own output in another thread. Appending needs the interpreter's lock only, moving `start` both.

static void lock(struct stream *s) {
    if (pthread_mutex_trylock(&s->writing) == 0) return;
    Py_BEGIN_ALLOW_THREADS pthread_mutex_lock(&s->writing);
    Py_END_ALLOW_THREADS
}

/// One write(2), waiting for room; returns bytes written or -errno.
static ssize_t write_some(int fd, const char *bytes, size_t size) {
    ssize_t written;
    Py_BEGIN_ALLOW_THREADS written = write(fd, bytes, size);
    if (written < 0 && errno == EAGAIN) {
        struct pollfd room = {.fd = fd, .events = POLLOUT};
        written = poll(&room, 1, -1) < 0 ? -errno : 0;
    } else if (written < 0) {
        written = -errno;
    }
    Py_END_ALLOW_THREADS return written;
}

/// What to do after an incomplete or failed write: signal handlers first, then the failure. The
/// first broken pipe is raised as in any program; later output just goes nowhere.
static int after_write(struct stream *s, ssize_t written) {
    if (written >= 0 || written == -EINTR) return PyErr_CheckSignals();
    if (written == -EPIPE) {
        if (s->broken) return 0;
        s->broken = true;
    }
    errno = (int)-written;
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
}

static int flush(struct stream *s) {
    while (s->start < s->end) {
        lock(s);
        bool discard = s->fd < 0 || s->broken;
        ssize_t written = discard ? (ssize_t)(s->end - s->start)
                                  : write_some(s->fd, s->bytes + s->start, s->end - s->start);
        bool lost = written < 0 && written != -EINTR;
        if (written > 0) s->start += (size_t)written;
        if (lost || s->start >= s->end) s->start = s->end = 0;
        pthread_mutex_unlock(&s->writing);
        if ((lost || s->start < s->end) && after_write(s, written) < 0) return -1;
    }
    return 0;
}

/// Writes what would not fit the buffer, past it.
static int write_through(struct stream *s, const char *bytes, size_t size) {
    while (size > 0 && s->fd >= 0 && !s->broken) {
        lock(s);
        ssize_t written = write_some(s->fd, bytes, size);
        pthread_mutex_unlock(&s->writing);
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
        if (size > 0 && after_write(s, written) < 0) return -1;
    }
    return 0;
}

static int flush_when_called(void *stream) {
    struct stream *s = stream;
    s->called_for = false;
    return flush(s);
}

static int put(struct stream *s, const char *bytes, size_t size) {
    if (size > BUFFER_BYTES - s->end && flush(s) < 0) return -1;
    if (size > BUFFER_BYTES - s->end) return write_through(s, bytes, size);
    memcpy(s->bytes + s->end, bytes, size);
    s->end += size;
    if (PyThread_get_thread_ident() != main_thread) return flush(s);
    if (s->called_for) return 0;
    s->called_for = Py_AddPendingCall(flush_when_called, s) == 0;
    return s->called_for ? 0 : flush(s);
}

void sbx_output_direct(int stdout_fd, int stderr_fd) {
    streams[0].fd = stdout_fd;
    streams[1].fd = stderr_fd;
}

bool sbx_output_owns(const char *name) {
    PyObject *stream = PySys_GetObject(name);
    return stream == streams[0].text || stream == streams[1].text;
}

void sbx_output_flush(void) {
    for (size_t i = 0; i < 2; i++) {
        if (flush(&streams[i]) < 0) PyErr_Clear();
    }
}

// Methods of both objects.

static PyObject *stream_flush(PyObject *self, PyObject *Py_UNUSED(none)) {
    if (flush(stream_of(self)) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *stream_fileno(PyObject *self, PyObject *Py_UNUSED(none)) {
    return PyLong_FromLong(stream_of(self)->fd);
}

static PyObject *stream_isatty(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    Py_RETURN_FALSE;
}

static PyObject *stream_writable(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    Py_RETURN_TRUE;
}

static PyObject *stream_detach(PyObject *self, PyObject *Py_UNUSED(none)) {
    return Py_NewRef(stream_of(self)->binary);
}

/// Standard output stays open: a TextIOWrapper around the buffer closes it when it dies, and the
/// output of the rest of the program would be lost.
static PyObject *stream_closed(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure)) {
    Py_RETURN_FALSE;
}

static PyObject *stream_name(PyObject *self, void *Py_UNUSED(closure)) {
    return PyUnicode_FromString(stream_of(self)->name);
}

static PyObject *stream_buffer(PyObject *self, void *Py_UNUSED(closure)) {
    return Py_NewRef(stream_of(self)->binary);
}

static PyObject *constant_text(PyObject *Py_UNUSED(self), void *closure) {
    return PyUnicode_FromString(closure);
}

static PyObject *constant_none(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure)) {
    Py_RETURN_NONE;
}

static PyObject *constant_bool(PyObject *Py_UNUSED(self), void *closure) {
    return PyBool_FromLong(closure != NULL);
}

static PyObject *stream_repr(PyObject *self) {
    struct stream *s = stream_of(self);
    return PyUnicode_FromFormat("<%s name='%s'>", Py_TYPE(self)->tp_name, s->name);
}

// sys.stdout

static PyObject *text_write(PyObject *self, PyObject *text) {
    if (!PyUnicode_Check(text)) {
        return PyErr_Format(PyExc_TypeError, "write() argument must be str, not %.100s",
                            Py_TYPE(text)->tp_name);
    }
    struct stream *s = stream_of(self);
    int failed;
    if (PyUnicode_IS_COMPACT_ASCII(text)) {
        failed =
            put(s, (const char *)PyUnicode_1BYTE_DATA(text), (size_t)PyUnicode_GET_LENGTH(text));
    } else {
        PyObject *bytes = PyUnicode_AsEncodedString(text, "utf-8", PyUnicode_AsUTF8(s->errors));
        if (bytes == NULL) return NULL;
        failed = put(s, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
        Py_DECREF(bytes);
    }
    return failed ? NULL : PyLong_FromSsize_t(PyUnicode_GET_LENGTH(text));
}

/// Only the error handler can change: the reader at the other end of the pipe expects UTF-8, and
/// neither line buffering nor newlines have anything to tune here.
static PyObject *text_reconfigure(PyObject *self, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"encoding",       "errors",        "newline",
                            "line_buffering", "write_through", NULL};
    PyObject *encoding = Py_None, *errors = Py_None, *ignored = Py_None;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|$OOOOO:reconfigure", names, &encoding,
                                     &errors, &ignored, &ignored, &ignored)) {
        return NULL;
    }
    if (encoding != Py_None) {
        PyObject *info = PyUnicode_Check(encoding)
                             ? _PyCodec_Lookup(PyUnicode_AsUTF8(encoding))
                             : PyErr_Format(PyExc_TypeError, "encoding must be str or None");
        PyObject *name = info == NULL ? NULL : PyObject_GetAttrString(info, "name");
        Py_XDECREF(info);
        if (name == NULL) return NULL;
        bool is_utf8 = PyUnicode_CompareWithASCIIString(name, "utf-8") == 0;
        Py_DECREF(name);
        if (!is_utf8)
            return PyErr_Format(PyExc_ValueError, "the standard streams are always UTF-8");
    }
    if (errors != Py_None) {
        if (!PyUnicode_Check(errors))
            return PyErr_Format(PyExc_TypeError, "errors must be str or None");
        Py_SETREF(stream_of(self)->errors, Py_NewRef(errors));
    }
    Py_RETURN_NONE;
}

static PyObject *text_errors(PyObject *self, void *Py_UNUSED(closure)) {
    return Py_NewRef(stream_of(self)->errors);
}

static PyMethodDef text_methods[] = {
    {"write", text_write, METH_O, "Write text to the stream."},
    {"flush", stream_flush, METH_NOARGS, NULL},
    {"close", stream_flush, METH_NOARGS, "Flush; the stream stays open."},
    {"fileno", stream_fileno, METH_NOARGS, NULL},
    {"isatty", stream_isatty, METH_NOARGS, NULL},
    {"writable", stream_writable, METH_NOARGS, NULL},
    {"detach", stream_detach, METH_NOARGS, NULL},
    {"reconfigure", (PyCFunction)(void (*)(void))text_reconfigure, METH_VARARGS | METH_KEYWORDS,
     NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef text_attributes[] = {
    {"buffer", stream_buffer, NULL, NULL, NULL},
    {"closed", stream_closed, NULL, NULL, NULL},
    {"name", stream_name, NULL, NULL, NULL},
    {"mode", constant_text, NULL, NULL, "w"},
    {"encoding", constant_text, NULL, NULL, "utf-8"},
    {"errors", text_errors, NULL, NULL, NULL},
    {"newlines", constant_none, NULL, NULL, NULL},
    {"line_buffering", constant_bool, NULL, NULL, "true"},
    {"write_through", constant_bool, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

// sys.stdout.buffer

static PyObject *binary_write(PyObject *self, PyObject *data) {
    Py_buffer view;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0) return NULL;
    int failed = put(stream_of(self), view.buf, (size_t)view.len);
    Py_ssize_t size = view.len;
    PyBuffer_Release(&view);
    return failed ? NULL : PyLong_FromSsize_t(size);
}

static PyMethodDef binary_methods[] = {
    {"write", binary_write, METH_O, "Write bytes to the stream."},
    {"flush", stream_flush, METH_NOARGS, NULL},
    {"close", stream_flush, METH_NOARGS, "Flush; the stream stays open."},
    {"fileno", stream_fileno, METH_NOARGS, NULL},
    {"isatty", stream_isatty, METH_NOARGS, NULL},
    {"writable", stream_writable, METH_NOARGS, NULL},
    {"detach", stream_detach, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef binary_attributes[] = {
    {"raw", stream_buffer, NULL, NULL, NULL}, {"closed", stream_closed, NULL, NULL, NULL},
    {"name", stream_name, NULL, NULL, NULL},  {"mode", constant_text, NULL, NULL, "wb"},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot text_slots[] = {{Py_tp_methods, text_methods},
                                   {Py_tp_getset, text_attributes},
                                   {Py_tp_repr, stream_repr},
                                   {0, NULL}};

static PyType_Slot binary_slots[] = {{Py_tp_methods, binary_methods},
                                     {Py_tp_getset, binary_attributes},
                                     {Py_tp_repr, stream_repr},
                                     {0, NULL}};

// Installing

/// A class derived from the C class `_io.<c_base>`, known to the abstract class `io.<abstract>`.
static PyTypeObject *make_class(const char *name, PyType_Slot *slots, const char *c_base,
                                const char *abstract) {
    PyObject *base = sbx_loaded_attribute("_io", c_base);
    PyObject *registry = sbx_loaded_attribute("io", abstract);
    if (base == NULL || registry == NULL) {
        PyErr_SetString(PyExc_ImportError, "the io module is incomplete");
        return NULL;
    }
    PyType_Spec spec = {
        .name = name,
        .basicsize = (int)((PyTypeObject *)base)->tp_basicsize,
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        .slots = slots,
    };
    PyObject *type = PyType_FromSpecWithBases(&spec, base);
    PyObject *known = type == NULL ? NULL : PyObject_CallMethod(registry, "register", "O", type);
    if (known == NULL) Py_CLEAR(type);
    Py_XDECREF(known);
    Py_DECREF(registry);
    Py_DECREF(base);
    return (PyTypeObject *)type;
}

int sbx_output_install(void) {
    main_thread = PyThread_get_thread_ident();
    PyTypeObject *text = make_class("sandboa.TextOutput", text_slots, "_TextIOBase", "TextIOBase");
    PyTypeObject *binary = text == NULL ? NULL
                                        : make_class("sandboa.Output", binary_slots,
                                                     "_BufferedIOBase", "BufferedIOBase");
    if (binary == NULL) return -1;
    static const char *const names[2][2] = {{"stdout", "__stdout__"}, {"stderr", "__stderr__"}};
    for (size_t i = 0; i < 2; i++) {
        struct stream *s = &streams[i];
        s->text = text->tp_alloc(text, 0);
        s->binary = binary->tp_alloc(binary, 0);
        // What CPython's own streams use in UTF-8 mode.
        s->errors = PyUnicode_InternFromString(i == 0 ? "surrogateescape" : "backslashreplace");
        if (s->text == NULL || s->binary == NULL || s->errors == NULL) return -1;
        if (PySys_SetObject(names[i][0], s->text) < 0 ||
            PySys_SetObject(names[i][1], s->text) < 0) {
            return -1;
        }
    }
    return 0;
}
