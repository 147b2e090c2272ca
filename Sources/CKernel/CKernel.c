#include "CKernel.h"
int sbx_CKernel(void) { return 0; }
