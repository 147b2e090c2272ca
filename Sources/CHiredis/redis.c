#include "CHiredis.h"

#include <errno.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

static void explain(const redisContext *context, char *error, size_t size) {
    int timed_out = context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK);
    snprintf(error, size, "%s", timed_out ? "timed out" : context->errstr);
}

void *sbx_redis_connect(const char *host, int port, int64_t timeout_ms, char *error, size_t size) {
    struct timeval limit = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    redisContext *context = redisConnectWithTimeout(host, port, limit);
    if (context == NULL) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    if (context->err == 0 && redisSetTimeout(context, limit) == REDIS_OK
        && fcntl(context->fd, F_SETFD, FD_CLOEXEC) == 0)
        return context;
    explain(context, error, size);
    redisFree(context);
    return NULL;
}

void sbx_redis_close(void *connection) { redisFree(connection); }

// hiredis writes without MSG_NOSIGNAL, and a library does not change what a process does with
// signals: SIGPIPE is blocked in this thread, and one that the write raised is taken back.
void *sbx_redis_command(void *connection, int count, const char **arguments, const size_t *sizes,
                        char *error, size_t size) {
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    int was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);

    errno = 0;
    void *reply = redisCommandArgv(connection, count, arguments, sizes);
    if (reply == NULL) explain(connection, error, size);

    struct timespec none = {0, 0};
    if (reply == NULL && !was_pending)
        while (sigtimedwait(&pipe, NULL, &none) < 0 && errno == EINTR) {}
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return reply;
}

void sbx_redis_free(void *reply) { freeReplyObject(reply); }

int sbx_redis_kind_of(const void *reply) {
    switch (((const redisReply *)reply)->type) {
    case REDIS_REPLY_INTEGER: return sbx_redis_integer;
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_STRING: return sbx_redis_text;
    case REDIS_REPLY_ERROR: return sbx_redis_error;
    case REDIS_REPLY_ARRAY: return sbx_redis_list;
    default: return sbx_redis_nil;
    }
}

int64_t sbx_redis_integer_of(const void *reply) { return ((const redisReply *)reply)->integer; }

const char *sbx_redis_text_of(const void *reply, size_t *size) {
    *size = ((const redisReply *)reply)->len;
    return ((const redisReply *)reply)->str;
}

size_t sbx_redis_count_of(const void *reply) { return ((const redisReply *)reply)->elements; }

const void *sbx_redis_element_of(const void *reply, size_t place) {
    return ((const redisReply *)reply)->element[place];
}
