/*
 * statusbar.c - as much as fits: when the row is short, the least important part goes first.
 */
#include "tui/statusbar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char separator[] = " · ", ellipsis[] = "…";

enum {
	SEPARATOR_COLS = 3,
	PARTS = 4,
};

struct part {
	char text[512];
	int importance; /* the smallest goes first */
	int width;      /* 0: not shown */
};

static void
put_part(struct part *part, const char *text, int importance)
{
	snprintf(part->text, sizeof(part->text), "%s", text);
	part->importance = importance;
	part->width = cluster_width(part->text, strlen(part->text));
}

static void
put_context(struct part *part, const struct status *status)
{
	char text[64] = "";

	if (status->context_used > 0 && status->context_size > 0)
		snprintf(
		        text, sizeof(text), "context %" PRId64 "/%" PRId64, status->context_used, status->context_size);
	else if (status->context_used > 0)
		snprintf(text, sizeof(text), "context %" PRId64, status->context_used);
	else if (status->context_size > 0)
		snprintf(text, sizeof(text), "context %" PRId64, status->context_size);
	put_part(part, text, 1);
}

static int
total_width(const struct part *parts)
{
	int width = 0;

	for (int i = 0; i < PARTS; i++)
		if (parts[i].width > 0)
			width += parts[i].width + (width > 0 ? SEPARATOR_COLS : 0);
	return width;
}

static int
shown_parts(const struct part *parts)
{
	int n = 0;

	for (int i = 0; i < PARTS; i++)
		n += parts[i].width > 0;
	return n;
}

static void
drop_least(struct part *parts)
{
	struct part *least = NULL;

	for (int i = 0; i < PARTS; i++)
		if (parts[i].width > 0 && (!least || parts[i].importance < least->importance))
			least = &parts[i];
	least->width = 0;
}

/* One text that may be longer than the row. */
static void
draw_clipped(struct grid *g, struct rect r, enum style style, const char *text)
{
	int end = r.col + r.cols, width = cluster_width(text, strlen(text));

	if (width <= r.cols) {
		grid_puts(g, r.row, r.col, end, style, text);
		return;
	}
	grid_puts(g, r.row, grid_puts(g, r.row, r.col, end - 1, style, text), end, style, ellipsis);
}

static void
draw_parts(struct part *parts, struct grid *g, struct rect r)
{
	int col = r.col, end = r.col + r.cols;

	while (total_width(parts) > r.cols && shown_parts(parts) > 1)
		drop_least(parts);
	for (int i = 0; i < PARTS; i++) {
		if (parts[i].width == 0)
			continue;
		if (col > r.col)
			col = grid_puts(g, r.row, col, end, STYLE_STATUS, separator);
		draw_clipped(g, (struct rect){r.row, col, 1, end - col}, STYLE_STATUS, parts[i].text);
		col += parts[i].width;
	}
}

void
statusbar_draw(const struct status *status, struct grid *g, struct rect r)
{
	struct part parts[PARTS] = {0};
	enum style style = status->message && status->message_is_error ? STYLE_STATUS_ERROR : STYLE_STATUS;
	struct rect inner = {r.row, r.col + (r.cols > 30), 1, r.cols - 2 * (r.cols > 30)};

	if (status->message) {
		draw_clipped(g, inner, style, status->message);
	} else {
		/* What happens now tells more than that the server is ready. */
		put_part(&parts[0], status->reachability, *status->activity ? 2 : 4);
		put_part(&parts[1], status->model, 0);
		put_part(&parts[2], status->activity, 3);
		put_context(&parts[3], status);
		draw_parts(parts, g, inner);
	}
	grid_paint(g, r.row, r.col, r.col + r.cols, style);
}
