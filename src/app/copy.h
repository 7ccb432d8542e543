/*
 * copy.h - copied text goes to the configuration's copy_command, else to the terminal's clipboard. It is the text as it
 * came, not as it is shown: neither cleaned nor wrapped. The status bar says what was copied, or why not (false).
 */
#ifndef FLYNN_APP_COPY_H
#define FLYNN_APP_COPY_H

#include "app/app.h"

/* Of the path the last reply that has a text; NULL: there is none. */
const struct message *copy_last_reply(const struct app *);

/* NULL: there is none, which is said. */
bool copy_message(struct app *, const struct message *);
bool copy_code(struct app *, const struct message *, size_t which); /* its which-th code block, from 1 */
struct fence_index;
bool copy_indexed_code(struct app *, const struct message *, const struct fence_index *, size_t which);
/* Before each frame: one step of what is copied in steps (app/copy_job.h). True: there are more. */
bool copy_turn(struct app *);

bool copy_address(struct app *, const char *);

/* A text of whatever kind: "copied " and those words, and how long it is. */
bool copy_text(struct app *, const struct buf *, const char *words);
bool copy_conversation(struct app *);                /* the path, as app/conversation_markdown.h writes it */
bool copy_asked(struct app *, const char *argument); /* as /copy is */

#endif
