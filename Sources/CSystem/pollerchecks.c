#define _GNU_SOURCE
#include "CSystem.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

static int64_t both(int first, int second) { return (int64_t)second << 32 | (uint32_t)first; }

int64_t fl_check_socket_pair(void) {
    int pair[2];
    int result = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair);
    return result < 0 ? -errno : both(pair[0], pair[1]);
}

int64_t fl_check_pipe(void) {
    int pair[2];
    return pipe2(pair, O_NONBLOCK | O_CLOEXEC) < 0 ? -errno : both(pair[0], pair[1]);
}

int64_t fl_check_terminal(void) {
    struct termios settings;
    int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, zero = 0;
    int master = open("/dev/ptmx", flags);
    if (master < 0) return -errno;
    int slave = ioctl(master, TIOCSPTLCK, &zero) < 0 ? -1 : ioctl(master, TIOCGPTPEER, flags);
    if (slave < 0) {
        int error = errno;
        close(master);
        return -error;
    }
    tcgetattr(slave, &settings);
    cfmakeraw(&settings);
    tcsetattr(slave, TCSANOW, &settings);
    return both(master, slave);
}

int fl_check_file(void) {
    int fd = memfd_create("poller check", MFD_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int fl_check_duplicate(int fd) {
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return copy < 0 ? -errno : copy;
}

int fl_check_replace(int source, int fd) { return dup3(source, fd, O_CLOEXEC) < 0 ? -errno : 0; }
int fl_check_close(int fd) { return close(fd) < 0 ? -errno : 0; }

int fl_check_put(int fd) {
    char byte = 'x';
    return write(fd, &byte, 1) < 0 ? -errno : 1;
}
int fl_check_get(int fd) {
    char byte;
    int count = (int)read(fd, &byte, 1);
    return count < 0 ? -errno : count;
}

int64_t fl_check_fill(int fd) {
    static const char zeros[65536];
    int64_t total = 0;
    for (ssize_t count; (count = write(fd, zeros, sizeof zeros)) > 0;) total += count;
    // The last bytes go in one by one: only then is it full.
    while (fl_check_put(fd) == 1) total++;
    return total;
}
int64_t fl_check_drain(int fd) {
    char buffer[65536];
    int64_t total = 0;
    for (ssize_t count; (count = read(fd, buffer, sizeof buffer)) > 0;) total += count;
    return total;
}

int fl_check_half_close(int fd) { return shutdown(fd, SHUT_WR) < 0 ? -errno : 0; }

int fl_check_is_readable(int fd, int milliseconds) {
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    return poll(&entry, 1, milliseconds) == 1 && (entry.revents & POLLIN) != 0;
}

int fl_check_own_table(void) { return close_range(3, ~0u, CLOSE_RANGE_UNSHARE) < 0 ? -errno : 0; }

int fl_check_open_descriptors(void) {
    int count = 0;
    DIR *folder = opendir("/proc/thread-self/fd");
    if (!folder) return -errno;
    while (readdir(folder)) count++;
    closedir(folder);
    return count;
}

static int interruptions;
static void count_interruption(int signal) {
    (void)signal;
    __atomic_add_fetch(&interruptions, 1, __ATOMIC_RELAXED);
}
// A signal that nobody else uses; the handler does not ask for calls to be restarted.
static int harmless(void) { return SIGRTMIN + 7; }

static void mask(int how) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, harmless());
    pthread_sigmask(how, &set, NULL);
}

int fl_check_interruptible(void) {
    struct sigaction action = {.sa_handler = count_interruption};
    sigaction(harmless(), &action, NULL);
    mask(SIG_UNBLOCK);
    return (int)syscall(SYS_gettid);
}
void fl_check_uninterruptible(void) { mask(SIG_BLOCK); }
int fl_check_interrupt(int thread) {
    return syscall(SYS_tgkill, getpid(), thread, harmless()) < 0 ? -errno : 0;
}
int fl_check_interruptions(void) { return __atomic_load_n(&interruptions, __ATOMIC_RELAXED); }
