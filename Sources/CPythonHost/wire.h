// Frames as bytes: reading a job, writing a result. No Python in here.

#ifndef SBX_WIRE_H
#define SBX_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sbx_frame.h"

/// Bytes inside a job frame; `bytes` is NULL when the field is absent.
struct sbx_slice {
    const char *bytes;
    size_t size;
};

/// A job, its slices pointing into the frame it was read from.
struct sbx_job {
    struct sbx_slice code;
    struct sbx_slice filename;
    struct sbx_slice context;
    struct sbx_slice requirements;
    struct sbx_slice arguments;
    struct sbx_slice seal;
    struct sbx_slice limits; // whole entries
    struct sbx_slice directory;
    struct sbx_slice search_path;
    uint32_t value_limit;
    uint32_t flags;
};

/// Descriptors that may come with a frame.
#define SBX_MOST_DESCRIPTORS 4

/// Receives one whole frame from the stream socket `fd`: 0, 1 at the end of the channel, or -errno.
/// `bytes` points to memory of this file, until the next call. Descriptors that came with it, up to
/// SBX_MOST_DESCRIPTORS, are in `descriptors`; the rest of that is -1.
int sbx_job_receive(int fd, const uint8_t **bytes, size_t *size, int *descriptors);

/// The kind of a whole frame; 0 when it is none.
uint16_t sbx_frame_kind(const uint8_t *bytes, size_t size);

/// The seal of an order to fork: SBX_SEAL_BYTES, or NULL when this is no such order.
const char *sbx_order_seal(const uint8_t *bytes, size_t size);

/// Touches what receiving a small job touches.
void sbx_job_warm(void);

/// Reads a job; returns NULL, or one sentence saying what is wrong with it.
const char *sbx_job_read(struct sbx_job *job, const uint8_t *bytes, size_t size);

/// Lowers this process's limits as the job says; 0 or -errno.
int sbx_job_lower_limits(const struct sbx_job *job);

/// The result being written. There is one per process, in static memory: a result must be
/// possible when nothing can be allocated any more.
void sbx_result_begin(void);
void sbx_hello_begin(void);
void sbx_result_text(uint16_t type, const char *bytes, size_t size, size_t limit);
void sbx_result_u32(uint16_t type, uint32_t value);
void sbx_result_u64(uint16_t type, uint64_t value);

/// Writes the frame to `fd`; returns 0 or -errno.
int sbx_result_send(int fd);

/// The longest prefix of `bytes` that is no longer than `limit` and cuts no UTF-8 sequence.
size_t sbx_utf8_prefix(const char *bytes, size_t size, size_t limit);

#endif
