/*
 * sections.c - reads the files of tests/faults, tests/ask and tests/screens.
 */
#include "tests/sections.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/harness.h"

NORETURN void
sections_bail_out(const char *path, const char *what, const char *line)
{
	printf("Bail out! %s: %s: %s\n", path, what, line);
	exit(1);
}

static void
put_unescaped(const char *path, struct buf *out, const char *s)
{
	static const char names[] = "rnte0\"\\", values[] = "\r\n\t\x1b\0\"\\";

	for (; *s && *s != '"'; s++) {
		const char *name = *s == '\\' && s[1] ? strchr(names, s[1]) : NULL;
		unsigned byte;

		if (name) {
			buf_putc(out, values[name - names]);
			s++;
		} else if (sscanf(s, "\\x%2x", &byte) == 1) {
			buf_putc(out, (char)byte);
			s += 3;
		} else {
			buf_putc(out, *s);
		}
	}
	if (*s != '"' || s[1])
		sections_bail_out(path, "no closing quote", s);
}

static struct section *
find(const char *path, struct section *sections, size_t n, const char *line)
{
	size_t len = strcspn(line, ":");

	for (size_t i = 0; i < n; i++)
		if (strlen(sections[i].name) == len && strncmp(sections[i].name, line, len) == 0)
			return &sections[i];
	sections_bail_out(path, "no such section", line);
}

/* A line that begins a section; its value may stand after it. */
static struct section *
begin(const char *path, struct section *sections, size_t n, const char *line)
{
	struct section *s = find(path, sections, n, line);
	const char *value = line + strcspn(line, ":");

	value += strspn(value, ": ");
	s->given = true;
	if (*value == '"')
		put_unescaped(path, &s->text, value + 1);
	else if (*value)
		buf_printf(&s->text, "%s\n", value);
	return s;
}

char *
sections_read(const char *path, struct section *sections, size_t n)
{
	struct section *now = &sections[0];
	size_t len, rest;
	char *text = harness_read(path, &len), *name;
	const char *base = strrchr(path, '/') + 1;

	if (strncmp(text, "# ", 2) != 0)
		sections_bail_out(path, "expected a comment that says what it is", "line 1");
	name = mem_printf("%.*s: %.*s", (int)strcspn(base, "."), base, (int)strcspn(text + 2, "\n"), text + 2);
	for (char *line = text; line < text + len; line += rest + 1) {
		rest = strcspn(line, "\n");
		line[rest] = '\0';
		if (*line == '\t')
			buf_printf(&now->text, "%s\n", line + 1);
		else if (*line != '\0' && *line != '#')
			now = begin(path, sections, n, line);
	}
	free(text);
	return name;
}

void
sections_split(char *text, const char *at, const char **parts, size_t max)
{
	size_t n = 0;

	for (text += strspn(text, at); *text && n < max - 1; text += strspn(text, at)) {
		bool quoted = *text == '"';

		text += quoted;
		parts[n++] = text;
		text += strcspn(text, quoted ? "\"" : at);
		if (*text)
			*text++ = '\0';
	}
	parts[n] = NULL;
}
