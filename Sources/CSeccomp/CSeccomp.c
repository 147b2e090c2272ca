#include "CSeccomp.h"
int sbx_CSeccomp(void) { return 0; }
