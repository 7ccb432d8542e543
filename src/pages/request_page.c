/*
 * request_page.c - the request, as app/sent_json.h has it, then the prompt that the server makes of it.
 */
#include "pages/request_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/copy.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/sent.h"
#include "app/sent_json.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/curl_command.h"
#include "llama/request_show.h"
#include "llama/server_error.h"
#include "llama/token_count.h"
#include "pages/request_lines.h"
#include "tui/page_parts.h"

enum {
	ASK_MAX = 1024 * 1024,      /* bytes of texts up to which the server is asked for the prompt, */
	ASK_MEDIA_MAX = 32 << 20,   /* and of pictures and sounds; */
	COPY_MAX = 4 * 1024 * 1024, /* of both, up to which they are copied */
	ANSWER_MS = 10000,          /* for the server */
	PROMPT_SHOWN = 256 * 1024,  /* bytes of the prompt */
};

struct request_state {
	struct request_lines lines;
	uint64_t stream; /* of the request that is shown; 0: none is */
	struct sent_json json;
	char *prompt, *tokens; /* that the server told, the tokens in words; NULL: not (yet) */
	bool must_tokenize;    /* the tokens are not counted yet, but the prompt must be known for it */
	char *prompt_words;    /* why there is no prompt, or that the server is being asked */
	struct page_scroll scroll;
	bool stale;
};

static const struct view page_view;

static struct request_state *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

static size_t
all_bytes(const struct talk *talk)
{
	return sent_bytes(talk->sent) + sent_media_bytes(talk->sent);
}

/* ---- lines ---- */

static void
add_text(struct request_lines *l, enum request_line_type type, const char *text, const char *note)
{
	request_lines_add(l, type, text, strlen(text), note);
}

static void
add_json(struct request_state *s, const struct talk *talk)
{
	char *url = endpoint_url(&sent_client(talk->sent)->endpoint, "/v1/chat/completions"),
	     *heading = mem_printf("POST %s", url);

	add_text(&s->lines, REQUEST_HEADING, heading, s->json.is_short ? "shortened" : NULL);
	if (s->json.is_changed)
		add_text(&s->lines, REQUEST_NOTE, "A text was changed since it was sent: it is shown as it is now.",
		        NULL);
	if (s->json.failed.code != ERR_NONE)
		add_text(&s->lines, REQUEST_NOTE, s->json.failed.text, NULL);
	request_lines_add(&s->lines, REQUEST_JSON, buf_text(&s->json.text), s->json.text.len, NULL);
	free(heading);
	free(url);
}

static void
add_prompt(struct request_state *s)
{
	size_t n = s->prompt ? strlen(s->prompt) : 0, shown = n;

	add_text(&s->lines, REQUEST_HEADING, "Prompt from the template", s->tokens);
	if (!s->prompt) {
		add_text(&s->lines, REQUEST_NOTE, s->prompt_words, NULL);
		return;
	}
	if (n > PROMPT_SHOWN)
		shown = utf8_floor(s->prompt, PROMPT_SHOWN);
	request_lines_add(&s->lines, REQUEST_PLAIN, s->prompt, shown, NULL);
	if (shown < n)
		add_text(&s->lines, REQUEST_NOTE, "… the rest is left out here", NULL);
}

static void
make_lines(struct request_state *s, const struct talk *talk)
{
	request_lines_clear(&s->lines);
	add_json(s, talk);
	add_prompt(s);
	s->stale = false;
}

/* ---- the prompt ---- */

/* False: the answer is for a request that is no longer shown. */
static bool
is_about(const struct app *app, uint64_t stream)
{
	return state(app)->stream == stream && view_is_open(app, &page_view);
}

static void
read_tokens(struct app *app, const struct call_answer *answer)
{
	struct request_state *s = state(app);
	struct err err;
	int64_t tokens;

	if (answer->broken.code == ERR_NONE && request_show_tokens(sent_client(app->pane->talk->sent), answer->status,
	                                               answer->body, answer->n, &tokens, &err))
		s->tokens = mem_printf("%" PRId64 " token%s", tokens, tokens == 1 ? "" : "s");
	s->stale = true;
}

static void
take_tokens(struct app *app, uint64_t stream, const struct call_answer *answer)
{
	if (!is_about(app, stream))
		return;
	state(app)->must_tokenize = answer->broken.code == ERR_NONE && server_error_is_no_path(answer->status);
	read_tokens(app, answer);
}

static void
take_tokenized(struct app *app, uint64_t stream, const struct call_answer *answer)
{
	if (is_about(app, stream))
		read_tokens(app, answer);
}

/* An older server cannot count a chat, but the prompt that it has told. */
static void
ask_tokenize(struct app *app)
{
	struct request_state *s = state(app);
	const struct model_client *client = sent_client(app->pane->talk->sent);
	struct http_request request;
	struct err err;

	s->must_tokenize = false;
	if (request_show_ask_tokenize(client, s->prompt, &request, &err))
		calls_send(app, &request, ANSWER_MS, take_tokenized, s->stream);
}

static void
take_prompt(struct app *app, uint64_t stream, const struct call_answer *answer)
{
	struct request_state *s = state(app);
	struct err err = answer->broken;

	if (!is_about(app, stream))
		return;
	if (err.code != ERR_NONE || !request_show_prompt(sent_client(app->pane->talk->sent), answer->status,
	                                    answer->body, answer->n, &s->prompt, &err)) {
		free(s->prompt_words);
		s->prompt_words = mem_strdup(err.text);
	}
	s->stale = true;
}

static void
ask_one(struct app *app, const struct chat_request *chat, const char *path, calls_answered *take)
{
	const struct model_client *client = sent_client(app->pane->talk->sent);
	struct chat_order *order = chat_order_copy(chat);

	order->path = path;
	calls_send_about(app, client, order, ANSWER_MS, take, state(app)->stream);
}

static void
ask_server(struct app *app)
{
	const struct talk *talk = app->pane->talk;
	struct request_state *s = state(app);
	struct sent_again again;

	if (!model_is_llama_server(sent_client(talk->sent))) {
		s->prompt_words = mem_strdup("Only a llama-server tells the prompt that its template makes.");
		return;
	}
	if (sent_bytes(talk->sent) > ASK_MAX || sent_media_bytes(talk->sent) > ASK_MEDIA_MAX) {
		s->prompt_words = mem_printf(
		        "The request is too large to ask the server for it: %.1f MB.", (double)all_bytes(talk) / 1e6);
		return;
	}
	s->prompt_words = mem_strdup("The server is being asked…");
	sent_again(talk->sent, talk->session.conversation, NULL, &again);
	ask_one(app, &again.request, REQUEST_SHOW_PROMPT_PATH, take_prompt);
	ask_one(app, &again.request, TOKEN_COUNT_PATH_ROUTER, take_tokens);
	sent_again_release(&again);
}

/* ---- the view ---- */

static void
forget(struct request_state *s)
{
	free(s->prompt);
	free(s->prompt_words);
	free(s->tokens);
	s->prompt = s->prompt_words = s->tokens = NULL;
	s->must_tokenize = false;
	s->stream = 0;
	page_scroll_end(&s->scroll, -1);
}

static void
show(struct app *app)
{
	struct request_state *s = state(app);

	forget(s);
	s->stream = sent_stream(app->pane->talk->sent);
	sent_json_make(&s->json, app->pane->talk);
	ask_server(app);
	s->stale = true;
}

/* Another conversation may be shown by now, or another request be on its way. */
static void
settle(struct app *app)
{
	struct request_state *s = state(app);
	uint64_t stream = sent_stream(app->pane->talk->sent);

	if (stream == 0) {
		view_close(app, &page_view);
		return;
	}
	if (s->stream != stream)
		show(app);
	if (s->must_tokenize && s->prompt)
		ask_tokenize(app);
	if (s->stale)
		make_lines(s, app->pane->talk);
}

static void
draw_rows(struct request_state *s, struct grid *g)
{
	long top;

	s->scroll.height = g->rows - 1;
	request_lines_lay_out(&s->lines, g->cols);
	s->scroll.n_rows = (long)s->lines.n_rows;
	top = page_scroll_top(&s->scroll);
	for (int i = 0; i < s->scroll.height && top + i < (long)s->lines.n_rows; i++)
		request_lines_draw(&s->lines, (size_t)(top + i), g, (struct rect){i, 0, 1, g->cols});
}

static void
draw(struct app *app, struct grid *g)
{
	static const struct hint_row rows[] = {{"request-close", "close"}, {"request-copy", "copy as curl"},
	        {"request-section", "JSON, prompt"}, {"request-page-down", "down"}};
	struct buf words = {0};

	grid_clear(g);
	draw_rows(state(app), g);
	hint_put_rows(&words, &app->keymap, CONTEXT_REQUEST, rows, ARRAY_LEN(rows), status_words_cols(app, g->cols));
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_REQUEST;
}

static void
release(void *state)
{
	struct request_state *s = state;

	forget(s);
	request_lines_release(&s->lines);
	buf_release(&s->json.text);
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
        .state_size = sizeof(struct request_state),
        .release = release};

const struct view *
request_page(void)
{
	return &page_view;
}

/* ---- what keys do ---- */

bool
request_page_open(struct app *app)
{
	if (model_names_wait(app))
		return false;
	if (sent_stream(app->pane->talk->sent) == 0)
		return app_refuse(app, "nothing was sent in this conversation since flynn has opened it");
	view_open(app, &page_view);
	show(app);
	return true;
}

void
request_page_close(struct app *app)
{
	view_close(app, &page_view);
}

static void
copy_command(struct app *app, const struct talk *talk)
{
	struct sent_again again;
	struct http_request request;
	struct buf command = {0};
	struct err err;

	sent_again(talk->sent, talk->session.conversation, NULL, &again);
	if (model_encode(sent_client(talk->sent), &again.request, &request, &err)) {
		curl_command_put(&command, &request);
		(void)copy_text(app, &command, "the request as a curl command");
		http_request_release(&request);
	} else {
		app_say(app, true, err.text);
	}
	buf_release(&command);
	sent_again_release(&again);
}

void
request_page_copy(struct app *app)
{
	const struct talk *talk = app->pane->talk;
	char *words;

	if (all_bytes(talk) <= COPY_MAX) {
		copy_command(app, talk);
		return;
	}
	words = mem_printf("a request of %.1f MB is too large to be copied", (double)all_bytes(talk) / 1e6);
	app_say(app, true, words);
	free(words);
}

void
request_page_lines(struct app *app, int way)
{
	page_scroll_lines(&state(app)->scroll, way);
}

void
request_page_screens(struct app *app, int way)
{
	page_scroll_screens(&state(app)->scroll, way);
}

void
request_page_end(struct app *app, int way)
{
	page_scroll_end(&state(app)->scroll, way);
}

void
request_page_section(struct app *app)
{
	struct request_state *s = state(app);
	size_t next = request_lines_next_heading(&s->lines, (size_t)page_scroll_top(&s->scroll));

	s->scroll.wanted = page_scroll_is_at_end(&s->scroll) ? 0 : (long)next;
}
