#pragma once
#define NCURSES_WIDECHAR 1
#define NCURSES_OPAQUE 1
#include <ncursesw/ncurses.h>
