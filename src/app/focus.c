/*
 * focus.c - the message cursor belongs to the view; where keys go belongs to the pane. Here the two are kept in step.
 */
#include "app/focus.h"

#include "app/app.h"
#include "app/pane.h"
#include "app/talk.h"

void
focus_forget_code(struct pane *pane)
{
	fence_index_release(&pane->code.blocks);
	pane->code = (struct focus_code){0};
}

void
focus_transcript(struct app *app)
{
	if (!transcript_cursor_start(&app->pane->transcript)) {
		app_say(app, false, "there is no message yet");
		return;
	}
	app->pane->focus = CONTEXT_TRANSCRIPT;
	focus_forget_code(app->pane);
}

void
focus_on(struct app *app, const struct message *m)
{
	struct transcript *t = &app->pane->transcript;
	size_t n, i = 0;
	struct message *const *path = conversation_path(t->session->conversation, &n);

	transcript_settle(t);
	while (i < n && path[i] != m)
		i++;
	if (i == n)
		return;
	transcript_cursor_put(t, i);
	transcript_go(t, (struct transcript_place){.message = m->id});
	app->pane->focus = CONTEXT_TRANSCRIPT;
	focus_forget_code(app->pane);
}

void
focus_composer(struct app *app)
{
	pane_to_composer(app->pane);
}

void
focus_settle(struct pane *pane)
{
	transcript_settle(&pane->transcript);
	if (pane->focus != CONTEXT_TRANSCRIPT)
		transcript_cursor_stop(&pane->transcript);
	else if (pane->transcript.cursor == 0)
		pane_to_composer(pane);
}

struct message *
focus_message(const struct app *app)
{
	return app->pane->focus == CONTEXT_TRANSCRIPT
	               ? conversation_find(app->pane->talk->session.conversation, app->pane->transcript.cursor)
	               : NULL;
}
