#define _GNU_SOURCE
#include "Interface.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static struct ifreq named(const char *name) {
  struct ifreq request = {0};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  return request;
}

static void put_address(struct sockaddr *place, uint32_t address) {
  struct sockaddr_in value = {.sin_family = AF_INET, .sin_addr.s_addr = address};
  memcpy(place, &value, sizeof value);
}

static bool bring_up(int socket, const char *name) {
  struct ifreq request = named(name);
  if (ioctl(socket, SIOCGIFFLAGS, &request) != 0) return false;
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  return ioctl(socket, SIOCSIFFLAGS, &request) == 0;
}

// The lessons are about IPv4. Where the settings cannot be written, the gate keeps IPv6 out.
static void quieten_ipv6(void) {
  static const char *const settings[] = {"/proc/sys/net/ipv6/conf/all/disable_ipv6",
                                         "/proc/sys/net/ipv6/conf/default/disable_ipv6"};
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    int file = open(settings[i], O_WRONLY | O_CLOEXEC);
    if (file < 0) continue;
    (void)!write(file, "1", 1);
    close(file);
  }
}

static bool set_addresses(int socket, const char *name, const struct tap_wish *wish) {
  struct ifreq request = named(name);
  request.ifr_hwaddr.sa_family = ARPHRD_ETHER;
  memcpy(request.ifr_hwaddr.sa_data, wish->hardware_address, 6);
  if (ioctl(socket, SIOCSIFHWADDR, &request) != 0) return false;
  request = named(name);
  request.ifr_mtu = wish->maximum_transmission_unit;
  if (ioctl(socket, SIOCSIFMTU, &request) != 0) return false;
  uint32_t address;
  memcpy(&address, wish->address, 4);
  request = named(name);
  put_address(&request.ifr_addr, address);
  if (ioctl(socket, SIOCSIFADDR, &request) != 0) return false;
  int bits = wish->prefix_length > 32 ? 32 : wish->prefix_length;
  request = named(name);
  put_address(&request.ifr_netmask, bits == 0 ? 0 : htonl(~0U << (32 - bits)));
  return ioctl(socket, SIOCSIFNETMASK, &request) == 0;
}

static bool teach_neighbour(int socket, const char *name, const struct tap_wish *wish) {
  struct arpreq entry = {.arp_flags = ATF_PERM | ATF_COM};
  uint32_t address;
  memcpy(&address, wish->neighbour_address, 4);
  put_address(&entry.arp_pa, address);
  entry.arp_ha.sa_family = ARPHRD_ETHER;
  memcpy(entry.arp_ha.sa_data, wish->neighbour_hardware_address, 6);
  strncpy(entry.arp_dev, name, sizeof entry.arp_dev - 1);
  return ioctl(socket, SIOCSARP, &entry) == 0;
}

int tap_set_up(int device, const struct tap_wish *wish) {
  quieten_ipv6();
  struct ifreq request = named("sockscope%d");
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  if (ioctl(device, TUNSETIFF, &request) != 0) return errno;
  const char *name = request.ifr_name;
  int asking = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (asking < 0) return errno;
  bool done = set_addresses(asking, name, wish) && bring_up(asking, name) &&
              (!wish->knows_neighbour || teach_neighbour(asking, name, wish));
  int error = done ? 0 : errno;
  // The server asks for names of its own; without this it would wait.
  if (done) bring_up(asking, "lo");
  close(asking);
  return error;
}
