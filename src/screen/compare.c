/*
 * compare.c - the same prompt, once to each conversation however many panes show it.
 */
#include "screen/compare.h"

#include <stdio.h>

#include "app/app.h"
#include "app/attach_send.h"
#include "app/best.h"
#include "app/blind.h"
#include "app/hidden.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/random.h"
#include "app/settings.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/compiler.h"
#include "pages/models_page.h"

/* An earlier pane shows it too. */
static bool
is_another_view(const struct app *app, size_t pane)
{
	for (size_t i = 0; i < pane; i++)
		if (app->panes[i]->talk == app->panes[pane]->talk && panes_is_seen(app, app->panes[i]->talk))
			return true;
	return false;
}

static size_t
count_seen(const struct app *app)
{
	size_t n = 0;

	for (size_t i = 0; i < app->n_panes; i++)
		n += panes_is_seen(app, app->panes[i]->talk) && !is_another_view(app, i);
	return n;
}

static bool
has_seed(const struct app *app, const struct talk *talk)
{
	struct parameters all;
	bool has;

	settings_effective(app, talk, &all);
	has = parameters_has(&all, "seed");
	parameters_release(&all);
	return has;
}

/* The seed is for where none is set. True: it waits for a reply that is on its way. */
static bool
give(struct app *app, struct pane *pane, const char *prompt, const struct attachments *files, long seed)
{
	bool busy = !talk_is_idle(pane->talk);

	transcript_end(&pane->transcript);
	if (has_seed(app, pane->talk))
		seed = 0;
	if (busy) {
		prompt_queue_add(&pane->talk->prompts, prompt, files);
		prompt_queue_seed(&pane->talk->prompts, seed);
	} else {
		pane->talk->seed = seed;
		turn_send_to(app, pane->talk, prompt, files);
	}
	return busy;
}

static void
give_all(struct app *app, const char *prompt)
{
	struct attachments files = app->pane->talk->attached;
	size_t n = 0, queued = 0;
	long seed = random_seed();
	char words[96];

	app->pane->talk->attached = (struct attachments){0};
	for (size_t i = 0; i < app->n_panes; i++) {
		struct pane *pane = app->panes[i];

		if (!panes_is_seen(app, pane->talk) || is_another_view(app, i))
			continue;
		queued += give(app, pane, prompt, &files, seed);
		n++;
	}
	attachments_release(&files);
	if (queued > 0)
		snprintf(words, sizeof(words), "sent to %zu conversations; in %zu it waits for a reply to end", n,
		        queued);
	else
		snprintf(words, sizeof(words), "sent to %zu conversations", n);
	if (!app->message.text && !hidden_is_on(app))
		app_say(app, false, words);
}

static const struct pane *
find_without_model(const struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++) {
		const struct talk *talk = app->panes[i]->talk;

		if (panes_is_seen(app, talk) && talk_is_idle(talk) && model_is_missing(talk->link))
			return app->panes[i];
	}
	return NULL;
}

/* Each pane has a model, or the prompt stays in the composer: the list is open for the focused one. */
static bool
all_have_models(struct app *app, void (*again)(struct app *))
{
	const struct pane *pane;

	if (models_page_comes_first(app, again))
		return false;
	pane = find_without_model(app);
	if (pane)
		app_say(app, true, "another pane has no model chosen: go there, and choose one with /model");
	return !pane;
}

/* ---- without names ---- */

static bool
all_are_idle(const struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (panes_is_seen(app, app->panes[i]->talk) && !talk_is_idle(app->panes[i]->talk))
			return false;
	return true;
}

static bool
may_be_blind(struct app *app)
{
	if (hidden_is_on(app))
		return !model_names_wait(app);
	if (best_is_on(app))
		return app_refuse(app, "keep one of the replies of /best first");
	if (count_seen(app) > BLIND_MOST)
		return app_refuse(app, "there are more than 9 conversations on the screen: there are digits for 9");
	return all_are_idle(app) || app_refuse(app, "a reply is on its way in one of the panes: wait for its end");
}

static void
begin_blind(struct app *app)
{
	for (size_t i = 0; i < app->n_panes; i++)
		if (panes_is_seen(app, app->panes[i]->talk))
			app->panes[i]->talk->is_blind = true;
	blind_begin(app);
}

const char *
compare_candidate(UNUSED const struct app *app, const char *first, size_t i)
{
	return i == 0 && !*first ? "--blind" : NULL;
}

bool
compare_run(struct app *app, const char *prompt, void (*again)(struct app *))
{
	const char *unseen = blind_prompt(prompt);

	if (unseen)
		prompt = unseen;
	if (!*prompt && unseen)
		return app_refuse(app, "write the prompt behind it: /compare --blind PROMPT");
	if (!unseen && blind_is_mistyped(prompt))
		return app_refuse(app, "write --blind, or another word first: /compare --blind PROMPT");
	if (!*prompt) {
		app->statistics = !app->statistics;
		app_say(app, false, app->statistics ? "statistics shown below each reply" : "statistics hidden");
		return true;
	}
	if (count_seen(app) < 2) {
		app_say(app, true,
		        "there is one conversation on the screen: /split makes another pane, /model gives it a model");
		return false;
	}
	if (unseen && !may_be_blind(app))
		return false;
	if (!all_have_models(app, again) || attach_comes_first(app, again))
		return false;
	app->statistics = true;
	if (unseen)
		begin_blind(app);
	give_all(app, prompt);
	return true;
}
