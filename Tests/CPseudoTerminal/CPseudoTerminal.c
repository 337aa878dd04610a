#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

static void report(int reports, pid_t program, int status, int started) {
  struct pty_report record = {program, status, started};
  if (write(reports, &record, sizeof record) < 0) _exit(125);
}

// The program's side: a job of its own in the foreground, with nothing inherited that would
// change how it behaves; a test runner blocks signals.
static void run_program(const char *program, char *const arguments[], char *const environment[]) {
  setpgid(0, 0);
  tcsetpgrp(STDIN_FILENO, getpgrp());
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(program, arguments, environment);
  _exit(127);
}

// Changes of the job's state, until it has ended. Returns whether it still lives.
static int watch(pid_t program, int reports) {
  int status;
  while (waitpid(program, &status, WNOHANG | WUNTRACED) > 0) {
    // As a shell does: a stopped job's terminal is the shell's again.
    if (WIFSTOPPED(status)) tcsetpgrp(STDIN_FILENO, getpgrp());
    report(reports, program, status, 0);
    if (!WIFSTOPPED(status)) return 0;
  }
  return 1;
}

static void run_shell(pid_t program, int commands, int reports) {
  int lives = 1;
  for (;;) {
    if (lives) lives = watch(program, reports);
    struct pollfd source = {commands, POLLIN, 0};
    if (poll(&source, 1, lives ? 5 : -1) <= 0) continue;
    char command;
    if (read(commands, &command, 1) <= 0) {
      if (lives) kill(-program, SIGKILL);
      _exit(0);
    }
    if (!lives) continue;
    if (command == 'f') tcsetpgrp(STDIN_FILENO, program);
    kill(-program, SIGCONT);
  }
}

static void become_shell(struct pty *pty, const char *side, int commands, int reports, int errors,
                         const char *program, char *const arguments[],
                         char *const environment[]) {
  setsid();
  int terminal = open(side, O_RDWR);
  if (terminal < 0) _exit(126);
  ioctl(terminal, TIOCSCTTY, 0);
  for (int target = 0; target < 3; target++) dup2(terminal, target);
  if (errors >= 0) dup2(errors, STDERR_FILENO);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  signal(SIGTTOU, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // Only the two pipes stay open beside the standard ones.
  for (int other = 3; other < 1024; other++)
    if (other != commands && other != reports) close(other);
  fcntl(commands, F_SETFD, FD_CLOEXEC);
  fcntl(reports, F_SETFD, FD_CLOEXEC);
  pid_t child = fork();
  if (child < 0) _exit(126);
  if (child == 0) run_program(program, arguments, environment);
  setpgid(child, child);
  tcsetpgrp(STDIN_FILENO, child);
  report(reports, child, 0, 1);
  run_shell(child, commands, reports);
  (void)pty;
}

int pty_spawn(struct pty *pty, const char *program, char *const arguments[],
              char *const environment[], int columns, int rows, int errors) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0) return errno;
  char side[128];
  int commands[2], reports[2];
  if (grantpt(master) < 0 || unlockpt(master) < 0 || ptsname_r(master, side, sizeof side) != 0)
    goto failed;
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  // Set before anybody looks; the other side has to be open for that on some systems.
  int held = open(side, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (held < 0) goto failed;
  ioctl(held, TIOCSWINSZ, &size);
  if (pipe2(commands, O_CLOEXEC) < 0 || pipe2(reports, O_CLOEXEC) < 0) goto failed;
  pid_t shell = fork();
  if (shell < 0) goto failed;
  if (shell == 0) {
    become_shell(pty, side, commands[0], reports[1], errors, program, arguments, environment);
    _exit(126);
  }
  close(held);
  close(commands[0]);
  close(reports[1]);
  fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK);
  fcntl(reports[0], F_SETFL, O_NONBLOCK);
  *pty = (struct pty){master, commands[1], reports[0], shell};
  return 0;
failed:;
  int problem = errno;
  close(master);
  return problem;
}

int pty_resize(const struct pty *pty, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(pty->master, TIOCSWINSZ, &size) < 0 ? errno : 0;
}

int pty_modes(const struct pty *pty, struct termios *modes) {
  return tcgetattr(pty->master, modes) < 0 ? errno : 0;
}

ssize_t pty_read(const struct pty *pty, void *octets, size_t capacity, int milliseconds) {
  struct pollfd source = {pty->master, POLLIN, 0};
  if (poll(&source, 1, milliseconds) <= 0) return 0;
  ssize_t count = read(pty->master, octets, capacity);
  if (count > 0) return count;
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

bool pty_write(const struct pty *pty, const void *octets, size_t count, int milliseconds) {
  const char *next = octets;
  while (count > 0) {
    ssize_t written = write(pty->master, next, count);
    if (written > 0) {
      next += written;
      count -= (size_t)written;
      continue;
    }
    struct pollfd target = {pty->master, POLLOUT, 0};
    if (poll(&target, 1, milliseconds) <= 0) return false;
  }
  return true;
}

bool pty_next_report(const struct pty *pty, struct pty_report *record) {
  return read(pty->reports, record, sizeof *record) == (ssize_t)sizeof *record;
}

void pty_close(struct pty *pty) {
  close(pty->commands);
  close(pty->master);
  close(pty->reports);
  int status;
  // The shell answers the closed pipe by leaving; should it not, it is made to.
  for (int tries = 0; tries < 400; tries++) {
    if (waitpid(pty->shell, &status, WNOHANG) != 0) return;
    poll(NULL, 0, 5);
  }
  kill(pty->shell, SIGKILL);
  waitpid(pty->shell, &status, 0);
}

int pty_columns(unsigned character) {
  // Of this thread only: other tests must not notice.
  locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (unicode == (locale_t)0) return -2;
  locale_t before = uselocale(unicode);
  int columns = wcwidth((wchar_t)character);
  uselocale(before);
  freelocale(unicode);
  return columns;
}

bool pty_exited(int status) { return WIFEXITED(status); }
int pty_exit_code(int status) { return WEXITSTATUS(status); }
bool pty_signalled(int status) { return WIFSIGNALED(status); }
int pty_signal(int status) { return WTERMSIG(status); }
bool pty_stopped(int status) { return WIFSTOPPED(status); }
