/*
 * math.c - any bytes as a formula: it is refused, or its rows are clean UTF-8 that fits, with the same letters in every form and
 * nothing of a \text lost. The first byte of the input is the width, the second chooses the signs around it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "text/cluster.h"
#include "text/math.h"

static const char *const signs[][2] = {{"$", "$"}, {"$$", "$$"}, {"\\(", "\\)"}, {"\\[", "\\]"}};
static const char word[] = "\\text{qzx}";

enum {
	LENGTH_MAX = 512, /* bytes: what is as long as it may be, tests/text/math.c has */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_clean(const struct buf *rows)
{
	assert(rows->len > 0 && utf8_span(rows->data, rows->len) == rows->len);
	for (size_t i = 0; i < rows->len; i++) {
		unsigned char c = (unsigned char)rows->data[i];

		assert((c >= 0x20 || c == '\n') && c != 0x7f);
		assert(c != ' ' || (i + 1 < rows->len && rows->data[i + 1] != '\n'));
	}
}

static int
widest(const struct buf *rows)
{
	int most = 0;

	for (const char *at = buf_text(rows); *at; at += strcspn(at, "\n"), at += *at == '\n') {
		int cols = cluster_width(at, strcspn(at, "\n"));

		most = cols > most ? cols : most;
	}
	return most;
}

static void
count_letters(const struct buf *rows, size_t counts[128])
{
	utf8proc_uint8_t *plain = utf8proc_NFKD((const utf8proc_uint8_t *)buf_text(rows));

	assert(plain);
	for (const utf8proc_uint8_t *at = plain; *at; at++)
		if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9'))
			counts[*at]++;
	free(plain);
}

static void
check_letters(const struct buf *rows, const struct buf *other)
{
	size_t counts[128] = {0}, others[128] = {0};

	count_letters(rows, counts);
	count_letters(other, others);
	assert(memcmp(counts, others, sizeof(counts)) == 0);
}

/* What does not fit are lines, which can be wrapped: those that stand there with one column. */
static void
check_width(const struct buf *text, const struct buf *rows, int cols)
{
	struct buf lines = {0};

	if (widest(rows) <= cols)
		return;
	assert(math_put(text->data, text->len, 1, &lines) && strcmp(rows->data, lines.data) == 0);
	buf_release(&lines);
}

static void
check_forms(const struct buf *text, int cols)
{
	struct buf rows = {0}, row = {0};
	bool ok = math_put(text->data, text->len, cols, &rows);

	assert(math_put(text->data, text->len, 0, &row) == ok);
	if (ok) {
		check_clean(&rows);
		check_clean(&row);
		check_width(text, &rows, cols);
		assert(!strchr(row.data, '\n') && strstr(row.data, "qzx"));
		if (!strstr(text->data, "binom")) /* in one row it has a word more */
			check_letters(&rows, &row);
	} else {
		assert(rows.len == 0 && row.len == 0);
	}
	buf_release(&rows);
	buf_release(&row);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = {0};
	const char *const *sign;

	if (size < 2 || size > LENGTH_MAX)
		return 0;
	sign = signs[data[1] % 4];
	buf_puts(&text, sign[0]);
	buf_puts(&text, word);
	buf_put(&text, (const char *)data + 2, size - 2);
	buf_puts(&text, sign[1]);
	check_forms(&text, data[0] % 100 + 1);
	buf_release(&text);
	return 0;
}
