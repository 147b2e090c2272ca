// libyaml's event parser behind plain signatures: one document's events, each with its place.
#ifndef SBX_CYAML_H
#define SBX_CYAML_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

/// What an event announces.
enum {
    SBX_YAML_STREAM_START,
    SBX_YAML_STREAM_END,
    SBX_YAML_DOCUMENT_START,
    SBX_YAML_DOCUMENT_END,
    SBX_YAML_ALIAS,
    SBX_YAML_SCALAR,
    SBX_YAML_SEQUENCE_START,
    SBX_YAML_SEQUENCE_END,
    SBX_YAML_MAPPING_START,
    SBX_YAML_MAPPING_END,
};

/// How a scalar was written.
enum {
    SBX_YAML_PLAIN,
    SBX_YAML_SINGLE_QUOTED,
    SBX_YAML_DOUBLE_QUOTED,
    SBX_YAML_LITERAL,
    SBX_YAML_FOLDED,
};

/// What `-sbx_yaml_next()` is when memory runs out.
enum { SBX_YAML_NO_MEMORY = ENOMEM };

/// One event, or the place and cause of a failure. The pointers are null when there is nothing to
/// say, and stay valid until the next call on the same parser.
struct sbx_yaml_event {
    int kind;
    int style;
    size_t line;    // from 0
    size_t column;  // from 0, in characters
    const uint8_t *text;    // value of a scalar, cause of a failure
    size_t text_count;
    const uint8_t *anchor;  // anchor of a node, target of an alias
    size_t anchor_count;
    const uint8_t *tag;
    size_t tag_count;
};

struct sbx_yaml;

/// A parser over a copy of `count` bytes of UTF-8 without a byte order mark; null without memory.
struct sbx_yaml *sbx_yaml_open(const uint8_t *bytes, size_t count);

/// Fills `event` and returns 0; on failure fills place and cause and returns -EINVAL (the text is
/// at fault) or -ENOMEM.
int sbx_yaml_next(struct sbx_yaml *parser, struct sbx_yaml_event *event);

void sbx_yaml_close(struct sbx_yaml *parser);

#endif
