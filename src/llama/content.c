/*
 * content.c - what is short is escaped at once; texts and files are left to the writer.
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

/* Made at once: it need not stay. */
static void
put_short(struct body_writer *w, const char *text)
{
	struct buf escaped = {0};

	json_put_escaped(&escaped, text, strlen(text));
	body_writer_plain(w, buf_text(&escaped));
	buf_release(&escaped);
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
put_fence(struct body_writer *w, size_t length)
{
	while (length-- > 0)
		body_writer_plain(w, "`");
}

/* On one line, whatever the name of a file may hold. */
static void
put_name(struct body_writer *w, const char *name)
{
	char *line = mem_strdup(name);

	for (char *c = line; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	put_short(w, line);
	free(line);
}

static void
put_file(struct body_writer *w, const struct attachment *a)
{
	size_t fence = fence_length(a);

	put_name(w, a->name);
	body_writer_plain(w, "\\n");
	put_fence(w, fence);
	body_writer_plain(w, "\\n");
	body_writer_text(w, a->data, a->size);
	if (a->size > 0 && a->data[a->size - 1] != '\n')
		body_writer_plain(w, "\\n");
	put_fence(w, fence);
}

/* The prompt and all files of text, a blank line between them. */
static void
put_text(struct body_writer *w, const struct chat_message *m)
{
	bool is_first = !*m->content;

	body_writer_plain(w, "\"");
	body_writer_text(w, m->content, strlen(m->content));
	for (size_t i = 0; m->attachments && i < m->attachments->n; i++) {
		if (m->attachments->items[i]->kind != ATTACHMENT_TEXT)
			continue;
		if (!is_first)
			body_writer_plain(w, "\\n\\n");
		put_file(w, m->attachments->items[i]);
		is_first = false;
	}
	body_writer_plain(w, "\"");
}

/* ---- parts ---- */

static void
put_image_part(struct body_writer *w, struct attachment *a)
{
	body_writer_plain(w, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:");
	put_short(w, a->type);
	body_writer_plain(w, ";base64,");
	body_writer_base64(w, a);
	body_writer_plain(w, "\"}}");
}

/* The server's name for a format: "wav", "mp3", "flac". */
static const char *
audio_format(const char *type)
{
	const char *slash = strchr(type, '/');

	return strcmp(type, "audio/mpeg") == 0 ? "mp3" : slash ? slash + 1 : type;
}

static void
put_audio_part(struct body_writer *w, struct attachment *a)
{
	body_writer_plain(w, "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"");
	body_writer_base64(w, a);
	body_writer_plain(w, "\",\"format\":\"");
	put_short(w, audio_format(a->type));
	body_writer_plain(w, "\"}}");
}

static void
put_parts(struct body_writer *w, const struct chat_message *m)
{
	bool is_first = !*m->content && !attachments_find(m->attachments, ATTACHMENT_TEXT);

	body_writer_plain(w, "[");
	if (!is_first) {
		body_writer_plain(w, "{\"type\":\"text\",\"text\":");
		put_text(w, m);
		body_writer_plain(w, "}");
	}
	for (size_t i = 0; i < m->attachments->n; i++) {
		struct attachment *a = m->attachments->items[i];

		if (a->kind == ATTACHMENT_TEXT)
			continue;
		if (!is_first)
			body_writer_plain(w, ",");
		if (a->kind == ATTACHMENT_IMAGE)
			put_image_part(w, a);
		else
			put_audio_part(w, a);
		is_first = false;
	}
	body_writer_plain(w, "]");
}

static bool
has_parts(const struct attachments *list)
{
	return list && (attachments_find(list, ATTACHMENT_IMAGE) || attachments_find(list, ATTACHMENT_AUDIO));
}

void
content_put(const struct chat_message *m, struct body_writer *w)
{
	body_writer_plain(w, "\"content\":");
	if (has_parts(m->attachments))
		put_parts(w, m);
	else
		put_text(w, m);
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
