// Event mechanisms beside epoll: poll, select, and io_uring by its three system calls, without
// liburing. Time-outs are in nanoseconds; negative: for ever.
#ifndef FAIRLEAD_CSYSTEM_POLLERS_H
#define FAIRLEAD_CSYSTEM_POLLERS_H
#include <stdint.h>

struct pollfd;
int fl_poll(struct pollfd *entries, uint64_t count, int64_t nanoseconds);
/// `reading` and `writing` are sets of FL_SELECT_LIMIT bits; the first `count` are looked at.
int fl_select(int count, uint64_t *reading, uint64_t *writing, int64_t nanoseconds);
#define FL_SELECT_LIMIT 1024

enum fl_descriptor_kind { FL_KIND_SOCKET, FL_KIND_PIPE, FL_KIND_OTHER };
/// What an open descriptor is, or -EBADF.
int fl_descriptor_kind(int fd);

struct fl_uring;
struct fl_uring_completion {
    uint64_t data;
    int32_t result;
    /// Whether the request goes on and more completions will come.
    int32_t continues;
};
/// Makes a ring; -ENOSYS where the kernel lacks a part that we need.
int fl_uring_open(struct fl_uring **out, uint32_t entries, uint32_t completions);
void fl_uring_close(struct fl_uring *ring);
int fl_uring_descriptor(const struct fl_uring *ring);
/// Queues a poll request; -EBUSY when the queue is full.
int fl_uring_poll(struct fl_uring *ring, int fd, uint32_t events, int multishot, uint64_t data);
/// Queues the end of the poll request that was queued with `target`; -EBUSY when the queue is full.
int fl_uring_cancel(struct fl_uring *ring, uint64_t target, uint64_t data);
/// How many requests the kernel has not been handed yet.
uint32_t fl_uring_queued(const struct fl_uring *ring);
/// Hands what is queued to the kernel.
int fl_uring_submit(struct fl_uring *ring);
/// The same, and waits for a completion: -ETIME when none came in time. 0 does not wait.
int fl_uring_wait(struct fl_uring *ring, int64_t nanoseconds);
/// Whether completions wait in the kernel for room; the next `submit` or `wait` makes use of it.
int fl_uring_overflows(const struct fl_uring *ring);
/// Takes the next completion: 1, or 0 when there is none.
int fl_uring_take(struct fl_uring *ring, struct fl_uring_completion *out);
#endif
