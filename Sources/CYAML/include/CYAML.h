int sbx_CYAML(void);
