/*
 * parser.c - what all commands of a script need: an error with its line, another step, and a quoted text.
 */
#include "demo/parser.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

bool
parser_wrong(struct parser *p, const char *what)
{
	return err_set(p->err, ERR_CONFIG, "script:%d: %s", p->line, what);
}

void
parser_add(struct parser *p, enum script_op op, long n, struct buf *bytes)
{
	struct script *s = p->script;
	size_t len = bytes ? bytes->len : 0;

	s->steps = mem_realloc(s->steps, (s->n_steps + 1) * sizeof(*s->steps));
	s->steps[s->n_steps++] = (struct script_step){op, n, bytes ? buf_take(bytes) : NULL, len};
}

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

static const char *
unescape(const char *s, struct buf *out)
{
	static const char names[] = "rnte0\"\\", values[] = "\r\n\t\x1b\0\"\\";
	const char *name = *s ? strchr(names, *s) : NULL;

	if (name) {
		buf_putc(out, values[name - names]);
		return s + 1;
	}
	if (*s != 'x' || hex_digit(s[1]) < 0 || hex_digit(s[2]) < 0)
		return NULL;
	buf_putc(out, (char)(hex_digit(s[1]) << 4 | hex_digit(s[2])));
	return s + 3;
}

/* A text may be followed by "* N", and by nothing else. */
static bool
repeat_text(struct parser *p, const char *s)
{
	size_t n = p->text.len;
	long times = 1;
	int used = 0;

	if (*s && (sscanf(s, " * %ld%n", &times, &used) != 1 || s[used] || times < 1))
		return parser_wrong(p, "expected nothing after the text, or * and a number");
	while (--times > 0)
		for (size_t i = 0; i < n; i++)
			buf_putc(&p->text, p->text.data[i]);
	return true;
}

bool
parser_text(struct parser *p, const char *s)
{
	buf_clear(&p->text);
	if (*s++ != '"')
		return parser_wrong(p, "expected a text in double quotes");
	while (s && *s && *s != '"') {
		if (*s == '\\') {
			s = unescape(s + 1, &p->text);
			continue;
		}
		buf_putc(&p->text, *s++);
	}
	if (!s)
		return parser_wrong(p, "unknown escape; there are \\r \\n \\t \\e \\0 \\\" \\\\ \\xHH");
	if (*s++ != '"')
		return parser_wrong(p, "the text does not end with a double quote");
	return repeat_text(p, s);
}
