/*
 * reply_parameters.h - the parameters that a reply was made with (p among the messages), beside what holds now; Enter uses them again
 * for this conversation.
 */
#ifndef FLYNN_PAGES_REPLY_PARAMETERS_H
#define FLYNN_PAGES_REPLY_PARAMETERS_H

struct app;
struct view;

const struct view *reply_parameters_page(void);

/* Of the message with the cursor; where there are none to be shown it says why. */
void reply_parameters_open(struct app *);
void reply_parameters_close(struct app *);
void reply_parameters_move(struct app *, int way);
void reply_parameters_use(struct app *);

#endif
