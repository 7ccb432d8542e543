/*
 * clean.c - text as it may be shown. Characters are taken one by one, what is not whole yet is held back, so that the
 * cuts between two pieces leave no trace.
 */
#include "text/clean.h"

#include <string.h>

#include "base/utf8.h"
#include "text/cluster.h"

/* Puts out what is no text as `form`; nothing joins it. */
static void
put_form(struct clean *c, struct buf *out, const char *form, size_t n)
{
	buf_put(out, form, n);
	c->column += n;
	c->before = 0;
	c->state = 0;
}

static void
put_caret(struct clean *c, struct buf *out, uint32_t control)
{
	char form[2] = {'^', (char)(control ^ 0x40)};

	put_form(c, out, form, sizeof(form));
}

static void
put_code(struct clean *c, struct buf *out, uint32_t character)
{
	static const char digits[] = "0123456789ABCDEF";
	char form[16] = "<U+";
	size_t n = 3;

	for (int shift = character > 0xfffff ? 20 : character > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
		form[n++] = digits[character >> shift & 0xf];
	form[n++] = '>';
	put_form(c, out, form, n);
}

static void
put_tab(struct clean *c, struct buf *out)
{
	if (c->tabs)
		put_form(c, out, "\t", 1);
	else
		put_form(c, out, "        ", 8 - c->column % 8);
}

static void
put_line_feed(struct clean *c, struct buf *out)
{
	buf_putc(out, '\n');
	c->column = 0;
	c->before = 0;
	c->state = 0;
}

/* Is this selector or joiner part of a cluster that can be seen? One of a kind is, in the order of the kinds. */
static bool
is_inside(const struct clean *c, enum cluster_kind kind)
{
	enum cluster_kind before = c->before ? cluster_kind(c->before) : CLUSTER_INVISIBLE;

	return before == CLUSTER_VISIBLE || (before == CLUSTER_VARIATION && kind == CLUSTER_JOINER);
}

static void
put_text(struct clean *c, struct buf *out, uint32_t character, const char *bytes, size_t n)
{
	enum cluster_kind kind = cluster_kind(character);
	bool ends = cluster_break(c->before, character, &c->state);
	int width;

	if (kind == CLUSTER_INVISIBLE || (kind >= CLUSTER_VARIATION && (ends || !is_inside(c, kind)))) {
		put_code(c, out, character);
		return;
	}
	buf_put(out, bytes, n);
	width = cluster_character_width(character);
	c->column += width < 0 ? 1 : (size_t)width;
	c->before = character;
}

static void
end_cr(struct clean *c, struct buf *out)
{
	if (c->after_cr)
		put_caret(c, out, '\r');
	c->after_cr = false;
}

static void
put_character(struct clean *c, struct buf *out, uint32_t character, const char *bytes, size_t n)
{
	if (character == '\n')
		c->after_cr = false;
	else
		end_cr(c, out);
	if (character == '\n')
		put_line_feed(c, out);
	else if (character == '\r')
		c->after_cr = true;
	else if (character == '\t')
		put_tab(c, out);
	else if (character < 0x20 || character == 0x7f)
		put_caret(c, out, character);
	else if (character == 0xfffd)
		put_text(c, out, character, UTF8_REPLACEMENT, 3);
	else
		put_text(c, out, character, bytes, n);
}

/* Most of all text: nothing to look at twice. */
static size_t
put_ascii(struct clean *c, struct buf *out, const char *s, size_t n)
{
	size_t run = 0;

	while (run < n && s[run] >= 0x20 && s[run] < 0x7f)
		run++;
	if (run == 0)
		return 0;
	end_cr(c, out);
	buf_put(out, s, run);
	c->column += run;
	c->before = (unsigned char)s[run - 1];
	c->state = 0;
	return run;
}

static void
put_whole(struct clean *c, struct buf *out, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t len = put_ascii(c, out, s + at, n - at);
		uint32_t character;

		if (len == 0) {
			len = utf8_decode(s + at, n - at, &character);
			put_character(c, out, character, s + at, len);
		}
		at += len;
	}
}

/* Fills up what is held, byte by byte, until nothing is; returns how many bytes that took. */
static size_t
fill_held(struct clean *c, const char *s, size_t n, struct buf *out)
{
	char *held = (char *)c->held;
	size_t used = 0;

	while (c->n_held > 0 && used < n) {
		size_t whole;

		held[c->n_held++] = s[used++];
		whole = utf8_floor(held, c->n_held);
		put_whole(c, out, held, whole);
		c->n_held -= whole;
		memmove(held, held + whole, c->n_held);
	}
	return used;
}

void
clean_text(struct clean *c, const char *s, size_t n, struct buf *out)
{
	size_t used = fill_held(c, s, n, out), whole;

	if (used == n)
		return;
	s += used;
	n -= used;
	whole = utf8_floor(s, n);
	put_whole(c, out, s, whole);
	c->n_held = n - whole;
	memcpy(c->held, s + whole, c->n_held);
}

void
clean_end(struct clean *c, struct buf *out)
{
	size_t n = c->n_held;

	c->n_held = 0;
	put_whole(c, out, (const char *)c->held, n);
	end_cr(c, out);
}

char *
clean_line(const char *s)
{
	struct clean clean = {0};
	struct buf text = {0}, line = {0};

	clean_text(&clean, s, strlen(s), &text);
	clean_end(&clean, &text);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\n')
			buf_puts(&line, "^J");
		else
			buf_putc(&line, text.data[i]);
	buf_release(&text);
	return buf_take(&line);
}
