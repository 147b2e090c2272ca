// Frames as bytes. A job comes from the supervisor, but what it holds comes from a client: every
// length is checked before it is believed.

#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static uint16_t read_u16(const uint8_t *at) { return (uint16_t)(at[0] | at[1] << 8); }

static uint32_t read_u32(const uint8_t *at) {
    return (uint32_t)read_u16(at) | (uint32_t)read_u16(at + 2) << 16;
}

static uint64_t read_u64(const uint8_t *at) {
    return (uint64_t)read_u32(at) | (uint64_t)read_u32(at + 4) << 32;
}

static const char *take_text(struct sbx_slice *into, const uint8_t *bytes, size_t size,
                             size_t limit, const char *too_long) {
    if (size > limit) return too_long;
    into->bytes = (const char *)bytes;
    into->size = size;
    return NULL;
}

static const char *take_path(struct sbx_slice *into, const uint8_t *bytes, size_t size) {
    if (size == 0 || bytes[0] != '/' || memchr(bytes, 0, size) != NULL)
        return "a directory of the job is not an absolute path";
    return take_text(into, bytes, size, SBX_LIMIT_DIRECTORY,
                     "a directory of the job is longer than 4095 bytes");
}

static const char *take_u32(uint32_t *into, const uint8_t *bytes, size_t size) {
    if (size != 4) return "a number in the job is not four bytes long";
    *into = read_u32(bytes);
    return NULL;
}

static const char *take_field(struct sbx_job *job, uint16_t type, const uint8_t *bytes,
                              size_t size) {
    switch (type) {
    case SBX_JOB_CODE:
        return take_text(&job->code, bytes, size, SBX_LIMIT_CODE, "the code is longer than 4 MiB");
    case SBX_JOB_FILENAME:
        if (size == 0 || memchr(bytes, 0, size) != NULL)
            return "the file name is empty or has a NUL";
        return take_text(&job->filename, bytes, size, SBX_LIMIT_FILENAME,
                         "the file name is longer than 4095 bytes");
    case SBX_JOB_CONTEXT:
        return take_text(&job->context, bytes, size, SBX_LIMIT_CONTEXT,
                         "the context is longer than 4 MiB");
    case SBX_JOB_REQUIREMENTS:
        return take_text(&job->requirements, bytes, size, SBX_LIMIT_REQUIREMENTS,
                         "the requirements are longer than 64 KiB");
    case SBX_JOB_ARGV:
        return take_text(&job->arguments, bytes, size, SBX_LIMIT_ARGV,
                         "the arguments are longer than 128 KiB");
    case SBX_JOB_RESULT_LIMIT:
        return take_u32(&job->value_limit, bytes, size);
    case SBX_JOB_FLAGS:
        return take_u32(&job->flags, bytes, size);
    case SBX_JOB_SEAL:
        if (size != SBX_SEAL_BYTES) return "the job's seal is not sixteen bytes long";
        return take_text(&job->seal, bytes, size, SBX_SEAL_BYTES, "the seal is too long");
    case SBX_JOB_LIMITS:
        if (size % SBX_ONE_LIMIT_BYTES != 0) return "a limit of the job is not whole";
        return take_text(&job->limits, bytes, size, SBX_LIMIT_LIMITS, "the job has many limits");
    case SBX_JOB_DIRECTORY:
        return take_path(&job->directory, bytes, size);
    case SBX_JOB_SEARCH_PATH:
        return take_path(&job->search_path, bytes, size);
    default:
        return "the job has a field of unknown type";
    }
}

uint16_t sbx_frame_kind(const uint8_t *bytes, size_t size) {
    return size < SBX_FRAME_HEADER_BYTES ? 0 : read_u16(bytes + 6);
}

static const char *read_header(const uint8_t *bytes, size_t size, uint16_t kind) {
    if (size > SBX_LIMIT_JOB) return "the job is longer than 8 MiB";
    if (size < SBX_FRAME_HEADER_BYTES || read_u32(bytes) != SBX_FRAME_MAGIC) {
        return "this is not a job frame";
    }
    if (read_u16(bytes + 4) != SBX_FRAME_VERSION) return "the job has another frame version";
    if (read_u16(bytes + 6) != kind) return "the frame is not a job";
    if (read_u32(bytes + 8) != size - SBX_FRAME_HEADER_BYTES) {
        return "the job's length is not what its header says";
    }
    return NULL;
}

static const char *read_fields(struct sbx_job *job, const uint8_t *at, const uint8_t *end) {
    uint32_t seen = 0;
    while (at < end) {
        if (end - at < SBX_FIELD_HEADER_BYTES) return "the job ends inside a field's header";
        uint16_t type = read_u16(at);
        size_t length = read_u32(at + 4);
        if (read_u16(at + 2) != 0) return "a reserved number in the job is not zero";
        at += SBX_FIELD_HEADER_BYTES;
        if ((size_t)(end - at) < length) return "a field of the job is longer than the job";
        if (type < 32 && (seen & 1u << type) != 0) return "the job has a field twice";
        const char *problem = take_field(job, type, at, length);
        if (problem != NULL) return problem;
        seen |= 1u << type;
        at += length;
    }
    return NULL;
}

const char *sbx_order_seal(const uint8_t *bytes, size_t size) {
    struct sbx_job order = {0};
    if (read_header(bytes, size, SBX_KIND_FORK) != NULL ||
        read_fields(&order, bytes + SBX_FRAME_HEADER_BYTES, bytes + size) != NULL) {
        return NULL;
    }
    return order.seal.bytes;
}

/// Most jobs fit; a longer one gets memory of its own.
static uint8_t small_job[16384];
static uint8_t *large_job;

void sbx_job_warm(void) { *(volatile uint8_t *)small_job = 0; }

/// Reads until `size` bytes are there, of which `have` are already.
static int receive_until(int fd, uint8_t *into, size_t have, size_t size) {
    while (have < size) {
        ssize_t got = read(fd, into + have, size - have);
        if (got == 0) return 1;
        if (got < 0 && errno != EINTR) return -errno;
        if (got > 0) have += (size_t)got;
    }
    return 0;
}

/// The first part of a frame, with the descriptors that come with it. One too many is closed by the
/// kernel.
static ssize_t receive_first(int fd, int *descriptors) {
    for (int i = 0; i < SBX_MOST_DESCRIPTORS; i++) descriptors[i] = -1;
    union {
        struct cmsghdr align;
        char room[CMSG_LEN(sizeof(int) * SBX_MOST_DESCRIPTORS)];
    } control;
    struct iovec part = {small_job, sizeof small_job};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control.room,
    };
    ssize_t got;
    do got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *header = got < 0 ? NULL : CMSG_FIRSTHDR(&message);
    if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        memcpy(descriptors, CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
    }
    return got;
}

int sbx_job_receive(int fd, const uint8_t **bytes, size_t *size, int *descriptors) {
    free(large_job);
    large_job = NULL;
    ssize_t got = receive_first(fd, descriptors);
    if (got <= 0) return got == 0 ? 1 : -errno;
    size_t have = (size_t)got;
    if (have < SBX_FRAME_HEADER_BYTES) {
        int ended = receive_until(fd, small_job, have, SBX_FRAME_HEADER_BYTES);
        if (ended != 0) return ended;
        have = SBX_FRAME_HEADER_BYTES;
    }
    size_t whole = SBX_FRAME_HEADER_BYTES + (size_t)read_u32(small_job + 8);
    if (whole > SBX_LIMIT_JOB) return -EMSGSIZE;
    uint8_t *place = small_job;
    if (whole > sizeof small_job) {
        place = large_job = malloc(whole);
        if (place == NULL) return -ENOMEM;
        memcpy(place, small_job, have);
    }
    *bytes = place;
    *size = whole;
    return receive_until(fd, place, have, whole);
}

const char *sbx_job_read(struct sbx_job *job, const uint8_t *bytes, size_t size) {
    *job = (struct sbx_job){
        .filename = {"main.py", sizeof "main.py" - 1},
        .value_limit = SBX_DEFAULT_VALUE,
    };
    const char *problem = read_header(bytes, size, SBX_KIND_JOB);
    if (problem == NULL) {
        problem = read_fields(job, bytes + SBX_FRAME_HEADER_BYTES, bytes + size);
    }
    if (problem != NULL) return problem;
    if (job->code.bytes == NULL) return "the job has no code";
    if ((job->flags & ~SBX_FLAGS_KNOWN) != 0) return "the job has unknown flags";
    if (job->value_limit > SBX_LIMIT_VALUE) job->value_limit = SBX_LIMIT_VALUE;
    return NULL;
}

int sbx_job_lower_limits(const struct sbx_job *job) {
    const uint8_t *at = (const uint8_t *)job->limits.bytes;
    for (size_t left = job->limits.size; left > 0; left -= SBX_ONE_LIMIT_BYTES) {
        struct rlimit limit = {.rlim_cur = read_u64(at + 8), .rlim_max = read_u64(at + 16)};
        if (setrlimit((__rlimit_resource_t)read_u64(at), &limit) < 0) return -errno;
        at += SBX_ONE_LIMIT_BYTES;
    }
    return 0;
}

/// Untouched pages of it cost nothing: a small result dirties one.
static uint8_t result[SBX_LIMIT_RESULT];
static size_t result_size;

static void append(const void *bytes, size_t size) {
    memcpy(result + result_size, bytes, size);
    result_size += size;
}

static void append_u16(uint16_t value) {
    append((uint8_t[]){(uint8_t)value, (uint8_t)(value >> 8)}, 2);
}

static void append_u32(uint32_t value) {
    append_u16((uint16_t)value);
    append_u16((uint16_t)(value >> 16));
}

/// Starts a field; false when it can't fit, which the limits of sbx_frame.h rule out.
static bool begin_field(uint16_t type, size_t size) {
    if (size > sizeof result - result_size - SBX_FIELD_HEADER_BYTES) return false;
    append_u16(type);
    append_u16(0);
    append_u32((uint32_t)size);
    return true;
}

static void begin_frame(uint16_t kind) {
    result_size = 0;
    append_u32(SBX_FRAME_MAGIC);
    append_u16(SBX_FRAME_VERSION);
    append_u16(kind);
    append_u32(0);
}

void sbx_result_begin(void) { begin_frame(SBX_KIND_RESULT); }

void sbx_hello_begin(void) { begin_frame(SBX_KIND_HELLO); }

void sbx_result_text(uint16_t type, const char *bytes, size_t size, size_t limit) {
    size = sbx_utf8_prefix(bytes, size, limit);
    if (begin_field(type, size)) append(bytes, size);
}

void sbx_result_u32(uint16_t type, uint32_t value) {
    if (begin_field(type, 4)) append_u32(value);
}

void sbx_result_u64(uint16_t type, uint64_t value) {
    if (!begin_field(type, 8)) return;
    append_u32((uint32_t)value);
    append_u32((uint32_t)(value >> 32));
}

int sbx_result_send(int fd) {
    size_t size = result_size;
    result_size = 8;
    append_u32((uint32_t)(size - SBX_FRAME_HEADER_BYTES));
    for (size_t sent = 0; sent < size;) {
        ssize_t written = write(fd, result + sent, size - sent);
        if (written >= 0) {
            sent += (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            (void)poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return -errno;
        }
    }
    return 0;
}

size_t sbx_utf8_prefix(const char *bytes, size_t size, size_t limit) {
    if (size <= limit) return size;
    while (limit > 0 && ((uint8_t)bytes[limit] & 0xc0) == 0x80) limit--;
    return limit;
}
