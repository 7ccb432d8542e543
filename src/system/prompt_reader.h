/*
 * prompt_reader.h - reads the library of prompts, without the UI thread waiting for the disk.
 *
 * One short-lived thread at a time (base/errand.h), for a list or for a text, as those of grammar_reader.h and for the same
 * reason.
 */
#ifndef FLYNN_SYSTEM_PROMPT_READER_H
#define FLYNN_SYSTEM_PROMPT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/prompt_files.h"

struct prompt_reader;

enum prompt_news {
	PROMPT_NOTHING,
	PROMPT_LISTED,  /* prompt_reader_files has what is there now */
	PROMPT_READ,    /* prompt_reader_take has the text */
	PROMPT_REFUSED, /* the text cannot be read */
};

/* `folder`: borrowed; or NULL: there is no library. */
struct prompt_reader *prompt_reader_new(const char *folder);
void prompt_reader_free(struct prompt_reader *); /* whether or not its disk answers */

void prompt_reader_list(struct prompt_reader *);                   /* asks for the list */
void prompt_reader_read(struct prompt_reader *, const char *name); /* asks for a text, in place of one that waits */

/* Every turn of the loop. PROMPT_REFUSED: err says why. */
enum prompt_news prompt_reader_turn(struct prompt_reader *, struct err *);
int prompt_reader_fd(const struct prompt_reader *); /* for poll(2); -1: there is nothing to wait for */

const struct prompt_files *prompt_reader_files(const struct prompt_reader *); /* as of the last list */
bool prompt_reader_is_listed(const struct prompt_reader *);                   /* there was one yet */

const struct err *prompt_reader_list_error(const struct prompt_reader *); /* why it is empty; ERR_NONE: it may be */

/* The text that was read (yours), and where the cursor goes in it. */
char *prompt_reader_take(struct prompt_reader *, size_t *cursor);

#endif
