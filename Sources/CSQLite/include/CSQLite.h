// SQLite behind plain signatures: a result is `>= 0`, or SQLite's extended code, negated.
#ifndef SBX_CSQLITE_H
#define SBX_CSQLITE_H

#include <stddef.h>
#include <stdint.h>

/// Opens an existing file for reading and writing, without SQLite's own mutexes: one thread at a
/// time. Waits at most `busy_ms` for another process.
int sbx_sqlite_open(const char *path, int busy_ms, void **database);
void sbx_sqlite_close(void *database);

/// The sentence for the last failure, ended by a NUL.
void sbx_sqlite_message(void *database, char *buffer, size_t size);

/// Runs statements whose rows nobody wants.
int sbx_sqlite_run(void *database, const char *sql);

int sbx_sqlite_prepare(void *database, const char *sql, void **statement);
void sbx_sqlite_finalize(void *statement);
/// Places count from 1. Text is copied.
int sbx_sqlite_bind_integer(void *statement, int place, int64_t value);
int sbx_sqlite_bind_text(void *statement, int place, const char *text, size_t size);
/// 1: there is a row; 0: done.
int sbx_sqlite_step(void *statement);
/// Makes it ready to run again. Says nothing: a failure was told by the step already.
void sbx_sqlite_reset(void *statement);
/// Columns count from 0.
int64_t sbx_sqlite_integer(void *statement, int column);
/// Valid until the next step or reset; NULL and 0 for an SQL NULL.
const char *sbx_sqlite_text(void *statement, int column, size_t *size);

#endif
