/*
 * pane_title.c - a title at every width: what goes first, and what stays; and how fast a reply came, in words.
 */
#include "tui/pane_title.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "tui/statistics.h"

static void
expect_title(const struct pane_title *title, int cols, const char *want)
{
	struct grid g;

	grid_init(&g, 1, cols);
	pane_title_draw(title, &g, (struct rect){0, 0, 1, cols});
	EXPECT_GRID(&g, want);
	grid_release(&g);
}

static void
says_as_much_as_fits(void)
{
	static const struct {
		int cols;
		const char *want;
	} rows[] = {
	        {45, "─ 2 Why the sky is blue ─ tiny · 38.2 tok/s ─\n"},
	        {40, "─ 2 Why the sky is … tiny · 38.2 tok/s ─\n"},
	        {29, "─ 2 Why the sky… 38.2 tok/s ─\n"},
	        {22, "─ 2 Why … 38.2 tok/s ─\n"},
	        {15, "─ 2 Why the … ─\n"},
	        {5, "─ 2 ─\n"},
	        {1, "─\n"},
	};
	const struct pane_title title = {
	        .number = 2, .title = "Why the sky is blue", .model = "tiny", .state = "38.2 tok/s"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect_title(&title, rows[i].cols, rows[i].want);
}

static void
leaves_out_what_there_is_not(void)
{
	expect_title(&(struct pane_title){.number = 1, .title = "A", .model = "m", .preset = "cold", .state = "ready"}, 30,
	        "─ 1 A ───── m · cold · ready ─\n");
	expect_title(&(struct pane_title){.number = 1, .title = "A", .model = "m", .preset = "cold", .state = "ready"}, 20,
	        "─ 1 A ────── ready ─\n");
	expect_title(&(struct pane_title){.number = 12, .title = "", .model = "", .state = ""}, 12, "─ 12 ───────\n");
	expect_title(&(struct pane_title){.number = 1, .title = "A", .model = "", .state = "ready", .focused = true},
	        16, "━ 1 A ━━ ready ━\n");
	expect_title(&(struct pane_title){.number = 1, .title = "A", .model = "", .state = "", .zoomed = true}, 16,
	        "─ 1 A ─ zoomed ─\n");
	expect_title(&(struct pane_title){.number = 1, .title = "世界世界", .model = "m", .state = ""}, 12,
	        "─ 1 世界… ──\n");
}

static void
says_how_fast_a_reply_was(void)
{
	static const struct {
		struct message m;
		const char *before, *want;
	} rows[] = {
	        {{.role = CHAT_USER}, "", ""},
	        {{.role = CHAT_ASSISTANT}, "", ""},
	        {{.role = CHAT_ASSISTANT, .timings = {.first_ms = 1234}}, "", "first token after 1.23 s"},
	        {{.role = CHAT_ASSISTANT, .timings = {.predicted_n = 1, .prompt_ms = 40, .first_ms = 60}}, "(stopped)",
	                "(stopped)\nfirst token after 0.06 s · 1 token"},
	        {{.role = CHAT_ASSISTANT,
	                 .usage = {.completion_tokens = 240},
	                 .timings = {.predicted_per_second = 38.24, .prompt_ms = 310, .predicted_n = 7}},
	                "", "38.2 tok/s · first token after 0.31 s · 240 tokens"},
	        {{.role = CHAT_ASSISTANT, .state = MESSAGE_STREAMING, .timings = {.first_ms = 5}}, "", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf line = {0};

		buf_puts(&line, rows[i].before);
		statistics_put(&rows[i].m, &line);
		HARNESS_EQUAL(buf_text(&line), rows[i].want);
		buf_release(&line);
	}
}

CU_TestInfo pane_title_tests[] = {
        {"says as much as fits", says_as_much_as_fits},
        {"leaves out what there is not", leaves_out_what_there_is_not},
        {"says how fast a reply was", says_how_fast_a_reply_was},
        CU_TEST_INFO_NULL,
};
