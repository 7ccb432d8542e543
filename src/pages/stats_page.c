/*
 * stats_page.c - asks the history when the page is opened and when a reply has ended, and the server every second while it is open.
 */
#include "pages/stats_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "pages/stats_ask.h"
#include "pages/stats_state.h"
#include "store/worker.h"

enum {
	SLOTS_EACH_MS = 1000,
	SLOTS_LIMIT_MS = 5000, /* for an answer */
};

static const struct view page_view;

static struct stats_page *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* ---- the history ---- */

/* Again, once it has all that was there. */
static void
ask_history(struct app *app)
{
	struct stats_page *p = state(app);
	struct stats_question *q;

	p->models_failed.code = ERR_NONE;
	if (!app->keeper->store) {
		err_set(&p->models_failed, ERR_SYSTEM, "this flynn keeps no history");
		return;
	}
	p->is_behind = keeper_lacks(app, p->asked_ms);
	q = stats_question_new();
	if (store_ask(app->keeper->store, &q->question))
		return;
	err_set(&p->models_failed, ERR_SYSTEM, "the history is busy");
	q->question.free(&q->question);
}

void
stats_page_answer(struct app *app, const struct store_result *r)
{
	struct stats_question *q = (struct stats_question *)r->question;
	struct stats_page *p = state(app);

	app->stale = true;
	p->told++;
	p->models_failed = r->err;
	if (r->err.code != ERR_NONE)
		return;
	model_stats_release(&p->models);
	p->models = q->models;
	q->models = (struct model_stats){0};
	p->models_told = true;
}

/* ---- the slots ---- */

static const struct link *
link_of(const struct app *app)
{
	return app->pane->talk->link;
}

static void
forget_slots(struct stats_page *p)
{
	slots_release(&p->slots);
	p->slots_failed.code = ERR_NONE;
	p->slots_told = false;
	p->told++;
}

static void
answered(struct app *app, uint64_t about, const struct call_answer *answer)
{
	struct stats_page *p = state(app);

	if (about != p->slots_asked)
		return;
	forget_slots(p);
	p->slots_awaited = false;
	p->slots_told = true;
	p->slots_failed = answer->broken;
	if (answer->broken.code == ERR_NONE && slots_read(&p->slots, link_client(p->slots_of), answer->status,
	                                               answer->body, answer->n, &p->slots_failed))
		p->slots_failed.code = ERR_NONE;
	app->stale = true;
}

/* Why its server is not asked; NULL: it is. To ask would wake one that sleeps. */
static const char *
reason_not_to_ask(const struct link *link)
{
	if (!model_is_llama_server(link_client(link)))
		return "only a llama-server tells them";
	if (link->server.state == SERVER_SLEEPING)
		return "the server sleeps";
	if (!server_state_is_up(link->server.state))
		return server_state_word(link->server.state);
	if (link->server.router && !link_client(link)->model)
		return "no model of this server is chosen";
	return NULL;
}

static void
say_of_slots(struct stats_page *p, const char *words)
{
	if (p->slots_told && p->slots_failed.code != ERR_NONE && strcmp(p->slots_failed.text, words) == 0)
		return;
	forget_slots(p);
	p->slots_told = true;
	err_set(&p->slots_failed, ERR_SERVER, "%s", words);
}

static void
ask_slots(struct app *app, struct stats_page *p)
{
	struct http_request request;

	slots_request(link_client(link_of(app)), &request);
	p->slots_awaited = true;
	calls_send(app, &request, SLOTS_LIMIT_MS, answered, ++p->slots_asked);
}

/* Another conversation may be shown by now, or another model be used. */
static void
follow_slots(struct app *app, struct stats_page *p)
{
	const struct link *link = link_of(app);
	const char *reason = reason_not_to_ask(link);
	int64_t now_ms = clock_ms();

	if (p->slots_of != link) {
		forget_slots(p);
		p->slots_asked++;
		p->slots_awaited = false;
		p->slots_next_ms = 0;
		p->slots_of = link;
	}
	if (reason) {
		say_of_slots(p, reason);
		p->slots_next_ms = 0;
	} else if (!p->slots_awaited && now_ms >= p->slots_next_ms) {
		p->slots_next_ms = now_ms + SLOTS_EACH_MS;
		ask_slots(app, p);
	}
}

/* ---- the view ---- */

/* The history knows a reply once its end is saved, which may be a while after the reply has ended. */
static void
follow_reply(struct app *app, struct stats_page *p)
{
	const struct talk *talk = app->pane->talk;

	if (!talk_is_idle(talk)) {
		p->is_behind = true;
		p->asked_ms = clock_ms();
	} else if (p->is_behind && !keeper_lacks(app, p->asked_ms)) {
		ask_history(app);
	}
}

static void
settle(struct app *app)
{
	follow_reply(app, state(app));
	follow_slots(app, state(app));
	stats_rows_make(app, state(app));
}

static void
draw(struct app *app, struct grid *g)
{
	struct stats_page *p = state(app);

	stats_draw(app, p, g);
	if (!p->slots_awaited && p->slots_next_ms > 0)
		app->next_draw_ms = p->slots_next_ms;
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_STATS;
}

static void
release(void *state)
{
	struct stats_page *p = state;

	stats_rows_clear(p);
	free(p->rows);
	model_stats_release(&p->models);
	slots_release(&p->slots);
}

/* Answers that come later are dropped. */
static void
close(struct app *app)
{
	struct stats_page *p = state(app);
	uint64_t asked = p->slots_asked;

	release(p);
	*p = (struct stats_page){.slots_asked = asked + 1};
}

static const struct view page_view = {.context = context,
        .settle = settle,
        .draw = draw,
        .close = close,
        .covers = true,
        .state_size = sizeof(struct stats_page),
        .release = release};

const struct view *
stats_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

void
stats_page_open(struct app *app)
{
	view_open(app, &page_view);
	keeper_flush_all(app);
	state(app)->asked_ms = clock_ms();
	ask_history(app);
}

void
stats_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
stats_page_lines(struct app *app, int way)
{
	page_scroll_lines(&state(app)->scroll, way);
}

void
stats_page_screens(struct app *app, int way)
{
	page_scroll_screens(&state(app)->scroll, way);
}

void
stats_page_end(struct app *app, int way)
{
	page_scroll_end(&state(app)->scroll, way);
}

void
stats_page_columns(struct app *app, int way)
{
	struct stats_page *p = state(app);
	int last = TALLY_N_MEASURES - p->columns;

	p->column += way;
	p->column = p->column > last ? last : p->column < 0 ? 0 : p->column;
}

/* The heading of a part comes to the top, as far as there are rows below it. */
void
stats_page_section(struct app *app)
{
	struct stats_page *p = state(app);
	size_t row = (size_t)page_scroll_top(&p->scroll) + 1;

	while (row < p->n && p->rows[row].type != STATS_ROW_HEADING)
		row++;
	p->scroll.wanted = page_scroll_is_at_end(&p->scroll) || row >= p->n ? 0 : (long)row;
}
