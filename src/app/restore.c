/*
 * restore.c - the panes come back at once, each with a new conversation; the conversations take their places when they are
 * loaded.
 */
#include "app/restore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/conversations.h"
#include "app/glimpse.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/preset.h"
#include "app/take_up.h"
#include "app/talk.h"
#include "base/mem.h"
#include "base/mix.h"
#include "store/saver.h"
#include "store/worker.h"

enum {
	SETTLED_MS = 1000, /* a border that is being drawn is not worth telling */
};

/* Nothing was done yet with what flynn begins with. */
static bool
is_untouched(const struct app *app)
{
	return app->n_talks == 1 && app->n_panes == 1 && talk_is_empty(app->pane->talk) &&
	       app->pane->talk->prompts.n == 0 && !attach_has_files(app, app->pane->talk) &&
	       composer_is_blank(&app->composer);
}

/* One with a new conversation, the focused one first; NULL: none. */
static struct pane *
pane_for_draft(const struct app *app)
{
	if (!app->pane->wanted)
		return app->pane;
	for (size_t i = 0; i < app->n_panes; i++)
		if (!app->panes[i]->wanted)
			return app->panes[i];
	return NULL;
}

static void
put_draft(struct app *app, struct pane *pane, const char *draft)
{
	struct talk *talk = pane->talk;
	const char *typed = prompt_queue_split(&talk->prompts, draft);

	saver_restored(talk->saver, draft);
	app->keeper->draft_of = talk->handle;
	if (pane != app->pane)
		talk_set_draft(talk, *typed ? typed : NULL);
	else if (*typed && !composer_replace(&app->composer, typed, strlen(typed)))
		app_say(app, true, "the saved draft is too long for the input");
}

/* ---- panes from text ---- */

/* A pane's line in the saved layout. */
struct line {
	unsigned pane;
	long long row;
	char *model, *asked; /* asked: or NULL */
};

/* "PANE ROW\tMODEL\tASKED" */
static bool
read_line(const char *text, struct line *line)
{
	const char *model = strchr(text, '\t'), *end = text + strcspn(text, "\n"), *asked;

	if (!model || model >= end || sscanf(text, "%u %lld", &line->pane, &line->row) != 2)
		return false;
	asked = memchr(model + 1, '\t', (size_t)(end - model - 1));
	line->model = mem_strndup(model + 1, (size_t)((asked ? asked : end) - model - 1));
	line->asked = asked && asked + 1 < end ? mem_strndup(asked + 1, (size_t)(end - asked - 1)) : NULL;
	return true;
}

static void
release_line(struct line *line)
{
	free(line->model);
	free(line->asked);
	*line = (struct line){0};
}

static const char *
next_line(const char *text)
{
	text += strcspn(text, "\n");
	return *text ? text + 1 : text;
}

static bool
find_line(const char *text, unsigned pane, struct line *line)
{
	static const char word[] = "pane ";

	for (; *text; text = next_line(text)) {
		if (strncmp(text, word, strlen(word)) != 0 || !read_line(text + strlen(word), line))
			continue;
		if (line->pane == pane)
			return true;
		release_line(line);
	}
	return false;
}

static unsigned
find_focus(const char *text)
{
	unsigned pane = 0;

	for (; *text; text = next_line(text))
		if (sscanf(text, "focus %u", &pane) == 1)
			return pane;
	return 0;
}

/* A model that is configured no longer is the one that is in use. */
static void
give_model(struct app *app, struct talk *talk, const struct line *line)
{
	const struct config_model *model = model_configured(app, line->model);
	struct err err;
	struct link *link = model ? links_get(app, model, line->asked, &err) : NULL;

	if (link)
		model_give(app, talk, link);
}

/* The open conversation of another pane that waits for the same row; NULL: none. */
static struct talk *
waiting_for(const struct app *app, long long row)
{
	for (size_t i = 0; row > 0 && i < app->n_panes; i++)
		if (app->panes[i]->wanted == row)
			return app->panes[i]->talk;
	return NULL;
}

static void
make_pane(struct app *app, unsigned number, const char *text)
{
	struct line line = {0};
	bool told = find_line(text, number, &line);
	struct talk *talk = waiting_for(app, line.row);
	struct pane *pane;

	if (!talk) {
		talk = conversations_begin(app);
		if (told && !preset_chooses_model(app))
			give_model(app, talk, &line);
	}
	pane = panes_add(app, number);
	pane_show(pane, talk);
	pane->wanted = line.row > 0 ? line.row : 0;
	release_line(&line);
}

/* Who has said on the command line which model it is to be has said it for what keys are for. */
static void
put_focus(struct app *app, unsigned number)
{
	unsigned zoomed = app->layout.zoomed;
	struct pane *focused = panes_numbered(app, zoomed ? zoomed : number), *first = app->pane;
	struct talk *old = first->talk;

	app->pane = focused ? focused : panes_numbered(app, layout_nth(&app->layout, 0));
	panes_remove(app, first);
	conversations_forget(app, old);
	conversations_take_up(app);
	if (app->keeper->first.model_given)
		model_give(app, app->pane->talk, app->links[0]);
}

/* In place of the pane that flynn begins with. False: there is none to be had. */
static bool
make_panes(struct app *app, const char *text)
{
	char *tree = mem_strndup(text, strcspn(text, "\n"));
	struct layout layout;
	struct err err;
	bool good = layout_parse(&layout, tree, &err);

	free(tree);
	if (!good)
		return false;
	app->pane->talk->number = 0;
	app->pane->number = 0;
	layout.area = app->layout.area;
	layout_release(&app->layout);
	app->layout = layout;
	for (size_t i = 0; layout_nth(&layout, i) != 0; i++)
		make_pane(app, layout_nth(&layout, i), text);
	put_focus(app, find_focus(text));
	layout_place(&app->layout, layout.area);
	return true;
}

/* ---- conversations ---- */

/* Once, though it stands in several panes. */
static bool
is_asked_for(const struct app *app, size_t pane)
{
	for (size_t i = 0; i < pane; i++)
		if (app->panes[i]->wanted == app->panes[pane]->wanted)
			return true;
	return false;
}

static void
load_wanted(struct app *app)
{
	struct keeper *k = app->keeper;

	k->restoring = false;
	if (app->pane->wanted)
		glimpse_ask(app, app->pane->wanted);
	for (size_t i = 0; i < app->n_panes; i++) {
		struct pane *pane = app->panes[i];

		if (pane->wanted && !is_asked_for(app, i) && !store_load(k->store, pane->wanted))
			pane->wanted = 0;
		k->restoring |= pane->wanted != 0;
	}
}

static bool
is_wanted(const struct app *app, int64_t row)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->wanted == row)
			return true;
	return false;
}

/* The panes, with what they show. Which conversation was the open one is told at once, the panes only when they have settled:
 * so where no pane knows of it, it is what the one with the keyboard has come to show since. */
static bool
restore_panes(struct app *app, const struct store_result *r)
{
	if (!r->layout || !make_panes(app, r->layout))
		return false;
	if (r->open && !is_wanted(app, r->open))
		app->pane->wanted = r->open;
	return true;
}

/* ---- models of a router ---- */

static void
remember_model(struct keeper *k, const char *layout)
{
	struct line line = {0};

	if (k->last_model || !find_line(layout, find_focus(layout), &line))
		return;
	k->last_model = line.model;
	k->last_asked = line.asked;
}

/* That answered last, else that of the last run, where the router has it. NULL: neither. */
static const char *
model_to_go_on_with(const struct keeper *k, const struct talk *talk)
{
	const struct link *link = talk->link;
	const char *answered = model_that_answered(link, talk->session.conversation);
	bool is_known = k->last_asked && strcmp(k->last_model, link->model->name) == 0;

	if (answered && link_find_offer(link, answered))
		return answered;
	return is_known && link_find_offer(link, k->last_asked) ? k->last_asked : NULL;
}

void
restore_models(struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++) {
		struct talk *talk = app->panes[i]->talk;
		const char *name = model_is_missing(talk->link) ? model_to_go_on_with(app->keeper, talk) : NULL;
		struct err ignored;
		struct link *link = name ? links_get(app, talk->link->model, name, &ignored) : NULL;

		if (link)
			model_give(app, talk, link);
	}
}

/* ---- the beginning ---- */

void
restore_begin(struct app *app, const struct store_result *r)
{
	struct keeper *k = app->keeper;
	int64_t row = k->first.row ? k->first.row : r->open;
	bool wanted = !k->first.fresh && is_untouched(app);

	if (k->begun)
		return;
	k->begun = r->err.code == ERR_NONE || row || r->draft;
	if (wanted && (k->first.row || !restore_panes(app, r)))
		app->pane->wanted = row;
	if (r->draft && wanted && pane_for_draft(app))
		put_draft(app, pane_for_draft(app), r->draft);
	load_wanted(app);
	if (r->layout)
		remember_model(k, r->layout);
	restore_models(app);
	app->stale = true;
}

/* Its place in the row of numbers is that of the new one that stood there for it. */
static void
put_into(struct app *app, struct pane *pane, struct talk *talk)
{
	struct talk *old = pane->talk;

	if (talk->number == 0) {
		talk->number = old->number;
		old->number = 0;
		link_use(app, talk, old->link);
		conversations_add(app, talk);
	}
	panes_show(app, pane, talk);
}

/* Nobody has begun anything there meanwhile. */
static bool
is_waiting(const struct app *app, const struct pane *pane)
{
	const struct talk *talk = pane->talk;

	return talk_is_empty(talk) && talk->prompts.n == 0 && !talk->draft && !attach_has_files(app, talk) &&
	       (talk != app->pane->talk || composer_is_blank(&app->composer));
}

static bool
is_wanting(const struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (app->panes[i]->wanted != 0)
			return true;
	return false;
}

void
restore_take(struct app *app, struct store_result *r)
{
	struct talk *talk = NULL;
	bool wanted = false, made;
	struct glimpse_left left = {0};

	if (app->pane->wanted == r->id)
		glimpse_end(app, &left);
	for (size_t i = 0; i < app->n_panes; i++) {
		struct pane *pane = app->panes[i];

		if (pane->wanted != r->id)
			continue;
		wanted = true;
		pane->wanted = 0;
		if (r->err.code != ERR_NONE || !is_waiting(app, pane))
			continue;
		made = !talk;
		if (made)
			talk = opening_talk(app, r);
		put_into(app, pane, talk);
		if (made) {
			preset_of_command_line(app, talk);
			take_up_look(app, talk);
		}
		opening_put_place(pane, r);
	}
	if (talk && app->pane->talk == talk)
		glimpse_hand_on(app, &left);
	else
		glimpse_drop(app, &left);
	if (wanted && r->err.code != ERR_NONE)
		app_say(app, true, r->err.text);
	app->keeper->restoring = is_wanting(app);
	restore_models(app);
}

/* ---- for the next flynn ---- */

static int64_t
row_of(const struct pane *pane)
{
	return pane->wanted ? pane->wanted : conversation_info(pane->talk->session.conversation)->row;
}

static void
put_pane(const struct pane *pane, struct buf *out)
{
	const struct link *link = pane->talk->link;

	buf_puts(out, "pane ");
	buf_put_number(out, pane->number);
	buf_putc(out, ' ');
	buf_put_number(out, row_of(pane));
	buf_putc(out, '\t');
	buf_puts(out, link->model->name);
	buf_putc(out, '\t');
	buf_puts(out, link->asked ? link->asked : "");
	buf_putc(out, '\n');
}

static char *
describe(const struct app *app)
{
	struct buf out = {0};

	layout_print(&app->layout, &out);
	buf_puts(&out, "\nfocus ");
	buf_put_number(&out, app->pane->number);
	buf_putc(&out, '\n');
	for (size_t i = 0; i < app->n_panes; i++)
		put_pane(app->panes[i], &out);
	return buf_take(&out);
}

static uint64_t
mix_text(uint64_t key, const char *text)
{
	return mix_number(key, grid_text_key(text, strlen(text), 0));
}

/* The same for what is described alike, others for others but by chance: asked every turn, it takes a tenth of describe. */
static uint64_t
key_of_looks(const struct app *app)
{
	uint64_t key = mix_number(layout_key(&app->layout), app->pane->number);

	for (size_t i = 0; i < app->n_panes; i++) {
		const struct pane *pane = app->panes[i];
		const struct link *link = pane->talk->link;

		key = mix_number(mix_number(key, pane->number), (uint64_t)row_of(pane));
		key = mix_text(mix_text(key, link->model->name), link->asked ? link->asked : "");
	}
	return key;
}

/* The time since which it has looked as it does. */
static int64_t
looks_so_since(struct app *app, int64_t now_ms)
{
	struct keeper *k = app->keeper;
	uint64_t key = key_of_looks(app);

	if (k->looks && key == k->looks_key)
		return k->looks_ms;
	free(k->looks);
	k->looks = describe(app);
	k->looks_key = key;
	k->looks_told = false;
	k->looks_ms = now_ms;
	return now_ms;
}

int
restore_tell(struct app *app, int64_t now_ms, bool at_once)
{
	struct keeper *k = app->keeper;
	int64_t left;

	if (k->restoring || !k->begun)
		return -1;
	left = looks_so_since(app, now_ms) + SETTLED_MS - now_ms;
	if (k->looks_told)
		return -1;
	if (left > 0 && !at_once)
		return (int)left;
	k->looks_told = store_set(k->store, "layout", k->looks);
	return k->looks_told ? -1 : SETTLED_MS;
}
