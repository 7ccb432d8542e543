/*
 * subject.h - one flynn on a terminal, with a stand-in of its own that answers it in numbered words: what is typed into it,
 * and when each word came onto its screen.
 */
#ifndef FLYNN_TESTS_TORTURE_SUBJECT_H
#define FLYNN_TESTS_TORTURE_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/torture/word.h"

enum subject_kind {
	SUBJECT_CHAT,
	SUBJECT_NEW,    /* the chat with --new: what is typed is sent at once */
	SUBJECT_SEARCH, /* the chat: one prompt, then the browser of all conversations */
	SUBJECT_ASK,
	SUBJECT_ASK_ON, /* ask -C */
};

/* Words 1 to n were seen; word i first at seen_ms[i - 1]. */
struct sight {
	int n;
	int64_t seen_ms[WORD_MAX];
};

struct subject {
	enum subject_kind kind;
	int round;
	char who;
	struct standin *standin;
	struct pty *pty;
	int typed;              /* words */
	bool entered[WORD_MAX]; /* Enter was pressed behind it */
	struct sight seen, replies[WORD_REPLIES], thoughts[WORD_REPLIES];
	int64_t next_key_ms;
	bool is_up; /* the terminal is its own: what is typed before is the kernel's affair */
	bool browsing;
	bool has_quit; /* by itself, so that nothing may be missing */
	int64_t end_ms;
};

struct subject *subject_new(enum subject_kind, int round, char who);
void subject_free(struct subject *);

/* Takes what comes to its screen for a moment, and types what is due. */
void subject_step(struct subject *);

void subject_kill(struct subject *);

/* Ctrl+Q. False: it did not end as it should. */
void subject_quit(struct subject *);

#endif
