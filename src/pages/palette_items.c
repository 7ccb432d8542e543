/*
 * palette_items.c - all items, matched with the typed letters and sorted. They are rebuilt for each
 * change of the letters: there are some two hundred.
 */
#include "pages/palette_items.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/command.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"

enum {
	NAME_BONUS = 12, /* all that was typed is in the name */
	POOR = 2,        /* less than this part of the best score */
	POOR_OF = 3,
};

/* All from this one on. */
static void
drop_items(struct palette *p, size_t from)
{
	for (size_t i = from; i < p->n_items; i++) {
		free(p->items[i].name);
		free(p->items[i].key);
	}
	p->n_items = from;
}

void
palette_items_release(struct palette *p)
{
	drop_items(p, 0);
	free(p->items);
	for (size_t i = 0; i < PALETTE_RECENT_MAX; i++)
		free(p->recent[i]);
}

/* ---- what was used last ---- */

static size_t
recent_number(const struct palette *p, const char *name)
{
	size_t i = 0;

	while (i < PALETTE_RECENT_MAX && p->recent[i] && strcmp(p->recent[i], name) != 0)
		i++;
	return i < PALETTE_RECENT_MAX && p->recent[i] ? i : PALETTE_RECENT_MAX;
}

void
palette_items_remember(struct palette *p, const char *name)
{
	size_t at = recent_number(p, name);
	char *first;

	if (at == PALETTE_RECENT_MAX) {
		at = PALETTE_RECENT_MAX - 1;
		free(p->recent[at]);
		first = mem_strdup(name);
	} else {
		first = p->recent[at];
	}
	memmove(p->recent + 1, p->recent, at * sizeof(*p->recent));
	p->recent[0] = first;
}

/* ---- where it was opened ---- */

static bool
is_chat(enum key_context context)
{
	return context == CONTEXT_COMPOSER || context == CONTEXT_RECALL || context == CONTEXT_TRANSCRIPT ||
	       context == CONTEXT_FIND || context == CONTEXT_FOUND;
}

enum {
	PLACE_ANYWHERE = 1,
	PLACE_HERE = 2,
	PLACE_LINE = 4,
};

static unsigned
place_of(enum key_context where, enum key_context here)
{
	return (where == CONTEXT_ANYWHERE ? PLACE_ANYWHERE : 0u) | (where == here ? PLACE_HERE : 0u) |
	       (where == CONTEXT_LINE && keymap_is_line(here) ? PLACE_LINE : 0u);
}

/* Adds the places where each action has a key. */
static void
note_places(unsigned *places, const struct keymap *map, enum key_context here)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].action)
			places[map->bindings[i].action - map->actions] |= place_of(map->bindings[i].context, here);
}

/* To be freed. Its key may be another or none by now: where it belongs, the default keys say too. */
static unsigned *
places_of(const struct app *app, enum key_context here)
{
	unsigned *places = mem_alloc(app->keymap.n_actions * sizeof(*places));

	note_places(places, &app->keymap, here);
	note_places(places, &app->default_keymap, here);
	return places;
}

/* ---- collecting ---- */

static void
add_item(struct palette *p, const struct palette_item *item)
{
	if (p->n_items == p->space) {
		p->space = p->space ? p->space * 2 : 128;
		p->items = mem_realloc(p->items, p->space * sizeof(*p->items));
	}
	p->items[p->n_items++] = *item;
}

static bool
is_found(struct palette_item *item, const char *asked)
{
	struct buf text = {0};
	bool found;

	buf_printf(&text, "%s %s", item->name, item->words);
	found = fuzzy_match(buf_text(&text), text.len, asked, &item->found);
	buf_release(&text);
	if (!found)
		return false;
	item->score = item->found.score;
	if (item->found.n > 0 && item->found.marks[item->found.n - 1].end <= strlen(item->name))
		item->score += NAME_BONUS;
	return true;
}

/* Takes the name. False: it is no item. */
static bool
consider(struct palette *p, struct palette_item *item)
{
	bool found;

	item->order = p->n_items;
	item->recent = recent_number(p, item->name);
	found = is_found(item, p->asked);
	if (found)
		add_item(p, item);
	else
		free(item->name);
	return found;
}

static char *
key_of(const struct app *app, enum key_context context, const char *action)
{
	struct buf key = {0};

	(void)keymap_say_action(&app->keymap, context, action, &key);
	return key.data ? buf_take(&key) : NULL;
}

static void
collect_actions(struct app *app, struct palette *p, enum key_context context)
{
	const struct keymap *map = &app->keymap;
	unsigned *places = places_of(app, context);

	for (size_t i = 0; i < map->n_actions; i++) {
		const struct action *action = &map->actions[i];
		struct palette_item item = {.action = action, .words = action->help};

		if (places[i] == 0 || strcmp(action->name, "palette") == 0)
			continue;
		item.rank = keymap_is_line(context) && !(places[i] & PLACE_ANYWHERE) ? PALETTE_LINE : PALETTE_ACTION;
		item.name = mem_strdup(action->name);
		if (consider(p, &item))
			p->items[p->n_items - 1].key = key_of(app, context, action->name);
	}
	free(places);
}

static void
collect_commands(struct app *app, struct palette *p)
{
	for (size_t i = 0; i < app->commands.n; i++) {
		const struct command *command = &app->commands.rows[i];
		struct palette_item item = {.command = command, .words = command->help, .rank = PALETTE_COMMAND};

		item.name = mem_printf("/%s", command->name);
		(void)consider(p, &item);
	}
}

static void
collect_talks(struct app *app, struct palette *p)
{
	for (size_t i = app->n_talks; i-- > 0;) {
		struct talk *talk = app->talks[i];
		const struct buf *title = &conversation_info(talk->session.conversation)->title;
		struct palette_item item = {.talk = talk,
		        .words = talk_is_idle(talk) ? "open conversation" : "open conversation, writing",
		        .rank = PALETTE_TALK};

		if (talk == app->pane->talk)
			continue;
		item.name = mem_printf("%u %s", talk->number, title->len > 0 ? buf_text(title) : "new conversation");
		(void)consider(p, &item);
	}
}

static int
compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
compare(const void *one, const void *other)
{
	const struct palette_item *a = one, *b = other;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	if (a->recent != b->recent)
		return compare_sizes(a->recent, b->recent);
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return compare_sizes(a->order, b->order);
}

/* Letters that stand here and there in a long text are no find where others have the word. */
static void
drop_poor_ones(struct palette *p)
{
	size_t n = p->n_items;

	while (n > 0 && p->items[n - 1].score * POOR_OF < p->items[0].score * POOR)
		n--;
	drop_items(p, n);
}

static void
show_items(struct palette *p)
{
	struct mark marks[FUZZY_MARKS_MAX];

	picker_clear(&p->view);
	for (size_t i = 0; i < p->n_items; i++) {
		const struct palette_item *item = &p->items[i];

		for (size_t j = 0; j < item->found.n; j++)
			marks[j] = (struct mark){item->found.marks[j].start, item->found.marks[j].end};
		picker_add(&p->view, item->name, item->words, item->key ? item->key : "", marks, item->found.n);
	}
}

void
palette_items_make(struct app *app, struct palette *p, enum key_context context)
{
	free(p->asked);
	p->asked = mem_strdup(composer_text(&p->view.input));
	drop_items(p, 0);
	if (is_chat(context))
		collect_talks(app, p);
	collect_actions(app, p, context);
	if (is_chat(context))
		collect_commands(app, p);
	if (p->n_items > 0)
		qsort(p->items, p->n_items, sizeof(*p->items), compare);
	drop_poor_ones(p);
	show_items(p);
}
