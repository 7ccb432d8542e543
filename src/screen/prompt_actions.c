/*
 * prompt_actions.c - from the composer to a turn, and the way back. The queue keeps its order, and only a complete reply sends
 * the next by itself: after a failure, or when the reply was stopped, it waits for Enter.
 */
#include "screen/prompt_actions.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/best.h"
#include "app/branches.h"
#include "app/pane.h"
#include "app/prompt_send.h"
#include "app/talk.h"
#include "app/turn.h"
#include "app/version.h"
#include "base/mem.h"
#include "pages/models_page.h"

void
prompts_send(struct app *app)
{
	struct talk *talk = app->pane->talk;

	if (version_is_of_reply(app)) {
		(void)branches_save_edited(app);
		return;
	}
	if (!prompt_is_there(app)) {
		if (talk->prompts.n == 0 && best_keep(app))
			return;
		if (talk->prompts.n == 0 || !models_page_comes_first(app, prompts_send))
			turn_next(app, talk);
		return;
	}
	app->composer.pasted_start = app->composer.pasted_start || prompts_was_offered(app);
	if (!models_page_comes_first(app, prompts_send))
		prompt_send(app, prompts_send);
}

void
prompts_offer(struct app *app)
{
	const char *text = composer_text(&app->composer);
	char *words =
	        mem_printf("%.*s is no command: Enter again sends it as a message", (int)strcspn(text, " \t\n"), text);

	app_say(app, true, words);
	free(words);
	app->offered = true;
}

bool
prompts_was_offered(const struct app *app)
{
	return app->offered;
}

/* What may come back into the composer was there before: it is not too long. */
static void
put_back(struct app *app, const char *text)
{
	if (!composer_replace(&app->composer, text, strlen(text)))
		app_say(app, true, "the prompt is too long for the input");
}

void
prompts_take_back(struct app *app)
{
	struct talk *talk = app->pane->talk;
	struct queued_prompt last;

	if (!composer_is_blank(&app->composer)) {
		if (talk->prompts.n > 0)
			app_say(app, false, "the input holds a text: send or clear it, then take the queued one back");
		return;
	}
	if (talk->prompts.n > 0 && attach_has_files(app, talk)) {
		app_say(app, false, "files are attached to the next prompt: send or detach them first");
		return;
	}
	if (!prompt_queue_take_last(&talk->prompts, &last))
		return;
	put_back(app, last.text);
	attachments_add_all(&talk->attached, &last.files);
	queued_prompt_release(&last);
}

void
prompts_up(struct app *app)
{
	const char *older;
	char *typed;

	if (app->composer.text.len == 0 && app->pane->talk->prompts.n > 0) {
		prompts_take_back(app);
		return;
	}
	if (composer_up(&app->composer))
		return;
	typed = composer_typed(&app->composer);
	older = recall_older(&app->recall, typed);
	if (older)
		put_back(app, older);
	free(typed);
}

void
prompts_down(struct app *app)
{
	const char *newer;
	char *typed;

	if (composer_down(&app->composer))
		return;
	typed = composer_typed(&app->composer);
	newer = recall_newer(&app->recall, typed);
	if (newer)
		put_back(app, newer);
	free(typed);
}
