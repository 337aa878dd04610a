#pragma once
#include <stddef.h>

// The guard of the terminal: whatever ends or stops the process, the terminal is given back as it
// was found. Signal handlers may only do what is safe at any point of the program, hence C; all
// they need is prepared beforehand.
//
// At most one guard is in force in a process. Only the thread that began it calls these functions;
// the handlers run on any.

// What `terminal_guard_wait` reports, as bits.
enum {
  TERMINAL_GUARD_INPUT = 1,      // input can be read
  TERMINAL_GUARD_INTERRUPT = 2,  // SIGINT came
  TERMINAL_GUARD_RESIZE = 4,     // SIGWINCH came
  TERMINAL_GUARD_RESUME = 8,     // the process was stopped and is in the foreground again
  TERMINAL_GUARD_HANGUP = 16     // the terminal is gone
};

// Remembers the modes of the terminal on descriptors 0 and 1 and installs the handlers. Returns 0,
// or the errno of what failed, with nothing changed.
//
// SIGTERM, SIGHUP, SIGQUIT and the signals of a crash give the terminal back and then end the
// process as they would have without a guard (the shell sees 128 + n). SIGINT is reported once and
// ends the process when it comes again before the report was fetched, so that a program that
// hangs can still be left. SIGTSTP gives the terminal back and stops.
int terminal_guard_begin(void);

// The octets that enter the screen (after a stop) and that leave it.
void terminal_guard_set_strings(const char *enter, size_t enter_length, const char *leave,
                                size_t leave_length);

// The screen is up from here on, to be left by the strings set before. Where standard error is a
// terminal, what is written to it is kept until the screen is left and then shown.
void terminal_guard_enter(void);

// Remembers the modes in force as those to come back to after a stop.
void terminal_guard_adopt_modes(void);

// Gives the terminal back, handlers and standard error too. Does nothing without a guard.
void terminal_guard_end(void);

// Waits until there is something to report, at most `milliseconds` (negative: for ever; 0: only
// looks). Returns the bits; what is returned is not reported again. May return 0 early.
int terminal_guard_wait(int milliseconds);

// Ends the process as SIGHUP does.
void terminal_guard_hang_up(void);

// The size of the terminal in cells; both 0 when it does not say.
void terminal_guard_size(int *columns, int *rows);
