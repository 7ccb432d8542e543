/*
 * ledger.h - what the history of all rounds must hold: of each flynn that ran, the words that were found when it was dead,
 * every one of them once, for ever.
 */
#ifndef FLYNN_TESTS_TORTURE_LEDGER_H
#define FLYNN_TESTS_TORTURE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "store/history.h"
#include "tests/torture/subject.h"

enum {
	LEDGER_LIMIT_MS = 250, /* that the history may be behind the screen, unless told otherwise */
};

struct ledger;

struct ledger *ledger_new(const char *prompts, int limit_ms); /* the path of the prompts to recall, borrowed */
void ledger_free(struct ledger *);

/* Begins to expect words of this flynn, which may be running; its entry is settled by the first look after its end. */
void ledger_enter(struct ledger *, struct subject *);

/* Reads all of the history. Failures are reported. Of flynns that ended since the last look (their subjects are still
 * there) it is asked what is missing; from then on they have just what was found. */
void ledger_look(struct ledger *, struct history *);

/* How far behind a screen a history was at the most when its flynn was killed, and how many words it had not. */
struct ledger_counts {
	int worst_ms;
	long words, lost; /* seen on screens; of these not in the history, for they were too new */
	int messages;
	long bytes;
};

struct ledger_counts ledger_counts(const struct ledger *);

#endif
