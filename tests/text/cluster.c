/*
 * cluster.c - where clusters end, how wide they are, and what of them is drawn.
 */
#include "text/cluster.h"

#include <string.h>

#include "base/compiler.h"
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
        /* several code points with a width: the base alone */
        {FAMILY "x", 11, 2, "\xf0\x9f\x91\xa9"},
        {"\xf0\x9f\x91\x8b\xf0\x9f\x8f\xbb", 8, 2, "\xf0\x9f\x91\x8b"},
        /* more than five code points */
        {"a\xcc\x81\xcc\x82\xcc\x83\xcc\x84", 9, 1, "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84"},
        {"a\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85", 11, 1, "a"},
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
        {"goes back as it went forward", goes_back_as_it_went_forward},
        {"measures and fits", measures_and_fits},
        CU_TEST_INFO_NULL,
};
