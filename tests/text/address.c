/*
 * address.c - what is an address in a text, and where it ends.
 */
#include "text/address.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const struct {
	const char *text, *want; /* each after a blank */
} rows[] = {
        {"", ""},
        {"nothing: here, http or https://", ""},
        {"see https://example.com/a?b=c#d", " https://example.com/a?b=c#d"},
        {"HTTP://EXAMPLE.com, and more.", " HTTP://EXAMPLE.com"},
        {"mailto:a@b.c?subject=x!", " mailto:a@b.c?subject=x"},
        {"[text](https://a.b/c) <http://d.e>", " https://a.b/c http://d.e"},
        {"[x](https://a.b/c_(d)) (https://e.f/g).", " https://a.b/c_(d) https://e.f/g"},
        {"**https://a.b** `https://c.d` \"https://e.f\"", " https://a.b https://c.d https://e.f"},
        {"[https://a.b](https://a.b) https://a.b/", " https://a.b https://a.b/"},
        {"https://a.b/?x=https://c.d", " https://a.b/?x=https://c.d"},
        {"https://de.wikipedia.org/wiki/K\xc3\xb6ln", " https://de.wikipedia.org/wiki/K\xc3\xb6ln"},
        {"看 https://example.org/x。然后。（https://a.b/c）“https://d.e” https://f.g… mailto:a@b.c，",
                " https://example.org/x https://a.b/c https://d.e https://f.g mailto:a@b.c"},
        {"https://a.b/\xe4\xb8\xad\xe6\x96\x87、 [x](https://c.d/e？)",
                " https://a.b/\xe4\xb8\xad\xe6\x96\x87 https://c.d/e"},
        /* what is not opened */
        {"javascript:alert(1) file:///etc/passwd ftp://x.y data:text/html,x", ""},
        {"xhttp://a.b shttps://c.d", ""},
        {"https://a.b\x1b[31m", " https://a.b"},
        {"https://a.b/\xe2\x80\xaegpj.exe https://c.d", " https://c.d"},
        {"https://a.b/\xff https://c.d", " https://c.d"},
        {"https://... http://'", ""},
};

static void
put_all(const char *text, size_t n, struct buf *out)
{
	char *address;
	size_t count = address_find(text, n, 0, 0, &address);

	CU_ASSERT_PTR_NULL(address);
	for (size_t i = 1; i <= count; i++) {
		CU_ASSERT_EQUAL(address_find(text, n, 0, i, &address), count);
		CU_ASSERT_PTR_NOT_NULL_FATAL(address);
		buf_printf(out, " %s", address);
		free(address);
	}
	address_find(text, n, 0, count + 1, &address);
	CU_ASSERT_PTR_NULL(address);
}

static void
finds_addresses(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf found = {0};

		put_all(rows[i].text, strlen(rows[i].text), &found);
		HARNESS_EQUAL(buf_text(&found), rows[i].want);
		buf_release(&found);
	}
}

static void
knows_its_bounds(void)
{
	struct buf text = {0};
	char *address;

	for (int i = 0; i < 200; i++)
		buf_printf(&text, "http://a.b/%d ", i);
	CU_ASSERT_EQUAL(address_find(text.data, text.len, 0, 0, &address), ADDRESSES_MAX);
	buf_clear(&text);
	buf_puts(&text, "http://");
	while (text.len <= ADDRESS_MAX)
		buf_putc(&text, 'a');
	CU_ASSERT_EQUAL(address_find(text.data, text.len, 0, 0, &address), 0);
	CU_ASSERT_EQUAL(address_find(text.data, ADDRESS_MAX, 0, 0, &address), 1);
	buf_release(&text);
}

/* Of a text that grows by any number of bytes, what was looked at once is not looked at again. */
static void
tells_whether_there_is_any(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t step = 1; step <= 7; step++) {
			size_t all = strlen(rows[i].text), looked = 0;
			bool any = false, want = false;
			char *unused;

			for (size_t n = 0; n <= all; n = n == all ? n + 1 : n + step < all ? n + step : all) {
				any = any || address_is_any(rows[i].text, n, &looked);
				want = want || address_find(rows[i].text, n, 0, 0, &unused) > 0;
				HARNESS_CHECK(any == want && looked <= n, "%s, %zu bytes", rows[i].text, n);
			}
		}
}

/* No call goes through all of a long text: one without an address, one of a single word, one with it behind a slice. */
static void
looks_at_a_long_text_in_slices(void)
{
	static const char *const again[] = {"words: and more\n", "x", "words of a text "};
	static const char address[] = " http://a.b";

	for (size_t i = 0; i < ARRAY_LEN(again); i++) {
		struct buf text = {0};
		size_t looked = 0, calls = 0, before = SIZE_MAX;
		char *found = NULL;

		while (text.len < 5 * (size_t)ADDRESS_SLICE)
			buf_puts(&text, again[i]);
		buf_puts(&text, address);
		while (looked != before && !address_is_any(text.data, text.len, &looked)) {
			HARNESS_CHECK(looked <= (calls + 1) * ADDRESS_SLICE, "text %zu, call %zu", i, calls);
			before = calls++ > 0 ? before : SIZE_MAX;
		}
		HARNESS_CHECK(calls == 5, "text %zu: %zu calls", i, calls);
		CU_ASSERT_EQUAL(address_find(text.data, text.len, 0, 1, &found), 0);
		CU_ASSERT_EQUAL(address_find(text.data, text.len, looked, 1, &found), 1);
		HARNESS_EQUAL(found ? found : "", address + 1);
		free(found);
		buf_release(&text);
	}
}

CU_TestInfo address_tests[] = {
        {"tells whether there is any", tells_whether_there_is_any},
        {"finds addresses", finds_addresses},
        {"knows its bounds", knows_its_bounds},
        {"looks at a long text in slices", looks_at_a_long_text_in_slices},
        CU_TEST_INFO_NULL,
};
