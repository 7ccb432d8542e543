/*
 * grammar_reader.h - reads the grammars that the screen wants, without the UI thread waiting for the disk.
 *
 * One short-lived thread per file (base/errand.h). The store's threads could read it too,
 * but there are none without a history (the demo, --no-history), and the writer may be busy for long with an old history
 * while the first reply streams already.
 */
#ifndef FLYNN_SYSTEM_GRAMMAR_READER_H
#define FLYNN_SYSTEM_GRAMMAR_READER_H

#include <stdbool.h>

#include "base/errand.h"
#include "syntax/grammars.h"
#include "system/grammar_files.h"

/* Zeroed: there is none, and code is plain. */
struct grammar_reader {
	struct grammar_files *files; /* NULL while they are read */
	struct errand *errand;       /* which has them then; or NULL */
};

/* `folder`: looked into before the system's, or NULL. */
void grammar_reader_init(struct grammar_reader *, const char *folder);
void grammar_reader_release(struct grammar_reader *);

/* Every turn of the loop: hands over the grammar that was read, and starts on the next. True: the screen has changed. */
bool grammar_reader_turn(struct grammar_reader *, struct grammars *);

int grammar_reader_fd(const struct grammar_reader *); /* for poll(2); -1: there is nothing to wait for */

#endif
