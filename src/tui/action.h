/*
 * action.h - what a key can be bound to. The rows are in screen/actions.c; here is only what the keymap and the help read
 * of them.
 */
#ifndef FLYNN_TUI_ACTION_H
#define FLYNN_TUI_ACTION_H

struct app;

struct action {
	const char *name;          /* in `bind` lines: "line-start" */
	const char *help;          /* what it does, for the person at the keyboard: "to the start of the line" */
	void (*run)(struct app *); /* or this one, with what the row says: which way to go */
	void (*run_with)(struct app *, int arg);
	int arg;
};

static inline void
action_run(const struct action *action, struct app *app)
{
	if (action->run)
		action->run(app);
	else
		action->run_with(app, action->arg);
}

#endif
