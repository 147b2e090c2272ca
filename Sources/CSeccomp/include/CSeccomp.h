int sbx_CSeccomp(void);
