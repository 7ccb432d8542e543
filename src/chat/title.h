/*
 * title.h - a conversation's title from its first prompt.
 */
#ifndef FLYNN_CHAT_TITLE_H
#define FLYNN_CHAT_TITLE_H

#include "base/buf.h"

enum {
	TITLE_CHARACTERS_MAX = 72,
};

/* Appends the prompt's first line that says something, without what is Markdown in front of it, cut at a space where it
 * is too long; "" where there is none. */
void title_from_prompt(const char *prompt, struct buf *title);

#endif
