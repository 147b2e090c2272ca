// The moment of the fork: what has to differ between two workers of one zygote.
//
// Two forks share every byte of memory, and may share the process id too (each is pid 2 of its own
// namespace), so nothing that notices a fork by its pid notices. Each worker brings 32 bytes from
// the kernel; everything that holds random state is told, and only if it is loaded: what is
// imported later seeds itself.

#include "host.h"

#include <errno.h>
#include <string.h>

void sbx_python_before_fork(void) { PyOS_BeforeFork(); }

void sbx_python_after_fork_parent(void) { PyOS_AfterFork_Parent(); }

/// Bytes for one purpose, so that no generator's output tells another's seed: SplitMix64 over the
/// seed, started at `purpose`.
static void derive(const uint8_t seed[SBX_SEED_BYTES], uint64_t purpose, uint8_t *bytes,
                   size_t size) {
    uint64_t words[SBX_SEED_BYTES / 8];
    memcpy(words, seed, sizeof words);
    uint64_t state = purpose * 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < size; i += 8) {
        state += words[i / 8 % 4] + 0x9e3779b97f4a7c15u;
        uint64_t mixed = state;
        mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
        mixed ^= mixed >> 31;
        memcpy(bytes + i, &mixed, size - i < 8 ? size - i : 8);
    }
}

// Hooks. Two dictionaries of them (random's and threading's) would dirty a dozen pages at each
// worker's birth to no purpose, so the zygote registers one set that does nothing until the program
// forks itself.

static bool forks_are_the_programs;

void sbx_hand_over_forks(void) { forks_are_the_programs = true; }

/// Calls the hooks named `when`; "before" in reverse, as os.register_at_fork promises.
static PyObject *call_hooks(const char *when, bool reverse) {
    Py_ssize_t count = forks_are_the_programs ? PyList_GET_SIZE(sbx_host.at_fork) : 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *hooks = PyList_GET_ITEM(sbx_host.at_fork, reverse ? count - 1 - i : i);
        PyObject *hook = PyDict_GetItemString(hooks, when);
        if (hook == NULL) continue;
        PyObject *done = PyObject_CallNoArgs(hook);
        if (done == NULL) PyErr_WriteUnraisable(hook);
        Py_XDECREF(done);
    }
    Py_RETURN_NONE;
}

static PyObject *hooks_before(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    return call_hooks("before", true);
}

static PyObject *hooks_in_parent(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    return call_hooks("after_in_parent", false);
}

static PyObject *hooks_in_child(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    return call_hooks("after_in_child", false);
}

static PyMethodDef hook_methods[] = {
    {"before", hooks_before, METH_NOARGS, NULL},
    {"after_in_parent", hooks_in_parent, METH_NOARGS, NULL},
    {"after_in_child", hooks_in_child, METH_NOARGS, NULL},
};

static int register_hooks(void) {
    PyObject *keywords = PyDict_New(), *nothing = PyTuple_New(0);
    PyObject *real = sbx_loaded_attribute("posix", "register_at_fork");
    int failed = keywords == NULL || nothing == NULL || real == NULL;
    for (size_t i = 0; !failed && i < sizeof hook_methods / sizeof *hook_methods; i++) {
        PyObject *hook = PyCFunction_New(&hook_methods[i], NULL);
        failed = hook == NULL || PyDict_SetItemString(keywords, hook_methods[i].ml_name, hook) < 0;
        Py_XDECREF(hook);
    }
    PyObject *done = failed ? NULL : PyObject_Call(real, nothing, keywords);
    Py_XDECREF(done);
    Py_XDECREF(real);
    Py_XDECREF(nothing);
    Py_XDECREF(keywords);
    return done == NULL ? -1 : 0;
}

// uuid1's node: random, with the multicast bit, as RFC 9562 asks of nodes that are no hardware
// address. It shall neither repeat between workers nor tell the host's.

static uint64_t node;

static PyObject *uuid_getnode(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    return PyLong_FromUnsignedLongLong(node);
}

static PyMethodDef getnode = {"getnode", uuid_getnode, METH_NOARGS,
                              "The node of uuid1: a random number, made for this process."};

/// Without libuuid, uuid1 asks getnode.
static int replace_getnode(void) {
    PyObject *uuid = sbx_loaded("uuid");
    if (uuid == NULL) return 0;
    PyObject *function = PyCFunction_New(&getnode, NULL);
    int failed = function == NULL || PyObject_SetAttrString(uuid, "getnode", function) < 0 ||
                 PyObject_SetAttrString(uuid, "_generate_time_safe", Py_None) < 0 ||
                 PyObject_SetAttrString(uuid, "_last_timestamp", Py_None) < 0;
    Py_XDECREF(function);
    return failed ? -1 : 0;
}

// Generators

int sbx_prepare_fork(void) {
    sbx_host.random_state = sbx_loaded_attribute("random", "_inst");
    PyObject *base = sbx_loaded_attribute("_random", "Random");
    sbx_host.random_seed = base == NULL ? NULL : PyObject_GetAttrString(base, "seed");
    Py_XDECREF(base);
    sbx_host.numpy_seed = sbx_loaded_attribute("numpy.random", "seed");
    sbx_host.openssl_add = sbx_loaded_attribute("_ssl", "RAND_add");
    sbx_host.process = sbx_loaded_attribute("multiprocessing.process", "_current_process");
    // The second half of a pair of normal variates, if an import drew one.
    if (sbx_host.random_state != NULL &&
        PyObject_SetAttrString(sbx_host.random_state, "gauss_next", Py_None) < 0) {
        return -1;
    }
    PyObject *tempfile = sbx_loaded("tempfile");
    if (tempfile != NULL && PyObject_SetAttrString(tempfile, "_name_sequence", Py_None) < 0)
        return -1;
    return replace_getnode() < 0 || register_hooks() < 0 ? -1 : 0;
}

/// `random`'s module functions. Seeded through the C class: the Python method would hash and
/// read 2.5 KB from the kernel.
static int reseed_random(const uint8_t seed[SBX_SEED_BYTES]) {
    if (sbx_host.random_state == NULL || sbx_host.random_seed == NULL) return 0;
    PyObject *number = _PyLong_FromByteArray(seed, SBX_SEED_BYTES, 1, 0);
    if (number == NULL) return -1;
    PyObject *arguments[] = {sbx_host.random_state, number};
    PyObject *done = PyObject_Vectorcall(sbx_host.random_seed, arguments, 2, NULL);
    Py_XDECREF(done);
    Py_DECREF(number);
    return done == NULL ? -1 : 0;
}

static int reseed_numpy(const uint8_t seed[SBX_SEED_BYTES]) {
    if (sbx_host.numpy_seed == NULL) return 0;
    uint32_t words[8];
    derive(seed, 1, (uint8_t *)words, sizeof words);
    PyObject *done =
        PyObject_CallFunction(sbx_host.numpy_seed, "([IIIIIIII])", words[0], words[1], words[2],
                              words[3], words[4], words[5], words[6], words[7]);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

/// OpenSSL reseeds itself when the pid changes, and ours may not.
static int reseed_openssl(const uint8_t seed[SBX_SEED_BYTES]) {
    if (sbx_host.openssl_add == NULL) return 0;
    char bytes[SBX_SEED_BYTES];
    derive(seed, 2, (uint8_t *)bytes, sizeof bytes);
    PyObject *done = PyObject_CallFunction(sbx_host.openssl_add, "y#d", bytes,
                                           (Py_ssize_t)sizeof bytes, (double)sizeof bytes);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

static int renew_authentication_key(const uint8_t seed[SBX_SEED_BYTES]) {
    if (sbx_host.process == NULL) return 0;
    char bytes[SBX_SEED_BYTES];
    derive(seed, 4, (uint8_t *)bytes, sizeof bytes);
    PyObject *key = PyBytes_FromStringAndSize(bytes, sizeof bytes);
    int failed = key == NULL || PyObject_SetAttrString(sbx_host.process, "authkey", key) < 0;
    Py_XDECREF(key);
    return failed ? -1 : 0;
}

int sbx_python_after_fork_child(const uint8_t seed[SBX_SEED_BYTES]) {
    PyOS_AfterFork_Child();
    PyGC_Enable();
    derive(seed, 3, (uint8_t *)&node, sizeof node);
    node = (node & 0xffffffffffff) | (uint64_t)1 << 40;
    if (reseed_random(seed) < 0 || reseed_numpy(seed) < 0 || reseed_openssl(seed) < 0 ||
        renew_authentication_key(seed) < 0) {
        PyErr_Clear();
        return -EIO; // a worker without randomness of its own must not run anything
    }
    return 0;
}
