/*
 * tree_view.c - the tree's view: rows of every shape of conversation, the choice held, folding, finding, and any size.
 */
#include "tui/tree_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const char *
same(UNUSED const void *arg, const char *name)
{
	return name;
}

static void
draw(struct tree_view *v, struct grid *g)
{
	static const struct tree_names names = {same, NULL};

	grid_clear(g);
	tree_view_draw(v, g, (struct rect){0, 0, g->rows, g->cols}, &names);
}

static void
expect(struct tree_view *v, int rows, int cols, const char *want)
{
	struct grid g;

	grid_init(&g, rows, cols);
	draw(v, &g);
	EXPECT_GRID(&g, want);
	grid_release(&g);
}

/* A prompt with two replies; the first has two prompts below it. */
static struct conversation *
make_branches(struct message **middle)
{
	struct conversation *c = conversation_new(NULL);
	struct message *top = conversation_add(c, NULL, CHAT_USER, "One"), *reply;

	reply = conversation_add(c, top, CHAT_ASSISTANT, "Uno");
	*middle = conversation_add(c, reply, CHAT_USER, "Two");
	conversation_add(c, *middle, CHAT_ASSISTANT, "Dos");
	conversation_add(c, reply, CHAT_USER, "Three");
	buf_puts(&conversation_add(c, top, CHAT_ASSISTANT, "Un")->model, "tiny");
	return c;
}

static void
indents_branches_only(void)
{
	struct tree_view v = {0};
	struct message *middle;
	struct conversation *c = make_branches(&middle);

	tree_view_show(&v, c, NULL);
	expect(&v, 7, 24,
	        "* > One\n"
	        "  ├   Uno\n"
	        "  │ ├ > Two\n"
	        "  │ │   Dos\n"
	        "  │ └ > Three\n"
	        "* └   Un\n"
	        "\n");
	conversation_set_leaf(c, middle);
	conversation_add(c, NULL, CHAT_USER, "Other");
	conversation_add(c, conversation_leaf(c), CHAT_ASSISTANT, "Of its own");
	conversation_add(c, message_newest_below(middle)->parent->parent->last_child, CHAT_ASSISTANT, "Tres");
	conversation_set_leaf(c, conversation_first(c)->next_sibling);
	tree_view_update(&v);
	expect(&v, 10, 60,
	        "  ├ > One\n"
	        "  │ ├   Uno\n"
	        "  │ │ ├ > Two\n"
	        "  │ │ │   Dos\n"
	        "  │ │ └ > Three\n"
	        "  │ │   Tres\n"
	        "  │ └   Un                                             tiny\n"
	        "* └ > Other\n"
	        "    Of its own\n"
	        "\n");
	tree_view_release(&v);
	conversation_free(c);
}

static void
keeps_what_was_chosen(void)
{
	struct tree_view v = {0};
	struct message *middle;
	struct conversation *c = make_branches(&middle);

	tree_view_show(&v, c, middle);
	CU_ASSERT(tree_view_chosen(&v) == middle && v.chosen == 2);
	tree_view_move(&v, -1);
	tree_view_fold(&v, true);
	CU_ASSERT(v.n == 3 && v.messages == 6 && v.rows[1].below == 3);
	tree_view_choose(&v, middle);
	CU_ASSERT(v.n == 6 && tree_view_chosen(&v) == middle);
	conversation_delete(c, middle);
	tree_view_update(&v);
	/* What has its place. */
	HARNESS_EQUAL(buf_text(&tree_view_chosen(&v)->content), "Three");
	tree_view_move(&v, 100);
	HARNESS_EQUAL(buf_text(&tree_view_chosen(&v)->content), "Un");
	conversation_delete(c, conversation_first(c));
	tree_view_update(&v);
	CU_ASSERT(!tree_view_chosen(&v) && v.n == 0);
	tree_view_move(&v, 1);
	tree_view_fold(&v, true);
	expect(&v, 2, 30, "  nothing was said here yet\n\n");
	tree_view_release(&v);
	conversation_free(c);
}

static bool
begins_with(const struct message *m, void *arg)
{
	return strncmp(buf_text(&m->content), arg, 1) == 0;
}

static void
finds_round_and_round(void)
{
	static char u[] = "U", t[] = "T", o[] = "O", z[] = "z";
	static const struct {
		char *what;
		bool backwards;
		const char *from, *want;
	} rows[] = {
	        {u, false, "One", "Uno"},
	        {u, false, "Uno", "Un"},
	        {u, false, "Un", "Uno"},
	        {u, true, "Un", "Uno"},
	        {u, true, "Uno", "Un"},
	        {t, true, "Dos", "Two"},
	        {t, true, "Two", "Three"},
	        {o, false, "One", "One"},
	        {o, true, "One", "One"},
	        {z, false, "One", NULL},
	        {z, true, "Dos", NULL},
	};
	struct tree_view v = {0};
	struct message *middle;
	struct conversation *c = make_branches(&middle);

	tree_view_show(&v, c, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct message *found;

		v.chosen = 0;
		while (strcmp(buf_text(&tree_view_chosen(&v)->content), rows[i].from) != 0)
			v.chosen++;
		found = tree_view_find(&v, rows[i].backwards, begins_with, rows[i].what);
		HARNESS_EQUAL(found ? buf_text(&found->content) : "none", rows[i].want ? rows[i].want : "none");
	}
	tree_view_release(&v);
	conversation_free(c);
}

/* Ten thousand messages: below each other, beside each other, and each a branch of the one before. */
static void
takes_any_shape(void)
{
	enum {
		MANY = 10000,
	};

	for (int shape = 0; shape < 3; shape++) {
		struct conversation *c = conversation_new(NULL);
		struct message *above = NULL;
		struct tree_view v = {0};
		struct grid g;

		for (int i = 0; i < MANY; i++) {
			struct message *m = conversation_add(c, above, CHAT_USER, "text");

			if (shape == 2 && i % 2 == 0)
				continue;
			if (shape != 1)
				above = m;
		}
		tree_view_show(&v, c, NULL);
		CU_ASSERT(v.n == MANY && v.messages == MANY);
		grid_init(&g, 24, 80);
		tree_view_move(&v, MANY);
		draw(&v, &g);
		CU_ASSERT(v.chosen == MANY - 1 && v.top == MANY - 24 && g.cursor_row == 23);
		tree_view_move(&v, -MANY);
		tree_view_fold(&v, true);
		draw(&v, &g);
		CU_ASSERT(v.messages == MANY && v.n == (shape == 0 ? 1 : MANY));
		grid_release(&g);
		tree_view_release(&v);
		conversation_free(c);
	}
}

static void
breaks_on_no_size(void)
{
	struct tree_view v = {0};
	struct message *middle;
	struct conversation *c = make_branches(&middle);

	tree_view_show(&v, c, middle);
	for (int rows = 1; rows < 9; rows++)
		for (int cols = 1; cols < 70; cols++) {
			struct grid g;

			grid_init(&g, rows, cols);
			draw(&v, &g);
			grid_release(&g);
		}
	expect(&v, 3, 16,
	        "* > One\n"
	        "  ├   Uno\n"
	        "  │ ├ > Two\n");
	tree_view_release(&v);
	conversation_free(c);
}

CU_TestInfo tree_view_tests[] = {
        {"indents branches only", indents_branches_only},
        {"keeps what was chosen", keeps_what_was_chosen},
        {"finds round and round", finds_round_and_round},
        {"takes any shape", takes_any_shape},
        {"breaks on no size", breaks_on_no_size},
        CU_TEST_INFO_NULL,
};
