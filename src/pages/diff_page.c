/*
 * diff_page.c - the page shows the replies as they were when it was opened. Changes stand between signs, so that they are told apart
 * without colours and in what is copied: [-removed-] and {+added+}, as wdiff and git have them.
 */
#include "pages/diff_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/copy.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/two_replies.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/clean.h"
#include "text/sheet.h"
#include "text/word_diff.h"
#include "tui/page_parts.h"
#include "tui/sheet_draw.h"

enum {
	MARGIN_COLS = 1,
	COLS_LEAST = 8,
};

struct side {
	char *words;     /* whose reply it is */
	struct buf text; /* which is shared with the reply */
};

struct diff_state {
	struct side sides[2]; /* what was removed, what was added */
	struct word_diff diff;
	struct sheet sheet; /* for so many columns; 0: not laid out */
	int cols;
	size_t *changes; /* the rows that changes begin in */
	size_t n_changes;
	struct page_scroll scroll;
};

static const struct view page_view;

static struct diff_state *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* ---- signs ---- */

static const struct look {
	enum role role;
	const char *open, *close;
} looks[] = {
        [WORD_DIFF_SAME] = {ROLE_TEXT, "", ""},
        [WORD_DIFF_REMOVED] = {ROLE_CODE_REMOVED, "[-", "-]"},
        [WORD_DIFF_ADDED] = {ROLE_CODE_ADDED, "{+", "+}"},
};

static const char *
part_text(const struct diff_state *s, const struct word_diff_part *part)
{
	return buf_text(&s->sides[part->type == WORD_DIFF_ADDED].text) + part->at;
}

/* ---- rows ---- */

/* One row or more, as a paragraph. */
static void
put_line(struct diff_state *s, enum role role, const char *text)
{
	const struct sheet_shape shape = {.cols = s->cols};
	size_t start = s->sheet.text.len;
	char *line = clean_line(text);

	sheet_puts(&s->sheet, role, line);
	sheet_wrap(&s->sheet, start, 0, &shape);
	free(line);
}

static void
put_head(struct diff_state *s)
{
	const struct word_diff *d = &s->diff;
	char *removed = mem_printf("[-%s-]", s->sides[0].words), *added = mem_printf("{+%s+}", s->sides[1].words),
	     *counts = d->removed + d->added == 0 ? mem_printf("both say the same: %zu words", d->same)
	                                          : mem_printf("%zu words removed, %zu added, %zu the same", d->removed,
	                                                    d->added, d->same);

	put_line(s, ROLE_CODE_REMOVED, removed);
	put_line(s, ROLE_CODE_ADDED, added);
	put_line(s, ROLE_SIGN, counts);
	put_line(s, ROLE_TEXT, "");
	free(removed);
	free(added);
	free(counts);
}

/* Cleaned, so that a place in the text of the page is no place in a reply: where changes begin is kept. */
static void
put_parts(struct diff_state *s, size_t *starts)
{
	struct clean clean = {0};
	struct buf cleaned = {0};

	for (size_t i = 0, n = 0; i < s->diff.n; i++) {
		const struct word_diff_part *part = &s->diff.parts[i];
		const struct look *look = &looks[part->type];

		buf_clear(&cleaned);
		clean_text(&clean, part_text(s, part), part->len, &cleaned);
		if (i + 1 == s->diff.n)
			clean_end(&clean, &cleaned);
		if (part->type != WORD_DIFF_SAME && (i == 0 || part[-1].type == WORD_DIFF_SAME))
			starts[n++] = s->sheet.text.len;
		sheet_puts(&s->sheet, ROLE_SIGN, look->open);
		sheet_put(&s->sheet, look->role, buf_text(&cleaned), cleaned.len, 0, 0);
		sheet_puts(&s->sheet, ROLE_SIGN, look->close);
		s->n_changes = n;
	}
	buf_release(&cleaned);
}

/* Rows ascend, and so do the places that changes begin at. */
static void
find_rows(struct diff_state *s, size_t first_row)
{
	size_t row = first_row;

	for (size_t i = 0; i < s->n_changes; i++) {
		while (row + 1 < s->sheet.n_rows && s->sheet.rows[row + 1].start <= s->changes[i])
			row++;
		s->changes[i] = row;
	}
}

static void
lay_out(struct diff_state *s, int cols)
{
	const struct sheet_shape shape = {.cols = cols};
	size_t start, first_row;

	if (s->cols == cols)
		return;
	s->cols = cols;
	sheet_release(&s->sheet);
	sheet_lead(&s->sheet, "", 0);
	put_head(s);
	start = s->sheet.text.len;
	first_row = s->sheet.n_rows;
	s->changes = mem_realloc(s->changes, (s->diff.n + 1) * sizeof(*s->changes));
	put_parts(s, s->changes);
	sheet_wrap(&s->sheet, start, 0, &shape);
	find_rows(s, first_row);
}

/* ---- the view ---- */

static void
draw_rows(struct diff_state *s, struct grid *g)
{
	int cols = g->cols - 2 * MARGIN_COLS;
	long top;

	lay_out(s, cols > COLS_LEAST ? cols : COLS_LEAST);
	s->scroll.height = g->rows - 1;
	s->scroll.n_rows = (long)s->sheet.n_rows;
	top = page_scroll_top(&s->scroll);
	for (int i = 0; i < s->scroll.height && top + i < s->scroll.n_rows; i++)
		sheet_draw(&s->sheet, (size_t)(top + i), g, (struct rect){i, MARGIN_COLS, 1, cols}, STYLE_TEXT);
}

static void
draw(struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"diff-close", "close"}, {"diff-next", "next change"},
	        {"diff-copy", "copy"}, {"diff-page-down", "down"}};
	struct buf words = {0};

	grid_clear(g);
	draw_rows(state(app), g);
	hint_put_rows(&words, &app->keymap, CONTEXT_DIFF, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_DIFF;
}

static void
release(void *state)
{
	struct diff_state *s = state;

	for (size_t i = 0; i < ARRAY_LEN(s->sides); i++) {
		free(s->sides[i].words);
		buf_release(&s->sides[i].text);
	}
	word_diff_release(&s->diff);
	sheet_release(&s->sheet);
	free(s->changes);
	*s = (struct diff_state){0};
}

static void
close(struct app *app)
{
	release(state(app));
}

static const struct view page_view = {.context = context,
        .draw = draw,
        .close = close,
        .covers = true,
        .state_size = sizeof(struct diff_state),
        .release = release};

const struct view *
diff_page(void)
{
	return &page_view;
}

/* ---- two replies ---- */

static bool
take_versions(struct app *app, struct two_replies *two)
{
	return two_replies_versions(app, two) ||
	       app_refuse(app, "nothing to compare with: /split, or r for another version");
}

static char *
pane_words(const struct app *app, const struct pane *pane, const struct message *reply)
{
	return mem_printf("%u %s · %s", pane->talk->number,
	        buf_text(&conversation_info(pane->talk->session.conversation)->title),
	        model_show_name(app, buf_text(&reply->model)));
}

/* False: said why. */
static bool
take_panes(struct app *app, struct pane *next, struct two_replies *two)
{
	struct pane *panes[] = {app->pane, next};

	for (size_t i = 0; i < ARRAY_LEN(panes); i++) {
		two->replies[i] = conversation_last_reply(panes[i]->talk->session.conversation);
		if (!two->replies[i])
			return app_refuse(app, i == 0 ? "there is no reply in this pane yet"
			                              : "there is no reply in the next pane yet");
	}
	if (two->replies[0] == two->replies[1])
		return app_refuse(app, "both panes show the same reply: r makes another version");
	for (size_t i = 0; i < ARRAY_LEN(panes); i++)
		two->words[i] = pane_words(app, panes[i], two->replies[i]);
	return true;
}

static void
show(struct app *app, struct two_replies *two)
{
	struct diff_state *s;

	view_open(app, &page_view);
	s = state(app);
	release(s);
	for (size_t i = 0; i < ARRAY_LEN(s->sides); i++) {
		s->sides[i].words = two->words[i];
		two->words[i] = NULL;
		buf_share(&s->sides[i].text, &two->replies[i]->content);
	}
	word_diff_make(&s->diff, buf_text(&s->sides[0].text), s->sides[0].text.len, buf_text(&s->sides[1].text),
	        s->sides[1].text.len);
}

/* ---- what keys do ---- */

bool
diff_page_open(struct app *app)
{
	struct pane *next = panes_after(app, app->pane);
	struct two_replies two = {0};
	bool good = (next == app->pane ? take_versions(app, &two) : take_panes(app, next, &two)) &&
	            two_replies_compare(app, &two);

	if (good)
		show(app, &two);
	two_replies_release(&two);
	return good;
}

void
diff_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
diff_page_copy(struct app *app)
{
	const struct diff_state *s = state(app);
	struct buf text = {0};

	for (size_t i = 0; i < s->diff.n; i++) {
		const struct word_diff_part *part = &s->diff.parts[i];

		buf_puts(&text, looks[part->type].open);
		buf_put(&text, part_text(s, part), part->len);
		buf_puts(&text, looks[part->type].close);
	}
	(void)copy_text(app, &text, "the comparison");
	buf_release(&text);
}

void
diff_page_lines(struct app *app, int way)
{
	page_scroll_lines(&state(app)->scroll, way);
}

void
diff_page_screens(struct app *app, int way)
{
	page_scroll_screens(&state(app)->scroll, way);
}

void
diff_page_end(struct app *app, int way)
{
	page_scroll_end(&state(app)->scroll, way);
}

/* The row above a change is left in view. */
void
diff_page_change(struct app *app, int way)
{
	struct diff_state *s = state(app);
	long at = page_scroll_top(&s->scroll) + 1;

	for (size_t k = 0; k < s->n_changes; k++) {
		size_t i = way > 0 ? k : s->n_changes - 1 - k;

		if (way > 0 ? (long)s->changes[i] > at : (long)s->changes[i] < at) {
			s->scroll.wanted = (long)s->changes[i] - 1;
			return;
		}
	}
	app_say(app, false, way > 0 ? "there is no change further down" : "there is no change further up");
}
