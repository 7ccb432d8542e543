/*
 * route.h - which route of a script answers a request.
 */
#ifndef FLYNN_DEMO_ROUTE_H
#define FLYNN_DEMO_ROUTE_H

#include <stdbool.h>

#include "demo/script.h"

struct route_request {
	const char *method, *path;
	const char *body;                           /* NUL-terminated; "" for none */
	bool (*holds)(void *arg, const char *name); /* what `hold` has said; NULL: nothing holds */
	void *arg;
};

/* What a chat of this body counts, by the rule of script.h. */
long route_count_tokens(const char *body);
/* How many of these are known since the last reply: all but the last message, where there is one. */
long route_count_known(const char *body);

/* The index of the first route that fits, or -1. */
long route_find(const struct script *, const struct route_request *);

#endif
