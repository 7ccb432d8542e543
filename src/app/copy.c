/*
 * copy.c - which text, where to, and the words about it.
 */
#include "app/copy.h"

#include <stdio.h>
#include <string.h>

#include "app/conversation_markdown.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/utf8.h"
#include "text/fence_index.h"

/* "1,240 characters" */
static void
put_size(struct buf *words, const char *text, size_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%zu", utf8_count(text, n));

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_putc(words, ',');
		buf_putc(words, digits[i]);
	}
	buf_puts(words, len == 1 && digits[0] == '1' ? " character" : " characters");
}

static bool
give(struct app *app, const char *text, size_t n, const char **doubt, struct err *err)
{
	*doubt = NULL;
	if (app->config->copy_command)
		return programs_start(&app->programs,
		        &(struct program){
		                .name = "copy_command", .command = app->config->copy_command, .input = text, .n = n},
		        err);
	return !app->term || term_copy(app->term, text, n, doubt, err);
}

/* `words`: the rest of the message after "copied". */
static bool
copy(struct app *app, const char *text, size_t n, const char *words)
{
	struct buf said = {0};
	const char *doubt;
	struct err err;
	bool ok = give(app, text, n, &doubt, &err);

	buf_printf(&said, "copied %s", words);
	if (ok && doubt)
		buf_printf(&said, " (%s)", doubt);
	app_say(app, !ok, ok ? buf_text(&said) : err.text);
	buf_release(&said);
	return ok;
}

const struct message *
copy_last_reply(const struct app *app)
{
	const struct message *m = conversation_leaf(app->pane->talk->session.conversation);

	while (m && (m->role != CHAT_ASSISTANT || m->content.len == 0))
		m = m->parent;
	return m;
}

bool
copy_message(struct app *app, const struct message *m)
{
	struct buf words = {0};
	bool ok;

	if (!m)
		return app_refuse(app, "there is no reply to copy");
	if (m->content.len == 0)
		return app_refuse(app, "there is no text to copy");
	put_size(&words, m->content.data, m->content.len);
	if (m->state == MESSAGE_STREAMING)
		buf_puts(&words, " so far");
	ok = copy(app, m->content.data, m->content.len, buf_text(&words));
	buf_release(&words);
	return ok;
}

static bool
refuse_code(struct app *app, size_t n_blocks)
{
	char words[64];

	snprintf(words, sizeof(words), "there %s only %zu code block%s", n_blocks == 1 ? "is" : "are", n_blocks,
	        n_blocks == 1 ? "" : "s");
	return app_refuse(app, n_blocks == 0 ? "there is no code block to copy" : words);
}

bool
copy_indexed_code(struct app *app, const struct message *m, const struct fence_index *blocks, size_t which)
{
	struct buf code = {0};
	char words[64];
	bool ok;

	if (fence_index_code(blocks, buf_text(&m->content), m->content.len, which, &code)) {
		snprintf(words, sizeof(words), "code block %zu of %zu", which, blocks->now.n);
		ok = copy(app, buf_text(&code), code.len, words);
	} else {
		ok = refuse_code(app, blocks->now.n);
	}
	buf_release(&code);
	return ok;
}

bool
copy_code(struct app *app, const struct message *m, size_t which)
{
	struct fence_index blocks = {0};
	size_t budget = SIZE_MAX;
	bool ok;

	if (!m)
		return app_refuse(app, "there is no reply to copy");
	fence_index_read(&blocks, buf_text(&m->content), m->content.len, true, &budget);
	ok = copy_indexed_code(app, m, &blocks, which);
	fence_index_release(&blocks);
	return ok;
}

bool
copy_address(struct app *app, const char *address)
{
	return copy(app, address, strlen(address), "the address");
}

bool
copy_conversation(struct app *app)
{
	struct buf text = {0}, words = {0};
	bool ok;

	if (!conversation_leaf(app->pane->talk->session.conversation))
		return app_refuse(app, "there is nothing to copy yet");
	markdown_put_conversation(app->pane->talk->session.conversation, &text);
	buf_puts(&words, "the conversation, ");
	put_size(&words, text.data, text.len);
	ok = copy(app, text.data, text.len, buf_text(&words));
	buf_release(&text);
	buf_release(&words);
	return ok;
}
