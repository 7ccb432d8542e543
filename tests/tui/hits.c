/*
 * hits.c - what is looked for in a conversation: the same however its text came, and gone through in its order.
 */
#include "tui/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/memory_find.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
look_for(struct hits *h, const char *phrase)
{
	struct find find = {0};

	CU_ASSERT(find_add(&find, phrase, strlen(phrase), true));
	hits_look_for(h, &find);
	find_release(&find);
}

/* All hits in content and reasoning as "message:part:number", by going on from the first. */
static char *
walk(const struct hits *h)
{
	struct buf out = {0};
	struct hit hit;

	for (bool is = hits_first(h, &hit); is; is = hits_next(h, &hit))
		buf_printf(&out, "%zu%c%zu ", hit.message, hit.part == SPOT_THOUGHT ? 't' : 'c', hits_number(h, &hit));
	return buf_take(&out);
}

static struct conversation *
make(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "An apple?"), *b;

	b = conversation_add(c, a, CHAT_ASSISTANT, "No. Apples, and apple-trees");
	CU_ASSERT(buf_append_string(&b->reasoning, "apple apple"));
	conversation_add(c, b, CHAT_USER, "Pears");
	return c;
}

static void
goes_through_them_in_their_order(void)
{
	struct conversation *c = make();
	struct hits h = {0};
	struct hit hit;
	char *seen;

	look_for(&h, "appl");
	hits_update(&h, c);
	seen = walk(&h);
	HARNESS_EQUAL(seen, "0c1 1t2 1t3 1c4 1c5 ");
	free(seen);
	CU_ASSERT(h.total == 5);
	CU_ASSERT_FATAL(hits_last(&h, &hit));
	for (size_t n = 5; n > 1; n--) {
		CU_ASSERT_EQUAL(hits_number(&h, &hit), n);
		CU_ASSERT(hits_previous(&h, &hit));
	}
	CU_ASSERT_FALSE(hits_previous(&h, &hit));
	CU_ASSERT_FALSE(hits_first_in(&h, 2, &hit));
	hits_release(&h);
	conversation_free(c);
}

static void
forgets_what_left_the_path(void)
{
	struct conversation *c = make();
	struct hits h = {0};
	struct hit hit = {1, SPOT_CONTENT, 1};

	look_for(&h, "apple");
	hits_update(&h, c);
	CU_ASSERT(h.total == 5 && hits_has(&h, &hit));
	conversation_set_leaf(c, conversation_find(c, 1));
	hits_update(&h, c);
	CU_ASSERT(h.total == 1 && !hits_has(&h, &hit));
	look_for(&h, "zebra");
	hits_update(&h, c);
	CU_ASSERT(h.total == 0 && !hits_first(&h, &hit) && !hits_last(&h, &hit));
	hits_release(&h);
	conversation_free(c);
}

/* Fed byte by byte, with the marks asked for each time, it has what it has when the text is there at once. */
static void
is_the_same_as_a_text_grows(void)
{
	static const char word[] = "red apples fall\tinto Äpfel, ap\r\nple red\nap ple 漢字漢字 red app ";
	struct conversation *c = conversation_new(NULL), *all = conversation_new(NULL);
	struct message *m = conversation_add(c, NULL, CHAT_ASSISTANT, ""), *whole;
	struct hits h = {0}, want = {0};
	struct buf text = {0};
	const struct mark *have_marks, *want_marks;
	size_t n, n_want;

	for (int i = 0; i < 30; i++)
		buf_puts(&text, word);
	whole = conversation_add(all, NULL, CHAT_ASSISTANT, buf_text(&text));
	look_for(&h, "red ap");
	look_for(&want, "red ap");
	for (size_t i = 0; i < text.len; i++) {
		CU_ASSERT(buf_append(&m->content, text.data + i, 1));
		if (((unsigned char)text.data[i + 1] & 0xc0) == 0x80)
			continue;
		hits_update(&h, c);
		(void)hits_marks(&h, 0, SPOT_CONTENT, m, &n);
	}
	hits_update(&want, all);
	have_marks = hits_marks(&h, 0, SPOT_CONTENT, m, &n);
	want_marks = hits_marks(&want, 0, SPOT_CONTENT, whole, &n_want);
	CU_ASSERT_FATAL(n == n_want && n > 50);
	CU_ASSERT(memcmp(have_marks, want_marks, n * sizeof(*have_marks)) == 0);
	hits_release(&h);
	hits_release(&want);
	buf_release(&text);
	conversation_free(c);
	conversation_free(all);
}

/* A long conversation is looked through in several goes, and a text behind what was looked through is found at the end. */
static void
gives_way_in_a_long_conversation(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = NULL;
	struct hits h = {0};
	struct buf text = {0};
	int goes = 0;

	while (text.len < 1000000)
		buf_puts(&text, "nothing is in here but words ");
	for (int i = 0; i < 7; i++)
		m = conversation_add(c, m, CHAT_USER, buf_text(&text));
	conversation_add(c, m, CHAT_USER, "an apple");
	look_for(&h, "apple");
	for (; goes == 0 || !h.complete; goes++)
		hits_update(&h, c);
	CU_ASSERT(goes > 1 && (size_t)goes <= 8 * text.len / HITS_AT_ONCE + 8);
	CU_ASSERT(h.total == 1);
	hits_release(&h);
	buf_release(&text);
	conversation_free(c);
}

/* One message: what a call looks through is bounded, no place is found twice or missed where one call ends and the next begins,
 * and marks are those of a text that was looked through as it grew. */
static void
gives_way_in_a_long_message(void)
{
	static const char *const words[] = {"apple pie ", "apple\n", "apple\r\n\x01", "\xe4\xbd\xa0\xe5\xa5\xbd apple",
	        "appleandmuchmorewithoutablank,"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct conversation *c = conversation_new(NULL);
		struct message *m;
		struct hits h = {0};
		struct buf text = {0};
		size_t n = 0, before = 0, n_marks = 0;
		const struct mark *marks;

		for (int k = 0; text.len < 6000000; k++)
			buf_puts(&text, k % 100 == 0 ? words[i] : "pears, and more pears. ");
		m = conversation_add(c, NULL, CHAT_USER, buf_text(&text));
		for (const char *at = text.data, *end = at + text.len;
		        (at = memory_find(at, (size_t)(end - at), "apple", 5)); at++)
			n++;
		look_for(&h, "apple");
		for (int goes = 0; !h.complete && (size_t)goes <= text.len / HITS_AT_ONCE + 4; goes++) {
			hits_update(&h, c);
			CU_ASSERT(h.looked_through - before <= HITS_AT_ONCE);
			before = h.looked_through;
		}
		CU_ASSERT(h.complete && !h.full);
		HARNESS_CHECK(h.total == n, "%zu of %zu: %s", h.total, n, words[i]);
		marks = hits_marks(&h, 0, SPOT_CONTENT, m, &n_marks);
		CU_ASSERT_EQUAL(n_marks, n);
		for (size_t k = 1; k < n_marks; k++)
			CU_ASSERT(marks[k - 1].end <= marks[k].start);
		hits_release(&h);
		buf_release(&text);
		conversation_free(c);
	}
}

/* A word without an end is no reason to begin at its start again. */
static void
goes_on_in_a_line_without_a_blank(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = conversation_add(c, NULL, CHAT_USER, "a");
	struct hits h = {0};

	look_for(&h, "apple");
	for (int i = 0; i < 2000; i++) {
		CU_ASSERT(buf_append_string(&m->content, "pearspearspearspearspearspearspearspearspears"));
		hits_update(&h, c);
	}
	CU_ASSERT(h.complete && h.looked_through < 2000 * 8192);
	hits_release(&h);
	conversation_free(c);
}

/* More of them than anybody goes through are not kept. */
static void
keeps_a_bounded_number(void)
{
	struct conversation *c = conversation_new(NULL);
	struct hits h = {0};
	struct buf text = {0};

	while (text.len < 8 * 1024 * 1024)
		buf_puts(&text, "x\n");
	conversation_add(c, NULL, CHAT_USER, buf_text(&text));
	look_for(&h, "x");
	do
		hits_update(&h, c);
	while (!h.complete);
	CU_ASSERT(h.full && h.total == HITS_MAX);
	hits_release(&h);
	buf_release(&text);
	conversation_free(c);
}

CU_TestInfo hits_tests[] = {
        {"goes through them in their order", goes_through_them_in_their_order},
        {"forgets what left the path", forgets_what_left_the_path},
        {"is the same as a text grows", is_the_same_as_a_text_grows},
        {"gives way in a long conversation", gives_way_in_a_long_conversation},
        {"gives way in a long message", gives_way_in_a_long_message},
        {"goes on in a line without a blank", goes_on_in_a_line_without_a_blank},
        {"keeps a bounded number", keeps_a_bounded_number},
        CU_TEST_INFO_NULL,
};
