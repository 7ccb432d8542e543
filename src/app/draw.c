/*
 * draw.c - the screen from top to bottom: transcript, a rule where there is room, queued prompts, composer, status
 * bar.
 */
#include <stdio.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/status.h"
#include "base/clock.h"

enum {
	LEAST_ROWS = 5,
	LEAST_COLS = 20,
	RULE_FROM_ROWS = 10,
};

static void
draw_too_small(struct grid *g)
{
	char words[64];

	grid_clear(g);
	snprintf(words, sizeof(words), "flynn needs %dx%d", LEAST_COLS, LEAST_ROWS);
	grid_puts(g, 0, 0, g->cols, STYLE_TEXT, words);
}

static void
draw_rule(struct grid *g, int row, const char *words)
{
	char label[64];

	grid_fill(g, row, 0, g->cols, STYLE_NOTE, "─");
	snprintf(label, sizeof(label), " %s ", words);
	if (*words)
		grid_puts(g, row, 2, g->cols - 2, STYLE_NOTE, label);
}

static void
draw_help(struct app *app, struct grid *g)
{
	struct status status = {.message = app->message, .message_is_error = app->message_is_error};

	grid_clear(g);
	help_draw(&app->help, g, (struct rect){0, 0, g->rows - 1, g->cols});
	if (!status.message)
		status.message = "Help: Esc closes, Up, Down, PgUp and PgDn scroll";
	statusbar_draw(&status, g, (struct rect){g->rows - 1, 0, 1, g->cols});
	app->next_draw_ms = 0;
}

void
app_draw(struct app *app, struct grid *g)
{
	struct status status;
	int64_t now_ms = clock_ms();
	int rule = g->rows >= RULE_FROM_ROWS, most = g->rows / 3, input, queued, below;

	g->cursor_row = g->cursor_col = -1;
	if (g->rows < LEAST_ROWS || g->cols < LEAST_COLS) {
		draw_too_small(g);
		return;
	}
	if (app->help.open) {
		draw_help(app, g);
		return;
	}
	app->composer.cols = g->cols;
	input = composer_rows(&app->composer, g->cols);
	input = input < most ? input : most;
	app->transcript.hint = app->keeper.restoring ? "" : buf_text(&app->hint);
	app->transcript.keys = (struct transcript_keys){.retry = app->key_retry,
	        .send = composer_is_blank(&app->composer) ? NULL : app->key_send,
	        .end = app->key_end};
	queued = prompt_queue_rows(&app->talk->prompts, g->rows);
	below = 1 + input + queued + rule;
	transcript_layout(&app->transcript, g->rows - below, g->cols);
	transcript_draw(&app->transcript, g, (struct rect){0, 0, g->rows - below, g->cols});
	grid_blank(g, (struct rect){g->rows - below, 0, below, g->cols});
	if (rule)
		draw_rule(g, g->rows - below, branches_is_editing(app) ? "another version of an earlier prompt" : "");
	prompt_queue_draw(&app->talk->prompts, app->talk->session.state == SESSION_IDLE, g,
	        (struct rect){g->rows - 1 - input - queued, 0, queued, g->cols});
	composer_draw(&app->composer, g, (struct rect){g->rows - 1 - input, 0, input, g->cols});
	status_make(app, now_ms, &status);
	app->next_draw_ms = status_next_ms(app, now_ms);
	statusbar_draw(&status, g, (struct rect){g->rows - 1, 0, 1, g->cols});
}
