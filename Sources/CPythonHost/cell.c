// Where a program's last expression begins.
//
// The usual way is to build an AST of Python objects, cut its last node off and compile both parts.
// Turning a syntax tree into objects and back costs more than the compilation itself, so the text
// is cut instead. That is exact: a boundary between logical lines (or a `;` between simple
// statements) at the top level is a boundary between statements, and brackets, strings, comments
// and continuations are all the lexing it takes to find it.

#include "cell.h"

#include <string.h>

struct scanner {
    const char *text;
    size_t size;
    size_t at;
    size_t line;
    size_t line_start;
    size_t depth;               // open brackets
    bool indented;              // the line begins with blanks
    bool in_logical_line;       // a token of it has been seen
    bool in_statement;          // a token since the last top-level semicolon has been seen
    bool cuttable;              // top level and simple: its semicolons separate statements
    struct sbx_place statement; // of the last statement begun
};

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/// True for words that open a statement which can't be an expression and may hold a suite
/// on the same line (`if x: a; b`).
static bool opens_compound(const char *word, size_t length) {
    static const char *const words[] = {"if",  "elif",    "else", "for",   "while", "try",
                                        "def", "finally", "with", "class", "async", "except"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) return true;
    }
    return false;
}

static void begin_statement(struct scanner *s) {
    if (!s->in_logical_line) {
        size_t length = 0;
        while (s->at + length < s->size && is_word(s->text[s->at + length])) length++;
        s->cuttable =
            !s->indented && s->text[s->at] != '@' && !opens_compound(s->text + s->at, length);
        s->in_logical_line = true;
    }
    s->in_statement = true;
    s->statement = (struct sbx_place){s->at, s->line, s->at - s->line_start};
}

static void newline(struct scanner *s) {
    s->line++;
    s->line_start = s->at + 1;
    s->indented = false;
}

/// Skips a string whose first quote is at the cursor and leaves the cursor on its last quote; false
/// when it does not end. In raw strings, too, a backslash keeps the next quote from ending it.
static bool skip_string(struct scanner *s) {
    char quote = s->text[s->at];
    bool triple =
        s->size - s->at >= 3 && s->text[s->at + 1] == quote && s->text[s->at + 2] == quote;
    s->at += triple ? 3 : 1;
    for (; s->at < s->size; s->at++) {
        char c = s->text[s->at];
        if (c == '\\' && s->at + 1 < s->size) {
            s->at++;
            if (s->text[s->at] == '\n') newline(s);
        } else if (c == '\n') {
            if (!triple) return false;
            newline(s);
        } else if (c == quote) {
            if (!triple) return true;
            if (s->size - s->at >= 3 && s->text[s->at + 1] == quote &&
                s->text[s->at + 2] == quote) {
                s->at += 2;
                return true;
            }
        }
    }
    return false;
}

/// Handles the character at the cursor; false when the text can't be a program.
static bool step(struct scanner *s) {
    char c = s->text[s->at];
    if (c == '\n') {
        if (s->depth == 0) s->in_logical_line = false;
        newline(s);
        return true;
    }
    if (c == ' ' || c == '\t' || c == '\f') {
        s->indented = c != '\f'; // which starts the line anew
        return true;
    }
    if (c == '#') {
        while (s->at + 1 < s->size && s->text[s->at + 1] != '\n') s->at++;
        return true;
    }
    if (c == ';' && s->depth == 0) {
        s->in_statement = false;
        return true;
    }
    if (s->depth == 0 && (!s->in_logical_line || !s->in_statement)) begin_statement(s);
    if (c == '\\' && s->at + 1 < s->size && s->text[s->at + 1] == '\n') {
        s->at++;
        newline(s);
        return true;
    }
    if (c == '(' || c == '[' || c == '{') s->depth++;
    if (c == ')' || c == ']' || c == '}') {
        if (s->depth == 0) return false;
        s->depth--;
    }
    return (c != '"' && c != '\'') || skip_string(s);
}

bool sbx_last_statement(const char *source, size_t size, struct sbx_place *place) {
    struct scanner s = {.text = source, .size = size};
    for (; s.at < s.size; s.at++) {
        if (!step(&s)) return false;
    }
    *place = s.statement;
    return s.depth == 0 && s.in_statement && s.cuttable;
}
