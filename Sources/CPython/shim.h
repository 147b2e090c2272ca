// glibc's feature macros must be settled before Python.h defines _GNU_SOURCE:
// otherwise fd_set differs between this module and Glibc.
#include <features.h>
#include <Python.h>
