// Deliberately empty. This target exists for its pkg-config entry (python3-embed): CPythonHost,
// which depends on it, gets the compiler's and linker's flags. Python.h is included by one private
// header there and nowhere else, so no Swift code can call the interpreter past the host.
