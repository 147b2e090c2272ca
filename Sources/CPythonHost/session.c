// What only sessions need: a worker that is asked again and again, and that forks.
//
// A fork of a session shares with it whatever is not its memory: open files and their positions,
// shared mappings; and lacks what is not copied: threads, timers, children. A session that has any
// of it can't be gone back to, so it says what stands in the way.

#include "host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire.h"

// Calls

/// The cells a session has run, by name.
static PyObject *cells;

/// There has been a call: there may be threads.
static bool begun;

PyObject *sbx_session_files(PyObject *filename, bool session) {
    if (!session) return PyTuple_Pack(1, filename);
    begun = true;
    if (cells == NULL) cells = PySet_New(NULL);
    if (cells == NULL || PySet_Add(cells, filename) < 0) return NULL;
    return Py_NewRef(cells);
}

/// Whether `value` is a module that was there before any program.
static bool is_preloaded(PyObject *value) {
    if (!PyModule_Check(value) || sbx_host.modules_before == NULL) return false;
    PyObject *name = PyModule_GetNameObject(value);
    PyObject *known = name == NULL ? NULL : PyDict_GetItem(sbx_host.modules_before, name);
    PyErr_Clear();
    Py_XDECREF(name);
    return known == value;
}

uint64_t sbx_session_names(PyObject *globals) {
    uint64_t count = 0;
    PyObject *name, *value;
    for (Py_ssize_t at = 0; PyDict_Next(globals, &at, &name, &value);) {
        if (!PyUnicode_Check(name) || PyUnicode_GET_LENGTH(name) == 0) continue;
        bool is_private = PyUnicode_GET_LENGTH(name) > 1 && PyUnicode_READ_CHAR(name, 0) == '_' &&
                          PyUnicode_READ_CHAR(name, 1) == '_';
        if (!is_private && !is_preloaded(value)) count++;
    }
    return count;
}

static bool contained;

void sbx_python_contain(void) { contained = true; }

void sbx_session_end_children(void) {
    if (contained) (void)kill(-1, SIGKILL);
}

// Orders

static int given[SBX_MOST_DESCRIPTORS] = {-1, -1, -1, -1};
static char seal[SBX_SEAL_BYTES];

/// This process has been forked: from then on it is a snapshot, and nothing in it changes.
static bool parked;

/// What the program does about SIGCHLD. A snapshot ignores it, so that the kernel reaps its forks
/// at once and can tell how they ended.
static struct sigaction program_action;

static void let_go(void) {
    for (size_t i = 0; i < SBX_MOST_DESCRIPTORS; i++) {
        if (given[i] >= 0) close(given[i]);
        given[i] = -1;
    }
}

int sbx_session_receive(int channel_fd, const uint8_t **bytes, size_t *size) {
    let_go();
    // Threads go on between two calls. Before the first there are none, and a parked worker that
    // lets go of the interpreter would have to fault its pages in when the job comes.
    PyThreadState *state = begun ? PyEval_SaveThread() : NULL;
    int received = sbx_job_receive(channel_fd, bytes, size, given);
    if (state != NULL) PyEval_RestoreThread(state);
    return received > 0 ? SBX_ANSWER_ENDED : received;
}

int sbx_session_order(const uint8_t *bytes, size_t size) {
    const char *found = sbx_order_seal(bytes, size);
    if (found == NULL) return -EPROTO;
    memcpy(seal, found, sizeof seal);
    return SBX_ANSWER_FORK;
}

void sbx_session_descriptors(int descriptors[4]) {
    memcpy(descriptors, given, sizeof given);
    for (size_t i = 0; i < SBX_MOST_DESCRIPTORS; i++) given[i] = -1;
}

void sbx_session_parked(void) {
    parked = true;
    let_go();
}

static void begin_refusal(void) {
    sbx_result_begin();
    sbx_result_text(SBX_RESULT_SEAL, seal, sizeof seal, sizeof seal);
    sbx_result_u32(SBX_RESULT_OUTCOME, SBX_OUTCOME_INVALID);
}

int sbx_session_refuse(int channel_fd, int error) {
    if (!parked) (void)sigaction(SIGCHLD, &program_action, NULL);
    begin_refusal();
    const char *text = strerror(error);
    sbx_result_text(SBX_RESULT_ERROR_MESSAGE, text, strlen(text), SBX_LIMIT_ERROR_MESSAGE);
    return sbx_result_send(channel_fd);
}

int sbx_session_hello(int channel_fd) {
    parked = false;
    if (sigaction(SIGCHLD, &program_action, NULL) < 0) return -errno;
    sbx_hello_begin();
    sbx_result_text(SBX_RESULT_SEAL, seal, sizeof seal, sizeof seal);
    return sbx_result_send(channel_fd);
}

// Obstacles

/// Sentences, one a line.
struct obstacles {
    size_t size;
    char text[SBX_LIMIT_OBSTACLES];
};

__attribute__((format(printf, 2, 3))) static void note(struct obstacles *list, const char *format,
                                                       ...) {
    size_t room = sizeof list->text - list->size;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(list->text + list->size, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length + 1 >= room) return; // this one is left out
    list->size += (size_t)length;
    list->text[list->size++] = '\n';
}

static void look_for_threads(struct obstacles *list) {
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) return note(list, "its threads can't be counted: there is no /proc");
    int count = 0;
    for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) count += entry->d_name[0] != '.';
    closedir(tasks);
    if (count > 1) note(list, "%d threads besides the main one: join them", count - 1);
}

/// Descriptors that are named one by one; the others are counted.
#define MOST_NAMED 16

static bool is_own(int fd) {
    bool own = fd <= 3;
    for (size_t i = 0; i < SBX_MOST_DESCRIPTORS; i++) own = own || fd == given[i];
    return own;
}

static void look_for_descriptors(struct obstacles *list) {
    DIR *open_files = opendir("/proc/self/fd");
    if (open_files == NULL) return note(list, "its files can't be listed: there is no /proc");
    int count = 0;
    for (struct dirent *entry; (entry = readdir(open_files)) != NULL;) {
        int fd = atoi(entry->d_name);
        if (entry->d_name[0] == '.' || is_own(fd) || fd == dirfd(open_files)) continue;
        if (++count > MOST_NAMED) continue;
        char target[256];
        ssize_t size =
            readlinkat(dirfd(open_files), entry->d_name, target, sizeof target - 1);
        target[size < 0 ? 0 : size] = '\0';
        target[strcspn(target, "\n")] = '\0';
        bool is_path = target[0] == '/';
        note(list, "descriptor %d is open (%s%s): close it", fd, is_path ? "file " : "", target);
    }
    closedir(open_files);
    if (count > MOST_NAMED) note(list, "%d more descriptors are open", count - MOST_NAMED);
}

/// Shared mappings: what a fork writes there, the session it came from would have.
static void look_for_shared_memory(struct obstacles *list) {
    FILE *maps = fopen("/proc/self/maps", "re");
    if (maps == NULL) return note(list, "its memory can't be listed: there is no /proc");
    char line[512];
    int count = 0;
    for (bool begins = true; fgets(line, sizeof line, maps) != NULL;) {
        const char *space = begins ? strchr(line, ' ') : NULL;
        if (space != NULL && strlen(space) > 5 && space[4] == 's') count++;
        begins = strchr(line, '\n') != NULL;
    }
    fclose(maps);
    if (count > 0) note(list, "%d shared mappings (mmap): close them", count);
}

static void look_for_timers(struct obstacles *list) {
    static const int kinds[] = {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct itimerval timer;
        if (getitimer((__itimer_which_t)kinds[i], &timer) < 0) continue;
        if (timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0) continue;
        return note(list, "a timer is running (signal.alarm, signal.setitimer): stop it");
    }
}

/// Milliseconds that killed children may take to be gone.
#define CHILDREN_PATIENCE 100

/// Reaps the children that have ended.
static void look_for_children(struct obstacles *list) {
    for (int waited = 0; waited < CHILDREN_PATIENCE; waited++) {
        pid_t reaped;
        do reaped = waitpid(-1, NULL, WNOHANG);
        while (reaped > 0);
        if (reaped < 0) return;
        usleep(1000);
    }
    note(list, "a child process is running: wait for it");
}

int sbx_session_may_fork(int channel_fd) {
    if (parked) return 1;
    static struct obstacles list;
    list.size = 0;
    look_for_threads(&list);
    look_for_descriptors(&list);
    look_for_shared_memory(&list);
    look_for_timers(&list);
    if (list.size == 0) look_for_children(&list);
    if (list.size == 0) {
        struct sigaction ignore = {.sa_handler = SIG_IGN};
        return sigaction(SIGCHLD, &ignore, &program_action) < 0 ? -errno : 1;
    }
    begin_refusal();
    sbx_result_text(SBX_RESULT_OBSTACLES, list.text, list.size - 1, sizeof list.text);
    int sent = sbx_result_send(channel_fd);
    return sent < 0 ? sent : 0;
}
