/*
 * remove.c - what is removed is gone, and nothing else.
 */
#include "store/remove.h"

#include <stdlib.h>
#include <string.h>

#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

enum {
	DEPTH = 3000, /* deeper than SQLite deletes in one step */
};

static void
add_chain(struct history *h, const char *content)
{
	struct conversation *c = conversation_new(NULL);
	struct talk *t;

	for (int i = 0; i < DEPTH; i++)
		conversation_add(c, conversation_leaf(c), CHAT_USER, content);
	t = talk_join(h, c);
	talk_save(t);
	talk_drop(t);
}

static void
removes_the_deepest_and_keeps_the_rest(void)
{
	const int64_t rows[] = {1, 3};
	struct history *h;
	struct err err = {0};
	size_t done;

	place_make();
	h = place_open();
	for (int i = 0; i < 3; i++)
		add_chain(h, i == 1 ? "stays" : "goes");
	HARNESS_CHECK(remove_conversations(h, rows, 2, NULL, NULL, &done, &err), "%s", err.text);
	CU_ASSERT(done == 2);
	place_expect(h, "SELECT group_concat(id) FROM conversation", "2");
	place_expect(h, "SELECT count(*) FROM message WHERE content = 'stays' AND conversation = 2", "3000");
	place_expect(h, "SELECT count(*) FROM message", "3000");
	place_expect(h, "SELECT count(*) FROM message_words WHERE message_words MATCH 'goes'", "0");
	place_check(h);
	history_close(h);
	place_remove();
}

static void
leaves_no_word_in_the_file(void)
{
	static const char word[] = "unspeakable";
	const int64_t row = 1;
	char *path, *bytes;
	struct history *h;
	struct err err = {0};
	size_t done, n;

	place_make();
	h = place_open();
	add_chain(h, word);
	CU_ASSERT(remove_conversations(h, &row, 1, NULL, NULL, &done, &err));
	HARNESS_CHECK(remove_shrink(h, &err), "%s", err.text);
	history_close(h);
	path = place_path("history.db");
	bytes = harness_read(path, &n);
	for (size_t i = 0; i + sizeof(word) <= n; i++)
		if (memcmp(bytes + i, word, sizeof(word) - 1) == 0) {
			HARNESS_CHECK(false, "at byte %zu of %zu", i, n);
			break;
		}
	CU_ASSERT(n < 200000);
	free(path);
	free(bytes);
	place_remove();
}

CU_TestInfo remove_tests[] = {
        {"removes the deepest, and keeps the rest", removes_the_deepest_and_keeps_the_rest},
        {"leaves no word in the file", leaves_no_word_in_the_file},
        CU_TEST_INFO_NULL,
};
