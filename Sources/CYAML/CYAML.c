#include "CYAML.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct sbx_yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    int has_event;
    uint8_t bytes[];
};

struct sbx_yaml *sbx_yaml_open(const uint8_t *bytes, size_t count)
{
    struct sbx_yaml *self = calloc(1, sizeof *self + count);
    if (self == NULL)
        return NULL;
    if (count > 0)
        memcpy(self->bytes, bytes, count);
    if (!yaml_parser_initialize(&self->parser)) {
        free(self);
        return NULL;
    }
    // Said aloud, or libyaml would guess UTF-16 from the first bytes.
    yaml_parser_set_encoding(&self->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&self->parser, self->bytes, count);
    return self;
}

void sbx_yaml_close(struct sbx_yaml *self)
{
    if (self->has_event)
        yaml_event_delete(&self->event);
    yaml_parser_delete(&self->parser);
    free(self);
}

static void set_name(const uint8_t **text, size_t *count, const yaml_char_t *name)
{
    *text = name;
    *count = name == NULL ? 0 : strlen((const char *)name);
}

static int fail(const struct sbx_yaml *self, struct sbx_yaml_event *out)
{
    const yaml_parser_t *parser = &self->parser;
    // The reader leaves no problem mark; the parser's own mark is as far as it had come.
    const int by_reader = parser->error == YAML_READER_ERROR;
    const yaml_mark_t *mark = by_reader ? &parser->mark : &parser->problem_mark;
    out->line = mark->line;
    out->column = mark->column;
    set_name(&out->text, &out->text_count, (const yaml_char_t *)parser->problem);
    return parser->error == YAML_MEMORY_ERROR ? -ENOMEM : -EINVAL;
}

static int scalar_style(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return SBX_YAML_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return SBX_YAML_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE: return SBX_YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return SBX_YAML_FOLDED;
    default: return SBX_YAML_PLAIN;
    }
}

int sbx_yaml_next(struct sbx_yaml *self, struct sbx_yaml_event *out)
{
    *out = (struct sbx_yaml_event){0};
    if (self->has_event)
        yaml_event_delete(&self->event);
    self->has_event = 0;
    if (!yaml_parser_parse(&self->parser, &self->event))
        return fail(self, out);
    self->has_event = 1;

    const yaml_event_t *event = &self->event;
    out->line = event->start_mark.line;
    out->column = event->start_mark.column;
    switch (event->type) {
    case YAML_STREAM_START_EVENT: out->kind = SBX_YAML_STREAM_START; break;
    case YAML_DOCUMENT_START_EVENT: out->kind = SBX_YAML_DOCUMENT_START; break;
    case YAML_DOCUMENT_END_EVENT: out->kind = SBX_YAML_DOCUMENT_END; break;
    case YAML_SEQUENCE_END_EVENT: out->kind = SBX_YAML_SEQUENCE_END; break;
    case YAML_MAPPING_END_EVENT: out->kind = SBX_YAML_MAPPING_END; break;
    case YAML_ALIAS_EVENT:
        out->kind = SBX_YAML_ALIAS;
        set_name(&out->anchor, &out->anchor_count, event->data.alias.anchor);
        break;
    case YAML_SCALAR_EVENT:
        out->kind = SBX_YAML_SCALAR;
        out->style = scalar_style(event->data.scalar.style);
        out->text = event->data.scalar.value;
        out->text_count = event->data.scalar.length;
        set_name(&out->anchor, &out->anchor_count, event->data.scalar.anchor);
        set_name(&out->tag, &out->tag_count, event->data.scalar.tag);
        break;
    case YAML_SEQUENCE_START_EVENT:
        out->kind = SBX_YAML_SEQUENCE_START;
        set_name(&out->anchor, &out->anchor_count, event->data.sequence_start.anchor);
        set_name(&out->tag, &out->tag_count, event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        out->kind = SBX_YAML_MAPPING_START;
        set_name(&out->anchor, &out->anchor_count, event->data.mapping_start.anchor);
        set_name(&out->tag, &out->tag_count, event->data.mapping_start.tag);
        break;
    default:  // Past the end: libyaml then reports success with no event.
        out->kind = SBX_YAML_STREAM_END;
        break;
    }
    return 0;
}
