/*
 * shell_words.c - one pass over the characters of a word; the quote that is open is all its state.
 */
#include "text/shell_words.h"

#include <string.h>

static const char blanks[] = " \t\n", pattern_signs[] = "*?[", specials[] = " \t\"'\\*?[]{}()<>|&;$`!#~";

void
shell_word_release(struct shell_word *w)
{
	buf_release(&w->text);
	buf_release(&w->pattern);
	*w = (struct shell_word){.is_pattern = false};
}

static void
put_literal(struct shell_word *w, char c)
{
	buf_putc(&w->text, c);
	if (c == '\\' || strchr(pattern_signs, c))
		buf_putc(&w->pattern, '\\');
	buf_putc(&w->pattern, c);
}

static void
put_bare(struct shell_word *w, char c)
{
	w->has_tilde = w->has_tilde || (c == '~' && w->text.len == 0);
	w->is_pattern = w->is_pattern || strchr(pattern_signs, c);
	buf_putc(&w->text, c);
	buf_putc(&w->pattern, c);
}

/* Within double quotes a backslash is one, but before these. */
static bool
is_escape(const struct shell_word *w, const char *at)
{
	return at[0] == '\\' && w->open != '\'' && (w->open != '"' || (at[1] && strchr("\"\\$`", at[1])));
}

/* Returns what comes after it. */
static const char *
take(struct shell_word *w, const char *at)
{
	if (is_escape(w, at)) {
		if (!at[1]) {
			w->open = '\\';
			return at + 1;
		}
		put_literal(w, at[1]);
		return at + 2;
	}
	if (w->open ? *at == w->open : *at == '"' || *at == '\'')
		w->open = w->open ? 0 : *at;
	else if (w->open)
		put_literal(w, *at);
	else
		put_bare(w, *at);
	return at + 1;
}

bool
shell_words_next(const char **at, struct shell_word *w)
{
	const char *next = *at + strspn(*at, blanks);
	bool found = *next != '\0';

	buf_clear(&w->text);
	buf_clear(&w->pattern);
	w->is_pattern = w->has_tilde = false;
	w->open = 0;
	while (*next && (w->open || !strchr(blanks, *next)))
		next = take(w, next);
	*at = next;
	return found;
}

static bool
needs_backslash(char c, char open)
{
	return open == '"' ? strchr("\"\\$`", c) : strchr(specials, c);
}

void
shell_words_quote(struct buf *to, const char *text, char open)
{
	for (; *text; text++) {
		if (open == '\'' && *text == '\'') {
			buf_puts(to, "'\\''");
			continue;
		}
		if (open != '\'' && needs_backslash(*text, open))
			buf_putc(to, '\\');
		buf_putc(to, *text);
	}
}
