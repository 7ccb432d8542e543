/*
 * flow_lead.c - quotes and items as a stack.
 */
#include "text/flow_lead.h"

#include <stdio.h>
#include <string.h>

enum {
	BULLET_COLS = 2,
};

void
flow_leads_copy(struct flow_leads *to, const struct flow_leads *from)
{
	memcpy(to, from, offsetof(struct flow_leads, levels));
	memcpy(to->levels, from->levels, from->n * sizeof(*from->levels));
}

void
flow_leads_open(struct flow_leads *l, const struct block_container *c)
{
	struct flow_level *level = &l->levels[l->n++];

	*level = (struct flow_level){.quote = c->quote, .cols = BULLET_COLS};
	level->numbered = !c->quote && (c->sign == '.' || c->sign == ')');
	if (level->numbered)
		level->cols = (unsigned char)snprintf(level->sign, sizeof(level->sign), "%u%c ", c->number, c->sign);
	else
		strcpy(level->sign, c->quote ? "│ " : "• ");
}

void
flow_leads_close(struct flow_leads *l, size_t kept)
{
	l->n = l->n < kept ? l->n : kept;
	l->common = l->common < kept ? l->common : kept;
}

bool
flow_leads_waits(const struct flow_leads *l, size_t from)
{
	for (size_t i = from; i < l->n; i++)
		if (!l->levels[i].shown)
			return true;
	return false;
}

void
flow_leads_shown(struct flow_leads *l)
{
	for (size_t i = 0; i < l->n; i++)
		l->levels[i].shown = true;
	l->common = l->n;
}

bool
flow_leads_task(struct flow_leads *l, bool done)
{
	struct flow_level *level = l->n > 0 ? &l->levels[l->n - 1] : NULL;

	if (!level || level->quote || level->shown)
		return false;
	if (!level->numbered)
		level->sign[0] = '\0';
	strcat(level->sign, done ? "[x] " : "[ ] ");
	level->cols = (unsigned char)strlen(level->sign);
	return true;
}

static void
put(const struct flow_leads *l, size_t n, int cols, bool first, struct buf *out)
{
	size_t from = n;
	int used = 0;

	while (from > 0 && (from == n || used + l->levels[from - 1].cols <= cols / 2))
		used += l->levels[--from].cols;
	for (size_t i = from; i < n; i++) {
		if (l->levels[i].quote || (first && !l->levels[i].shown))
			buf_puts(out, l->levels[i].sign);
		else
			for (int blank = 0; blank < l->levels[i].cols; blank++)
				buf_putc(out, ' ');
	}
}

void
flow_leads_put(const struct flow_leads *l, int cols, bool first, struct buf *out)
{
	put(l, l->n, cols, first, out);
}

void
flow_leads_put_common(const struct flow_leads *l, int cols, struct buf *out)
{
	put(l, l->common, cols, false, out);
}
