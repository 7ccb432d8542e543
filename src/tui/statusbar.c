/*
 * statusbar.c - as much as fits: while the row is too short, the steps of one table are taken, each of which shortens a part or
 * gives it up.
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
	MODEL_COLS = 20,    /* of a model's name that is cut */
	MESSAGE_LEAST = 12, /* columns of a message that is cut, while another part can go instead */
	MESSAGE_WORTH = 4,  /* fewer columns than that tell nothing */
	MARGINS_FROM = 31,  /* columns of the row */
};

enum part_name {
	STATE,
	TROUBLE,
	MODEL,
	DETAILS,
	ACTIVITY, /* of a reply on its way, or being stopped */
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
	int cols;           /* of that; of a message that is cut, as many as it must have */
	bool is_error;
	char text[FORMS][112]; /* for forms that are made here */
};

enum {
	GONE = FORMS,
	CUT, /* of a message: it takes what the others leave */
};

/* What is done, in this order, until everything fits: flynn(1) has it in words. Reachability and what is not saved never go; when
 * nothing else is left they are cut, reachability last. */
static const struct step {
	enum part_name part;
	int form;
} order[] = {
        {MODEL, 1},    /* without .gguf */
        {CONTEXT, 1},  /* "ctx 312/4096" */
        {TROUBLE, 1},  /* without a path in brackets */
        {CONTEXT, 2},  /* "ctx 7 %" */
        {MODEL, 2},    /* its beginning */
        {ACTIVITY, 1}, /* in few words */
        {STATE, 1},    /* in fewer words */
        {DETAILS, GONE},
        {STATE, 2}, /* one or two words */
        {FIGURE, GONE},
        {MODEL, GONE},
        {CONTEXT, GONE},
        {NEWS, GONE},
        {MESSAGE, CUT},
        {ACTIVITY, GONE},
        {MESSAGE, GONE},
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
	size_t tail = sizeof(suffix) - 1, cut;

	part->forms[0] = model;
	if (model.len > tail && strcmp(model.text + model.len - tail, suffix) == 0)
		model.len -= tail;
	part->forms[1] = model;
	if (model.len <= MODEL_COLS)
		return;
	cut = cluster_fit(model.text, model.len, MODEL_COLS);
	if (cut == model.len)
		return;
	cut = cluster_fit(model.text, model.len, MODEL_COLS - 1);
	snprintf(part->text[2], sizeof(part->text[2]), "%.*s%s", (int)cut, model.text, ellipsis);
	if (strlen(part->text[2]) == cut + strlen(ellipsis))
		part->forms[2] = whole(part->text[2]);
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

static void
show(struct part *part, struct words words)
{
	part->shown = words;
	part->cols = width_of(words);
}

static int
total_width(const struct part *parts)
{
	int width = 0;

	for (int i = 0; i < PARTS; i++)
		if (parts[i].cols > 0)
			width += parts[i].cols + (width > 0 ? SEPARATOR_COLS : 0);
	return width;
}

static void
cut_message(struct part *message, int cols)
{
	if (message->cols > cols)
		message->cols = cols;
}

static void
take_step(struct part *parts, const struct step *step)
{
	struct part *part = &parts[step->part];

	if (step->form == CUT)
		cut_message(part, MESSAGE_LEAST);
	else if (step->form == GONE)
		show(part, (struct words){"", 0});
	else if (part->shown.len > 0 && part->forms[step->form].len > 0)
		show(part, part->forms[step->form]);
}

/* A message may go as far as it tells something. */
static void
fit(struct part *parts, int cols)
{
	for (size_t i = 0; i < ARRAY_LEN(order) && total_width(parts) > cols; i++) {
		if (order[i].part == MESSAGE && order[i].form == GONE)
			cut_message(&parts[MESSAGE], MESSAGE_WORTH);
		if (total_width(parts) > cols)
			take_step(parts, &order[i]);
	}
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
	parts[DETAILS].forms[0] = whole(status->details);
	make_activity(parts, status);
	make_context(&parts[CONTEXT], status);
	parts[NEWS].forms[0] = whole(status->news);
	make_message(parts, status);
	for (int i = 0; i < PARTS; i++)
		if (parts[i].forms[0].len > 0)
			show(&parts[i], parts[i].forms[0]);
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

/* Beside the others as short as they can be. */
int
statusbar_message_cols(const struct status *status, int cols)
{
	struct status with = *status;
	struct part parts[PARTS] = {0};
	int room = inner((struct rect){0, 0, 1, cols}).cols;

	with.message = NULL;
	make_parts(parts, &with);
	for (size_t i = 0; order[i].part != MESSAGE; i++)
		take_step(parts, &order[i]);
	if (total_width(parts) > room - MESSAGE_LEAST - SEPARATOR_COLS)
		take_step(parts, &(struct step){ACTIVITY, GONE});
	room -= total_width(parts) + SEPARATOR_COLS;
	return room > 0 ? room : 0;
}

/* FNV-1a, of a text and its end. */
static uint64_t
mix(uint64_t key, const char *text)
{
	do
		key = (key ^ (unsigned char)*text) * 0x100000001b3u;
	while (*text++);
	return key;
}

/* Of everything that the row is made from. */
static uint64_t
key_of(const struct status *status)
{
	uint64_t key = 0xcbf29ce484222325u;

	for (int i = 0; i < STATUS_STATES; i++)
		key = mix(key, status->state[i]);
	for (int i = 0; i < STATUS_ACTIVITIES; i++)
		key = mix(key, status->activity[i]);
	key = mix(mix(mix(mix(key, status->trouble), status->model), status->details), status->news);
	key = mix(mix(key, status->message ? "m" : ""), status->message ? status->message : "");
	key = (key ^ (uint64_t)status->context_used) * 0x100000001b3u;
	key = (key ^ (uint64_t)status->context_size) * 0x100000001b3u;
	key = (key ^ (uint64_t)status->context_cost) * 0x100000001b3u;
	key = (key ^ (unsigned)(status->busy + 2 * status->message_is_error + 4 * status->context_is_about)) * 0x100000001b3u;
	return key > GRID_BLANK_KEY ? key : GRID_BLANK_KEY + 1;
}

void
statusbar_draw(const struct status *status, struct grid *g, struct rect r)
{
	struct part parts[PARTS] = {0};

	if (!grid_line(g, r, key_of(status)))
		return;
	make_parts(parts, status);
	fit(parts, inner(r).cols);
	grid_paint(g, r.row, r.col, r.col + r.cols, STYLE_STATUS);
	draw_parts(parts, g, inner(r));
}
