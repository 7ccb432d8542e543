/*
 * message_rows.c - a message's texts are laid out as they grow (text/flow.h); the lines before and after them are few, and
 * made anew each time. From top to bottom: head (one line), thought, content, tail, a blank row.
 */
#include "tui/message_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "text/flow.h"
#include "text/grammars.h"
#include "tui/figures.h"
#include "tui/message_words.h"
#include "tui/page_draw.h"

static const char prompt_sign[] = "> ", thought_sign[] = "│ ";

enum {
	SIGN_COLS = 2, /* of either */
	FOLD_ROWS = 3, /* of a text that is folded; no fold hides a single one */
};

struct message_rows {
	uint64_t message;
	bool is_prompt;
	struct message_look look;              /* that it is laid out for, */
	uint64_t grammars_version;             /* with these, */
	enum message_state state;              /* and the message's, */
	size_t reasoning_len, content_len;     /* which only grow */
	uint64_t stamp;                        /* of its head and its tail as they are */
	struct buf head;                       /* one line, or empty */
	struct flow *thought, *content, *tail; /* NULL: none */
	enum style tail_style;
};

static size_t
flow_rows(const struct flow *f)
{
	return f ? flow_page(f)->n_rows : 0;
}

static void
let_go(struct flow **f)
{
	flow_free(*f);
	*f = NULL;
}

struct message_rows *
message_rows_new(uint64_t message_id)
{
	struct message_rows *l = mem_alloc(sizeof(*l));

	l->message = message_id;
	return l;
}

void
message_rows_free(struct message_rows *l)
{
	if (!l)
		return;
	flow_free(l->thought);
	flow_free(l->content);
	flow_free(l->tail);
	buf_release(&l->head);
	free(l);
}

uint64_t
message_rows_message(const struct message_rows *l)
{
	return l->message;
}

/* ---- what flynn says about it ---- */

static void
make_head(struct message_rows *l, const struct message *m)
{
	buf_clear(&l->head);
	if (!l->look.bare)
		message_words_thought(m, l->look.cols, &l->head);
}

static void
make_tail(struct message_rows *l, const struct message *m)
{
	bool failed = m->state == MESSAGE_FAILED && m->error;
	char *words;
	struct buf line = {0};

	let_go(&l->tail);
	if (l->look.bare || (m->state == MESSAGE_STREAMING && !l->look.elsewhere))
		return;
	words = failed ? message_words_error(m->error, l->look.retry, l->look.cols)
	               : message_words_note(m, l->look.retry, l->look.cols);
	l->tail_style = failed ? STYLE_ERROR : STYLE_NOTE;
	buf_puts(&line, words);
	if (l->look.versions > 1)
		buf_printf(
		        &line, "%s(version %zu of %zu)", line.len > 0 ? "\n" : "", l->look.version, l->look.versions);
	if (l->look.figures)
		figures_put(m, &line);
	if (line.len > 0) {
		l->tail = flow_new(l->look.cols, FLOW_TYPED);
		flow_grow(l->tail, line.data, line.len, true);
	}
	buf_release(&line);
	free(words);
}

/* ---- rows ---- */

static int
behind_sign(int cols)
{
	return cols > SIGN_COLS ? cols - SIGN_COLS : 1;
}

/* A number that no other layout has. */
static uint64_t
new_stamp(void)
{
	static uint64_t last;

	return ++last;
}

static bool
has_ended(const struct message_rows *l)
{
	return l->state != MESSAGE_STREAMING;
}

static void
start_over(struct message_rows *l, const struct message *m, const struct message_look *look)
{
	bool typed = m->role == CHAT_USER || look->raw || look->bare;

	l->is_prompt = m->role == CHAT_USER;
	let_go(&l->thought);
	let_go(&l->content);
	l->content = flow_new(
	        l->is_prompt && !look->bare ? behind_sign(look->cols) : look->cols, typed ? FLOW_TYPED : FLOW_MARKDOWN);
	flow_colour(l->content, look->grammars);
	l->grammars_version = look->grammars ? look->grammars->version : 0;
}

/* Folded reasoning is not laid out at all. */
static void
grow_thought(struct message_rows *l, const struct message *m)
{
	if (!l->look.unfolded || m->reasoning.len == 0) {
		let_go(&l->thought);
		return;
	}
	if (!l->thought)
		l->thought = flow_new(l->look.bare ? l->look.cols : behind_sign(l->look.cols), FLOW_TYPED);
	flow_grow(l->thought, m->reasoning.data, m->reasoning.len, has_ended(l));
}

static bool
is_same_look(const struct message_look *a, const struct message_look *b)
{
	return a->cols == b->cols && a->raw == b->raw && a->bare == b->bare && a->unfolded == b->unfolded &&
	       a->folded == b->folded && a->retry == b->retry && a->grammars == b->grammars &&
	       a->elsewhere == b->elsewhere && a->figures == b->figures && a->version == b->version &&
	       a->versions == b->versions;
}

static bool
has_changed(const struct message_rows *l, const struct message *m)
{
	return l->state != m->state || l->reasoning_len != m->reasoning.len || l->content_len != m->content.len;
}

/* A grammar came that it may have waited for. */
static bool
may_have_colours(const struct message_rows *l, const struct message_look *look)
{
	return look->grammars && l->content && l->grammars_version != look->grammars->version &&
	       flow_lacks_grammar(l->content);
}

void
message_rows_update(struct message_rows *l, const struct message *m, const struct message_look *look)
{
	bool coloured = may_have_colours(l, look);

	if (is_same_look(&l->look, look) && !has_changed(l, m) && !coloured)
		return;
	/* One that had ended goes on where it is continued. */
	if (!l->content || l->look.cols != look->cols || l->look.raw != look->raw || l->look.bare != look->bare ||
	        l->look.grammars != look->grammars || coloured || (has_ended(l) && has_changed(l, m)))
		start_over(l, m, look);
	l->stamp = new_stamp();
	l->look = *look;
	l->state = m->state;
	l->reasoning_len = m->reasoning.len;
	l->content_len = m->content.len;
	grow_thought(l, m);
	flow_grow(l->content, buf_text(&m->content), m->content.len, has_ended(l));
	make_head(l, m);
	make_tail(l, m);
}

static bool
is_folded(const struct message_rows *l)
{
	return l->look.folded && flow_rows(l->content) > FOLD_ROWS + 1;
}

/* Folded, there is one more, which tells of the others. */
static size_t
content_rows(const struct message_rows *l)
{
	return is_folded(l) ? FOLD_ROWS + 1 : flow_rows(l->content);
}

/* The rows of each part. */
struct parts {
	size_t head, thought, content, tail;
};

static struct parts
parts_of(const struct message_rows *l)
{
	return (struct parts){l->head.len > 0, flow_rows(l->thought), content_rows(l), flow_rows(l->tail)};
}

size_t
message_rows_count(const struct message_rows *l)
{
	struct parts n = parts_of(l);

	return n.head + n.thought + n.content + n.tail + 1;
}

/* What a row shows: the head, a row of a flow, how much is folded away, or nothing. */
struct source {
	enum spot_part part;
	const struct page *page; /* NULL: none of a flow */
	size_t row;
};

static struct source
source_of(const struct message_rows *l, size_t row)
{
	const struct flow *flows[] = {l->thought, l->content, l->tail};
	size_t head = l->head.len > 0, n;

	if (row < head)
		return (struct source){SPOT_HEAD, NULL, 0};
	row -= head;
	for (size_t i = 0; i < ARRAY_LEN(flows); i++, row -= n) {
		n = flows[i] == l->content ? content_rows(l) : flow_rows(flows[i]);
		if (row < n && flows[i] == l->content && is_folded(l) && row == FOLD_ROWS)
			return (struct source){SPOT_CONTENT, NULL, row};
		if (row < n)
			return (struct source){SPOT_THOUGHT + i, flow_page(flows[i]), row};
	}
	return (struct source){SPOT_TAIL, NULL, 0};
}

static enum style
text_style(const struct message_rows *l, enum spot_part part)
{
	if (part == SPOT_CONTENT)
		return l->is_prompt ? STYLE_PROMPT : STYLE_TEXT;
	return part == SPOT_TAIL ? l->tail_style : STYLE_THINKING;
}

/* What begins a row of this part, or NULL. */
static const char *
sign_of(const struct message_rows *l, enum spot_part part)
{
	if (l->look.bare)
		return NULL;
	if (part == SPOT_THOUGHT)
		return thought_sign;
	return part == SPOT_CONTENT && l->is_prompt ? prompt_sign : NULL;
}

/* Text has keys of what it shows, apart from the others by their first bit. */
uint64_t
message_rows_key(const struct message_rows *l, size_t row)
{
	struct source s = source_of(l, row);

	if (s.part == SPOT_TAIL && !s.page)
		return GRID_BLANK_KEY;
	if (s.part == SPOT_HEAD || s.part == SPOT_TAIL || !s.page)
		return l->stamp << 30 | (uint64_t)s.part << 28 | s.row;
	return (page_draw_key(s.page, s.row) << 6 ^ (uint64_t)(sign_of(l, s.part) != NULL) << 5 ^
	               text_style(l, s.part)) |
	       UINT64_C(1) << 63;
}

static void
draw_fold(const struct message_rows *l, struct grid *g, struct rect at)
{
	char words[64];

	snprintf(words, sizeof(words), "… %zu more lines", flow_rows(l->content) - FOLD_ROWS);
	grid_puts(g, at.row, at.col, at.col + at.cols, STYLE_NOTE, words);
}

void
message_rows_draw(const struct message_rows *l, size_t row, struct grid *g, struct rect at)
{
	struct source s = source_of(l, row);
	enum style style = text_style(l, s.part);
	const char *sign = sign_of(l, s.part);

	if (s.part == SPOT_HEAD)
		grid_puts(g, at.row, at.col, at.col + at.cols, style, buf_text(&l->head));
	if (sign) {
		grid_puts(g, at.row, at.col, at.col + at.cols, style, sign);
		at.col += SIGN_COLS;
		at.cols -= SIGN_COLS;
	}
	if (s.page)
		page_draw(s.page, s.row, g, at, style);
	else if (s.part == SPOT_CONTENT)
		draw_fold(l, g, at);
}

/* ---- marks ---- */

/* The line about reasoning that is folded away says how many there are in it. */
static bool
mark_head(const struct message_rows *l, struct grid *g, struct rect at, size_t n, size_t here)
{
	char words[64];
	int end = at.col + at.cols, col = at.col + cluster_width(buf_text(&l->head), l->head.len);

	snprintf(words, sizeof(words), "%zu hit%s", n, n == 1 ? "" : "s");
	col = grid_puts(g, at.row, col, end, STYLE_THINKING, ", ");
	grid_puts(g, at.row, col, end, here < n ? STYLE_HIT_HERE : STYLE_HIT, words);
	return true;
}

bool
message_rows_mark(const struct message_rows *l, size_t row, struct grid *g, struct rect at, enum spot_part part,
        const struct mark *marks, size_t n, size_t here)
{
	struct source s = source_of(l, row);

	if (s.part == SPOT_HEAD && part == SPOT_THOUGHT && n > 0 && !l->look.unfolded)
		return mark_head(l, g, at, n, here);
	if (s.part != part || !s.page)
		return false;
	if (sign_of(l, part)) {
		at.col += SIGN_COLS;
		at.cols -= SIGN_COLS;
	}
	return page_draw_marks(s.page, s.row, g, at, marks, n, here);
}

/* ---- spots ---- */

static size_t
row_of(const struct flow *f, size_t byte)
{
	return flow_rows(f) > 0 ? page_row_of(flow_page(f), byte) : 0;
}

struct spot
message_rows_spot_of(const struct message_rows *l, size_t row)
{
	struct source s = source_of(l, row);

	if (s.page)
		return (struct spot){s.part, s.page->rows[s.row].from};
	if (s.part == SPOT_CONTENT)
		return (struct spot){s.part, flow_page(l->content)->rows[s.row].from};
	return (struct spot){s.part, s.part == SPOT_TAIL ? SIZE_MAX : 0};
}

size_t
message_rows_row_of(const struct message_rows *l, struct spot spot)
{
	struct parts n = parts_of(l);
	size_t above = n.head + n.thought, row;

	switch (spot.part) {
	case SPOT_HEAD:
		return 0;
	case SPOT_THOUGHT:
		return n.thought > 0 ? n.head + row_of(l->thought, spot.byte) : 0;
	case SPOT_CONTENT:
		row = row_of(l->content, spot.byte);
		return above + (is_folded(l) && row > FOLD_ROWS ? FOLD_ROWS : row);
	case SPOT_TAIL:
		return above + n.content + row_of(l->tail, spot.byte);
	}
	return 0;
}
