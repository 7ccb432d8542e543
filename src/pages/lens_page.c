/*
 * lens_page.c - the page knows its reply by its id, since the conversation goes on below it.
 */
#include "pages/lens_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/copy.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/reply_tokens.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/clean.h"
#include "tui/lens.h"
#include "tui/lens_draw.h"

struct lens_state {
	struct lens lens;
	struct talk *talk;
	uint64_t reply;
	int rows; /* of the last frame */
};

static const struct view page_view;

static struct lens_state *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* NULL: it is gone, or another conversation is shown. */
static struct message *
shown_reply(const struct app *app)
{
	const struct lens_state *s = state(app);

	if (s->talk != app->pane->talk)
		return NULL;
	return conversation_find(s->talk->session.conversation, s->reply);
}

/* ---- words ---- */

/* "Alt+K": asks for the reply again with its tokens. */
static char *
say_again(const struct app *app)
{
	char *words = hint_key(&app->keymap, CONTEXT_COMPOSER, "lens-again", "asks again with them");

	if (*words)
		return words;
	free(words);
	return mem_strdup("/set logprobs 8 asks for them from now on");
}

/* Why there are no tokens; to be freed. */
static char *
say_why_none(const struct app *app, const struct message *reply)
{
	char *again = say_again(app), *words = reply_tokens_why_none(reply, again);

	free(again);
	return words;
}

static char *
say_title(const struct app *app, const struct lens *l, const struct message *reply)
{
	char *model = clean_line(model_show_name(app, buf_text(&reply->model))), *words;

	if (l->n_told == 0)
		words = mem_printf("Tokens of %s", *model ? model : "the reply");
	else
		words = mem_printf("%zu tokens · perplexity %.2f%s%s", l->n_tokens, exp(l->nats / (double)l->n_told),
		        *model ? " · " : "", model);
	free(model);
	return words;
}

/* ---- the view ---- */

static void
settle(struct app *app)
{
	if (view_is_open(app, &page_view) && !shown_reply(app))
		view_close(app, &page_view);
}

static void
draw_page(struct app *app, struct grid *g, const struct message *reply)
{
	struct lens_state *s = state(app);
	char *empty = say_why_none(app, reply), *title;

	lens_read(&s->lens, reply, lens_text_cols(g->cols));
	title = say_title(app, &s->lens, reply);
	s->rows = g->rows - 2;
	lens_draw(&s->lens, reply, g, (struct rect){0, 0, g->rows - 1, g->cols}, title, empty);
	free(empty);
	free(title);
}

static void
draw(struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"lens-close", "close"}, {"lens-take", "go on with it"},
	        {"lens-down", "candidate"}, {"lens-right", "token"}, {"lens-next-unsure", "next unsure"}};
	const struct message *reply = shown_reply(app);
	struct buf words = {0};
	size_t n;

	grid_clear(g);
	if (reply)
		draw_page(app, g, reply);
	n = state(app)->lens.n_tokens > 0 ? ARRAY_LEN(rows) : 1; /* without tokens there is nothing but to close it */
	hint_put_rows(&words, &app->keymap, CONTEXT_LENS, rows, n, status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_LENS;
}

static void
release(void *state)
{
	struct lens_state *s = state;

	lens_release(&s->lens);
	*s = (struct lens_state){0};
}

static void
close(struct app *app)
{
	release(state(app));
}

static const struct view page_view = {.context = context,
        .settle = settle,
        .draw = draw,
        .close = close,
        .covers = true,
        .state_size = sizeof(struct lens_state),
        .release = release};

const struct view *
lens_page(void)
{
	return &page_view;
}

/* ---- opening ---- */

static void
show(struct app *app, const struct message *reply, bool follows)
{
	struct lens_state *s;

	view_open(app, &page_view);
	s = state(app);
	release(s);
	s->talk = app->pane->talk;
	s->reply = reply->id;
	s->lens.follows = follows;
	app->stale = true;
}

bool
lens_page_open(struct app *app)
{
	struct message *focused = focus_message(app), *reply;
	char *why;

	reply = focused && focused->role == CHAT_ASSISTANT ? focused : reply_tokens_last(app);
	if (!reply)
		return app_refuse(app, "there is no reply yet");
	if (reply->tokens.len > 0) {
		show(app, reply, false);
		return true;
	}
	why = say_why_none(app, reply);
	(void)app_refuse(app, why);
	free(why);
	return false;
}

void
lens_page_follow(struct app *app)
{
	const struct message *reply = app->pane->talk->session.reply;

	if (reply)
		show(app, reply, true);
}

/* ---- what keys do ---- */

void
lens_page_close(struct app *app)
{
	view_close(app, &page_view);
}

void
lens_page_tokens(struct app *app, int way)
{
	lens_move(&state(app)->lens, way);
}

void
lens_page_unsure(struct app *app, int way)
{
	if (!lens_move_unsure(&state(app)->lens, way))
		app_say(app, false, way > 0 ? "no token below 50 % further down" : "no token below 50 % further up");
}

void
lens_page_screens(struct app *app, int way)
{
	int rows = state(app)->rows / 2;

	lens_move_rows(&state(app)->lens, way * (rows > 1 ? rows : 1));
}

void
lens_page_end(struct app *app, int way)
{
	lens_move_end(&state(app)->lens, way);
}

void
lens_page_choose(struct app *app, int way)
{
	lens_choose(&state(app)->lens, way);
}

void
lens_page_take(struct app *app)
{
	struct lens_state *s = state(app);
	struct message *reply = shown_reply(app);
	const struct token *t = lens_token(&s->lens);

	if (reply && t && reply_tokens_take(app, reply, t, s->lens.choice))
		lens_page_follow(app);
}

/* The token and its candidates, a line each: the probability, a tab, the text. */
void
lens_page_copy(struct app *app)
{
	const struct lens_state *s = state(app);
	const struct message *reply = shown_reply(app);
	const struct token *t = lens_token(&s->lens);
	struct token_candidate c;
	struct buf text = {0};

	if (!reply || !t)
		return;
	for (size_t i = 0; tokens_candidate(&reply->tokens, t, i, &c); i++) {
		buf_printf(&text, "%.3f\t", token_probability(c.nats));
		lens_show(&text, c.s, c.n, true);
		buf_putc(&text, '\n');
	}
	if (text.len > 0)
		(void)copy_text(app, &text, "the candidates");
	buf_release(&text);
}
