/*
 * parameter_draw.c - the page on the screen: a line that is typed into, a rule with a word on it, the rows, below them what the
 * parameter under the cursor is and takes, and the keys.
 */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/settings.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/parameter_state.h"
#include "text/clean.h"
#include "tui/page_parts.h"
#include "tui/rows.h"

enum {
	SIGN_COLS = 3, /* ">", "*" of what is set, a space */
	NAME_COLS = 22,
	GAP_COLS = 2,
	VALUE_COLS_LEAST = 8,
	SOURCE_FROM_COLS = 68, /* of the page: who says so stands beside the value */
	SOURCE_COLS = 34,
	WIDE_FROM_COLS = 110,
	WIDE_SOURCE_COLS = 44,
	RULE_FROM_ROWS = 16, /* above the help */
	HELP_FROM_ROWS = 8,
};

/* ---- places ---- */

struct places {
	struct rect line, list, help;
	int rule, lower_rule; /* their rows; -1: there is none */
};

static int
help_rows(int rows, int cols)
{
	int most = cols < 60 ? 3 : 2;

	return rows < HELP_FROM_ROWS ? 0 : rows < RULE_FROM_ROWS && most > 2 ? 2 : most;
}

static struct places
place(const struct parameter_page *page, int rows, int cols)
{
	int wanted = page->edited ? composer_rows(&page->edit, cols) : 1, most = rows / 3, help = help_rows(rows, cols);
	struct places p = {.lower_rule = -1};
	int top, end = rows - 1 - help;

	wanted = wanted > most ? most : wanted;
	p.line = (struct rect){0, 0, wanted < 1 ? 1 : wanted, cols};
	p.rule = p.line.rows;
	top = p.rule + 1;
	p.help = (struct rect){end, 1, help, cols - 2};
	if (rows >= RULE_FROM_ROWS)
		p.lower_rule = --end;
	p.list = (struct rect){top, 0, end - top, cols};
	return p;
}

/* ---- one row ---- */

/* Takes a text; on one line, cleaned, it is yours. */
static char *
one_line(char *text)
{
	char *clean;

	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = ' ';
	clean = clean_line(text);
	free(text);
	return clean;
}

static char *
show(const struct parameter *p, const char *json)
{
	return one_line(parameter_show(p, json));
}

struct looks {
	enum style plain, note, value, hit;
};

static struct looks
looks_of(bool chosen, bool is_set)
{
	if (chosen)
		return (struct looks){STYLE_CHOSEN, STYLE_CHOSEN, STYLE_CHOSEN, STYLE_HIT_CHOSEN};
	return (struct looks){STYLE_TEXT, STYLE_NOTE, is_set ? STYLE_STRONG : STYLE_NOTE, STYLE_HIT};
}

/* "this conversation · default 0.8" */
static void
put_source(const struct app *app, const struct parameter *p, enum setting_source source, struct buf *out)
{
	const char *json = settings_default(app->pane->talk, p);
	char *shown;

	if (!settings_is_sent(app->pane->talk, p)) {
		buf_puts(out, "not sent to this model");
		return;
	}
	settings_put_source(app, app->pane->talk, source, out);
	if (source == SETTING_OF_SERVER || !json || p->type == PARAMETER_LIST)
		return;
	shown = show(p, json);
	buf_printf(out, " · default %s", shown);
	free(shown);
}

static int
source_cols(int cols)
{
	return cols >= WIDE_FROM_COLS ? WIDE_SOURCE_COLS : cols >= SOURCE_FROM_COLS ? SOURCE_COLS : 0;
}

static void
draw_value(const struct app *app, const struct parameter_page *page, const struct parameter *p, struct grid *g, int row,
        int col, struct looks looks)
{
	int source_at = g->cols - source_cols(g->cols);
	enum setting_source source;
	const char *json = settings_get(app, app->pane->talk, p, &source),
	           *known = settings_default(app->pane->talk, p);
	char *value = page->edited == p ? one_line(mem_strdup(composer_text(&page->edit)))
	              : json            ? show(p, json)
	              : known           ? show(p, known)
	                                : mem_strdup(g->cols < SOURCE_FROM_COLS ? "server's default" : "");
	struct buf words = {0};
	char *clean;

	grid_puts_clipped(g, row, col, source_at - (source_at < g->cols ? GAP_COLS : 1),
	        page->edited == p ? looks.plain : looks.value, value);
	put_source(app, p, source, &words);
	if (!json && !known && settings_is_sent(app->pane->talk, p))
		buf_puts(&words, "'s default");
	clean = clean_line(buf_text(&words));
	if (source_at < g->cols)
		grid_puts_clipped(g, row, source_at, g->cols - 1, looks.note, clean);
	free(clean);
	buf_release(&words);
	free(value);
}

static void
draw_parameter(const struct app *app, const struct parameter_page *page, const struct parameter_row *row, bool chosen,
        struct grid *g, int at)
{
	const struct parameter *p = row->parameter;
	enum setting_source source;
	bool is_set = settings_get(app, app->pane->talk, p, &source) != NULL;
	struct looks looks = looks_of(chosen, is_set);
	int name_end = SIGN_COLS + NAME_COLS, most = g->cols - VALUE_COLS_LEAST - GAP_COLS;

	name_end = name_end > most ? most : name_end;
	if (chosen)
		grid_paint(g, at, 0, g->cols, STYLE_CHOSEN);
	grid_puts(g, at, 0, 1, looks.plain, chosen ? ">" : " ");
	grid_puts(g, at, 1, 2, looks.plain, is_set ? "*" : " ");
	grid_puts_clipped(g, at, SIGN_COLS, name_end, is_set && !chosen ? STYLE_STRONG : looks.plain, p->name);
	for (size_t i = 0; i < row->n_marks; i++)
		marks_paint(g, at, SIGN_COLS, name_end, p->name, 0, strlen(p->name), row->marks[i], looks.hit);
	draw_value(app, page, p, g, at, name_end + GAP_COLS, looks);
}

/* Its place among those that are on. */
static size_t
number_of(const struct parameter_list *list, size_t item)
{
	size_t n = 0;

	for (size_t i = 0; i <= item; i++)
		n += list->items[i].on;
	return n;
}

static void
draw_item(const struct parameter_list *list, size_t item, bool chosen, struct grid *g, int at)
{
	const struct parameter_item *i = &list->items[item];
	enum style style = chosen ? STYLE_CHOSEN : i->on ? STYLE_TEXT : STYLE_NOTE;
	char *words =
	        i->on ? mem_printf("%2zu  %s", number_of(list, item), i->name) : mem_printf(" -  %s, off", i->name);

	if (chosen)
		grid_paint(g, at, 0, g->cols, STYLE_CHOSEN);
	grid_puts(g, at, 0, 1, style, chosen ? ">" : " ");
	grid_puts_clipped(g, at, SIGN_COLS + GAP_COLS, g->cols - 1, style, words);
	free(words);
}

static void
draw_row(const struct app *app, const struct parameter_page *page, size_t i, bool chosen, struct grid *g, int at)
{
	const struct parameter_row *row = &page->rows[i];

	if (!row->parameter)
		grid_puts_clipped(g, at, 1, g->cols - 1, STYLE_HEADING, parameter_group_heading(row->group));
	else if (row->item > 0)
		draw_item(&page->list, row->item - 1, chosen, g, at);
	else
		draw_parameter(app, page, row, chosen, g, at);
}

static void
draw_list(const struct app *app, struct parameter_page *page, struct grid *g, struct rect r)
{
	size_t chosen = parameter_rows_chosen(page);
	size_t shown = chosen == 1 ? 0 : chosen; /* with the first parameter its heading */

	page->page = r.rows > 0 ? (size_t)r.rows : 1;
	page->top = rows_top(page->top, shown, page->page, page->n);
	if (chosen == 1 && page->page < 2)
		page->top = chosen;
	for (int i = 0; i < r.rows && page->top + (size_t)i < page->n; i++)
		draw_row(app, page, page->top + (size_t)i, page->top + (size_t)i == chosen, g, r.row + i);
	if (page->n == 0 && r.rows > 0)
		grid_puts_clipped(g, r.row, SIGN_COLS, g->cols - 1, STYLE_NOTE, "no parameter matches");
}

/* ---- what the one under the cursor is ---- */

static void
put_help(const struct app *app, const struct parameter *p, struct buf *out)
{
	const struct talk *talk = app->pane->talk;
	char *takes = parameter_takes(p);
	enum setting_source source;

	(void)settings_get(app, talk, p, &source);
	buf_printf(out, "%s · %s", p->help, takes);
	settings_put_bound(talk, p, out);
	buf_puts(out, " · ");
	put_source(app, p, source, out);
	if (source == SETTING_OF_SERVER && settings_is_sent(talk, p))
		buf_printf(out, "'s default%s",
		        settings_default(talk, p)       ? ""
		        : settings_lacks_defaults(talk) ? ", known once it has loaded the model"
		                                        : ", which it does not tell");
	free(takes);
}

static void
draw_help(const struct app *app, const struct parameter *p, struct grid *g, struct rect r)
{
	struct buf words = {0};

	if (!p)
		return;
	put_help(app, p, &words);
	page_words_draw(g, r, buf_text(&words));
	buf_release(&words);
}

/* ---- words ---- */

static size_t
count_set(const struct app *app)
{
	size_t n, count = 0;
	const struct parameter *table = parameter_table(&n);
	enum setting_source source;

	for (size_t i = 0; i < n; i++)
		count += settings_get(app, app->pane->talk, &table[i], &source) != NULL;
	return count;
}

static void
put_label(const struct app *app, const struct parameter_page *page, struct buf *out)
{
	size_t n = count_set(app);
	char *takes;

	if (page->edited) {
		takes = parameter_takes(page->edited);
		buf_printf(out, "%s: %s", page->edited->name, takes);
		settings_put_bound(app->pane->talk, page->edited, out);
		free(takes);
	} else if (page->list.parameter) {
		buf_printf(out, "%s: used in this order", page->list.parameter->name);
	} else if (n == 0) {
		buf_puts(out, "parameters: none set");
	} else {
		buf_printf(out, "parameters: %zu set", n);
	}
}

static void
put_keys(const struct app *app, const struct parameter_page *page, int cols, struct buf *out)
{
	static const struct hint_row list[] = {{"parameters-enter", "change"}, {"parameters-close", "close"},
	        {"parameters-more", "more"}, {"parameters-less", "less"}, {"parameters-backspace", "reset"},
	        {"parameters-reset-all", "reset all"}, {"parameters-undo", "undo"}, {"help", "help"}};
	static const struct hint_row edit[] = {{"parameter-take", "take it"}, {"parameter-leave", "leave it"}};
	static const struct hint_row items[] = {{"samplers-switch", "on, off"}, {"samplers-move-up", "earlier"},
	        {"samplers-move-down", "later"}, {"samplers-close", "done"}, {"samplers-reset", "reset"}};

	if (page->edited)
		hint_put_rows(out, &app->keymap, CONTEXT_PARAMETER_EDIT, edit, ARRAY_LEN(edit), cols);
	else if (page->list.parameter)
		hint_put_rows(out, &app->keymap, CONTEXT_SAMPLERS, items, ARRAY_LEN(items), cols);
	else
		hint_put_rows(out, &app->keymap, CONTEXT_PARAMETERS, list, ARRAY_LEN(list), cols);
}

void
parameter_draw(struct app *app, struct parameter_page *page, struct grid *g)
{
	struct places p = place(page, g->rows, g->cols);
	struct buf label = {0}, keys = {0};

	grid_blank(g, (struct rect){0, 0, g->rows - 1, g->cols});
	g->cursor_row = g->cursor_col = -1;
	put_label(app, page, &label);
	draw_list(app, page, g, p.list);
	page_rule_draw(g, p.rule, buf_text(&label));
	page_rule_draw(g, p.lower_rule, "");
	draw_help(app, page->chosen, g, p.help);
	composer_draw(page->edited ? &page->edit : &page->filter, g, p.line);
	if (page->list.parameter)
		g->cursor_row = g->cursor_col = -1;
	put_keys(app, page, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&label);
	buf_release(&keys);
}
