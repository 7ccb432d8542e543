/*
 * branches.h - actions on an earlier message: change it, go on, look at the others
 * beside it, delete it, fork from it. Nothing is overwritten: the conversation is a tree.
 *
 * Each says in the status bar what hinders it. The message is one of the conversation shown.
 */
#ifndef FLYNN_APP_BRANCHES_H
#define FLYNN_APP_BRANCHES_H

#include <stdbool.h>

struct app;
struct message;

/* False: not this message (NULL: there is none), or not now. */
bool branches_may_edit(struct app *, const struct message *);
/* The prompt or the reply, which fits, goes into the composer; what was there waits. A prompt is sent from there, and a reply is
 * saved, as another version beside the old one. */
void branches_edit(struct app *, const struct message *);
/* Saves the reply that is in the composer; there must be one. */
bool branches_save_edited(struct app *);
/* Saves such a text of the reply, while no other is on its way. */
void branches_save_version(struct app *, struct message *reply, const char *text);

/* Its turn, the prompt with its reply, is no longer sent; or it is again. */
bool branches_mute(struct app *, struct message *);

bool branches_continue(struct app *); /* the last reply, cut short, from where it ends */
bool branches_sibling(struct app *, struct message *, int steps);
bool branches_delete(struct app *, struct message *); /* with all below it */
bool branches_undelete(struct app *);
bool branches_show(struct app *, struct message *); /* its branch in the chat, and the message cursor on it */
bool branches_fork(struct app *, struct message *); /* the way to it becomes a conversation of its own */

#endif
