/*
 * turn_search.h - a turn that waits for a server. Where no endpoint is configured the default ones are tried, and what answers
 * there may be another program: nothing is sent until one of them has answered as llama-server does.
 */
#ifndef FLYNN_APP_TURN_SEARCH_H
#define FLYNN_APP_TURN_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct talk;

/* False: its server is known, nothing is waited for. Else the server is looked for now, and what comes of it is told by the
 * next record of the link's watch. `last` is the id of the last message that is sent. */
bool turn_search_begin(struct app *, struct talk *, uint64_t last, bool with_tokens);

/* It is waited for no longer. False: it was not. */
bool turn_search_end(struct app *, struct talk *);

#endif
