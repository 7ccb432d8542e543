/*
 * series.c - the first reply is to the prompt, the others are versions of it. A reply that fails or is stopped ends the series.
 */
#include "linear/series.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/best.h"
#include "app/blind.h"
#include "app/branches.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/prompt_send.h"
#include "app/random.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/clock.h"
#include "base/mem.h"
#include "linear/lists.h"
#include "linear/question.h"
#include "linear/state.h"
#include "linear/telling.h"
#include "store/vote.h"

static const char spaces[] = " \t\n";

static struct series *
series_of(const struct app *app)
{
	return &linear_of(app)->series;
}

/* ---- a reply of it ---- */

/* False: that model cannot be used, which was said. */
static bool
take_model(struct app *app, struct series *s)
{
	size_t which = s->at++;
	const struct config_model *model = &app->config->models[s->is_blind ? s->order[which] : which];
	struct err err;
	struct link *link = links_get(app, model, NULL, &err);

	if (!link)
		return app_refuse(app, err.text);
	(void)model_take(app, link);
	return true;
}

static bool
begin_reply(struct app *app)
{
	struct series *s = series_of(app);
	size_t number = s->n - s->left + 1;

	if (s->compares && !take_model(app, s))
		return false;
	if (s->compares && !s->is_blind)
		linear_note(app, "reply %zu of %zu, of %s", number, s->n, app->config->models[s->at - 1].name);
	else
		linear_note(app, "reply %zu of %zu", number, s->n);
	return true;
}

static void
send_first(struct app *app)
{
	prompt_send(app, send_first);
	(void)telling_turn(app);
}

static bool
begin(struct app *app, const char *prompt, const struct series *series)
{
	struct series *s = series_of(app);

	composer_reset(&app->composer);
	if (!composer_type(&app->composer, prompt, strlen(prompt)))
		return app_refuse(app, "too long for one prompt");
	*s = *series;
	s->left = s->n;
	s->before = app->pane->talk->link;
	if (s->is_blind)
		blind_begin_in_turn(app);
	if (!begin_reply(app)) {
		s->left = 0;
		if (s->is_blind)
			blind_end(app);
		return false;
	}
	send_first(app);
	return true;
}

/* ---- the vote ---- */

static const char *const ordinals[BLIND_MOST] = {
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"};

static struct conversation *
shown(const struct app *app)
{
	return app->pane->talk->session.conversation;
}

static const char *
model_of(const struct app *app, size_t i)
{
	const struct message *m = conversation_find(shown(app), series_of(app)->replies[i]);

	return m && m->model.len > 0 ? buf_text(&m->model) : app->config->models[series_of(app)->order[i]].name;
}

static bool
is_alone(const struct app *app, size_t i)
{
	for (size_t j = 0; j < series_of(app)->n_replies; j++)
		if (j != i && strcmp(model_of(app, j), model_of(app, i)) == 0)
			return false;
	return true;
}

/* To be freed: with its name in the configuration where another one has the same. */
static char *
full_name(const struct app *app, size_t i, const char *between)
{
	return is_alone(app, i) ? mem_strdup(model_of(app, i))
	                        : mem_printf("%s%s%s", model_of(app, i), between,
	                                  app->config->models[series_of(app)->order[i]].name);
}

/* That was said without its words, which may name a model. */
static void
say_failure(struct app *app)
{
	const struct talk *talk = app->pane->talk;
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	if (talk->ended != ERR_NONE && talk->ended != ERR_CANCELLED)
		linear_note(app, "another one failed: %s",
		        leaf && leaf->error ? leaf->error->text : talk->session.failed.text);
}

static void
say_models(struct app *app)
{
	for (size_t i = 0; i < series_of(app)->n_replies; i++) {
		char *name = full_name(app, i, ", ");

		linear_note(app, "the %s reply is of %s", ordinals[i], model_show_name(app, name));
		free(name);
	}
	say_failure(app);
}

static void
keep_vote(struct app *app, long winner)
{
	struct vote *vote = vote_new(clock_unix_ms());

	for (size_t i = 0; i < series_of(app)->n_replies; i++) {
		char *name = full_name(app, i, VOTE_SETTINGS);

		vote_add(vote, name);
		free(name);
	}
	vote->winner = winner;
	keeper_vote(app, vote);
}

/* The choice behind the last reply is none of them. */
static void
vote_for(struct app *app, size_t which)
{
	const struct series *s = series_of(app);
	struct message *best = which < s->n_replies ? conversation_find(shown(app), s->replies[which]) : NULL;

	blind_end(app);
	if (best && branches_show(app, best))
		pane_to_composer(app->pane);
	if (best)
		linear_note(app, "voted for the %s reply; the conversation goes on from there", ordinals[which]);
	else
		linear_note(app, "voted for none of them");
	say_models(app);
	keep_vote(app, best ? (long)which : VOTE_NONE);
	if (!app->keeper->store)
		linear_note(app, "the vote is not kept: there is no history");
}

static void
end_without_vote(struct app *app)
{
	blind_end(app);
	linear_note(app, "no vote, so nothing is counted");
	say_models(app);
}

static void
ask_for_vote(struct app *app)
{
	const struct series *s = series_of(app);

	linear_note(app, "which reply is best? The models are named then");
	question_begin(app, vote_for);
	for (size_t i = 0; i < s->n_replies; i++) {
		const struct message *m = conversation_find(shown(app), s->replies[i]);
		struct buf words = {0};

		buf_printf(&words, "%s reply: ", ordinals[i]);
		list_put_start(m ? buf_text(&m->content) : "", &words);
		question_add(app, 0, buf_text(&words), NULL, "");
		buf_release(&words);
	}
	question_add(app, 0, "none of them", NULL, "");
	question_on_drop(app, "no vote", end_without_vote);
	question_ask(app, "");
}

/* ---- its end ---- */

static void
give_model_back(struct app *app, struct series *s)
{
	s->left = 0;
	if (s->compares)
		(void)model_take(app, s->before);
}

static void
end_series(struct app *app, struct series *s)
{
	give_model_back(app, s);
	if (s->is_blind && s->n_replies < 2)
		end_without_vote(app);
	else if (s->is_blind)
		ask_for_vote(app);
	else if (app->pane->talk->ended == ERR_NONE)
		list_versions(app, "which one is to be kept?");
}

static void
note_reply(const struct app *app, struct series *s)
{
	const struct message *m = conversation_leaf(shown(app));

	if (s->is_blind && m && m->role == CHAT_ASSISTANT)
		s->replies[s->n_replies++] = m->id;
}

void
series_turn(struct app *app)
{
	struct series *s = series_of(app);

	if (s->left == 0)
		return;
	if (app->pane->talk->ended == ERR_NONE)
		note_reply(app, s);
	if (app->pane->talk->ended != ERR_NONE || --s->left == 0) {
		end_series(app, s);
		return;
	}
	if (!begin_reply(app) || !turn_retry(app, NULL))
		end_series(app, s);
	(void)telling_turn(app);
}

void
series_stop(struct app *app)
{
	struct series *s = series_of(app);

	if (s->left == 0)
		return;
	s->left = 1;
	if (!talk_is_idle(app->pane->talk))
		return;
	give_model_back(app, s);
	if (s->is_blind)
		end_without_vote(app);
}

/* ---- commands ---- */

bool
series_best(struct app *app, const char *argument)
{
	char *end;
	unsigned long n = strtoul(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || !strchr(spaces, *end) || !*end || n < BEST_LEAST || n > BEST_MOST)
		return app_refuse(app, "write how many replies, 2 to 6, and the prompt: /best 3 PROMPT");
	return begin(app, end + strspn(end, spaces), &(struct series){.n = n});
}

static bool
compare_blind(struct app *app, const char *prompt)
{
	struct series s = {.n = app->config->n_models, .compares = true, .is_blind = true};

	if (!*prompt)
		return app_refuse(app, "write the prompt behind it: /compare --blind PROMPT");
	if (s.n > BLIND_MOST)
		return app_refuse(app, "the configuration has more than 9 models");
	for (size_t i = 0; i < s.n; i++) {
		size_t other = random_below(i + 1);

		s.order[i] = s.order[other];
		s.order[other] = i;
	}
	return begin(app, prompt, &s);
}

bool
series_compare(struct app *app, const char *prompt)
{
	const char *unseen = blind_prompt(prompt);

	if (app->config->n_models < 2)
		return app_refuse(app, "there is one model: models: in the configuration has more");
	if (unseen)
		return compare_blind(app, unseen);
	if (blind_is_mistyped(prompt))
		return app_refuse(app, "write --blind, or another word first: /compare --blind PROMPT");
	if (!*prompt)
		return app_refuse(app, "write the prompt: /compare PROMPT");
	return begin(app, prompt, &(struct series){.n = app->config->n_models, .compares = true});
}
