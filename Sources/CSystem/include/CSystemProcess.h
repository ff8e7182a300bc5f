// Child processes, pipes, file descriptors of others, file watches.
#ifndef FAIRLEAD_CSYSTEM_PROCESS_H
#define FAIRLEAD_CSYSTEM_PROCESS_H
#include <stdint.h>

/// Two ends of a pipe, both closed on exec; ours (0: the reading one, 1: the writing one) is
/// non-blocking.
int fl_pipe(int ends[2], int ours);
/// Starts a program with descriptors 0 to 2 as given, -1 for /dev/null; no other is passed on.
/// With a terminal path, all three are that terminal, which controls the new session.
int fl_spawn(const char *program, char *const arguments[], char *const environment[],
             const char *folder,
             const int standard[3], const char *terminal);
/// A descriptor that is readable when the process has ended.
int fl_process_descriptor(int process);
/// 0 while it runs; else 1, and its exit code or (negative) the signal that ended it.
int fl_reap(int process, int *status);
int fl_kill(int process, int signal);

/// The flags of an open descriptor (F_GETFL), and their replacement.
int fl_flags(int fd);
int fl_set_flags(int fd, int flags);
int fl_set_nonblocking(int fd);
/// A copy of the descriptor, closed on exec.
int fl_duplicate(int fd);
/// A description of its own for the file behind a descriptor, non-blocking; writable or not.
int fl_reopen(int fd, int writable);
int fl_open_read(const char *path);
/// A descriptor that reports openings of the file behind a name.
int fl_watch_opening(const char *path);
int fl_symlink(const char *target, const char *path);
int64_t fl_readlink(const char *path, char *target, uint64_t size);
#endif
