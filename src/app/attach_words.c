/*
 * attach_words.c - an @ after a blank or a bracket, and the word of sh behind it; where a quote in that is not closed, it is an
 * apostrophe or the sentence's, and the word ends at a blank or where the quotes end that it begins with.
 */
#include "app/attach_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/composer.h"

static const char blanks[] = " \t\n";

static bool
begins_word(const struct composer *c, size_t at)
{
	const char *text = composer_text(c);

	return text[at] == '@' && composer_is_typed(c, at) && (at == 0 || strchr(" \t\n([{<\"'", text[at - 1]));
}

/* Bytes in the quotes that it begins with; 0: there are none. */
static size_t
quoted_length(const char *at)
{
	const char *end = *at == '"' || *at == '\'' ? strchr(at + 1, *at) : NULL;

	return end ? (size_t)(end - at - 1) : 0;
}

/* The word behind an @. */
static void
add_word(const char *at, struct path_list *words)
{
	struct shell_word w = {.is_pattern = false};
	const char *end = at;
	char *raw;

	if (shell_words_next(&end, &w) && !w.open) {
		path_list_add(words, buf_text(&w.text));
	} else {
		raw = quoted_length(at) > 0 ? mem_strndup(at + 1, quoted_length(at))
		                            : mem_strndup(at, strcspn(at, blanks));
		path_list_add(words, raw);
		free(raw);
	}
	shell_word_release(&w);
}

void
attach_words_find(const struct composer *c, struct path_list *words)
{
	const char *text = composer_text(c);

	for (const char *at = text; (at = strchr(at, '@')) != NULL && words->n < PATH_LIST_MAX; at++)
		if (begins_word(c, (size_t)(at - text)) && at[1] && !strchr(blanks, at[1]))
			add_word(at + 1, words);
}

/* The path between the @ at this place and the cursor, if that is all one word. */
static bool
reaches_cursor(const struct composer *c, size_t at, struct shell_word *word)
{
	char *path = mem_strndup(composer_text(c) + at + 1, c->cursor - at - 1);
	const char *end = path;
	bool reaches;

	(void)shell_words_next(&end, word);
	reaches = !*end && !(*path && strchr(blanks, *path));
	free(path);
	return reaches;
}

bool
attach_words_at_cursor(const struct composer *c, struct shell_word *word)
{
	const char *text = composer_text(c);

	if (text[c->cursor] && !strchr(blanks, text[c->cursor]))
		return false;
	for (size_t at = c->cursor; at > 0 && text[at - 1] != '\n'; at--)
		if (begins_word(c, at - 1) && reaches_cursor(c, at - 1, word))
			return true;
	return false;
}
