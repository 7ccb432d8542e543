/*
 * tree_page.c - the actions of the tree. Whatever happens to the conversation meanwhile, the view is brought up to date
 * before it is used: that is one walk over the messages, and no text is looked at.
 */
#include "pages/tree_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/copy.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/mem.h"

enum {
	FIND_BYTES = 4096, /* of a text: keys must not wait for megabytes */
};

static const struct view page_view;

static struct tree_page *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
init(void *state)
{
	composer_init(&((struct tree_page *)state)->input);
}

static void
release(void *state)
{
	struct tree_page *p = state;

	tree_view_release(&p->view);
	composer_release(&p->input);
	find_release(&p->words);
	free(p->asked);
}

static struct conversation *
conversation_of(const struct app *app)
{
	return app->pane->talk->session.conversation;
}

/* The view, brought up to date with the conversation. */
static struct tree_view *
updated_view(struct app *app)
{
	struct tree_view *v = &state(app)->view;

	if (v->conversation != conversation_of(app))
		tree_view_show(v, conversation_of(app), conversation_leaf(conversation_of(app)));
	else
		tree_view_update(v);
	return v;
}

static struct message *
chosen(struct app *app)
{
	return tree_view_chosen(updated_view(app));
}

/* ---- looking for what is typed ---- */

static void
choose(struct app *app, const struct message *m)
{
	if (m)
		tree_view_choose(&state(app)->view, m);
}

static bool
holds(const struct message *m, void *arg)
{
	size_t n = m->content.len < FIND_BYTES ? m->content.len : FIND_BYTES;

	return find_all(arg, buf_text(&m->content), n);
}

/* From the chosen one on, which may be it. */
static void
go_to_first(struct app *app)
{
	struct tree_page *p = state(app);
	struct message *start = conversation_find(conversation_of(app), p->start), *m;

	if (start && !start->is_deleted)
		tree_view_choose(&p->view, start);
	m = tree_view_chosen(&p->view);
	p->is_missing = false;
	if (p->words.n == 0 || (m && holds(m, &p->words)))
		return;
	m = tree_view_find(&p->view, false, holds, &p->words);
	p->is_missing = !m;
	choose(app, m);
}

static void
find_typed(struct app *app)
{
	struct tree_page *p = state(app);
	const char *text = composer_text(&p->input);

	if (!p->finding || (p->asked && strcmp(p->asked, text) == 0))
		return;
	free(p->asked);
	p->asked = mem_strdup(text);
	find_release(&p->words);
	(void)find_add(&p->words, text, strlen(text), true);
	go_to_first(app);
}

/* ---- the view ---- */

static enum key_context
context(const struct app *app)
{
	return state(app)->finding ? CONTEXT_TREE_FIND : CONTEXT_TREE;
}

static struct composer *
line(struct app *app)
{
	return state(app)->finding ? &state(app)->input : NULL;
}

/* Another conversation has come into the pane: its tree is not what was asked for. */
static void
settle(struct app *app)
{
	if (state(app)->talk != app->pane->talk) {
		view_close(app, &page_view);
		return;
	}
	(void)updated_view(app);
	find_typed(app);
}

static void
draw(struct app *app, struct grid *g)
{
	tree_page_draw(app, state(app), g);
}

static const struct view page_view = {.context = context,
        .line = line,
        .settle = settle,
        .draw = draw,
        .covers = true,
        .state_size = sizeof(struct tree_page),
        .init = init,
        .release = release};

const struct view *
tree_page(void)
{
	return &page_view;
}

void
tree_page_open(struct app *app)
{
	struct message *at = focus_message(app);

	view_open(app, &page_view);
	state(app)->talk = app->pane->talk;
	state(app)->finding = false;
	state(app)->pruned = 0;
	tree_view_show(&state(app)->view, conversation_of(app), at ? at : conversation_leaf(conversation_of(app)));
}

void
tree_page_close(struct app *app)
{
	view_close(app, &page_view);
}

/* ---- moving ---- */

void
tree_page_move(struct app *app, int way)
{
	tree_view_move(updated_view(app), way);
}

static long
page(const struct tree_view *v)
{
	return v->page > 1 ? (long)v->page - 1 : 1;
}

void
tree_page_screens(struct app *app, int way)
{
	struct tree_view *v = updated_view(app);

	tree_view_move(v, way * page(v));
}

void
tree_page_end(struct app *app, int way)
{
	struct tree_view *v = updated_view(app);

	tree_view_move(v, way * (long)v->n);
}

void
tree_page_left(struct app *app)
{
	struct message *m = chosen(app);

	if (m && m->first_child && !tree_view_is_folded(&state(app)->view, m))
		tree_view_fold(&state(app)->view, true);
	else if (m)
		choose(app, m->parent);
}

void
tree_page_right(struct app *app)
{
	struct message *m = chosen(app);

	if (m && tree_view_is_folded(&state(app)->view, m))
		tree_view_fold(&state(app)->view, false);
	else if (m)
		choose(app, m->first_child);
}

void
tree_page_fold(struct app *app)
{
	struct message *m = chosen(app);

	if (m && m->first_child)
		tree_view_fold(&state(app)->view, !tree_view_is_folded(&state(app)->view, m));
	else
		app_say(app, false, "there is nothing below it");
}

void
tree_page_sibling(struct app *app, int steps)
{
	struct message *m = chosen(app), *other = m ? conversation_sibling(conversation_of(app), m, steps) : NULL;

	if (other == m)
		app_say(app, false, "there is no other version of this message");
	choose(app, other);
}

/* ---- doing something ---- */

void
tree_page_enter(struct app *app)
{
	struct message *m = chosen(app);

	if (!m || branches_show(app, m))
		tree_page_close(app);
}

static void
say_pruned(struct app *app, size_t n)
{
	char *undo = hint_key(&app->keymap, CONTEXT_TREE, "tree-undo", n == 1 ? "brings it back" : "brings them back");
	char *words = mem_printf("%zu message%s deleted%s%s", n, n == 1 ? "" : "s", *undo ? "; " : "", undo);

	app_say(app, false, words);
	free(words);
	free(undo);
}

void
tree_page_prune(struct app *app)
{
	struct message *m = chosen(app);
	struct tree_page *p = state(app);
	bool was_on_path = m && tree_view_is_on_path(&p->view, m);
	size_t before = p->view.messages;

	if (!branches_delete(app, m))
		return;
	p->pruned = m->id;
	p->pruned_was_on_path = was_on_path;
	tree_view_update(&p->view);
	say_pruned(app, before - p->view.messages);
}

/* A message that was hidden when it was deleted stays hidden. */
void
tree_page_undo(struct app *app)
{
	struct conversation *c = conversation_of(app);
	struct message *leaf = conversation_leaf(c), *back;
	struct tree_page *p = state(app);

	if (!branches_undelete(app))
		return;
	back = conversation_find(c, p->pruned);
	if (back && !back->is_deleted && !p->pruned_was_on_path && leaf)
		conversation_set_leaf(c, leaf);
	p->pruned = 0;
	choose(app, back);
}

void
tree_page_fork(struct app *app)
{
	if (branches_fork(app, chosen(app)))
		tree_page_close(app);
}

void
tree_page_copy(struct app *app)
{
	struct message *m = chosen(app);

	if (m)
		(void)copy_message(app, m);
}

/* ---- finding ---- */

void
tree_page_find(struct app *app)
{
	struct tree_page *p = state(app);

	composer_reset(&p->input);
	p->finding = true;
	p->start = chosen(app) ? p->view.chosen_id : 0;
}

void
tree_page_find_enter(struct app *app)
{
	state(app)->finding = false;
}

void
tree_page_find_leave(struct app *app)
{
	composer_reset(&state(app)->input);
	find_typed(app);
	state(app)->finding = false;
}

void
tree_page_found(struct app *app, int way)
{
	struct tree_page *p = state(app);
	struct message *m;

	if (p->words.n == 0) {
		app_say(app, false, "nothing was searched for yet");
		return;
	}
	m = tree_view_find(updated_view(app), way < 0, holds, &p->words);
	if (!m)
		app_say(app, false, "not found in any message");
	choose(app, m);
	p->start = p->view.chosen_id;
}
