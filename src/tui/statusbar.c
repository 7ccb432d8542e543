/*
 * statusbar.c - as much as fits: when the row is short, the least important part is shortened first, and goes first. Last
 * come the parts that never go: they are cut.
 */
#include "tui/statusbar.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"

static const char separator[] = " · ", ellipsis[] = "…";

enum {
	SEPARATOR_COLS = 3,
	FORMS = 3,          /* of a part, the longest first */
	MESSAGE_LEAST = 12, /* columns of a message that is cut, while another part can go instead */
	MESSAGE_WORTH = 4,  /* fewer columns than that tell nothing */
	MARGINS_FROM = 31,  /* columns of the row */
};

enum part_name {
	STATE,
	TROUBLE,
	MODEL,
	ACTIVITY, /* of a reply on its way */
	FIGURE,   /* of one that has ended */
	CONTEXT,
	NEWS,
	MESSAGE,
	PARTS,
};

/* Some bytes of a text. */
struct words {
	const char *text;
	size_t len; /* 0: there are none */
};

struct part {
	struct words forms[FORMS];
	struct words shown; /* one of them, or none */
	bool is_error;
	char text[FORMS][112]; /* for forms that are made here */
};

enum {
	GONE = FORMS,
};

/* What is done, in this order, until everything fits. */
struct step {
	enum part_name part;
	int form;
};

static const struct step steps[] = {
        {MODEL, 1},
        {CONTEXT, 1},
        {MODEL, GONE},
        {CONTEXT, 2},
        {ACTIVITY, 1},
        {TROUBLE, 1},
        {STATE, 1},
        {CONTEXT, GONE},
        {STATE, 2},
        {NEWS, GONE},
        {FIGURE, GONE},
        {ACTIVITY, GONE},
};

/* The same for a whole message, */
static const struct step message_steps[] = {
        {MODEL, 1},
        {CONTEXT, 1},
        {TROUBLE, 1},
        {MODEL, GONE},
        {CONTEXT, 2},
        {FIGURE, GONE},
        {STATE, 1},
        {CONTEXT, GONE},
        {STATE, 2},
        {NEWS, GONE},
        {ACTIVITY, 1},
};

/* and for one that is cut. */
static const struct step cut_steps[] = {
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
make_activity(struct part *parts, const struct status *status)
{
	struct part *part = &parts[status->busy ? ACTIVITY : FIGURE];

	for (int i = 0; i < STATUS_ACTIVITIES; i++)
		part->forms[i] = whole(status->activity[i]);
}

/* Without the path in brackets at its end. */
static void
make_trouble(struct part *part, const struct status *status)
{
	const char *bracket = strrchr(status->trouble, '(');
	size_t n = strlen(status->trouble);

	part->forms[0] = whole(status->trouble);
	if (bracket && bracket > status->trouble && bracket[-1] == ' ' && status->trouble[n - 1] == ')')
		part->forms[1] = (struct words){status->trouble, (size_t)(bracket - status->trouble) - 1};
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

/* "~1234/4096 +412"; a cost of nothing is none. */
static void
put_tokens(const struct status *status, char *to, size_t space)
{
	int64_t used = status->context_used, size = status->context_size;
	int n = 0;

	if (used > 0)
		n += snprintf(to, space, "%s%" PRId64, status->context_is_about ? "~" : "", used);
	if (size > 0)
		n += snprintf(to + n, space - (size_t)n, "%s%" PRId64, used > 0 ? "/" : "", size);
	if (status->context_cost > 0)
		snprintf(to + n, space - (size_t)n, "%s+%" PRId64, n > 0 ? " " : "", status->context_cost);
}

/* With a prompt that does not fit, all of it is over 100 %. */
static void
put_percent(const struct status *status, char *to, size_t space)
{
	int64_t used = status->context_used + (status->context_cost > 0 ? status->context_cost : 0);

	if (used > 0 && status->context_size > 0)
		snprintf(to, space, "ctx %" PRId64 " %%", used * 100 / status->context_size);
}

static void
make_context(struct part *part, const struct status *status)
{
	char tokens[96] = "";

	put_tokens(status, tokens, sizeof(tokens));
	if (!*tokens)
		return;
	snprintf(part->text[0], sizeof(part->text[0]), "context %s", tokens);
	snprintf(part->text[1], sizeof(part->text[1]), "ctx %s", tokens);
	put_percent(status, part->text[2], sizeof(part->text[2]));
	for (int i = 0; i < FORMS; i++)
		part->forms[i] = whole(part->text[i]);
}

/* ---- fitting ---- */

static int
width_of(struct words words)
{
	return cluster_width(words.text, words.len);
}

/* A message counts for `message_most` columns at the most. */
static int
total_width(const struct part *parts, int message_most)
{
	int width = 0;

	for (int i = 0; i < PARTS; i++) {
		int part = width_of(parts[i].shown);

		if (i == MESSAGE && part > message_most)
			part = message_most;
		if (part > 0)
			width += part + (width > 0 ? SEPARATOR_COLS : 0);
	}
	return width;
}

static void
take_steps(struct part *parts, const struct step *todo, size_t n, int cols, int message_most)
{
	for (size_t i = 0; i < n && total_width(parts, message_most) > cols; i++) {
		struct part *part = &parts[todo[i].part];

		if (todo[i].form == GONE)
			part->shown.len = 0;
		else if (part->shown.len > 0 && part->forms[todo[i].form].len > 0)
			part->shown = part->forms[todo[i].form];
	}
}

static void
fit(struct part *parts, int cols)
{
	if (parts[MESSAGE].shown.len == 0) {
		take_steps(parts, steps, ARRAY_LEN(steps), cols, INT_MAX);
		return;
	}
	take_steps(parts, message_steps, ARRAY_LEN(message_steps), cols, INT_MAX);
	take_steps(parts, cut_steps, ARRAY_LEN(cut_steps), cols, MESSAGE_LEAST);
	if (total_width(parts, MESSAGE_WORTH) > cols)
		parts[MESSAGE].shown.len = 0;
}

/* A failure that the state tells already is said once. */
static void
make_message(struct part *parts, const struct status *status)
{
	bool told = status->message && strcmp(status->message, status->state[0]) == 0;

	if (status->message && !told)
		parts[MESSAGE].forms[0] = whole(status->message);
	parts[told ? STATE : MESSAGE].is_error = status->message_is_error;
}

static void
make_parts(struct part *parts, const struct status *status)
{
	make_state(&parts[STATE], status);
	make_trouble(&parts[TROUBLE], status);
	make_model(&parts[MODEL], status);
	make_activity(parts, status);
	make_context(&parts[CONTEXT], status);
	parts[NEWS].forms[0] = whole(status->news);
	make_message(parts, status);
	for (int i = 0; i < PARTS; i++)
		parts[i].shown = parts[i].forms[0];
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
		enum style style = parts[i].is_error ? STYLE_STATUS_ERROR : STYLE_STATUS;

		if (parts[i].shown.len == 0)
			continue;
		if (col > r.col)
			col = grid_puts(g, r.row, col, end, STYLE_STATUS, separator);
		draw_clipped(g, (struct rect){r.row, col, 1, end - col}, style, parts[i].shown);
		col += width_of(parts[i].shown);
	}
}

/* Of a row without its margins. */
static struct rect
inner(struct rect r)
{
	int margin = r.cols >= MARGINS_FROM;

	return (struct rect){r.row, r.col + margin, 1, r.cols - 2 * margin};
}

int
statusbar_message_cols(const struct status *status, int cols)
{
	struct status with = *status;
	struct part parts[PARTS] = {0};
	int room = inner((struct rect){0, 0, 1, cols}).cols;

	with.message = NULL;
	make_parts(parts, &with);
	take_steps(parts, message_steps, ARRAY_LEN(message_steps), 0, 0);
	take_steps(parts, cut_steps, ARRAY_LEN(cut_steps), room - MESSAGE_LEAST - SEPARATOR_COLS, 0);
	room -= total_width(parts, 0) + SEPARATOR_COLS;
	return room > 0 ? room : 0;
}

void
statusbar_draw(const struct status *status, struct grid *g, struct rect r)
{
	struct part parts[PARTS] = {0};

	make_parts(parts, status);
	fit(parts, inner(r).cols);
	grid_paint(g, r.row, r.col, r.col + r.cols, STYLE_STATUS);
	draw_parts(parts, g, inner(r));
}
