/*
 * tour.h - the server of `flynn demo`: a stand-in that plays tour.script.
 */
#ifndef FLYNN_DEMO_TOUR_H
#define FLYNN_DEMO_TOUR_H

#include "demo/standin.h"

enum {
	TOUR_TIMEOUT_MS = 4000, /* how long a client should wait for it: its script names the number */
};

struct standin *tour_new(struct err *);

/* The whole of tour.script: the build makes this function from it. */
const char *tour_script(void);

#endif
