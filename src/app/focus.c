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
#include "text/clean_map.h"

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

/* ---- code ---- */

/* How many blocks the message has; its text may have grown. */
static size_t
count_code(struct app *app, const struct message *m)
{
	struct focus_code *code = &app->pane->code;

	if (code->message != m->id || code->fences.at > m->content.len)
		*code = (struct focus_code){.message = m->id};
	if (app->pane->transcript.part_end == 0)
		code->at = 0;
	fences_count(&code->fences, buf_text(&m->content), m->content.len, m->state != MESSAGE_STREAMING);
	return code->fences.n;
}

static struct message *
message_at(const struct app *app, size_t i)
{
	size_t n;

	return conversation_path(app->pane->talk->session.conversation, &n)[i];
}

/* A byte of the message's text, as spots have it. */
static size_t
spot_byte(const struct message *m, size_t at)
{
	struct clean_map map = {0};
	size_t byte = clean_map_to(&map, m->content.data, at);

	clean_map_release(&map);
	return byte;
}

/* The last byte of the fence's line: its row may begin with the language. */
static size_t
fence_byte(const struct message *m, size_t start)
{
	const char *feed = memchr(m->content.data + start, '\n', m->content.len - start);

	return spot_byte(m, (feed ? (size_t)(feed - m->content.data) : m->content.len) - 1);
}

/* To a block of a message of the path. False: it has not as many. */
static bool
go_to_code(struct app *app, size_t message, size_t which)
{
	const struct message *m = message_at(app, message);
	size_t start, end;

	if (!fences_place(buf_text(&m->content), m->content.len, which, &start, &end))
		return false;
	transcript_unfold(&app->pane->transcript, m->id, SPOT_CONTENT);
	transcript_cursor_to_part(&app->pane->transcript, message, fence_byte(m, start), spot_byte(m, end));
	(void)count_code(app, m);
	app->pane->code.at = which;
	return true;
}

/* The one in which it is, as of now; 0: it is at the message. */
static size_t
code_here(struct app *app)
{
	(void)count_code(app, focus_message(app));
	return app->pane->code.at;
}

/* The which-th block's first row. False: there are not as many. */
static bool
place_of_code(const struct app *app, size_t message, size_t which, struct place *place)
{
	const struct message *m = message_at(app, message);
	size_t start, end;

	if (!fences_place(buf_text(&m->content), m->content.len, which, &start, &end))
		return false;
	*place = transcript_place_of(
	        &app->pane->transcript, (struct place_in_text){message, {SPOT_CONTENT, fence_byte(m, start)}});
	return true;
}

/* Of the cursor's message, whose blocks may be far apart: the first that is not above the view, or one more than there
 * are. */
static size_t
first_in_view(const struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	struct place place;
	size_t which = 1;

	while (place_of_code(app, t->cursor_at, which, &place) && transcript_is_above(t, place))
		which++;
	return which;
}

/* The last that is not below the view; 0: none. */
static size_t
last_in_view(const struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	struct place place;
	size_t which = 0;

	while (place_of_code(app, t->cursor_at, which + 1, &place) && !transcript_is_below(t, place))
		which++;
	return which;
}

void
focus_next_code(struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	size_t here = code_here(app);
	bool found = go_to_code(app, t->cursor_at, here > 0 ? here + 1 : first_in_view(app));

	for (size_t i = t->cursor_at + 1; !found && i < t->n; i++)
		found = go_to_code(app, i, 1);
	if (!found)
		app_say(app, false, "there is no code block below");
}

static size_t
blocks_of(const struct message *m)
{
	struct fences f = {0};

	fences_count(&f, buf_text(&m->content), m->content.len, true);
	return f.n;
}

void
focus_previous_code(struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	size_t here = code_here(app);
	bool found = go_to_code(app, t->cursor_at, here > 0 ? here - 1 : last_in_view(app));

	for (size_t i = t->cursor_at; !found && i > 0; i--)
		found = go_to_code(app, i - 1, blocks_of(message_at(app, i - 1)));
	if (!found)
		app_say(app, false, "there is no code block above");
}

void
focus_copy(struct app *app)
{
	const struct message *m = focus_message(app);
	size_t here = code_here(app);

	if (here == 0)
		(void)copy_message(app, m);
	else if (copy_code(app, m, here))
		app->pane->code.copied = here;
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

/* "message 1 of 2", or "block 1 of 3" in it. */
static char *
say_where(struct app *app, int cols)
{
	const struct transcript *t = &app->pane->transcript;
	size_t n = count_code(app, focus_message(app)), at = app->pane->code.at;

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
	size_t n = count_code(app, focus_message(app));

	hint_put(out, say_where(app, cols), cols);
	hint_put(out, say_key(app, "copy", "copy"), cols);
	hint_put(out, say_key(app, "composer", "back"), cols);
	hint_put(out, say_code_keys(app, n), cols);
	for (size_t i = n > 0 ? 0 : 1; i < ARRAY_LEN(rows); i++)
		hint_put(out, say_key(app, rows[i].action, rows[i].what), cols);
}
