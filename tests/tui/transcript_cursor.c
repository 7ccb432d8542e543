/*
 * transcript_cursor.c - whatever is pressed, and whatever comes: the cursor is at a message of the path, and that message
 * is in the view after each key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "tui/transcript.h"

enum {
	RUNS = 40,
	STEPS = 200,
};

struct view {
	struct session session;
	struct transcript transcript;
	struct grid grid;
	unsigned seed;
};

static unsigned
any(struct view *v, unsigned below)
{
	v->seed = v->seed * 1103515245u + 12345u;
	return (v->seed >> 16) % below;
}

static void
draw(struct view *v)
{
	transcript_layout(&v->transcript, v->grid.rows, v->grid.cols);
	v->grid.cursor_row = -1;
	transcript_draw(&v->transcript, &v->grid, (struct rect){0, 0, v->grid.rows, v->grid.cols});
}

static void
grow(struct view *v)
{
	static const char *const texts[] = {
	        "word ", "line\n", "\n\n", "a longer piece of text, of several words\n", "世界"};
	const char *text = texts[any(v, ARRAY_LEN(texts))];
	struct chat_event event = {.type = CHAT_EVENT_CONTENT, .text = text, .len = strlen(text)};
	struct err err = {.code = ERR_NONE};

	if (v->session.state == SESSION_IDLE)
		session_send(&v->session, "a prompt", 1);
	else if (any(v, 8) == 0)
		free(session_end(&v->session, &err, true));
	else
		CU_ASSERT(session_event(&v->session, &event, &err));
}

static void
press(struct view *v)
{
	static void (*const moves[])(struct transcript *) = {transcript_cursor_next, transcript_cursor_next,
	        transcript_cursor_previous, transcript_cursor_previous, transcript_cursor_first, transcript_cursor_last,
	        transcript_cursor_show};
	size_t which = any(v, ARRAY_LEN(moves) + 2);

	if (which < ARRAY_LEN(moves)) {
		moves[which](&v->transcript);
		return;
	}
	transcript_scroll(&v->transcript, (long)any(v, 31) - 15);
	transcript_cursor_keep(&v->transcript);
}

static void
resize(struct view *v)
{
	grid_resize(&v->grid, 3 + (int)any(v, 20), 8 + (int)any(v, 60));
}

static bool
is_on_path(struct view *v)
{
	size_t n, at = v->transcript.cursor_at;
	struct message *const *path = conversation_path(v->session.conversation, &n);

	return at < n && path[at]->id == v->transcript.cursor;
}

/* A reply of which nothing came yet has no row to be marked. */
static bool
is_marked(const struct view *v)
{
	return transcript_rows_of(&v->transcript, v->transcript.cursor_at, 2) == 1 || v->grid.cursor_row >= 0;
}

static void
walk(unsigned seed)
{
	struct view v = {.seed = seed};

	session_init(&v.session, NULL);
	transcript_init(&v.transcript, &v.session);
	grid_init(&v.grid, 10, 40);
	for (int i = 0; i < 30; i++)
		grow(&v);
	draw(&v);
	CU_ASSERT_FATAL(transcript_cursor_start(&v.transcript));
	draw(&v);
	CU_ASSERT(v.grid.cursor_row >= 0);
	for (int step = 0; step < STEPS; step++) {
		if (any(&v, 3) == 0)
			grow(&v);
		if (any(&v, 10) == 0)
			resize(&v);
		draw(&v);
		press(&v);
		draw(&v);
		HARNESS_CHECK(is_on_path(&v), "seed %u, step %d", seed, step);
		HARNESS_CHECK(is_marked(&v), "seed %u, step %d", seed, step);
	}
	transcript_release(&v.transcript);
	session_release(&v.session);
	grid_release(&v.grid);
}

static void
is_in_view_after_every_key(void)
{
	for (unsigned seed = 1; seed <= RUNS; seed++)
		walk(seed);
}

/* From the first message to the last and back, no row is missed. */
static void
shows_every_row_on_the_way(void)
{
	struct view v = {.seed = 1};
	struct buf all = {0};

	session_init(&v.session, NULL);
	transcript_init(&v.transcript, &v.session);
	grid_init(&v.grid, 6, 40);
	for (int i = 0; i < 3; i++) {
		struct chat_event event = {.type = CHAT_EVENT_CONTENT};
		struct err err = {.code = ERR_NONE};
		struct buf text = {0};

		for (int line = 0; line < 20; line++)
			buf_printf(&text, "%d-%d.\n", i, line);
		event.text = text.data;
		event.len = text.len;
		session_send(&v.session, "prompt", 1);
		CU_ASSERT(session_event(&v.session, &event, &err));
		free(session_end(&v.session, &err, true));
		buf_release(&text);
	}
	draw(&v);
	CU_ASSERT_FATAL(transcript_cursor_start(&v.transcript));
	draw(&v);
	transcript_cursor_first(&v.transcript);
	for (int i = 0; i < 40; i++) {
		char *shown;

		draw(&v);
		shown = grid_text(&v.grid);
		buf_puts(&all, shown);
		free(shown);
		transcript_cursor_next(&v.transcript);
	}
	CU_ASSERT(v.transcript.follow && v.transcript.cursor_at == 5);
	for (int i = 0; i < 3; i++)
		for (int line = 0; line < 20; line++) {
			char want[40];

			snprintf(want, sizeof(want), " %d-%d.\n", i, line);
			HARNESS_CHECK(strstr(all.data, want) != NULL, "%s", want);
		}
	for (int i = 0; i < 40; i++) {
		transcript_cursor_previous(&v.transcript);
		draw(&v);
	}
	CU_ASSERT(v.transcript.cursor_at == 0 && v.transcript.top.message == 0 &&
	          v.transcript.top.row == transcript_first_row(&v.transcript, 0).row);
	buf_release(&all);
	transcript_release(&v.transcript);
	session_release(&v.session);
	grid_release(&v.grid);
}

/* Of a part that has room its end is in the view too; of one that has not, as much as there is room for. */
static void
shows_a_part_from_its_beginning(void)
{
	enum { LINES = 60, ROWS = 10, LINE_BYTES = 3 };
	static const struct {
		size_t first, last;
		bool has_room;
	} rows[] = {{10, 10, true}, {10, 17, true}, {10, 18, true}, {10, 19, false}, {10, 39, false}, {50, 59, false}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chat_event event = {.type = CHAT_EVENT_CONTENT};
		struct err err = {.code = ERR_NONE};
		struct view v = {0};
		struct buf text = {0};
		char first[8], last[8], *shown;

		session_init(&v.session, NULL);
		transcript_init(&v.transcript, &v.session);
		grid_init(&v.grid, ROWS, 20);
		for (int line = 0; line < LINES; line++)
			buf_printf(&text, "%02d\n", line);
		event.text = text.data;
		event.len = text.len;
		session_send(&v.session, "prompt", 1);
		CU_ASSERT(session_event(&v.session, &event, &err));
		free(session_end(&v.session, &err, true));
		draw(&v);
		transcript_start(&v.transcript);
		draw(&v);
		transcript_cursor_to_part(
		        &v.transcript, 1, rows[i].first * LINE_BYTES, (rows[i].last + 1) * LINE_BYTES);
		draw(&v);
		shown = grid_text(&v.grid);
		snprintf(first, sizeof(first), "%02zu\n", rows[i].first);
		snprintf(last, sizeof(last), "%02zu\n", rows[i].last);
		HARNESS_CHECK(strstr(shown, first) != NULL, "row %zu: %s", i, shown);
		HARNESS_CHECK((strstr(shown, last) != NULL) == rows[i].has_room, "row %zu: %s", i, shown);
		HARNESS_CHECK(rows[i].has_room || strstr(shown, first) < strchr(shown, '\n'), "row %zu: %s", i, shown);
		free(shown);
		buf_release(&text);
		transcript_release(&v.transcript);
		session_release(&v.session);
		grid_release(&v.grid);
	}
}

CU_TestInfo transcript_cursor_tests[] = {
        {"is in view after every key", is_in_view_after_every_key},
        {"shows every row on the way", shows_every_row_on_the_way},
        {"shows a part from its beginning", shows_a_part_from_its_beginning},
        CU_TEST_INFO_NULL,
};
