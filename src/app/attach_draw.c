/*
 * attach_draw.c - chips one beside the other, in as many rows as the screen has for them; a chip that is wider than a row is cut.
 */
#include "app/attach_draw.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_tokens.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"
#include "base/size_words.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "tui/message_words.h"

enum {
	SCREEN_ROWS_EACH = 6, /* of the screen for each row of chips */
	ROWS_MAX = 4,
	GAP = 2,           /* between two chips */
	BYTES_A_TOKEN = 4, /* of text, about */
};

/* Where a chip stands. */
struct chip_place {
	int row, col;
};

static void
put_tokens(const struct app *app, const struct attachment *file, struct buf *to)
{
	int64_t tokens = attach_tokens(app, app->pane->talk, file);
	bool is_about = tokens < 0;

	if (is_about && file->kind != ATTACHMENT_TEXT)
		return;
	if (is_about)
		tokens = (int64_t)(file->size / BYTES_A_TOKEN + 1);
	buf_printf(to, ", %s%" PRId64 " token%s", is_about ? "~" : "", tokens, tokens == 1 ? "" : "s");
}

/* The caller's to free. */
static char *
chip_words(const struct app *app, const struct attach_chip *chip, size_t number)
{
	struct buf words = {0};
	char *clean;

	buf_printf(&words, "%zu ", number);
	if (chip->file) {
		message_words_file(chip->file, &words);
		put_tokens(app, chip->file, &words);
		buf_putc(&words, ')');
	} else {
		clean = clean_line(chip->words);
		buf_printf(&words, "%s (reading …)", clean);
		free(clean);
	}
	return buf_take(&words);
}

/* The place of a chip of this width, after the one that ended at `end`. */
static struct chip_place
place_after(struct chip_place end, int width, int cols)
{
	if (end.col > 0 && end.col + GAP + width > cols)
		return (struct chip_place){end.row + 1, 0};
	return (struct chip_place){end.row, end.col > 0 ? end.col + GAP : 0};
}

static int
rows_most(int screen_rows)
{
	int most = screen_rows / SCREEN_ROWS_EACH;

	return most < 1 ? 1 : most > ROWS_MAX ? ROWS_MAX : most;
}

int
attach_rows(const struct app *app, int cols, int screen_rows)
{
	struct attach_chip *chips;
	size_t n = attach_chips(app, app->pane->talk, &chips);
	struct chip_place end = {0, 0};
	int most = rows_most(screen_rows);

	for (size_t i = 0; i < n && end.row < most; i++) {
		char *words = chip_words(app, &chips[i], i + 1);
		int width = cluster_width(words, strlen(words));

		end = place_after(end, width, cols);
		end.col += width < cols ? width : cols;
		free(words);
	}
	free(chips);
	return n == 0 ? 0 : end.row < most ? end.row + 1 : most;
}

/* What does not fit is counted at the end of the last row. */
static void
draw_rest(struct grid *g, struct rect r, size_t n)
{
	char *words = mem_printf("  +%zu more", n);
	int width = (int)strlen(words), col = r.cols > width ? r.col + r.cols - width : r.col;

	grid_puts(g, r.row + r.rows - 1, col, r.col + r.cols, STYLE_NOTE, words);
	free(words);
}

static void
draw_chip(struct grid *g, struct rect r, struct chip_place at, const char *words)
{
	int end = r.col + r.cols, col = r.col + at.col, row = r.row + at.row;

	if (cluster_width(words, strlen(words)) <= end - col)
		grid_puts(g, row, col, end, STYLE_NOTE, words);
	else
		grid_puts(g, row, grid_puts(g, row, col, end - 1, STYLE_NOTE, words), end, STYLE_NOTE, "…");
}

void
attach_draw(const struct app *app, struct grid *g, struct rect r)
{
	struct attach_chip *chips;
	size_t n = attach_chips(app, app->pane->talk, &chips), i = 0;
	struct chip_place end = {0, 0};

	for (; i < n; i++) {
		char *words = chip_words(app, &chips[i], i + 1);
		int width = cluster_width(words, strlen(words));
		struct chip_place at = place_after(end, width, r.cols);

		if (at.row < r.rows)
			draw_chip(g, r, at, words);
		free(words);
		if (at.row >= r.rows)
			break;
		end = (struct chip_place){at.row, at.col + width};
	}
	if (i < n)
		draw_rest(g, r, n - i);
	free(chips);
}
