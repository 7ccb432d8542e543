/*
 * attach_words.h - words such as @notes.txt in a prompt: a file is attached where its @ was typed, and begins a word. The path is
 * quoted as in sh; what follows it in a sentence is none of it (system/attachment_job.h).
 */
#ifndef FLYNN_APP_ATTACH_WORDS_H
#define FLYNN_APP_ATTACH_WORDS_H

#include <stdbool.h>

#include "system/path_words.h"
#include "text/shell_words.h"

struct composer;

/* Appends the paths of all such words, PATH_LIST_MAX at most. */
void attach_words_find(const struct composer *, struct path_list *);

/* The one that the cursor is at the end of, which may be empty so far. False: it is at none. */
bool attach_words_at_cursor(const struct composer *, struct shell_word *);

#endif
