#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALL(expression)                              \
    do {                                              \
        __typeof__(expression) result = (expression); \
        return result < 0 ? -errno : result;          \
    } while (0)

int fl_pipe(int ends[2], int ours) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    return fl_set_nonblocking(ends[ours]);
}

// What the child has as 0, 1 and 2. Each is first moved above all, so that none overwrites another.
static int standard_streams(
    posix_spawn_file_actions_t *actions, const int standard[3], const char *terminal) {
    int code = 0;
    if (terminal) {
        // The first terminal that a new session opens becomes the one that controls it.
        code = posix_spawn_file_actions_addopen(actions, 0, terminal, O_RDWR, 0);
        if (!code) code = posix_spawn_file_actions_adddup2(actions, 0, 1);
        return code ? code : posix_spawn_file_actions_adddup2(actions, 0, 2);
    }
    int base = 3;
    for (int i = 0; i < 3; i++)
        if (standard[i] >= base) base = standard[i] + 1;
    for (int i = 0; i < 3 && !code; i++)
        if (standard[i] < 0)
            code = posix_spawn_file_actions_addopen(actions, base + i, "/dev/null", O_RDWR, 0);
        else code = posix_spawn_file_actions_adddup2(actions, standard[i], base + i);
    for (int i = 0; i < 3 && !code; i++)
        code = posix_spawn_file_actions_adddup2(actions, base + i, i);
    return code;
}

int fl_spawn(const char *program, char *const arguments[], char *const environment[],
             const char *folder,
             const int standard[3], const char *terminal) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t process = -1;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    // Our blocked and ignored signals are our own business: the child begins with the defaults.
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    // A group of its own, with or without a session: a signal then reaches what a shell started.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              (terminal ? POSIX_SPAWN_SETSID
                                                         : POSIX_SPAWN_SETPGROUP));
    int code = standard_streams(&actions, standard, terminal);
    if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (!code && folder) code = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (!code)
        code = posix_spawnp(&process, program, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return code ? -code : process;
}

int fl_process_descriptor(int process) { CALL((int)syscall(SYS_pidfd_open, process, 0)); }

int fl_reap(int process, int *status) {
    int raw = 0;
    pid_t result = waitpid(process, &raw, WNOHANG);
    if (result < 0) return -errno;
    if (result == 0) return 0;
    *status = WIFSIGNALED(raw) ? -WTERMSIG(raw) : WEXITSTATUS(raw);
    return 1;
}
int fl_kill(int process, int signal) { CALL(kill(process, signal)); }

int fl_flags(int fd) { CALL(fcntl(fd, F_GETFL)); }
int fl_set_flags(int fd, int flags) { CALL(fcntl(fd, F_SETFL, flags)); }
int fl_set_nonblocking(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return -errno;
    CALL(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
}
int fl_duplicate(int fd) { CALL(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }
int fl_reopen(int fd, int writable) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    CALL(open(path, (writable ? O_WRONLY : O_RDONLY) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}
int fl_open_read(const char *path) {
    CALL(open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

int fl_watch_opening(const char *path) {
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch < 0) return -errno;
    if (inotify_add_watch(watch, path, IN_OPEN) < 0) {
        int code = errno;
        close(watch);
        return -code;
    }
    return watch;
}
int fl_symlink(const char *target, const char *path) { CALL(symlink(target, path)); }
int64_t fl_readlink(const char *path, char *target, uint64_t size) {
    CALL((int64_t)readlink(path, target, size));
}
