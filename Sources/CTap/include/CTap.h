#pragma once
#include <stdbool.h>
#include <stdint.h>

// A TAP device in a network of its own, with the kernel and a web server behind it, made without
// root: a child process (the keeper) enters new user, network and process namespaces, makes the
// device there, starts the server and hands the device back. Processes are forked and namespaces
// entered here because a child may only do what is safe between fork and exec.
//
// The keeper sees when its maker is gone, whatever ended it: then it ends the server, removes the
// server's folder and ends itself; with its last process the network is gone, too.

// How far the making has come; what failed is reported by the stage that it failed in.
enum tap_stage {
  TAP_DONE = 0,
  TAP_PROCESS,         // pipe, fork
  TAP_NAMESPACES,      // unshare and the maps of users
  TAP_DEVICE,          // opening /dev/net/tun
  TAP_INTERFACE,       // making the device and giving it its addresses
  TAP_FOLDER,          // the server's folder
  TAP_SERVER_MISSING,  // python3 cannot be run
  TAP_SERVER_ENDED,    // it ended by itself
  TAP_SERVER_SILENT    // it does not listen, or the keeper does not answer
};

// What is wanted.
struct tap_wish {
  uint8_t hardware_address[6];       // of the kernel's end
  uint8_t address[4];                // of the kernel's end, in the order of the wire
  uint8_t prefix_length;
  uint16_t maximum_transmission_unit;  // octets of an IP packet
  bool knows_neighbour;              // the kernel knows the other end's Ethernet address
  uint8_t neighbour_hardware_address[6];
  uint8_t neighbour_address[4];
  uint16_t port;                     // of python3 -m http.server; 0: no server
};

// What was made.
struct tap_line {
  int device;   // the TAP device, not blocking; -1 if there is none
  int control;  // closing it ends the keeper
  int keeper;   // its process
};

// Makes the line within a time. Returns a `tap_stage`: TAP_DONE, or where it failed, with the
// errno in `error`; nothing is left behind then.
int tap_open(const struct tap_wish *wish, int milliseconds, struct tap_line *line, int *error);

// Ends the keeper and all that is in its network, and waits until they are gone (at most some
// seconds).
void tap_close(struct tap_line *line);

// Waits until a frame can be read, at most so many nanoseconds. Returns 1, 0 when there is none, or
// a negative errno.
int tap_wait(int device, int64_t nanoseconds);

// Whether /dev/net/tun can be opened here: 0 or the errno.
int tap_probe_device(void);

// Whether a process of ours may have a network of its own: 0 or the errno.
int tap_probe_namespaces(void);
