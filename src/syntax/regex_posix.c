/*
 * regex_posix.c - one pass from left to right, with the place where the last atom begins: where two quantifiers follow each other,
 * POSIX repeats what is repeated, and PCRE would mean something else.
 *
 * Of several alternatives POSIX takes the one that makes the longest match, PCRE the first. In the files it matters in one
 * place, "([^"]|\\")*": so alternatives that begin with a backslash are put before the others.
 */
#include "syntax/regex_posix.h"

#include <string.h>

#include "base/utf8.h"

enum {
	NO_ATOM = -1,
	REPEAT_MAX = 255, /* RE_DUP_MAX of POSIX */
	BARS_MAX = 512,
};

struct reader {
	const char *at, *end;
	struct buf *out;
	size_t opens[ERE_DEPTH_MAX + 1]; /* where each open group begins; the first is the whole */
	size_t n_bars_before[ERE_DEPTH_MAX + 1];
	size_t depth;
	size_t bars[BARS_MAX]; /* the alternatives' signs, of all open groups */
	size_t n_bars;
	long atom; /* where the last atom begins, or NO_ATOM: a quantifier would have nothing to repeat */
	bool repeated;
};

static bool
is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`' && c != '_') ||
	       (c >= '{' && c <= '~');
}

static void
put_plain(struct buf *out, const char *c, size_t n)
{
	if (n == 1 && is_punctuation(*c))
		buf_putc(out, '\\');
	buf_put(out, c, n);
}

static void
begin_atom(struct reader *r)
{
	r->atom = (long)r->out->len;
	r->repeated = false;
}

/* Something with no width. */
static void
put_anchor(struct reader *r, const char *pcre)
{
	buf_puts(r->out, pcre);
	r->atom = NO_ATOM;
}

static size_t
character(const struct reader *r)
{
	uint32_t c;

	return utf8_decode(r->at, (size_t)(r->end - r->at), &c);
}

static void
read_plain(struct reader *r)
{
	size_t n = character(r);

	begin_atom(r);
	put_plain(r->out, r->at, n);
	r->at += n;
}

/* ---- brackets ---- */

/* "[:alpha:]", "[=a=]" or "[.a.]", of which the bracket was seen: its length; 0: it is none. */
static size_t
class_length(const struct reader *r)
{
	char sign = r->end - r->at > 3 ? r->at[1] : '\0';

	if (sign != ':' && sign != '=' && sign != '.')
		return 0;
	for (const char *p = r->at + 2; p + 1 < r->end; p++)
		if (p[0] == sign && p[1] == ']')
			return (size_t)(p + 2 - r->at);
	return 0;
}

static bool
is_class_name(const char *name, size_t n)
{
	static const char *const names[] = {"alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print",
	        "punct", "space", "upper", "xdigit", NULL};

	for (int i = 0; names[i]; i++)
		if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
			return true;
	return false;
}

static bool
read_class(struct reader *r, size_t n)
{
	char sign = r->at[1];

	if (sign == ':' && !is_class_name(r->at + 2, n - 4))
		return false;
	if (sign == ':')
		buf_put(r->out, r->at, n);
	else if (n == 5)
		put_plain(r->out, r->at + 2, 1);
	else
		return false;
	r->at += n;
	return true;
}

static void
read_member(struct reader *r)
{
	size_t n = character(r);

	put_plain(r->out, r->at, n);
	r->at += n;
}

/* A character, or from one to another. */
static bool
read_range(struct reader *r)
{
	size_t class = *r->at == '[' ? class_length(r) : 0;

	if (class > 0)
		return read_class(r, class);
	read_member(r);
	if (r->end - r->at < 2 || r->at[0] != '-' || r->at[1] == ']')
		return true;
	buf_putc(r->out, '-');
	r->at++;
	read_member(r);
	return true;
}

static bool
read_brackets(struct reader *r)
{
	bool first = true;

	begin_atom(r);
	buf_putc(r->out, *r->at++);
	if (r->at < r->end && *r->at == '^')
		buf_putc(r->out, *r->at++);
	for (; r->at < r->end && (first || *r->at != ']'); first = false)
		if (!read_range(r))
			return false;
	if (r->at == r->end)
		return false;
	buf_putc(r->out, *r->at++);
	return true;
}

/* ---- quantifiers ---- */

/* What is repeated already is put into a group of its own, to be repeated again. */
static void
group_atom(struct reader *r)
{
	struct buf rest = {0};
	size_t at = (size_t)r->atom;

	buf_put(&rest, r->out->data + at, r->out->len - at);
	buf_truncate(r->out, at);
	buf_puts(r->out, "(?:");
	buf_put(r->out, rest.data, rest.len);
	buf_putc(r->out, ')');
	buf_release(&rest);
}

static void
put_quantifier(struct reader *r, const char *quantifier, size_t n)
{
	if (r->repeated)
		group_atom(r);
	buf_put(r->out, quantifier, n);
	r->repeated = true;
}

/* A number of at most REPEAT_MAX; -1: there is none. */
static int
read_number(const char **at, const char *end)
{
	int n = -1;

	for (; *at < end && **at >= '0' && **at <= '9' && n <= REPEAT_MAX; (*at)++)
		n = (n < 0 ? 0 : n) * 10 + **at - '0';
	return n;
}

/* "{2}", "{2,}", "{,2}" or "{2,3}". False: the brace is a brace. */
static bool
read_interval(struct reader *r)
{
	const char *at = r->at + 1;
	int from = read_number(&at, r->end), to = from;
	struct buf out = {0};
	bool comma = at < r->end && *at == ',';

	if (comma) {
		at++;
		to = read_number(&at, r->end);
	}
	if (r->atom == NO_ATOM || at == r->end || *at != '}' || (from < 0 && to < 0) || from > REPEAT_MAX ||
	        to > REPEAT_MAX)
		return false;
	buf_printf(&out, "{%d", from < 0 ? 0 : from);
	if (comma)
		buf_putc(&out, ',');
	if (comma && to >= 0)
		buf_printf(&out, "%d", to);
	buf_putc(&out, '}');
	put_quantifier(r, out.data, out.len);
	buf_release(&out);
	r->at = at + 1;
	return true;
}

/* ---- groups ---- */

/* Appends the alternatives of the innermost group, which begins at `begin` of `all`, that begin with a backslash or do not. */
static void
put_alternatives(struct reader *r, const struct buf *all, size_t begin, bool escaped)
{
	size_t first = r->n_bars_before[r->depth];

	for (size_t i = first; i <= r->n_bars; i++) {
		size_t end = i < r->n_bars ? r->bars[i] : all->len;

		if ((end - begin >= 2 && memcmp(all->data + begin, "\\\\", 2) == 0) == escaped) {
			buf_put(r->out, all->data + begin, end - begin);
			buf_putc(r->out, '|');
		}
		begin = end + 1;
	}
}

/* Puts the alternatives of the innermost group into their order. */
static void
end_alternatives(struct reader *r, size_t begin)
{
	struct buf all = {0};

	if (r->n_bars > r->n_bars_before[r->depth]) {
		buf_put(&all, r->out->data, r->out->len);
		buf_truncate(r->out, begin);
		put_alternatives(r, &all, begin, true);
		put_alternatives(r, &all, begin, false);
		buf_truncate(r->out, r->out->len - 1);
		buf_release(&all);
	}
	r->n_bars = r->n_bars_before[r->depth];
}

static bool
open_group(struct reader *r)
{
	r->at++;
	if (r->depth == ERE_DEPTH_MAX)
		return false;
	r->opens[++r->depth] = r->out->len;
	r->n_bars_before[r->depth] = r->n_bars;
	put_anchor(r, "(?:");
	return true;
}

static bool
close_group(struct reader *r)
{
	if (r->depth == 0) {
		read_plain(r);
		return true;
	}
	r->at++;
	end_alternatives(r, r->opens[r->depth] + strlen("(?:"));
	buf_putc(r->out, ')');
	r->atom = (long)r->opens[r->depth--];
	r->repeated = false;
	return true;
}

static bool
read_bar(struct reader *r)
{
	if (r->n_bars == BARS_MAX)
		return false;
	r->bars[r->n_bars++] = r->out->len;
	put_anchor(r, "|");
	r->at++;
	return true;
}

/* ---- all of it ---- */

static bool
read_escape(struct reader *r)
{
	char c;

	if (r->end - r->at < 2)
		return false;
	c = *++r->at;
	if (c >= '1' && c <= '9')
		return false;
	if (strchr("<>bB`'", c)) {
		put_anchor(r, c == '<'   ? "\\b(?=\\w)"
		              : c == '>' ? "\\b(?<=\\w)"
		              : c == 'b' ? "\\b"
		              : c == 'B' ? "\\B"
		              : c == '`' ? "\\G"
		                         : "\\z");
	} else if (strchr("wWsS", c)) {
		begin_atom(r);
		buf_putc(r->out, '\\');
		buf_putc(r->out, c);
	} else {
		read_plain(r);
		return true;
	}
	r->at++;
	return true;
}

static bool
read_next(struct reader *r)
{
	switch (*r->at) {
	case '\0':
		return false;
	case '\\':
		return read_escape(r);
	case '[':
		return read_brackets(r);
	case '(':
		return open_group(r);
	case ')':
		return close_group(r);
	case '|':
		return read_bar(r);
	case '^':
	case '$':
		put_anchor(r, *r->at == '^' ? "^" : "$");
		r->at++;
		return true;
	case '.':
		begin_atom(r);
		buf_putc(r->out, *r->at++);
		return true;
	case '*':
	case '+':
	case '?':
		if (r->atom == NO_ATOM)
			break;
		put_quantifier(r, r->at++, 1);
		return true;
	case '{':
		if (read_interval(r))
			return true;
		break;
	}
	read_plain(r);
	return true;
}

bool
ere_to_pcre(const char *ere, size_t n, struct buf *out)
{
	struct reader r = {.at = ere, .end = ere + n, .out = out, .atom = NO_ATOM, .opens = {out->len}};

	while (r.at < r.end)
		if (!read_next(&r))
			return false;
	end_alternatives(&r, r.opens[0]);
	return r.depth == 0;
}
