/*
 * clean_map.c - cleans the text once more, and keeps nothing of it but its length.
 */
#include "text/clean_map.h"

void
clean_map_release(struct clean_map *m)
{
	buf_release(&m->out);
	*m = (struct clean_map){0};
}

size_t
clean_map_to(struct clean_map *m, const char *text, size_t at)
{
	if (at > m->taken) {
		buf_clear(&m->out);
		m->clean.tabs = true;
		clean_text(&m->clean, text + m->taken, at - m->taken, &m->out);
		m->cleaned += m->out.len;
		m->taken = at;
	}
	return m->cleaned;
}
