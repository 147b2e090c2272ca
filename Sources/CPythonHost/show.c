// What a program shows besides text: figures, pictures, tables.
//
// The work is done by the prelude module `rich`; here is decided, cheaply, whether there is any. A
// program that shows nothing pays for one look into sys.modules and one at its value's type.

#include "host.h"

#include <string.h>

#include "wire.h"

/// Whether matplotlib, if the program has it, holds figures that were not closed.
static bool figures_are_open(void) {
    PyObject *holder = sbx_loaded_attribute("matplotlib._pylab_helpers", "Gcf");
    if (holder == NULL) return false;
    PyObject *figures = PyObject_GetAttrString(holder, "figs");
    Py_ssize_t count = figures == NULL ? 0 : PyObject_Size(figures);
    PyErr_Clear();
    Py_XDECREF(figures);
    Py_DECREF(holder);
    return count > 0;
}

/// Values of the interpreter's own types are no more than their repr: only types made at run time
/// can have the methods that notebooks call.
static bool may_be_rich(PyObject *value) {
    return value != NULL && PyType_HasFeature(Py_TYPE(value), Py_TPFLAGS_HEAPTYPE);
}

void sbx_show(PyObject *value, bool complete) {
    if (sbx_host.rich == NULL) return;
    bool anything = PyList_GET_SIZE(sbx_host.shown) > 0 ||
                    (complete && (may_be_rich(value) || figures_are_open()));
    if (!anything) return;
    int limit = Py_GetRecursionLimit(); // the program may have left too little
    if (limit < 1000) Py_SetRecursionLimit(1000);
    PyObject *told = PyObject_CallMethod(sbx_host.rich, "show", "OO", value ? value : Py_None,
                                         complete ? Py_True : Py_False);
    static const char lost[] = "[{\"kind\":\"note\",\"text\":\"what was shown can't be told\"}]";
    bool whole = told != NULL && PyBytes_Check(told) && PyBytes_GET_SIZE(told) <= SBX_LIMIT_SHOWN;
    const char *bytes = whole ? PyBytes_AS_STRING(told) : lost;
    size_t size = whole ? (size_t)PyBytes_GET_SIZE(told) : sizeof lost - 1;
    if (size > 2) sbx_result_text(SBX_RESULT_SHOWN, bytes, size, SBX_LIMIT_SHOWN); // not "[]"
    PyErr_Clear();
    Py_XDECREF(told);
    Py_SetRecursionLimit(limit);
}
