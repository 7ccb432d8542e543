/*
 * head.h - the header of an answer as it comes in, a line at a time: one header or several, for 1xx answers come before
 * the one that counts.
 */
#ifndef FLYNN_NET_HEAD_H
#define FLYNN_NET_HEAD_H

#include <stdbool.h>

#include "base/buf.h"
#include "llama/http.h"

/* Zeroed to begin with. */
struct head {
	int status;
	struct buf reason, content_type, location, server; /* the last of each that was named */
};

void head_release(struct head *);

/* A line with its end. True: it was the last one, the empty line of an answer that is no 1xx. */
bool head_take_line(struct head *, const char *line);

/* What the lines said; borrowed until the next one. */
struct http_head head_say(const struct head *);

#endif
