/*
 * sse.c - the event-stream grammar (WHATWG HTML 9.2.5, 9.2.6), whole and cut at every byte.
 */
#include "llama/sse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

/* "[name|value]" for an event, "?name|value?" for a stray, "$" where the stream ended. */
static void
put_item(struct buf *out, enum sse_item item, const struct sse_field *f)
{
	if (item == SSE_TOO_LONG) {
		buf_puts(out, "too long");
		return;
	}
	buf_puts(out, item == SSE_EVENT ? "[" : "?");
	buf_put(out, f->name, f->name_len);
	buf_puts(out, "|");
	buf_put(out, f->value, f->len);
	buf_puts(out, item == SSE_EVENT ? "]" : "?");
}

/* A copy of the exact size, so that AddressSanitizer sees a read after it. */
static void
feed(struct sse_parser *p, const char *bytes, size_t n, struct buf *out)
{
	char *exact = mem_realloc(NULL, n);
	const char *at = exact;
	struct sse_field f;
	enum sse_item item;

	if (n > 0)
		memcpy(exact, bytes, n);
	while ((item = sse_next(p, &at, &n, &f)) != SSE_NONE)
		put_item(out, item, &f);
	HARNESS_CHECK(n == 0, "%zu bytes left", n);
	free(exact);
}

static void
end(struct sse_parser *p, struct buf *out)
{
	struct sse_field f;
	enum sse_item item;

	buf_puts(out, "$");
	while ((item = sse_end(p, &f)) != SSE_NONE)
		put_item(out, item, &f);
	sse_free(p);
}

/* The first `first` bytes in one piece, the others in pieces of `every`. */
static char *
parse(const char *bytes, size_t n, size_t first, size_t every)
{
	struct sse_parser *p = sse_new();
	struct buf out = {0};

	feed(p, bytes, first, &out);
	for (size_t at = first; at < n; at += every)
		feed(p, bytes + at, every < n - at ? every : n - at, &out);
	end(p, &out);
	return buf_take(&out);
}

static void
follows_the_grammar(void)
{
	static const struct {
		const char *in;
		size_t len; /* 0: strlen */
		const char *want;
	} rows[] = {
	        {"", 0, "$"},
	        {"data: a\n\n", 0, "[message|a]$"},
	        {"data:a\n\n", 0, "[message|a]$"},
	        {"data:  a \n\n", 0, "[message| a ]$"},
	        {"data: a\r\rdata: b\r\r", 0, "[message|a][message|b]$"},
	        {"data: a\r\n\r\ndata: b\r\n\r\n", 0, "[message|a][message|b]$"},
	        {"data: a\r\n\ndata: b\n\r", 0, "[message|a][message|b]$"},
	        {"data: a\ndata: b\n\n", 0, "[message|a\nb]$"},
	        {"data\ndata\n\n", 0, "[message|\n]$"},
	        {"data\n\n", 0, "[message|]$"},
	        {"data:\n\ndata: \n\n", 0, "[message|][message|]$"},
	        {"\n\n\n", 0, "$"},
	        {":\n\n: ping\n\n:::\ndata: a\n:c\n\n", 0, "[message|a]$"},
	        {"event: e\ndata: a\n\ndata: b\n\n", 0, "[e|a][message|b]$"},
	        {"event: e\n\ndata: a\n\n", 0, "[message|a]$"},
	        {"event: e\nevent: f\ndata: a\n\n", 0, "[f|a]$"},
	        {"event: e\nevent\ndata: a\n\n", 0, "[message|a]$"},
	        {"id: 1\nretry: 5\nid\ndata: a\n\n", 0, "[message|a]$"},
	        {"\xef\xbb\xbf"
	         "data: a\n\n",
	                0, "[message|a]$"},
	        {"\xef\xbb\xbf\n\xef\xbb\xbf"
	         "data: a\n\n",
	                0,
	                "?\xef\xbb\xbf"
	                "data|a?$"},
	        {"\xef\xbb\xbf:c\ndata: a\n\n", 0, "[message|a]$"},
	        {"\xef\xbb", 0, "$?\xef\xbb|?"},
	        {"\xef\xbb\xbf", 0, "$"},
	        {"Data: a\n\n", 0, "?Data|a?$"},
	        {" data: a\n\n", 0, "? data|a?$"},
	        {"data : a\n\n", 0, "?data |a?$"},
	        {"foo: bar\ndata: a\n\n", 0, "?foo|bar?[message|a]$"},
	        {"data: a\nfoo\ndata: b\n\n", 0, "?foo|?[message|a\nb]$"},
	        {"proxy error: Failed\n", 0, "?proxy error|Failed?$"},
	        {"proxy error: Failed", 0, "$?proxy error|Failed?"},
	        {"error: {\"a\":1}\n\n", 0, "?error|{\"a\":1}?$"},
	        {"data: a\n", 0, "$[message|a]"},
	        {"data: a", 0, "$[message|a]"},
	        {"data: a\ndata: b", 0, "$[message|a\nb]"},
	        {"data: a\nfoo", 0, "$?foo|?[message|a]"},
	        {"data: a\r", 0, "$[message|a]"},
	        {"event: e\ndata: a", 0, "$[e|a]"},
	        {"data: a\n\n\ndata: b\n\n", 0, "[message|a][message|b]$"},
	        {"data: a\0b\n\n", 11, "[message|a\0b]$"},
	        {"data: {\"a\": \"b:c\"}\n\n", 0, "[message|{\"a\": \"b:c\"}]$"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len = rows[i].len ? rows[i].len : strlen(rows[i].in);

		for (size_t first = 0; first <= len; first++) {
			char *two = parse(rows[i].in, len, first, len + 1), *each = parse(rows[i].in, len, 0, 1);

			HARNESS_EQUAL(two, rows[i].want);
			HARNESS_EQUAL(each, rows[i].want);
			free(two);
			free(each);
		}
	}
}

static void
hands_an_event_out_before_its_next_byte(void)
{
	struct sse_parser *p = sse_new();
	struct buf out = {0};

	feed(p, "data: a\r\r", 9, &out);
	HARNESS_EQUAL(buf_text(&out), "[message|a]");
	feed(p, "\n", 1, &out);
	feed(p, "data: b\n\n", 9, &out);
	HARNESS_EQUAL(buf_text(&out), "[message|a][message|b]");
	buf_release(&out);
	sse_free(p);
	sse_free(NULL);
}

static void
stops_behind_each_item(void)
{
	const char *bytes = "data: a\n\nfoo\ndata: b\n\n: rest";
	size_t n = strlen(bytes);
	struct sse_parser *p = sse_new();
	struct sse_field f;

	CU_ASSERT(sse_next(p, &bytes, &n, &f) == SSE_EVENT);
	CU_ASSERT(strncmp(bytes, "foo", 3) == 0);
	CU_ASSERT(sse_next(p, &bytes, &n, &f) == SSE_STRAY);
	CU_ASSERT(strncmp(bytes, "data: b", 7) == 0);
	CU_ASSERT(sse_next(p, &bytes, &n, &f) == SSE_EVENT);
	HARNESS_EQUAL(bytes, ": rest");
	CU_ASSERT(sse_next(p, &bytes, &n, &f) == SSE_NONE);
	CU_ASSERT(n == 0);
	sse_free(p);
}

/* Feeds `size` bytes of one field with `value_len` bytes of value, in pieces. */
static enum sse_item
long_line(size_t len, size_t every)
{
	struct sse_parser *p = sse_new();
	char *bytes = mem_alloc(len + 2);
	enum sse_item item = SSE_NONE;
	struct sse_field f;

	memset(bytes, 'x', len);
	memcpy(bytes, "data:", 5);
	memcpy(bytes + len, "\n\n", 2);
	for (size_t at = 0; at < len + 2 && item == SSE_NONE; at += every) {
		const char *piece = bytes + at;
		size_t n = every < len + 2 - at ? every : len + 2 - at;

		item = sse_next(p, &piece, &n, &f);
	}
	if (item == SSE_TOO_LONG) {
		const char *more = "data: a\n\n";
		size_t n = 9;

		CU_ASSERT(sse_next(p, &more, &n, &f) == SSE_TOO_LONG);
		CU_ASSERT(sse_end(p, &f) == SSE_TOO_LONG);
	}
	free(bytes);
	sse_free(p);
	return item;
}

static void
bounds_a_line(void)
{
	static const size_t every[] = {SSE_EVENT_MAX * 2, 16384, 1000003};

	for (size_t i = 0; i < ARRAY_LEN(every); i++) {
		CU_ASSERT(long_line(SSE_EVENT_MAX, every[i]) == SSE_EVENT);
		CU_ASSERT(long_line(SSE_EVENT_MAX + 1, every[i]) == SSE_TOO_LONG);
	}
}

static void
bounds_an_event_of_many_lines(void)
{
	struct sse_parser *p = sse_new();
	enum { LINE = 1024 };
	char line[LINE + 6] = "data:";
	enum sse_item item = SSE_NONE;
	struct sse_field f;
	size_t lines;

	memset(line + 5, 'y', LINE);
	line[LINE + 5] = '\n';
	for (lines = 0; item == SSE_NONE && lines < 2 * SSE_EVENT_MAX / LINE; lines++) {
		const char *at = line;
		size_t n = sizeof(line);

		item = sse_next(p, &at, &n, &f);
	}
	CU_ASSERT(item == SSE_TOO_LONG);
	CU_ASSERT(lines == SSE_EVENT_MAX / (LINE + 1) + 1);
	sse_free(p);
}

/* No byte of the usual event is copied. */
static void
gives_the_usual_event_where_it_stands(void)
{
	static const char body[] = "data: a\n\ndata: b\n\n";
	const char *at = body;
	size_t n = strlen(body);
	struct sse_parser *p = sse_new();
	struct sse_field f;

	CU_ASSERT_EQUAL(sse_next(p, &at, &n, &f), SSE_EVENT);
	CU_ASSERT_PTR_EQUAL(f.value, body + strlen("data: "));
	CU_ASSERT_PTR_EQUAL(at, body + strlen("data: a\n\n"));
	CU_ASSERT_EQUAL(sse_next(p, &at, &n, &f), SSE_EVENT);
	CU_ASSERT_PTR_EQUAL(f.value, body + strlen("data: a\n\ndata: "));
	CU_ASSERT_EQUAL(sse_next(p, &at, &n, &f), SSE_NONE);
	sse_free(p);
}

CU_TestInfo sse_tests[] = {
        {"follows the grammar, whatever the cut", follows_the_grammar},
        {"hands an event out before its next byte", hands_an_event_out_before_its_next_byte},
        {"stops behind each item", stops_behind_each_item},
        {"bounds a line", bounds_a_line},
        {"bounds an event of many lines", bounds_an_event_of_many_lines},
        {"gives the usual event where it stands", gives_the_usual_event_where_it_stands},
        CU_TEST_INFO_NULL,
};
