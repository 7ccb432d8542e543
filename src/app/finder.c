/*
 * finder.c - the search in the conversation shown, and its current hit.
 */
#include "app/finder.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/query.h"

void
finder_init(struct finder *f)
{
	*f = (struct finder){0};
	composer_init(&f->input);
}

void
finder_release(struct finder *f)
{
	composer_release(&f->input);
	hits_release(&f->hits);
	free(f->looked_for);
}

bool
finder_is_on(const struct pane *pane)
{
	return pane->focus == CONTEXT_FIND || pane->focus == CONTEXT_FOUND;
}

bool
finder_is_looking(const struct pane *pane)
{
	return finder_is_on(pane) && !pane->finder.hits.complete;
}

/* ---- what is looked for ---- */

static void
look_for(struct pane *pane, struct find *find, const char *text)
{
	struct finder *f = &pane->finder;

	free(f->looked_for);
	f->looked_for = mem_strdup(text);
	hits_look_for(&f->hits, find);
	f->choose = true;
	pane->transcript.here = (struct hit){0};
}

/* From where it began on, whatever was found meanwhile. */
static void
look_for_typed(struct pane *pane)
{
	struct finder *f = &pane->finder;
	const char *text = composer_text(&f->input);
	struct find find = {0};

	(void)!find_add(&find, text, strlen(text), true);
	look_for(pane, &find, text);
	find_release(&find);
	if (f->start.message)
		transcript_go(&pane->transcript, f->start);
	else
		transcript_end(&pane->transcript);
}

void
finder_settle(struct pane *pane)
{
	struct finder *f = &pane->finder;

	if (finder_is_on(pane) && f->talk != pane->talk)
		pane_to_composer(pane);
	if (finder_is_on(pane) && strcmp(f->looked_for, composer_text(&f->input)) != 0)
		look_for_typed(pane);
}

static void
begin(struct app *app, enum key_context focus)
{
	struct finder *f = &app->pane->finder;

	if (!finder_is_on(app->pane))
		f->from_messages = app->pane->focus == CONTEXT_TRANSCRIPT;
	focus_composer(app);
	app->pane->focus = focus;
	view_close_over(app);
	f->talk = app->pane->talk;
	f->message = 0;
	transcript_place(&app->pane->transcript, &f->start);
}

void
finder_open(struct app *app)
{
	struct finder *f = &app->pane->finder;
	bool again = app->pane->focus == CONTEXT_FOUND && f->talk == app->pane->talk;

	if (view_context(app) == CONTEXT_FIND) {
		finder_close(app);
		return;
	}
	view_close_all(app);
	begin(app, CONTEXT_FIND);
	if (again)
		return;
	composer_reset(&f->input);
	look_for(app->pane, &(struct find){0}, "");
}

/* Back to where it began: to the input, or to the messages, at the one with the hit. */
void
finder_close(struct app *app)
{
	struct finder *f = &app->pane->finder;
	struct transcript *t = &app->pane->transcript;
	bool hit = t->hits && hits_has(t->hits, &t->here);

	focus_composer(app);
	if (!f->from_messages)
		return;
	focus_transcript(app);
	if (hit && t->cursor)
		transcript_cursor_put(t, t->here.message);
}

/* n and N among the messages: what was looked for last, again. */
static bool
take_up(struct app *app)
{
	struct finder *f = &app->pane->finder;

	if (finder_is_on(app->pane))
		return true;
	if (f->talk != app->pane->talk || !f->looked_for || !*f->looked_for) {
		app_say(app, false, "nothing was searched for yet");
		return false;
	}
	begin(app, CONTEXT_FOUND);
	return true;
}

/* ---- at a message ---- */

void
finder_open_at(struct app *app, struct message *m, const char *text)
{
	struct finder *f = &app->pane->finder;
	struct conversation *c = app->pane->talk->session.conversation;
	struct query query;
	struct err err;

	if (!conversation_is_on_path(c, m) && talk_is_idle(app->pane->talk))
		conversation_set_leaf(c, message_newest_below(m));
	transcript_go(&app->pane->transcript, (struct transcript_place){.message = m->id});
	if (query_parse(&query, text, strlen(text), &err) && query.words.n > 0) {
		begin(app, CONTEXT_FOUND);
		composer_reset(&f->input);
		if (!composer_replace(&f->input, text, strlen(text)))
			composer_reset(&f->input);
		look_for(app->pane, &query.words, composer_text(&f->input));
		f->message = m->id;
		f->start = (struct transcript_place){.message = m->id};
	}
	query_release(&query);
}

/* ---- before a frame ---- */

/* The text that it was in has become a thought, which holds it now. */
static void
mend_here(struct pane *pane)
{
	struct finder *f = &pane->finder;
	struct hit *here = &pane->transcript.here;

	if (f->choose || !f->hits.complete || hits_has(&f->hits, here))
		return;
	if (!hits_first_in(&f->hits, here->message, here))
		(void)hits_first_in(&f->hits, 0, here);
}

void
finder_before_layout(struct pane *pane)
{
	struct finder *f = &pane->finder;
	struct transcript *t = &pane->transcript;

	finder_settle(pane);
	t->hits = finder_is_on(pane) ? &f->hits : NULL;
	if (t->hits) {
		hits_update(&f->hits, pane->talk->session.conversation);
		mend_here(pane);
	}
}

/* True: there is one. What was said comes before what was thought. */
static bool
choose_in_message(struct pane *pane, uint64_t id)
{
	struct transcript *t = &pane->transcript;
	struct hit hit;

	for (size_t i = 0; id != 0 && i < t->n; i++)
		if (t->ids[i] == id && hits_first_in(t->hits, i, &hit) && hit.message == i) {
			t->here = (struct hit){i, SPOT_CONTENT, 0};
			t->here = hits_has(t->hits, &t->here) ? t->here : hit;
			return true;
		}
	return false;
}

static void
show_what_it_is_in(struct transcript *t)
{
	transcript_unfold(t, hits_message(t->hits, &t->here), t->here.part);
}

/* One that was asked for by its message is to be seen. */
static void
choose(struct pane *pane)
{
	struct finder *f = &pane->finder;
	struct transcript *t = &pane->transcript;

	f->choose = false;
	if (choose_in_message(pane, f->message)) {
		show_what_it_is_in(t);
		f->show = true;
	} else if (f->message == 0) {
		f->show = transcript_hit_in_view(t, &t->here);
	}
	f->message = 0;
}

void
finder_layout(struct pane *pane)
{
	struct finder *f = &pane->finder;
	struct transcript *t = &pane->transcript;

	if (!t->hits || t->n == 0)
		return;
	if (f->choose && f->hits.complete) {
		choose(pane);
		transcript_layout(t, t->rows, t->cols);
	}
	if (f->show && hits_has(t->hits, &t->here))
		transcript_show_hit(t, &t->here);
}

void
finder_catch_up(struct pane *pane)
{
	if (!finder_is_on(pane) || !(pane->finder.show || pane->finder.choose))
		return;
	finder_before_layout(pane);
	transcript_settle(&pane->transcript);
	finder_layout(pane);
}

/* ---- going on ---- */

/* Round and round. */
static void
go(struct app *app, bool (*step)(const struct hits *, struct hit *), bool (*wrap)(const struct hits *, struct hit *),
        const char *wrapped)
{
	struct finder *f = &app->pane->finder;
	struct transcript *t = &app->pane->transcript;

	do
		hits_update(&f->hits, app->pane->talk->session.conversation);
	while (!f->hits.complete);
	if (f->hits.total == 0) {
		app_say(app, false, *composer_text(&f->input) ? "not found in this conversation" : "type what to find");
		return;
	}
	if (!hits_has(&f->hits, &t->here) || !step(&f->hits, &t->here)) {
		wrap(&f->hits, &t->here);
		app_say(app, false, f->hits.total > 1 ? wrapped : "this is the only hit");
	}
	t->hits = &f->hits;
	show_what_it_is_in(t);
	f->choose = false;
	f->show = true;
}

void
finder_next(struct app *app)
{
	if (take_up(app))
		go(app, hits_next, hits_first, "continued from the start");
}

void
finder_previous(struct app *app)
{
	if (take_up(app))
		go(app, hits_previous, hits_last, "continued from the end");
}

void
finder_enter(struct app *app)
{
	finder_next(app);
	if (app->pane->finder.hits.total > 0)
		app->pane->focus = CONTEXT_FOUND;
}

/* ---- words ---- */

static char *
say_where(const struct app *app)
{
	const struct finder *f = &app->pane->finder;
	const struct hit *here = &app->pane->transcript.here;

	if (!*composer_text(&f->input))
		return mem_strdup("find in this conversation");
	if (finder_is_looking(app->pane))
		return mem_strdup("looking …");
	if (f->hits.find.n == 0)
		return mem_strdup("type a letter, a digit or a sign");
	if (f->hits.total == 0 || !hits_has(&f->hits, here))
		return mem_strdup("not found");
	return mem_printf("%zu of %s%zu%s", hits_number(&f->hits, here), f->hits.full ? "over " : "", f->hits.total,
	        !transcript_hides(&app->pane->transcript, here) ? ""
	        : here->part == SPOT_THOUGHT                    ? ", in the reasoning"
	                                                        : ", folded away");
}

void
finder_put_hint(const struct app *app, int cols, struct buf *out)
{
	bool typing = app->pane->focus == CONTEXT_FIND;
	const struct hint_row rows[] = {
	        {typing ? "find-enter" : "find-next", "next"},
	        {"find-close", "end"},
	        {"find-previous", "before"},
	        {typing ? "" : "find", "another word"},
	};

	hint_put(out, say_where(app), cols);
	hint_put_rows(out, &app->keymap, app->pane->focus, rows, ARRAY_LEN(rows), cols);
}
