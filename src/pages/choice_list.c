/*
 * choice_list.c - one page for all lists of names; whose names they are, it is told when it is opened. Rows are made again
 * when something is typed, and when those who list them say so.
 */
#include "pages/choice_list.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/fuzzy.h"
#include "tui/picker.h"

struct choice_list {
	struct picker view;
	const struct choices *choices;
	char **names; /* one for each row */
	size_t n_names, space;
	char *asked; /* what the rows were made for */
};

static const struct view choices_view;

static struct choice_list *
state(const struct app *app)
{
	return view_state(app, &choices_view);
}

static void
forget_names(struct choice_list *l)
{
	for (size_t i = 0; i < l->n_names; i++)
		free(l->names[i]);
	l->n_names = 0;
}

static void
init(void *state)
{
	picker_init(&((struct choice_list *)state)->view, "");
}

static void
release(void *state)
{
	struct choice_list *l = state;

	picker_release(&l->view);
	forget_names(l);
	free(l->names);
	free(l->asked);
}

/* ---- rows ---- */

static void
add_name(struct choice_list *l, const char *name)
{
	if (l->n_names == l->space) {
		l->space = l->space ? l->space * 2 : 64;
		l->names = mem_realloc(l->names, l->space * sizeof(*l->names));
	}
	l->names[l->n_names++] = mem_strdup(name);
}

void
choice_list_add(struct app *app, const char *name, const char *words, const char *mark)
{
	struct choice_list *l = state(app);
	struct mark marks[FUZZY_MARKS_MAX];
	struct fuzzy found;

	if (!fuzzy_match(name, strlen(name), l->asked, &found))
		return;
	for (size_t i = 0; i < found.n; i++)
		marks[i] = (struct mark){found.marks[i].start, found.marks[i].end};
	picker_add(&l->view, name, words, mark, marks, found.n);
	add_name(l, name);
}

static void
make_rows(struct app *app)
{
	struct choice_list *l = state(app);
	size_t chosen = l->view.chosen;

	free(l->asked);
	l->asked = mem_strdup(composer_text(&l->view.input));
	forget_names(l);
	picker_clear(&l->view);
	l->choices->fill(app);
	picker_move(&l->view, (long)chosen);
}

static void
settle(struct app *app)
{
	struct choice_list *l = state(app);

	if (l->asked && strcmp(l->asked, composer_text(&l->view.input)) == 0)
		return;
	l->view.chosen = 0;
	make_rows(app);
}

/* ---- on the screen ---- */

static void
put_hint(const struct app *app, int cols, struct buf *out)
{
	const struct hint_row rows[] = {{"choices-choose", state(app)->choices->use}, {"choices-close", "close"}};

	hint_put_rows(out, &app->keymap, CONTEXT_CHOICES, rows, ARRAY_LEN(rows), cols);
}

static void
draw(struct app *app, struct grid *g)
{
	struct choice_list *l = state(app);
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0}, empty = {0};

	put_hint(app, picker_hint_cols(all.rows, all.cols), &hint);
	l->choices->put_empty(app, &empty);
	picker_layout(&l->view, all.rows, all.cols);
	picker_draw(&l->view, g, all, buf_text(&empty), buf_text(&hint));
	buf_release(&hint);
	buf_release(&empty);
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_CHOICES;
}

static struct composer *
line(struct app *app)
{
	return &state(app)->view.input;
}

static const struct view choices_view = {.context = context,
        .line = line,
        .settle = settle,
        .draw = draw,
        .state_size = sizeof(struct choice_list),
        .init = init,
        .release = release};

const struct view *
choice_list_page(void)
{
	return &choices_view;
}

void
choice_list_open(struct app *app, const struct choices *choices)
{
	struct choice_list *l = state(app);

	view_open(app, &choices_view);
	l->choices = choices;
	l->view.label = choices->label;
	l->view.chosen = 0;
	composer_reset(&l->view.input);
	make_rows(app);
	app->stale = true;
}

void
choice_list_refresh(struct app *app, const struct choices *choices)
{
	if (!view_is_open(app, &choices_view) || state(app)->choices != choices)
		return;
	make_rows(app);
	app->stale = true;
}

/* ---- actions ---- */

void
choice_list_close(struct app *app)
{
	view_close(app, &choices_view);
}

void
choice_list_move(struct app *app, int way)
{
	picker_move(&state(app)->view, way);
}

void
choice_list_pages(struct app *app, int way)
{
	struct picker *view = &state(app)->view;

	picker_move(view, way * (long)view->page);
}

void
choice_list_choose(struct app *app)
{
	struct choice_list *l = state(app);
	char *name;

	if (l->view.chosen >= l->n_names)
		return;
	name = mem_strdup(l->names[l->view.chosen]);
	choice_list_close(app);
	l->choices->choose(app, name);
	free(name);
}
