/*
 * focus.c - the message cursor is the view's; here is what the app makes of it.
 */
#include "app/focus.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/copy.h"
#include "app/hint.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	DIGIT_LAST = 9,
	NARROW_COLS = 30,
};

/* ---- where it is ---- */

void
focus_transcript(struct app *app)
{
	if (!transcript_cursor_start(&app->pane->transcript)) {
		app_say(app, false, "there is no message yet");
		return;
	}
	app->pane->focus = CONTEXT_TRANSCRIPT;
	app->pane->code = (struct focus_code){0};
}

void
focus_on(struct app *app, const struct message *m)
{
	struct transcript *t = &app->pane->transcript;
	size_t n, i = 0;
	struct message *const *path = conversation_path(t->session->conversation, &n);

	transcript_refresh(t);
	while (i < n && path[i] != m)
		i++;
	if (i == n)
		return;
	transcript_cursor_put(t, i);
	transcript_go(t, (struct transcript_place){m->id, 0});
	app->pane->focus = CONTEXT_TRANSCRIPT;
	app->pane->code = (struct focus_code){0};
}

void
focus_composer(struct app *app)
{
	pane_to_composer(app->pane);
}

void
focus_settle(struct pane *pane)
{
	transcript_refresh(&pane->transcript);
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

void
focus_next(struct app *app)
{
	transcript_cursor_next(&app->pane->transcript);
}

void
focus_previous(struct app *app)
{
	transcript_cursor_previous(&app->pane->transcript);
}

void
focus_first(struct app *app)
{
	transcript_cursor_first(&app->pane->transcript);
}

void
focus_last(struct app *app)
{
	transcript_cursor_last(&app->pane->transcript);
}

void
focus_command(struct app *app)
{
	focus_composer(app);
	app_type(app, "/", 1);
}

void
focus_stop(struct app *app)
{
	if (!app_stop_reply(app))
		focus_composer(app);
}

void
focus_fold(struct app *app)
{
	if (focus_message(app)->reasoning.len > 0)
		transcript_fold_message(&app->pane->transcript, focus_message(app)->id);
	else
		app_say(app, false, "there is no reasoning to show");
}

/* ---- code ---- */

/* How many blocks the message has; its text may have grown. */
static size_t
count_code(struct app *app, const struct message *m)
{
	struct focus_code *code = &app->pane->code;

	if (code->message != m->id || code->fences.at > m->content.len)
		*code = (struct focus_code){.message = m->id};
	fences_count(&code->fences, buf_text(&m->content), m->content.len, m->state != MESSAGE_STREAMING);
	return code->fences.n;
}

void
focus_copy(struct app *app)
{
	(void)copy_message(app, focus_message(app));
}

void
focus_copy_code(struct app *app)
{
	const struct message *m = focus_message(app);
	size_t n = count_code(app, m), which;

	if (app->key.code >= '1' && app->key.code <= '9')
		which = app->key.code - '0';
	else
		which = app->pane->code.copied < n ? app->pane->code.copied + 1 : 1;
	if (copy_code(app, m, which))
		app->pane->code.copied = which;
}

/* ---- the tree ---- */

void
focus_retry(struct app *app)
{
	(void)app_retry(app, focus_message(app));
}

void
focus_edit(struct app *app)
{
	if (branches_edit(app, focus_message(app)))
		focus_composer(app);
}

/* Only the end of a conversation can go on. */
void
focus_continue(struct app *app)
{
	if (focus_message(app) != conversation_leaf(app->pane->talk->session.conversation))
		app_say(app, false, "only the last reply can be continued");
	else
		(void)branches_continue(app);
}

void
focus_delete(struct app *app)
{
	(void)branches_delete(app, focus_message(app));
}

static void
go_to_sibling(struct app *app, int steps)
{
	if (!branches_sibling(app, focus_message(app), steps))
		return;
	transcript_refresh(&app->pane->transcript);
	transcript_cursor_show(&app->pane->transcript);
}

void
focus_sibling_before(struct app *app)
{
	go_to_sibling(app, -1);
}

void
focus_sibling_after(struct app *app)
{
	go_to_sibling(app, 1);
}

/* ---- words ---- */

static char *
say_key(const struct app *app, const char *action, const char *what)
{
	return hint_key(&app->keymap, CONTEXT_TRANSCRIPT, action, what);
}

/* The digits are one thing for whoever presses them. */
static char *
say_code_keys(const struct app *app, size_t n)
{
	const struct key one = {'1', 0};
	const struct action *action = NULL;

	if (n == 0)
		return mem_strdup("");
	if (keymap_find(&app->keymap, CONTEXT_TRANSCRIPT, &one, 1, &action) != KEYMAP_ACTION ||
	        action->run != focus_copy_code)
		return say_key(app, "copy-code", "code");
	return n == 1 ? mem_strdup("1 code") : mem_printf("1-%zu code", n < DIGIT_LAST ? n : DIGIT_LAST);
}

void
focus_put_hint(struct app *app, int cols, struct buf *out)
{
	static const struct {
		const char *action, *what;
	} rows[] = {
	        {"retry-message", "again"},
	        {"edit-message", "change"},
	        {"delete-message", "delete"},
	        {"help", "help"},
	};
	const struct message *m = focus_message(app);

	hint_put(out,
	        mem_printf("%s%zu of %zu", cols < NARROW_COLS ? "" : "message ", app->pane->transcript.cursor_at + 1,
	                app->pane->transcript.n),
	        cols);
	hint_put(out, say_key(app, "copy", "copy"), cols);
	hint_put(out, say_key(app, "composer", "back"), cols);
	hint_put(out, say_code_keys(app, count_code(app, m)), cols);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		hint_put(out, say_key(app, rows[i].action, rows[i].what), cols);
}
