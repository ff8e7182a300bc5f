// What the poller checker needs of the system, in plain numbers: no pointers, so that the checker
// is free of unsafe code. Pairs come as one number, the first descriptor in the lower half.
#ifndef FAIRLEAD_CSYSTEM_POLLER_CHECKS_H
#define FAIRLEAD_CSYSTEM_POLLER_CHECKS_H
#include <stdint.h>

// All descriptors are non-blocking and closed on exec.
int64_t fl_check_socket_pair(void);
/// The reading end in the lower half.
int64_t fl_check_pipe(void);
/// The controlling end of a raw pseudo-terminal in the lower half.
int64_t fl_check_terminal(void);
/// A regular file without a name.
int fl_check_file(void);
int fl_check_duplicate(int fd);
/// Lets the number `fd` stand for what `source` stands for, in one step.
int fl_check_replace(int source, int fd);
int fl_check_close(int fd);

/// Writes one byte; reads one byte: 1, 0 at the end, or -errno.
int fl_check_put(int fd);
int fl_check_get(int fd);
/// Writes, or reads, until that would block; gives the bytes.
int64_t fl_check_fill(int fd);
int64_t fl_check_drain(int fd);
/// Ends the writing direction of a socket.
int fl_check_half_close(int fd);
/// Whether poll(2) finds it readable within the time.
int fl_check_is_readable(int fd, int milliseconds);
/// Gives this thread a table of descriptors of its own, for the rest of its life, with nothing but
/// the standard streams in it: what other threads open and close is not seen any more.
int fl_check_own_table(void);
/// How many descriptors are in this thread's table.
int fl_check_open_descriptors(void);

/// Lets a harmless signal interrupt the calls of this thread; gives the thread's number.
int fl_check_interruptible(void);
void fl_check_uninterruptible(void);
/// Interrupts a thread that has asked for it.
int fl_check_interrupt(int thread);
/// How often threads were interrupted, in all.
int fl_check_interruptions(void);
#endif
