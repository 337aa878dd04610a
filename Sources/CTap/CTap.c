#define _GNU_SOURCE
#include "CTap.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "Interface.h"

// The keeper ends by itself after so long, whatever its maker does.
enum { longest_life_seconds = 900 };
enum { pause_milliseconds = 5, closing_milliseconds = 5000 };

struct report {
  int stage;
  int error;
};

static int64_t milliseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// MARK: Namespaces

static bool write_text(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t written = write(file, text, strlen(text));
  int error = errno;
  close(file);
  errno = error;
  return written == (ssize_t)strlen(text);
}

// A network and processes of our own. Root needs nothing else; others need a user namespace in
// which they are root, and so does a root that a container has not given the right to it.
static int enter_namespaces(void) {
  int spaces = CLONE_NEWNET | CLONE_NEWPID;
  if (geteuid() == 0 && unshare(spaces) == 0) return 0;
  char users[64], groups[64];
  snprintf(users, sizeof users, "0 %u 1", (unsigned)geteuid());
  snprintf(groups, sizeof groups, "0 %u 1", (unsigned)getegid());
  if (unshare(CLONE_NEWUSER | spaces) != 0) return errno;
  // Without the right to drop groups a user may map their own (user_namespaces(7)).
  if (!write_text("/proc/self/setgroups", "deny") && errno != ENOENT) return errno;
  if (!write_text("/proc/self/uid_map", users)) return errno;
  if (!write_text("/proc/self/gid_map", groups)) return errno;
  return 0;
}

int tap_probe_namespaces(void) {
  pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) _exit(enter_namespaces());
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

int tap_probe_device(void) {
  int device = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
  if (device < 0) return errno;
  close(device);
  return 0;
}

// MARK: The server

static const char page[] =
    "<!DOCTYPE html>\n<title>Sockscope</title>\n<p>Hello from the other end.</p>\n";

static bool make_folder(char *folder) {
  if (!mkdtemp(folder)) return false;
  char path[256];
  snprintf(path, sizeof path, "%s/index.html", folder);
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return false;
  bool whole = write(file, page, sizeof page - 1) == (ssize_t)(sizeof page - 1);
  close(file);
  return whole;
}

static void remove_folder(const char *folder) {
  char path[256];
  snprintf(path, sizeof path, "%s/index.html", folder);
  unlink(path);
  rmdir(folder);
}

// The first process of its namespace: when it ends, all that it started ends. Gives its errno
// through `trouble` where it cannot be run.
static pid_t start_server(const struct tap_wish *wish, const char *folder, int trouble) {
  pid_t server = fork();
  if (server != 0) return server;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  char port[8], address[16];
  snprintf(port, sizeof port, "%u", wish->port);
  snprintf(address, sizeof address, "%u.%u.%u.%u", wish->address[0], wish->address[1],
           wish->address[2], wish->address[3]);
  char *arguments[] = {"python3", "-I",    "-m",          "http.server", port,
                       "--bind",  address, "--directory", (char *)folder, NULL};
  execv("/usr/bin/python3", arguments);
  execvp("python3", arguments);
  int error = errno;
  (void)!write(trouble, &error, sizeof error);
  _exit(127);
}

// Whether a socket of this network listens at the port, as the kernel's table says.
static bool listens(uint16_t port) {
  FILE *table = fopen("/proc/self/net/tcp", "re");
  if (!table) return false;
  char line[256];
  bool found = false;
  while (!found && fgets(line, sizeof line, table)) {
    unsigned local = 0, state = 0;
    if (sscanf(line, " %*u: %*8x:%4x %*8x:%*4x %2x", &local, &state) == 2) {
      found = local == port && state == 0x0a;
    }
  }
  fclose(table);
  return found;
}

static bool maker_is_gone(int control, int milliseconds) {
  struct pollfd waited = {.fd = control, .events = POLLIN};
  return poll(&waited, 1, milliseconds) > 0;
}

// Waits until the server listens.
static struct report await_server(const struct tap_wish *wish, pid_t *server, int trouble,
                                  int control, int64_t end) {
  while (!listens(wish->port)) {
    int status;
    if (waitpid(*server, &status, WNOHANG) == *server) {
      *server = -1;
      int error = 0;
      bool told = read(trouble, &error, sizeof error) == (ssize_t)sizeof error;
      return (struct report){told ? TAP_SERVER_MISSING : TAP_SERVER_ENDED, error};
    }
    if (milliseconds_now() > end) return (struct report){TAP_SERVER_SILENT, ETIMEDOUT};
    if (maker_is_gone(control, pause_milliseconds)) {
      return (struct report){TAP_SERVER_SILENT, EPIPE};
    }
  }
  return (struct report){TAP_DONE, 0};
}

// MARK: The keeper

static void send_report(int control, struct report report, int device) {
  struct iovec octets = {.iov_base = &report, .iov_len = sizeof report};
  union {
    char octets[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
  } extra = {0};
  struct msghdr message = {.msg_iov = &octets, .msg_iovlen = 1};
  if (device >= 0) {
    message.msg_control = extra.octets;
    message.msg_controllen = sizeof extra.octets;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &device, sizeof device);
  }
  while (sendmsg(control, &message, MSG_NOSIGNAL) < 0 && errno == EINTR) {
  }
}

static int receive_report(int control, struct report *report, int *device) {
  struct iovec octets = {.iov_base = report, .iov_len = sizeof *report};
  union {
    char octets[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
  } extra = {0};
  struct msghdr message = {.msg_iov = &octets,
                           .msg_iovlen = 1,
                           .msg_control = extra.octets,
                           .msg_controllen = sizeof extra.octets};
  ssize_t count;
  do {
    count = recvmsg(control, &message, MSG_CMSG_CLOEXEC);
  } while (count < 0 && errno == EINTR);
  if (count != (ssize_t)sizeof *report) return EPIPE;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_type == SCM_RIGHTS) {
    memcpy(device, CMSG_DATA(header), sizeof *device);
  }
  return 0;
}

// Only the control and no terminal: a pipe held open here would keep its reader waiting.
static int leave_everything_but(int control) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  // The maker's end ends it; what is sent to all processes must not take the cleaning away.
  int unheard[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
  for (size_t i = 0; i < sizeof unheard / sizeof *unheard; i++) signal(unheard[i], SIG_IGN);
  int nothing = open("/dev/null", O_RDWR);
  for (int standard = 0; standard < 3; standard++) dup2(nothing, standard);
  if (control != 3) dup2(control, 3);
  close_range(4, ~0U, 0);
  fcntl(3, F_SETFD, FD_CLOEXEC);
  return 3;
}

static void keep(const struct tap_wish *wish, char *folder, int64_t end, int control) {
  control = leave_everything_but(control);
  struct report report = {TAP_NAMESPACES, enter_namespaces()};
  int device = -1;
  if (report.error == 0) {
    report.stage = TAP_DEVICE;
    device = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    report.error = device < 0 ? errno : 0;
  }
  if (report.error == 0) {
    report.stage = TAP_INTERFACE;
    report.error = tap_set_up(device, wish);
  }
  pid_t server = -1;
  bool has_folder = false;
  int trouble[2] = {-1, -1};
  if (report.error == 0 && wish->port != 0) {
    report.stage = TAP_FOLDER;
    has_folder = make_folder(folder);
    report.error = has_folder && pipe2(trouble, O_CLOEXEC | O_NONBLOCK) == 0 ? 0 : errno;
    if (report.error == 0) {
      server = start_server(wish, folder, trouble[1]);
      report = server < 0 ? (struct report){TAP_PROCESS, errno}
                          : await_server(wish, &server, trouble[0], control, end);
    }
  } else if (report.error == 0) {
    report.stage = TAP_DONE;
  }
  send_report(control, report, report.stage == TAP_DONE ? device : -1);
  if (device >= 0) close(device);
  if (report.stage == TAP_DONE) maker_is_gone(control, longest_life_seconds * 1000);
  if (server > 0) {
    kill(server, SIGKILL);
    while (waitpid(server, NULL, 0) < 0 && errno == EINTR) {
    }
  }
  if (has_folder) remove_folder(folder);
  _exit(0);
}

// MARK: The maker

int tap_open(const struct tap_wish *wish, int milliseconds, struct tap_line *line, int *error) {
  *line = (struct tap_line){.device = -1, .control = -1, .keeper = -1};
  int64_t end = milliseconds_now() + milliseconds;
  const char *place = getenv("TMPDIR");
  char folder[192];
  int length = snprintf(folder, sizeof folder, "%s/sockscope-server-XXXXXX",
                        place && *place == '/' ? place : "/tmp");
  if (length >= (int)sizeof folder) snprintf(folder, sizeof folder, "/tmp/sockscope-server-XXXXXX");
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    *error = errno;
    return TAP_PROCESS;
  }
  pid_t keeper = fork();
  if (keeper == 0) {
    close(ends[0]);
    keep(wish, folder, end, ends[1]);
  }
  close(ends[1]);
  line->control = ends[0];
  line->keeper = keeper;
  struct report report = {TAP_PROCESS, errno};
  if (keeper > 0) {
    // The keeper watches the time itself; a little more for its answer.
    struct pollfd waited = {.fd = line->control, .events = POLLIN};
    int64_t rest = end - milliseconds_now() + 1000;
    bool answers = poll(&waited, 1, rest > 0 ? (int)rest : 0) > 0;
    report = (struct report){TAP_SERVER_SILENT, ETIMEDOUT};
    if (answers && receive_report(line->control, &report, &line->device) != 0) {
      report = (struct report){TAP_PROCESS, EPIPE};
    }
  }
  if (report.stage == TAP_DONE && line->device < 0) report = (struct report){TAP_PROCESS, EBADF};
  if (report.stage != TAP_DONE) tap_close(line);
  *error = report.error;
  return report.stage;
}

void tap_close(struct tap_line *line) {
  if (line->device >= 0) close(line->device);
  if (line->control >= 0) close(line->control);
  if (line->keeper > 0) {
    int64_t end = milliseconds_now() + closing_milliseconds;
    pid_t ended = 0;
    while ((ended = waitpid(line->keeper, NULL, WNOHANG)) == 0 && milliseconds_now() < end) {
      poll(NULL, 0, pause_milliseconds);
    }
    if (ended == 0) {
      kill(line->keeper, SIGKILL);
      waitpid(line->keeper, NULL, 0);
    }
  }
  *line = (struct tap_line){.device = -1, .control = -1, .keeper = -1};
}

int tap_wait(int device, int64_t nanoseconds) {
  struct pollfd waited = {.fd = device, .events = POLLIN};
  if (nanoseconds < 0) nanoseconds = 0;
  struct timespec span = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  int found = ppoll(&waited, 1, &span, NULL);
  if (found < 0) return errno == EINTR ? 0 : -errno;
  if (found > 0 && (waited.revents & (POLLERR | POLLNVAL))) return -EIO;
  return found > 0;
}
