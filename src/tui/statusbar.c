/*
 * statusbar.c - as much as fits: when the row is short, the least important part is shortened first, and goes first.
 */
#include "tui/statusbar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"

static const char separator[] = " · ", ellipsis[] = "…";

enum {
	SEPARATOR_COLS = 3,
	FORMS = 3, /* of a part, the longest first */
};

enum part_name {
	STATE,
	TROUBLE,
	MODEL,
	ACTIVITY,
	CONTEXT,
	NEWS,
	PARTS,
};

/* Some bytes of a text. */
struct words {
	const char *text;
	size_t len; /* 0: there are none */
};

struct part {
	struct words forms[FORMS];
	struct words shown;   /* one of them, or none */
	char text[FORMS][64]; /* for forms that are made here */
};

/* What is done, in this order, until everything fits. */
enum {
	GONE = FORMS,
};

static const struct {
	enum part_name part;
	int form;
} steps[] = {
        {MODEL, 1},
        {CONTEXT, 1},
        {MODEL, GONE},
        {CONTEXT, 2},
        {ACTIVITY, 1},
        {TROUBLE, 1},
        {TROUBLE, 2},
        {STATE, 1},
        {CONTEXT, GONE},
        {STATE, 2},
        {NEWS, GONE},
        {ACTIVITY, GONE},
};

/* ---- forms ---- */

static struct words
whole(const char *text)
{
	return (struct words){text, strlen(text)};
}

static void
make_state(struct part *part, const struct status *status)
{
	for (int i = 0; i < STATUS_STATES; i++)
		part->forms[i] = whole(status->state[i]);
}

static void
make_activity(struct part *part, const struct status *status)
{
	for (int i = 0; i < STATUS_ACTIVITIES; i++)
		part->forms[i] = whole(status->activity[i]);
}

/* Without the path in brackets at its end. The words before the reason always fit. */
static void
make_trouble(struct part *part, const struct status *status)
{
	const char *bracket = strrchr(status->trouble, '(');
	size_t n = strlen(status->trouble);

	part->forms[0] = whole(status->trouble);
	if (bracket && bracket > status->trouble && bracket[-1] == ' ' && status->trouble[n - 1] == ')')
		part->forms[1] = (struct words){status->trouble, (size_t)(bracket - status->trouble) - 1};
	part->forms[2] = (struct words){status->trouble, strcspn(status->trouble, ":")};
}

/* What every file of a model is called tells nothing. */
static void
make_model(struct part *part, const struct status *status)
{
	static const char suffix[] = ".gguf";
	struct words model = whole(status->model);
	size_t tail = sizeof(suffix) - 1;

	part->forms[0] = model;
	if (model.len > tail && strcmp(model.text + model.len - tail, suffix) == 0)
		part->forms[1] = (struct words){model.text, model.len - tail};
}

static void
make_context(struct part *part, const struct status *status)
{
	int64_t used = status->context_used, size = status->context_size;
	char text[48];

	if (used <= 0 && size <= 0)
		return;
	if (used > 0 && size > 0)
		snprintf(text, sizeof(text), "%" PRId64 "/%" PRId64, used, size);
	else
		snprintf(text, sizeof(text), "%" PRId64, used > 0 ? used : size);
	snprintf(part->text[0], sizeof(part->text[0]), "context %s", text);
	snprintf(part->text[1], sizeof(part->text[1]), "ctx %s", text);
	if (used > 0 && size > 0)
		snprintf(part->text[2], sizeof(part->text[2]), "ctx %" PRId64 " %%", used * 100 / size);
	for (int i = 0; i < FORMS; i++)
		part->forms[i] = whole(part->text[i]);
}

/* ---- fitting ---- */

static int
width_of(struct words words)
{
	return cluster_width(words.text, words.len);
}

static int
total_width(const struct part *parts)
{
	int width = 0;

	for (int i = 0; i < PARTS; i++)
		if (parts[i].shown.len > 0)
			width += width_of(parts[i].shown) + (width > 0 ? SEPARATOR_COLS : 0);
	return width;
}

static void
fit(struct part *parts, int cols)
{
	for (size_t i = 0; i < ARRAY_LEN(steps) && total_width(parts) > cols; i++) {
		struct part *part = &parts[steps[i].part];

		if (steps[i].form == GONE)
			part->shown.len = 0;
		else if (part->shown.len > 0 && part->forms[steps[i].form].len > 0)
			part->shown = part->forms[steps[i].form];
	}
}

/* ---- drawing ---- */

/* One text that may be longer than the row. */
static void
draw_clipped(struct grid *g, struct rect r, enum style style, struct words words)
{
	int end = r.col + r.cols;

	if (width_of(words) <= r.cols) {
		grid_put(g, r.row, r.col, end, style, words.text, words.len);
		return;
	}
	end = grid_put(g, r.row, r.col, end - 1, style, words.text, words.len);
	grid_puts(g, r.row, end, r.col + r.cols, style, ellipsis);
}

static void
draw_parts(const struct part *parts, struct grid *g, struct rect r)
{
	int col = r.col, end = r.col + r.cols;

	for (int i = 0; i < PARTS; i++) {
		if (parts[i].shown.len == 0)
			continue;
		if (col > r.col)
			col = grid_puts(g, r.row, col, end, STYLE_STATUS, separator);
		draw_clipped(g, (struct rect){r.row, col, 1, end - col}, STYLE_STATUS, parts[i].shown);
		col += width_of(parts[i].shown);
	}
}

static void
draw_status(const struct status *status, struct grid *g, struct rect r)
{
	struct part parts[PARTS] = {0};

	make_state(&parts[STATE], status);
	make_trouble(&parts[TROUBLE], status);
	make_model(&parts[MODEL], status);
	make_activity(&parts[ACTIVITY], status);
	make_context(&parts[CONTEXT], status);
	parts[NEWS].forms[0] = whole(status->news);
	for (int i = 0; i < PARTS; i++)
		parts[i].shown = parts[i].forms[0];
	fit(parts, r.cols);
	draw_parts(parts, g, r);
}

void
statusbar_draw(const struct status *status, struct grid *g, struct rect r)
{
	enum style style = status->message && status->message_is_error ? STYLE_STATUS_ERROR : STYLE_STATUS;
	struct rect inner = {r.row, r.col + (r.cols > 30), 1, r.cols - 2 * (r.cols > 30)};

	if (status->message)
		draw_clipped(g, inner, style, whole(status->message));
	else
		draw_status(status, g, inner);
	grid_paint(g, r.row, r.col, r.col + r.cols, style);
}
