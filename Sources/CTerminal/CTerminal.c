#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { string_capacity = 1024 };

// Signals that end the process once the terminal is given back.
static const int ending[] = {SIGTERM, SIGHUP, SIGQUIT};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE};
enum {
  ending_count = sizeof ending / sizeof *ending,
  crash_count = sizeof crashes / sizeof *crashes
};

static atomic_bool in_force;   // a guard was begun
static atomic_bool screen_up;  // the terminal is the program's
static atomic_int notices;     // bits not fetched yet

static struct termios found_modes;
static struct termios own_modes;
static char enter_string[string_capacity];
static char leave_string[string_capacity];
static size_t enter_length;
static size_t leave_length;

// Written to by the handlers so that a wait under way ends.
static int wake[2] = {-1, -1};

// Where standard error goes while the screen is up, and the terminal it belongs to; -1: not aside.
static int kept_errors = -1;
static int real_errors = -1;

static struct sigaction previous[NSIG];
static char crash_stack[64 * 1024];

static void write_all(int descriptor, const char *octets, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, octets, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    octets += written;
    count -= (size_t)written;
  }
}

static void set_modes(const struct termios *modes) {
  while (tcsetattr(STDIN_FILENO, TCSANOW, modes) < 0 && errno == EINTR) {
  }
}

// MARK: Standard error

static void put_errors_aside(void) {
  if (kept_errors < 0) return;
  if (ftruncate(kept_errors, 0) < 0) return;
  lseek(kept_errors, 0, SEEK_SET);
  dup2(kept_errors, STDERR_FILENO);
}

static void show_errors(void) {
  if (kept_errors < 0) return;
  dup2(real_errors, STDERR_FILENO);
  char piece[1024];
  off_t offset = 0;
  ssize_t count;
  while ((count = pread(kept_errors, piece, sizeof piece, offset)) > 0) {
    write_all(real_errors, piece, (size_t)count);
    offset += count;
  }
}

// Prepares the place for standard error; without one it stays where it is.
static void prepare_errors(void) {
  if (!isatty(STDERR_FILENO)) return;
  int place = memfd_create("errors", MFD_CLOEXEC);
  if (place < 0) return;
  fcntl(place, F_SETFL, O_APPEND);
  real_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real_errors < 0) {
    close(place);
    return;
  }
  kept_errors = place;
}

static void forget_errors(void) {
  if (kept_errors >= 0) close(kept_errors);
  if (real_errors >= 0) close(real_errors);
  kept_errors = real_errors = -1;
}

// MARK: Entering and leaving; both may be called at any point, from handlers too

static void leave_screen(void) {
  if (!atomic_exchange(&screen_up, false)) return;
  write_all(STDOUT_FILENO, leave_string, leave_length);
  set_modes(&found_modes);
  show_errors();
}

static void enter_screen_again(void) {
  if (atomic_exchange(&screen_up, true)) return;
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) found_modes = modes;
  set_modes(&own_modes);
  put_errors_aside();
  write_all(STDOUT_FILENO, enter_string, enter_length);
}

static bool in_foreground(void) {
  pid_t group = tcgetpgrp(STDIN_FILENO);
  return group < 0 || group == getpgrp();
}

static void notify(int notice) {
  atomic_fetch_or(&notices, notice);
  char octet = 0;
  // A full pipe wakes as well.
  if (write(wake[1], &octet, 1) < 0) return;
}

// MARK: Handlers

// Ends the process by the signal's own default, so that the parent sees which it was.
static void end_by(int number) {
  leave_screen();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(number, &standard, NULL);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, number);
  pthread_sigmask(SIG_UNBLOCK, &open, NULL);
  raise(number);
  _exit(128 + number);
}

static void on_interrupt(int number) {
  int saved = errno;
  if (atomic_load(&notices) & TERMINAL_GUARD_INTERRUPT) end_by(number);
  notify(TERMINAL_GUARD_INTERRUPT);
  errno = saved;
}

static void on_resize(int number) {
  (void)number;
  int saved = errno;
  notify(TERMINAL_GUARD_RESIZE);
  errno = saved;
}

static void on_stop(int number);

static void install(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

// Stops until the process is in the foreground. A shell's `bg` must not let it touch the
// terminal, so there it stops again. Signals that end the process get through meanwhile.
static void on_stop(int number) {
  int saved = errno;
  leave_screen();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(number, &standard, NULL);
  // SIGTSTP does not stop a process whose group no shell looks after; SIGSTOP always does.
  int next = number;
  do {
    sigset_t open, closed;
    sigemptyset(&open);
    raise(next);
    pthread_sigmask(SIG_SETMASK, &open, &closed);
    pthread_sigmask(SIG_SETMASK, &closed, NULL);
    next = SIGSTOP;
  } while (!in_foreground());
  install(number, on_stop, SA_RESTART);
  enter_screen_again();
  notify(TERMINAL_GUARD_RESUME);
  errno = saved;
}

// After SIGSTOP, of which nobody was told, the shell has set its own modes.
static void on_continue(int number) {
  (void)number;
  int saved = errno;
  if (atomic_load(&screen_up) && in_foreground()) {
    set_modes(&own_modes);
    notify(TERMINAL_GUARD_RESUME);
  }
  errno = saved;
}

static void guard(int number, void (*handler)(int), int flags) {
  sigaction(number, NULL, &previous[number]);
  // What the parent chose to have ignored (as nohup does) stays ignored.
  if (previous[number].sa_handler == SIG_IGN && !(previous[number].sa_flags & SA_SIGINFO)) return;
  install(number, handler, flags);
}

static void guard_signals(void) {
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  sigaltstack(&stack, NULL);
  for (int i = 0; i < ending_count; i++) guard(ending[i], end_by, SA_RESTART);
  for (int i = 0; i < crash_count; i++) guard(crashes[i], end_by, SA_ONSTACK);
  guard(SIGINT, on_interrupt, SA_RESTART);
  guard(SIGWINCH, on_resize, SA_RESTART);
  guard(SIGTSTP, on_stop, SA_RESTART);
  guard(SIGCONT, on_continue, SA_RESTART);
}

static void unguard_signals(void) {
  for (int i = 0; i < ending_count; i++) sigaction(ending[i], &previous[ending[i]], NULL);
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &previous[crashes[i]], NULL);
  const int others[] = {SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
  for (int i = 0; i < 4; i++) sigaction(others[i], &previous[others[i]], NULL);
}

// MARK: The interface

int terminal_guard_begin(void) {
  if (atomic_load(&in_force)) return EBUSY;
  if (tcgetattr(STDIN_FILENO, &found_modes) < 0) return errno;
  own_modes = found_modes;
  if (pipe2(wake, O_NONBLOCK | O_CLOEXEC) < 0) return errno;
  prepare_errors();
  atomic_store(&notices, 0);
  atomic_store(&in_force, true);
  guard_signals();
  // exit() in the middle of things gives the terminal back as well.
  static bool registered = false;
  if (!registered) registered = atexit(terminal_guard_end) == 0;
  return 0;
}

void terminal_guard_set_strings(const char *enter, size_t enter_count, const char *leave,
                                size_t leave_count) {
  if (enter_count > string_capacity || leave_count > string_capacity) return;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  memcpy(enter_string, enter, enter_count);
  memcpy(leave_string, leave, leave_count);
  enter_length = enter_count;
  leave_length = leave_count;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void terminal_guard_enter(void) {
  put_errors_aside();
  atomic_store(&screen_up, true);
}

void terminal_guard_adopt_modes(void) { tcgetattr(STDIN_FILENO, &own_modes); }

void terminal_guard_end(void) {
  if (!atomic_exchange(&in_force, false)) return;
  leave_screen();
  unguard_signals();
  forget_errors();
  close(wake[0]);
  close(wake[1]);
  wake[0] = wake[1] = -1;
}

int terminal_guard_wait(int milliseconds) {
  if (atomic_load(&notices)) milliseconds = 0;
  struct pollfd sources[] = {{STDIN_FILENO, POLLIN, 0}, {wake[0], POLLIN, 0}};
  int ready = poll(sources, 2, milliseconds);
  int result = 0;
  if (ready > 0) {
    if (sources[0].revents & POLLIN) result |= TERMINAL_GUARD_INPUT;
    if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) result |= TERMINAL_GUARD_HANGUP;
  }
  char octets[64];
  while (read(wake[0], octets, sizeof octets) > 0) {
  }
  return result | atomic_exchange(&notices, 0);
}

void terminal_guard_hang_up(void) { end_by(SIGHUP); }

void terminal_guard_size(int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0) size = (struct winsize){0};
  *columns = size.ws_col;
  *rows = size.ws_row;
}
