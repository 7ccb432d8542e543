/*
 * models_draw.c - the page on the screen: a line that is typed into, a rule with a word on it, a row for each model in columns, as
 * many as there is room for, and below them all that is known of the one with the cursor.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/size_words.h"
#include "pages/models_state.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "tui/page_parts.h"
#include "tui/rows.h"

enum {
	SIGN_COLS = 3, /* ">", "*" of the one that is used, a blank */
	GAP_COLS = 2,
	NAME_COLS_LEAST = 8,
	STATE_COLS = 13, /* "loading 100 %" */
	CONTEXT_COLS = 8,
	SIZE_COLS = 8,
	READS_COLS = 9, /* "text only" */
	SERVER_COLS_LEAST = 14,
	HEADING_FROM_ROWS = 8,
	HELP_FROM_ROWS = 7,
	RULE_FROM_ROWS = 14, /* above the help */
};

/* ---- places ---- */

struct columns {
	int state_cols;
	int name_end;                            /* the column after it */
	int state, context, size, reads, server; /* where each begins; 0: it is left out */
};

static int
widest_name(const struct models_page *page)
{
	int widest = NAME_COLS_LEAST;

	for (size_t i = 0; i < page->n; i++) {
		int width = cluster_width(page->shown[i].name, strlen(page->shown[i].name));

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* The next column, where there is room for so many cells; 0: there is none. */
static int
next_column(int *col, int width, int cols)
{
	int at = *col;

	if (at < 0 || at + width >= cols) {
		*col = -1;
		return 0;
	}
	*col += width + GAP_COLS;
	return at;
}

static struct columns
place_columns(const struct models_page *page, int cols)
{
	int widest = widest_name(page), most = cols / 3 > NAME_COLS_LEAST ? cols / 3 : NAME_COLS_LEAST, col;
	struct columns c = {.name_end = SIGN_COLS + (widest < most ? widest : most)};

	col = c.name_end + GAP_COLS;
	c.state_cols = cols - 1 - col < STATE_COLS ? cols - 1 - col : STATE_COLS; /* in any case, though it be cut */
	c.state = next_column(&col, c.state_cols, cols);
	c.context = next_column(&col, CONTEXT_COLS, cols);
	c.size = next_column(&col, SIZE_COLS, cols);
	c.reads = next_column(&col, READS_COLS, cols);
	c.server = next_column(&col, SERVER_COLS_LEAST, cols);
	return c;
}

struct places {
	struct rect line, list, help;
	int rule, heading, lower_rule; /* their rows; -1: there is none */
};

static struct places
place(int rows, int cols)
{
	int end = rows - 1, top = 2, help = rows < HELP_FROM_ROWS ? 0 : cols < 60 && rows >= RULE_FROM_ROWS ? 3 : 2;
	struct places p = {.line = {0, 0, 1, cols}, .rule = 1, .heading = -1, .lower_rule = -1};

	end -= help;
	p.help = (struct rect){end, 1, help, cols - 2};
	if (rows >= RULE_FROM_ROWS)
		p.lower_rule = --end;
	if (rows >= HEADING_FROM_ROWS)
		p.heading = top++;
	p.list = (struct rect){top, 0, end - top, cols};
	return p;
}

/* ---- words ---- */

static void
put_state(const struct model_row *row, struct buf *out)
{
	buf_puts(out, row->state == MODEL_UNKNOWN ? "asking" : model_state_word(row->state));
	if (row->known && row->known->percent >= 0)
		buf_printf(out, " %d %%", row->known->percent);
}

/* "pictures", "text only"; "": not known. Whatever sees is said to see films too, by servers that refuse them. */
static const char *
reads_words(const struct model_row *row, const char *both)
{
	unsigned inputs = row->known ? row->known->inputs : 0;
	bool sees = inputs & MODEL_READS_IMAGE, hears = inputs & MODEL_READS_AUDIO;

	return sees && hears ? both : sees ? "pictures" : hears ? "sound" : inputs ? "text only" : "";
}

static void
put_context(const struct model_row *row, struct buf *out)
{
	if (row->known && row->known->n_ctx > 0)
		buf_printf(out, "%" PRId64, row->known->n_ctx);
}

static void
put_size(const struct model_row *row, struct buf *out)
{
	char words[SIZE_WORDS_MAX];

	if (!row->known || row->known->size <= 0)
		return;
	size_words(row->known->size, words);
	buf_puts(out, words);
}

/* "localhost:8080", "unix:/run/llama.sock" */
static const char *
short_endpoint(struct app *app, const struct model_row *row)
{
	const char *text = models_endpoint(app, row);

	return strncmp(text, "http://", 7) == 0 ? text + 7 : text;
}

/* ---- one row ---- */

static void
draw_cell(struct grid *g, int row, int col, int width, enum style style, struct buf *words, bool right)
{
	char *clean = clean_line(buf_text(words));
	int wide = cluster_width(clean, strlen(clean));

	if (col > 0)
		grid_puts_clipped(g, row, right && wide < width ? col + width - wide : col, col + width, style, clean);
	free(clean);
	buf_release(words);
}

static void
draw_name(const struct models_shown *shown, struct grid *g, int row, int end, enum style plain, enum style hit)
{
	struct marked name = {0};

	marked_set_line(&name, shown->name, strlen(shown->name), shown->marks, shown->n_marks);
	marked_put_clipped(&name, g, row, SIGN_COLS, end, plain, hit);
	marked_release(&name);
}

static enum style
state_style(const struct model_row *row, bool chosen)
{
	if (chosen)
		return STYLE_CHOSEN;
	switch (row->state) {
	case MODEL_LOADED:
	case MODEL_SLEEPING:
		return STYLE_TEXT;
	case MODEL_FAILED:
	case MODEL_UNREACHABLE:
		return STYLE_ERROR;
	default:
		return STYLE_NOTE;
	}
}

static void
draw_row(
        struct app *app, const struct models_shown *shown, bool chosen, const struct columns *c, struct grid *g, int at)
{
	enum style plain = chosen ? STYLE_CHOSEN : STYLE_TEXT, note = chosen ? STYLE_CHOSEN : STYLE_NOTE;
	const struct model_row *row = shown->row;
	struct buf state = {0}, context = {0}, size = {0}, reads = {0}, server = {0};

	if (chosen)
		grid_paint(g, at, 0, g->cols, STYLE_CHOSEN);
	grid_puts(g, at, 0, 1, plain, chosen ? ">" : " ");
	grid_puts(g, at, 1, 2, plain, models_uses(app, row, app->pane->talk->link) ? "*" : " ");
	draw_name(shown, g, at, c->name_end, plain, chosen ? STYLE_HIT_CHOSEN : STYLE_HIT);
	put_state(row, &state);
	put_context(row, &context);
	put_size(row, &size);
	buf_puts(&reads, reads_words(row, "both"));
	buf_puts(&server, short_endpoint(app, row));
	draw_cell(g, at, c->state, c->state_cols, state_style(row, chosen), &state, false);
	draw_cell(g, at, c->context, CONTEXT_COLS, note, &context, true);
	draw_cell(g, at, c->size, SIZE_COLS, note, &size, true);
	draw_cell(g, at, c->reads, READS_COLS, note, &reads, false);
	draw_cell(g, at, c->server, g->cols - 1 - c->server, note, &server, false);
}

static void
draw_heading_cell(struct grid *g, int row, int col, int width, const char *word, bool right)
{
	struct buf words = {0};

	buf_puts(&words, word);
	draw_cell(g, row, col, width, STYLE_NOTE, &words, right);
}

static void
draw_heading(const struct columns *c, struct grid *g, int row)
{
	if (row < 0)
		return;
	draw_heading_cell(g, row, SIGN_COLS, c->name_end - SIGN_COLS, "model", false);
	draw_heading_cell(g, row, c->state, c->state_cols, "state", false);
	draw_heading_cell(g, row, c->context, CONTEXT_COLS, "context", true);
	draw_heading_cell(g, row, c->size, SIZE_COLS, "size", true);
	draw_heading_cell(g, row, c->reads, READS_COLS, "reads", false);
	draw_heading_cell(g, row, c->server, g->cols - 1 - c->server, "server", false);
}

static void
draw_list(struct app *app, struct models_page *page, const struct columns *c, struct grid *g, struct rect r)
{
	page->page = r.rows > 0 ? (size_t)r.rows : 1;
	page->top = rows_top(page->top, page->chosen, page->page, page->n);
	for (int i = 0; i < r.rows && page->top + (size_t)i < page->n; i++)
		draw_row(app, &page->shown[page->top + (size_t)i], page->top + (size_t)i == page->chosen, c, g,
		        r.row + i);
	if (page->n == 0 && r.rows > 0)
		grid_puts_clipped(g, r.row, SIGN_COLS, g->cols - 1, STYLE_NOTE,
		        page->rows.n > 0 ? "no model is called so" : "the servers have no model");
}

/* ---- the one with the cursor ---- */

static void
put_part(struct buf *out, const char *before, const struct buf *words, const char *after)
{
	if (words->len > 0)
		buf_printf(out, " · %s%s%s", before, buf_text(words), after);
}

/* "tiny-b at http://localhost:8080 · loaded · context 4096 tokens · 1.1 MiB · reads text and pictures · used here" */
static void
put_help(struct app *app, const struct model_row *row, struct buf *out)
{
	const char *reads = reads_words(row, "pictures, sound"), *there = model_row_on_server(row);
	struct buf context = {0}, size = {0}, why = {0};

	buf_puts(out, model_show_name(app, row->name));
	if (there && strcmp(there, row->name) != 0)
		buf_printf(out, " (there %s)", model_show_name(app, there));
	buf_printf(out, " at %s · ", models_endpoint(app, row));
	put_state(row, out);
	if (model_row_why(row, models_server(app, row), &why))
		buf_printf(out, ": %s", buf_text(&why));
	put_context(row, &context);
	put_size(row, &size);
	put_part(out, "context ", &context, " tokens");
	put_part(out, "", &size, "");
	if (*reads)
		buf_printf(out, " · reads %s%s", strcmp(reads, "text only") == 0 ? "" : "text, ", reads);
	if (models_uses(app, row, app->pane->talk->link))
		buf_puts(out, " · in use here");
	buf_release(&context);
	buf_release(&size);
	buf_release(&why);
}

static void
draw_help(struct app *app, const struct model_row *row, struct grid *g, struct rect r)
{
	struct buf words = {0};

	put_help(app, row, &words);
	page_words_draw(g, r, buf_text(&words));
	buf_release(&words);
}

void
models_draw(struct app *app, struct models_page *page, struct grid *g)
{
	static const struct hint_row rows[] = {{"models-choose", "use it here"}, {"models-close", "close"},
	        {"models-load", "load"}, {"models-unload", "unload"}, {"help", "help"}};
	struct places p = place(g->rows, g->cols);
	struct columns c = place_columns(page, g->cols);
	struct buf keys = {0};

	grid_blank(g, (struct rect){0, 0, g->rows - 1, g->cols});
	g->cursor_row = g->cursor_col = -1;
	page_rule_draw(g, p.rule, page->then ? "choose a model to answer" : "models");
	draw_heading(&c, g, p.heading);
	draw_list(app, page, &c, g, p.list);
	page_rule_draw(g, p.lower_rule, "");
	if (page->chosen < page->n)
		draw_help(app, page->shown[page->chosen].row, g, p.help);
	composer_draw(&page->filter, g, p.line);
	hint_put_rows(&keys, &app->keymap, CONTEXT_MODELS, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}
