/*
 * grammar_reader.h - reads the grammars that the screen wants, without the UI thread waiting for the disk.
 *
 * A thread reads one, is joined, and is no more: it shares nothing with anybody but through being started and being
 * joined. It is not the store thread's job, though that reads files: there is no store thread without a history (the demo,
 * --no-history), and where there is one it may be busy for long with a search, or with an old history that is being opened,
 * while the first reply streams already.
 */
#ifndef FLYNN_SYSTEM_GRAMMAR_READER_H
#define FLYNN_SYSTEM_GRAMMAR_READER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/wake.h"
#include "syntax/grammars.h"
#include "system/grammar_files.h"

/* Zeroed: there is none, and code is plain. */
struct grammar_reader {
	struct grammar_files *files; /* the thread's while it runs */
	struct wake wake;
	pthread_t thread;
	bool running;
	atomic_bool ended; /* it is about to */
	char language[LANGUAGE_MAX];
	struct grammar *grammar; /* what it found */
};

/* `folder`: looked into before the system's, or NULL. */
bool grammar_reader_init(struct grammar_reader *, const char *folder, struct err *) MUST_USE;
void grammar_reader_release(struct grammar_reader *);

/* Every turn of the loop: gives what was read, and reads what is wanted next. True: the screen looks otherwise now. */
bool grammar_reader_turn(struct grammar_reader *, struct grammars *);

int grammar_reader_fd(const struct grammar_reader *); /* for poll(2); -1: there is nothing to wait for */

#endif
