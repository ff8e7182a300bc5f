// Sockets beyond the everyday: name look-up, multicast, UNIX extras, reports of ICMP.
#ifndef FAIRLEAD_CSYSTEM_SOCKETS_H
#define FAIRLEAD_CSYSTEM_SOCKETS_H
#include <stddef.h>
#include <stdint.h>

struct sockaddr;
struct sockaddr_storage;

/// The stream addresses of a host: their count, or an EAI_ code, which is negative.
int fl_resolve(const char *host, uint16_t port, struct sockaddr_storage *out, int maximum);
const char *fl_resolve_error(int code);
int fl_multicast_membership(
    int fd, int join, const struct sockaddr *group, uint32_t size, uint32_t interface);
int fl_multicast_interface(int fd, int ipv6, uint32_t interface);
int fl_peer_credentials(int fd, int32_t *process, uint32_t *user, uint32_t *group);
int64_t fl_send_descriptors(
    int fd, const void *bytes, size_t count, const int *descriptors, int number);
int64_t fl_receive_descriptors(
    int fd, void *buffer, size_t count, int *descriptors, int maximum, int *number);
/// The error number of a datagram that could not be delivered, and where it went; -EAGAIN if none.
int fl_delivery_error(int fd, struct sockaddr_storage *destination, uint32_t *size);
/// The index of a network interface, 0 if there is none of that name.
uint32_t fl_interface_index(const char *name);
#endif
