/*
 * copy.c - which text, where to, and the words about it.
 */
#include "app/copy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/conversation_markdown.h"
#include "app/copy_job.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/utf8.h"
#include "text/fence_index.h"

enum {
	AT_ONCE_MAX = 1024 * 1024,   /* bytes that are read or copied for one key, */
	COUNT_MAX = 4 * AT_ONCE_MAX, /* or whose characters are counted */
};

/* "1,240 characters"; of a text that would take long to count "20 MB". */
static void
put_size(struct buf *words, const char *text, size_t n)
{
	char digits[32];
	int len;

	if (n > COUNT_MAX) {
		buf_printf(words, "%zu MB", n / 1000000);
		return;
	}
	len = snprintf(digits, sizeof(digits), "%zu", utf8_count(text, n));
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

/* There is one at the most. */
static void
stop_copying(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		copy_job_free(app->talks[i]->copying);
		app->talks[i]->copying = NULL;
	}
}

/* `words`: the rest of the message after "copied". */
static bool
copy(struct app *app, const char *text, size_t n, const char *words)
{
	struct buf said = {0};
	const char *doubt;
	struct err err;
	bool ok;

	stop_copying(app);
	ok = give(app, text, n, &doubt, &err);

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
	return conversation_last_reply(app->pane->talk->session.conversation);
}

bool
copy_message(struct app *app, const struct message *m)
{
	struct buf words = {0};
	bool ok;

	if (!m)
		return app_refuse(app, "there is no reply to copy");
	if (m->content.len == 0)
		return app_refuse(app, m->attachments.n > 0 ? "there is no text to copy: files are not copied"
		                                            : "there is no text to copy");
	put_size(&words, m->content.data, m->content.len);
	if (m->state == MESSAGE_STREAMING)
		buf_puts(&words, " so far");
	if (m->attachments.n > 0)
		buf_printf(&words, ", without its file%s", m->attachments.n == 1 ? "" : "s");
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

static bool
give_code(struct app *app, const struct buf *code, size_t which, size_t n_blocks)
{
	char words[64];

	snprintf(words, sizeof(words), "code block %zu of %zu", which, n_blocks);
	return copy(app, buf_text(code), code->len, words);
}

static struct copy_job *
start_copying(struct app *app, const struct message *m, size_t which)
{
	char words[64];

	stop_copying(app);
	app->pane->talk->copying = copy_job_new(m, which);
	snprintf(words, sizeof(words), "copying code block %zu", which);
	app_say(app, false, words);
	return app->pane->talk->copying;
}

bool
copy_indexed_code(struct app *app, const struct message *m, const struct fence_index *blocks, size_t which)
{
	const char *text = buf_text(&m->content);
	struct buf code = {0};
	struct fences from;
	size_t end;
	bool ok;

	if (!fence_index_begin(blocks, text, m->content.len, which, &from, &end))
		return refuse_code(app, blocks->now.n);
	if (end - from.at > AT_ONCE_MAX) {
		copy_job_begin(start_copying(app, m, which), &from, end, blocks->now.n);
		return true;
	}
	fences_put(from, text, end, which, &code);
	ok = give_code(app, &code, which, blocks->now.n);
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
	if (m->content.len > AT_ONCE_MAX) {
		(void)start_copying(app, m, which);
		return true;
	}
	fence_index_read(&blocks, buf_text(&m->content), m->content.len, true, &budget);
	ok = copy_indexed_code(app, m, &blocks, which);
	fence_index_release(&blocks);
	return ok;
}

static size_t
path_length(struct conversation *c)
{
	size_t n, length = 0;
	struct message *const *path = conversation_path(c, &n);

	for (size_t i = 0; i < n; i++)
		length += path[i]->content.len;
	return length;
}

/* False: it is over. */
static bool
copy_step(struct app *app, struct talk *talk)
{
	struct copy_job *job = talk->copying;
	enum copy_job_state state = copy_job_step(job, talk->session.conversation);

	if (state == COPY_JOB_MORE)
		return true;
	talk->copying = NULL;
	if (state == COPY_JOB_DONE && job->all)
		(void)copy_text(app, &job->code, "the conversation");
	else if (state == COPY_JOB_DONE)
		(void)give_code(app, &job->code, job->which, job->blocks.now.n);
	else if (state == COPY_JOB_NONE)
		(void)refuse_code(app, job->blocks.now.n);
	else
		(void)app_refuse(app, job->all ? "not copied: the conversation has changed"
		                               : "not copied: the message is another one now");
	copy_job_free(job);
	return false;
}

bool
copy_turn(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->copying)
			return copy_step(app, app->talks[i]);
	return false;
}

bool
copy_address(struct app *app, const char *address)
{
	return copy(app, address, strlen(address), "the address");
}

bool
copy_text(struct app *app, const struct buf *text, const char *what)
{
	struct buf words = {0};
	bool ok;

	buf_printf(&words, "%s, ", what);
	put_size(&words, buf_text(text), text->len);
	ok = copy(app, buf_text(text), text->len, buf_text(&words));
	buf_release(&words);
	return ok;
}

bool
copy_conversation(struct app *app)
{
	struct talk *talk = app->pane->talk;
	struct conversation *c = talk->session.conversation;
	struct buf text = {0};
	bool ok;

	if (!conversation_leaf(c))
		return app_refuse(app, "there is nothing to copy yet");
	if (model_names_wait(app)) /* each reply is headed by its model's */
		return false;
	if (path_length(c) > AT_ONCE_MAX) {
		stop_copying(app);
		talk->copying = copy_job_of_all(c);
		app_say(app, false, "copying the conversation");
		return true;
	}
	markdown_put_conversation(c, &text);
	ok = copy_text(app, &text, "the conversation");
	buf_release(&text);
	return ok;
}

bool
copy_asked(struct app *app, const char *argument)
{
	char *end;
	unsigned long which = strtoul(argument, &end, 10);

	if (!*argument)
		return copy_message(app, copy_last_reply(app));
	if (strcmp(argument, "all") == 0)
		return copy_conversation(app);
	if (*argument >= '0' && *argument <= '9' && !*end)
		return copy_code(app, copy_last_reply(app), which);
	return app_refuse(app, "/copy takes nothing, the number of a code block, or all");
}
