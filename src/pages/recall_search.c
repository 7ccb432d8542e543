/*
 * recall_search.c - a part is looked for from the newest prompt on; a longer part goes on from the one that was found.
 */
#include "pages/recall_search.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/clean.h"
#include "text/cluster.h"

struct recall_search {
	const struct talk *talk; /* for whose input it was opened */
	struct composer input;   /* the part that is typed */
	struct composer
	        shown;   /* the prompt that was found, the cursor where it has the part; else what the input has */
	char *asked;     /* the last search; NULL: none */
	size_t at;       /* the entry that was found; the number of entries: none was */
	bool is_missing; /* no (other) entry has it */
};

static const struct view search_view;

static struct recall_search *
state(const struct app *app)
{
	return view_state(app, &search_view);
}

static void
init(void *state)
{
	struct recall_search *s = state;

	composer_init(&s->input);
	composer_init(&s->shown);
}

static void
release(void *state)
{
	struct recall_search *s = state;

	composer_release(&s->input);
	composer_release(&s->shown);
	free(s->asked);
}

/* It came out of a composer, or fitted into one once. The cursor goes to the cluster with that byte. */
static void
show(struct recall_search *s, const char *text, size_t byte)
{
	size_t len, next;

	composer_reset(&s->shown);
	if (!composer_replace(&s->shown, text, strlen(text)))
		return;
	len = s->shown.text.len;
	for (size_t at = 0; at <= byte; at = next) {
		composer_move(&s->shown, at);
		next = at < len ? at + cluster_length(s->shown.text.data + at, len - at) : byte + 1;
	}
}

static void
show_entry(struct app *app, size_t entry)
{
	struct recall_search *s = state(app);
	const char *prompt = app->recall.entries[entry].prompt;

	s->at = entry;
	show(s, prompt, recall_find_in(prompt, s->asked));
}

/* Whoever has not typed anything is shown the input. */
static void
show_input(struct app *app)
{
	struct recall_search *s = state(app);

	s->at = app->recall.n;
	show(s, composer_text(&app->composer), app->composer.cursor);
}

/* The same prompt is not shown twice in a row. */
static void
find_another(struct app *app, bool older)
{
	struct recall_search *s = state(app);
	size_t at = s->at;

	if (!*s->asked)
		return;
	do
		at = older ? recall_find_older(&app->recall, s->asked, at)
		           : recall_find_newer(&app->recall, s->asked, at);
	while (at != app->recall.n && s->at != app->recall.n &&
	        strcmp(app->recall.entries[at].prompt, app->recall.entries[s->at].prompt) == 0);
	s->is_missing = at == app->recall.n;
	if (!s->is_missing)
		show_entry(app, at);
}

static void
find_typed(struct app *app)
{
	struct recall_search *s = state(app);
	const char *text = composer_text(&s->input);

	if (s->asked && strcmp(s->asked, text) == 0)
		return;
	free(s->asked);
	s->asked = mem_strdup(text);
	s->is_missing = false;
	if (!*text) {
		show_input(app);
		return;
	}
	if (s->at < app->recall.n && recall_has(app->recall.entries[s->at].prompt, text)) {
		show_entry(app, s->at);
		return;
	}
	find_another(app, true);
}

/* ---- words ---- */

static const char *
what_is_shown(const struct app *app)
{
	const struct recall_search *s = state(app);

	if (!s->is_missing)
		return "earlier prompt";
	return s->at < app->recall.n ? "no other prompt" : "no prompt";
}

static void
put_hint(struct app *app, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {
	        {"recall-older", "older"}, {"recall-take", "take it"}, {"recall-leave", "back"}};
	const struct recall_search *s = state(app);
	char *typed = clean_line(composer_text(&s->input));

	hint_put(out, mem_printf("%s%s%s", what_is_shown(app), *typed ? ": " : "", typed), cols);
	if (out->len == 0)
		hint_put(out, mem_strdup(typed), cols);
	hint_put_rows(out, &app->keymap, CONTEXT_RECALL, rows, ARRAY_LEN(rows), cols);
	free(typed);
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_RECALL;
}

static struct composer *
line(struct app *app)
{
	return &state(app)->input;
}

/* A key may have led elsewhere. */
static void
settle(struct app *app)
{
	if (app->pane->focus != CONTEXT_COMPOSER || app->pane->talk != state(app)->talk)
		view_close(app, &search_view);
	else
		find_typed(app);
}

static const struct view search_view = {.context = context,
        .line = line,
        .settle = settle,
        .hint = put_hint,
        .beside = true,
        .state_size = sizeof(struct recall_search),
        .init = init,
        .release = release};

const struct view *
recall_search_page(void)
{
	return &search_view;
}

const struct composer *
recall_search_shown(const struct app *app)
{
	return view_is_open(app, &search_view) ? &state(app)->shown : NULL;
}

/* ---- what keys do ---- */

void
recall_search_open(struct app *app)
{
	struct recall_search *s = state(app);

	if (app->recall.n == 0) {
		app_say(app, false, "there is no earlier prompt");
		return;
	}
	s->talk = app->pane->talk;
	view_push(app, &search_view);
	composer_reset(&s->input);
	free(s->asked);
	s->asked = NULL;
	find_typed(app);
}

void
recall_search_next(struct app *app, int way)
{
	find_another(app, way < 0);
}

void
recall_search_take(struct app *app)
{
	struct recall_search *s = state(app);

	view_close(app, &search_view);
	if (s->at < app->recall.n)
		(void)composer_replace(&app->composer, composer_text(&s->shown), s->shown.text.len);
}

void
recall_search_leave(struct app *app)
{
	view_close(app, &search_view);
}
