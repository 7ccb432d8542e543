/*
 * statusbar.c - what the last row says, and what it leaves out when it is short.
 */
#include "tui/statusbar.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
says_as_much_as_fits(void)
{
	static const struct status ready = {.reachability = "ready", .model = "tiny.gguf", .context_size = 4096},
	                           writing = {.reachability = "ready",
	                                   .model = "tiny.gguf",
	                                   .activity = "reading prompt 62 %",
	                                   .context_used = 312,
	                                   .context_size = 4096},
	                           message = {.reachability = "ready", .message = "llama-server request timed out"};
	static const struct {
		int cols;
		const struct status *status;
		const char *want;
	} rows[] = {
	        {60, &ready, " ready · tiny.gguf · context 4096\n"},
	        {80, &writing, " ready · tiny.gguf · reading prompt 62 % · context 312/4096\n"},
	        {57, &writing, " ready · reading prompt 62 % · context 312/4096\n"},
	        {44, &writing, " ready · reading prompt 62 %\n"},
	        {20, &writing, "reading prompt 62 %\n"},
	        {10, &writing, "reading p…\n"},
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
