/*
 * editor_actions.h - the editor ($VISUAL, $EDITOR), with the composer's text or with a message that is too long for the composer.
 */
#ifndef FLYNN_SCREEN_EDITOR_ACTIONS_H
#define FLYNN_SCREEN_EDITOR_ACTIONS_H

#include <stdbool.h>

struct app;
struct message;

void editor_action_edit(struct app *); /* the composer's text */

/* Changes a message: in the composer where it fits, else in the editor, and what is saved there becomes another version. False:
 * refused, which was said. */
bool editor_action_edit_message(struct app *, struct message *);

void editor_action_child(struct app *); /* a child has changed its state: the editor perhaps */

#endif
