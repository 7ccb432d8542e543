/*
 * content.c - texts are escaped straight into the body; of pictures and sounds the body has the place only.
 */
#include "llama/content.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/json_put.h"
#include "base/mem.h"

enum {
	FENCE_LEAST = 3, /* backticks */
};

/* ---- files of text ---- */

static void
put_escaped(struct buf *body, const char *text)
{
	json_put_escaped(body, text, strlen(text));
}

/* Of backticks, longer than any run of them in the text. */
static size_t
fence_length(const struct attachment *a)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < a->size; i++) {
		run = a->data[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest < FENCE_LEAST ? FENCE_LEAST : longest + 1;
}

static void
put_fence(struct buf *body, size_t length)
{
	while (length-- > 0)
		buf_putc(body, '`');
}

/* On one line, whatever the name of a file may hold. */
static void
put_name(struct buf *body, const char *name)
{
	char *line = mem_strdup(name);

	for (char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	put_escaped(body, line);
	free(line);
}

static void
put_file(struct buf *body, const struct attachment *a)
{
	size_t fence = fence_length(a);

	put_name(body, a->name);
	put_escaped(body, "\n");
	put_fence(body, fence);
	put_escaped(body, "\n");
	json_put_escaped(body, a->data, a->size);
	if (a->size > 0 && a->data[a->size - 1] != '\n')
		put_escaped(body, "\n");
	put_fence(body, fence);
}

/* The prompt and all files of text, a blank line between them. */
static void
put_text(struct buf *body, const struct chat_message *m)
{
	bool is_first = !*m->content;

	buf_putc(body, '"');
	put_escaped(body, m->content);
	for (size_t i = 0; m->attachments && i < m->attachments->n; i++) {
		if (m->attachments->items[i]->kind != ATTACHMENT_TEXT)
			continue;
		if (!is_first)
			put_escaped(body, "\n\n");
		put_file(body, m->attachments->items[i]);
		is_first = false;
	}
	buf_putc(body, '"');
}

/* ---- parts ---- */

static void
begin_part(struct buf *body, const char *type)
{
	json_put_comma(body);
	buf_putc(body, '{');
	json_put_text(body, "type", type);
}

static void
put_text_part(struct buf *body, const struct chat_message *m)
{
	begin_part(body, "text");
	json_put_name(body, "text");
	put_text(body, m);
	buf_putc(body, '}');
}

static void
put_image_part(struct buf *body, struct attachment *a, struct http_request *request)
{
	begin_part(body, "image_url");
	json_put_name(body, "image_url");
	buf_putc(body, '{');
	json_put_name(body, "url");
	buf_puts(body, "\"data:");
	put_escaped(body, a->type);
	buf_puts(body, ";base64,");
	http_request_insert(request, body->len, a);
	buf_puts(body, "\"}}");
}

/* The server's name for a format: "wav", "mp3", "flac". */
static const char *
audio_format(const char *type)
{
	const char *slash = strchr(type, '/');

	return strcmp(type, "audio/mpeg") == 0 ? "mp3" : slash ? slash + 1 : type;
}

static void
put_audio_part(struct buf *body, struct attachment *a, struct http_request *request)
{
	begin_part(body, "input_audio");
	json_put_name(body, "input_audio");
	buf_putc(body, '{');
	json_put_name(body, "data");
	buf_putc(body, '"');
	http_request_insert(request, body->len, a);
	buf_putc(body, '"');
	json_put_text(body, "format", audio_format(a->type));
	buf_puts(body, "}}");
}

static void
put_parts(struct buf *body, const struct chat_message *m, struct http_request *request)
{
	buf_putc(body, '[');
	if (*m->content || attachments_find(m->attachments, ATTACHMENT_TEXT))
		put_text_part(body, m);
	for (size_t i = 0; i < m->attachments->n; i++) {
		struct attachment *a = m->attachments->items[i];

		if (a->kind == ATTACHMENT_IMAGE)
			put_image_part(body, a, request);
		else if (a->kind == ATTACHMENT_AUDIO)
			put_audio_part(body, a, request);
	}
	buf_putc(body, ']');
}

static bool
has_parts(const struct attachments *list)
{
	return list && (attachments_find(list, ATTACHMENT_IMAGE) || attachments_find(list, ATTACHMENT_AUDIO));
}

void
content_put(const struct chat_message *m, struct buf *body, struct http_request *request)
{
	json_put_name(body, "content");
	if (has_parts(m->attachments))
		put_parts(body, m, request);
	else
		put_text(body, m);
}

/* ---- sizes ---- */

size_t
content_text_bytes(const struct chat_message *m)
{
	size_t bytes = strlen(m->content) + (m->reasoning ? strlen(m->reasoning) : 0);

	for (size_t i = 0; m->attachments && i < m->attachments->n; i++)
		if (m->attachments->items[i]->kind == ATTACHMENT_TEXT)
			bytes += m->attachments->items[i]->size;
	return bytes;
}

size_t
content_media_bytes(const struct attachments *list)
{
	size_t bytes = 0;

	for (size_t i = 0; list && i < list->n; i++)
		if (list->items[i]->kind != ATTACHMENT_TEXT)
			bytes += base64_length(list->items[i]->size);
	return bytes;
}
