/*
 * examples.c - the examples of the CommonMark and GitHub specifications, and random documents, each streamed with a cut
 * at every byte: what stands in the end is what the whole text gives, and what stands at each cut what its beginning gives.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/documents.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"

static void
lay_out(const char *text, size_t n, bool ended, int cols, struct buf *all)
{
	struct flow *f = flow_new(cols, FLOW_MARKDOWN);

	buf_clear(all);
	flow_grow(f, text, n, ended);
	laid_out_all(f, all);
	flow_free(f);
}

static bool
is_same(const struct buf *have, const struct buf *want, const char *name, size_t cut)
{
	bool same = strcmp(buf_text(have), buf_text(want)) == 0;

	HARNESS_CHECK(same, "%s, cut at %zu:\n%s\nis not\n%s", name, cut, buf_text(have), buf_text(want));
	return same;
}

/* In two pieces, wherever it is cut. */
static void
cut_everywhere(const char *text, size_t n, int cols, const char *name)
{
	struct buf whole = {0}, have = {0};
	bool good = true;

	lay_out(text, n, true, cols, &whole);
	for (size_t cut = 0; cut <= n && good; cut++) {
		struct flow *f = flow_new(cols, FLOW_MARKDOWN);

		flow_grow(f, text, cut, false);
		flow_grow(f, text, n, true);
		buf_clear(&have);
		laid_out_all(f, &have);
		flow_free(f);
		good = is_same(&have, &whole, name, cut);
	}
	buf_release(&whole);
	buf_release(&have);
}

/* Byte by byte: each time it must stand there as if it had come at once. */
static void
grow(const char *text, size_t n, int cols, const char *name)
{
	struct flow *f = flow_new(cols, FLOW_MARKDOWN);
	struct buf have = {0}, want = {0};
	const char *wrong = NULL;
	bool good = true;

	for (size_t at = 0; at <= n + 1 && good && !wrong; at++) {
		flow_grow(f, text, at < n ? at : n, at > n);
		buf_clear(&have);
		laid_out_all(f, &have);
		lay_out(text, at < n ? at : n, at > n, cols, &want);
		good = is_same(&have, &want, name, at);
		wrong = laid_out_wrong(f, text, n, cols);
		HARNESS_CHECK(!wrong, "%s at %zu: %s:\n%s", name, at, wrong, buf_text(&have));
	}
	flow_free(f);
	buf_release(&have);
	buf_release(&want);
}

/* Each example stands after a line of its number and section. */
static size_t
stream_file(const char *name)
{
	size_t len, count = 0;
	char *path = harness_path(name), *file = harness_read(path, &len), *at = strstr(file, "\n%% ");

	while (at) {
		char *text = strchr(at + 1, '\n') + 1, *next = strstr(text - 1, "\n%% ");
		size_t n = next ? (size_t)(next + 1 - text) : strlen(text);
		char *title = mem_strndup(at + 1, (size_t)(text - at - 2));

		cut_everywhere(text, n, 60, title);
		grow(text, n, 60, title);
		grow(text, n, 12, title);
		free(title);
		at = next;
		count++;
	}
	free(file);
	free(path);
	return count;
}

static void
streams_the_examples_of_commonmark(void)
{
	CU_ASSERT_EQUAL(stream_file("markdown/commonmark.txt"), 652);
}

static void
streams_the_examples_of_github(void)
{
	CU_ASSERT_EQUAL(stream_file("markdown/gfm.txt"), 44);
}

static void
streams_what_models_write(void)
{
	CU_ASSERT_EQUAL(stream_file("markdown/models.txt"), 15);
}

static void
streams_formulas(void)
{
	CU_ASSERT_EQUAL(stream_file("markdown/formulas.txt"), 7);
}

static void
streams_random_documents(void)
{
	const char *count = getenv("FLOW_DOCUMENTS"), *seed = getenv("FLOW_SEED");
	unsigned long documents = count ? strtoul(count, NULL, 10) : 500;
	uint64_t state = seed ? strtoull(seed, NULL, 10) : 1;
	struct buf text = {0};

	for (unsigned long i = 0; i < documents; i++) {
		(i % 2 ? documents_blocks : documents_any)(&state, &text);
		cut_everywhere(buf_text(&text), text.len, 40, buf_text(&text));
		grow(buf_text(&text), text.len, (int)(2 + i % 30), buf_text(&text));
	}
	buf_release(&text);
}

CU_TestInfo examples_tests[] = {
        {"streams the examples of CommonMark", streams_the_examples_of_commonmark},
        {"streams the examples of GitHub", streams_the_examples_of_github},
        {"streams what models write", streams_what_models_write},
        {"streams formulas", streams_formulas},
        {"streams random documents", streams_random_documents},
        CU_TEST_INFO_NULL,
};
