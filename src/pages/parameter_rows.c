/*
 * parameter_rows.c - which rows the page has. A name that holds what was typed counts; where none does, a line of help. The order
 * of the table stays, and the cursor goes to the best of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pages/parameter_state.h"
#include "text/fuzzy.h"

/* ---- what is found ---- */

static int
score_name(const struct parameter *p, const char *asked, struct fuzzy *found)
{
	return fuzzy_match(p->name, strlen(p->name), asked, found) ? found->score : -1;
}

static int
score_help(const struct parameter *p, const char *asked, struct fuzzy *found)
{
	char *words = mem_printf("%s %s", parameter_group_heading(p->group), p->help);
	bool is_there = fuzzy_match(words, strlen(words), asked, found);

	free(words);
	return is_there ? found->score : -1;
}

/* Letters here and there in a sentence are no find where another has the word. */
static bool
is_poor(int score, int best)
{
	return score * 3 < best * 2;
}

static void
set_marks(struct parameter_row *row, const struct fuzzy *found)
{
	for (size_t i = 0; i < found->n && i < PARAMETER_MARKS_MAX; i++)
		row->marks[row->n_marks++] = (struct mark){found->marks[i].start, found->marks[i].end};
}

/* ---- rows ---- */

static struct parameter_row *
add(struct parameter_page *page, const struct parameter *p, enum parameter_group group, size_t item)
{
	struct parameter_row *row = &page->rows[page->n++];

	*row = (struct parameter_row){.group = group, .parameter = p, .item = item};
	return row;
}

static void
add_items(struct parameter_page *page, const struct parameter *p)
{
	for (size_t i = 0; page->list.parameter == p && i < page->list.n; i++)
		add(page, p, p->group, i + 1);
}

static void
add_parameter(struct parameter_page *page, const struct parameter *p, const struct fuzzy *marks)
{
	if (page->n == 0 || page->rows[page->n - 1].group != p->group)
		add(page, NULL, p->group, 0);
	set_marks(add(page, p, p->group, 0), marks);
	add_items(page, p);
}

/* Returns the one that fits best; NULL: none does. */
static const struct parameter *
add_found(struct parameter_page *page, bool by_help)
{
	size_t n;
	const struct parameter *table = parameter_table(&n), *best = NULL;
	int scores[PARAMETERS_MAX], most = -1;
	struct fuzzy found;

	for (size_t i = 0; i < n; i++) {
		scores[i] = (by_help ? score_help : score_name)(&table[i], page->asked, &found);
		if (scores[i] > most) {
			most = scores[i];
			best = &table[i];
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (scores[i] < 0 || (by_help && is_poor(scores[i], most)))
			continue;
		if (by_help || score_name(&table[i], page->asked, &found) < 0)
			found.n = 0;
		add_parameter(page, &table[i], &found);
	}
	return best;
}

static bool
is_shown(const struct parameter_page *page, const struct parameter *p)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->rows[i].parameter && page->rows[i].parameter == p)
			return true;
	return false;
}

void
parameter_rows_make(struct parameter_page *page)
{
	const char *asked = composer_text(&page->filter);
	bool is_new = !page->asked || strcmp(page->asked, asked) != 0;
	const struct parameter *best;

	free(page->asked);
	page->asked = mem_strdup(asked);
	page->n = 0;
	best = add_found(page, false);
	if (!best)
		best = add_found(page, true);
	if ((is_new && *asked) || !is_shown(page, page->chosen))
		page->chosen = best;
}

/* ---- the cursor ---- */

size_t
parameter_rows_chosen(const struct parameter_page *page)
{
	size_t item = page->list.parameter && page->list.parameter == page->chosen ? page->list.at + 1 : 0, i = 0;

	while (i < page->n && (page->rows[i].parameter != page->chosen || page->rows[i].item != item))
		i++;
	return page->chosen ? i : page->n;
}

void
parameter_rows_move(struct parameter_page *page, long rows)
{
	long way = rows < 0 ? -1 : 1;
	size_t at = parameter_rows_chosen(page);

	for (long left = rows < 0 ? -rows : rows; left > 0 && at < page->n; left--) {
		size_t next = at + (size_t)way;

		while (next < page->n && !page->rows[next].parameter)
			next += (size_t)way;
		if (next >= page->n)
			break;
		at = next;
	}
	if (at < page->n)
		page->chosen = page->rows[at].parameter;
}
