#include "CYAML.h"
int sbx_CYAML(void) { return 0; }
