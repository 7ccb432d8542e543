/*
 * log_page.c - two columns, as help has them: the time, and the line wrapped beside it. They are made again when a line came.
 */
#include "pages/log_page.h"

#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "app/hidden.h"
#include "app/key_hint.h"
#include "app/net_log.h"
#include "app/status.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tui/help.h"

struct log_state {
	struct help lines;
	size_t total, changes; /* of the network's lines, when these were made */
};

static const struct view page_view;

static struct log_state *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* ---- lines ---- */

static void
add_line(struct app *app, struct help *help, const struct net_log_line *line)
{
	time_t seconds = (time_t)(line->unix_ms / 1000);
	struct buf words = {0};
	char when[16];
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(when, sizeof(when), "%H:%M:%S", &tm);
	hidden_put(app, line->text, &words);
	if (line->times > 1)
		buf_printf(&words, " (%u times)", line->times);
	help_add(help, when, buf_text(&words));
	buf_release(&words);
}

/* Whoever reads further down stays there, as far as there are lines. */
static void
make_lines(struct app *app)
{
	struct log_state *s = state(app);
	long top = s->lines.top;

	help_clear(&s->lines);
	for (size_t i = net_log_count(app->net_log); i > 0; i--)
		add_line(app, &s->lines, net_log_line(app->net_log, i - 1));
	if (s->lines.n == 0)
		help_add(&s->lines, NULL, "nothing happened on the network yet");
	s->lines.top = top > 0 ? top + (long)(app->net_log->total - s->total) : 0;
	s->total = app->net_log->total;
	s->changes = app->net_log->changes;
}

/* ---- the view ---- */

static void
settle(struct app *app)
{
	if (state(app)->changes != app->net_log->changes)
		make_lines(app);
}

static void
draw(struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"log-close", "close"}, {"log-down", "older"}, {"log-up", "newer"}};
	struct buf words = {0};

	grid_clear(g);
	help_draw(&state(app)->lines, g, (struct rect){0, 0, g->rows - 1, g->cols});
	hint_put_rows(&words, &app->keymap, CONTEXT_LOG, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_LOG;
}

static void
release(void *state)
{
	help_release(&((struct log_state *)state)->lines);
}

static const struct view page_view = {.context = context,
        .settle = settle,
        .draw = draw,
        .covers = true,
        .state_size = sizeof(struct log_state),
        .release = release};

const struct view *
log_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

void
log_page_open(struct app *app)
{
	state(app)->lines.top = 0;
	view_open(app, &page_view);
	make_lines(app);
}

void
log_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
log_page_lines(struct app *app, int way)
{
	help_scroll(&state(app)->lines, way);
}

void
log_page_screens(struct app *app, int way)
{
	long rows = state(app)->lines.height;

	help_scroll(&state(app)->lines, way * (rows > 2 ? rows - 1 : 1));
}

void
log_page_end(struct app *app, int way)
{
	help_scroll(&state(app)->lines, way * state(app)->lines.lines);
}
