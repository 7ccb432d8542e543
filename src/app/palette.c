/*
 * palette.c - the rows are made anew for each change of what is typed: there are some two hundred.
 */
#include "app/palette.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/commands.h"
#include "app/conversations.h"
#include "app/hint.h"
#include "app/keys.h"
#include "app/panes.h"
#include "app/status.h"
#include "base/mem.h"
#include "text/fuzzy.h"

enum {
	NAME_BONUS = 12, /* all that was typed is in the name */
	POOR = 2,        /* less than this part of the best score */
	POOR_OF = 3,
	STATUS_MARGINS = 2,
};

/* What stands where while nothing is typed, behind what was used last. */
enum rank {
	RANK_TALK,
	RANK_ACTION,
	RANK_COMMAND,
	RANK_LINE, /* what belongs to a line of text: hands know its keys */
};

struct palette_item {
	const struct action *action; /* one of these */
	const struct command *command;
	struct talk *talk;
	enum rank rank;
	char *name, *key; /* of a row */
	const char *words;
	size_t order; /* in which they were collected */
	size_t recent;
	struct fuzzy found;
	int score;
};

void
palette_init(struct app *app)
{
	struct err err;

	palette_view_init(&app->palette.view, "What can be done here");
	if (!keys_init(&app->palette.defaults, NULL, &err))
		abort();
}

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
palette_release(struct app *app)
{
	struct palette *p = &app->palette;

	palette_view_release(&p->view);
	keymap_release(&p->defaults);
	drop_items(p, 0);
	free(p->items);
	free(p->asked);
	for (size_t i = 0; i < PALETTE_RECENT_MAX; i++)
		free(p->recent[i]);
}

/* ---- where it was opened ---- */

static bool
is_chat(enum key_context context)
{
	return context == CONTEXT_COMPOSER || context == CONTEXT_RECALL || context == CONTEXT_TRANSCRIPT ||
	       context == CONTEXT_FIND || context == CONTEXT_FOUND;
}

static bool
has_binding(const struct keymap *map, const struct action *action, enum key_context context)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].action == action && map->bindings[i].context == context)
			return true;
	return false;
}

/* Its key may be another or none by now: where it belongs, the default keys say too. */
static bool
has_place(const struct app *app, const struct action *action, enum key_context context)
{
	return has_binding(&app->keymap, action, context) || has_binding(&app->palette.defaults, action, context);
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

static size_t
recent_number(const struct palette *p, const char *name)
{
	size_t i = 0;

	while (i < PALETTE_RECENT_MAX && p->recent[i] && strcmp(p->recent[i], name) != 0)
		i++;
	return i < PALETTE_RECENT_MAX && p->recent[i] ? i : PALETTE_RECENT_MAX;
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

/* Takes name and key. */
static void
consider(struct palette *p, struct palette_item *item)
{
	item->order = p->n_items;
	item->recent = recent_number(p, item->name);
	if (is_found(item, p->asked)) {
		add_item(p, item);
	} else {
		free(item->name);
		free(item->key);
	}
}

static char *
key_of(const struct app *app, enum key_context context, const char *action)
{
	struct buf key = {0};

	(void)keymap_say_action(&app->keymap, context, action, &key);
	return key.data ? buf_take(&key) : mem_strdup("");
}

static void
collect_actions(struct app *app, enum key_context context)
{
	const struct keymap *map = &app->keymap;

	for (size_t i = 0; i < map->n_actions; i++) {
		const struct action *action = &map->actions[i];
		bool line = keymap_is_line(context), anywhere = has_place(app, action, CONTEXT_ANYWHERE);
		struct palette_item item = {.action = action, .words = action->help};

		if ((!anywhere && !has_place(app, action, context) &&
		            !(line && has_place(app, action, CONTEXT_LINE))) ||
		        action->run == palette_open)
			continue;
		item.rank = line && !anywhere ? RANK_LINE : RANK_ACTION;
		item.name = mem_strdup(action->name);
		item.key = key_of(app, context, action->name);
		consider(&app->palette, &item);
	}
}

static void
collect_commands(struct app *app)
{
	size_t n;
	const struct command *table = commands_table(&n);

	for (size_t i = 0; i < n; i++) {
		struct palette_item item = {.command = &table[i], .words = table[i].help, .rank = RANK_COMMAND};

		item.name = mem_printf("/%s", table[i].name);
		item.key = mem_strdup("");
		consider(&app->palette, &item);
	}
}

static void
collect_talks(struct app *app)
{
	for (size_t i = app->n_talks; i-- > 0;) {
		struct talk *talk = app->talks[i];
		const struct buf *title = &conversation_info(talk->session.conversation)->title;
		struct palette_item item = {.talk = talk,
		        .words = talk_is_idle(talk) ? "open conversation" : "open conversation, writing",
		        .rank = RANK_TALK};

		if (talk == app->pane->talk)
			continue;
		item.name = mem_strdup(title->len > 0 ? buf_text(title) : "(no title)");
		item.key = mem_strdup("");
		consider(&app->palette, &item);
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

	palette_view_clear(&p->view);
	for (size_t i = 0; i < p->n_items; i++) {
		const struct palette_item *item = &p->items[i];

		for (size_t j = 0; j < item->found.n; j++)
			marks[j] = (struct mark){item->found.marks[j].start, item->found.marks[j].end};
		palette_view_add(&p->view, item->name, item->words, item->key, marks, item->found.n);
	}
}

static void
make_rows(struct app *app)
{
	struct palette *p = &app->palette;
	enum key_context context = app_place(app);

	free(p->asked);
	p->asked = mem_strdup(composer_text(&p->view.input));
	drop_items(p, 0);
	if (is_chat(context))
		collect_talks(app);
	collect_actions(app, context);
	if (is_chat(context))
		collect_commands(app);
	if (p->n_items > 0)
		qsort(p->items, p->n_items, sizeof(*p->items), compare);
	drop_poor_ones(p);
	show_items(p);
}

void
palette_settle(struct app *app)
{
	struct palette *p = &app->palette;

	if (p->open && (!p->asked || strcmp(p->asked, composer_text(&p->view.input)) != 0))
		make_rows(app);
}

void
palette_paste(struct app *app, const char *text, size_t n)
{
	if (!composer_insert_line(&app->palette.view.input, text, n))
		app_say(app, true, "that is too much to look for");
	palette_settle(app);
}

/* ---- what keys do ---- */

void
palette_open(struct app *app)
{
	struct palette *p = &app->palette;

	app->help.open = false;
	composer_reset(&p->view.input);
	p->open = true;
	make_rows(app);
}

void
palette_close(struct app *app)
{
	app->palette.open = false;
	app->stale = true;
}

void
palette_up(struct app *app)
{
	palette_view_move(&app->palette.view, -1);
}

void
palette_down(struct app *app)
{
	palette_view_move(&app->palette.view, 1);
}

static long
page(const struct app *app)
{
	size_t rows = app->palette.view.page;

	return rows > 1 ? (long)rows - 1 : 1;
}

void
palette_page_up(struct app *app)
{
	palette_view_move(&app->palette.view, -page(app));
}

void
palette_page_down(struct app *app)
{
	palette_view_move(&app->palette.view, page(app));
}

static void
remember(struct palette *p, const char *name)
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

static const struct palette_item *
chosen(const struct palette *p)
{
	return p->view.chosen < p->n_items ? &p->items[p->view.chosen] : NULL;
}

/* As its key would have done: some look which it was. */
static void
run_action(struct app *app, const struct action *action)
{
	const struct binding *b = keymap_binding(&app->keymap, app_place(app), action->name);

	if (!b)
		b = keymap_binding(&app->palette.defaults, app_place(app), action->name);
	if (b)
		app->key = b->keys[b->n_keys - 1];
	action->run(app);
}

void
palette_run(struct app *app)
{
	const struct palette_item *item = chosen(&app->palette);

	if (!item)
		return;
	palette_close(app);
	if (!item->talk)
		remember(&app->palette, item->name);
	if (item->action)
		run_action(app, item->action);
	else if (item->command)
		(void)item->command->run(app, "");
	else if (conversations_is_open(app, item->talk))
		panes_go_to(app, item->talk);
}

void
palette_fill(struct app *app)
{
	const struct palette_item *item = chosen(&app->palette);
	char *typed;

	if (!item || !item->command)
		return;
	if (app->composer.text.len > 0 && !commands_is_one(composer_text(&app->composer))) {
		app_say(app, false, "the input holds a text: send or clear it first");
		return;
	}
	palette_close(app);
	pane_to_composer(app->pane);
	typed = mem_printf("%s ", item->name);
	(void)composer_replace(&app->composer, typed, strlen(typed));
	free(typed);
}

/* ---- on the screen ---- */

static void
put_key(const struct app *app, const char *action, const char *what, int cols, struct buf *out)
{
	hint_put(out, hint_key(&app->keymap, CONTEXT_PALETTE, action, what), cols);
}

static void
put_hint(const struct app *app, int cols, struct buf *out)
{
	const struct palette_item *item = chosen(&app->palette);

	if (item)
		put_key(app, "palette-run", item->talk ? "open" : "run", cols, out);
	put_key(app, "palette-close", "close", cols, out);
	if (item && item->command)
		put_key(app, "palette-fill", "into the input", cols, out);
}

/* Where there is no box, the last row tells the keys. */
static void
draw_footer(const struct app *app, struct grid *g)
{
	struct buf keys = {0};

	put_hint(app, g->cols - STATUS_MARGINS, &keys);
	status_draw_words(app, g, buf_text(&keys), false);
	buf_release(&keys);
}

void
palette_draw(struct app *app, struct grid *g)
{
	struct palette *p = &app->palette;
	struct rect all = {0, 0, g->rows - 1, g->cols};
	struct buf hint = {0};

	put_hint(app, palette_view_hint_cols(all.rows, all.cols), &hint);
	palette_view_layout(&p->view, all.rows, all.cols);
	palette_view_draw(&p->view, g, all, "nothing is called so", buf_text(&hint));
	if (!palette_view_is_box(all.rows, all.cols))
		draw_footer(app, g);
	buf_release(&hint);
}
