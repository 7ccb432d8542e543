/*
 * version.c - the conversation's `edited` is the message, `set_aside` what stood in the composer before.
 */
#include "app/version.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"

bool
version_is_editing(const struct app *app)
{
	return app->pane->talk->edited != 0;
}

bool
version_is_of_reply(const struct app *app)
{
	const struct talk *talk = app->pane->talk;
	const struct message *m = conversation_find(talk->session.conversation, talk->edited);

	return m && m->role == CHAT_ASSISTANT;
}

void
version_begin(struct app *app, uint64_t message)
{
	struct talk *talk = app->pane->talk;

	if (!version_is_editing(app)) {
		talk->set_aside = composer_typed(&app->composer);
		pasted_release(&talk->pasted_aside);
		pasted_copy(&talk->pasted_aside, &app->composer.pasted);
		attach_set_aside(app, talk);
	}
	talk->edited = message;
}

void
version_edit_again(struct app *app)
{
	if (app->pane->talk->changed != 0)
		version_begin(app, app->pane->talk->changed);
}

void
version_leave(struct app *app)
{
	struct talk *talk = app->pane->talk;

	talk->edited = 0;
	if (!composer_bring_back(&app->composer, talk->set_aside, &talk->pasted_aside))
		app_say(app, true, "the earlier draft is too long for the input");
	free(talk->set_aside);
	talk->set_aside = NULL;
	attach_bring_back(app, talk);
	app->stale = true;
}

/* With room for a second slash. */
bool
version_fits(const struct message *m)
{
	return m->content.len < COMPOSER_TEXT_MAX;
}

void
version_put_text(struct app *app, const struct message *m)
{
	(void)composer_replace_pasted(&app->composer, buf_text(&m->content), m->content.len);
}

/* A prompt that begins with a slash takes two. */
void
version_put_back(struct app *app, const char *prompt)
{
	char *typed = mem_printf("%s%s", *prompt == '/' ? "/" : "", prompt);

	if (!composer_replace(&app->composer, typed, strlen(typed)))
		app_say(app, true, "the prompt is too long for the input");
	free(typed);
}
