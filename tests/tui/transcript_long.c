/*
 * transcript_long.c - one very long message: whatever is done to the view costs no more than in a short one, few rows are
 * kept, and the place stays. What is done is counted in bytes that were laid out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "text/flow_inside.h"
#include "text/pieces.h"
#include "tui/transcript.h"

enum {
	BUDGET = 32 * 1024,
	LARGE_BUDGET = 1024 * 1024,          /* all of a text, when only its end is laid out */
	PIECE = PIECE_HARD + 9 * PIECE_LINE, /* the most that one can cost */
	/* A view has rows of two pieces, what is held, seen and counted stands in others. */
	MOST = BUDGET + 8 * PIECE,
	/* Where each piece has a few rows: those in view, and those that are counted. */
	LONG_ROWS_MOST = BUDGET + 24 * (PIECE_LINE + FLOW_LINE_COST),
	MANY_ROWS = 2 * (PIECES_KEPT + 2) * PIECE_HARD / 10,
};

static const struct kind {
	const char *name, *begin, *again;
} kinds[] = {
        {"prose", "", "Some *words* of a paragraph that goes on for a while.\n\n"},
        {"code", "```\n", "\tfor (i = 0; i < n; i++) sum += a[i];\n"},
        {"x", "", "x\n"},
        {"line", "", "0123456789"},
        {"table", "|a|b|\n|-|-|\n", "|some cell|another *one*|\n"},
};

struct view {
	struct session session;
	struct transcript transcript;
	struct grid grid;
	size_t budget, frame_budget;
};

static void
tell(struct view *v, const char *text)
{
	struct chat_event event = {.type = CHAT_EVENT_CONTENT, .text = text, .len = strlen(text)};
	struct err err;

	CU_ASSERT(session_event(&v->session, &event, &err));
}

/* A short turn, a long one, and one that is on its way. */
static void
view_init(struct view *v, const struct kind *kind, size_t n)
{
	struct err none = {.code = ERR_NONE};
	struct buf text = {0};

	buf_puts(&text, kind->begin);
	while (text.len < n)
		buf_puts(&text, kind->again);
	buf_puts(&text, "\n\nTHE END");
	*v = (struct view){0};
	session_init(&v->session, NULL);
	transcript_init(&v->transcript, &v->session);
	v->transcript.budget = &v->budget;
	v->frame_budget = BUDGET;
	grid_init(&v->grid, 24, 60);
	session_send(&v->session, "begin", 1);
	tell(v, "begun");
	free(session_end(&v->session, &none, false));
	session_send(&v->session, "go on", 1);
	tell(v, buf_text(&text));
	buf_release(&text);
}

static void
view_release(struct view *v)
{
	transcript_release(&v->transcript);
	session_release(&v->session);
	grid_release(&v->grid);
}

/* One frame. False: there is more to be read. */
static bool
draw(struct view *v)
{
	v->budget = v->frame_budget;
	transcript_layout(&v->transcript, v->grid.rows, v->grid.cols);
	transcript_draw(&v->transcript, &v->grid, (struct rect){0, 0, v->grid.rows, v->grid.cols});
	return v->budget > 0;
}

static void
draw_all(struct view *v)
{
	for (int frames = 0; !draw(v) && frames < 1000; frames++)
		;
}

static size_t
spent(const struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->transcript.n; i++)
		n += message_rows_spent(transcript_message(&v->transcript, i));
	return n;
}

static size_t
kept(const struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->transcript.n; i++)
		n += message_rows_kept(transcript_message(&v->transcript, i));
	return n;
}

/* ---- what can be done ---- */

static void
narrow(struct view *v)
{
	grid_resize(&v->grid, 24, 33);
}

static void
widen(struct view *v)
{
	grid_resize(&v->grid, 40, 120);
}

static void
grow(struct view *v)
{
	tell(v, "more ");
}

static void
page_up(struct view *v)
{
	transcript_scroll(&v->transcript, -22);
}

static void
page_down(struct view *v)
{
	transcript_scroll(&v->transcript, 22);
}

static void
to_start(struct view *v)
{
	transcript_start(&v->transcript);
}

static void
to_end(struct view *v)
{
	transcript_end(&v->transcript);
}

static void
to_cursor(struct view *v)
{
	(void)transcript_cursor_start(&v->transcript);
}

static void
next(struct view *v)
{
	transcript_cursor_next(&v->transcript);
}

static void
previous(struct view *v)
{
	transcript_cursor_previous(&v->transcript);
}

static void
show_cursor(struct view *v)
{
	transcript_cursor_show(&v->transcript);
	transcript_cursor_keep(&v->transcript);
}

static void
from_cursor(struct view *v)
{
	transcript_cursor_stop(&v->transcript);
}

static void
fold_text(struct view *v)
{
	transcript_fold_text(&v->transcript, conversation_leaf(v->session.conversation)->id);
}

static void
other_raw(struct view *v)
{
	transcript_show_raw(&v->transcript);
}

static void
other_bare(struct view *v)
{
	transcript_set_bare(&v->transcript, !v->transcript.bare);
}

/* Back and forth between both ends, so that hardly anything was looked at just before. */
static void (*const actions[])(struct view *) = {narrow, page_up, grow, to_start, widen, page_down, page_down, to_end,
        page_up, to_start, narrow, grow, to_cursor, next, next, previous, widen, previous, show_cursor, to_end, next,
        previous, previous, from_cursor, to_start, fold_text, to_end, fold_text, narrow, to_start, to_end, grow,
        other_raw, to_start, page_down, other_raw, to_end, grow, other_bare, page_down, to_start, other_bare, to_end};

static void
costs_as_much_as_a_short_one(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct view v;

		view_init(&v, &kinds[i], 1500000);
		draw_all(&v);
		for (size_t k = 0; k < ARRAY_LEN(actions); k++) {
			size_t before = spent(&v), cost;

			v.budget = BUDGET;
			actions[k](&v);
			(void)draw(&v);
			cost = spent(&v) >= before ? spent(&v) - before : spent(&v);
			HARNESS_CHECK(cost <= MOST, "%s, action %zu: %zu", kinds[i].name, k, cost);
			HARNESS_CHECK(kept(&v) <= MANY_ROWS, "%s, action %zu: %zu rows", kinds[i].name, k, kept(&v));
		}
		view_release(&v);
	}
}

/* As much as comes of it in each frame, and in the end all of it. */
static void
is_read_in_several_frames(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct view v;
		size_t before = 0, frames = 0;
		char *screen;
		bool all;

		view_init(&v, &kinds[i], 1600000);
		do {
			all = draw(&v);
			HARNESS_CHECK(
			        spent(&v) - before <= BUDGET + 2 * PIECE, "%s: %zu", kinds[i].name, spent(&v) - before);
			before = spent(&v);
		} while (!all && ++frames < 1000);
		CU_ASSERT(frames > 3 && frames < 1000);
		screen = grid_text(&v.grid);
		HARNESS_CHECK(strstr(screen, "THE END") != NULL, "%s", kinds[i].name);
		free(screen);
		view_release(&v);
	}
}

/* What is stored is opened at its end, and what is above that costs a small part of what its rows would. */
static void
shows_the_end_at_once(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct view v;
		char *screen;

		view_init(&v, &kinds[i], 1600000);
		v.frame_budget = LARGE_BUDGET;
		(void)draw(&v);
		screen = grid_text(&v.grid);
		HARNESS_CHECK(strstr(screen, "THE END") != NULL, "%s", kinds[i].name);
		HARNESS_CHECK(spent(&v) < LARGE_BUDGET + 2 * PIECE, "%s: %zu", kinds[i].name, spent(&v));
		HARNESS_CHECK(kept(&v) <= MANY_ROWS / 2, "%s: %zu rows", kinds[i].name, kept(&v));
		free(screen);
		view_release(&v);
	}
}

/* A row may have thousands of bytes: what it takes to count many of them is shared among frames, and in the end all are
 * counted. */
static void
counts_long_rows_in_several_frames(void)
{
	static const struct kind marks = {"marks", "", "\xcc\x81"};
	size_t before, most = 0, frames = 0;
	struct view v;
	char *screen;
	bool all;

	view_init(&v, &marks, 100 * PIECE_LINE);
	draw_all(&v);
	narrow(&v);
	(void)draw(&v);
	before = spent(&v);
	to_start(&v);
	CU_ASSERT(spent(&v) - before <= LONG_ROWS_MOST);
	do {
		before = spent(&v);
		all = draw(&v);
		most = spent(&v) - before > most ? spent(&v) - before : most;
	} while (!all && ++frames < 1000);
	HARNESS_CHECK(most <= LONG_ROWS_MOST, "%zu in a frame", most);
	CU_ASSERT(frames > 3 && frames < 1000);
	CU_ASSERT(v.transcript.counted && v.transcript.below > 200);
	before = v.transcript.below;
	v.transcript.counted = false;
	(void)draw(&v);
	CU_ASSERT_EQUAL(v.transcript.below, before);
	transcript_end(&v.transcript);
	before = spent(&v);
	fold_text(&v);
	(void)draw(&v);
	screen = grid_text(&v.grid);
	CU_ASSERT(strstr(screen, " more lines") != NULL && spent(&v) - before <= LONG_ROWS_MOST);
	free(screen);
	view_release(&v);
}

/* The place in the text at the top stands there again, whatever the width was meanwhile, and when all had to be read again. */
static void
keeps_its_place(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct transcript_place before, now;
		struct view v;

		view_init(&v, &kinds[i], 800000);
		draw_all(&v);
		for (int page = 0; page < 40; page++)
			page_up(&v);
		draw_all(&v);
		transcript_place(&v.transcript, &before);
		CU_ASSERT(before.message != 0 && before.spot.byte > 700000);
		for (size_t k = 0; k < 4; k++) {
			(k % 2 == 0 ? narrow : widen)(&v);
			draw_all(&v);
			transcript_place(&v.transcript, &now);
			CU_ASSERT(now.message == before.message && now.spot.byte == before.spot.byte);
		}
		other_raw(&v);
		(void)draw(&v);
		other_raw(&v);
		for (int frames = 0; frames < 100; frames++)
			(void)draw(&v);
		transcript_place(&v.transcript, &now);
		CU_ASSERT(!v.transcript.follow);
		CU_ASSERT(now.message == before.message && now.spot.byte == before.spot.byte);
		CU_ASSERT(message_rows_spot_of(transcript_message(&v.transcript, 3), v.transcript.top.row).byte <=
		          now.spot.byte);
		CU_ASSERT(
		        now.spot.byte -
		                message_rows_spot_of(transcript_message(&v.transcript, 3), v.transcript.top.row).byte <
		        200);
		view_release(&v);
	}
}

/* What was kept of a view is found again by one that has read nothing so far. */
static void
goes_to_a_place_that_was_not_read(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct transcript_place wanted = {0}, now;
		struct view v;

		view_init(&v, &kinds[i], 800000);
		wanted.message = conversation_leaf(v.session.conversation)->id;
		wanted.spot = (struct spot){SPOT_CONTENT, 600000};
		transcript_go(&v.transcript, wanted);
		for (int frames = 0; frames < 100; frames++)
			(void)draw(&v);
		transcript_place(&v.transcript, &now);
		CU_ASSERT(now.message == wanted.message && now.spot.byte == wanted.spot.byte && !v.transcript.follow);
		CU_ASSERT(
		        600000 - message_rows_spot_of(transcript_message(&v.transcript, 3), v.transcript.top.row).byte <
		        200);
		view_release(&v);
	}
}

CU_TestInfo transcript_long_tests[] = {
        {"costs as much as a short one", costs_as_much_as_a_short_one},
        {"is read in several frames", is_read_in_several_frames},
        {"shows the end at once", shows_the_end_at_once},
        {"counts long rows in several frames", counts_long_rows_in_several_frames},
        {"keeps its place", keeps_its_place},
        {"goes to a place that was not read", goes_to_a_place_that_was_not_read},
        CU_TEST_INFO_NULL,
};
