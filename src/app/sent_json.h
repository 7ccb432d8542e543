/*
 * sent_json.h - the last request of a conversation as JSON to read. It is made again from what it was made of (app/sent.h), and shown
 * whole where it is not large: no key may wait for megabytes. Of a larger one long texts are cut, and messages in the middle left out.
 */
#ifndef FLYNN_APP_SENT_JSON_H
#define FLYNN_APP_SENT_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct talk;

/* Zeroed to begin with. */
struct sent_json {
	struct buf text;   /* indented; yours to release. "": it failed */
	struct err failed; /* or ERR_NONE */
	bool is_short;     /* it is not all of it */
	bool is_changed;   /* a text was changed since */
};

/* Something was sent in this conversation. */
void sent_json_make(struct sent_json *, const struct talk *);

#endif
