/*
 * parameter_page.c - the view, and what keys do in it: in the list of parameters, while a value is changed, and in the list of
 * samplers. Rows are made again before each frame: there are some forty.
 */
#include "pages/parameter_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "pages/parameter_state.h"

static const struct view page_view;

static struct parameter_page *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static void
init(void *state)
{
	struct parameter_page *page = state;

	composer_init(&page->filter);
	composer_init(&page->edit);
}

static void
forget_undo(struct parameter_undo *undo)
{
	for (size_t i = 0; i < undo->n; i++)
		parameters_release(&undo->sets[i]);
	undo->n = 0;
	undo->last = NULL;
}

static void
release(void *state)
{
	struct parameter_page *page = state;

	composer_release(&page->filter);
	composer_release(&page->edit);
	forget_undo(&page->undo);
	free(page->asked);
}

/* ---- the view ---- */

static enum key_context
context(const struct app *app)
{
	const struct parameter_page *page = state(app);

	return page->edited ? CONTEXT_PARAMETER_EDIT : page->list.parameter ? CONTEXT_SAMPLERS : CONTEXT_PARAMETERS;
}

static struct composer *
line(struct app *app)
{
	return state(app)->edited ? &state(app)->edit : &state(app)->filter;
}

static void
settle(struct app *app)
{
	parameter_rows_make(state(app));
}

static bool
has_lines(const struct parameter *p)
{
	return p->type != PARAMETER_NUMBER && p->type != PARAMETER_INTEGER;
}

/* A grammar has several lines. */
static void
paste(struct app *app, const char *text, size_t n)
{
	const struct parameter *edited = state(app)->edited;
	bool taken = edited && has_lines(edited) ? composer_insert(line(app), text, n)
	                                         : composer_insert_line(line(app), text, n);

	if (!taken)
		app_say(app, true, "too long for a parameter");
}

static void
draw(struct app *app, struct grid *g)
{
	parameter_draw(app, state(app), g);
}

/* What is being typed is left. */
static void
close(struct app *app)
{
	state(app)->edited = NULL;
	state(app)->list.parameter = NULL;
	forget_undo(&state(app)->undo);
}

static const struct view page_view = {.context = context,
        .line = line,
        .settle = settle,
        .paste = paste,
        .draw = draw,
        .close = close,
        .covers = true,
        .state_size = sizeof(struct parameter_page),
        .init = init,
        .release = release};

const struct view *
parameter_page(void)
{
	return &page_view;
}

/* ---- opening and going about ---- */

void
parameter_page_open(struct app *app)
{
	struct parameter_page *page = state(app);

	view_open(app, &page_view);
	composer_reset(&page->filter);
	if (settings_lacks_defaults(app->pane->talk))
		link_probe(app, app->pane->talk->link);
	parameter_rows_make(page);
}

void
parameter_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
parameter_page_move(struct app *app, int rows)
{
	parameter_rows_move(state(app), rows);
}

void
parameter_page_screens(struct app *app, int way)
{
	size_t rows = state(app)->page;

	parameter_rows_move(state(app), way * (rows > 1 ? (long)rows - 1 : 1));
}

void
parameter_page_end(struct app *app, int way)
{
	parameter_rows_move(state(app), way * (long)state(app)->n);
}

/* ---- changes, and taking them back ---- */

static struct parameters *
own_set(const struct app *app)
{
	return &conversation_info(app->pane->talk->session.conversation)->parameters;
}

static void
drop_oldest(struct parameter_undo *undo)
{
	parameters_release(&undo->sets[0]);
	undo->n--;
	memmove(undo->sets, undo->sets + 1, undo->n * sizeof(*undo->sets));
}

/* Before a change of this parameter; NULL: of several, or it is taken back. */
static void
note_change(struct app *app, const struct parameter *p)
{
	struct parameter_undo *undo = &state(app)->undo;

	if (p && undo->last == p)
		return;
	if (undo->n == PARAMETER_UNDO_MAX)
		drop_oldest(undo);
	undo->sets[undo->n] = (struct parameters){0};
	parameters_copy(&undo->sets[undo->n++], own_set(app));
	undo->last = p;
}

/* Takes the value; NULL takes the parameter back. */
static void
change(struct app *app, const struct parameter *p, char *json)
{
	if (json && !settings_takes(app, p)) {
		free(json);
		return;
	}
	note_change(app, json ? p : NULL);
	settings_set_json(app, p, json);
}

void
parameter_page_undo(struct app *app)
{
	struct parameter_undo *undo = &state(app)->undo;

	if (undo->n == 0) {
		app_say(app, false, "nothing was changed on this page");
		return;
	}
	settings_replace(app, &undo->sets[--undo->n]);
	parameters_release(&undo->sets[undo->n]);
	undo->last = NULL;
	app_say(app, false, "the last change is undone");
}

static void
take_back(struct app *app, const struct parameter *p)
{
	char *words;

	if (parameters_get(own_set(app), p)) {
		change(app, p, NULL);
		return;
	}
	words = mem_printf("%s is not set for this conversation", p->name);
	app_say(app, false, words);
	free(words);
}

void
parameter_page_take_back(struct app *app)
{
	if (state(app)->chosen)
		take_back(app, state(app)->chosen);
}

void
parameter_page_backspace(struct app *app)
{
	if (state(app)->filter.text.len > 0)
		composer_backspace(&state(app)->filter);
	else
		parameter_page_take_back(app);
}

void
parameter_page_reset(struct app *app)
{
	static const struct parameters none;

	if (parameters_is_empty(own_set(app))) {
		app_say(app, false, "no parameter is set for this conversation");
		return;
	}
	note_change(app, NULL);
	settings_replace(app, &none);
	app_say(app, false, "all parameters of this conversation are reset");
}

/* ---- steps ---- */

/* What holds, or the server's default. NULL: that is not known. */
static const char *
value_now(const struct app *app, const struct parameter *p)
{
	enum setting_source source;
	const char *json = settings_get(app, app->pane->talk, p, &source);

	return json ? json : settings_default(app->pane->talk, p);
}

static bool
is_number(const struct parameter *p)
{
	return p->type == PARAMETER_NUMBER || p->type == PARAMETER_INTEGER;
}

/* Where the server's default is not known: of a switch or a choice the first or the last word; of a number that servers never
 * tell its least value, which stands for none. NULL: it cannot be guessed. */
static char *
first_step(const struct parameter *p, int steps)
{
	bool is_told = p->group == PARAMETER_SAMPLING || p->group == PARAMETER_REPETITION;
	struct err ignored;
	char *least, *next;
	size_t n = 0;

	while (parameter_candidate(p, n))
		n++;
	if (n > 0)
		return parameter_parse(p, parameter_candidate(p, steps > 0 ? 0 : n - 1), &ignored);
	if (!is_number(p) || is_told)
		return NULL;
	least = mem_printf("%.0f", p->least);
	next = parameter_step(p, least, steps);
	free(least);
	return next;
}

/* Round and round, where Left and Right end. */
static void
next_word(struct app *app, const struct parameter *p)
{
	const char *now = value_now(app, p);
	char *next = now ? parameter_step(p, now, 1) : first_step(p, 1);
	struct err ignored;

	if (next && now && strcmp(next, now) == 0) {
		free(next);
		next = parameter_parse(p, parameter_candidate(p, 0), &ignored);
	}
	if (next)
		change(app, p, next);
}

static void
say_no_step(struct app *app, const struct parameter *p)
{
	char *words = is_number(p) ? mem_printf("the server does not tell its default of %s: type a number", p->name)
	                           : mem_printf("%s has no steps: Enter changes it", p->name);

	app_say(app, false, words);
	free(words);
}

/* Either way leads to the other word. */
static bool
is_one_of_two(const struct parameter *p)
{
	return p->type != PARAMETER_LIST && parameter_candidate(p, 1) && !parameter_candidate(p, 2);
}

void
parameter_page_step(struct app *app, int steps)
{
	const struct parameter *p = state(app)->chosen;
	const char *now = p ? value_now(app, p) : NULL;
	char *next = now ? parameter_step(p, now, steps) : NULL;

	if (!p)
		return;
	if (now && is_one_of_two(p)) {
		free(next);
		next_word(app, p);
		return;
	}
	if (!now && p->type != PARAMETER_LIST)
		next = first_step(p, steps);
	if (next)
		change(app, p, next);
	else if (p->type == PARAMETER_LIST && parameter_candidate(p, 0) && steps > 0)
		parameter_list_open(&state(app)->list, p, now);
	else
		say_no_step(app, p);
}

/* ---- a value that is typed ---- */

static void
edit(struct app *app, const struct parameter *p, const char *text)
{
	struct parameter_page *page = state(app);

	composer_reset(&page->edit);
	page->edited = p;
	if (!composer_replace(&page->edit, text, strlen(text)))
		page->edited = NULL;
}

static void
edit_value(struct app *app, const struct parameter *p)
{
	const char *now = value_now(app, p);
	char *shown = now ? parameter_show(p, now) : mem_strdup("");

	edit(app, p, shown);
	free(shown);
}

void
parameter_page_enter(struct app *app)
{
	const struct parameter *p = state(app)->chosen;

	if (!p)
		return;
	if (p->type == PARAMETER_SWITCH || p->type == PARAMETER_CHOICE)
		next_word(app, p);
	else if (p->type == PARAMETER_LIST && parameter_candidate(p, 0))
		parameter_list_open(&state(app)->list, p, value_now(app, p));
	else
		edit_value(app, p);
}

void
parameter_page_type(struct app *app)
{
	const struct parameter *p = state(app)->chosen;
	char text[5] = "", *takes, *words;

	if (!p)
		return;
	if (is_number(p)) {
		text[utf8_encode(app->key.code, text)] = '\0';
		edit(app, p, text);
		return;
	}
	takes = parameter_takes(p);
	words = mem_printf("%s takes %s", p->name, takes);
	app_say(app, false, words);
	free(words);
	free(takes);
}

void
parameter_page_leave_value(struct app *app)
{
	state(app)->edited = NULL;
}

/* Nothing typed, and the word of /set, take it back. */
void
parameter_page_take_value(struct app *app)
{
	struct parameter_page *page = state(app);
	const char *typed = composer_text(&page->edit);
	bool back = composer_is_blank(&page->edit) || strcmp(typed, "default") == 0;
	struct err err;
	char *json = back ? NULL : parameter_parse(page->edited, typed, &err);

	if (!back && !json) {
		app_say(app, true, err.text);
		return;
	}
	if (json || parameters_get(own_set(app), page->edited))
		change(app, page->edited, json);
	page->edited = NULL;
}

/* ---- the list of samplers ---- */

void
parameter_page_item(struct app *app, int rows)
{
	parameter_list_move(&state(app)->list, rows);
}

static void
change_list(struct app *app)
{
	change(app, state(app)->list.parameter, parameter_list_json(&state(app)->list));
}

void
parameter_page_item_move(struct app *app, int rows)
{
	parameter_list_carry(&state(app)->list, rows);
	change_list(app);
}

void
parameter_page_item_switch(struct app *app)
{
	struct parameter_list *list = &state(app)->list;

	list->items[list->at].on = !list->items[list->at].on;
	change_list(app);
}

void
parameter_page_list_default(struct app *app)
{
	const struct parameter *p = state(app)->list.parameter;

	take_back(app, p);
	parameter_list_open(&state(app)->list, p, value_now(app, p));
}

void
parameter_page_list_close(struct app *app)
{
	state(app)->list.parameter = NULL;
}
