int sbx_CPythonHost(void);
