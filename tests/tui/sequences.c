/*
 * sequences.c - emoji sequences that the terminal draws as one: how it is asked, what its answers mean, and the names that stand for
 * them in cells.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "text/cluster.h"
#include "tui/grid.h"
#include "tui/key_stream.h"
#include "tui/sequence_question.h"

#define FAMILY "👨‍👩‍👧‍👦"

/* ---- the question ---- */

/* Columns, from 1, that the cursor is in behind what was written in column 4. */
static const struct {
	int columns[SEQUENCE_QUESTIONS];
	size_t n;
	unsigned kinds;
} answers[] = {
        {{6, 6, 6, 6, 6, 6}, 6, CLUSTER_SEQUENCES},
        {{6, 6, 6, 6, 6, 6}, 5, 0}, /* one is missing */
        {{0}, 0, 0},
        {{5, 6, 8, 12, 5, 5}, 6, 0}, /* xterm: two letters in a cell each are no flag */
        {{5, 6, 6, 6, 6, 5}, 6, CLUSTER_TONES | CLUSTER_JOINED | CLUSTER_PRESENTED},
        {{6, 8, 8, 6, 5, 6}, 6, CLUSTER_JOINED | CLUSTER_KEYCAPS},
};

static void
answers_tell_the_kinds(void)
{
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		struct sequence_question q;
		struct buf bytes = {0};
		unsigned kinds;

		sequence_question_put(&q, 4, 3, &bytes);
		buf_release(&bytes);
		for (size_t j = 0; j < answers[i].n; j++)
			sequence_question_answered(&q, answers[i].columns[j]);
		kinds = sequence_question_end(&q);
		HARNESS_CHECK(kinds == answers[i].kinds && !q.is_out, "row %zu: %u", i, kinds);
	}
}

/* As many as there are questions, and what stood there is blank again. */
static void
asks_as_often_as_it_is_answered(void)
{
	struct sequence_question q;
	struct buf bytes = {0};
	int asked = 0;

	sequence_question_put(&q, 4, 3, &bytes);
	for (const char *at = buf_text(&bytes); (at = strstr(at, "\x1b[6n")) != NULL; at++)
		asked++;
	CU_ASSERT(asked == SEQUENCE_QUESTIONS);
	CU_ASSERT(strstr(buf_text(&bytes), "\x1b[5;4H        \x1b") != NULL);
	buf_release(&bytes);
}

/* Between keys, cut anywhere; what says another thing, or may be a key, is no column. */
static void
answers_come_between_keys(void)
{
	static const char bytes[] = "a\x1b[5;6Rb\x1b[1;2R\x1b[24;80R\x1b[?2;5R\x1b[0n\x1b[7R";

	for (size_t cut = 1; cut < sizeof(bytes) - 1; cut++) {
		struct key_stream k;
		struct buf keys = {0};

		key_stream_init(&k, false);
		key_stream_feed(&k, bytes, cut, 1);
		while (key_stream_next(&k, &keys) != STREAM_NOTHING)
			;
		key_stream_feed(&k, bytes + cut, sizeof(bytes) - 1 - cut, 2);
		while (key_stream_next(&k, &keys) != STREAM_NOTHING)
			;
		HARNESS_CHECK(k.n_columns == 2 && k.columns[0] == 6 && k.columns[1] == 80, "cut at %zu: %zu", cut,
		        k.n_columns);
		CU_ASSERT(k.well == 1);
		CU_ASSERT(strncmp(buf_text(&keys), "ab\x1b[1;2R", 8) == 0);
		buf_release(&keys);
		key_stream_release(&k);
	}
}

/* ---- names ---- */

static void
put_name(uint32_t name, struct buf *out)
{
	char bytes[4];

	buf_put(out, bytes, utf8_encode(name, bytes));
}

static void
a_name_is_the_sequence_again(void)
{
	struct cluster_names *names = NULL;
	struct buf bytes = {0}, out = {0};
	uint32_t family = cluster_names_give(&names, FAMILY, strlen(FAMILY));
	uint32_t flag = cluster_names_give(&names, "🇩🇪", strlen("🇩🇪"));

	CU_ASSERT(family != 0 && flag != 0 && flag != family);
	CU_ASSERT(cluster_names_give(&names, FAMILY, strlen(FAMILY)) == family);
	buf_puts(&bytes, "\x1b[1;1Ha");
	put_name(family, &bytes);
	put_name(flag, &bytes);
	buf_puts(&bytes, "世👨b");
	put_name(family, &bytes);
	CU_ASSERT(cluster_names_has(buf_text(&bytes) + strlen("\x1b[1;1Ha")));
	cluster_names_put(names, bytes.data, bytes.len, &out);
	HARNESS_EQUAL(buf_text(&out), "\x1b[1;1Ha" FAMILY "🇩🇪世👨b" FAMILY);
	buf_clear(&out);
	cluster_names_put(NULL, "𗀀a", strlen("𗀀a"), &out);
	HARNESS_EQUAL(buf_text(&out), "𗀀a");
	buf_release(&bytes);
	buf_release(&out);
	cluster_names_free(names);
}

/* A character that is used for names is drawn as itself. */
static void
a_text_may_have_such_characters(void)
{
	struct grid g;
	char *text;

	grid_init(&g, 1, 20);
	cluster_join(CLUSTER_SEQUENCES);
	CU_ASSERT(grid_puts(&g, 0, 0, 20, STYLE_TEXT, "𗀁" FAMILY "𗀀x") == 7);
	text = grid_text(&g);
	HARNESS_EQUAL(text, "𗀁" FAMILY "𗀀x\n");
	cluster_join(0);
	free(text);
	grid_release(&g);
}

/* More than there are names: the first character alone is drawn. The next frame has names again. */
static void
names_that_run_out_are_given_anew(void)
{
	struct grid g;
	char *text;

	grid_init(&g, 1, 20);
	cluster_join(CLUSTER_SEQUENCES);
	for (int i = 0; i < 40000; i++) {
		char *words = mem_printf("👨‍%c%c%c%c", 0xf0, 0x9f, 0x90 + i / 64 % 4, 0x80 + i % 64);

		text = mem_printf("%s‍%c%c%c%c", words, 0xf0, 0x9f, 0x90 + i / 256 / 64 % 4, 0x80 + i / 256 % 64);
		grid_puts(&g, 0, 0, 20, STYLE_TEXT, text);
		free(words);
		free(text);
	}
	CU_ASSERT(cluster_names_run_out(g.names) && g.renewals == 0);
	grid_clear(&g);
	grid_puts(&g, 0, 0, 20, STYLE_TEXT, FAMILY "x");
	text = grid_text(&g);
	HARNESS_EQUAL(text, "👨x\n");
	free(text);
	grid_renew(&g);
	CU_ASSERT(g.renewals == 1 && !g.names);
	grid_renew(&g);
	CU_ASSERT(g.renewals == 1);
	grid_puts(&g, 0, 0, 20, STYLE_TEXT, FAMILY "x");
	text = grid_text(&g);
	HARNESS_EQUAL(text, FAMILY "x\n");
	cluster_join(0);
	free(text);
	grid_release(&g);
}

CU_TestInfo sequences_tests[] = {
        {"answers tell the kinds", answers_tell_the_kinds},
        {"asks as often as it is answered", asks_as_often_as_it_is_answered},
        {"answers come between keys", answers_come_between_keys},
        {"a name is the sequence again", a_name_is_the_sequence_again},
        {"a text may have such characters", a_text_may_have_such_characters},
        {"names that run out are given anew", names_that_run_out_are_given_anew},
        CU_TEST_INFO_NULL,
};
