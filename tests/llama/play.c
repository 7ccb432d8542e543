/*
 * play.c - feeds as net/ does: what a held reply has not used is fed again.
 */
#include "tests/llama/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "llama/model_client.h"
#include "llama/token_pack.h"

struct player {
	const struct play *how;
	struct buf *out;
	struct reply *reply;
	struct err err;
	enum reply_status status;
};

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	printf("Bail out! a reply %s\n", what);
	fflush(stdout);
	abort();
}

static void
put_text(struct buf *out, const char *name, const struct chat_event *e)
{
	must(utf8_span(e->text, e->len) == e->len, "told text that is not well-formed");
	buf_printf(out, "%s(", name);
	buf_put(out, e->text, e->len);
	buf_puts(out, ") ");
}

/* "token(H -877 H -877 L -2061)": the token, then its candidates; not whole: "token(?)". */
static void
put_token(struct buf *out, const struct chat_event *e)
{
	struct token_told told;
	struct token_rest rest = {0};
	struct token_candidate c;
	const char *s;

	if (!token_read_told(e->text, e->len, &told) ||
	        !(s = told.rest, token_read_rest(&s, told.rest + told.rest_n, &rest))) {
		buf_puts(out, "token(?) ");
		return;
	}
	buf_printf(out, "token(%.*s%s -%u", (int)told.n, told.s, told.flags & TOKEN_PART ? "?" : "", rest.nats);
	s = rest.candidates;
	for (size_t i = 0; i < rest.n_candidates && token_read_candidate(&s, rest.end, &c); i++)
		buf_printf(out, "%s%.*s -%u", i + 1 == rest.own ? " *" : " ", (int)c.n, c.s, c.nats);
	buf_puts(out, ") ");
}

static void
put_event(struct buf *out, const struct chat_event *e)
{
	switch (e->type) {
	case CHAT_EVENT_PROGRESS:
		buf_printf(out, "progress(%lld,%lld,%lld,%lld) ", (long long)e->progress.total,
		        (long long)e->progress.cached, (long long)e->progress.processed, (long long)e->progress.ms);
		break;
	case CHAT_EVENT_MODEL:
		put_text(out, "model", e);
		break;
	case CHAT_EVENT_REASONING:
		put_text(out, "reasoning", e);
		break;
	case CHAT_EVENT_CONTENT:
		put_text(out, "content", e);
		break;
	case CHAT_EVENT_CONNECTION:
		buf_puts(out, e->lost ? "lost " : "back ");
		break;
	case CHAT_EVENT_TOKEN:
		put_token(out, e);
		break;
	case CHAT_EVENT_WAS_REASONING:
		buf_puts(out, "was_reasoning ");
		break;
	case CHAT_EVENT_TOOL_CALL:
		buf_printf(out, "tool(%d,%s,%s,%.*s) ", e->tool_call.index, e->tool_call.id ? e->tool_call.id : "",
		        e->tool_call.name ? e->tool_call.name : "", (int)e->len, e->text);
		break;
	case CHAT_EVENT_FINISH:
		put_text(out, "finish", e);
		break;
	case CHAT_EVENT_USAGE:
		buf_printf(out, "usage(%lld,%lld,%lld) ", (long long)e->usage.prompt_tokens,
		        (long long)e->usage.completion_tokens, (long long)e->usage.cached_tokens);
		break;
	case CHAT_EVENT_TIMINGS:
		buf_printf(out, "timings(%lld,%lld,%lld", (long long)e->timings.cache_n, (long long)e->timings.prompt_n,
		        (long long)e->timings.predicted_n);
		if (e->timings.draft_n != 0)
			buf_printf(out, ",%lld of %lld", (long long)e->timings.draft_n_accepted,
			        (long long)e->timings.draft_n);
		buf_puts(out, ") ");
		break;
	case CHAT_EVENT_ID: /* every chunk has one; tests/llama/reply.c is about the rest */
		break;
	case CHAT_EVENT_LULL:
		must(false, "told a lull");
	}
}

static bool
on_event(void *arg, const struct chat_event *event)
{
	struct player *p = arg;

	put_event(p->out, event);
	return !p->how->hold;
}

/* A copy of the piece's exact size, so that AddressSanitizer sees a read after it. */
static void
feed_piece(struct player *p, const char *bytes, size_t n)
{
	char *piece = malloc(n > 0 ? n : 1);
	size_t at = 0, used;

	must(piece != NULL, "has no memory");
	if (n > 0)
		memcpy(piece, bytes, n);
	do {
		used = 0;
		p->status = reply_feed(p->reply, piece + at, n - at, &used, &p->err);
		must(used <= n - at, "used more than it was given");
		must(p->status != REPLY_MORE || used == n - at, "left bytes without a reason");
		must(p->status != REPLY_HELD || p->how->hold, "was held without a reason");
		at += used;
	} while (p->status == REPLY_HELD);
	free(piece);
}

static void
put_end(struct player *p)
{
	const struct err *broken = p->how->broken.code == ERR_NONE ? NULL : &p->how->broken;

	if (p->status != REPLY_FAILED && reply_finish(p->reply, broken, &p->err)) {
		buf_puts(p->out, "| complete");
		return;
	}
	must(p->status != REPLY_DONE, "was done, but not complete");
	must(p->err.code != ERR_NONE && p->err.text[0] != '\0', "failed without a word");
	buf_printf(p->out, "| %s: %s", err_name(p->err.code), p->err.text);
}

static void
put_head(struct player *p)
{
	const struct play *how = p->how;
	struct http_head head = {
	        .status = how->status ? how->status : 200,
	        .reason = how->reason ? how->reason : "",
	        .content_type = how->content_type ? how->content_type
	                        : how->whole      ? "application/json; charset=utf-8"
	                                          : "text/event-stream",
	        .location = how->location ? how->location : "",
	        .server = "llama.cpp",
	};

	if (!how->no_head)
		reply_head(p->reply, &head);
}

void
play(const struct play *how, const char *body, size_t len, struct buf *out)
{
	struct model_settings settings = {.provider = how->openai ? "openai" : NULL,
	        .model = how->openai ? "qwen3" : NULL,
	        .endpoint = "http://localhost:8080",
	        .auth_token = how->token ? how->token : PLAY_TOKEN};
	struct player p = {.how = how, .out = out};
	struct model_client *client = model_client_new(&settings, &p.err);

	p.reply = reply_new(client, !how->whole, (struct reply_sink){on_event, &p});
	put_head(&p);
	for (size_t at = 0; at < len && p.status <= REPLY_HELD;) {
		size_t piece = at == 0 && how->first > 0 ? how->first : how->every;

		if (piece == 0 || piece > len - at)
			piece = len - at;
		feed_piece(&p, body + at, piece);
		at += piece;
	}
	put_end(&p);
	reply_free(p.reply);
	model_client_free(client);
}
