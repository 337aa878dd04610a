#pragma once
// ncursesw for Swift: what Swift cannot import as it stands (variables that are not safe under
// concurrency, macros with casts) becomes an inline function or a constant here.
#define NCURSES_WIDECHAR 1
#include <ncursesw/ncurses.h>
#include <ncursesw/term.h>
#include <stdio.h>

static inline WINDOW *curses_screen(void) { return stdscr; }
static inline WINDOW *curses_physical_screen(void) { return curscr; }
static inline int curses_lines(void) { return LINES; }
static inline int curses_columns(void) { return COLS; }
static inline int curses_colours(void) { return COLORS; }

// A screen on the process's standard output and input; NULL when that is not possible.
static inline SCREEN *curses_new_screen(const char *terminal) {
  return newterm(terminal, stdout, stdin);
}

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_reverse = A_REVERSE;
static const attr_t curses_underline = A_UNDERLINE;

static const mmask_t curses_pressed = BUTTON1_PRESSED;
static const mmask_t curses_released = BUTTON1_RELEASED;
static const mmask_t curses_clicked = BUTTON1_CLICKED;
static const mmask_t curses_double_clicked = BUTTON1_DOUBLE_CLICKED;
static const mmask_t curses_wheel_up = BUTTON4_PRESSED;
static const mmask_t curses_wheel_down = BUTTON5_PRESSED;

// A string of the terminal's description, NULL when the terminal has none of that name.
static inline const char *curses_string(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}
