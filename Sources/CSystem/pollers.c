#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>

_Static_assert(sizeof(fd_set) * 8 == FL_SELECT_LIMIT, "fd_set size");

static struct timespec *timeout_of(int64_t nanoseconds, struct timespec *space) {
    if (nanoseconds < 0) return NULL;
    *space = (struct timespec){nanoseconds / 1000000000, nanoseconds % 1000000000};
    return space;
}

int fl_poll(struct pollfd *entries, uint64_t count, int64_t nanoseconds) {
    struct timespec space;
    int ready = ppoll(entries, count, timeout_of(nanoseconds, &space), NULL);
    return ready < 0 ? -errno : ready;
}

int fl_select(int count, uint64_t *reading, uint64_t *writing, int64_t nanoseconds) {
    struct timespec space, *timeout = timeout_of(nanoseconds, &space);
    int ready = pselect(count, (fd_set *)reading, (fd_set *)writing, NULL, timeout, NULL);
    return ready < 0 ? -errno : ready;
}

int fl_descriptor_kind(int fd) {
    struct stat status;
    if (fstat(fd, &status) < 0) return -errno;
    if (S_ISSOCK(status.st_mode)) return FL_KIND_SOCKET;
    return S_ISFIFO(status.st_mode) ? FL_KIND_PIPE : FL_KIND_OTHER;
}
