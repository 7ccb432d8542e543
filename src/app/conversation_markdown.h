/*
 * conversation_markdown.h - a conversation as a Markdown text that a person can read and paste elsewhere: who said what, without
 * reasoning.
 */
#ifndef FLYNN_APP_CONVERSATION_MARKDOWN_H
#define FLYNN_APP_CONVERSATION_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "chat/conversation.h"
#include "text/fence.h"

/* Appends the system text and the path to the leaf: texts as they came, each below a heading that says whose it is. */
void markdown_put_conversation(struct conversation *, struct buf *out);

/* The same in steps of so many bytes. Zeroed to begin with; texts may grow meanwhile, the path stays. False: there is more. */
struct markdown_steps {
	bool begun;     /* the system text is there */
	size_t message; /* of the path: its heading is there, */
	bool headed;
	size_t at;            /* and so much of its text, */
	struct fences fences; /* of which the whole lines were read */
};
bool markdown_put_step(struct markdown_steps *, struct conversation *, size_t bytes, struct buf *out);

#endif
