/*
 * conversation_markdown.h - a conversation as a Markdown text that a person can read and paste elsewhere: who said what, without
 * reasoning.
 */
#ifndef FLYNN_APP_CONVERSATION_MARKDOWN_H
#define FLYNN_APP_CONVERSATION_MARKDOWN_H

#include "base/buf.h"
#include "chat/conversation.h"

/* Appends the system text and the path to the leaf: texts as they came, each below a heading that says whose it is. */
void markdown_put_conversation(struct conversation *, struct buf *out);

#endif
