#include "CSQLite.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>

int sbx_sqlite_open(const char *path, int busy_ms, void **database) {
    sqlite3 *opened = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    int result = sqlite3_open_v2(path, &opened, flags, NULL);
    if (result == SQLITE_OK) result = sqlite3_extended_result_codes(opened, 1);
    if (result == SQLITE_OK) result = sqlite3_busy_timeout(opened, busy_ms);
    if (result != SQLITE_OK) {
        int extended = opened ? sqlite3_extended_errcode(opened) : result;
        sqlite3_close(opened);
        return extended == SQLITE_OK ? -result : -extended;
    }
    *database = opened;
    return 0;
}

void sbx_sqlite_close(void *database) { sqlite3_close_v2(database); }

void sbx_sqlite_message(void *database, char *buffer, size_t size) {
    snprintf(buffer, size, "%s", sqlite3_errmsg(database));
}

int sbx_sqlite_run(void *database, const char *sql) {
    return -sqlite3_exec(database, sql, NULL, NULL, NULL);
}

int sbx_sqlite_prepare(void *database, const char *sql, void **statement) {
    sqlite3_stmt *prepared = NULL;
    int result = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
    *statement = prepared;
    return -result;
}

void sbx_sqlite_finalize(void *statement) { sqlite3_finalize(statement); }

int sbx_sqlite_bind_integer(void *statement, int place, int64_t value) {
    return -sqlite3_bind_int64(statement, place, value);
}

int sbx_sqlite_bind_text(void *statement, int place, const char *text, size_t size) {
    if (size > INT_MAX) return -SQLITE_TOOBIG;
    const char *bytes = text ? text : "";
    return -sqlite3_bind_text(statement, place, bytes, (int)size, SQLITE_TRANSIENT);
}

int sbx_sqlite_step(void *statement) {
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) return 1;
    return result == SQLITE_DONE ? 0 : -result;
}

void sbx_sqlite_reset(void *statement) { sqlite3_reset(statement); }

int64_t sbx_sqlite_integer(void *statement, int column) {
    return sqlite3_column_int64(statement, column);
}

const char *sbx_sqlite_text(void *statement, int column, size_t *size) {
    const unsigned char *text = sqlite3_column_text(statement, column);
    *size = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
    return (const char *)text;
}
