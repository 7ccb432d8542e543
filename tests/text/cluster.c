/*
 * cluster.c - where clusters end, how wide they are, and what of them is drawn.
 */
#include "text/cluster.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"

static const struct {
	const char *text;
	size_t len; /* of the first cluster */
	int width;
	const char *drawn;
} rows[] = {
        {"ab", 1, 1, "a"},
        {" ", 1, 1, " "},
        {"\n", 1, 0, ""},
        {"e\xcc\x81x", 3, 1, "e\xcc\x81"},
        {"\xe4\xb8\x96\xe7\x95\x8c", 3, 2, "\xe4\xb8\x96"},
        /* what has a width stands in cells of its own, and nothing is drawn that would join them */
        {FAMILY "x", 7, 2, "\xf0\x9f\x91\xa9"},
        {"\xf0\x9f\x91\x8b\xf0\x9f\x8f\xbb", 4, 2, "\xf0\x9f\x91\x8b"},
        {"\xf0\x9f\x8f\xbb\xe2\x80\x8d\xf0\x9f\x92\xbb", 7, 2, "⬜"},
        {"\xf0\x9f\x8f\xbf", 4, 2, "⬛"},
        {"❤\xef\xb8\x8f\xe2\x80\x8d🔥", 9, 1, "❤\xef\xb8\x8f"},
        {"ﾊﾟ", 3, 1, "ﾊ"},
        {"ﾟ", 3, 1, "ﾟ"},
        {"aﾟ", 1, 1, "a"},
        {"ক\xe0\xa6\xbe", 3, 1, "ক"},
        {"க\xe0\xae\xbe", 3, 1, "க"},
        {"가\xe3\x80\xae", 3, 2, "가"},
        {"\xe1\x84\x80\xe1\x84\x80\xe1\x85\xa1", 3, 2, "\xe1\x84\x80"},
        {"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", 9, 2, "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8"},
        {"क्\xe2\x80\x8dष", 9, 1, "क्\xe2\x80\x8d"},
        /* more than five code points */
        {"a\xcc\x81\xcc\x82\xcc\x83\xcc\x84", 9, 1, "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84"},
        {"a\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85", 11, 1, "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84"},
        /* flags */
        {"\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7", 8, 2, "DE"},
        {"\xf0\x9f\x87\xa9x", 4, 1, "\xf0\x9f\x87\xa9"},
        /* a mark with no base, and what libc has no width for */
        {"\xcc\x81", 2, 1, "\xe2\x97\x8c\xcc\x81"},
        {"\xcd\xb8", 2, 1, "\xe2\x96\xa1"},
        /* marks that take room stand in cells of their own */
        {"\xe0\xa4\x95\xe0\xa4\xbf", 3, 1, "\xe0\xa4\x95"},
        {"\xe0\xb8\x97\xe0\xb8\xb3", 3, 1, "\xe0\xb8\x97"},
        {"\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7", 6, 1, "\xe0\xa4\x95\xe0\xa5\x8d"},
};

static void
reads_a_cluster(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct cluster cluster = cluster_read(rows[i].text, strlen(rows[i].text));

		HARNESS_CHECK(cluster.len == rows[i].len, "row %zu: %zu bytes", i, cluster.len);
		HARNESS_CHECK(cluster.width == rows[i].width, "row %zu: %d cells", i, cluster.width);
		HARNESS_EQUAL(cluster.drawn, rows[i].drawn);
		CU_ASSERT(cluster_length(rows[i].text, strlen(rows[i].text)) == rows[i].len);
	}
}

/* With the sequences that the terminal draws as one: the first cluster's bytes and cells; 0: it is none of these. */
static const struct {
	const char *text;
	unsigned joined;
	size_t len, drawn; /* and the bytes that are drawn */
	int width;
} joined_rows[] = {
        {"🇩🇪🇫🇷", CLUSTER_FLAGS, 8, 8, 2}, {"🇩x", CLUSTER_FLAGS, 0, 0, 1},
        {"🇩🇪", CLUSTER_SEQUENCES & ~CLUSTER_FLAGS, 0, 0, 2}, {"👋🏻!", CLUSTER_TONES, 8, 8, 2},
        {"👋🏻", CLUSTER_SEQUENCES & ~CLUSTER_TONES, 0, 0, 2},
        {"☝🏻", CLUSTER_SEQUENCES, 0, 0, 1}, /* nobody has asked how wide that is */
        {FAMILY "x", CLUSTER_JOINED, 11, 11, 2}, {"👨‍👩‍👧‍👦", CLUSTER_JOINED, 25, 25, 2},
        {"👩🏻‍💻", CLUSTER_TONES | CLUSTER_JOINED, 15, 15, 2},
        {"👩🏻‍💻", CLUSTER_TONES, 11, 8, 2}, /* the joiner is not drawn: it would join the next one */
        {"👩‍💻", CLUSTER_SEQUENCES & ~CLUSTER_JOINED, 0, 0, 2}, {"👩‍x", CLUSTER_SEQUENCES, 0, 0, 2},
        {"👩‍❤️", CLUSTER_PRESENTED, 0, 0, 2}, {"❤️", CLUSTER_PRESENTED, 6, 6, 2},
        {"❤️", CLUSTER_JOINED, 0, 0, 1}, {"❤", CLUSTER_SEQUENCES, 0, 0, 1},
        {"❤️‍🔥", CLUSTER_PRESENTED | CLUSTER_JOINED, 13, 13, 2},
        {"👩🏻‍❤️‍💋‍👩🏻", CLUSTER_SEQUENCES, 35, 35, 2}, {"👋️", CLUSTER_SEQUENCES, 0, 0, 2},
        {"1️⃣2", CLUSTER_KEYCAPS, 7, 7, 2}, {"1️⃣", CLUSTER_SEQUENCES & ~CLUSTER_KEYCAPS, 0, 0, 1},
        {"1️", CLUSTER_SEQUENCES, 0, 0, 1}, {"a️⃣", CLUSTER_SEQUENCES, 0, 0, 1},
        {"🇩🇪\xcc\x81x", CLUSTER_FLAGS, 10, 10, 2}, /* a mark on it */
};

static void
joins_what_the_terminal_joins(void)
{
	for (size_t i = 0; i < ARRAY_LEN(joined_rows); i++) {
		const char *text = joined_rows[i].text;
		size_t n = strlen(text), len = joined_rows[i].len;
		struct cluster cluster;

		cluster_join(joined_rows[i].joined);
		cluster = cluster_read(text, n);
		HARNESS_CHECK(cluster.joined == joined_rows[i].drawn, "row %zu: joined %zu", i, cluster.joined);
		HARNESS_CHECK(len == 0 || cluster.len == len, "row %zu: %zu bytes", i, cluster.len);
		HARNESS_CHECK(cluster.width == joined_rows[i].width, "row %zu: %d cells", i, cluster.width);
		CU_ASSERT(cluster_length(text, n) == cluster.len);
		for (size_t at = 0; at < n; at += cluster.len) {
			cluster = cluster_read(text + at, n - at);
			CU_ASSERT(cluster_before(text, at + cluster.len) == at);
		}
	}
	cluster_join(0);
}

/* Marks without end are cut at the bound: the mark that reaches it is the last one. */
static void
cuts_marks_without_end(void)
{
	char text[4 * CLUSTER_LENGTH_MAX] = "a";
	size_t n = 1;

	for (; n + 2 < sizeof(text); n += 2)
		memcpy(text + n, "\xcc\x81", 2);
	CU_ASSERT_EQUAL(cluster_length(text, n), CLUSTER_LENGTH_MAX + 1);
	CU_ASSERT_EQUAL(cluster_length(text, CLUSTER_LENGTH_MAX - 1), CLUSTER_LENGTH_MAX - 1);
	memcpy(text, "\xc3\xa9", 2); /* a base of two bytes: marks end exactly there */
	for (n = 2; n + 2 < sizeof(text); n += 2)
		memcpy(text + n, "\xcc\x81", 2);
	CU_ASSERT_EQUAL(cluster_length(text, n), CLUSTER_LENGTH_MAX);
}

/* Every character that has a width is seen: it is the base of a cluster, or in what is drawn of it. */
static void
leaves_out_nothing_that_has_a_width(void)
{
	static const uint32_t before[] = {'a', 0x754c, 0xff8a, 0x995, 0x1f469, 0x1100, 0xac00, 0x200d, 0x600, 0x1f1e6};

	for (uint32_t c = 0x80; c < 0x20000; c++)
		for (size_t i = 0; i < ARRAY_LEN(before) && cluster_character_width(c) > 0; i++) {
			char text[8];
			size_t first = utf8_encode(before[i], text), n = first + utf8_encode(c, text + first);
			int have = cluster_width(text, n), alone = cluster_width(text, first);

			HARNESS_CHECK(have == alone + cluster_character_width(c), "U+%04X behind U+%04X: %d cells",
			        (unsigned)c, (unsigned)before[i], have);
		}
}

static void
goes_back_as_it_went_forward(void)
{
	static const char text[] =
	        "ab " FAMILY "e\xcc\x81\xe4\xb8\x96\n\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab"
	        "\xf0\x9f\x87\xb7\xe0\xa4\x95\xe0\xa4\xbf";
	size_t n = sizeof(text) - 1;

	for (size_t at = 0; at < n;) {
		size_t len = cluster_length(text + at, n - at);

		CU_ASSERT(cluster_before(text, at + len) == at);
		at += len;
	}
}

static void
measures_and_fits(void)
{
	static const char text[] = "a\xe4\xb8\x96"
	                           "e\xcc\x81";

	CU_ASSERT(cluster_width(text, sizeof(text) - 1) == 4);
	CU_ASSERT(cluster_fit(text, sizeof(text) - 1, 0) == 0);
	CU_ASSERT(cluster_fit(text, sizeof(text) - 1, 2) == 1);
	CU_ASSERT(cluster_fit(text, sizeof(text) - 1, 3) == 4);
	CU_ASSERT(cluster_fit(text, sizeof(text) - 1, 9) == 7);
}

CU_TestInfo cluster_tests[] = {
        {"reads a cluster", reads_a_cluster},
        {"joins what the terminal joins", joins_what_the_terminal_joins},
        {"cuts marks without end", cuts_marks_without_end},
        {"leaves out nothing that has a width", leaves_out_nothing_that_has_a_width},
        {"goes back as it went forward", goes_back_as_it_went_forward},
        {"measures and fits", measures_and_fits},
        CU_TEST_INFO_NULL,
};
