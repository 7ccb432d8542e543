/*
 * branches.c - the actions on messages of the tree. A turn holds on to its messages, so that the tree stays as it is while
 * a reply is on its way.
 */
#include "app/branches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
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

/* ---- another prompt, or another text of a reply ---- */

bool
branches_may_edit(struct app *app, const struct message *m)
{
	if (!turn_may_begin(app))
		return false;
	if (m && !m->is_summary)
		return true;
	app_say(app, false, m ? "a summary stays as it is" : "there is no prompt to change");
	return false;
}

void
branches_edit(struct app *app, const struct message *m)
{
	version_begin(app, m->id);
	version_put_text(app, m);
	attach_instead(app->pane->talk, m);
	app->pane->focus = CONTEXT_COMPOSER;
	app_say(app, false,
	        m->role == CHAT_ASSISTANT ? "editing the reply: Enter saves another version, Esc cancels"
	                                  : "Enter sends it as another version, Esc cancels");
}

void
branches_save_version(struct app *app, struct message *reply, const char *text)
{
	struct talk *talk = app->pane->talk;

	if (strcmp(text, buf_text(&reply->content)) == 0) {
		app_say(app, false, "nothing was changed");
		return;
	}
	talk_now(talk);
	session_edit(&talk->session, reply, text);
	app_say(app, false, "saved as another version");
	show_leaf(app);
}

bool
branches_save_edited(struct app *app)
{
	struct talk *talk = app->pane->talk;
	char *text;

	if (!turn_may_begin(app))
		return false;
	if (composer_is_blank(&app->composer)) {
		app_say(app, false, "the reply has no text: type one, or press Esc to cancel");
		return false;
	}
	text = mem_strdup(composer_text(&app->composer));
	branches_save_version(app, conversation_find(talk->session.conversation, talk->edited), text);
	free(text);
	version_leave(app);
	return true;
}

/* ---- muting ---- */

/* The reply to it that is shown; NULL: none is. */
static struct message *
reply_on_path(struct conversation *c, const struct message *prompt)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	for (size_t i = 0; i + 1 < n; i++)
		if (path[i] == prompt)
			return path[i + 1];
	return NULL;
}

static void
mute(struct conversation *c, struct message *m, bool muted)
{
	if (!m || m->is_muted == muted)
		return;
	m->is_muted = muted;
	conversation_touch(c, m);
}

bool
branches_mute(struct app *app, struct message *m)
{
	struct message *prompt = m && m->role == CHAT_ASSISTANT ? m->parent : m;
	bool muted = m && !message_is_muted(m);

	if (!prompt || prompt->role != CHAT_USER) {
		app_say(app, false, "only a prompt with its reply can be muted");
		return false;
	}
	mute(shown(app), prompt, muted);
	mute(shown(app), m->role == CHAT_ASSISTANT ? m : reply_on_path(shown(app), prompt), muted);
	app->pane->talk->session.version++;
	app->stale = true;
	app_say(app, false,
	        muted ? "muted: this turn is not sent any more" : "no longer muted: this turn is sent again");
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
	if (!turn_may_continue(app->pane->talk)) {
		app_say(app, false, "a thought can be continued by a llama-server alone: /retry asks again");
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
	turn_stop_kept(app, app->pane->talk, m);
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
	talk_copy_system(fork, app->pane->talk);
	conversations_open(app, fork);
	app_say(app, false, "forked; /back returns to the original conversation");
	return true;
}
