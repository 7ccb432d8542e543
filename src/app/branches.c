/*
 * branches.c - the actions on messages of the tree. A turn holds on to its messages, so that the tree stays as it is while
 * a reply is on its way.
 */
#include "app/branches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/focus.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/turn.h"
#include "app/version.h"
#include "base/mem.h"

static struct conversation *
shown(const struct app *app)
{
	return app->pane->talk->session.conversation;
}

/* The view's end is the leaf now. */
static void
show_leaf(struct app *app)
{
	app->pane->talk->session.version++;
	transcript_end(&app->pane->transcript);
	app->stale = true;
}

/* ---- another prompt ---- */

bool
branches_edit(struct app *app, struct message *m)
{
	struct message *prompt = m && m->role == CHAT_ASSISTANT ? m->parent : m;

	if (!turn_may_begin(app))
		return false;
	if (!prompt) {
		app_say(app, false, "there is no prompt to change");
		return false;
	}
	version_begin(app, prompt->id);
	version_put_back(app, buf_text(&prompt->content));
	app->pane->focus = CONTEXT_COMPOSER;
	app_say(app, false,
	        prompt == m ? "Enter sends it as another version, Esc cancels"
	                    : "editing the reply's prompt: Enter sends another version, Esc cancels");
	return true;
}

/* ---- another reply ---- */

bool
branches_continue(struct app *app)
{
	if (!turn_may_begin(app))
		return false;
	if (!session_can_continue(&app->pane->talk->session)) {
		app_say(app, false, "nothing to continue: the last reply was not cut short");
		return false;
	}
	turn_continue(app);
	return true;
}

/* ---- the tree ---- */

bool
branches_sibling(struct app *app, struct message *m, int steps)
{
	char words[96];
	struct message *other;
	size_t number, of;

	if (!turn_may_begin(app) || !m)
		return false;
	other = conversation_sibling(shown(app), m, steps);
	number = conversation_sibling_number(shown(app), other, &of);
	if (of < 2) {
		app_say(app, false, "there is no other version of this message");
		return false;
	}
	conversation_set_leaf(shown(app), message_newest_below(other));
	snprintf(words, sizeof(words), "version %zu of %zu", number, of);
	app_say(app, false, words);
	show_leaf(app);
	return true;
}

bool
branches_delete(struct app *app, struct message *m)
{
	if (!turn_may_begin(app))
		return false;
	if (!m) {
		app_say(app, false, "there is nothing to delete");
		return false;
	}
	if (version_is_editing(app))
		version_leave(app);
	app->pane->talk->changed = 0;
	conversation_delete(shown(app), m);
	show_leaf(app);
	app_say(app, false, "deleted; /undelete brings it back");
	return true;
}

bool
branches_undelete(struct app *app)
{
	if (!turn_may_begin(app))
		return false;
	if (!conversation_undelete(shown(app))) {
		app_say(app, false, "nothing was deleted in this conversation");
		return false;
	}
	show_leaf(app);
	app_say(app, false, "restored");
	return true;
}

bool
branches_show(struct app *app, struct message *m)
{
	if (!conversation_is_on_path(shown(app), m)) {
		if (!turn_may_begin(app))
			return false;
		conversation_set_leaf(shown(app), message_newest_below(m));
		show_leaf(app);
	}
	focus_on(app, m);
	return true;
}

bool
branches_fork(struct app *app, struct message *m)
{
	struct talk *fork;

	if (!m) {
		app_say(app, false, "there is nothing to fork from");
		return false;
	}
	if (m->state == MESSAGE_STREAMING && !turn_may_begin(app))
		return false;
	fork = talk_new(conversation_fork(shown(app), m), NULL);
	fork->system_said = app->pane->talk->system_said;
	conversations_open(app, fork);
	app_say(app, false, "forked; /back returns to the original conversation");
	return true;
}
