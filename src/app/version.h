/*
 * version.h - an earlier prompt, or a reply, that is being changed in the composer: sent or saved, it becomes another version
 * beside the old one.
 * What stood in the composer before waits meanwhile. All of it is about the focused pane's conversation.
 */
#ifndef FLYNN_APP_VERSION_H
#define FLYNN_APP_VERSION_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct message;

bool version_is_editing(const struct app *);
bool version_is_of_reply(const struct app *);       /* a reply's text it is, which Enter saves */
void version_begin(struct app *, uint64_t message); /* sets aside what is in the composer */
void version_edit_again(struct app *); /* the running turn came to nothing: what was true of its prompt is so again */
void version_leave(struct app *);      /* restores the composer's earlier text */

bool version_fits(const struct message *); /* its text into the composer */
/* The text of one that fits, as it stands: a slash at its start is none of a command. */
void version_put_text(struct app *, const struct message *);
void version_put_back(struct app *, const char *prompt); /* into the composer, as it would be typed */

#endif
