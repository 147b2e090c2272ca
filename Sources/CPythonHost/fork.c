// The moment of the fork: what has to differ between two workers of one zygote.
//
// Two forks share every byte of memory, and may share the process id too (each is pid 2 of its own
// namespace), so nothing that notices a fork by its pid notices. Each worker brings 32 bytes from the
// kernel; everything that holds random state is told, and only if it is loaded: what is imported later
// seeds itself.

#include "host.h"

#include <errno.h>
#include <string.h>

void sbx_python_before_fork(void) { PyOS_BeforeFork(); }

void sbx_python_after_fork_parent(void) { PyOS_AfterFork_Parent(); }

/// Bytes for one purpose, so that no generator's output tells another's seed: SplitMix64 over the
/// seed, started at `purpose`.
static void derive(const uint8_t seed[SBX_SEED_BYTES], uint64_t purpose, uint8_t *bytes, size_t size) {
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

/// `random`'s module functions. Seeded through the C class: the Python method would hash and read 2.5 KB
/// from the kernel.
static int reseed_random(const uint8_t seed[SBX_SEED_BYTES]) {
    PyObject *generator = sbx_loaded_attribute("random", "_inst");
    if (generator == NULL) return 0;
    PyObject *base = sbx_loaded_attribute("_random", "Random");
    PyObject *number = _PyLong_FromByteArray(seed, SBX_SEED_BYTES, 1, 0);
    PyObject *done = base == NULL || number == NULL
                         ? NULL
                         : PyObject_CallMethod(base, "seed", "OO", generator, number);
    // The second half of a pair of normal variates, if the zygote ever drew one.
    int failed = done == NULL || PyObject_SetAttrString(generator, "gauss_next", Py_None) < 0;
    Py_XDECREF(done);
    Py_XDECREF(number);
    Py_XDECREF(base);
    Py_DECREF(generator);
    return failed ? -1 : 0;
}

static int reseed_numpy(const uint8_t seed[SBX_SEED_BYTES]) {
    PyObject *reseed = sbx_loaded_attribute("numpy.random", "seed");
    if (reseed == NULL) return 0;
    uint32_t words[8];
    derive(seed, 1, (uint8_t *)words, sizeof words);
    PyObject *done = PyObject_CallFunction(reseed, "([IIIIIIII])", words[0], words[1], words[2], words[3],
                                           words[4], words[5], words[6], words[7]);
    Py_DECREF(reseed);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

/// OpenSSL reseeds itself when the pid changes, and ours may not.
static int reseed_openssl(const uint8_t seed[SBX_SEED_BYTES]) {
    PyObject *add = sbx_loaded_attribute("_ssl", "RAND_add");
    if (add == NULL) return 0;
    char bytes[SBX_SEED_BYTES];
    derive(seed, 2, (uint8_t *)bytes, sizeof bytes);
    PyObject *done =
        PyObject_CallFunction(add, "y#d", bytes, (Py_ssize_t)sizeof bytes, (double)sizeof bytes);
    Py_DECREF(add);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

/// A random node with the multicast bit, as RFC 9562 asks of nodes that are no hardware address: uuid1
/// shall neither repeat between workers nor tell the host's.
static int renew_uuid_node(const uint8_t seed[SBX_SEED_BYTES]) {
    PyObject *uuid = sbx_loaded("uuid");
    if (uuid == NULL) return 0;
    uint64_t node;
    derive(seed, 3, (uint8_t *)&node, sizeof node);
    PyObject *number = PyLong_FromUnsignedLongLong((node & 0xffffffffffff) | (uint64_t)1 << 40);
    int failed = number == NULL || PyObject_SetAttrString(uuid, "_node", number) < 0;
    Py_XDECREF(number);
    return failed ? -1 : 0;
}

static int renew_authentication_key(const uint8_t seed[SBX_SEED_BYTES]) {
    PyObject *process = sbx_loaded_attribute("multiprocessing.process", "_current_process");
    if (process == NULL) return 0;
    char bytes[SBX_SEED_BYTES];
    derive(seed, 4, (uint8_t *)bytes, sizeof bytes);
    PyObject *key = PyBytes_FromStringAndSize(bytes, sizeof bytes);
    int failed = key == NULL || PyObject_SetAttrString(process, "authkey", key) < 0;
    Py_XDECREF(key);
    Py_DECREF(process);
    return failed ? -1 : 0;
}

/// Hands over what the preimported modules wanted to happen at forks, for those the program makes.
static int register_at_fork(void) {
    PyObject *posix = sbx_loaded("posix");
    PyObject *real = PyObject_GetAttrString(posix, "register_at_fork");
    if (real == NULL) return -1;
    PyObject *nothing = PyTuple_New(0);
    int failed = nothing == NULL;
    for (Py_ssize_t i = 0; !failed && i < PyList_GET_SIZE(sbx_host.at_fork); i++) {
        PyObject *done = PyObject_Call(real, nothing, PyList_GET_ITEM(sbx_host.at_fork, i));
        failed = done == NULL;
        Py_XDECREF(done);
    }
    Py_XDECREF(nothing);
    Py_DECREF(real);
    return failed ? -1 : 0;
}

int sbx_python_after_fork_child(const uint8_t seed[SBX_SEED_BYTES]) {
    PyOS_AfterFork_Child();
    PyGC_Enable();
    if (reseed_random(seed) < 0 || reseed_numpy(seed) < 0 || reseed_openssl(seed) < 0 ||
        renew_uuid_node(seed) < 0 || renew_authentication_key(seed) < 0 || register_at_fork() < 0) {
        PyErr_Clear();
        return -EIO; // a worker without randomness of its own must not run anything
    }
    return 0;
}
