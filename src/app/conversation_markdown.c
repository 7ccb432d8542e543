/*
 * conversation_markdown.c - headings, and texts that end where they should: code that was broken off is closed, or it would swallow the
 * next heading.
 */
#include "app/conversation_markdown.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/clean.h"
#include "text/fence.h"

enum {
	MESSAGE_COST = 1024, /* of a short message in a step, in bytes of its text */
};

static void
put_heading(const struct message *m, struct buf *out)
{
	char *model = clean_line(buf_text(&m->model));

	buf_puts(out, out->len > 0 ? "\n## " : "## ");
	if (m->role == CHAT_USER)
		buf_puts(out, "You");
	else
		buf_puts(out, *model ? model : "Assistant");
	buf_puts(out, "\n\n");
	free(model);
}

static void
end_text(const struct fences *read, const char *text, size_t n, struct buf *out)
{
	fences_close_read(*read, text, n, out);
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_putc(out, '\n');
}

static void
put_system(const char *text, struct buf *out)
{
	struct fences read = {0};
	size_t n = strlen(text);

	buf_puts(out, "## System\n\n");
	buf_put(out, text, n);
	fences_count(&read, text, n, true);
	end_text(&read, text, n, out);
}

/* Why a message is not complete. */
static void
put_state(const struct message *m, struct buf *out)
{
	if (m->state == MESSAGE_COMPLETE)
		return;
	buf_printf(out, "%s*(%s)*\n", m->content.len > 0 ? "\n" : "", message_state_name(m->state));
}

/* Lowers `bytes` by what it costs. False: there is more of the message. */
static bool
put_part(struct markdown_steps *s, const struct message *m, size_t *bytes, struct buf *out)
{
	const char *text = buf_text(&m->content);
	size_t left = m->content.len - s->at, part = left < *bytes ? left : *bytes;

	if (!s->headed)
		put_heading(m, out);
	s->headed = true;
	buf_put(out, text + s->at, part);
	s->at += part;
	fences_count(&s->fences, text, s->at, part == left);
	*bytes -= part + MESSAGE_COST < *bytes ? part + MESSAGE_COST : *bytes;
	return part == left;
}

bool
markdown_put_step(struct markdown_steps *s, struct conversation *c, size_t bytes, struct buf *out)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	if (!s->begun && conversation_system(c))
		put_system(conversation_system(c), out);
	s->begun = true;
	while (s->message < n && bytes > 0) {
		const struct message *m = path[s->message];

		if (!put_part(s, m, &bytes, out))
			return false;
		end_text(&s->fences, buf_text(&m->content), m->content.len, out);
		put_state(m, out);
		*s = (struct markdown_steps){.begun = true, .message = s->message + 1};
	}
	return s->message == n;
}

void
markdown_put_conversation(struct conversation *c, struct buf *out)
{
	struct markdown_steps steps = {0};

	while (!markdown_put_step(&steps, c, SIZE_MAX, out))
		;
}
