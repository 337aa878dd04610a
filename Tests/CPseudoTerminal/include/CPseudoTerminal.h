#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

// A program run on a pseudo terminal under a minimal job-control shell, for tests.
//
// The shell leads the terminal's session, runs the program as a job in the foreground, and says on
// `reports` what becomes of it. It stays when the program has ended, so that the terminal can be
// looked at, and goes (killing what is left) when `commands` is closed.
struct pty {
  int master;    // the terminal's other side, not blocking
  int commands;  // octets to the shell: 'f' continues the job in the foreground, 'b' behind it
  int reports;   // from the shell: `struct pty_report`
  pid_t shell;
};

struct pty_report {
  pid_t program;
  int status;  // as of waitpid; 0 with `started` set when the program runs
  int started;
};

// Returns 0 or an errno. Program, arguments and environment are NULL-ended as for execve.
int pty_spawn(struct pty *pty, const char *program, char *const arguments[],
              char *const environment[], int columns, int rows, int errors);

int pty_resize(const struct pty *pty, int columns, int rows);

// Modes of the terminal as they are now.
int pty_modes(const struct pty *pty, struct termios *modes);

// Reads what has come within so many milliseconds: the count, 0 when nothing came, -1 at the end.
ssize_t pty_read(const struct pty *pty, void *octets, size_t capacity, int milliseconds);

// Writes all, waiting for room at most so many milliseconds. Returns whether it did.
bool pty_write(const struct pty *pty, const void *octets, size_t count, int milliseconds);

// Fetches the next report if there is one.
bool pty_next_report(const struct pty *pty, struct pty_report *report);

// Ends the shell and all that it runs, and closes everything.
void pty_close(struct pty *pty);

// Columns of a character by the C library in a UTF-8 locale: what a terminal library goes by.
// -1 for what is not printable; -2 without such a locale.
int pty_columns(unsigned character);

bool pty_exited(int status);
int pty_exit_code(int status);
bool pty_signalled(int status);
int pty_signal(int status);
bool pty_stopped(int status);
