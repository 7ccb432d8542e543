/*
 * focus.c - the message cursor is the view's; here is what the app makes of it.
 */
#include "app/focus.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
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
		focus_fold_text(app);
}

void
focus_fold_text(struct app *app)
{
	struct transcript *t = &app->pane->transcript;

	transcript_fold_text(t, focus_message(app)->id);
	transcript_cursor_put(t, t->cursor_at);
	transcript_cursor_show(t);
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

/* "message 1 of 2", or "block 1 of 3" in it. */
static char *
say_where(struct app *app, int cols)
{
	const struct transcript *t = &app->pane->transcript;
	size_t n = focus_count_code(app, focus_message(app)), at = app->pane->code.at;

	if (at > 0)
		return mem_printf("block %zu of %zu", at, n);
	return mem_printf("%s%zu of %zu", cols < NARROW_COLS ? "" : "message ", t->cursor_at + 1, t->n);
}

void
focus_put_hint(struct app *app, int cols, struct buf *out)
{
	static const struct {
		const char *action, *what;
	} rows[] = {
	        {"next-code", "to code"},
	        {"retry-message", "again"},
	        {"edit-message", "change"},
	        {"delete-message", "delete"},
	        {"help", "help"},
	        {"open", "links"},
	};
	size_t n = focus_count_code(app, focus_message(app));

	hint_put(out, say_where(app, cols), cols);
	hint_put(out, say_key(app, "copy", "copy"), cols);
	hint_put(out, say_key(app, "composer", "back"), cols);
	hint_put(out, say_code_keys(app, n), cols);
	for (size_t i = n > 0 ? 0 : 1; i < ARRAY_LEN(rows); i++)
		hint_put(out, say_key(app, rows[i].action, rows[i].what), cols);
}
