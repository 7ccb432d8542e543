/*
 * model_list.c - rebuilds its rows when the filter changes, and when a server reports.
 */
#include "pages/model_list.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/fuzzy.h"
#include "tui/picker.h"

struct model_list {
	struct picker view;
	struct link **links; /* held; one for each configured model, NULL where its client cannot be made */
	char **names;        /* one for each row */
	size_t n_names;
	char *asked;                  /* the filter of the rows */
	void (*chosen)(struct app *); /* when one was; or NULL */
};

static const struct view models_view;

static struct model_list *
state(const struct app *app)
{
	return view_state(app, &models_view);
}

static void
forget_names(struct model_list *l)
{
	for (size_t i = 0; i < l->n_names; i++)
		free(l->names[i]);
	free(l->names);
	l->names = NULL;
	l->n_names = 0;
}

static void
init(void *state)
{
	picker_init(&((struct model_list *)state)->view, "Models");
}

static void
release(void *state)
{
	struct model_list *l = state;

	picker_release(&l->view);
	forget_names(l);
	free(l->links);
	free(l->asked);
}

/* ---- rows ---- */

/* "ready · tiny", "not running" */
static void
put_state(const struct link *link, struct buf *out)
{
	const struct server_info *server = &link->server;

	buf_puts(out, server_state_word(server->state));
	if (server_state_is_up(server->state) && *server->model)
		buf_printf(out, " · %s", model_show_name(server->model));
	if (server->state == SERVER_FAILING)
		buf_printf(out, ": %s", server->error.text);
}

static void
add_row(struct app *app, const char *name, const char *words, bool in_use)
{
	struct model_list *l = state(app);
	struct mark marks[FUZZY_MARKS_MAX];
	struct fuzzy found;

	if (!fuzzy_match(name, strlen(name), l->asked, &found))
		return;
	for (size_t i = 0; i < found.n; i++)
		marks[i] = (struct mark){found.marks[i].start, found.marks[i].end};
	picker_add(&l->view, name, words, in_use ? "in use" : "", marks, found.n);
	l->names = mem_realloc(l->names, (l->n_names + 1) * sizeof(char *));
	l->names[l->n_names++] = mem_strdup(name);
}

static void
add_configured(struct app *app, size_t i)
{
	const struct link *link = state(app)->links[i];
	struct buf words = {0};

	if (link)
		put_state(link, &words);
	else
		buf_puts(&words, "no answer");
	add_row(app, app->config->models[i].name, buf_text(&words), link && link == app->pane->talk->link);
	buf_release(&words);
}

static void
add_offer(struct app *app, const struct link *used, const struct link_offer *offer)
{
	add_row(app, offer->name, *offer->state ? offer->state : "on the server",
	        used->asked && strcmp(used->asked, offer->name) == 0);
}

static void
make_rows(struct app *app)
{
	struct model_list *l = state(app);
	const struct link *used = app->pane->talk->link;
	size_t chosen = l->view.chosen;

	free(l->asked);
	l->asked = mem_strdup(composer_text(&l->view.input));
	forget_names(l);
	picker_clear(&l->view);
	for (size_t i = 0; i < app->config->n_models; i++)
		add_configured(app, i);
	for (size_t i = 0; i < used->n_offers; i++)
		add_offer(app, used, &used->offers[i]);
	picker_move(&l->view, (long)chosen);
}

static void
settle(struct app *app)
{
	struct model_list *l = state(app);

	if (l->asked && strcmp(l->asked, composer_text(&l->view.input)) == 0)
		return;
	l->view.chosen = 0;
	make_rows(app);
}

/* ---- the servers, watched while the list is open ---- */

static void
hold_links(struct app *app)
{
	struct model_list *l = state(app);
	struct err err;

	l->links = mem_alloc(app->config->n_models * sizeof(*l->links));
	for (size_t i = 0; i < app->config->n_models; i++) {
		l->links[i] = links_get(app, &app->config->models[i], NULL, &err);
		if (l->links[i])
			link_hold(app, l->links[i]);
	}
}

static void
drop_links(struct app *app)
{
	struct model_list *l = state(app);

	for (size_t i = 0; i < app->config->n_models; i++)
		if (l->links[i])
			link_drop(app, l->links[i]);
	free(l->links);
	l->links = NULL;
}

/* ---- on the screen ---- */

static void
put_hint(const struct app *app, int cols, struct buf *out)
{
	hint_put(out, hint_key(&app->keymap, CONTEXT_MODELS, "models-choose", "use it here"), cols);
	hint_put(out, hint_key(&app->keymap, CONTEXT_MODELS, "models-close", "close"), cols);
}

static void
draw(struct app *app, struct grid *g)
{
	struct model_list *l = state(app);
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0};

	put_hint(app, picker_hint_cols(all.rows, all.cols), &hint);
	picker_layout(&l->view, all.rows, all.cols);
	picker_draw(&l->view, g, all, "no model matches", buf_text(&hint));
	buf_release(&hint);
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
	return &state(app)->view.input;
}

static const struct view models_view = {.context = context,
        .line = line,
        .settle = settle,
        .draw = draw,
        .close = drop_links,
        .state_size = sizeof(struct model_list),
        .init = init,
        .release = release};

const struct view *
model_list_page(void)
{
	return &models_view;
}

void
model_list_refresh(struct app *app)
{
	if (view_is_open(app, &models_view))
		make_rows(app);
}

/* ---- actions ---- */

void
model_list_open(struct app *app)
{
	model_list_open_for(app, NULL);
}

void
model_list_open_for(struct app *app, void (*chosen)(struct app *))
{
	struct model_list *l = state(app);

	view_open(app, &models_view);
	l->chosen = chosen;
	link_probe(app, app->pane->talk->link); /* models come and go */
	hold_links(app);
	composer_reset(&l->view.input);
	l->view.chosen = 0;
	make_rows(app);
}

bool
model_list_comes_first(struct app *app, void (*chosen)(struct app *))
{
	if (!talk_is_idle(app->pane->talk) || !model_is_missing(app->pane->talk->link))
		return false;
	model_list_open_for(app, chosen);
	app_say(app, false, "choose a model to answer");
	return true;
}

void
model_list_close(struct app *app)
{
	view_close(app, &models_view);
}

void
model_list_move(struct app *app, int way)
{
	picker_move(&state(app)->view, way);
}

/* Its link is held until then: what is known of the server stays. */
void
model_list_choose(struct app *app)
{
	struct model_list *l = state(app);

	bool used;

	if (l->view.chosen >= l->n_names)
		return;
	used = model_use(app, l->names[l->view.chosen]);
	model_list_close(app);
	if (used && l->chosen)
		l->chosen(app);
}
