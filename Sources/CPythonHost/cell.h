// Where a program's last expression begins. No Python in here.

#ifndef SBX_CELL_H
#define SBX_CELL_H

#include <stdbool.h>
#include <stddef.h>

/// A place in a source text.
struct sbx_place {
    size_t offset;
    size_t line;   // from 0
    size_t column; // bytes from the start of the line
};

/// Finds the statement that would be the last expression of a notebook cell; false when the last
/// statement can't be one: it is indented, compound, or followed by a semicolon. What is found need
/// not be an expression (`x = 1`): the compiler decides that.
bool sbx_last_statement(const char *source, size_t size, struct sbx_place *place);

#endif
