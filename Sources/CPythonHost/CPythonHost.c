#include "CPythonHost.h"
int sbx_CPythonHost(void) { return 0; }
