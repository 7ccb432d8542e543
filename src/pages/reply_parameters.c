/*
 * reply_parameters.c - a list in a box. It holds a copy: the reply may be deleted meanwhile.
 */
#include "pages/reply_parameters.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/parameters.h"
#include "text/fuzzy.h"
#include "tui/picker.h"

struct reply_parameters {
	struct picker view;
	struct parameters set; /* of the reply */
	char *asked;           /* the filter that the rows were made for */
};

static const struct view page_view;

static struct reply_parameters *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
init(void *state)
{
	picker_init(&((struct reply_parameters *)state)->view, "Parameters of this reply");
}

static void
release(void *state)
{
	struct reply_parameters *r = state;

	picker_release(&r->view);
	parameters_release(&r->set);
	free(r->asked);
}

/* ---- rows ---- */

/* "as now", "now 0.8" */
static char *
compare_with_now(const struct app *app, const struct parameter *p, const char *json)
{
	enum setting_source source;
	const char *now = settings_get(app, app->pane->talk, p, &source);
	char *shown, *words;

	if (now && strcmp(now, json) == 0)
		return mem_strdup("as now");
	if (!now)
		now = settings_default(app->pane->talk, p);
	if (!now)
		return mem_strdup("now the server's default");
	shown = parameter_show(p, now);
	words = mem_printf("now %s", shown);
	free(shown);
	return words;
}

static void
add_row(struct app *app, const struct parameter *p, const char *json)
{
	struct reply_parameters *r = state(app);
	char *value, *now;
	struct mark marks[FUZZY_MARKS_MAX];
	struct fuzzy found;

	if (!fuzzy_match(p->name, strlen(p->name), r->asked, &found))
		return;
	for (size_t i = 0; i < found.n; i++)
		marks[i] = (struct mark){found.marks[i].start, found.marks[i].end};
	value = parameter_show(p, json);
	now = compare_with_now(app, p, json);
	picker_add(&r->view, p->name, value, now, marks, found.n);
	free(value);
	free(now);
}

static void
make_rows(struct app *app)
{
	struct reply_parameters *r = state(app);
	size_t n;
	const struct parameter *table = parameter_table(&n);

	free(r->asked);
	r->asked = mem_strdup(composer_text(&r->view.input));
	picker_clear(&r->view);
	for (size_t i = 0; i < n; i++)
		if (parameters_get(&r->set, &table[i]))
			add_row(app, &table[i], parameters_get(&r->set, &table[i]));
}

static void
settle(struct app *app)
{
	if (strcmp(state(app)->asked, composer_text(&state(app)->view.input)) != 0)
		make_rows(app);
}

/* ---- the view ---- */

static void
put_keys(const struct app *app, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {
	        {"reply-parameters-use", "use them again"}, {"reply-parameters-close", "close"}};

	hint_put_rows(out, &app->keymap, CONTEXT_REPLY_PARAMETERS, rows, ARRAY_LEN(rows), cols);
}

/* Where there is no box, the last row tells the keys. */
static void
draw_footer(const struct app *app, struct grid *g)
{
	struct buf keys = {0};

	put_keys(app, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}

static void
draw(struct app *app, struct grid *g)
{
	struct reply_parameters *r = state(app);
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0};

	put_keys(app, picker_hint_cols(all.rows, all.cols), &hint);
	picker_layout(&r->view, all.rows, all.cols);
	picker_draw(&r->view, g, all, "no parameter is called so", buf_text(&hint));
	if (!picker_is_box(all.rows, all.cols))
		draw_footer(app, g);
	buf_release(&hint);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_REPLY_PARAMETERS;
}

static struct composer *
line(struct app *app)
{
	return &state(app)->view.input;
}

static const struct view page_view = {.context = context,
        .line = line,
        .settle = settle,
        .draw = draw,
        .state_size = sizeof(struct reply_parameters),
        .init = init,
        .release = release};

const struct view *
reply_parameters_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

void
reply_parameters_open(struct app *app)
{
	const struct message *m = focus_message(app);
	struct reply_parameters *r = state(app);

	if (m->role != CHAT_ASSISTANT) {
		app_say(app, false, "only a reply has parameters");
		return;
	}
	parameters_release(&r->set);
	(void)parameters_read_json(&r->set, buf_text(&m->parameters), m->parameters.len);
	if (parameters_is_empty(&r->set)) {
		app_say(app, false, "no parameter was set for this reply: the server's defaults held");
		return;
	}
	view_push(app, &page_view);
	composer_reset(&r->view.input);
	make_rows(app);
}

void
reply_parameters_close(struct app *app)
{
	view_close(app, &page_view);
}

void
reply_parameters_move(struct app *app, int way)
{
	picker_move(&state(app)->view, way);
}

/* What the preset or the model set besides cannot be left out: counted. */
static size_t
count_others(const struct app *app)
{
	size_t n, count = 0;
	const struct parameter *table = parameter_table(&n);
	enum setting_source source;

	for (size_t i = 0; i < n; i++)
		count += !parameters_get(&state(app)->set, &table[i]) &&
		         settings_get(app, app->pane->talk, &table[i], &source) != NULL;
	return count;
}

void
reply_parameters_use(struct app *app)
{
	struct buf words = {0};
	size_t others;

	settings_replace(app, &state(app)->set);
	others = count_others(app);
	buf_puts(&words, "from the next message on: ");
	parameters_put_words(&state(app)->set, &words);
	if (others > 0)
		buf_printf(&words, "; %zu more by preset or model", others);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
	reply_parameters_close(app);
}
