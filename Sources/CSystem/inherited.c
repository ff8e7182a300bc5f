#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

static int option(int fd, int name, int *value) {
    socklen_t size = sizeof *value;
    return getsockopt(fd, SOL_SOCKET, name, value, &size) < 0 ? -errno : 0;
}

int fl_socket_nature(int fd, int *domain, int *type, int *listens) {
    int result = option(fd, SO_DOMAIN, domain);
    if (!result) result = option(fd, SO_TYPE, type);
    if (!result) result = option(fd, SO_ACCEPTCONN, listens);
    return result;
}

int fl_close_on_exec(int fd) {
    int flags = fcntl(fd, F_GETFD);
    return flags < 0 || fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0 ? -errno : 0;
}
