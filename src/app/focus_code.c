/*
 * focus_code.c - the code blocks of the message with the cursor, and the cursor beside one of them.
 */
#include <string.h>

#include "app/app.h"
#include "app/focus.h"
#include "app/pane.h"
#include "app/talk.h"
#include "text/clean_map.h"

size_t
focus_count_code(struct app *app, const struct message *m)
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
fence_line_end(const struct message *m, size_t start)
{
	const char *feed = memchr(m->content.data + start, '\n', m->content.len - start);

	return (feed ? (size_t)(feed - m->content.data) : m->content.len) - 1;
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
	transcript_cursor_to_part(
	        &app->pane->transcript, message, spot_byte(m, fence_line_end(m, start)), spot_byte(m, end));
	(void)focus_count_code(app, m);
	app->pane->code.at = which;
	return true;
}

size_t
focus_code_here(struct app *app)
{
	(void)focus_count_code(app, focus_message(app));
	return app->pane->code.at;
}

/* The blocks of a message one after another, as places in its text. */
struct walk {
	const struct message *m;
	struct fences fences; /* n: the block's number */
	struct clean_map map;
};

/* False: there is no other block. */
static bool
next_place(struct walk *w, size_t message, struct place_in_text *place)
{
	const char *text = buf_text(&w->m->content);
	size_t start;

	if (!fences_next(&w->fences, text, w->m->content.len, &start))
		return false;
	*place = (struct place_in_text){
	        message, {SPOT_CONTENT, clean_map_to(&w->map, text, fence_line_end(w->m, start))}};
	return true;
}

/* Of the cursor's message, whose blocks may be far apart: the first that is not above the view, or one more than there
 * are. */
static size_t
first_in_view(const struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	struct walk w = {.m = message_at(app, t->cursor_at)};
	struct place_in_text place;
	bool above = true;

	while (above && next_place(&w, t->cursor_at, &place))
		above = transcript_text_is_above(t, place);
	clean_map_release(&w.map);
	return w.fences.n + above;
}

/* The last that is not below the view; 0: none. */
static size_t
last_in_view(const struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	struct walk w = {.m = message_at(app, t->cursor_at)};
	struct place_in_text place;
	bool below = false;

	while (!below && next_place(&w, t->cursor_at, &place))
		below = transcript_text_is_below(t, place);
	clean_map_release(&w.map);
	return w.fences.n - below;
}

void
focus_next_code(struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	size_t here = focus_code_here(app);
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
	size_t here = focus_code_here(app);
	bool found = go_to_code(app, t->cursor_at, here > 0 ? here - 1 : last_in_view(app));

	for (size_t i = t->cursor_at; !found && i > 0; i--)
		found = go_to_code(app, i - 1, blocks_of(message_at(app, i - 1)));
	if (!found)
		app_say(app, false, "there is no code block above");
}
