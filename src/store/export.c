/*
 * export.c - the frame around the conversations, and their texts for people. Code that was broken off is closed, or it
 * would swallow the next heading.
 */
#include "store/export.h"

#include <string.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/size_words.h"
#include "store/json_write.h"
#include "text/clean.h"
#include "text/fence.h"

/* ---- formats ---- */

static const char *const names[] = {[EXPORT_MARKDOWN] = "md", [EXPORT_TEXT] = "txt", [EXPORT_JSON] = "json"};

bool
export_format_named(const char *name, enum export_format *format)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0) {
			*format = (enum export_format)i;
			return true;
		}
	return false;
}

bool
export_format_of_file(const char *path, enum export_format *format)
{
	const char *point = strrchr(path, '.');

	return point && export_format_named(point + 1, format);
}

/* ---- texts for people ---- */

/* What is written next stands on a line of its own. */
static void
end_line(struct buf *to)
{
	if (to->len > 0 && to->data[to->len - 1] != '\n')
		buf_putc(to, '\n');
}

/* Puts a mark before each line. */
static void
put_quoted(struct buf *to, const char *mark, const struct buf *text)
{
	const char *s = buf_text(text), *end = s + text->len;

	while (s < end) {
		const char *feed = memchr(s, '\n', (size_t)(end - s)), *next = feed ? feed + 1 : end;

		buf_puts(to, mark);
		buf_put(to, s, (size_t)(next - s));
		s = next;
	}
	end_line(to);
}

/* A name must not end its line. */
static void
put_in_line(struct buf *to, const char *text)
{
	for (; *text; text++)
		buf_putc(to, *text == '\n' || *text == '\r' ? ' ' : *text);
}

/* For Markdown, which people look at in terminals too: no control character is left in it, but line feeds and tabs. */
static void
put_clean(struct buf *to, const char *text, size_t n)
{
	struct clean clean = {.tabs = true};

	clean_text(&clean, text, n, to);
	clean_end(&clean, to);
}

static void
put_clean_line(struct buf *to, const char *text)
{
	struct buf line = {0};

	put_in_line(&line, text);
	put_clean(to, buf_text(&line), line.len);
	buf_release(&line);
}

/* A text with its fences closed, at the end of a line. */
static void
put_markdown(struct buf *to, const char *text, size_t n)
{
	struct buf closing = {0};
	size_t from = to->len;

	put_clean(to, text, n);
	fences_close(buf_text(to) + from, to->len - from, &closing);
	buf_put(to, buf_text(&closing), closing.len);
	end_line(to);
	buf_release(&closing);
}

static void
put_time(struct buf *to, int64_t ms)
{
	if (ms == 0)
		return;
	buf_puts(to, " · ");
	date_put_local(to, ms);
}

/* "You · 2026-01-31 23:59", "tiny · 2026-01-31 23:59 · 2 of 3 · stopped". */
static void
put_who(struct buf *to, const struct conversation *c, const struct message *m)
{
	size_t of, number = conversation_sibling_number(c, m, &of);

	if (m->role == CHAT_ASSISTANT)
		put_in_line(to, m->model.len > 0 ? buf_text(&m->model) : "Assistant");
	else
		buf_puts(to, m->role == CHAT_USER ? "You"
		             : m->is_summary      ? "Summary of what was said before"
		                                  : "System");
	put_time(to, m->created_ms);
	if (of > 1)
		buf_printf(to, " · %zu of %zu", number, of);
	if (m->state == MESSAGE_STREAMING)
		buf_puts(to, " · not finished");
	else if (m->state != MESSAGE_COMPLETE)
		buf_printf(to, " · %s", message_state_name(m->state));
	if (m->is_edited)
		buf_puts(to, " · edited");
	if (message_is_muted(m))
		buf_puts(to, " · muted");
}

static const char *
title_of(const struct conversation_info *info)
{
	return info->title.len > 0 ? buf_text(&info->title) : "Untitled conversation";
}

/* "Tags: home, work", where there are any. */
static void
put_tags(struct buf *to, const struct conversation_info *info)
{
	for (size_t i = 0; i < info->tags.n; i++)
		buf_printf(to, "%s%s", i == 0 ? "\nTags: " : ", ", info->tags.names[i]);
	if (info->tags.n > 0)
		buf_putc(to, '\n');
}

static void
put_reasoning(struct buf *to, const struct buf *reasoning)
{
	struct buf clean = {0};

	put_clean(&clean, buf_text(reasoning), reasoning->len);
	buf_puts(to, "<details><summary>Reasoning</summary>\n\n");
	put_quoted(to, "> ", &clean);
	buf_puts(to, "\n</details>\n\n");
	buf_release(&clean);
}

/* " (image, 1.1 MiB)". */
static void
put_kind(struct buf *to, const struct attachment *a)
{
	char size[SIZE_WORDS_MAX];

	size_words((int64_t)a->size, size);
	buf_printf(to, " (%s, %s)\n", attachment_kind_name(a->kind), size);
}

/* As code, in which no sign is Markdown: between more backticks than stand together in it. */
static void
put_code(struct buf *to, const char *text)
{
	size_t longest = 0, n;

	for (const char *at = text; (at = strchr(at, '`')) != NULL; at += n) {
		n = strspn(at, "`");
		longest = n > longest ? n : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		buf_putc(to, '`');
	buf_puts(to, longest > 0 ? " " : "");
	put_in_line(to, text);
	buf_puts(to, longest > 0 ? " " : "");
	for (size_t i = 0; i <= longest; i++)
		buf_putc(to, '`');
}

static void
put_markdown_attachments(struct buf *to, const struct message *m)
{
	const struct attachments *list = &m->attachments;
	struct buf lines = {0};

	for (size_t i = 0; i < list->n; i++) {
		buf_puts(&lines, i > 0 ? "- " : m->content.len > 0 ? "\nAttached:\n\n- " : "Attached:\n\n- ");
		put_code(&lines, list->items[i]->name);
		put_kind(&lines, list->items[i]);
	}
	put_clean(to, buf_text(&lines), lines.len);
	buf_release(&lines);
}

static void
put_markdown_message(struct buf *to, const struct conversation *c, const struct message *m)
{
	struct buf who = {0};

	put_who(&who, c, m);
	buf_puts(to, "\n## ");
	put_clean(to, buf_text(&who), who.len);
	buf_puts(to, "\n\n");
	if (m->reasoning.len > 0)
		put_reasoning(to, &m->reasoning);
	put_markdown(to, buf_text(&m->content), m->content.len);
	put_markdown_attachments(to, m);
	buf_release(&who);
}

static void
put_markdown_head(struct buf *to, struct conversation *c)
{
	const struct conversation_info *info = conversation_info(c);
	const char *system = conversation_system(c);

	buf_puts(to, "# ");
	put_clean_line(to, title_of(info));
	buf_putc(to, '\n');
	put_tags(to, info);
	if (system) {
		buf_puts(to, "\n## System\n\n");
		put_markdown(to, system, strlen(system));
	}
}

static void
put_text_message(struct buf *to, const struct conversation *c, const struct message *m)
{
	buf_puts(to, "\n--- ");
	put_who(to, c, m);
	buf_puts(to, "\n\n");
	if (m->reasoning.len > 0) {
		put_quoted(to, "| ", &m->reasoning);
		buf_putc(to, '\n');
	}
	buf_put(to, buf_text(&m->content), m->content.len);
	end_line(to);
	for (size_t i = 0; i < m->attachments.n; i++) {
		buf_puts(to, i == 0 && m->content.len > 0 ? "\nattached: " : "attached: ");
		put_in_line(to, m->attachments.items[i]->name);
		put_kind(to, m->attachments.items[i]);
	}
}

static void
put_text_head(struct buf *to, struct conversation *c)
{
	const char *system = conversation_system(c);

	put_in_line(to, title_of(conversation_info(c)));
	buf_putc(to, '\n');
	put_tags(to, conversation_info(c));
	if (system) {
		buf_puts(to, "\n--- System\n\n");
		buf_puts(to, system);
		end_line(to);
	}
}

static const struct {
	void (*put_head)(struct buf *, struct conversation *);
	void (*put_message)(struct buf *, const struct conversation *, const struct message *);
	const char *between;
} styles[] = {
        [EXPORT_MARKDOWN] = {put_markdown_head, put_markdown_message, "\n---\n\n"},
        [EXPORT_TEXT] = {put_text_head, put_text_message, "\n\n"},
};

static void
flush(struct buf *text, FILE *file)
{
	fwrite(buf_text(text), 1, text->len, file);
	buf_clear(text);
}

static void
write_text(const struct export *e, struct conversation *c)
{
	struct buf text = {0};
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	if (e->n > 0)
		buf_puts(&text, styles[e->format].between);
	styles[e->format].put_head(&text, c);
	for (size_t i = 0; i < n; i++) {
		styles[e->format].put_message(&text, c, path[i]);
		flush(&text, e->file);
	}
	flush(&text, e->file);
	buf_release(&text);
}

/* ---- a file ---- */

void
export_begin(struct export *e, FILE *file, enum export_format format)
{
	*e = (struct export){file, format, 0};
	if (format == EXPORT_JSON)
		fprintf(file, "{\"format\":\"" EXPORT_FORMAT "\",\"version\":%d,\"conversations\":[", EXPORT_VERSION);
}

void
export_conversation(struct export *e, struct loaded *loaded)
{
	if (e->format == EXPORT_JSON) {
		fputs(e->n > 0 ? ",\n" : "\n", e->file);
		json_write_conversation(e->file, loaded, true);
	} else {
		write_text(e, loaded->conversation);
	}
	e->n++;
}

void
export_end(struct export *e)
{
	if (e->format == EXPORT_JSON)
		fputs("\n]}\n", e->file);
}
