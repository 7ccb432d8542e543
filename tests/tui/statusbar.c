/*
 * statusbar.c - what the last row says, and what it leaves out when it is short.
 */
#include "tui/statusbar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const struct status ready = {.state = {"ready"}, .model = "tiny.gguf", .context_size = 4096},
                           reading = {.state = {"ready"},
                                   .model = "tiny.gguf",
                                   .activity = {"reading prompt 62 %", "reading 62 %"},
                                   .busy = true,
                                   .context_used = 312,
                                   .context_size = 4096},
                           silent = {.state = {"ready"},
                                   .activity = {"no text for 12 s", "silent 12 s"},
                                   .busy = true,
                                   .context_used = 312},
                           down = {.state = {"llama-server not running at http://localhost:8080 (no route)",
                                           "not running at http://localhost:8080", "not running"},
                                   .model = "tiny.gguf",
                                   .activity = {"38.2 tok/s"},
                                   .context_used = 312,
                                   .context_size = 4096},
                           full = {.state = {"ready"},
                                   .trouble = "not saving: the disk is full (/home/me/.local/share/flynn/history.db)",
                                   .model = "tiny.gguf",
                                   .activity = {"38.2 tok/s"},
                                   .context_used = 312,
                                   .context_size = 4096};

/* With the messages that there are: a failure, what a key did, a hint; and beside what they may not hide. */
static const struct status timed_out = {.state = {"ready"}, .message = "llama-server request timed out"},
                           broke_off = {.state = {"llama-server not running at http://localhost:8080",
                                                "not running at http://localhost:8080", "not running"},
                                   .model = "tiny.gguf",
                                   .activity = {"38.2 tok/s"},
                                   .context_used = 312,
                                   .context_size = 4096,
                                   .message = "the connection broke off: the reply is incomplete",
                                   .message_is_error = true},
                           sent = {.state = {"ready"},
                                   .model = "tiny.gguf",
                                   .activity = {"writing 38.2 tok/s", "38.2 tok/s"},
                                   .busy = true,
                                   .context_used = 312,
                                   .context_size = 4096,
                                   .news = "2 done",
                                   .message = "sent to 3 conversations"},
                           not_saved = {.state = {"ready"},
                                   .trouble = "not saving: the disk is full (/home/me/.local/share/flynn/history.db)",
                                   .model = "tiny.gguf",
                                   .activity = {"writing 38.2 tok/s", "38.2 tok/s"},
                                   .busy = true,
                                   .context_used = 312,
                                   .context_size = 4096,
                                   .message = "copied 12 lines"},
                           twice = {.state = {"llama-server not running at http://h:1", "not running at http://h:1",
                                            "not running"},
                                   .model = "tiny",
                                   .message = "llama-server not running at http://h:1",
                                   .message_is_error = true};

static void
says_as_much_as_fits(void)
{
	static const struct {
		int cols;
		const struct status *status;
		const char *want;
	} rows[] = {
	        {60, &ready, " ready · tiny.gguf · context 4096\n"},
	        {33, &ready, " ready · tiny · context 4096\n"},
	        {20, &ready, "ready · ctx 4096\n"},
	        {80, &reading, " ready · tiny.gguf · reading prompt 62 % · context 312/4096\n"},
	        {57, &reading, " ready · tiny · reading prompt 62 % · context 312/4096\n"},
	        {52, &reading, " ready · tiny · reading prompt 62 % · ctx 312/4096\n"},
	        {44, &reading, " ready · tiny · reading 62 % · ctx 7 %\n"},
	        {40, &reading, " ready · tiny · reading 62 % · ctx 7 %\n"},
	        {32, &reading, " ready · reading 62 % · ctx 7 %\n"},
	        {20, &reading, "ready · reading 62 %\n"},
	        {19, &reading, "ready\n"},
	        {40, &silent, " ready · no text for 12 s · context 312\n"},
	        {20, &silent, "ready · silent 12 s\n"},
	        {110, &down,
	                " llama-server not running at http://localhost:8080 (no route) · tiny.gguf · 38.2 tok/s · "
	                "context "
	                "312/4096\n"},
	        {80, &down, " not running at http://localhost:8080 · tiny · 38.2 tok/s · ctx 7 %\n"},
	        {40, &down, " not running · tiny · ctx 7 %\n"},
	        {20, &down, "not running\n"},
	        {10, &down, "not runni…\n"},
	        {40, &full, " ready · not saving: the disk is full\n"},
	        {60, &full, " ready · not saving: the disk is full · tiny · ctx 7 %\n"},
	        {30, &full, "ready · not saving: the disk …\n"},
	        {40, &timed_out, " ready · llama-server request timed out\n"},
	        {20, &timed_out, "ready · llama-serve…\n"},
	        {10, &timed_out, "ready\n"},
	        {120, &broke_off,
	                " not running at http://localhost:8080 · tiny · 38.2 tok/s · ctx 7 % · the connection broke off: the "
	                "reply is incomplete\n"},
	        {80, &broke_off, " not running · ctx 7 % · the connection broke off: the reply is incomplete\n"},
	        {40, &broke_off, " not running · the connection broke of…\n"},
	        {20, &broke_off, "not running · the c…\n"},
	        {120, &sent,
	                " ready · tiny.gguf · writing 38.2 tok/s · context 312/4096 · 2 done · sent to 3 "
	                "conversations\n"},
	        {80, &sent, " ready · tiny · writing 38.2 tok/s · ctx 7 % · 2 done · sent to 3 conversations\n"},
	        {50, &sent, " ready · 38.2 tok/s · sent to 3 conversations\n"},
	        {40, &sent, " ready · 38.2 tok/s · sent to 3 conver…\n"},
	        {30, &sent, "ready · sent to 3 conversatio…\n"},
	        {120, &not_saved, " ready · not saving: the disk is full · tiny · writing 38.2 tok/s · ctx 312/4096 · copied 12 lines\n"},
	        {80, &not_saved, " ready · not saving: the disk is full · 38.2 tok/s · ctx 7 % · copied 12 lines\n"},
	        {60, &not_saved, " ready · not saving: the disk is full · copied 12 lines\n"},
	        {52, &not_saved, " ready · not saving: the disk is full · copied 12 …\n"},
	        {40, &not_saved, " ready · not saving: the disk is full\n"},
	        {60, &twice, " llama-server not running at http://h:1 · tiny\n"},
	        {40, &twice, " not running at http://h:1 · tiny\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grid g;

		grid_init(&g, 1, rows[i].cols);
		statusbar_draw(rows[i].status, &g, (struct rect){0, 0, 1, rows[i].cols});
		EXPECT_GRID(&g, rows[i].want);
		CU_ASSERT(grid_cell(&g, 0, 0)->style == STYLE_STATUS);
		grid_release(&g);
	}
}

/* An error is seen at once, and only what it is about is red. */
static void
paints_errors(void)
{
	struct grid g;
	static const char before[] = " not running · ctx 7 % · ";
	int col = cluster_width(before, strlen(before));

	grid_init(&g, 1, 80);
	statusbar_draw(&broke_off, &g, (struct rect){0, 0, 1, 80});
	CU_ASSERT(
	        grid_cell(&g, 0, col - 1)->style == STYLE_STATUS && grid_cell(&g, 0, col)->style == STYLE_STATUS_ERROR);
	CU_ASSERT(grid_cell(&g, 0, 79)->style == STYLE_STATUS);
	statusbar_draw(&twice, &g, (struct rect){0, 0, 1, 80});
	CU_ASSERT(grid_cell(&g, 0, 1)->style == STYLE_STATUS_ERROR);
	statusbar_draw(&sent, &g, (struct rect){0, 0, 1, 80});
	for (int i = 0; i < 80; i++)
		CU_ASSERT(grid_cell(&g, 0, i)->style == STYLE_STATUS);
	grid_release(&g);
}

/* A hint that is made for those columns is not cut, and one that has a column more is. */
static void
tells_the_room_for_a_message(void)
{
	static const struct status *const all[] = {&ready, &reading, &down, &full, &sent, &not_saved};
	char words[128];

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		for (int cols = 50; cols <= 120; cols += 7)
			for (int more = 0; more <= 1; more++) {
				struct status status = *all[i];
				int room = statusbar_message_cols(&status, cols);
				struct grid g;
				char *text;

				snprintf(words, sizeof(words), "%0*d", room + more, 7);
				status.message = words;
				grid_init(&g, 1, cols);
				statusbar_draw(&status, &g, (struct rect){0, 0, 1, cols});
				text = grid_text(&g);
				HARNESS_CHECK(
				        (strstr(text, words) != NULL) == !more, "%zu, %d columns: %s", i, cols, text);
				free(text);
				grid_release(&g);
			}
}

CU_TestInfo statusbar_tests[] = {
        {"paints errors", paints_errors},
        {"tells the room for a message", tells_the_room_for_a_message},
        {"says as much as fits", says_as_much_as_fits},
        CU_TEST_INFO_NULL,
};
