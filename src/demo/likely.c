/*
 * likely.c - the first pair is the token. All are its candidates, the most likely one first, as the script has them; a token whose
 * text is no whole characters comes without text, as other servers than llama-server send it.
 */
#include "demo/likely.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "demo/parser.h"

static const char wanted[] = "expected a text and its percent, as in `likely \" a\" 60 \" the\" 30`";

static void
put_bytes(struct buf *out, const struct buf *text)
{
	buf_puts(out, "\"bytes\":[");
	for (size_t i = 0; i < text->len; i++)
		buf_printf(out, "%s%u", i > 0 ? "," : "", (unsigned)(unsigned char)text->data[i]);
	buf_puts(out, "]");
}

/* Where a quoted text ends. */
static const char *
text_end(const char *s)
{
	if (*s++ != '"')
		return NULL;
	while (*s && *s != '"')
		s += s[0] == '\\' && s[1] ? 2 : 1;
	return *s ? s + 1 : NULL;
}

/* One pair: its text goes to p->text. */
static bool
read_pair(struct parser *p, const char **s, double *percent)
{
	const char *end = text_end(*s);
	char *quoted, *after;
	bool good;

	if (!end)
		return parser_wrong(p, wanted);
	quoted = mem_strndup(*s, (size_t)(end - *s));
	good = parser_text(p, quoted);
	free(quoted);
	if (!good)
		return false;
	*percent = strtod(end, &after);
	if (after == end || *percent < 0 || *percent > 100)
		return parser_wrong(p, wanted);
	*s = after + strspn(after, " ");
	return true;
}

static void
put_token(struct buf *out, const struct buf *text, double percent)
{
	put_bytes(out, text);
	buf_printf(out, ",\"logprob\":%.6f", percent > 0 ? log(percent / 100) : -9999.0);
}

static void
say(struct parser *p, const char *field, const struct buf *text, const char *logprobs)
{
	struct buf choice = {0};

	buf_printf(&choice, "{\"finish_reason\":null,\"index\":0,\"delta\":{\"%s\":\"", field);
	if (utf8_span(buf_text(text), text->len) == text->len)
		say_put_json(&choice, buf_text(text), text->len);
	buf_printf(&choice, "\"},\"logprobs\":{\"content\":[%s]}}", logprobs);
	say_chunk(p, choice.data, "");
	p->tokens++;
	buf_release(&choice);
}

bool
likely_run(struct parser *p, const char *field)
{
	struct buf token = {0}, top = {0}, all = {0};
	const char *s = p->rest;
	double percent = 0;
	bool good;

	while ((good = read_pair(p, &s, &percent))) {
		if (all.len == 0) {
			buf_puts(&all, "{");
			put_token(&all, &p->text, percent);
			buf_put(&token, buf_text(&p->text), p->text.len);
		}
		buf_puts(&top, top.len > 0 ? ",{" : "{");
		put_token(&top, &p->text, percent);
		buf_puts(&top, "}");
		if (!*s)
			break;
	}
	if (good) {
		buf_printf(&all, ",\"top_logprobs\":[%s]}", top.data);
		say(p, field, &token, all.data);
	}
	buf_release(&token);
	buf_release(&top);
	buf_release(&all);
	return good;
}
