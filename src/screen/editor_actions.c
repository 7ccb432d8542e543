/*
 * editor_actions.c - what goes into the editor, and where its text goes then. A text that finds no place stays in its file.
 */
#include "screen/editor_actions.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/branches.h"
#include "app/focus.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/turn.h"
#include "app/version.h"
#include "base/mem.h"
#include "system/suspend.h"

/* ---- what it begins with ---- */

static bool
start(struct app *app, struct buf *text)
{
	struct err err;

	if (!app->term || app->editor.pid > 0)
		return false;
	term_suspend(app->term);
	if (editor_start(&app->editor, text, &err))
		return true;
	term_resume(app->term);
	return app_refuse(app, err.text);
}

/* A slash that was typed twice is one in the prompt. */
static const char *
composer_text_for_editor(const struct app *app)
{
	const char *text = composer_text(&app->composer);

	return composer_has_pasted_slash(&app->composer) ? text : command_as_prompt(text);
}

void
editor_action_edit(struct app *app)
{
	struct buf text = {0};

	app->editor_message = 0;
	buf_puts(&text, composer_text_for_editor(app));
	(void)start(app, &text);
	buf_release(&text);
}

bool
editor_action_edit_message(struct app *app, struct message *m)
{
	if (!branches_may_edit(app, m))
		return false;
	if (version_fits(m)) {
		branches_edit(app, m);
		return true;
	}
	if (!start(app, &m->content))
		return false;
	app->editor_message = m->id;
	return true;
}

/* ---- what it ends with ---- */

/* A command that was typed and not removed in the editor still is one; all else is text. */
static bool
is_same_command(const struct app *app, const char *edited)
{
	const char *text = composer_text(&app->composer);
	size_t len = strcspn(text, " \t\n");

	return command_is_typed(&app->composer) && strncmp(text, edited, len) == 0 && strcspn(edited, " \t\n") == len;
}

static bool
put_into_composer(struct app *app, const struct buf *text)
{
	if (strcmp(buf_text(text), composer_text_for_editor(app)) == 0)
		return true;
	if (is_same_command(app, buf_text(text)))
		return composer_replace(&app->composer, buf_text(text), text->len);
	return composer_replace_pasted(&app->composer, buf_text(text), text->len);
}

static bool
take_composer_text(struct app *app, const struct buf *text, struct err *err)
{
	struct talk *talk = app->pane->talk;

	if (put_into_composer(app, text))
		return true;
	if (!version_is_of_reply(app))
		return err_set(err, ERR_LIMIT, "too long for one prompt");
	branches_save_version(app, conversation_find(talk->session.conversation, talk->edited), buf_text(text));
	version_leave(app);
	return true;
}

static void
take_prompt(struct app *app, struct message *prompt, const struct buf *text)
{
	if (strcmp(buf_text(text), buf_text(&prompt->content)) == 0) {
		app_say(app, false, "nothing was changed");
	} else if (text->len <= COMPOSER_TEXT_MAX) {
		version_begin(app, prompt->id);
		attach_instead(app->pane->talk, prompt);
		focus_composer(app);
		(void)composer_replace_pasted(&app->composer, buf_text(text), text->len);
		app_say(app, false, "Enter sends it as another version, Esc cancels");
	} else {
		turn_send_version(app, prompt, buf_text(text));
	}
}

static bool
take_message_text(struct app *app, const struct buf *text, struct err *err)
{
	struct message *m = conversation_find(app->pane->talk->session.conversation, app->editor_message);

	if (!m || !talk_is_idle(app->pane->talk))
		return err_set(err, ERR_USAGE, "the message cannot be changed now");
	if (strspn(buf_text(text), " \t\n") == text->len)
		return err_set(err, ERR_USAGE, "without a text the message stays as it is");
	if (m->role == CHAT_ASSISTANT)
		branches_save_version(app, m, buf_text(text));
	else
		take_prompt(app, m, text);
	return true;
}

static void
take_text(struct app *app, int status)
{
	struct buf text = {0};
	struct err err;
	bool taken;

	if (!editor_take(&app->editor, status, &text, &err)) {
		(void)app_refuse(app, err.text);
		return;
	}
	taken = app->editor_message ? take_message_text(app, &text, &err) : take_composer_text(app, &text, &err);
	if (taken) {
		editor_remove(&app->editor);
	} else {
		editor_keep(&app->editor, &err);
		(void)app_refuse(app, err.text);
	}
	buf_release(&text);
}

void
editor_action_child(struct app *app)
{
	int status;

	switch (editor_look(&app->editor, &status)) {
	case EDITOR_RUNS:
		break;
	case EDITOR_STOPPED:
		suspend_process();
		editor_go_on(&app->editor);
		break;
	case EDITOR_ENDED:
		term_resume(app->term);
		take_text(app, status);
		app->stale = true;
		break;
	}
}
