/*
 * completion.c - what comes of a chat: a stream of chunks, one object, or a refusal.
 *
 * The head decides how the body is read: as a stream of events, as one whole JSON object, or as a refusal. The rules of
 * when a reply is complete, and of what is said when it is not, are here and nowhere else.
 */
#include "llama/completion.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/answer.h"
#include "llama/chunk.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/server_error.h"
#include "llama/sse.h"
#include "llama/teller.h"

enum {
	BODY_MAX = 128 * 1024 * 1024, /* bytes of a whole reply's JSON: escapes take room */
};

enum mode {
	AWAITS_HEAD,
	STREAM,
	WHOLE,
	REFUSAL, /* 4xx or 5xx: the body says why */
	FAILED,  /* `failure` says why */
};

struct completion {
	struct reply reply;
	enum mode mode;
	bool stream; /* was asked for */
	const struct model_client *client;
	struct http_head head;
	char *reason, *content_type; /* of the head */
	struct sse_parser *sse;
	struct buf body; /* of WHOLE and REFUSAL */
	struct chunk_sink sink;
	struct chunk_scan scan;
	struct teller teller;
	char *stray; /* words of a line that is no field, if no event came after it; or NULL */
	bool done;   /* [DONE] came */
	bool cut;    /* the stream ended inside of an event */
	struct err failure;
};

struct reply *
completion_new(const struct model_client *client, bool stream, struct reply_sink sink)
{
	struct completion *c = mem_alloc(sizeof(*c));

	c->stream = stream;
	c->client = client;
	teller_init(&c->teller, sink, NULL);
	return &c->reply;
}

void
completion_free(struct reply *reply)
{
	struct completion *c = (struct completion *)reply;

	sse_free(c->sse);
	teller_release(&c->teller);
	buf_release(&c->body);
	free(c->reason);
	free(c->content_type);
	free(c->stray);
	free(c);
}

/* ---- the words about an incomplete reply ---- */

/* err says what is wrong; adds that the reply is incomplete. */
static bool
say_incomplete(struct err *err)
{
	static const char words[] = "the reply is incomplete";
	enum err_code code = err->code == ERR_LIMIT ? ERR_LIMIT : ERR_INCOMPLETE;

	if (strstr(err->text, words))
		return false;
	return err_set(err, code, "%s; %s", err->text, words);
}

/* After chunk_decode: the server's own words stay as they are. */
static bool
judge_decoded(const struct completion *c, bool decoded, struct err *err)
{
	if (c->teller.over) {
		err_set(err, ERR_LIMIT, "the reply is longer than %d MiB", TELLER_TEXT_MAX / (1024 * 1024));
		return say_incomplete(err);
	}
	if (!decoded && (err->code == ERR_INCOMPLETE || err->code == ERR_LIMIT))
		return say_incomplete(err);
	return decoded;
}

/* These errors have words of their own, however much had come. */
static bool
speaks_for_itself(const struct err *broken)
{
	return broken->code == ERR_TIMEOUT || broken->code == ERR_UNREACHABLE || broken->code == ERR_TLS ||
	       broken->code == ERR_CANCELLED;
}

static bool
say_broken(const struct completion *c, const struct err *broken, struct err *err)
{
	*err = *broken;
	return c->teller.text == 0 || speaks_for_itself(broken) ? false : say_incomplete(err);
}

static bool
say_why_incomplete(const struct completion *c, const struct err *broken, struct err *err)
{
	bool has_words = c->stray && *c->stray;

	if (broken && (speaks_for_itself(broken) || !has_words))
		return say_broken(c, broken, err);
	if (has_words)
		err_set(err, ERR_INCOMPLETE, "%s", c->stray);
	else if (c->cut)
		err_set(err, ERR_INCOMPLETE, "the stream ended in the middle of an event");
	else
		err_set(err, ERR_INCOMPLETE, "the stream ended without a finish_reason");
	return say_incomplete(err);
}

/* ---- the head ---- */

void
completion_head(struct reply *reply, const struct http_head *head)
{
	static const enum mode modes[] = {
	        [ANSWER_STREAM] = STREAM,
	        [ANSWER_WHOLE] = WHOLE,
	        [ANSWER_REFUSAL] = REFUSAL,
	        [ANSWER_NONE] = FAILED,
	};
	struct completion *c = (struct completion *)reply;

	assert(c->mode == AWAITS_HEAD);
	teller_init(&c->teller, c->reply.sink, client_secret(c->client)); /* a command may have told it since */
	c->sink = (struct chunk_sink){teller_event, &c->teller, client_secret(c->client)};
	c->mode = modes[answer_judge(head, c->stream, c->client, &c->failure)];
	c->reason = mem_strdup(head->reason);
	c->content_type = mem_strdup(head->content_type);
	c->head = (struct http_head){.status = head->status,
	        .reason = c->reason,
	        .content_type = c->content_type,
	        .location = "",
	        .server = ""};
	buf_init(&c->body, c->mode == REFUSAL ? SERVER_ERROR_BODY_MAX : BODY_MAX);
	if (c->mode == STREAM)
		c->sse = sse_new();
}

/* ---- a stream ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static struct sse_field
trimmed(const struct sse_field *field)
{
	struct sse_field f = *field;

	while (f.len > 0 && is_blank(f.value[f.len - 1]))
		f.len--;
	while (f.len > 0 && is_blank(*f.value)) {
		f.value++;
		f.len--;
	}
	return f;
}

static bool
is_named(const struct sse_field *field, const char *name)
{
	return field->name_len == strlen(name) && memcmp(field->name, name, field->name_len) == 0;
}

static bool
on_message(struct completion *c, const struct sse_field *field, struct err *err)
{
	struct sse_field f = trimmed(field);

	if (f.len == 0)
		return true;
	free(c->stray);
	c->stray = NULL;
	if (f.len == strlen("[DONE]") && memcmp(f.value, "[DONE]", f.len) == 0)
		c->done = true;
	else
		return judge_decoded(c, chunk_decode(&c->scan, f.value, f.len, &c->sink, err), err);
	return true;
}

static bool
is_object(const char *line, size_t len)
{
	struct err unused;
	cJSON *value = json_parse(line, len, &unused);
	bool is = cJSON_IsObject(value);

	cJSON_Delete(value);
	return is;
}

/* A line that is no field. One that lacks its "data:" is decoded all the same; of others the first words are kept. */
static bool
on_stray(struct completion *c, const struct sse_field *f, struct err *err)
{
	size_t len = (size_t)(f->value + f->len - f->name);

	if (is_named(f, "error"))
		return server_error_from_field(f->value, f->len, client_secret(c->client), err);
	if (*f->name == '{' && is_object(f->name, len))
		return judge_decoded(c, chunk_decode(&c->scan, f->name, len, &c->sink, err), err);
	if (!c->stray)
		c->stray = server_error_words(f->name, len, client_secret(c->client));
	return true;
}

static bool
on_item(struct completion *c, enum sse_item item, const struct sse_field *f, struct err *err)
{
	switch (item) {
	case SSE_EVENT:
		if (is_named(f, "message"))
			return on_message(c, f, err);
		/* Events of other names are not for us. */
		return !is_named(f, "error") || server_error_from_field(f->value, f->len, client_secret(c->client), err);
	case SSE_STRAY:
		return on_stray(c, f, err);
	case SSE_TOO_LONG:
		err_set(err, ERR_LIMIT, "the server sent an event longer than %d MiB", SSE_EVENT_MAX / (1024 * 1024));
		return say_incomplete(err);
	default:
		return true;
	}
}

static enum reply_status
feed_stream(struct completion *c, const char *bytes, size_t n, size_t *used, struct err *err)
{
	const char *at = bytes;
	struct sse_field field;
	enum sse_item item;

	c->teller.held = false;
	do {
		item = sse_next(c->sse, &at, &n, &field);
		*used = (size_t)(at - bytes);
		if (!on_item(c, item, &field, err))
			return REPLY_FAILED;
		if (c->done)
			return REPLY_DONE;
	} while (item != SSE_NONE && !c->teller.held);
	return c->teller.held ? REPLY_HELD : REPLY_MORE;
}

/* The rest of a line that a broken connection cut is not the server's words. */
static bool
begins_known_field(const struct sse_field *f)
{
	static const char *const names[] = {"data", "event", "retry"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (f->len == 0 && f->name_len < strlen(names[i]) && memcmp(f->name, names[i], f->name_len) == 0)
			return true;
	return false;
}

static bool
finish_stream(struct completion *c, const struct err *broken, struct err *err)
{
	struct sse_field field;
	enum sse_item item;

	while (!c->done && (item = sse_end(c->sse, &field)) != SSE_NONE) {
		if (item == SSE_STRAY && begins_known_field(&field))
			continue;
		if (on_item(c, item, &field, err))
			continue;
		if (err->code != ERR_INCOMPLETE)
			return false;
		chunk_decode_beginning(field.value, field.len, &c->sink);
		c->cut = true;
		break;
	}
	return c->done || c->teller.finished || say_why_incomplete(c, broken, err);
}

/* ---- a whole reply, and a refusal ---- */

static bool
finish_whole(struct completion *c, const struct err *broken, struct err *err)
{
	if (c->body.len == 0)
		return broken ? say_broken(c, broken, err)
		              : err_set(err, ERR_INCOMPLETE, "the server's answer is empty");
	if (!judge_decoded(c, chunk_take(&c->body, &c->sink, err), err)) {
		if (err->code == ERR_INCOMPLETE && c->teller.text == 0)
			chunk_decode_beginning(buf_text(&c->body), c->body.len, &c->sink);
		return broken && err->code == ERR_INCOMPLETE ? say_broken(c, broken, err) : false;
	}
	if (c->teller.finished)
		return true;
	if (broken)
		return say_broken(c, broken, err);
	if (c->teller.text == 0)
		return err_set(err, ERR_INCOMPLETE, "the server's answer holds no reply: is the endpoint right?");
	err_set(err, ERR_INCOMPLETE, "the server's answer has no finish_reason");
	return say_incomplete(err);
}

static enum reply_status
gather_whole(struct completion *c, const char *bytes, size_t n, struct err *err)
{
	if (buf_append(&c->body, bytes, n))
		return REPLY_MORE;
	chunk_decode_beginning(buf_text(&c->body), c->body.len, &c->sink);
	err_set(err, ERR_LIMIT, "the server's answer is longer than %d MiB", BODY_MAX / (1024 * 1024));
	say_incomplete(err);
	return REPLY_FAILED;
}

static enum reply_status
gather_refusal(struct completion *c, const char *bytes, size_t n, struct err *err)
{
	size_t room = SERVER_ERROR_BODY_MAX - c->body.len;

	if (!buf_append(&c->body, bytes, n < room ? n : room))
		abort(); /* there was room */
	if (n < room)
		return REPLY_MORE;
	server_error_from_body(&c->head, c->body.data, c->body.len, true, client_secret(c->client), err);
	return REPLY_FAILED;
}

/* ---- the body ---- */

static enum reply_status
feed_mode(struct completion *c, const char *bytes, size_t n, size_t *used, struct err *err)
{
	*used = n;
	switch (c->mode) {
	case STREAM:
		return feed_stream(c, bytes, n, used, err);
	case WHOLE:
		return gather_whole(c, bytes, n, err);
	case REFUSAL:
		return gather_refusal(c, bytes, n, err);
	default:
		*err = c->failure;
		return REPLY_FAILED;
	}
}

enum reply_status
completion_feed(struct reply *reply, const char *bytes, size_t n, size_t *used, struct err *err)
{
	struct completion *c = (struct completion *)reply;
	enum reply_status status;

	assert(c->mode != AWAITS_HEAD);
	*used = n;
	if (c->done)
		return REPLY_DONE;
	status = feed_mode(c, bytes, n, used, err);
	if (status == REPLY_FAILED)
		teller_end(&c->teller);
	if (status == REPLY_FAILED && c->mode != FAILED) {
		c->mode = FAILED;
		c->failure = *err;
	}
	return status;
}

static bool
finish_mode(struct completion *c, const struct err *broken, struct err *err)
{
	switch (c->mode) {
	case STREAM:
		return finish_stream(c, broken, err);
	case WHOLE:
		return finish_whole(c, broken, err);
	case REFUSAL:
		return server_error_from_body(
		        &c->head, buf_text(&c->body), c->body.len, broken != NULL, client_secret(c->client), err);
	case FAILED:
		*err = c->failure;
		return false;
	default:
		return broken ? say_broken(c, broken, err)
		              : err_set(err, ERR_INCOMPLETE, "the server closed the connection without an answer");
	}
}

bool
completion_finish(struct reply *reply, const struct err *broken, struct err *err)
{
	struct completion *c = (struct completion *)reply;
	bool complete = finish_mode(c, broken, err);

	teller_end(&c->teller);
	return complete;
}

/* A stray line was of somebody on the way, who counts no bytes. A finish_reason is followed by counts and [DONE]: they are worth
 * a try where the connection broke. */
bool
completion_lacks_rest(const struct reply *reply, bool broken)
{
	const struct completion *c = (const struct completion *)reply;

	if (c->mode == AWAITS_HEAD)
		return c->stream;
	return c->mode == STREAM && !c->done && !c->stray && (broken || !c->teller.finished);
}
