// C shims for what Glibc does not export to Swift. Declared here, defined in CSystem.c with
// _GNU_SOURCE there only. Every function returns its result, or -errno: no shared errno is read later.
#ifndef FAIRLEAD_CSYSTEM_H
#define FAIRLEAD_CSYSTEM_H
#include <stddef.h>
#include <stdint.h>

// Event mechanisms
#define FL_EPOLL_IN 0x001u
#define FL_EPOLL_OUT 0x004u
#define FL_EPOLL_ERR 0x008u
#define FL_EPOLL_HUP 0x010u
#define FL_EPOLL_RDHUP 0x2000u
enum { FL_EPOLL_ADD = 1, FL_EPOLL_DEL = 2, FL_EPOLL_MOD = 3 };

struct __attribute__((packed)) fl_epoll_event {
    uint32_t events;
    uint64_t data;
};

int fl_epoll_create(void);
int fl_epoll_ctl(int epoll, int operation, int fd, uint32_t events, uint64_t data);
/// Waits at most `nanoseconds` (negative: for ever), as exactly as the kernel can.
int fl_epoll_wait(int epoll, struct fl_epoll_event *events, int maximum, int64_t nanoseconds);
int fl_eventfd(void);
int fl_timerfd(void);
/// Arms the timer for an absolute monotonic time; 0 disarms.
int fl_timerfd_set(int fd, int64_t nanoseconds);

// Clocks, in nanoseconds
int64_t fl_monotonic(void);
int64_t fl_monotonic_coarse(void);

// Descriptors
int64_t fl_read(int fd, void *buffer, size_t count);
int64_t fl_write(int fd, const void *buffer, size_t count);
struct iovec;
int64_t fl_writev(int fd, const struct iovec *vectors, int count);
int fl_close(int fd);
#endif
