#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

int fl_may_open(const char *path) {
    return faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) < 0 ? -errno : 0;
}

int fl_watch_folder(const char *path) {
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch < 0) return -errno;
    uint32_t events = IN_CREATE | IN_DELETE | IN_MOVE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
    if (inotify_add_watch(watch, path, events | IN_ONLYDIR) < 0) {
        int code = errno;
        close(watch);
        return -code;
    }
    return watch;
}

static int write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -errno;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

// A command that root gives must not take the file away from the service whose folder it is.
static int give_to_owner_of_folder(int fd, const char *path) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;
    if (slash == path) length = 1;
    if (length >= (int)sizeof folder) return -ENAMETOOLONG;
    snprintf(folder, sizeof folder, "%.*s", slash ? length : 1, slash ? path : ".");
    struct stat status;
    if (stat(folder, &status) < 0) return -errno;
    return fchown(fd, status.st_uid, status.st_gid) < 0 ? -errno : 0;
}

static int replace(const char *path, const void *bytes, size_t count, int is_private) {
    char fresh[PATH_MAX];
    int length = snprintf(fresh, sizeof fresh, "%s.new", path);
    if (length < 0 || (size_t)length >= sizeof fresh) return -ENAMETOOLONG;
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    if (is_private) {
        unlink(fresh);
        flags |= O_EXCL;
    }
    int fd = open(fresh, flags, is_private ? 0600 : 0644);
    if (fd < 0) return -errno;
    int result = 0;
    if (is_private && geteuid() == 0) result = give_to_owner_of_folder(fd, path);
    if (result == 0) result = write_all(fd, bytes, count);
    if (result == 0 && is_private && fsync(fd) < 0) result = -errno;
    if (close(fd) < 0 && result == 0) result = -errno;
    if (result == 0 && rename(fresh, path) < 0) result = -errno;
    if (result < 0) unlink(fresh);
    return result;
}

int fl_replace_file(const char *path, const void *bytes, size_t count) {
    return replace(path, bytes, count, 0);
}

int fl_replace_private_file(const char *path, const void *bytes, size_t count) {
    return replace(path, bytes, count, 1);
}
