#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <linux/errqueue.h>

int fl_resolve(const char *host, uint16_t port, struct sockaddr_storage *out, int maximum) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    char service[8];
    int count = 0;
    snprintf(service, sizeof service, "%u", port);
    int result = getaddrinfo(host, service, &hints, &list);
    if (result) return result < 0 ? result : -result;
    for (struct addrinfo *each = list; each && count < maximum; each = each->ai_next)
        if (each->ai_addrlen <= sizeof *out) {
            memset(&out[count], 0, sizeof *out);
            memcpy(&out[count++], each->ai_addr, each->ai_addrlen);
        }
    freeaddrinfo(list);
    return count;
}
const char *fl_resolve_error(int code) { return gai_strerror(code); }

int fl_multicast_membership(
    int fd, int join, const struct sockaddr *group, uint32_t size, uint32_t interface) {
    struct group_req request = {.gr_interface = interface};
    if (size > sizeof request.gr_group) return -EINVAL;
    memcpy(&request.gr_group, group, size);
    int level = group->sa_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
    int name = join ? MCAST_JOIN_GROUP : MCAST_LEAVE_GROUP;
    return setsockopt(fd, level, name, &request, sizeof request) < 0 ? -errno : 0;
}
int fl_multicast_interface(int fd, int ipv6, uint32_t interface) {
    struct ip_mreqn request = {.imr_ifindex = (int)interface};
    int result =
        ipv6 ? setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &interface, sizeof interface)
             : setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
    return result < 0 ? -errno : 0;
}
uint32_t fl_interface_index(const char *name) { return if_nametoindex(name); }

int fl_peer_credentials(int fd, int32_t *process, uint32_t *user, uint32_t *group) {
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return -errno;
    *process = credentials.pid;
    *user = credentials.uid;
    *group = credentials.gid;
    return 0;
}

enum { PASSED_MAXIMUM = 16 };
union control {
    char space[CMSG_SPACE(PASSED_MAXIMUM * sizeof(int))];
    struct cmsghdr align;
};

int64_t fl_send_descriptors(
    int fd, const void *bytes, size_t count, const int *descriptors, int number) {
    union control control;
    struct iovec vector = {(void *)bytes, count};
    if (number < 1 || number > PASSED_MAXIMUM || count < 1) return -EINVAL;
    memset(&control, 0, sizeof control);
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.space,
                             .msg_controllen = CMSG_SPACE(number * sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(number * sizeof(int));
    memcpy(CMSG_DATA(header), descriptors, number * sizeof(int));
    ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    return sent < 0 ? -errno : sent;
}

int64_t fl_receive_descriptors(
    int fd, void *buffer, size_t count, int *descriptors, int maximum, int *number) {
    union control control;
    struct iovec vector = {buffer, count};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.space,
                             .msg_controllen = sizeof control.space};
    *number = 0;
    ssize_t got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    if (got < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int each, total = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < total; i++) {
            memcpy(&each, CMSG_DATA(header) + i * sizeof(int), sizeof each);
            if (*number < maximum) descriptors[(*number)++] = each;
            else close(each);
        }
    }
    return got;
}

int fl_delivery_error(int fd, struct sockaddr_storage *destination, uint32_t *size) {
    char ignored[1];
    union { char space[512]; struct cmsghdr align; } control;
    struct iovec vector = {ignored, sizeof ignored};
    struct msghdr message = {.msg_name = destination, .msg_namelen = *size,
                             .msg_iov = &vector, .msg_iovlen = 1,
                             .msg_control = control.space, .msg_controllen = sizeof control.space};
    if (recvmsg(fd, &message, MSG_ERRQUEUE) < 0) return -errno;
    *size = message.msg_namelen;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
         header = CMSG_NXTHDR(&message, header))
        if ((header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_RECVERR) ||
            (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_RECVERR)) {
            struct sock_extended_err error;
            memcpy(&error, CMSG_DATA(header), sizeof error);
            // What send itself has refused (EMSGSIZE) its caller knows already.
            return error.ee_origin == SO_EE_ORIGIN_LOCAL ? 0 : (int)error.ee_errno;
        }
    return 0;
}
