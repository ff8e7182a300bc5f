// Serial lines and pseudo-terminals: termios2, modem lines, exclusive use.
#ifndef FAIRLEAD_CSYSTEM_TERMINAL_H
#define FAIRLEAD_CSYSTEM_TERMINAL_H
#include <stdint.h>

/// All settings of a line as the kernel keeps them; to be given back, not to be read.
struct fl_line_state {
    uint64_t words[8];
};

enum fl_parity { FL_PARITY_NONE, FL_PARITY_EVEN, FL_PARITY_ODD, FL_PARITY_MARK, FL_PARITY_SPACE };
enum fl_flow { FL_FLOW_NONE, FL_FLOW_XON_XOFF, FL_FLOW_RTS_CTS };

/// What we want of a line, or what it is set to.
struct fl_line {
    uint32_t baud;
    uint8_t data_bits, parity, stop_bits, flow;
    uint8_t hang_up_on_close;
};

/// Opens a terminal without making it ours to be controlled by, and without waiting for a carrier.
int fl_line_open(const char *path);
int fl_line_save(int fd, struct fl_line_state *state);
int fl_line_restore(int fd, const struct fl_line_state *state);
/// Raw mode with these settings, at once.
int fl_line_set(int fd, const struct fl_line *line);
int fl_line_get(int fd, struct fl_line *line);
/// Exclusive use on (1) or off (0); -EBUSY when somebody else has it.
int fl_line_exclusive(int fd, int on);
/// Whether somebody has set exclusive use.
int fl_line_is_exclusive(int fd);
/// Takes the advisory lock, without waiting.
int fl_line_lock(int fd);
/// Modem lines as bits of TIOCMGET: LE DTR RTS ST SR CTS CAR RNG DSR.
int fl_line_modem(int fd);
int fl_line_modem_change(int fd, int on, int off);
int fl_line_break(int fd, int on);
/// Throws away what was received (1), what waits to be sent (2), or both (3).
int fl_line_discard(int fd, int which);
/// Bytes that have not left the line yet; 1 when only the transmitter is still busy.
int fl_line_unsent(int fd);

/// The master of a new pseudo-terminal whose other end is unlocked.
int fl_pty_open(void);
int fl_pty_path(int master, char *path, int size);
#endif
