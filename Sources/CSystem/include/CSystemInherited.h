// Descriptors that another process opened and passed on.
#ifndef FAIRLEAD_CSYSTEM_INHERITED_H
#define FAIRLEAD_CSYSTEM_INHERITED_H

/// Domain, type and whether it listens (0 or 1) of a socket; -ENOTSOCK for anything else.
int fl_socket_nature(int fd, int *domain, int *type, int *listens);
int fl_close_on_exec(int fd);
#endif
