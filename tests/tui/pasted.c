/*
 * pasted.c - which parts of a text were not typed, as it changes; and chips in the composer.
 */
#include "tui/pasted.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "tui/composer.h"

enum {
	LINES = 30,
};

/* "2-5 7-9*", a star for what is folded. */
static void
put_parts(const struct pasted *p, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < p->n; i++)
		buf_printf(out, "%s%zu-%zu%s", i > 0 ? " " : "", p->parts[i].from, p->parts[i].to,
		        p->parts[i].is_folded ? "*" : "");
}

static void
moves_with_the_text(void)
{
	static const struct {
		size_t at, removed, inserted;
		const char *want;
	} rows[] = {
	        {0, 0, 2, "4-7 12-14"},  /* before both */
	        {14, 0, 2, "2-5 10-12"}, /* behind both */
	        {2, 0, 1, "3-6 11-13"},  /* at the start of one */
	        {5, 0, 1, "2-5 11-13"},  /* at its end */
	        {3, 0, 1, "2-3 4-6 11-13"},
	        {3, 1, 0, "2-3 3-4 9-11"},
	        {0, 3, 0, "0-2 7-9"},
	        {4, 7, 1, "2-4 5-6"},
	        {2, 3, 0, "7-9"},
	        {0, 14, 5, ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pasted p = {.n = 0};
		struct buf got = {0};

		pasted_add(&p, "0123456789abcd", 2, 3, false);
		pasted_add(&p, "0123456789abcd", 10, 2, false);
		pasted_replace(&p, rows[i].at, rows[i].removed, rows[i].inserted);
		put_parts(&p, &got);
		HARNESS_EQUAL(buf_text(&got), rows[i].want);
		buf_release(&got);
		pasted_release(&p);
	}
}

static void
paste(struct composer *c, const char *text)
{
	CU_ASSERT(composer_insert(c, text, strlen(text)));
}

static void
type(struct composer *c, const char *text)
{
	CU_ASSERT(composer_type(c, text, strlen(text)));
}

static char *
many_lines(void)
{
	struct buf text = {0};

	for (int i = 0; i < LINES; i++)
		buf_printf(&text, "line %d @%d\n", i, i);
	return buf_take(&text);
}

/* Pieces of a paste are one chip; undo and redo bring it back as it was. */
static void
folds_a_paste_in_pieces(void)
{
	struct composer c;
	struct buf got = {0};
	char *text = many_lines();

	composer_init(&c);
	c.folds = true;
	type(&c, "a ");
	for (const char *at = text; *at; at++)
		CU_ASSERT(composer_insert(&c, at, 1));
	type(&c, " b");
	put_parts(&c.pasted, &got);
	HARNESS_CHECK(c.pasted.n == 1 && c.pasted.parts[0].is_folded, "%s", buf_text(&got));
	composer_left(&c);
	composer_left(&c);
	composer_left(&c);
	CU_ASSERT_EQUAL(c.cursor, 2);
	composer_delete(&c);
	HARNESS_EQUAL(composer_text(&c), "a  b");
	CU_ASSERT(!composer_has_folds(&c));
	composer_undo(&c);
	CU_ASSERT(composer_has_folds(&c) && strlen(composer_text(&c)) == strlen(text) + 4);
	CU_ASSERT(composer_unfold(&c) && !composer_has_folds(&c) && !composer_unfold(&c));
	composer_undo(&c);
	CU_ASSERT(composer_has_folds(&c));
	composer_redo(&c);
	CU_ASSERT(!composer_has_folds(&c));
	composer_undo(&c);
	composer_undo(&c);
	composer_undo(&c);
	composer_undo(&c);
	CU_ASSERT_EQUAL(c.text.len, 0);
	CU_ASSERT_EQUAL(c.pasted.n, 0);
	composer_redo(&c);
	composer_redo(&c);
	CU_ASSERT(composer_has_folds(&c));
	composer_release(&c);
	buf_release(&got);
	free(text);
}

/* Each @ that was typed, as 't', all others as 'p'. */
static void
put_signs(const struct composer *c, char *out)
{
	const char *text = composer_text(c);

	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++)
		*out++ = composer_is_typed(c, (size_t)(at - text)) ? 't' : 'p';
	*out = '\0';
}

static void
knows_what_was_typed(void)
{
	struct composer c;
	char signs[16];

	composer_init(&c);
	type(&c, "@a ");
	paste(&c, "@b ");
	type(&c, "@c ");
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "tpt");
	composer_kill_space_word(&c);
	composer_kill_space_word(&c);
	composer_yank(&c);
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "tpp"); /* what is killed together is one */
	composer_undo(&c);
	composer_undo(&c);
	composer_undo(&c);
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "tpt");
	composer_home(&c);
	composer_kill_word_right(&c);
	composer_yank(&c);
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "tpt");
	CU_ASSERT(composer_replace(&c, "@x", 2));
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "p");
	composer_undo(&c);
	put_signs(&c, signs);
	HARNESS_EQUAL(signs, "tpt");
	composer_release(&c);
}

CU_TestInfo pasted_tests[] = {
        {"parts move with the text", moves_with_the_text},
        {"a paste in pieces is one chip, and undone as it was", folds_a_paste_in_pieces},
        {"what was typed is known", knows_what_was_typed},
        CU_TEST_INFO_NULL,
};
