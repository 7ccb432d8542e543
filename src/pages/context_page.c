/*
 * context_page.c - from the top: how full it is, the bar, what the server had cached, and the rows of app/context_list.h.
 */
#include "pages/context_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/context_list.h"
#include "app/key_hint.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "text/clean.h"
#include "tui/rows.h"

enum {
	SIGN_COLS = 2,
	TOKENS_COLS = 9,
	SHARE_COLS = 7,
	NUMBER_COLS = 5, /* of a turn's number */
	NAME_COLS = 12,  /* at the least: a narrow screen has no shares */
	LEAST_LIST = 4,  /* rows of the list that the lines above leave it */
	WORDS_MAX = 128,
	CLEAN_MAX = 512, /* bytes of a prompt that are looked at for its first line */
};

struct context_page {
	size_t chosen, top, page; /* rows */
};

static const struct view page_view;

static struct context_page *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* ---- words ---- */

static struct conversation *
shown(const struct app *app)
{
	return app->pane->talk->session.conversation;
}

static void
say_tokens(int64_t tokens, bool is_about, char words[static WORDS_MAX])
{
	snprintf(words, WORDS_MAX, "%s%" PRId64, is_about ? "~" : "", tokens);
}

/* Of the window, or where its size is not known of what is in it. */
static void
say_share(const struct context_list *list, int64_t tokens, char words[static WORDS_MAX])
{
	int64_t all = list->size > 0 ? list->size : list->used, tenths = all > 0 ? tokens * 1000 / all : 0;

	if (all <= 0)
		*words = '\0';
	else if (tokens > 0 && tenths < 100)
		snprintf(words, WORDS_MAX, "%" PRId64 ".%" PRId64 " %%", tenths / 10, tenths % 10);
	else
		snprintf(words, WORDS_MAX, "%" PRId64 " %%", tenths / 10);
}

static void
put_room(const struct context_list *list, struct buf *out)
{
	int64_t room = list->size - list->used;

	if (room < 0)
		buf_printf(out, ", %" PRId64 " too many", -room);
	else if (list->reply_max > 0 && list->reply_max < room)
		buf_printf(out, ", a reply may take %" PRId64, list->reply_max);
	else
		buf_printf(out, ", room for %" PRId64, room);
}

static void
put_heading(const struct context_list *list, struct buf *out)
{
	char used[WORDS_MAX];

	say_tokens(list->used, list->is_about, used);
	buf_printf(out, "context: %s", used);
	if (list->size <= 0) {
		buf_puts(out, " tokens; the server does not tell its size");
		return;
	}
	buf_printf(out, " of %" PRId64 " tokens", list->size);
	put_room(list, out);
}

/* The last reply of the path of which the server told it. */
static const struct message *
last_told(const struct app *app)
{
	const struct message *m = conversation_leaf(shown(app));

	while (m && m->timings.prompt_n + m->timings.cache_n <= 0)
		m = m->parent;
	return m;
}

/* What keeps numbers from being counted. */
static void
put_uncounted(const struct app *app, const struct context_list *list, struct buf *out)
{
	const struct link *link = app->pane->talk->link;

	if (link->cannot_count)
		buf_puts(out, "this server cannot count: ~ is an estimate");
	else if (!server_state_is_up(link->server.state) || link->is_unloaded)
		buf_puts(out, "not counted now: ~ is an estimate");
	else
		buf_printf(out, "counting %zu more", list->uncounted);
}

static void
put_cached(const struct app *app, struct buf *out)
{
	const struct message *told = last_told(app);

	if (told)
		buf_printf(out, "%scached: %" PRId64 " of the %" PRId64 " tokens of the last prompt",
		        out->len > 0 ? " · " : "", told->timings.cache_n,
		        told->timings.cache_n + told->timings.prompt_n);
}

/* ---- the bar ---- */

/* The column, of so many, where the first tokens of the window end. */
static int
col_of(const struct context_list *list, int64_t tokens, int cols)
{
	int64_t all = list->size > list->used ? list->size : list->used;

	return all > 0 ? (int)(tokens * cols / all) : 0;
}

static const char *
cluster_of(enum context_part part)
{
	switch (part) {
	case CONTEXT_TURN:
		return "█";
	case CONTEXT_THOUGHTS:
		return "▒";
	case CONTEXT_ROOM:
		return "░";
	default:
		return "▓";
	}
}

/* The part of the chosen row is told by its style. */
static void
draw_bar(const struct app *app, const struct context_list *list, struct grid *g, int row)
{
	int64_t tokens = 0;
	int from = 1, cols = g->cols - 2;

	grid_fill(g, row, 1, 1 + cols, STYLE_NOTE, cluster_of(CONTEXT_ROOM));
	for (size_t i = 0; i < list->n; i++) {
		const struct context_row *r = &list->rows[i];
		int to;

		if (!r->is_sent || r->part == CONTEXT_ROOM)
			continue;
		tokens += r->tokens;
		to = 1 + col_of(list, tokens, cols);
		if (to > 1 + cols)
			to = 1 + cols;
		grid_fill(g, row, from, to, i == state(app)->chosen ? STYLE_HIT_HERE : STYLE_TEXT, cluster_of(r->part));
		from = to > from ? to : from;
	}
}

/* ---- rows ---- */

static void
put_first_line(const char *text, size_t len, struct buf *out)
{
	struct buf start = {0};
	char *clean;

	text += strspn(text, " \t\r\n");
	len = strnlen(text, len < CLEAN_MAX ? len : CLEAN_MAX);
	buf_put(&start, text, strcspn(text, "\n") < len ? strcspn(text, "\n") : len);
	clean = clean_line(buf_text(&start));
	buf_puts(out, clean);
	free(clean);
	buf_release(&start);
}

static void
put_files(const struct attachments *files, struct buf *out)
{
	for (size_t i = 0; i < files->n; i++) {
		char *name = clean_line(files->items[i]->name);

		buf_printf(out, "%s[%s]", out->len > 0 ? " " : "", name);
		free(name);
	}
}

static void
put_turn(const struct app *app, const struct context_row *row, struct buf *out)
{
	const struct message *prompt = conversation_find(shown(app), row->message);

	if (row->is_muted)
		buf_puts(out, "(muted) ");
	else if (!row->is_sent)
		buf_puts(out, "(no reply) ");
	if (!prompt)
		return;
	put_first_line(buf_text(&prompt->content), prompt->content.len, out);
	put_files(&prompt->attachments, out);
}

static void
put_name(const struct app *app, const struct context_row *row, struct buf *out)
{
	static const char *const names[] = {[CONTEXT_SYSTEM] = "system text",
	        [CONTEXT_SUMMARY] = "summary of what came before",
	        [CONTEXT_THOUGHTS] = "thinking",
	        [CONTEXT_TEMPLATE] = "added by the model's template",
	        [CONTEXT_ROOM] = "room for the reply"};

	if (row->part == CONTEXT_TURN)
		put_turn(app, row, out);
	else
		buf_puts(out, names[row->part]);
}

static void
draw_right(struct grid *g, int row, int end, enum style style, const char *words)
{
	grid_puts(g, row, end - (int)strlen(words), end, style, words);
}

static void
draw_row(const struct app *app, const struct context_list *list, size_t i, struct grid *g, int at)
{
	const struct context_row *row = &list->rows[i];
	bool chosen = i == state(app)->chosen,
	     wide = g->cols >= SIGN_COLS + NAME_COLS + NUMBER_COLS + TOKENS_COLS + SHARE_COLS;
	enum style style = chosen ? STYLE_CHOSEN : row->is_sent ? STYLE_TEXT : STYLE_MUTED;
	int end = g->cols - 1, name_end = end - TOKENS_COLS - (wide ? SHARE_COLS : 0), col = SIGN_COLS;
	char words[WORDS_MAX];
	struct buf name = {0};

	if (chosen)
		grid_paint(g, at, 0, g->cols, STYLE_CHOSEN);
	grid_puts(g, at, 0, 1, style, chosen ? ">" : " ");
	if (row->part == CONTEXT_TURN) {
		snprintf(words, sizeof(words), "%4u ", row->number);
		col = grid_puts(g, at, col, name_end, style, words);
	}
	put_name(app, row, &name);
	grid_puts_clipped(g, at, col, name_end, style, buf_text(&name));
	say_tokens(row->tokens, row->is_about, words);
	draw_right(g, at, end - (wide ? SHARE_COLS : 0), style, words);
	say_share(list, row->tokens, words);
	if (wide && row->is_sent)
		draw_right(g, at, end, style, words);
	buf_release(&name);
}

static void
draw_rows(struct app *app, const struct context_list *list, struct grid *g, int top)
{
	struct context_page *page = state(app);
	int rows = g->rows - 1 - top;

	page->page = rows > 0 ? (size_t)rows : 1;
	page->top = rows_top(page->top, page->chosen, page->page, list->n);
	for (size_t i = 0; i < page->page && page->top + i < list->n && rows > 0; i++)
		draw_row(app, list, page->top + i, g, top + (int)i);
	context_list_in_view(app, page->top, page->page);
}

/* ---- the view ---- */

static void
draw_footer(const struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"context-close", "close"}, {"context-mute", "mute, unmute"},
	        {"context-go", "go there"}, {"compact", "sum up"}, {"new-conversation", "new"}, {"help", "help"}};
	struct buf words = {0};

	hint_put_rows(&words, &app->keymap, CONTEXT_CONTEXT, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static void
draw(struct app *app, struct grid *g)
{
	const struct context_list *list = context_list_make(app);
	struct buf heading = {0}, note = {0};
	int at = 0, spare = g->rows - 1 - LEAST_LIST;

	grid_clear(g);
	put_heading(list, &heading);
	if (list->uncounted > 0)
		put_uncounted(app, list, &note);
	put_cached(app, &note);
	grid_puts_clipped(g, at++, 1, g->cols - 1,
	        list->used > list->size && list->size > 0 ? STYLE_ERROR : STYLE_HEADING, buf_text(&heading));
	if (spare > 1)
		draw_bar(app, list, g, at++);
	if (spare > 2 && note.len > 0)
		grid_puts_clipped(g, at++, 1, g->cols - 1, STYLE_NOTE, buf_text(&note));
	if (spare > 3)
		grid_fill(g, at++, 0, g->cols, STYLE_NOTE, "─");
	draw_rows(app, list, g, at);
	draw_footer(app, g);
	buf_release(&heading);
	buf_release(&note);
}

/* The list may have become shorter. */
static void
settle(struct app *app)
{
	const struct context_list *list = context_list_make(app);

	if (state(app)->chosen >= list->n)
		state(app)->chosen = list->n - 1;
}

static void
close(struct app *app)
{
	context_list_close(app);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_CONTEXT;
}

static const struct view page_view = {.context = context,
        .settle = settle,
        .draw = draw,
        .close = close,
        .covers = true,
        .state_size = sizeof(struct context_page)};

const struct view *
context_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

void
context_page_open(struct app *app)
{
	state(app)->chosen = state(app)->top = 0;
	view_open(app, &page_view);
	context_list_open(app);
}

void
context_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
context_page_move(struct app *app, int rows)
{
	struct context_page *page = state(app);
	long to = (long)page->chosen + rows, last = (long)context_list_make(app)->n - 1;

	page->chosen = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

void
context_page_screens(struct app *app, int way)
{
	long rows = (long)state(app)->page;

	context_page_move(app, (int)(way * (rows > 1 ? rows - 1 : 1)));
}

void
context_page_end(struct app *app, int way)
{
	context_page_move(app, way * (int)context_list_make(app)->n);
}

static const struct context_row *
chosen_row(struct app *app)
{
	return &context_list_make(app)->rows[state(app)->chosen];
}

void
context_page_mute(struct app *app)
{
	const struct context_row *row = chosen_row(app);

	if (row->part == CONTEXT_TURN)
		(void)branches_mute(app, conversation_find(shown(app), row->message));
	else
		app_say(app, false, "only a turn, a prompt with its reply, can be muted");
}

void
context_page_enter(struct app *app)
{
	struct message *m = conversation_find(shown(app), chosen_row(app)->message);

	if (!m) {
		app_say(app, false, "this is no message: choose a turn");
		return;
	}
	context_page_close(app);
	(void)branches_show(app, m);
}
