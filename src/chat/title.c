/*
 * title.c - a line without its marks, and no longer than a list can show.
 */
#include "chat/title.h"

#include <string.h>

#include "base/utf8.h"

static const char spaces[] = " \t\r\n", marks[] = " \t\r\n#>*-`";

/* Where the first line with a letter in it begins; it is `*n` bytes long. */
static const char *
first_line(const char *text, size_t *n)
{
	text += strspn(text, marks);
	*n = strcspn(text, "\n");
	while (*n > 0 && strchr(spaces, text[*n - 1]))
		(*n)--;
	return text;
}

void
title_from_prompt(const char *prompt, struct buf *title)
{
	size_t n, fits, cut;
	const char *line = first_line(prompt, &n);

	fits = utf8_prefix(line, n, TITLE_CHARACTERS_MAX);
	if (fits == n) {
		buf_put(title, line, n);
		return;
	}
	for (cut = fits; cut > fits / 2 && line[cut] != ' '; cut--)
		;
	if (cut == fits / 2)
		cut = utf8_prefix(line, n, TITLE_CHARACTERS_MAX - 1);
	buf_put(title, line, cut);
	buf_puts(title, "…");
}
