/*
 * saver_told.h - what was saved of each message of a conversation, and which messages are due (again).
 */
#ifndef FLYNN_STORE_SAVER_TOLD_H
#define FLYNN_STORE_SAVER_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/conversation.h"

/* What the history has of a message. */
struct saver_told {
	int64_t row;               /* 0: nothing */
	size_t content, reasoning; /* bytes */
	size_t tokens;             /* … */
	enum message_state state;
	unsigned moves;  /* of the message: see there */
	unsigned counts; /* what saving_counts made of them */
	bool model, deleted, muted, edited;
	bool stream;  /* its server was said to keep it */
	bool counted; /* its usage was known */
	bool lost;    /* the history has another text than was saved */
	bool due;     /* stands in the list */
};

/* Zeroed to begin with. */
struct saver_told_list {
	struct saver_told *of; /* of[id - 1] */
	size_t n, space;
	uint64_t *due; /* ids, in the order in which they became so */
	size_t n_due, due_space;
	int64_t *removed; /* rows that are to be */
	size_t n_removed;
};

void saver_told_release(struct saver_told_list *);

/* Creates the entry, with nothing saved, if there is none. Borrowed until the next call. */
struct saver_told *saver_told_of(struct saver_told_list *, uint64_t id);
void saver_told_make_due(struct saver_told_list *, uint64_t id); /* once */
void saver_told_remove(struct saver_told_list *, int64_t row);

#endif
