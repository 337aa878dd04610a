#pragma once
#include "CTap.h"

// Makes the TAP interface of an open device with the addresses wished for and brings it up, in the
// network that the process is in. Returns 0 or the errno.
int tap_set_up(int device, const struct tap_wish *wish);
