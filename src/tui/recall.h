/*
 * recall.h - the prompts that were sent, to be had again: what Up and Down go through at the edges of the input.
 *
 * The last entry is the draft, what was being typed. An entry that was changed and left stays so until the next prompt
 * is sent: nothing that was typed is lost on the way.
 */
#ifndef FLYNN_TUI_RECALL_H
#define FLYNN_TUI_RECALL_H

#include <stdbool.h>
#include <stddef.h>

enum {
	RECALL_MAX = 500, /* prompts; past this the oldest is forgotten */
};

struct recall_entry {
	char *prompt;
	char *changed; /* NULL: it is not */
};

/* Zeroed to begin with. */
struct recall {
	struct recall_entry *entries; /* the oldest first */
	size_t n, space;
	size_t at;   /* n: the draft */
	char *draft; /* while `at` is another, or NULL */
};

void recall_release(struct recall *);

/* The newest from now on; the same as the last one is not added twice. */
void recall_add(struct recall *, const char *prompt);

/* The text before (after) the one that the input holds now, which is `text`; borrowed until the next call. NULL: there
 * is none. */
const char *recall_older(struct recall *, const char *text);
const char *recall_newer(struct recall *, const char *text);

/* Whether a prompt has this part, and the byte where it begins (0, if not). Capitals count if the part has any. */
bool recall_has(const char *prompt, const char *part);
size_t recall_find_in(const char *prompt, const char *part);
/* The nearest entry before `from` (`n` and more: after the newest) that has the part, or after it; `n`: there is none. */
size_t recall_find_older(const struct recall *, const char *part, size_t from);
size_t recall_find_newer(const struct recall *, const char *part, size_t from);

#endif
