/*
 * focus_code.c - the code blocks of the message with the cursor, and the cursor beside one of them.
 */
#include <string.h>

#include "app/app.h"
#include "app/focus.h"
#include "app/pane.h"
#include "app/talk.h"
#include "text/address.h"
#include "text/clean_map.h"

enum {
	READ_BUDGET = 256 * 1024, /* of one call, for a message that was not read so far: some milliseconds */
	AT_ONCE_MAX = 1024 * 1024 /* bytes of another message that a key may read */
};

/* ---- reading the message with the cursor ---- */

size_t
focus_count_code(struct app *app, const struct message *m)
{
	struct focus_code *code = &app->pane->code;
	size_t budget = READ_BUDGET;

	if (code->message != m->id || code->moves != m->moves || code->blocks.now.at > m->content.len) {
		focus_forget_code(app->pane);
		code->message = m->id;
		code->moves = m->moves;
	}
	if (app->pane->transcript.part_end == 0)
		code->at = 0;
	fence_index_read(&code->blocks, buf_text(&m->content), m->content.len, m->state != MESSAGE_STREAMING, &budget);
	return code->blocks.now.n;
}

static void
look_for_links(struct pane *pane, const struct message *m)
{
	struct focus_links *links = &pane->links;
	size_t before;

	if (links->message != m->id || links->moves != m->moves || links->looked > m->content.len)
		*links = (struct focus_links){.message = m->id, .moves = m->moves};
	before = links->looked;
	links->any = links->any || address_is_any(buf_text(&m->content), m->content.len, &links->looked);
	links->more = !links->any && links->looked > before && m->content.len - links->looked > ADDRESS_SLICE;
}

void
focus_read(struct app *app)
{
	const struct message *m = focus_message(app);

	if (!m)
		return;
	(void)focus_count_code(app, m);
	look_for_links(app->pane, m);
}

bool
focus_is_reading(const struct pane *pane)
{
	return pane->focus == CONTEXT_TRANSCRIPT && (!pane->code.blocks.complete || pane->links.more);
}

bool
focus_has_links(const struct pane *pane)
{
	return pane->links.any;
}

/* ---- going to a block ---- */

static struct message *
message_at(const struct app *app, size_t i)
{
	size_t n;

	return conversation_path(app->pane->talk->session.conversation, &n)[i];
}

/* The last byte of the fence's line: its row may begin with the language. */
static size_t
fence_line_end(const struct message *m, size_t start)
{
	const char *feed = memchr(m->content.data + start, '\n', m->content.len - start);

	return (feed ? (size_t)(feed - m->content.data) : m->content.len) - 1;
}

/* Where a block is, as spots have it. False: the message has not as many, as far as it was read. */
static bool
find_part(const struct fence_index *blocks, const struct message *m, size_t which, size_t *start, size_t *end)
{
	const char *text = buf_text(&m->content);

	if (!fence_index_place(blocks, text, m->content.len, which, start, end))
		return false;
	*start = fence_index_cleaned(blocks, text, fence_line_end(m, *start));
	*end = fence_index_cleaned(blocks, text, *end);
	return true;
}

static void
go_to_part(struct app *app, size_t message, size_t which, size_t start, size_t end)
{
	const struct message *m = message_at(app, message);

	transcript_unfold(&app->pane->transcript, m->id, SPOT_CONTENT);
	transcript_cursor_to_part(&app->pane->transcript, message, start, end);
	(void)focus_count_code(app, m);
	app->pane->code.at = which;
}

/* To a block of the message with the cursor. False: it has not as many. */
static bool
go_to_code_here(struct app *app, size_t which)
{
	const struct fence_index *blocks = &app->pane->code.blocks;
	size_t message = app->pane->transcript.cursor_at, start, end;

	if (find_part(blocks, message_at(app, message), which, &start, &end))
		go_to_part(app, message, which, start, end);
	else if (!blocks->complete && which > blocks->now.n)
		app_say(app, false, "still looking for code blocks in this message");
	else
		return false;
	return true;
}

/* To the first or the last block of another message; a long one gets the cursor first, and is read. False: it has none. */
static bool
go_to_code_of(struct app *app, size_t message, bool last)
{
	const struct message *m = message_at(app, message);
	struct fence_index blocks = {0};
	size_t budget = SIZE_MAX, which, start, end;
	bool found;

	if (m->content.len > AT_ONCE_MAX) {
		transcript_cursor_put(&app->pane->transcript, message);
		transcript_cursor_show(&app->pane->transcript);
		app_say(app, false, "looking for code blocks in this message");
		return true;
	}
	fence_index_read(&blocks, buf_text(&m->content), m->content.len, true, &budget);
	which = last ? blocks.now.n : 1;
	found = find_part(&blocks, m, which, &start, &end);
	fence_index_release(&blocks);
	if (found)
		go_to_part(app, message, which, start, end);
	return found;
}

size_t
focus_code_here(struct app *app)
{
	(void)focus_count_code(app, focus_message(app));
	return app->pane->code.at;
}

/* ---- blocks and the view ---- */

/* The blocks from a mark to the next one, as places in the message's text. */
struct walk {
	const struct message *m;
	struct fences fences; /* n: the block's number */
	struct clean_map map;
	size_t end;
};

/* False: there is no other block. */
static bool
next_place(struct walk *w, size_t message, struct place_in_text *place)
{
	const char *text = buf_text(&w->m->content);
	size_t start;

	if (!fences_next(&w->fences, text, w->end, &start))
		return false;
	*place = (struct place_in_text){
	        message, {SPOT_CONTENT, clean_map_to(&w->map, text, fence_line_end(w->m, start))}};
	return true;
}

static bool
is_above(const struct transcript *t, struct place_in_text p)
{
	return transcript_text_is_above(t, p);
}

static bool
is_not_below(const struct transcript *t, struct place_in_text p)
{
	return !transcript_text_is_below(t, p);
}

/* How many of the cursor's message's blocks, from the first one on, are such; places are so up to one of them, and no
 * further. */
static size_t
count_while(const struct app *app, bool (*is_so)(const struct transcript *, struct place_in_text))
{
	const struct transcript *t = &app->pane->transcript;
	const struct fence_index *blocks = &app->pane->code.blocks;
	struct walk w = {.m = message_at(app, t->cursor_at), .end = blocks->now.at};
	size_t low = 0, high = blocks->n_marks;
	struct place_in_text place;
	bool so = true;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (is_so(t, (struct place_in_text){t->cursor_at, {SPOT_CONTENT, blocks->marks[middle].cleaned}}))
			low = middle;
		else
			high = middle;
	}
	if (blocks->n_marks > 0) {
		w.fences = blocks->marks[low].fences;
		w.map = (struct clean_map){.taken = w.fences.at, .cleaned = blocks->marks[low].cleaned};
	}
	if (low + 1 < blocks->n_marks)
		w.end = blocks->marks[low + 1].fences.at;
	while (so && next_place(&w, t->cursor_at, &place))
		so = is_so(t, place);
	clean_map_release(&w.map);
	return w.fences.n - !so;
}

void
focus_next_code(struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	size_t here = focus_code_here(app);
	bool found = go_to_code_here(app, here > 0 ? here + 1 : count_while(app, is_above) + 1);

	for (size_t i = t->cursor_at + 1; !found && i < t->n; i++)
		found = go_to_code_of(app, i, false);
	if (!found)
		app_say(app, false, "there is no code block below");
}

void
focus_previous_code(struct app *app)
{
	const struct transcript *t = &app->pane->transcript;
	size_t here = focus_code_here(app);
	bool found = go_to_code_here(app, here > 0 ? here - 1 : count_while(app, is_not_below));

	for (size_t i = t->cursor_at; !found && i > 0; i--)
		found = go_to_code_of(app, i - 1, true);
	if (!found)
		app_say(app, false, "there is no code block above");
}
