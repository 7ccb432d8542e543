/*
 * prompts.c - from the composer to a turn, and the way back. The queue keeps its order, and only a complete reply sends
 * the next by itself: after a failure, or when the reply was stopped, it waits for Enter.
 */
#include "app/prompts.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/pane.h"
#include "app/suspend.h"
#include "app/talk.h"
#include "app/turn.h"

void
prompts_send(struct app *app)
{
	const char *text = composer_text(&app->composer);

	if (composer_is_blank(&app->composer)) {
		turn_next(app, app->pane->talk);
		return;
	}
	recall_add(&app->recall, text);
	keeper_prompt(app, text);
	if (talk_is_idle(app->pane->talk)) {
		turn_send(app);
		return;
	}
	prompt_queue_add(&app->pane->talk->prompts, text);
	composer_reset(&app->composer);
}

/* What may come back into the composer was there before: it is not too long. */
static void
put_back(struct app *app, const char *text)
{
	if (!composer_replace(&app->composer, text, strlen(text)))
		app_say(app, true, "the prompt is too long for the composer");
}

void
prompts_take_back(struct app *app)
{
	char *last;

	if (!composer_is_blank(&app->composer)) {
		if (app->pane->talk->prompts.n > 0)
			app_say(app, false, "the input holds a text: send or clear it, then take the queued one back");
		return;
	}
	last = prompt_queue_take_last(&app->pane->talk->prompts);
	if (last)
		put_back(app, last);
	free(last);
}

void
prompts_up(struct app *app)
{
	const char *older;

	if (app->composer.text.len == 0 && app->pane->talk->prompts.n > 0) {
		prompts_take_back(app);
		return;
	}
	if (composer_up(&app->composer))
		return;
	older = recall_older(&app->recall, composer_text(&app->composer));
	if (older)
		put_back(app, older);
}

void
prompts_down(struct app *app)
{
	const char *newer;

	if (composer_down(&app->composer))
		return;
	newer = recall_newer(&app->recall, composer_text(&app->composer));
	if (newer)
		put_back(app, newer);
}

/* ---- the editor ---- */

void
prompts_edit(struct app *app)
{
	struct err err;

	if (!app->term || app->editor.pid > 0)
		return;
	term_suspend(app->term);
	if (editor_start(&app->editor, composer_text(&app->composer), &err))
		return;
	term_resume(app->term);
	app_say(app, true, err.text);
}

static void
take_edited(struct app *app, int status)
{
	struct buf text = {0};
	struct err err;

	if (!editor_take(&app->editor, status, &text, &err))
		app_say(app, true, err.text);
	else if (strcmp(buf_text(&text), composer_text(&app->composer)) != 0 &&
	         !composer_replace(&app->composer, buf_text(&text), text.len))
		app_say(app, true, "that is too much for one prompt");
	buf_release(&text);
}

void
prompts_child(struct app *app)
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
		take_edited(app, status);
		app->stale = true;
		break;
	}
}
