/*
 * token_choice.c - a token is known by its number, as the lens of the full screen counts them; it is read again for each answer.
 */
#include "linear/token_choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/pane.h"
#include "app/reply_tokens.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/mem.h"
#include "linear/question.h"
#include "linear/quote.h"
#include "linear/state.h"
#include "linear/telling.h"
#include "text/find.h"

enum {
	TOKENS_LISTED = 20,
	UNSURE_PERCENT = 50, /* below that it is listed */
};

static const struct buf *
text_of(const struct message *m, const struct token *t)
{
	return t->flags & TOKEN_THOUGHT ? &m->reasoning : &m->content;
}

/* From 1. False: there is none, or not in this text. */
static bool
find_token(const struct message *m, size_t number, struct token *t)
{
	struct tokens_reader r = {.packed = &m->tokens};

	while (number > 0 && tokens_next(&r, t))
		number--;
	return number == 0 && t->n <= text_of(m, t)->len && t->at <= text_of(m, t)->len - t->n;
}

static size_t
count_tokens(const struct message *m)
{
	struct tokens_reader r = {.packed = &m->tokens};
	struct token t;
	size_t n = 0;

	while (tokens_next(&r, &t))
		n++;
	return n;
}

static double
percent(unsigned nats)
{
	return 100 * token_probability(nats);
}

static void
put_percent(struct buf *out, unsigned nats)
{
	if (percent(nats) < 1)
		buf_puts(out, "less than 1 percent");
	else
		buf_printf(out, "%.0f percent", percent(nats));
}

static char *
quote_of(const struct message *m, const struct token *t)
{
	return quote_token(buf_text(text_of(m, t)) + t->at, t->n);
}

static void
put_place(struct buf *out, const struct message *m, const struct token *t)
{
	char *where = quote_where(buf_text(text_of(m, t)), t->at);

	buf_printf(out, ". %s%s", t->flags & TOKEN_THOUGHT ? "In the thought. " : "", where);
	free(where);
}

/* ---- the candidates of one ---- */

static struct message *
asked_reply(const struct app *app)
{
	return conversation_find(app->pane->talk->session.conversation, linear_of(app)->lens_reply);
}

static void
choose_candidate(struct app *app, size_t which)
{
	struct message *m = asked_reply(app);
	struct token t;

	if (!m || !find_token(m, linear_of(app)->lens_token, &t) || !reply_tokens_take(app, m, &t, which))
		return;
	linear_note(app, "another version of the reply goes on with %s", question_name(app, which));
	(void)telling_turn(app);
}

static void
add_candidate(struct app *app, const char *s, size_t n, unsigned nats, bool own)
{
	char *name = quote_token(s, n);
	struct buf words = {0};

	put_percent(&words, nats);
	buf_puts(&words, own ? ", in the reply" : "");
	question_add(app, 0, name, NULL, buf_text(&words));
	buf_release(&words);
	free(name);
}

static void
list_candidates(struct app *app, const struct message *m, size_t number, const struct token *t)
{
	struct token_candidate c;
	char *name = quote_of(m, t);
	struct buf words = {0};

	linear_of(app)->lens_token = number;
	buf_printf(&words, "token %zu of %zu, %s", number, count_tokens(m), name);
	put_place(&words, m, t);
	linear_note(app, "%s", buf_text(&words));
	question_begin(app, choose_candidate);
	for (size_t i = 0; i < t->n_candidates && tokens_candidate(&m->tokens, t, i, &c); i++)
		add_candidate(app, c.s, c.n, c.nats, i + 1 == t->own);
	if (t->own == 0)
		add_candidate(app, buf_text(text_of(m, t)) + t->at, t->n, t->nats, true);
	question_ask(app, "");
	buf_release(&words);
	free(name);
}

static void
choose_token(struct app *app, size_t which)
{
	size_t number = (size_t)question_id(app, which);
	struct message *m = asked_reply(app);
	struct token t;

	if (m && find_token(m, number, &t))
		list_candidates(app, m, number, &t);
}

/* ---- tokens ---- */

static void
add_token(struct app *app, const struct message *m, size_t number, const struct token *t)
{
	char *name = quote_of(m, t);
	struct buf words = {0};

	put_percent(&words, t->nats);
	buf_printf(&words, ", token %zu", number);
	put_place(&words, m, t);
	question_add(app, (int64_t)number, name, NULL, buf_text(&words));
	buf_release(&words);
	free(name);
}

/* Those that are wanted; only the first ones have a number here. */
struct tokens_wanted {
	size_t numbers[TOKENS_LISTED];
	size_t n;
};

static void
want(struct tokens_wanted *w, size_t number)
{
	if (w->n < TOKENS_LISTED)
		w->numbers[w->n] = number;
	w->n++;
}

static void
list_tokens(struct app *app, const struct message *m, const struct tokens_wanted *w, const char *none)
{
	struct token t;

	question_begin(app, choose_token);
	for (size_t i = 0; i < w->n && i < TOKENS_LISTED; i++)
		if (find_token(m, w->numbers[i], &t))
			add_token(app, m, w->numbers[i], &t);
	if (w->n > TOKENS_LISTED)
		linear_note(app, "there are %zu more: /lens NUMBER and /lens WORDS tell of any", w->n - TOKENS_LISTED);
	question_ask(app, none);
}

/* Tokens that were told with a probability of 0 would make it infinite. */
static void
say_perplexity(struct app *app, double nats, size_t n, size_t told)
{
	if (told > 0)
		linear_note(app, "%zu token%s, perplexity %.2f; less likely than %d percent were:", n,
		        n == 1 ? "" : "s", exp(nats / (double)told), UNSURE_PERCENT);
}

static bool
tell_unsure(struct app *app, const struct message *m)
{
	struct tokens_reader r = {.packed = &m->tokens};
	struct tokens_wanted w = {.n = 0};
	struct token t;
	double nats = 0;
	size_t n = 0, told = 0;

	while (tokens_next(&r, &t)) {
		n++;
		nats += t.nats < TOKEN_NATS_MAX ? t.nats / 1000.0 : 0;
		told += t.nats < TOKEN_NATS_MAX;
		if (percent(t.nats) < UNSURE_PERCENT)
			want(&w, n);
	}
	say_perplexity(app, nats, n, told);
	list_tokens(app, m, &w, "none of them; /lens NUMBER and /lens WORDS tell of any");
	return true;
}

static bool
tell_numbered(struct app *app, const struct message *m, const char *argument)
{
	size_t number = strtoul(argument, NULL, 10), n = count_tokens(m);
	struct token t;
	char *words;

	if (find_token(m, number, &t)) {
		list_candidates(app, m, number, &t);
		return true;
	}
	words = mem_printf("the reply has the tokens 1 to %zu", n);
	(void)app_refuse(app, words);
	free(words);
	return false;
}

/* ---- words ---- */

/* Tokens of each text come in its order, and so do the hits. */
struct word_hits {
	struct find find;
	struct find_range hit[2];
	bool found[2];
};

static void
next_hit(struct word_hits *h, const struct buf *text, bool thought, size_t from)
{
	h->found[thought] = find_next(&h->find, buf_text(text), text->len, from, &h->hit[thought]);
}

/* Its text is part of a hit. */
static bool
is_hit(struct word_hits *h, const struct message *m, const struct token *t)
{
	bool thought = t->flags & TOKEN_THOUGHT;
	const struct find_range *hit = &h->hit[thought];

	while (h->found[thought] && hit->start + hit->len <= t->at)
		next_hit(h, text_of(m, t), thought, hit->start + hit->len);
	return h->found[thought] && t->at < hit->start + hit->len && t->at + t->n > hit->start;
}

static void
want_hits(struct word_hits *h, const struct message *m, struct tokens_wanted *w)
{
	struct tokens_reader r = {.packed = &m->tokens};
	struct token t;

	next_hit(h, &m->content, false, 0);
	next_hit(h, &m->reasoning, true, 0);
	for (size_t number = 1; tokens_next(&r, &t); number++)
		if (is_hit(h, m, &t))
			want(w, number);
}

static bool
tell_words(struct app *app, const struct message *m, const char *argument)
{
	struct word_hits hits = {.found = {false}};
	struct tokens_wanted w = {.n = 0};
	struct token t;

	if (!find_add(&hits.find, argument, strlen(argument), false)) {
		find_release(&hits.find);
		return app_refuse(app, "write words of the reply, or the number of a token");
	}
	want_hits(&hits, m, &w);
	find_release(&hits.find);
	if (w.n == 1 && find_token(m, w.numbers[0], &t))
		list_candidates(app, m, w.numbers[0], &t);
	else
		list_tokens(app, m, &w, "the reply does not have these words");
	return true;
}

/* ---- the command ---- */

static bool
ask_again(struct app *app)
{
	if (!turn_retry_with_tokens(app))
		return false;
	(void)telling_turn(app);
	return true;
}

static bool
refuse_without(struct app *app, const struct message *m)
{
	char *why = reply_tokens_why_none(m, "/lens again asks for the reply again with them");

	(void)app_refuse(app, why);
	free(why);
	return false;
}

bool
token_choice_run(struct app *app, const char *argument)
{
	const struct message *m = reply_tokens_last(app);

	if (!m)
		return app_refuse(app, "there is no reply yet");
	if (strcmp(argument, "again") == 0)
		return ask_again(app);
	if (m->tokens.len == 0)
		return refuse_without(app, m);
	linear_of(app)->lens_reply = m->id;
	if (!*argument)
		return tell_unsure(app, m);
	if (argument[strspn(argument, "0123456789")] == '\0')
		return tell_numbered(app, m, argument);
	return tell_words(app, m, argument);
}
