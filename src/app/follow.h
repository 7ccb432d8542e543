/*
 * follow.h - opens an address of the message with the cursor (text/address.h): first it is shown, then Enter hands it to the
 * configuration's open_command, or to the system's own. While one is chosen the keyboard is in the context `address`.
 */
#ifndef FLYNN_APP_FOLLOW_H
#define FLYNN_APP_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct app;

/* Zeroed: nothing is being chosen. */
struct follow {
	uint64_t message; /* whose addresses they are; 0: none */
	size_t which, n;  /* from 1 */
};

/* ---- actions ---- */

void follow_open(struct app *); /* shows the first; there is none: says so */
void follow_next(struct app *);
void follow_previous(struct app *);
void follow_number(struct app *); /* the one whose digit was pressed */
void follow_go(struct app *);     /* opens it */
void follow_copy(struct app *);
void follow_close(struct app *);

#endif
