/*
 * media_refusal.c - a table of llama-server's words (b11669), and of what is said instead.
 */
#include "llama/media_refusal.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "llama/attachment.h"

enum {
	TEXT_BYTES_A_TOKEN = 2, /* fewer have texts that are no noise */
};

/* Begins the marker that a server puts in the place of a picture. */
static const char marker[] = "<__media_";

/* What the request was made of, and who refused it. */
struct sent_media {
	const struct model_client *client;
	const char *name; /* of the last picture or sound; NULL: it has none */
	size_t n, sounds; /* pictures and sounds, and the sounds among them */
	size_t text;      /* bytes of all texts */
	bool has_marker;
};

static void
look_at_attachments(const struct attachments *list, struct sent_media *sent)
{
	for (size_t i = 0; list && i < list->n; i++) {
		const struct attachment *a = list->items[i];

		if (a->kind == ATTACHMENT_TEXT) {
			sent->text += a->size;
			sent->has_marker = sent->has_marker || strstr(a->data, marker);
		} else {
			sent->name = a->name;
			sent->n++;
			sent->sounds += a->kind == ATTACHMENT_AUDIO;
		}
	}
}

static struct sent_media
look_at(const struct model_client *client, const struct chat_message *messages, size_t n)
{
	struct sent_media sent = {.client = client};

	for (size_t i = 0; i < n; i++) {
		sent.text += strlen(messages[i].content);
		sent.has_marker = sent.has_marker || strstr(messages[i].content, marker);
		look_at_attachments(messages[i].attachments, &sent);
	}
	return sent;
}

/* "p.png", or "one of the 3 files (the last one is p.png)". */
static void
put_files(const struct sent_media *sent, struct buf *out)
{
	if (sent->n == 1)
		buf_puts(out, sent->name);
	else
		buf_printf(out, "one of the %zu files (the last one is %s)", sent->n, sent->name);
}

/* ---- words, each about what was sent ---- */

static void
say_lacks(const struct sent_media *sent, const char *what, struct buf *out)
{
	if (model_is_llama_server(sent->client))
		buf_printf(out, "the model takes no %s: choose one that does, or start its llama-server with --mmproj",
		        what);
	else
		buf_printf(out, "%s takes no %s: choose a model that does", sent->client->server_name, what);
}

static void
say_no_eyes(const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	say_lacks(sent, "pictures", out);
}

static void
say_no_ears(const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	say_lacks(sent, "sounds", out);
}

static void
say_not_decoded(const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	buf_puts(out, "the server cannot read ");
	put_files(sent, out);
	buf_puts(out, ": it is damaged, or too large; save it again, as PNG or WAV, or leave it out");
}

static void
say_too_old(const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	buf_printf(out, "the server takes no files of this kind with a prompt%s",
	        model_is_llama_server(sent->client) ? ": a newer llama-server does" : "");
}

static void
say_marker(UNUSED const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	buf_printf(out, "a text holds a marker that the server uses itself (%s…): take it out of the text", marker);
}

static void
say_too_large(const struct sent_media *sent, UNUSED const struct err *why, struct buf *out)
{
	buf_puts(out, sent->n > 0 ? "the request is too large for the server: attach less, or smaller files; those of "
	                            "earlier prompts are sent again"
	                          : "the request is too large for the server: send less text");
}

/* "the request (5078 tokens) exceeds the available context size (4096 tokens), try increasing it" */
static void
say_no_room(const struct sent_media *sent, const struct err *why, struct buf *out)
{
	const char *size = strstr(why->text, "context size (");
	long long tokens = 0;
	bool is_media = size && sscanf(size, "context size (%lld tokens)", &tokens) == 1 &&
	                (int64_t)(sent->text / TEXT_BYTES_A_TOKEN) < tokens;

	buf_puts(out, is_media ? "what does not fit into the context is " : "the context has no room, and it holds ");
	if (sent->n == 1)
		buf_puts(out, sent->name);
	else
		buf_printf(out, "the %zu %s", sent->n,
		        sent->sounds == 0         ? "pictures"
		        : sent->sounds == sent->n ? "sounds"
		                                  : "pictures and sounds");
	buf_puts(out, model_is_llama_server(sent->client)
	                      ? ": attach less, or start llama-server with a larger -c, or a smaller --image-max-tokens"
	                      : ": attach less, or have its server give the model a larger context");
}

/* ---- the table ---- */

static const struct refusal {
	const char *words; /* the server's, or a part of them */
	enum err_code code;
	bool of_media; /* only where there was a picture or a sound */
	void (*say)(const struct sent_media *, const struct err *, struct buf *);
} refusals[] = {
        {"image input is not supported", ERR_SERVER, true, say_no_eyes},
        {"audio input is not supported", ERR_SERVER, true, say_no_ears},
        {"Failed to load image or audio file", ERR_SERVER, true, say_not_decoded},
        {"Invalid base64 value", ERR_SERVER, true, say_not_decoded},
        {"uri must be base64 encoded", ERR_SERVER, true, say_not_decoded},
        {"Invalid uri format", ERR_SERVER, true, say_not_decoded},
        {"unsupported content[].type", ERR_SERVER, true, say_too_old},
        {"HTTP 413", ERR_SERVER, false, say_too_large},
        {"", ERR_CONTEXT, true, say_no_room},
};

static const struct refusal *
find_refusal(const struct sent_media *sent, const struct err *why)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
		if (refusals[i].code == why->code && strstr(why->text, refusals[i].words) &&
		        (sent->n > 0 || !refusals[i].of_media))
			return &refusals[i];
	return NULL;
}

void
media_refusal_explain(const struct model_client *client, const struct chat_message *messages, size_t n, struct err *why)
{
	static const struct refusal marked = {"Failed to tokenize prompt", ERR_SERVER, false, say_marker};
	const struct sent_media sent = look_at(client, messages, n);
	const struct refusal *refusal = find_refusal(&sent, why);
	struct buf words = {0};

	if (sent.has_marker && strstr(why->text, marked.words))
		refusal = &marked;
	if (!refusal)
		return;
	refusal->say(&sent, why, &words);
	buf_printf(&words, " (the server: %s)", why->text);
	err_set(why, why->code, "%s", buf_text(&words));
	buf_release(&words);
}
