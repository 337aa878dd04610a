#include "packetdrill_interface.h"

// Each of its members is a pointer: the layout is part of the contract.
_Static_assert(sizeof(struct packetdrill_interface) == 33 * sizeof(void *), "33 pointers");
