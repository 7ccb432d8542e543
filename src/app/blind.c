/*
 * blind.c - who is in it is known by a flag of the conversations, so that none of them has to say when it goes away.
 */
#include "app/blind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/hidden.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/random.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "store/vote.h"
#include "tui/key.h"

/* ---- dealing ---- */

static void
swap_systems(struct talk *a, struct talk *b)
{
	struct conversation *x = a->session.conversation, *y = b->session.conversation;
	const char *of_x = conversation_system(x);
	char *kept = of_x ? mem_strdup(of_x) : NULL;
	struct talk_system system = a->system;
	bool said = a->system_said;

	conversation_set_system(x, conversation_system(y));
	conversation_set_system(y, kept);
	free(kept);
	a->system = b->system;
	b->system = system;
	a->system_said = b->system_said;
	b->system_said = said;
}

/* All that decides how the next prompt is answered. */
static void
swap(struct talk *a, struct talk *b)
{
	struct conversation_info *x = conversation_info(a->session.conversation),
	                         *y = conversation_info(b->session.conversation);
	struct parameters parameters = x->parameters;
	struct buf preset = x->preset;
	struct link *link = a->link;

	a->link = b->link;
	b->link = link;
	x->parameters = y->parameters;
	y->parameters = parameters;
	x->preset = y->preset;
	y->preset = preset;
	swap_systems(a, b);
	conversation_touch_info(a->session.conversation);
	conversation_touch_info(b->session.conversation);
}

/* In the order of their numbers. */
static size_t
collect(const struct app *app, struct talk *in[static BLIND_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];
		size_t at = n;

		if (!talk->is_blind || n == BLIND_MOST)
			continue;
		for (; at > 0 && in[at - 1]->number > talk->number; at--)
			in[at] = in[at - 1];
		in[at] = talk;
		n++;
	}
	return n;
}

/* A digit for each: the lowest that none of the others has. */
static void
give_digit(struct app *app, struct talk *talk)
{
	unsigned number = 1;
	struct talk *holder;

	if (talk->number <= BLIND_MOST)
		return;
	while ((holder = conversations_numbered(app, number)) != NULL && holder->is_blind)
		number++;
	if (holder)
		holder->number = talk->number;
	talk->number = number;
}

void
blind_begin(struct app *app)
{
	struct talk *in[BLIND_MOST];
	size_t n = collect(app, in);

	hidden_set(app, true);
	for (size_t i = 0; i < n; i++)
		give_digit(app, in[i]);
	for (size_t i = n; i > 1; i--) {
		size_t other = random_below(i);

		if (other != i - 1)
			swap(in[i - 1], in[other]);
	}
}

/* ---- who is in it ---- */

static bool
has_text(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT && leaf->content.len + leaf->reasoning.len > 0;
}

static bool
is_standing(const struct app *app, const struct talk *talk)
{
	return pane_of(app, talk) && (!talk_is_idle(talk) || has_text(talk));
}

/* Those that are left of them, in the same order. */
static size_t
keep_standing(const struct app *app, struct talk *in[static BLIND_MOST], size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		if (is_standing(app, in[i]))
			in[left++] = in[i];
	return left;
}

void
blind_begin_in_turn(struct app *app)
{
	app->is_blind_in_turn = true;
	hidden_set(app, true);
}

void
blind_end(struct app *app)
{
	app->is_blind_in_turn = false;
	for (size_t i = 0; i < app->n_talks; i++)
		app->talks[i]->is_blind = false;
	hidden_set(app, false);
}

/* ---- names ---- */

static const char *
name_of(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	if (leaf && leaf->role == CHAT_ASSISTANT && leaf->model.len > 0)
		return buf_text(&leaf->model);
	return *talk->link->server.model ? talk->link->server.model : model_name_of(talk->link);
}

static bool
has_other_settings(const struct conversation_info *a, const struct conversation_info *b)
{
	return !parameters_equal(&a->parameters, &b->parameters) ||
	       strcmp(buf_text(&a->preset), buf_text(&b->preset)) != 0;
}

/* What tells it from another of the same name; ways: the configuration's name, preset and parameters. */
static void
put_difference(const struct talk *talk, const struct talk *other, struct buf *out)
{
	const struct conversation_info *a = conversation_info(talk->session.conversation),
	                               *b = conversation_info(other->session.conversation);
	struct buf parameters = {0};

	if (talk->link != other->link) {
		buf_printf(out, VOTE_SETTINGS "%s", model_name_of(talk->link));
		return;
	}
	if (!has_other_settings(a, b))
		return;
	parameters_put_words(&a->parameters, &parameters);
	if (a->preset.len > 0)
		buf_printf(out, VOTE_SETTINGS "%s", buf_text(&a->preset));
	if (parameters.len > 0)
		buf_printf(out, VOTE_SETTINGS "%s", buf_text(&parameters));
	if (a->preset.len == 0 && parameters.len == 0)
		buf_puts(out, VOTE_SETTINGS "nothing set");
	buf_release(&parameters);
}

/* The name to be kept; the caller's to free. */
static char *
full_name(struct talk *const *in, size_t n, const struct talk *talk)
{
	struct buf name = {0};

	buf_puts(&name, name_of(talk));
	for (size_t i = 0; i < n; i++) {
		size_t before = name.len;

		if (in[i] != talk && strcmp(name_of(in[i]), name_of(talk)) == 0)
			put_difference(talk, in[i], &name);
		if (name.len > before)
			break;
	}
	return buf_take(&name);
}

/* ---- the vote ---- */

/* "2 voted for: tiny · 1: small · 3: large" */
static void
say_names(struct app *app, struct talk *const *in, const struct vote *vote, const char *after)
{
	struct buf words = {0};

	if (vote->winner != VOTE_NONE)
		buf_printf(&words, "voted for %u: %s", in[vote->winner]->number,
		        model_show_name(app, vote->models[vote->winner]));
	else
		buf_puts(&words, "voted for none");
	for (size_t i = 0; i < vote->n; i++)
		if ((long)i != vote->winner)
			buf_printf(&words, " · %u: %s", in[i]->number, model_show_name(app, vote->models[i]));
	buf_puts(&words, after);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
}

/* `winner` NULL: none of them was best. */
static void
count_vote(struct app *app, struct talk *const *in, size_t n, const struct talk *winner)
{
	struct vote *vote = vote_new(clock_unix_ms());

	for (size_t i = 0; i < n; i++) {
		char *name = full_name(in, n, in[i]);

		vote_add(vote, name);
		if (in[i] == winner)
			vote->winner = (long)i;
		free(name);
	}
	blind_end(app);
	say_names(app, in, vote, app->keeper->store ? "" : " (not kept: there is no history)");
	keeper_vote(app, vote);
}

static void
refuse_vote(struct app *app, const struct talk *talk)
{
	char *words = mem_printf(talk_is_idle(talk) ? "reply %u failed: vote for another, or press 0"
	                                            : "nothing of reply %u is here yet",
	        talk->number);

	app_say(app, true, words);
	free(words);
}

bool
blind_take_key(struct app *app, struct key key)
{
	struct talk *in[BLIND_MOST], *winner;
	size_t n;

	if (!hidden_is_on(app) || key.mods != 0 || key.code < '0' || key.code > '9' || app->composer.text.len > 0)
		return false;
	winner = conversations_numbered(app, key.code - '0');
	if (key.code != '0' && (!winner || !winner->is_blind))
		return false;
	n = keep_standing(app, in, collect(app, in));
	if (winner && !has_text(winner))
		refuse_vote(app, winner);
	else
		count_vote(app, in, n, winner);
	return true;
}

/* ---- its end without a vote ---- */

static void
say_left(struct app *app, unsigned number, size_t n)
{
	char *words = n < 2 ? mem_printf("fewer than two replies are left: names are shown, nothing is counted")
	                    : mem_printf("conversation %u is in no pane any more: it has left the comparison", number);

	app_say(app, false, words);
	free(words);
}

void
blind_settle(struct app *app)
{
	struct talk *in[BLIND_MOST];
	size_t n;
	unsigned gone = 0;

	if (!hidden_is_on(app) || app->is_blind_in_turn)
		return;
	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];

		if (!talk->is_blind || pane_of(app, talk))
			continue;
		talk->is_blind = false;
		gone = talk->number;
	}
	n = keep_standing(app, in, collect(app, in));
	if (n < 2)
		blind_end(app);
	if (n < 2 || gone > 0)
		say_left(app, gone, n);
}

void
blind_put_hint(const struct app *app, int cols, struct buf *out)
{
	struct talk *in[BLIND_MOST];
	size_t n = keep_standing(app, in, collect(app, in));
	struct buf digits = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&digits, "%s%u", i > 0 ? ", " : "", in[i]->number);
	hint_put(out, mem_printf("%s: vote for the best", buf_text(&digits)), cols);
	hint_put(out, mem_strdup("0: none"), cols);
	hint_put(out, mem_strdup("also while they write"), cols);
	buf_release(&digits);
}

static const char blind_option[] = "--blind";

const char *
blind_prompt(const char *prompt)
{
	size_t n = sizeof(blind_option) - 1;

	if (strncmp(prompt, blind_option, n) != 0 || (prompt[n] && !strchr(" \t\n", prompt[n])))
		return NULL;
	return prompt + n + strspn(prompt + n, " \t\n");
}

bool
blind_is_mistyped(const char *prompt)
{
	char *word = mem_strndup(prompt, strcspn(prompt, " \t\n"));
	bool is_near = *word == '-' && strcmp(word, blind_option) != 0 && nearest_is_near(word, blind_option);

	free(word);
	return is_near;
}
