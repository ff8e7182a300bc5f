// termios2 instead of termios: it alone knows speeds that have no B-constant. Its header clashes
// with <termios.h>, which is therefore not included here.
#define _GNU_SOURCE
#include "CSystem.h"
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CALL(expression) return (expression) < 0 ? -errno : 0

_Static_assert(sizeof(struct fl_line_state) >= sizeof(struct termios2), "room for termios2");

int fl_line_open(const char *path) {
    int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int fl_line_save(int fd, struct fl_line_state *state) { CALL(ioctl(fd, TCGETS2, state)); }
int fl_line_restore(int fd, const struct fl_line_state *state) { CALL(ioctl(fd, TCSETS2, state)); }

static const tcflag_t sizes[] = {CS5, CS6, CS7, CS8};

int fl_line_set(int fd, const struct fl_line *line) {
    struct termios2 t;
    if (line->data_bits < 5 || line->data_bits > 8) return -EINVAL;
    if (ioctl(fd, TCGETS2, &t) < 0) return -errno;
    t.c_iflag &= ~(IGNBRK | BRKINT | PARMRK | IGNPAR | INPCK | ISTRIP | INLCR | IGNCR | ICRNL |
                   IXON | IXOFF | IXANY | IUCLC);
    t.c_oflag &= ~OPOST;
    t.c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    t.c_cflag &= ~(CBAUD | CBAUD << IBSHIFT | CSIZE | PARENB | PARODD | CMSPAR |
                   CSTOPB | CRTSCTS | HUPCL);
    t.c_cflag |= BOTHER | BOTHER << IBSHIFT | CREAD | CLOCAL | sizes[line->data_bits - 5];
    if (line->parity != FL_PARITY_NONE) {
        t.c_cflag |= PARENB;
        t.c_iflag |= INPCK;
    }
    if (line->parity == FL_PARITY_ODD || line->parity == FL_PARITY_MARK) t.c_cflag |= PARODD;
    if (line->parity == FL_PARITY_MARK || line->parity == FL_PARITY_SPACE) t.c_cflag |= CMSPAR;
    if (line->stop_bits == 2) t.c_cflag |= CSTOPB;
    if (line->flow == FL_FLOW_RTS_CTS) t.c_cflag |= CRTSCTS;
    if (line->flow == FL_FLOW_XON_XOFF) t.c_iflag |= IXON | IXOFF;
    if (line->hang_up_on_close) t.c_cflag |= HUPCL;
    t.c_ispeed = t.c_ospeed = line->baud;
    // A read gives what is there and says EAGAIN otherwise: 0 then means a hang-up, nothing else.
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    CALL(ioctl(fd, TCSETS2, &t));
}

int fl_line_get(int fd, struct fl_line *line) {
    struct termios2 t;
    if (ioctl(fd, TCGETS2, &t) < 0) return -errno;
    line->baud = t.c_ospeed;
    line->data_bits = 8;
    for (int i = 0; i < 4; i++)
        if ((t.c_cflag & CSIZE) == sizes[i]) line->data_bits = 5 + i;
    line->parity = !(t.c_cflag & PARENB)  ? FL_PARITY_NONE
                   : t.c_cflag & CMSPAR   ? (t.c_cflag & PARODD ? FL_PARITY_MARK : FL_PARITY_SPACE)
                   : t.c_cflag & PARODD   ? FL_PARITY_ODD
                                          : FL_PARITY_EVEN;
    line->stop_bits = t.c_cflag & CSTOPB ? 2 : 1;
    line->flow = t.c_cflag & CRTSCTS ? FL_FLOW_RTS_CTS
                 : t.c_iflag & IXON ? FL_FLOW_XON_XOFF : FL_FLOW_NONE;
    line->hang_up_on_close = (t.c_cflag & HUPCL) != 0;
    return 0;
}

int fl_line_exclusive(int fd, int on) { CALL(ioctl(fd, on ? TIOCEXCL : TIOCNXCL)); }
int fl_line_is_exclusive(int fd) {
    int exclusive = 0;
    return ioctl(fd, TIOCGEXCL, &exclusive) < 0 ? -errno : exclusive != 0;
}
int fl_line_lock(int fd) { CALL(flock(fd, LOCK_EX | LOCK_NB)); }

int fl_line_modem(int fd) {
    int bits = 0;
    return ioctl(fd, TIOCMGET, &bits) < 0 ? -errno : bits;
}
int fl_line_modem_change(int fd, int on, int off) {
    if (on && ioctl(fd, TIOCMBIS, &on) < 0) return -errno;
    if (off && ioctl(fd, TIOCMBIC, &off) < 0) return -errno;
    return 0;
}
int fl_line_break(int fd, int on) { CALL(ioctl(fd, on ? TIOCSBRK : TIOCCBRK)); }
int fl_line_discard(int fd, int which) {
    CALL(ioctl(fd, TCFLSH, which == 1 ? TCIFLUSH : which == 2 ? TCOFLUSH : TCIOFLUSH));
}
int fl_line_unsent(int fd) {
    int waiting = 0, status = 0;
    if (ioctl(fd, TIOCOUTQ, &waiting) < 0) return -errno;
    if (waiting > 0) return waiting;
    // Not every driver knows its transmitter; then an empty queue is all that can be said.
    if (ioctl(fd, TIOCSERGETLSR, &status) == 0 && !(status & TIOCSER_TEMT)) return 1;
    return 0;
}

int fl_pty_open(void) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (master < 0) return -errno;
    if (grantpt(master) < 0 || unlockpt(master) < 0) {
        int code = errno;
        close(master);
        return -code;
    }
    return master;
}
int fl_pty_path(int master, char *path, int size) {
    int code = ptsname_r(master, path, (size_t)size);
    return code ? -code : 0;
}
