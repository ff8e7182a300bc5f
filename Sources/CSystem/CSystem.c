#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
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
    int64_t milliseconds = nanoseconds > 2000000000000000 ? 2000000000 : (nanoseconds + 999999) / 1000000;
    RESULT(epoll_wait(epoll, out, maximum, (int)milliseconds));
}

int fl_eventfd(void) { RESULT(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }
int fl_timerfd(void) { RESULT(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)); }

int fl_timerfd_set(int fd, int64_t nanoseconds) {
    struct itimerspec value = {.it_value = {nanoseconds / 1000000000, nanoseconds % 1000000000}};
    RESULT(timerfd_settime(fd, TFD_TIMER_ABSTIME, &value, NULL));
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
int64_t fl_writev(int fd, const struct iovec *vectors, int count) { RESULT(writev(fd, vectors, count)); }
int fl_close(int fd) { RESULT(close(fd)); }
