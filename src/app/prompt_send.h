/*
 * prompt_send.h - the prompt in the composer goes to the model, or into the queue while a reply is on its way.
 */
#ifndef FLYNN_APP_PROMPT_SEND_H
#define FLYNN_APP_PROMPT_SEND_H

#include <stdbool.h>

struct app;

/* Something is to be sent: a text, or files alone. */
bool prompt_is_there(const struct app *);
/* `again` is called once the prompt's files were looked at: it comes back here. A prompt that does not fit into the context stays,
 * which is said once. */
void prompt_send(struct app *, void (*again)(struct app *));

#endif
