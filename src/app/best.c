/*
 * best.c - `talk->best` numbers the replies; 1 is the conversation that all others are merged into.
 */
#include "app/best.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/random.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/mem.h"
#include "chat/title.h"
#include "store/saver.h"
#include "store/worker.h"

enum {
	ROW_COLS = 2, /* a row is about as high as so many columns are wide */
};

bool
best_is_on(const struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->best > 0)
			return true;
	return false;
}

static struct talk *
find_numbered(const struct app *app, unsigned best)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->best == best)
			return app->talks[i];
	return NULL;
}

/* ---- panes ---- */

static bool
lies_flat(struct rect r)
{
	return r.cols > ROW_COLS * r.rows;
}

/* The largest of them that can be split; NULL: none can. `*beside`: how. */
static struct pane *
find_largest(const struct app *app, struct pane *const *panes, size_t n, bool *beside)
{
	struct pane *largest = NULL;
	int most = 0;

	for (size_t i = 0; i < n; i++) {
		struct rect r = layout_rect(&app->layout, panes[i]->number);
		bool flat = lies_flat(r);
		bool can = layout_can_split(&app->layout, panes[i]->number, flat);

		if (r.rows * r.cols < most || (!can && !layout_can_split(&app->layout, panes[i]->number, !flat)))
			continue;
		largest = panes[i];
		most = r.rows * r.cols;
		*beside = can ? flat : !flat;
	}
	return largest;
}

/* So many panes of the focused one, all of which show its conversation. Returns how many there are. */
static size_t
split(struct app *app, struct pane *panes[static BEST_MOST], unsigned n)
{
	bool alone = app->n_panes == 1, beside;
	struct pane *largest;
	size_t made = 1;

	panes[0] = app->pane;
	while (made < n && (largest = find_largest(app, panes, made, &beside)) != NULL) {
		panes_focus(app, largest);
		if (!panes_split(app, beside, app->pane->talk))
			break;
		panes[made++] = app->pane;
	}
	if (alone)
		panes_even(app);
	panes_focus(app, panes[0]);
	return made;
}

static bool
make_room(struct app *app, struct pane *panes[static BEST_MOST], unsigned n)
{
	size_t made = split(app, panes, n);
	char *words;

	if (made == n)
		return true;
	for (size_t i = made; i > 1; i--)
		panes_close_other(app, panes[i - 1]);
	words = made < BEST_LEAST
	                ? mem_strdup("there is no room for another pane here: close one, or make the window larger")
	                : mem_printf("/best %zu fits here: there is no room for %u panes", made, n);
	app_say(app, true, words);
	free(words);
	return false;
}

/* ---- asking ---- */

/* "Boats (reply 2 of 3)": so it is found when flynn ends before one was kept. */
static void
name_copy(const struct talk *talk, struct conversation_info *info, const char *prompt, unsigned i, unsigned n)
{
	const struct conversation_info *first = conversation_info(talk->session.conversation);

	if (first->title.len > 0)
		buf_put(&info->title, buf_text(&first->title), first->title.len);
	else
		title_from_prompt(prompt, &info->title);
	buf_printf(&info->title, " (reply %u of %u)", i, n);
	info->titled = TITLE_BY_PERSON;
}

static struct talk *
copy(struct app *app, struct talk *talk, const char *prompt, unsigned i, unsigned n)
{
	struct conversation *c = talk->session.conversation;
	struct talk *other = talk_new(conversation_fork(c, conversation_leaf(c)), NULL);

	name_copy(talk, conversation_info(other->session.conversation), prompt, i, n);
	talk_copy_system(other, talk);
	conversations_add(app, other);
	return other;
}

/* Each has a seed of its own, or the same reply would come so many times. */
static void
ask(struct app *app, struct talk *talk, unsigned i, long seed, const char *prompt, const struct attachments *files)
{
	const struct message *leaf;

	talk->best = i;
	talk->seed = seed + (long)i - 1;
	turn_send_to(app, talk, prompt, files);
	leaf = conversation_leaf(talk->session.conversation);
	talk->best_prompt = leaf && leaf->role == CHAT_ASSISTANT && leaf->parent ? leaf->parent->id : 0;
}

static long
first_seed(const struct app *app, const struct talk *talk)
{
	struct parameters all;
	long seed;

	settings_effective(app, talk, &all);
	seed = parameters_integer(&all, "seed", -1);
	parameters_release(&all);
	return seed > 0 ? seed : random_seed();
}

/* In the order in which they stand on the screen: the first one is at the top left of all that were made of it. */
static void
ask_all(struct app *app, struct pane *const *panes, unsigned n, const char *prompt)
{
	struct talk *talk = app->pane->talk;
	long seed = first_seed(app, talk);
	struct attachments files = talk->attached;
	struct talk *talks[BEST_MOST] = {talk};
	unsigned made = 1;

	talk->attached = (struct attachments){0};
	for (const struct pane *at = panes_after(app, panes[0]); at != panes[0]; at = panes_after(app, at))
		for (unsigned i = 1; i < n; i++)
			if (panes[i] == at) {
				talks[made] = copy(app, talk, prompt, made + 1, n);
				pane_show(panes[i], talks[made++]);
			}
	for (unsigned i = 0; i < made; i++)
		ask(app, talks[i], i + 1, seed, prompt, &files);
	for (unsigned i = 0; i < n; i++)
		transcript_end(&panes[i]->transcript);
	attachments_release(&files);
	app->stale = true;
}

bool
best_begin(struct app *app, unsigned n, const char *prompt)
{
	struct pane *panes[BEST_MOST];

	if (best_is_on(app))
		return app_refuse(app, "keep one of the replies first: Enter on empty input in its pane");
	if (!turn_may_begin(app) || !make_room(app, panes, n))
		return false;
	ask_all(app, panes, n, prompt);
	return true;
}

/* ---- keeping one ---- */

/* All below one message goes below another one of this conversation, but for replies without a word. Returns what was made of
 * `wanted`, or NULL. */
static struct message *
merge_below(struct conversation *c, struct message *to, const struct message *from, const struct message *wanted)
{
	struct message *found = NULL;

	for (struct message *m = from->first_child; m; m = m->next_sibling) {
		struct message *made, *below;

		if (m->role == CHAT_ASSISTANT && m->content.len + m->reasoning.len == 0 && !m->first_child)
			continue;
		made = conversation_add_copy(c, to, m);
		below = merge_below(c, made, m, wanted);
		found = below ? below : m == wanted ? made : found;
	}
	return found;
}

static const struct message *
prompt_of(const struct talk *talk)
{
	const struct message *m = conversation_find(talk->session.conversation, talk->best_prompt);

	return m && !m->is_deleted ? m : NULL;
}

/* Its prompt, which may have been deleted meanwhile. */
static struct message *
find_prompt(struct talk *first, const struct talk *kept)
{
	struct conversation *c = first->session.conversation;
	struct message *own = conversation_find(c, first->best_prompt);
	struct message *other = conversation_find(kept->session.conversation, kept->best_prompt);

	if (own && !own->is_deleted)
		return own;
	return other ? conversation_add_copy(c, conversation_leaf(c), other) : NULL;
}

/* The leaf is what was kept. */
static void
merge(struct app *app, struct talk *first, const struct talk *kept)
{
	struct conversation *c = first->session.conversation;
	struct message *leaf = conversation_leaf(c), *prompt = find_prompt(first, kept);

	for (unsigned i = 2; prompt && i <= BEST_MOST; i++) {
		const struct talk *talk = find_numbered(app, i);
		struct message *made;

		if (!talk || !prompt_of(talk))
			continue;
		made = merge_below(c, prompt, prompt_of(talk), conversation_leaf(talk->session.conversation));
		if (talk == kept && made)
			leaf = made;
	}
	if (leaf)
		conversation_set_leaf(c, leaf);
	first->session.failed.code = ERR_NONE;
	first->session.version++;
}

/* Of them only the focused pane stays, and shows the first conversation. */
static void
close_panes(struct app *app, struct talk *first)
{
	for (size_t i = app->n_panes; i > 0; i--)
		if (app->panes[i - 1] != app->pane && app->panes[i - 1]->talk->best > 0)
			panes_close_other(app, app->panes[i - 1]);
	conversations_show(app, first);
	transcript_end(&app->pane->transcript);
}

static void
end(struct app *app, const struct talk *first)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];

		if (talk->best > 1)
			talk->merged_into = first;
		talk->best = 0;
		talk->is_best = false;
	}
}

static void
keep(struct app *app, const struct talk *kept)
{
	struct talk *first = find_numbered(app, 1);

	if (!first) { /* closed: what was kept is a conversation of its own */
		end(app, NULL);
		return;
	}
	merge(app, first, kept);
	close_panes(app, first);
	end(app, first);
	app_say(app, false, "kept; the other replies are versions of it: /tree shows them");
}

static bool
has_reply(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT && leaf->content.len + leaf->reasoning.len > 0;
}

static bool
stop_all(struct app *app)
{
	bool any = false;

	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->best > 0 && !talk_is_idle(app->talks[i])) {
			turn_stop_of(app, app->talks[i]);
			any = true;
		}
	return any;
}

bool
best_keep(struct app *app)
{
	struct talk *talk = app->pane->talk;

	if (talk->best == 0)
		return false;
	if (!talk_is_idle(talk)) {
		app_say(app, false, "this reply is on its way: Esc stops it and the others");
	} else if (!has_reply(talk)) {
		app_say(app, true, "there is no reply here to keep: Alt+R asks again, or keep another one");
	} else {
		for (size_t i = 0; i < app->n_talks; i++)
			app->talks[i]->is_best = false;
		talk->is_best = true;
		(void)stop_all(app);
		best_settle(app);
	}
	return true;
}

bool
best_stop(struct app *app)
{
	return app->pane->talk->best > 0 && stop_all(app);
}

/* ---- afterwards ---- */

/* Nothing of it is needed any more: what was merged is saved. */
static bool
may_go(const struct app *app, const struct talk *talk)
{
	const struct talk *first = talk->merged_into;

	if (!talk_is_idle(talk) || !talk->saver)
		return talk_is_idle(talk);
	return !saver_is_waiting(talk->saver) &&
	       (!conversations_is_open(app, first) || !saver_is_dirty(first->saver, first->session.conversation));
}

static void
drop_merged(struct app *app)
{
	for (size_t i = app->n_talks; i > 0; i--) {
		struct talk *talk = app->talks[i - 1];
		int64_t row = conversation_info(talk->session.conversation)->row;

		if (!talk->merged_into || pane_of(app, talk) || !may_go(app, talk))
			continue;
		if (row > 0 && talk->saver && !store_edit(app->keeper->store, row, EDIT_DELETE, NULL))
			continue;
		conversations_close(app, talk);
	}
}

void
best_settle(struct app *app)
{
	const struct talk *kept = NULL;
	bool idle = true;

	for (size_t i = 0; i < app->n_talks; i++) {
		const struct talk *talk = app->talks[i];

		kept = talk->is_best ? talk : kept;
		idle &= talk->best == 0 || talk_is_idle(talk);
	}
	if (kept && idle)
		keep(app, kept);
	drop_merged(app);
}

void
best_put_hint(const struct app *app, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {{"send", "keeps this reply"}, {"stop", "stops all"}};

	hint_put_rows(out, &app->keymap, CONTEXT_COMPOSER, rows, sizeof(rows) / sizeof(rows[0]), cols);
	hint_put(out, mem_strdup("the others become versions of it"), cols);
}
