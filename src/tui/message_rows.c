/*
 * message_rows.c - a message's content is cleaned and wrapped as it grows; the lines before and after it are few, and made
 * anew each time.
 */
#include "tui/message_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/wrap.h"

static const char prompt_sign[] = "> ";

enum {
	SIGN_COLS = sizeof(prompt_sign) - 1,
};

/* Text that grows at its end, cleaned and wrapped. */
struct flow {
	struct clean clean;
	struct buf text;
	struct wrap wrap;
	size_t taken; /* bytes of the original */
};

struct message_rows {
	uint64_t message;
	bool is_prompt;
	bool ended;
	int cols;
	struct flow content;
	struct buf head; /* one line, or empty */
	struct flow tail;
	enum style tail_style;
	size_t counted; /* bytes of reasoning whose characters are in n_thought */
	size_t n_thought;
};

static void
flow_reset(struct flow *f, int cols)
{
	buf_release(&f->text);
	wrap_release(&f->wrap);
	*f = (struct flow){0};
	wrap_init(&f->wrap, cols);
}

static void
flow_grow(struct flow *f, const struct buf *original, bool ended)
{
	if (original->len > f->taken)
		clean_text(&f->clean, original->data + f->taken, original->len - f->taken, &f->text);
	f->taken = original->len;
	if (ended)
		clean_end(&f->clean, &f->text);
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
	flow_reset(&l->content, 1);
	flow_reset(&l->tail, 1);
	wrap_release(&l->content.wrap);
	wrap_release(&l->tail.wrap);
	buf_release(&l->head);
	free(l);
}

uint64_t
message_rows_message(const struct message_rows *l)
{
	return l->message;
}

/* ---- what flynn says about a reply ---- */

static void
make_head(struct message_rows *l, const struct message *m)
{
	const struct buf *reasoning = &m->reasoning;
	bool thinking = m->state == MESSAGE_STREAMING && m->content.len == 0;

	buf_clear(&l->head);
	if (reasoning->len == 0)
		return;
	l->n_thought += utf8_count(reasoning->data + l->counted, reasoning->len - l->counted);
	l->counted = reasoning->len;
	buf_printf(&l->head, thinking ? "thinking … %zu characters" : "thought, %zu characters", l->n_thought);
}

char *
message_rows_error_words(const struct err *why)
{
	char *words = clean_line(why->text), *line = mem_printf("! %s", words);

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

static void
make_tail(struct message_rows *l, const struct message *m)
{
	bool failed = m->state == MESSAGE_FAILED && m->error;
	char *words;
	struct buf line = {0};

	flow_reset(&l->tail, l->cols);
	if (m->role != CHAT_ASSISTANT)
		return;
	words = failed ? message_rows_error_words(m->error) : mem_strdup(reply_words(m));
	l->tail_style = failed ? STYLE_ERROR : STYLE_NOTE;
	buf_puts(&line, words);
	flow_grow(&l->tail, &line, true);
	buf_release(&line);
	free(words);
}

/* ---- rows ---- */

static void
start_over(struct message_rows *l, const struct message *m, int cols)
{
	l->cols = cols;
	l->is_prompt = m->role == CHAT_USER;
	l->ended = false;
	flow_reset(&l->content, l->is_prompt ? cols - SIGN_COLS : cols);
}

void
message_rows_update(struct message_rows *l, const struct message *m, int cols)
{
	bool ended = m->state != MESSAGE_STREAMING;

	if (l->cols == cols && l->ended)
		return;
	if (l->cols != cols)
		start_over(l, m, cols);
	flow_grow(&l->content, &m->content, ended);
	make_head(l, m);
	make_tail(l, m);
	l->ended = ended;
}

static size_t
head_rows(const struct message_rows *l)
{
	return l->head.len > 0;
}

size_t
message_rows_count(const struct message_rows *l)
{
	return head_rows(l) + flow_rows(&l->content) + flow_rows(&l->tail) + 1;
}

static void
draw_line(const struct flow *f, size_t row, struct grid *g, struct rect at, enum style style)
{
	const struct wrap_line *line = &f->wrap.lines[flow_first(f) + row];

	grid_put(g, at.row, at.col, at.col + at.cols, style, f->text.data + line->start, line->len);
}

void
message_rows_draw(const struct message_rows *l, size_t row, struct grid *g, struct rect line)
{
	size_t head = head_rows(l), content = flow_rows(&l->content), tail = flow_rows(&l->tail);
	enum style style = l->is_prompt ? STYLE_PROMPT : STYLE_TEXT;

	if (row < head) {
		grid_puts(g, line.row, line.col, line.col + line.cols, STYLE_THINKING, buf_text(&l->head));
	} else if (row < head + content) {
		if (l->is_prompt) {
			grid_puts(g, line.row, line.col, line.col + line.cols, style, prompt_sign);
			line.col += SIGN_COLS;
			line.cols -= SIGN_COLS;
		}
		draw_line(&l->content, row - head, g, line, style);
	} else if (row < head + content + tail) {
		draw_line(&l->tail, row - head - content, g, line, l->tail_style);
	}
}

size_t
message_rows_byte_of(const struct message_rows *l, size_t row)
{
	size_t head = head_rows(l), content = flow_rows(&l->content);

	if (row < head || content == 0)
		return 0;
	if (row >= head + content)
		return l->content.text.len;
	return l->content.wrap.lines[flow_first(&l->content) + row - head].start;
}

size_t
message_rows_row_of(const struct message_rows *l, size_t byte)
{
	size_t first = flow_first(&l->content), line, rows = flow_rows(&l->content);

	if (byte == 0 || rows == 0)
		return 0;
	line = wrap_line_of(&l->content.wrap, byte);
	line = line < first ? 0 : line - first;
	return head_rows(l) + (line < rows ? line : rows - 1);
}
