/*
 * statusbar.c - what the last row says, and what it leaves out when it is short.
 */
#include "tui/statusbar.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const struct status ready = {.state = {"ready"}, .model = "tiny.gguf", .context_size = 4096},
                           reading = {.state = {"ready"},
                                   .model = "tiny.gguf",
                                   .activity = {"reading prompt 62 %", "reading 62 %"},
                                   .context_used = 312,
                                   .context_size = 4096},
                           silent = {.state = {"ready"},
                                   .activity = {"no text for 12 s", "silent 12 s"},
                                   .context_used = 312},
                           down = {.state = {"llama-server not running at http://localhost:8080 (no route)",
                                           "not running at http://localhost:8080", "not running"},
                                   .model = "tiny.gguf",
                                   .activity = {"38.2 tok/s"},
                                   .context_used = 312,
                                   .context_size = 4096},
                           message = {.state = {"ready"}, .message = "llama-server request timed out"};

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
	        {44, &reading, " ready · reading prompt 62 % · ctx 312/4096\n"},
	        {40, &reading, " ready · reading prompt 62 % · ctx 7 %\n"},
	        {32, &reading, " ready · reading 62 % · ctx 7 %\n"},
	        {20, &reading, "ready · reading 62 %\n"},
	        {19, &reading, "ready\n"},
	        {40, &silent, " ready · no text for 12 s · context 312\n"},
	        {20, &silent, "ready · silent 12 s\n"},
	        {110, &down,
	                " llama-server not running at http://localhost:8080 (no route) · tiny.gguf · 38.2 tok/s · "
	                "context "
	                "312/4096\n"},
	        {80, &down, " not running at http://localhost:8080 · 38.2 tok/s · ctx 7 %\n"},
	        {40, &down, " not running · 38.2 tok/s\n"},
	        {20, &down, "not running\n"},
	        {10, &down, "not runni…\n"},
	        {40, &message, " llama-server request timed out\n"},
	        {20, &message, "llama-server reques…\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grid g;

		grid_init(&g, 1, rows[i].cols);
		statusbar_draw(rows[i].status, &g, (struct rect){0, 0, 1, rows[i].cols});
		EXPECT_GRID(&g, rows[i].want);
		CU_ASSERT(grid_cell(&g, 0, rows[i].cols - 1)->style == STYLE_STATUS);
		grid_release(&g);
	}
}

CU_TestInfo statusbar_tests[] = {
        {"says as much as fits", says_as_much_as_fits},
        CU_TEST_INFO_NULL,
};
