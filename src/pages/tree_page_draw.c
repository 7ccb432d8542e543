/*
 * tree_page_draw.c - the tree on the screen: a line that names the conversation, the view, what is looked for, and the
 * keys there are.
 */
#include <stdlib.h>

#include "app/app.h"
#include "app/hidden.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/tree_page.h"
#include "text/clean.h"

enum {
	RULE_FROM_ROWS = 8,
};

static void
put_key(const struct app *app, const char *action, const char *what, int cols, struct buf *out)
{
	hint_put(out, hint_key(&app->keymap, CONTEXT_TREE, action, what), cols);
}

static void
put_keys(const struct app *app, const struct tree_page *p, int cols, struct buf *out)
{
	const struct tree_view *v = &p->view;
	const struct message *m = tree_view_chosen(v);

	if (m)
		put_key(app, "tree-open", "open", cols, out);
	put_key(app, "tree-close", "close", cols, out);
	if (p->pruned)
		put_key(app, "tree-undo", "undo", cols, out);
	if (m && m->first_child)
		put_key(app, "tree-fold", tree_view_is_folded(v, m) ? "unfold" : "fold", cols, out);
	if (m) {
		put_key(app, "tree-prune", "delete", cols, out);
		put_key(app, "tree-fork", "fork", cols, out);
		put_key(app, "tree-find", "find", cols, out);
	}
	put_key(app, "help", "help", cols, out);
}

static void
put_find_keys(const struct app *app, const struct tree_page *p, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {
	        {"tree-find-enter", "stay"}, {"tree-find-leave", "back"}, {"tree-next", "next"}};

	if (p->is_missing)
		hint_put(out, mem_strdup("not found"), cols);
	hint_put_rows(out, &app->keymap, CONTEXT_TREE_FIND, rows, ARRAY_LEN(rows), cols);
}

static void
draw_footer(const struct app *app, const struct tree_page *p, struct grid *g)
{
	struct buf keys = {0};

	if (p->finding)
		put_find_keys(app, p, status_words_cols(app, g->cols), &keys);
	else
		put_keys(app, p, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}

static void
draw_rule(const struct app *app, const struct tree_page *p, struct grid *g)
{
	const struct buf *title = &conversation_info(app->pane->talk->session.conversation)->title;
	size_t n = p->view.messages;
	char *clean = clean_line(title->len > 0 ? buf_text(title) : "the conversation");
	char *words = mem_printf(" %s: %zu message%s ", clean, n, n == 1 ? "" : "s");

	grid_blank(g, (struct rect){0, 0, 1, g->cols});
	grid_fill(g, 0, 0, g->cols, STYLE_NOTE, "─");
	grid_puts(g, 0, 2, g->cols - 2, STYLE_NOTE, words);
	free(words);
	free(clean);
}

static const char *
show_name(const void *app, const char *name)
{
	return model_show_name(app, name);
}

void
tree_page_draw(const struct app *app, struct tree_page *p, struct grid *g)
{
	const struct tree_names names = {show_name, app};
	int rule = g->rows >= RULE_FROM_ROWS, line = p->finding;

	p->view.marks = p->words.n > 0 ? &p->words : NULL;
	p->view.hides_errors = hidden_is_on(app);
	tree_view_draw(&p->view, g, (struct rect){rule, 0, g->rows - 1 - rule - line, g->cols}, &names);
	if (rule)
		draw_rule(app, p, g);
	grid_blank(g, (struct rect){g->rows - 1 - line, 0, line, g->cols});
	if (line)
		composer_draw(&p->input, g, (struct rect){g->rows - 2, 0, 1, g->cols});
	draw_footer(app, p, g);
}
