/*
 * sidebar.c - its rows: the open conversations by their numbers, then recent ones that are not open.
 */
#include "pages/sidebar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/browse_ask.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/time_words.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	PANES_COLS = 40, /* that are left at the least */
	COLS_LEAST = 24,
	COLS_MOST = 30,
	SCREENFULS = 4, /* it has a quarter, within these */
	RECENT_MAX = 40,
	RIGHT_COLS = 12, /* for what happens in one, or when it did */
	COLUMN_KEY = 3,  /* for grid_line, as between panes */
};

struct sidebar_recent {
	int64_t row, changed_ms; /* in the history; Unix time */
	char *title;             /* as it is */
};

struct sidebar {
	bool open;
	int cols;           /* that it has, as of the last frame; 0: it is not to be seen */
	size_t chosen, top; /* of what can be chosen; the first line shown */
	struct sidebar_recent *recent;
	size_t n_recent;
	size_t asked_for; /* so many open ones there were when the history was asked; 0: it was not */
};

/* The rows that can be selected. */
struct entry {
	struct talk *talk; /* NULL: a recent one */
	const struct sidebar_recent *recent;
};

static const struct view sidebar_view;

static struct sidebar *
state(const struct app *app)
{
	return view_state(app, &sidebar_view);
}

static void
forget_recent(struct sidebar *s)
{
	for (size_t i = 0; i < s->n_recent; i++)
		free(s->recent[i].title);
	free(s->recent);
	s->recent = NULL;
	s->n_recent = 0;
}

static void
release(void *state)
{
	forget_recent(state);
}

static int
cols_for(const struct app *app, int screen_cols)
{
	int cols = screen_cols / SCREENFULS;

	cols = cols < COLS_LEAST ? COLS_LEAST : cols > COLS_MOST ? COLS_MOST : cols;
	return state(app)->open && screen_cols >= COLS_LEAST + PANES_COLS ? cols : 0;
}

int
sidebar_place(struct app *app, int screen_cols)
{
	state(app)->cols = cols_for(app, screen_cols);
	return state(app)->cols;
}

bool
sidebar_is_shown(const struct app *app)
{
	return state(app)->cols > 0;
}

/* ---- the view: the keyboard in it ---- */

static void
put_hint(struct app *app, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {
	        {"sidebar-open", "open"}, {"sidebar-leave", "back"}, {"sidebar-close", "close"}, {"browse", "all"}};

	hint_put_rows(out, &app->keymap, CONTEXT_SIDEBAR, rows, ARRAY_LEN(rows), cols);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_SIDEBAR;
}

/* Where it is not to be seen the keyboard goes back. */
static void
settle(struct app *app)
{
	if (state(app)->cols == 0)
		view_close(app, &sidebar_view);
}

static const struct view sidebar_view = {.context = context,
        .settle = settle,
        .hint = put_hint,
        .beside = true,
        .stays = true,
        .state_size = sizeof(struct sidebar),
        .release = release};

const struct view *
sidebar_page(void)
{
	return &sidebar_view;
}

bool
sidebar_has_focus(const struct app *app)
{
	return view_is_open(app, &sidebar_view);
}

/* ---- what can be chosen ---- */

static struct talk *
next_talk(const struct app *app, unsigned number)
{
	struct talk *next = NULL;

	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->number > number && (!next || app->talks[i]->number < next->number))
			next = app->talks[i];
	return next;
}

static bool
is_open(const struct app *app, const struct sidebar_recent *recent)
{
	return conversations_of_row(app, recent->row) != NULL;
}

/* False: there are fewer. */
static bool
find_entry(const struct app *app, size_t i, struct entry *entry)
{
	const struct sidebar *s = state(app);

	*entry = (struct entry){.talk = next_talk(app, 0)};
	for (; entry->talk && i > 0; i--)
		entry->talk = next_talk(app, entry->talk->number);
	if (entry->talk)
		return true;
	for (size_t j = 0; j < s->n_recent; j++) {
		if (is_open(app, &s->recent[j]))
			continue;
		entry->recent = &s->recent[j];
		if (i-- == 0)
			return true;
	}
	return false;
}

static size_t
count_entries(const struct app *app)
{
	size_t n = app->n_talks;

	for (size_t j = 0; j < state(app)->n_recent; j++)
		n += !is_open(app, &state(app)->recent[j]);
	return n;
}

static void
choose(struct app *app, size_t i)
{
	size_t n = count_entries(app);

	state(app)->chosen = i < n ? i : n > 0 ? n - 1 : 0;
}

/* ---- the history ---- */

void
sidebar_settle(struct app *app)
{
	struct sidebar *s = state(app);
	struct browse_page *page;

	if (!s->open || !app->keeper->store || s->asked_for == app->n_talks)
		return;
	page = browse_page_new("");
	page->question.kind = BROWSE_ASK_RECENT;
	page->is_first = true;
	page->limit = RECENT_MAX;
	if (store_ask(app->keeper->store, &page->question))
		s->asked_for = app->n_talks;
	else
		page->question.free(&page->question);
}

void
sidebar_edited(struct app *app)
{
	state(app)->asked_for = 0;
	app->stale |= state(app)->open;
}

void
sidebar_answer(struct app *app, const struct store_result *r)
{
	const struct list *list = &((const struct browse_page *)r->question)->list;
	struct sidebar *s = state(app);

	app->stale = true;
	if (r->err.code != ERR_NONE)
		return;
	forget_recent(s);
	s->recent = mem_alloc((list->n + 1) * sizeof(*s->recent));
	for (size_t i = 0; i < list->n; i++)
		s->recent[s->n_recent++] = (struct sidebar_recent){list->rows[i].key.row, list->rows[i].key.updated_ms,
		        mem_strdup(buf_text(&list->rows[i].title))};
	choose(app, s->chosen);
}

/* ---- drawing ---- */

/* Lines: a heading, the open ones; a heading, the others. */
static size_t
line_of(const struct app *app, size_t entry)
{
	return entry < app->n_talks ? entry + 1 : entry + 2;
}

static const char *
news_word(const struct talk *talk)
{
	return talk->news == NEWS_DONE ? "done" : talk->news == NEWS_FAILED ? "failed" : "";
}

/* Words to the left, and to the right. */
static void
say_talk(const struct app *app, const struct talk *talk, struct buf *left, char right[static STATUS_TITLE_MAX])
{
	char title[STATUS_TITLE_MAX];
	struct status status;

	status_of(app, talk, clock_ms(), &status);
	status_title(talk, title);
	buf_printf(left, "%u %s", talk->number, title);
	snprintf(right, STATUS_TITLE_MAX, "%s",
	        talk->news != NEWS_NONE ? news_word(talk)
	        : !talk_is_idle(talk)   ? status_word(talk, &status)
	                                : "");
}

static void
say_recent(const struct sidebar_recent *recent, struct buf *left, char right[static STATUS_TITLE_MAX])
{
	char title[STATUS_TITLE_MAX], ago[AGO_MAX];

	status_clean(*recent->title ? recent->title : "(no title)", title);
	ago_say(clock_unix_ms(), recent->changed_ms, ago);
	buf_printf(left, "  %s", title);
	snprintf(right, STATUS_TITLE_MAX, "%s", ago);
}

static void
draw_line(struct grid *g, struct rect line, enum style style, const char *left, const char *right)
{
	int end = line.col + line.cols, cols = cluster_width(right, strlen(right));

	if (cols > RIGHT_COLS)
		cols = RIGHT_COLS;
	grid_puts_clipped(g, line.row, line.col, end - cols - (cols > 0), style, left);
	grid_puts_clipped(g, line.row, end - cols, end, style, right);
	grid_paint(g, line.row, line.col, end, style);
}

static enum style
style_of(const struct app *app, const struct entry *entry, bool chosen)
{
	if (chosen)
		return STYLE_CHOSEN;
	return entry->talk && entry->talk == app->pane->talk ? STYLE_PANE_FOCUSED : STYLE_TEXT;
}

static void
draw_entry(const struct app *app, size_t i, const struct entry *entry, struct grid *g, struct rect line)
{
	bool chosen = sidebar_has_focus(app) && i == state(app)->chosen;
	char right[STATUS_TITLE_MAX];
	struct buf left = {0};

	if (entry->talk)
		say_talk(app, entry->talk, &left, right);
	else
		say_recent(entry->recent, &left, right);
	draw_line(g, line, style_of(app, entry, chosen), buf_text(&left), right);
	if (chosen) {
		g->cursor_row = line.row;
		g->cursor_col = line.col;
	}
	buf_release(&left);
}

/* The chosen line is in view. */
static void
scroll(struct app *app, int rows)
{
	struct sidebar *s = state(app);
	size_t line = line_of(app, s->chosen), height = (size_t)rows;

	choose(app, s->chosen);
	if (line < s->top + 1)
		s->top = line - 1;
	if (line >= s->top + height)
		s->top = line + 1 - height;
}

static void
draw_heading(const struct app *app, size_t line, struct grid *g, struct rect r)
{
	int row = r.row + (int)line - (int)state(app)->top;

	if (row >= r.row && row < r.row + r.rows)
		draw_line(g, (struct rect){row, r.col, 1, r.cols}, STYLE_NOTE, line == 0 ? "open" : "recent", "");
}

void
sidebar_draw(struct app *app, struct grid *g, struct rect r)
{
	struct rect list = {r.row, r.col, r.rows, r.cols - 2};
	struct entry entry;

	scroll(app, r.rows);
	grid_blank(g, (struct rect){r.row, r.col, r.rows, r.cols - 1});
	draw_heading(app, 0, g, list);
	for (size_t i = 0; find_entry(app, i, &entry); i++) {
		long row = r.row + (long)line_of(app, i) - (long)state(app)->top;

		if (i == app->n_talks)
			draw_heading(app, line_of(app, i) - 1, g, list);
		if (row >= r.row && row < r.row + r.rows)
			draw_entry(app, i, &entry, g, (struct rect){(int)row, r.col, 1, list.cols});
	}
	for (int row = r.row; row < r.row + r.rows; row++)
		if (grid_line(g, (struct rect){row, r.col + r.cols - 1, 1, 1}, COLUMN_KEY))
			grid_puts(g, row, r.col + r.cols - 1, r.col + r.cols, STYLE_PANE, "│");
}

/* ---- actions ---- */

static void
choose_shown(struct app *app)
{
	struct entry entry;

	for (size_t i = 0; find_entry(app, i, &entry) && entry.talk; i++)
		if (entry.talk == app->pane->talk)
			state(app)->chosen = i;
}

void
sidebar_toggle(struct app *app)
{
	struct sidebar *s = state(app);
	int cols = app->layout.area.col + app->layout.area.cols;

	view_close_over(app);
	s->open = !sidebar_has_focus(app);
	(void)sidebar_place(app, cols);
	s->asked_for = 0;
	s->top = 0;
	choose_shown(app);
	if (s->cols > 0)
		view_push(app, &sidebar_view);
	else
		view_close(app, &sidebar_view);
	if (!s->open || s->cols > 0)
		return;
	s->open = false;
	app_say(app, false, "too narrow for the sidebar");
}

void
sidebar_leave(struct app *app)
{
	view_close(app, &sidebar_view);
}

void
sidebar_move(struct app *app, int way)
{
	size_t chosen = state(app)->chosen;

	if (way > 0 || chosen > 0)
		choose(app, way > 0 ? chosen + 1 : chosen - 1);
}

void
sidebar_end(struct app *app, int way)
{
	choose(app, way > 0 ? count_entries(app) : 0);
}

void
sidebar_enter(struct app *app)
{
	struct entry entry;
	int64_t row;

	if (!find_entry(app, state(app)->chosen, &entry))
		return;
	row = entry.recent ? entry.recent->row : 0;
	if (entry.talk)
		panes_go_to(app, entry.talk);
	else
		opening_load(app, row, 0, NULL);
	view_close(app, &sidebar_view);
}

bool
sidebar_click(struct app *app, int row, int col)
{
	size_t line = state(app)->top + (size_t)row, n = count_entries(app);

	if (col >= state(app)->cols || row >= app->layout.area.rows)
		return false;
	for (size_t i = 0; i < n; i++)
		if (line_of(app, i) == line) {
			state(app)->chosen = i;
			sidebar_enter(app);
			break;
		}
	return true;
}
