/*
 * models_page.c - the view, and what keys do in it. Rows are made again before each frame: what is known may have changed.
 */
#include "pages/models_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/first_look.h"
#include "app/hidden.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/models_state.h"
#include "text/fuzzy.h"

static const struct view page_view;

static struct models_page *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
init(void *state)
{
	composer_init(&((struct models_page *)state)->filter);
}

static void
release(void *state)
{
	struct models_page *page = state;

	composer_release(&page->filter);
	model_rows_release(&page->rows);
	free(page->shown);
	free(page->name);
	free(page->asked);
	free(page->doomed);
}

/* ---- rows ---- */

static void
set(char **text, const char *to)
{
	char *copy = to ? mem_strdup(to) : NULL;

	free(*text);
	*text = copy;
}

static void
add_shown(const struct app *app, struct models_page *page, const struct model_row *row, const char *typed)
{
	struct models_shown *shown = &page->shown[page->n];
	const char *name = model_show_name(app, row->name);
	struct fuzzy found;

	if (!fuzzy_match(name, strlen(name), typed, &found))
		return;
	*shown = (struct models_shown){.row = row, .name = name};
	for (size_t i = 0; i < found.n && shown->n_marks < MODELS_MARKS_MAX; i++)
		shown->marks[shown->n_marks++] = (struct mark){found.marks[i].start, found.marks[i].end};
	if (page->name && strcmp(page->name, row->name) == 0)
		page->chosen = page->n;
	page->n++;
}

/* How good a place it is for the cursor when none is used: at the server in use, what is loaded there before all else. */
static int
worth(const struct app *app, const struct model_row *row)
{
	const struct link *link = app->pane->talk->link;

	if (!models_is_at(app, row, link) || !row->known)
		return 0;
	return row->state == MODEL_LOADED || row->state == MODEL_SLEEPING ? 3 : row->state == MODEL_FAILED ? 1 : 2;
}

static void
choose_best(const struct app *app, struct models_page *page)
{
	page->chosen = 0;
	for (size_t i = 1; i < page->n; i++)
		if (worth(app, page->shown[i].row) > worth(app, page->shown[page->chosen].row))
			page->chosen = i;
}

/* The cursor stays at its model, else at its place. */
static void
make_rows(struct app *app)
{
	struct models_page *page = state(app);
	const char *typed = composer_text(&page->filter);

	if (page->asked && strcmp(page->asked, typed) != 0) {
		set(&page->name, NULL);
		set(&page->doomed, NULL);
		page->chosen = 0;
	}
	set(&page->asked, typed);
	models_rows(app, &page->rows);
	page->shown = mem_realloc(page->shown, (page->rows.n + 1) * sizeof(*page->shown));
	page->n = 0;
	for (size_t i = 0; i < page->rows.n; i++)
		add_shown(app, page, &page->rows.items[i], typed);
	if (!page->name && !*typed)
		choose_best(app, page);
	if (page->chosen >= page->n)
		page->chosen = page->n > 0 ? page->n - 1 : 0;
}

/* NULL: there is none. */
static const struct model_row *
chosen_row(const struct app *app)
{
	const struct models_page *page = state(app);

	return page->chosen < page->n ? page->shown[page->chosen].row : NULL;
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_MODELS;
}

static struct composer *
line(struct app *app)
{
	return &state(app)->filter;
}

static void
draw(struct app *app, struct grid *g)
{
	make_rows(app);
	models_draw(app, state(app), g);
}

static void
close_page(struct app *app)
{
	models_watch(app, false);
	set(&state(app)->doomed, NULL);
}

static const struct view page_view = {.context = context,
        .line = line,
        .settle = make_rows,
        .draw = draw,
        .close = close_page,
        .covers = true,
        .state_size = sizeof(struct models_page),
        .init = init,
        .release = release};

const struct view *
models_page(void)
{
	return &page_view;
}

/* ---- opening and closing ---- */

/* The cursor begins at the model that is used. */
static void
find_used(struct app *app)
{
	struct models_page *page = state(app);

	set(&page->name, NULL);
	page->chosen = page->top = 0;
	make_rows(app);
	for (size_t i = 0; i < page->n; i++)
		if (models_uses(app, page->shown[i].row, app->pane->talk->link))
			set(&page->name, page->shown[i].row->name);
	make_rows(app);
}

static void
open_for(struct app *app, void (*chosen)(struct app *))
{
	struct models_page *page = state(app);

	if (model_names_wait(app))
		return;
	view_open(app, &page_view);
	models_watch(app, true);
	models_turn(app);
	page->then = chosen;
	composer_reset(&page->filter);
	find_used(app);
}

void
models_page_open(struct app *app)
{
	open_for(app, NULL);
}

bool
models_page_comes_first(struct app *app, void (*chosen)(struct app *))
{
	const struct link *link = app->pane->talk->link;

	if (first_look_comes_first(app, chosen))
		return true;
	/* Of a server that is not there none can be chosen: the prompt says why. */
	if (!talk_is_idle(app->pane->talk) || !model_is_missing(link) || !server_state_is_up(link->server.state))
		return false;
	open_for(app, chosen);
	return true;
}

void
models_page_close(struct app *app)
{
	view_close(app, &page_view);
}

/* ---- going about ---- */

static void
move(struct app *app, long rows)
{
	struct models_page *page = state(app);
	long at = (long)page->chosen + rows, last = (long)page->n - 1;

	if (page->n == 0)
		return;
	page->chosen = (size_t)(at < 0 ? 0 : at > last ? last : at);
	set(&page->name, chosen_row(app)->name);
	set(&page->doomed, NULL);
}

void
models_page_move(struct app *app, int way)
{
	move(app, way);
}

void
models_page_screens(struct app *app, int way)
{
	size_t rows = state(app)->page;

	move(app, way * (rows > 1 ? (long)rows - 1 : 1));
}

/* ---- what is done to a model ---- */

/* Only a router is told what to do. */
static bool
can_order(struct app *app, const struct model_row *row, const char *refusal)
{
	if (row->known && models_server(app, row)->router)
		return true;
	app_say(app, true, row->state == MODEL_UNREACHABLE ? "its server does not answer" : refusal);
	return false;
}

void
models_page_load(struct app *app)
{
	const struct model_row *row = chosen_row(app);

	if (!row || !can_order(app, row, "its server is no router: it loads no other model"))
		return;
	if (row->state == MODEL_UNLOADED || row->state == MODEL_FAILED)
		models_load(app, row);
	else
		app_say(app, false, model_state_is_on_its_way(row->state) ? "it is being loaded" : "it is loaded");
}

static size_t
count_users(const struct app *app, const struct model_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < app->n_talks; i++)
		n += models_uses(app, row, app->talks[i]->link);
	return n;
}

/* False: it is asked first. */
static bool
may_unload(struct app *app, const struct model_row *row)
{
	struct models_page *page = state(app);
	size_t n = count_users(app, row);
	bool again = page->doomed && strcmp(page->doomed, row->name) == 0;
	struct buf key = {0};
	char *words;

	set(&page->doomed, n > 0 && !again ? row->name : NULL);
	if (n == 0 || again)
		return true;
	if (!keymap_say_action(&app->keymap, CONTEXT_MODELS, "models-unload", &key))
		buf_puts(&key, "the same");
	words = n == 1 ? mem_printf("a conversation uses %s: %s again unloads it", row->name, buf_text(&key))
	               : mem_printf("%zu conversations use %s: %s again unloads it", n, row->name, buf_text(&key));
	app_say(app, true, words);
	free(words);
	buf_release(&key);
	return false;
}

void
models_page_unload(struct app *app)
{
	const struct model_row *row = chosen_row(app);

	if (!row || !can_order(app, row, "its server is no router: it keeps its model"))
		return;
	if (row->state == MODEL_UNLOADED || row->state == MODEL_FAILED)
		app_say(app, false, "it is not loaded");
	else if (may_unload(app, row))
		models_unload(app, row);
}

/* The page is closed first: the rows are its own. */
void
models_page_choose(struct app *app)
{
	struct models_page *page = state(app);
	const struct model_row *row = chosen_row(app);
	void (*then)(struct app *) = page->then;
	struct link *link;
	struct err err;
	char *words;
	bool router;

	if (!row)
		return;
	router = models_server(app, row)->router;
	link = links_get(app, row->model, row->asked, &err);
	if (!link) {
		app_say(app, true, err.text);
		return;
	}
	if (router)
		models_prepare(app, link);
	words = mem_printf("in use here: %s", model_show_name(app, row->name));
	if (!model_take(app, link))
		app_say(app, false, words);
	free(words);
	models_page_close(app);
	if (then)
		then(app);
}
