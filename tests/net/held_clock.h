/*
 * held_clock.h - a clock that a test holds: then time passes for this process when the test says so, and not while a busy
 * machine has no processor for one of its threads. curl has the system's clock all the same.
 */
#ifndef FLYNN_TESTS_NET_HELD_CLOCK_H
#define FLYNN_TESTS_NET_HELD_CLOCK_H

#include <stdbool.h>

#include "tests/net/tests.h"

/* Before there is a rig; and before it is released, for the clock goes back. False: it cannot be held here, and the test is
 * skipped. */
bool clock_hold(void);
void clock_let_go(void);

/* So much time passes, and the net thread does what is due. */
void clock_pass(struct rig *, int ms);

#endif
