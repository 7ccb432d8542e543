/*
 * samples.c - tests/syntax/samples has a file for each: the words after ``` that it is found by, then lines of code ("|"), each
 * with a letter below every byte for the role that it has (">"): keyword, type, name, string, 0 number, x special,
 * preprocessor, comment, ! notice, + added, - removed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "syntax/language.h"
#include "tests/harness.h"
#include "tests/syntax/own.h"

static const char letters[] = " ktns0xpc!+-";

static void
put_line(struct buf *out, char mark, const char *text, size_t n)
{
	buf_putc(out, mark);
	buf_put(out, text, n);
	while (mark == '>' && out->data[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
	buf_putc(out, '\n');
}

/* The line, and its letters below it. */
static uint64_t
put_coloured(struct buf *out, const struct grammar *g, uint64_t open, const char *line, size_t n)
{
	struct highlight h = {0};
	struct buf roles = {0};

	open = highlight_line(&h, g, open, line, n);
	for (size_t i = 0; i < n; i++)
		buf_putc(&roles, ' ');
	for (size_t i = 0; i < h.n; i++)
		memset(roles.data + h.spans[i].start, letters[h.spans[i].role], h.spans[i].len);
	put_line(out, '|', line, n);
	put_line(out, '>', buf_text(&roles), n);
	buf_release(&roles);
	highlight_release(&h);
	return open;
}

/* Each of the words finds this file. */
static void
check_names(const struct own_file *file, const char *names, size_t n)
{
	const char *end = names + n;
	struct catalog c;

	own_catalog(&c);
	for (size_t len; names < end; names += len + (names + len < end)) {
		char language[LANGUAGE_MAX];
		const struct catalog_entry *e = NULL;

		len = strcspn(names, " \n");
		if (language_of(names, len, language))
			e = catalog_find(&c, language);
		HARNESS_CHECK(e && strcmp(e->path, file->path) == 0, "%.*s: %s", (int)len, names, e ? e->path : "none");
	}
	catalog_release(&c);
}

void
looks_as_its_sample_says(void)
{
	const struct own_file *file = harness_arg();
	char *name = mem_printf("syntax/samples/%s.sample", file->name), *path = harness_path(name);
	size_t n;
	char *text = harness_read(path, &n), *at = text + strcspn(text, "\n");
	struct grammar *g = own_grammar(file);
	struct buf have = {0};
	uint64_t open = 0;

	check_names(file, text, (size_t)(at - text));
	buf_put(&have, text, (size_t)(at - text) + (*at == '\n'));
	while (*at++) {
		size_t len = strcspn(at, "\n");

		if (*at == '|')
			open = put_coloured(&have, g, open, at + 1, len - 1);
		at += len;
	}
	HARNESS_EQUAL(buf_text(&have), text);
	buf_release(&have);
	grammar_free(g);
	free(text);
	free(path);
	free(name);
}
