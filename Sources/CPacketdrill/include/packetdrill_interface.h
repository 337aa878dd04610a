// What packetdrill's shared-object mode asks of a stack: a table of functions, each with the user data first.
#ifndef PACKETDRILL_INTERFACE_H
#define PACKETDRILL_INTERFACE_H


#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>

struct packetdrill_interface {
  void *userdata;
  void (*free)(void *userdata);
  int (*socket)(void *userdata, int domain, int type, int protocol);
  int (*bind)(void *userdata, int fd, const struct sockaddr *address, socklen_t length);
  int (*listen)(void *userdata, int fd, int backlog);
  int (*accept)(void *userdata, int fd, struct sockaddr *address, socklen_t *length);
  int (*connect)(void *userdata, int fd, const struct sockaddr *address, socklen_t length);
  ssize_t (*read)(void *userdata, int fd, void *buffer, size_t count);
  ssize_t (*readv)(void *userdata, int fd, const struct iovec *parts, int count);
  ssize_t (*recv)(void *userdata, int fd, void *buffer, size_t count, int flags);
  ssize_t (*recvfrom)(void *userdata, int fd, void *buffer, size_t count, int flags,
                      struct sockaddr *address, socklen_t *length);
  ssize_t (*recvmsg)(void *userdata, int fd, struct msghdr *message, int flags);
  ssize_t (*write)(void *userdata, int fd, const void *buffer, size_t count);
  ssize_t (*writev)(void *userdata, int fd, const struct iovec *parts, int count);
  ssize_t (*send)(void *userdata, int fd, const void *buffer, size_t count, int flags);
  ssize_t (*sendto)(void *userdata, int fd, const void *buffer, size_t count, int flags,
                    const struct sockaddr *address, socklen_t length);
  ssize_t (*sendmsg)(void *userdata, int fd, const struct msghdr *message, int flags);
  // Variadic where they come from; one more word is what the callers pass.
  int (*fcntl)(void *userdata, int fd, int command, long argument);
  int (*ioctl)(void *userdata, int fd, unsigned long request, void *argument);
  int (*close)(void *userdata, int fd);
  int (*shutdown)(void *userdata, int fd, int how);
  int (*getsockopt)(void *userdata, int fd, int level, int name, void *value, socklen_t *length);
  int (*setsockopt)(void *userdata, int fd, int level, int name, const void *value,
                    socklen_t length);
  int (*poll)(void *userdata, struct pollfd *entries, nfds_t count, int timeout);
  int (*netdev_send)(void *userdata, const void *packet, size_t count);
  int (*netdev_receive)(void *userdata, void *buffer, size_t *count, long long *microseconds);
  int (*usleep)(void *userdata, unsigned int microseconds);
  int (*gettimeofday)(void *userdata, struct timeval *time, void *zone);
  int (*epoll_create)(void *userdata, int size);
  int (*epoll_ctl)(void *userdata, int instance, int operation, int fd, struct epoll_event *event);
  int (*epoll_wait)(void *userdata, int instance, struct epoll_event *events, int count,
                    int timeout);
  int (*pipe)(void *userdata, int *fds);
  int (*splice)(void *userdata, int from, long *from_offset, int to, long *to_offset, size_t count,
                unsigned int flags);
};

#endif
