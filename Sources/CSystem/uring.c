// io_uring by its raw system calls. The kernel and we share two rings: we own the submission tail
// and the completion head, the kernel the other two; each side publishes with release and looks
// with acquire.
// It knows requests and completions; what they are for is the business of IOUring.swift.
#define _GNU_SOURCE
#include "CSystem.h"
#include <endian.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <linux/time_types.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fl_uring {
    int fd;
    uint32_t entries, mask, completion_mask;
    uint32_t *head, *tail, *flags, *completion_head, *completion_tail;
    struct io_uring_sqe *requests;
    struct io_uring_cqe *completions;
    void *rings;
    size_t rings_size, requests_size;
};

// One mapping for both rings, no completion is ever dropped, time-outs in the call that waits, and
// (the last stands for Linux 5.13) polls that go on after a completion.
enum {
    NEEDED = IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG |
             IORING_FEAT_RSRC_TAGS
};

static int enter(int fd, uint32_t submit, uint32_t wait, uint32_t flags, const void *argument,
                 size_t size) {
    long result = syscall(SYS_io_uring_enter, fd, submit, wait, flags, argument, size);
    return result < 0 ? -errno : (int)result;
}

static int set_up_with(uint32_t flags, uint32_t entries, struct io_uring_params *parameters,
                       uint32_t completions) {
    flags |= IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP;
    *parameters = (struct io_uring_params){.flags = flags, .cq_entries = completions};
    long fd = syscall(SYS_io_uring_setup, entries, parameters);
    return fd < 0 ? -errno : (int)fd;
}
static int set_up(uint32_t entries, struct io_uring_params *parameters, uint32_t completions) {
    // Completions are made at our next system call anyway; without the flag (Linux 5.19) they
    // interrupt us.
    int fd = set_up_with(IORING_SETUP_COOP_TASKRUN, entries, parameters, completions);
    return fd == -EINVAL ? set_up_with(0, entries, parameters, completions) : fd;
}

static int map(struct fl_uring *ring, const struct io_uring_params *p) {
    size_t submission = p->sq_off.array + p->sq_entries * sizeof(uint32_t);
    size_t completion = p->cq_off.cqes + p->cq_entries * sizeof(struct io_uring_cqe);
    ring->rings_size = submission > completion ? submission : completion;
    ring->requests_size = p->sq_entries * sizeof(struct io_uring_sqe);
    int access = PROT_READ | PROT_WRITE, kind = MAP_SHARED | MAP_POPULATE;
    ring->rings = mmap(NULL, ring->rings_size, access, kind, ring->fd, IORING_OFF_SQ_RING);
    if (ring->rings == MAP_FAILED) return -errno;
    ring->requests = mmap(NULL, ring->requests_size, access, kind, ring->fd, IORING_OFF_SQES);
    return ring->requests == MAP_FAILED ? -errno : 0;
}

static void locate(struct fl_uring *ring, const struct io_uring_params *p) {
    char *base = ring->rings;
    uint32_t *array = (uint32_t *)(base + p->sq_off.array);
    ring->entries = p->sq_entries;
    ring->mask = *(uint32_t *)(base + p->sq_off.ring_mask);
    ring->head = (uint32_t *)(base + p->sq_off.head);
    ring->tail = (uint32_t *)(base + p->sq_off.tail);
    ring->flags = (uint32_t *)(base + p->sq_off.flags);
    ring->completion_mask = *(uint32_t *)(base + p->cq_off.ring_mask);
    ring->completion_head = (uint32_t *)(base + p->cq_off.head);
    ring->completion_tail = (uint32_t *)(base + p->cq_off.tail);
    ring->completions = (struct io_uring_cqe *)(base + p->cq_off.cqes);
    for (uint32_t i = 0; i < p->sq_entries; i++) array[i] = i;
}

int fl_uring_open(struct fl_uring **out, uint32_t entries, uint32_t completions) {
    struct io_uring_params parameters;
    struct fl_uring *ring = calloc(1, sizeof *ring);
    if (!ring) return -ENOMEM;
    ring->rings = ring->requests = MAP_FAILED;
    int result = ring->fd = set_up(entries, &parameters, completions);
    if (result >= 0 && (parameters.features & NEEDED) != NEEDED) result = -ENOSYS;
    if (result >= 0) result = map(ring, &parameters);
    // A filter may allow the set-up and forbid the use.
    if (result >= 0) result = enter(ring->fd, 0, 0, IORING_ENTER_GETEVENTS, NULL, 0);
    if (result < 0) {
        fl_uring_close(ring);
        return result;
    }
    locate(ring, &parameters);
    *out = ring;
    return 0;
}

void fl_uring_close(struct fl_uring *ring) {
    if (ring->requests != MAP_FAILED) munmap(ring->requests, ring->requests_size);
    if (ring->rings != MAP_FAILED) munmap(ring->rings, ring->rings_size);
    if (ring->fd >= 0) close(ring->fd);
    free(ring);
}

int fl_uring_descriptor(const struct fl_uring *ring) { return ring->fd; }

uint32_t fl_uring_queued(const struct fl_uring *ring) {
    return *ring->tail - __atomic_load_n(ring->head, __ATOMIC_ACQUIRE);
}

// The next free request, cleared, or NULL. Published by `publish`.
static struct io_uring_sqe *next(struct fl_uring *ring, uint8_t operation, int fd, uint64_t data) {
    if (fl_uring_queued(ring) == ring->entries) return NULL;
    struct io_uring_sqe *request = &ring->requests[*ring->tail & ring->mask];
    memset(request, 0, sizeof *request);
    request->opcode = operation;
    request->fd = fd;
    request->user_data = data;
    return request;
}
static int publish(struct fl_uring *ring) {
    __atomic_store_n(ring->tail, *ring->tail + 1, __ATOMIC_RELEASE);
    return 0;
}

int fl_uring_poll(struct fl_uring *ring, int fd, uint32_t events, int multishot, uint64_t data) {
    struct io_uring_sqe *request = next(ring, IORING_OP_POLL_ADD, fd, data);
    if (!request) return -EBUSY;
#if __BYTE_ORDER == __BIG_ENDIAN
    events = events << 16 | events >> 16;
#endif
    request->poll32_events = events;
    request->len = multishot ? IORING_POLL_ADD_MULTI : 0;
    return publish(ring);
}

int fl_uring_cancel(struct fl_uring *ring, uint64_t target, uint64_t data) {
    struct io_uring_sqe *request = next(ring, IORING_OP_POLL_REMOVE, -1, data);
    if (!request) return -EBUSY;
    request->addr = target;
    return publish(ring);
}

int fl_uring_submit(struct fl_uring *ring) { return fl_uring_wait(ring, 0); }

int fl_uring_wait(struct fl_uring *ring, int64_t nanoseconds) {
    uint32_t count = fl_uring_queued(ring), flags = IORING_ENTER_GETEVENTS;
    if (nanoseconds <= 0) return enter(ring->fd, count, nanoseconds < 0, flags, NULL, 0);
    struct __kernel_timespec timeout = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    struct io_uring_getevents_arg argument = {.ts = (uint64_t)(uintptr_t)&timeout};
    return enter(ring->fd, count, 1, flags | IORING_ENTER_EXT_ARG, &argument, sizeof argument);
}

int fl_uring_overflows(const struct fl_uring *ring) {
    return (__atomic_load_n(ring->flags, __ATOMIC_ACQUIRE) & IORING_SQ_CQ_OVERFLOW) != 0;
}

int fl_uring_take(struct fl_uring *ring, struct fl_uring_completion *out) {
    uint32_t head = *ring->completion_head;
    if (head == __atomic_load_n(ring->completion_tail, __ATOMIC_ACQUIRE)) return 0;
    const struct io_uring_cqe *completion = &ring->completions[head & ring->completion_mask];
    out->data = completion->user_data;
    out->result = completion->res;
    out->continues = (completion->flags & IORING_CQE_F_MORE) != 0;
    __atomic_store_n(ring->completion_head, head + 1, __ATOMIC_RELEASE);
    return 1;
}
