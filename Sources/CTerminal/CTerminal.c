#include "include/CTerminal.h"
