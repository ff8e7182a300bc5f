// C shims for what Glibc does not export to Swift. Declared here, defined in CSystem.c with
// _GNU_SOURCE there only. Every function returns its result, or -errno: errno is not read later.
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
enum fl_epoll_operation { FL_EPOLL_ADD = 1, FL_EPOLL_DEL = 2, FL_EPOLL_MOD = 3 };

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

// Errors
/// The symbolic name of an error number, or NULL.
const char *fl_error_name(int code);
/// The text of an error number, in `buffer` or in static memory.
const char *fl_error_text(int code, char *buffer, size_t size);

// Clocks, in nanoseconds
int64_t fl_monotonic(void);
int64_t fl_monotonic_coarse(void);

// Descriptors
int64_t fl_read(int fd, void *buffer, size_t count);
int64_t fl_write(int fd, const void *buffer, size_t count);
struct iovec;
/* Writes as long as it does not have to wait; -EAGAIN when it would. */
int64_t fl_write_ready(int fd, const void *buffer, size_t count);
/* The soft limit of open descriptors, with `raise` made as high as the hard one. */
int64_t fl_descriptor_limit(int raise);
/* Rows in the upper 16 bits, columns in the lower ones. */
int fl_window_size(int fd);
int64_t fl_writev(int fd, const struct iovec *vectors, int count);
int fl_close(int fd);

// Sockets: always non-blocking and closed on exec
struct sockaddr;
struct sockaddr_storage;
int fl_socket(int domain, int stream);
int fl_bind(int fd, const struct sockaddr *address, uint32_t size);
int fl_listen(int fd, int backlog);
int fl_accept(int fd);
int fl_connect(int fd, const struct sockaddr *address, uint32_t size);
int fl_shutdown(int fd, int writing);
int fl_getsockname(int fd, struct sockaddr_storage *address, uint32_t *size);
int fl_getpeername(int fd, struct sockaddr_storage *address, uint32_t *size);
int fl_getsockopt(int fd, int level, int name);
int fl_setsockopt(int fd, int level, int name, int value);
/// Makes the next close send RST.
int fl_reset_on_close(int fd);
int fl_bytes_waiting(int fd);
int64_t fl_send(
    int fd, const void *bytes, size_t count, const struct sockaddr *address, uint32_t size);
int64_t fl_receive(
    int fd, void *buffer, size_t count, struct sockaddr_storage *address, uint32_t *size);

// Threads and signals
/// Starts a thread with every signal blocked, detached or waited for; `name` is cut to 15 bytes.
int fl_thread_start(void *(*body)(void *), void *context, const char *name, int wait);
/// A counting eventfd that blocks: each unit lets one `wait` pass.
int fl_semaphore(void);
void fl_semaphore_post(int fd, uint64_t units);
void fl_semaphore_wait(int fd);
/// Blocks the signals in this thread and makes (fd < 0) or changes a descriptor that reports them.
/// A bit of `signals` for each, signal 1 in bit 0.
int fl_signalfd(int fd, uint64_t signals);
/// The next signal's number, or -EAGAIN.
int fl_signal_read(int fd);
void fl_signals_unblock(uint64_t signals);

#include "CSystemCurrent.h"
#include "CSystemFolders.h"
#include "CSystemPollerChecks.h"
#include "CSystemPollers.h"
#include "CSystemProcess.h"
#include "CSystemSockets.h"
#include "CSystemInherited.h"
#include "CSystemTerminal.h"
#endif
