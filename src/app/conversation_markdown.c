/*
 * conversation_markdown.c - headings, and texts that end where they should: code that was broken off is closed, or it would swallow the
 * next heading.
 */
#include "app/conversation_markdown.h"

#include <stdlib.h>
#include <string.h>

#include "text/clean.h"
#include "text/fence.h"

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
put_text(const char *text, size_t n, struct buf *out)
{
	buf_put(out, text, n);
	fences_close(text, n, out);
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_putc(out, '\n');
}

/* Why a message is not complete. */
static void
put_state(const struct message *m, struct buf *out)
{
	if (m->state == MESSAGE_COMPLETE)
		return;
	buf_printf(out, "%s*(%s)*\n", m->content.len > 0 ? "\n" : "", message_state_name(m->state));
}

void
markdown_put_conversation(struct conversation *c, struct buf *out)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);
	const char *system = conversation_system(c);

	if (system) {
		buf_puts(out, "## System\n\n");
		put_text(system, strlen(system), out);
	}
	for (size_t i = 0; i < n; i++) {
		put_heading(path[i], out);
		put_text(buf_text(&path[i]->content), path[i]->content.len, out);
		put_state(path[i], out);
	}
}
