/*
 * term_script_quoted.c - the quoted text of a line, unescaped.
 */
#include "tests/term_script_lines.h"

#include <stdio.h>
#include <string.h>

bool
script_unquote(struct script *s, const char *quoted)
{
	static const char names[] = "nrte\"\\", values[] = "\n\r\t\x1b\"\\";

	buf_clear(&s->text);
	if (*quoted++ != '"')
		return false;
	for (; *quoted && *quoted != '"' && *quoted != '\n'; quoted++) {
		const char *name = *quoted == '\\' && quoted[1] ? strchr(names, quoted[1]) : NULL;
		unsigned byte;

		if (name) {
			buf_putc(&s->text, values[name - names]);
			quoted++;
		} else if (sscanf(quoted, "\\x%2x", &byte) == 1) {
			buf_putc(&s->text, (char)byte);
			quoted += 3;
		} else {
			buf_putc(&s->text, *quoted);
		}
	}
	return *quoted == '"';
}
