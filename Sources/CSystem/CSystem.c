// What Glibc does not export to Swift, or only with its errno in a place that is read too late.
// Each function is one call, gives its result or -errno, and never keeps or retries anything.
// _GNU_SOURCE stands here and not in the header: there it would break the build of the module.
#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Returns from the calling function with the call's result, or with -errno.
#define RESULT(expression)                            \
    do {                                              \
        __typeof__(expression) result = (expression); \
        return result < 0 ? -errno : result;          \
    } while (0)

_Static_assert(sizeof(struct fl_epoll_event) == sizeof(struct epoll_event), "epoll_event layout");

int fl_epoll_create(void) { RESULT(epoll_create1(EPOLL_CLOEXEC)); }

int fl_epoll_ctl(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data.u64 = data};
    RESULT(epoll_ctl(epoll, operation, fd, &event));
}

int fl_epoll_wait(int epoll, struct fl_epoll_event *events, int maximum, int64_t nanoseconds) {
    struct epoll_event *out = (struct epoll_event *)events;
    // -1 and 0 need no conversion: the plain call is the cheapest.
    if (nanoseconds <= 0) RESULT(epoll_wait(epoll, out, maximum, nanoseconds < 0 ? -1 : 0));
    // Whole milliseconds, rounded up, so that a deadline is never early; epoll_pwait2 where exact.
    struct timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = epoll_pwait2(epoll, out, maximum, &timeout, NULL);
    if (count >= 0 || errno != ENOSYS) return count < 0 ? -errno : count;
    int64_t milliseconds =
        nanoseconds > 2000000000000000 ? 2000000000 : (nanoseconds + 999999) / 1000000;
    RESULT(epoll_wait(epoll, out, maximum, (int)milliseconds));
}

int fl_eventfd(void) { RESULT(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }
int fl_timerfd(void) { RESULT(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)); }

int fl_timerfd_set(int fd, int64_t nanoseconds) {
    struct itimerspec value = {.it_value = {nanoseconds / 1000000000, nanoseconds % 1000000000}};
    RESULT(timerfd_settime(fd, TFD_TIMER_ABSTIME, &value, NULL));
}

const char *fl_error_name(int code) { return strerrorname_np(code); }
const char *fl_error_text(int code, char *buffer, size_t size) {
    return strerror_r(code, buffer, size);
}

static int64_t read_clock(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
int64_t fl_monotonic(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t fl_monotonic_coarse(void) { return read_clock(CLOCK_MONOTONIC_COARSE); }

int64_t fl_read(int fd, void *buffer, size_t count) { RESULT(read(fd, buffer, count)); }
int64_t fl_write(int fd, const void *buffer, size_t count) { RESULT(write(fd, buffer, count)); }
int64_t fl_write_ready(int fd, const void *buffer, size_t count) {
    // A pipe that is ready takes PIPE_BUF bytes at once; files and terminals do not wait.
    struct pollfd state = {.fd = fd, .events = POLLOUT};
    size_t written = 0;
    while (written < count) {
        size_t size = count - written < PIPE_BUF ? count - written : PIPE_BUF;
        if (poll(&state, 1, 0) <= 0 || !(state.revents & POLLOUT)) return -EAGAIN;
        ssize_t result = write(fd, (const char *)buffer + written, size);
        if (result < 0) return -errno;
        written += (size_t)result;
    }
    return (int64_t)written;
}
int64_t fl_descriptor_limit(int raise) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    if (raise && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    }
    return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int64_t)limit.rlim_cur;
}
int fl_window_size(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -errno;
    return (size.ws_row & 0x7FFF) << 16 | size.ws_col;
}
int64_t fl_writev(int fd, const struct iovec *vectors, int count) {
    RESULT(writev(fd, vectors, count));
}
int fl_close(int fd) { RESULT(close(fd)); }

int fl_socket(int domain, int stream) {
    RESULT(socket(domain, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}
int fl_bind(int fd, const struct sockaddr *address, uint32_t size) {
    RESULT(bind(fd, address, size));
}
int fl_listen(int fd, int backlog) { RESULT(listen(fd, backlog)); }
int fl_accept(int fd) { RESULT(accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)); }
int fl_connect(int fd, const struct sockaddr *address, uint32_t size) {
    RESULT(connect(fd, address, size));
}
int fl_shutdown(int fd, int writing) { RESULT(shutdown(fd, writing ? SHUT_WR : SHUT_RD)); }
int fl_getsockname(int fd, struct sockaddr_storage *address, uint32_t *size) {
    RESULT(getsockname(fd, (struct sockaddr *)address, size));
}
int fl_getpeername(int fd, struct sockaddr_storage *address, uint32_t *size) {
    RESULT(getpeername(fd, (struct sockaddr *)address, size));
}
int fl_getsockopt(int fd, int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(fd, level, name, &value, &size) < 0 ? -errno : value;
}
int fl_setsockopt(int fd, int level, int name, int value) {
    RESULT(setsockopt(fd, level, name, &value, sizeof value));
}
int fl_reset_on_close(int fd) {
    struct linger linger = {1, 0};
    RESULT(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
}
int fl_bytes_waiting(int fd) {
    int count = 0;
    return ioctl(fd, FIONREAD, &count) < 0 ? -errno : count;
}
int64_t fl_send(
    int fd, const void *bytes, size_t count, const struct sockaddr *address, uint32_t size) {
    RESULT(sendto(fd, bytes, count, MSG_NOSIGNAL, address, size));
}
int64_t fl_receive(
    int fd, void *buffer, size_t count, struct sockaddr_storage *address, uint32_t *size) {
    RESULT(recvfrom(fd, buffer, count, 0, (struct sockaddr *)address, size));
}

int fl_thread_start(void *(*body)(void *), void *context, const char *name, int wait) {
    sigset_t all, before;
    pthread_t thread;
    char cut[16];
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&thread, NULL, body, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result) return -result;
    snprintf(cut, sizeof cut, "%s", name);
    pthread_setname_np(thread, cut);
    return wait ? -pthread_join(thread, NULL) : -pthread_detach(thread);
}
int fl_semaphore(void) { RESULT(eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC)); }
void fl_semaphore_post(int fd, uint64_t units) {
    while (units && write(fd, &units, sizeof units) < 0 && errno == EINTR) {}
}
void fl_semaphore_wait(int fd) {
    uint64_t unit;
    while (read(fd, &unit, sizeof unit) < 0 && errno == EINTR) {}
}

static sigset_t signal_set(uint64_t signals) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < 64; i++) if (signals >> i & 1) sigaddset(&set, i + 1);
    return set;
}
int fl_signalfd(int fd, uint64_t signals) {
    sigset_t set = signal_set(signals);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    RESULT(signalfd(fd, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}
int fl_signal_read(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : -EAGAIN;
}
void fl_signals_unblock(uint64_t signals) {
    sigset_t set = signal_set(signals);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
