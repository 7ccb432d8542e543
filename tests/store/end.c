/*
 * end.c - the last messages of a conversation, read before the rest of it.
 */
#include "store/load.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* Eight messages, one below the other, and another version of the last but one. */
static struct talk *
make(void)
{
	struct talk *t;
	struct message *m = NULL;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < 8; i++) {
		char text[2] = {(char)('a' + i), '\0'};

		m = conversation_add(t->conversation, m, i % 2 ? CHAT_ASSISTANT : CHAT_USER, text);
	}
	conversation_add(t->conversation, m->parent->parent, CHAT_USER, "other");
	conversation_set_leaf(t->conversation, m);
	talk_save(t);
	return t;
}

static char *
path_of(struct conversation *c)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);
	struct buf out = {0};

	for (size_t i = 0; i < n; i++)
		buf_puts(&out, buf_text(&path[i]->content));
	return buf_take(&out);
}

/* "" : none, for the screen was left further up. */
static void
expect_end(struct talk *t, int most, const char *want)
{
	int64_t row = conversation_info(t->conversation)->row;
	struct loaded end;
	struct err err = {0};
	char *path;

	CU_ASSERT_FATAL(load_end(t->history, row, most, 0, &end, &err));
	path = end.conversation ? path_of(end.conversation) : NULL;
	HARNESS_EQUAL(path ? path : "", want);
	CU_ASSERT(!end.conversation || !conversation_is_changed(end.conversation));
	free(path);
	loaded_release(&end);
}

static void
has_as_many_as_are_wanted(void)
{
	static const struct {
		int most;
		const char *want;
	} rows[] = {
	        {1, "h"}, {2, "gh"}, {3, "fgh"}, {7, "bcdefgh"}, {8, "abcdefgh"}, {9, "abcdefgh"}, {1000, "abcdefgh"}};
	struct talk *t = make();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect_end(t, rows[i].most, rows[i].want);
	talk_free(t);
}

static void
has_the_other_versions(void)
{
	struct talk *t = make();
	struct loaded end;
	struct err err = {0};
	struct message *last;
	size_t n;

	CU_ASSERT_FATAL(load_end(t->history, 1, 3, 9, &end, &err));
	last = conversation_leaf(end.conversation);
	CU_ASSERT(conversation_sibling_number(end.conversation, last->parent, &n) == 1 && n == 2);
	CU_ASSERT(last->row == 8 && last->parent->parent->parent == NULL);
	loaded_release(&end);
	CU_ASSERT(load_end(t->history, 1, 3, 10, &end, &err) && end.conversation == NULL);
	talk_free(t);
}

/* Where the screen was left is there, or there is no use in the end. */
static void
has_the_place_of_the_screen(void)
{
	struct talk *t = make();
	struct loaded end;
	struct err err = {0};

	saver_set_place(t->saver, 6, 3);
	talk_save(t);
	CU_ASSERT_FATAL(load_end(t->history, 1, 4, 0, &end, &err));
	CU_ASSERT_FATAL(end.conversation != NULL);
	CU_ASSERT(conversation_find(end.conversation, end.seen)->row == 6 && end.seen_line == 3);
	loaded_release(&end);
	expect_end(t, 2, "");
	talk_free(t);
}

static void
leaves_out_what_is_hidden(void)
{
	struct talk *t = make();

	conversation_delete(t->conversation, conversation_leaf(t->conversation));
	talk_save(t);
	expect_end(t, 2, "fg");
	conversation_delete(t->conversation, conversation_leaf(t->conversation)->parent);
	talk_save(t);
	expect_end(t, 3, "cde");
	talk_free(t);
}

static void
fails_where_there_is_none(void)
{
	struct talk *t = make();
	struct loaded end;
	struct err err = {0};

	CU_ASSERT(!load_end(t->history, 99, 3, 0, &end, &err));
	HARNESS_EQUAL(err.text, "there is no conversation 99");
	CU_ASSERT(end.conversation == NULL);
	talk_free(t);
}

CU_TestInfo end_tests[] = {
        {"has as many as are wanted", has_as_many_as_are_wanted},
        {"has the other versions", has_the_other_versions},
        {"has the place of the screen", has_the_place_of_the_screen},
        {"leaves out what is hidden", leaves_out_what_is_hidden},
        {"fails where there is none", fails_where_there_is_none},
        CU_TEST_INFO_NULL,
};
