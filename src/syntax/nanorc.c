/*
 * nanorc.c - lines, words and quoted expressions. A quote inside an expression is not escaped: the one that ends it is
 * followed by a space or by the line's end.
 */
#include "syntax/nanorc.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
piece_is(struct nanorc_piece p, const char *text)
{
	return strlen(text) == p.n && memcmp(p.text, text, p.n) == 0;
}

static void
skip(struct nanorc_piece *p, size_t n)
{
	p->text += n;
	p->n -= n;
}

static void
skip_blanks(struct nanorc_piece *p)
{
	while (p->n > 0 && is_blank(*p->text))
		skip(p, 1);
}

static struct nanorc_piece
take_word(struct nanorc_piece *p)
{
	struct nanorc_piece word = {p->text, 0};

	while (p->n > 0 && !is_blank(*p->text))
		skip(p, 1);
	word.n = (size_t)(p->text - word.text);
	skip_blanks(p);
	return word;
}

/* False: there is no quote, or it is not closed. */
static bool
take_quoted(struct nanorc_piece *p, struct nanorc_piece *quoted)
{
	if (p->n == 0 || *p->text != '"')
		return false;
	for (size_t i = 1; i < p->n; i++)
		if (p->text[i] == '"' && (i + 1 == p->n || is_blank(p->text[i + 1]))) {
			*quoted = (struct nanorc_piece){p->text + 1, i - 1};
			skip(p, i + 1);
			skip_blanks(p);
			return true;
		}
	return false;
}

static bool
take_prefix(struct nanorc_piece *p, const char *prefix)
{
	size_t n = strlen(prefix);

	if (p->n < n || memcmp(p->text, prefix, n) != 0)
		return false;
	skip(p, n);
	return true;
}

static enum nanorc_command
command_of(struct nanorc_piece word)
{
	static const struct {
		const char *name;
		enum nanorc_command command;
	} commands[] = {
	        {"syntax", NANORC_SYNTAX},
	        {"color", NANORC_COLOR},
	        {"icolor", NANORC_ICOLOR},
	        {"comment", NANORC_COMMENT},
	};

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (piece_is(word, commands[i].name))
			return commands[i].command;
	return NANORC_OTHER;
}

static struct nanorc_piece
take_line(struct nanorc *n)
{
	const char *begin = n->at, *feed = memchr(begin, '\n', (size_t)(n->end - begin)), *end = feed ? feed : n->end;

	n->at = feed ? feed + 1 : n->end;
	while (end > begin && (is_blank(end[-1]) || end[-1] == '\r'))
		end--;
	return (struct nanorc_piece){begin, (size_t)(end - begin)};
}

struct nanorc
nanorc_of(const char *text, size_t n)
{
	return (struct nanorc){text + utf8_bom(text, n), text + n};
}

bool
nanorc_next(struct nanorc *n, struct nanorc_line *line)
{
	while (n->at < n->end) {
		line->rest = take_line(n);
		skip_blanks(&line->rest);
		if (line->rest.n == 0 || *line->rest.text == '#')
			continue;
		line->command = command_of(take_word(&line->rest));
		return true;
	}
	return false;
}

bool
nanorc_argument(struct nanorc_line *line, struct nanorc_piece *argument)
{
	if (take_quoted(&line->rest, argument))
		return true;
	*argument = take_word(&line->rest);
	return argument->n > 0;
}

bool
nanorc_expression(struct nanorc_line *line, struct nanorc_piece *start, struct nanorc_piece *end)
{
	*end = (struct nanorc_piece){0};
	if (take_prefix(&line->rest, "start="))
		return take_quoted(&line->rest, start) && take_prefix(&line->rest, "end=") &&
		       take_quoted(&line->rest, end);
	return take_quoted(&line->rest, start);
}
