/*
 * key_hint.c - builds the hints of the last row, such as "Esc close".
 */
#include "app/key_hint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/cluster.h"

void
hint_put(struct buf *line, char *words, int cols)
{
	static const char dot[] = " · ";
	int width = cluster_width(buf_text(line), line->len) + cluster_width(words, strlen(words)) +
	            (line->len > 0 ? cluster_width(dot, strlen(dot)) : 0);

	if (*words && width <= cols)
		buf_printf(line, "%s%s", line->len > 0 ? dot : "", words);
	free(words);
}

char *
hint_key(const struct keymap *map, enum key_context context, const char *action, const char *what)
{
	struct buf keys = {0};
	char *words = keymap_say_action(map, context, action, &keys) ? mem_printf("%s %s", buf_text(&keys), what)
	                                                             : mem_strdup("");

	buf_release(&keys);
	return words;
}

void
hint_put_rows(struct buf *line, const struct keymap *map, enum key_context context, const struct hint_row *rows,
        size_t n, int cols)
{
	for (size_t i = 0; i < n; i++)
		hint_put(line, hint_key(map, context, rows[i].action, rows[i].what), cols);
}
