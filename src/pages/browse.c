/*
 * browse.c - what the browser asks the history, and its answers. browse_show.c makes the rows of them; browse_actions.c
 * opens, renames, pins and deletes.
 */
#include "pages/browse.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/browse_ask.h"
#include "app/keeper.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "app/titles.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/browse_show.h"
#include "pages/browse_state.h"

static const struct view browse_view;

struct browse *
browse_state(const struct app *app)
{
	return view_state(app, &browse_view);
}

static void
init(void *state)
{
	struct browse *b = state;

	b->order = SEARCH_FEW_BEST;
	browser_init(&b->view);
}

static void
release(void *state)
{
	struct browse *b = state;

	browser_release(&b->view);
	browse_show_nothing(b);
	free(b->facts);
	free(b->asked);
	free(b->set_aside);
	query_release(&b->query);
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_BROWSER;
}

static struct composer *
line(struct app *app)
{
	return &browse_state(app)->view.input;
}

static void
draw(struct app *app, struct grid *g)
{
	browse_draw(app, browse_state(app), g);
}

static const struct view browse_view = {.context = context,
        .line = line,
        .settle = browse_settle,
        .draw = draw,
        .covers = true,
        .state_size = sizeof(struct browse),
        .init = init,
        .release = release};

const struct view *
browse_page(void)
{
	return &browse_view;
}

bool
browse_is_open(const struct app *app)
{
	return view_is_open(app, &browse_view);
}

/* ---- asking ---- */

/* The search: the input's text, unless a title is being edited there. */
static const char *
wanted_text(const struct browse *b)
{
	return b->edited ? b->set_aside : composer_text(&b->view.input);
}

static void
ask(struct app *app, struct store_question *question)
{
	if (!app->keeper->store)
		question->free(question);
	else if (!store_ask(app->keeper->store, question)) {
		question->free(question);
		app_say(app, true, "the history is busy: type again");
	}
}

static struct browse_page *
new_page(struct browse *b)
{
	struct browse_page *p = browse_page_new(b->asked);

	p->number = ++b->number;
	p->order = b->order;
	p->limit = BROWSE_PAGE_ROWS;
	b->waiting_ms = clock_ms();
	return p;
}

/* As many rows as there are now, so that nothing is lost of a list that is only asked for again. */
static void
ask_again(struct app *app)
{
	struct browse *b = browse_state(app);
	struct browse_page *p = new_page(b);

	p->is_first = true;
	if (b->view.n > p->limit)
		p->limit = b->view.n;
	b->more = false;
	b->looked_at = 0;
	ask(app, &p->question);
}

/* An invalid query leaves the list: it is still being typed. */
static void
ask_first(struct app *app, const char *text)
{
	struct browse *b = browse_state(app);
	struct query query;

	free(b->asked);
	b->asked = mem_strdup(text);
	b->wrong = (struct err){.code = ERR_NONE};
	if (!query_parse(&query, text, strlen(text), &b->wrong)) {
		query_release(&query);
		return;
	}
	query_release(&b->query);
	b->query = query;
	ask_again(app);
}

static void
ask_next(struct app *app)
{
	struct browse *b = browse_state(app);
	struct browse_page *p;

	if (!b->more || b->waiting_ms > 0 || b->wrong.code != ERR_NONE || !browser_wants_more(&b->view))
		return;
	p = new_page(b);
	p->from = b->from;
	p->next = b->next;
	ask(app, &p->question);
}

static void
ask_look(struct app *app)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = browse_chosen(b);
	struct browse_look *l;

	if (!fact || (fact->id == b->looked_at && fact->message == b->looked_message))
		return;
	b->looked_at = fact->id;
	b->looked_message = fact->message;
	l = browse_look_new(b->asked);
	l->conversation = fact->id;
	l->message = fact->message;
	ask(app, &l->question);
}

void
browse_settle(struct app *app)
{
	struct browse *b = browse_state(app);

	if (!browse_is_open(app) || !app->keeper->store)
		return;
	if (!b->asked || strcmp(wanted_text(b), b->asked) != 0)
		ask_first(app, wanted_text(b));
	ask_next(app);
	ask_look(app);
}

void
browse_refresh(struct app *app)
{
	struct browse *b = browse_state(app);

	if (!browse_is_open(app) || !b->asked || b->wrong.code != ERR_NONE)
		return;
	ask_again(app);
	app->stale = true;
}

/* Saves first, so that the list has the newest. The thread that lists may be faster than the one that saves, and a save that was
 * on its way already has not all: then the list is asked for again. */
void
browse_open(struct app *app)
{
	struct browse *b = browse_state(app);

	keeper_flush_all(app);
	view_open(app, &browse_view);
	tagging_ask(app);
	b->opened_ms = clock_ms();
	b->lacks = keeper_lacks(app, b->opened_ms);
	b->failed.code = ERR_NONE;
	if (b->asked)
		browse_refresh(app);
	browse_settle(app);
}

void
browse_saved(struct app *app)
{
	struct browse *b = browse_state(app);

	if (!browse_is_open(app) || !b->lacks)
		return;
	b->lacks = keeper_lacks(app, b->opened_ms);
	browse_refresh(app);
}

void
browse_close(struct app *app)
{
	view_close(app, &browse_view);
}

/* ---- answers ---- */

/* All that was found is listed: titles are next, which no message needs to hold. */
static void
ask_titles(struct app *app)
{
	struct browse *b = browse_state(app);
	struct browse_page *p;

	if (!b->is_search || b->more || b->failed.code != ERR_NONE || b->query.role || b->query.column)
		return;
	p = browse_titles_new(b->asked);
	p->number = b->number;
	b->waiting_ms = clock_ms();
	ask(app, &p->question);
}

static void
take_titles(struct app *app, const struct browse_page *p)
{
	struct browse *b = browse_state(app);

	if (p->number != b->number)
		return;
	b->waiting_ms = 0;
	browse_show_titles(app, b, p);
}

static void
take_page(struct app *app, const struct browse_page *p, const struct err *err)
{
	struct browse *b = browse_state(app);

	if (p->number != b->number)
		return;
	b->waiting_ms = 0;
	b->failed = *err;
	if (err->code == ERR_NONE)
		browse_show_page(app, b, p);
	if (b->view.n == 0)
		browser_preview_clear(&b->view);
	ask_titles(app);
}

static void
take_look(struct app *app, const struct browse_look *l)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = browse_chosen(b);

	if (fact && fact->id == l->conversation && fact->message == l->message)
		browse_show_look(app, b, fact, l);
}

void
browse_answer(struct app *app, struct store_result *r)
{
	if (r->question->kind == BROWSE_ASK_PAGE)
		take_page(app, (const struct browse_page *)r->question, &r->err);
	else if (r->question->kind == BROWSE_ASK_TITLES)
		take_titles(app, (const struct browse_page *)r->question);
	else if (r->question->kind == BROWSE_ASK_PREVIEW && r->err.code == ERR_NONE)
		take_look(app, (const struct browse_look *)r->question);
	browse_settle(app);
	app->stale = true;
}
