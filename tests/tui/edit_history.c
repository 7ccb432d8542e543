/*
 * edit_history.c - undoing and redoing what the composer did, step by step and at random.
 */
#include "tui/composer.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
type(struct composer *c, const char *text)
{
	for (; *text; text++)
		CU_ASSERT(composer_type(c, text, 1));
}

static void
undoes_typing_by_words(void)
{
	static const char *const want[] = {"one  two three", "one  two ", "one  ", "", ""};
	struct composer c;

	composer_init(&c);
	type(&c, "one  two three");
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		HARNESS_EQUAL(composer_text(&c), want[i]);
		composer_undo(&c);
	}
	for (size_t i = ARRAY_LEN(want) - 1; i-- > 1;) {
		composer_redo(&c);
		HARNESS_EQUAL(composer_text(&c), want[i - 1]);
	}
	composer_release(&c);
}

static void
undoes_a_run_of_one_kind_at_once(void)
{
	struct composer c;

	composer_init(&c);
	CU_ASSERT(
	        composer_insert(&c, "one ", 4) && composer_insert(&c, "paste ", 6) && composer_insert(&c, "twice", 5));
	for (int i = 0; i < 3; i++)
		composer_backspace(&c);
	HARNESS_EQUAL(composer_text(&c), "one paste tw");
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "one paste twice");
	CU_ASSERT(c.cursor == c.text.len);
	composer_home(&c);
	composer_delete(&c);
	composer_delete(&c);
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "one paste twice");
	CU_ASSERT(c.cursor == 0);
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "");
	composer_release(&c);
}

static void
moving_ends_a_run(void)
{
	struct composer c;

	composer_init(&c);
	type(&c, "ab");
	composer_left(&c);
	composer_right(&c);
	type(&c, "c");
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "ab");
	composer_release(&c);
}

static void
brings_back_what_was_cleared(void)
{
	struct composer c;

	composer_init(&c);
	type(&c, "a long prompt");
	composer_word_left(&c);
	composer_clear(&c);
	HARNESS_EQUAL(composer_text(&c), "");
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "a long prompt");
	CU_ASSERT(c.cursor == strlen("a long "));
	CU_ASSERT(composer_replace(&c, "another", 7));
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "a long prompt");
	composer_reset(&c);
	composer_undo(&c);
	HARNESS_EQUAL(composer_text(&c), "");
	composer_release(&c);
}

static void
a_change_forgets_what_was_undone(void)
{
	struct composer c;

	composer_init(&c);
	type(&c, "one two");
	composer_undo(&c);
	type(&c, "x");
	composer_redo(&c);
	HARNESS_EQUAL(composer_text(&c), "one x");
	composer_release(&c);
}

static void
edit_at_random(struct composer *c)
{
	static void (*const commands[])(struct composer *) = {composer_left, composer_right, composer_word_left,
	        composer_word_right, composer_home, composer_end, composer_backspace, composer_delete,
	        composer_transpose, composer_upcase, composer_downcase, composer_capitalize, composer_kill_to_home,
	        composer_kill_to_end, composer_kill_space_word, composer_kill_word_left, composer_kill_word_right,
	        composer_yank, composer_yank_pop};
	static const char *const texts[] = {"a", "Word", " ", "\n", "e\xcc\x81", "世界",
	        "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "\xcc\x88", "\xff",
	        "."};
	const char *text = texts[(size_t)rand() % ARRAY_LEN(texts)];

	switch (rand() % 4) {
	case 0:
		CU_ASSERT(composer_type(c, text, strlen(text)));
		break;
	case 1:
		CU_ASSERT(composer_insert(c, text, strlen(text)));
		break;
	default:
		commands[(size_t)rand() % ARRAY_LEN(commands)](c);
	}
}

static void
undoes_and_redoes_everything(void)
{
	srand(1);
	for (int run = 0; run < 200; run++) {
		struct composer c;
		char *end;

		composer_init(&c);
		for (int i = 0; i < 100; i++)
			edit_at_random(&c);
		end = mem_strdup(composer_text(&c));
		for (int i = 0; i < 101; i++)
			composer_undo(&c);
		HARNESS_EQUAL(composer_text(&c), "");
		for (int i = 0; i < 101; i++)
			composer_redo(&c);
		HARNESS_EQUAL(composer_text(&c), end);
		free(end);
		composer_release(&c);
	}
}

/* Past the bound the oldest edits go, and the last one stays whatever its size. */
static void
forgets_the_oldest_past_its_bound(void)
{
	size_t size = COMPOSER_TEXT_MAX - 1;
	char *big = mem_alloc(size);
	struct composer c;

	memset(big, 'x', size);
	composer_init(&c);
	type(&c, "a");
	for (int i = 0; i < 4; i++)
		CU_ASSERT(composer_replace(&c, big, size));
	CU_ASSERT(c.history.bytes <= EDIT_HISTORY_BYTES_MAX);
	for (int i = 0; i < 10; i++)
		composer_undo(&c);
	CU_ASSERT(c.text.len == size);
	for (int i = 0; i < 10; i++)
		composer_redo(&c);
	CU_ASSERT(c.text.len == size);
	composer_release(&c);
	free(big);
}

CU_TestInfo edit_history_tests[] = {
        {"undoes typing by words", undoes_typing_by_words},
        {"undoes a run of one kind at once", undoes_a_run_of_one_kind_at_once},
        {"moving ends a run", moving_ends_a_run},
        {"brings back what was cleared", brings_back_what_was_cleared},
        {"a change forgets what was undone", a_change_forgets_what_was_undone},
        {"undoes and redoes everything", undoes_and_redoes_everything},
        {"forgets the oldest past its bound", forgets_the_oldest_past_its_bound},
        CU_TEST_INFO_NULL,
};
