int sbx_CKernel(void);
