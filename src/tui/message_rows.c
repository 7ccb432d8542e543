/*
 * message_rows.c - a message's texts are cleaned and wrapped as they grow; the lines before and after them are few, and
 * made anew each time. From top to bottom: head (one line), thought, content, tail, a blank row.
 */
#include "tui/message_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/clean.h"
#include "text/wrap.h"
#include "tui/marks.h"

static const char prompt_sign[] = "> ", thought_sign[] = "│ ";

enum {
	SIGN_COLS = 2, /* of either */
};

/* Text that grows at its end, cleaned and wrapped. */
struct flow {
	struct clean clean;
	struct buf text;
	struct wrap wrap;
	size_t taken; /* bytes of the original */
	bool ended;   /* and nothing more will come */
};

struct message_rows {
	uint64_t message;
	bool is_prompt;
	struct message_look look;          /* that it is laid out for, */
	enum message_state state;          /* and the message's, */
	size_t reasoning_len, content_len; /* which only grow */
	uint64_t closed, open;             /* stamps: of lines that stay as they are, and of all others */
	struct buf head;                   /* one line, or empty */
	struct flow thought, content, tail;
	enum style tail_style;
};

static void
flow_release(struct flow *f)
{
	buf_release(&f->text);
	wrap_release(&f->wrap);
	*f = (struct flow){0};
}

static void
flow_reset(struct flow *f, int cols)
{
	flow_release(f);
	wrap_init(&f->wrap, cols);
}

static void
flow_grow(struct flow *f, const struct buf *original, bool ended)
{
	if (original->len > f->taken)
		clean_text(&f->clean, original->data + f->taken, original->len - f->taken, &f->text);
	f->taken = original->len;
	if (ended && !f->ended)
		clean_end(&f->clean, &f->text);
	f->ended = ended;
	wrap_text(&f->wrap, buf_text(&f->text), f->text.len);
}

/* Lines without text at the start and the end are not shown: models begin and end with some. */
static size_t
flow_first(const struct flow *f)
{
	size_t first = 0;

	while (first < f->wrap.n && f->wrap.lines[first].len == 0)
		first++;
	return first;
}

static size_t
flow_rows(const struct flow *f)
{
	size_t first = flow_first(f), end = f->wrap.n;

	while (end > first && f->wrap.lines[end - 1].len == 0)
		end--;
	return end - first;
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
	flow_release(&l->thought);
	flow_release(&l->content);
	flow_release(&l->tail);
	buf_release(&l->head);
	free(l);
}

uint64_t
message_rows_message(const struct message_rows *l)
{
	return l->message;
}

/* ---- what flynn says about a reply ---- */

/* "0.4 s", "12 s", "3 min 20 s" */
static void
put_duration(struct buf *to, int64_t ms)
{
	if (ms < 10000)
		buf_printf(to, "%" PRId64 ".%" PRId64 " s", ms / 1000, ms % 1000 / 100);
	else if (ms < 120000)
		buf_printf(to, "%" PRId64 " s", ms / 1000);
	else
		buf_printf(to, "%" PRId64 " min %" PRId64 " s", ms / 60000, ms / 1000 % 60);
}

static void
make_head(struct message_rows *l, const struct message *m)
{
	bool thinking = m->state == MESSAGE_STREAMING && m->content.len == 0;

	buf_clear(&l->head);
	if (m->reasoning.len == 0)
		return;
	buf_puts(&l->head, thinking ? "thinking … " : "thought ");
	put_duration(&l->head, m->thought_ms);
	buf_printf(&l->head, ", %" PRId64 " token%s", m->thought_tokens, m->thought_tokens == 1 ? "" : "s");
}

/* How much of the last line the words take. */
static int
last_line_cols(const char *words, int cols)
{
	struct wrap w;
	int taken;

	wrap_init(&w, cols);
	wrap_text(&w, words, strlen(words));
	taken = cluster_width(words + w.lines[w.n - 1].start, w.lines[w.n - 1].len);
	wrap_release(&w);
	return taken;
}

/* What to press is never torn apart while a row can hold it. Takes the words. */
static char *
with_keys(char *words, const char *retry, int cols)
{
	static const char dot[] = " · ";
	char *press, *both;
	bool fits;

	if (!retry)
		return words;
	press = mem_printf("%s sends it again", retry);
	fits = last_line_cols(words, cols) + cluster_width(dot, strlen(dot)) + cluster_width(press, strlen(press)) <=
	       cols;
	both = mem_printf("%s%s%s", words, fits ? dot : "\n", press);
	free(words);
	free(press);
	return both;
}

char *
message_rows_error_words(const struct err *why, const char *retry, int cols)
{
	char *words = clean_line(why->text), *line = with_keys(mem_printf("! %s", words), retry, cols);

	free(words);
	return line;
}

/* What else there is to say about a reply that has ended. */
static const char *
reply_words(const struct message *m)
{
	const char *reason = buf_text(&m->finish_reason);

	if (m->state == MESSAGE_STOPPED)
		return "(stopped)";
	if (m->state == MESSAGE_INTERRUPTED)
		return "(interrupted)";
	if (m->state != MESSAGE_COMPLETE)
		return "";
	if (strcmp(reason, "length") == 0)
		return "(ends here: the token limit or the end of the context was reached)";
	if (strcmp(reason, "content_filter") == 0)
		return "(ends here: the server's content filter)";
	if (m->tool_calls)
		return "(asked for a tool, and flynn has none)";
	if (m->content.len == 0)
		return m->reasoning.len > 0 ? "(thought only, no reply)" : "(an empty reply)";
	return "";
}

/* The tail's words, but for the error; the caller's to free. */
static char *
note_words(const struct message_rows *l, const struct message *m)
{
	bool cut = m->state == MESSAGE_STOPPED || m->state == MESSAGE_INTERRUPTED;

	if (m->role != CHAT_ASSISTANT)
		return mem_strdup("");
	if (m->state == MESSAGE_STREAMING)
		return mem_strdup("(another flynn is writing this)");
	return with_keys(mem_strdup(reply_words(m)), cut ? l->look.retry : NULL, l->look.cols);
}

static void
make_tail(struct message_rows *l, const struct message *m)
{
	bool failed = m->state == MESSAGE_FAILED && m->error;
	char *words;
	struct buf line = {0};

	flow_reset(&l->tail, l->look.cols);
	if (m->state == MESSAGE_STREAMING && !l->look.elsewhere)
		return;
	words = failed ? message_rows_error_words(m->error, l->look.retry, l->look.cols) : note_words(l, m);
	l->tail_style = failed ? STYLE_ERROR : STYLE_NOTE;
	buf_puts(&line, words);
	if (l->look.versions > 1)
		buf_printf(
		        &line, "%s(version %zu of %zu)", line.len > 0 ? "\n" : "", l->look.version, l->look.versions);
	flow_grow(&l->tail, &line, true);
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
start_over(struct message_rows *l, const struct message *m, int cols)
{
	l->is_prompt = m->role == CHAT_USER;
	l->closed = new_stamp();
	flow_reset(&l->content, l->is_prompt ? behind_sign(cols) : cols);
	flow_reset(&l->thought, behind_sign(cols));
}

/* Folded reasoning is not laid out at all. */
static void
grow_thought(struct message_rows *l, const struct message *m)
{
	if (!l->look.unfolded)
		flow_reset(&l->thought, behind_sign(l->look.cols));
	else if (m->reasoning.len > 0)
		flow_grow(&l->thought, &m->reasoning, has_ended(l));
}

static bool
is_same_look(const struct message_look *a, const struct message_look *b)
{
	return a->cols == b->cols && a->unfolded == b->unfolded && a->retry == b->retry &&
	       a->elsewhere == b->elsewhere && a->version == b->version && a->versions == b->versions;
}

static bool
has_changed(const struct message_rows *l, const struct message *m)
{
	return l->state != m->state || l->reasoning_len != m->reasoning.len || l->content_len != m->content.len;
}

void
message_rows_update(struct message_rows *l, const struct message *m, const struct message_look *look)
{
	if (is_same_look(&l->look, look) && !has_changed(l, m))
		return;
	/* One that had ended goes on where it is continued. */
	if (l->look.cols != look->cols || (has_ended(l) && has_changed(l, m)))
		start_over(l, m, look->cols);
	l->open = new_stamp();
	l->look = *look;
	l->state = m->state;
	l->reasoning_len = m->reasoning.len;
	l->content_len = m->content.len;
	grow_thought(l, m);
	flow_grow(&l->content, &m->content, has_ended(l));
	make_head(l, m);
	make_tail(l, m);
}

/* The rows of each part. */
struct parts {
	size_t head, thought, content, tail;
};

static struct parts
parts_of(const struct message_rows *l)
{
	return (struct parts){l->head.len > 0, flow_rows(&l->thought), flow_rows(&l->content), flow_rows(&l->tail)};
}

size_t
message_rows_count(const struct message_rows *l)
{
	struct parts n = parts_of(l);

	return n.head + n.thought + n.content + n.tail + 1;
}

/* What a row shows: the head, a line of a flow, or nothing. */
struct source {
	enum spot_part part;
	const struct flow *flow; /* NULL: none */
	size_t line;
};

static struct source
source_of(const struct message_rows *l, size_t row)
{
	const struct flow *flows[] = {&l->thought, &l->content, &l->tail};
	size_t head = l->head.len > 0, n;

	if (row < head)
		return (struct source){SPOT_HEAD, NULL, 0};
	row -= head;
	for (size_t i = 0; i < ARRAY_LEN(flows); i++, row -= n) {
		n = flow_rows(flows[i]);
		if (row < n)
			return (struct source){SPOT_THOUGHT + i, flows[i], flow_first(flows[i]) + row};
	}
	return (struct source){SPOT_TAIL, NULL, 0};
}

uint64_t
message_rows_key(const struct message_rows *l, size_t row)
{
	struct source s = source_of(l, row);
	bool grows = s.part != SPOT_THOUGHT && s.part != SPOT_CONTENT;

	if (s.part == SPOT_TAIL && !s.flow)
		return GRID_BLANK_KEY;
	/* The last line of a text is open too. */
	if (!grows)
		grows = s.line + 1 == s.flow->wrap.n;
	return (grows ? l->open : l->closed) << 30 | (uint64_t)s.part << 28 | s.line;
}

static void
draw_sign(const char *sign, struct grid *g, struct rect *line, enum style style)
{
	grid_puts(g, line->row, line->col, line->col + line->cols, style, sign);
	line->col += SIGN_COLS;
	line->cols -= SIGN_COLS;
}

void
message_rows_draw(const struct message_rows *l, size_t row, struct grid *g, struct rect at)
{
	struct source s = source_of(l, row);
	const enum style styles[] = {
	        [SPOT_HEAD] = STYLE_THINKING,
	        [SPOT_THOUGHT] = STYLE_THINKING,
	        [SPOT_CONTENT] = l->is_prompt ? STYLE_PROMPT : STYLE_TEXT,
	        [SPOT_TAIL] = l->tail_style,
	};
	enum style style = styles[s.part];

	if (s.part == SPOT_HEAD)
		grid_puts(g, at.row, at.col, at.col + at.cols, style, buf_text(&l->head));
	if (s.part == SPOT_THOUGHT)
		draw_sign(thought_sign, g, &at, style);
	if (s.part == SPOT_CONTENT && l->is_prompt)
		draw_sign(prompt_sign, g, &at, style);
	if (s.flow) {
		const struct wrap_line *line = &s.flow->wrap.lines[s.line];

		grid_put(g, at.row, at.col, at.col + at.cols, style, s.flow->text.data + line->start, line->len);
	}
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

/* The first mark that ends behind this byte. */
static size_t
first_behind(const struct mark *marks, size_t n, size_t byte)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (marks[middle].end > byte)
			n = middle;
		else
			low = middle + 1;
	}
	return low;
}

bool
message_rows_mark(const struct message_rows *l, size_t row, struct grid *g, struct rect at, enum spot_part part,
        const struct mark *marks, size_t n, size_t here)
{
	struct source s = source_of(l, row);
	bool sign = part == SPOT_THOUGHT || l->is_prompt, any = false;
	const struct wrap_line *line;
	int col = at.col + (sign ? SIGN_COLS : 0);

	if (s.part == SPOT_HEAD && part == SPOT_THOUGHT && n > 0 && !l->look.unfolded)
		return mark_head(l, g, at, n, here);
	if (s.part != part || !s.flow)
		return false;
	line = &s.flow->wrap.lines[s.line];
	for (size_t i = first_behind(marks, n, line->start); i < n && marks[i].start < line->start + line->len; i++) {
		marks_paint(g, at.row, col, at.col + at.cols, s.flow->text.data, line->start, line->len, marks[i],
		        i == here ? STYLE_HIT_HERE : STYLE_HIT);
		any = true;
	}
	return any;
}

/* ---- spots ---- */

static size_t
row_of(const struct flow *f, size_t byte)
{
	size_t first = flow_first(f), line, rows = flow_rows(f);

	if (rows == 0)
		return 0;
	line = wrap_line_of(&f->wrap, byte < f->text.len ? byte : f->text.len);
	line = line < first ? 0 : line - first;
	return line < rows ? line : rows - 1;
}

struct spot
message_rows_spot_of(const struct message_rows *l, size_t row)
{
	struct source s = source_of(l, row);

	if (s.flow)
		return (struct spot){s.part, s.flow->wrap.lines[s.line].start};
	return (struct spot){s.part, s.part == SPOT_TAIL ? l->tail.text.len : 0};
}

size_t
message_rows_row_of(const struct message_rows *l, struct spot spot)
{
	struct parts n = parts_of(l);
	size_t above = n.head + n.thought;

	switch (spot.part) {
	case SPOT_HEAD:
		return 0;
	case SPOT_THOUGHT:
		return n.thought > 0 ? n.head + row_of(&l->thought, spot.byte) : 0;
	case SPOT_CONTENT:
		return above + row_of(&l->content, spot.byte);
	case SPOT_TAIL:
		return above + n.content + row_of(&l->tail, spot.byte);
	}
	return 0;
}
