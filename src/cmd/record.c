/*
 * record.c - a session without a screen, its saver, and the store.
 */
#include "cmd/record.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/keeper.h"
#include "base/clock.h"
#include "cmd/disk_limit.h"
#include "cmd/say.h"
#include "config/paths.h"
#include "llama/parameters.h"
#include "store/load.h"
#include "store/overdue.h"
#include "store/saver.h"
#include "store/worker.h"

enum {
	BEGINNING_MAX = 64 * 1024, /* bytes of a text that nobody saves */
};

void
record_init(struct record *r, const char *system)
{
	*r = (struct record){.saver = saver_new(1)};
	session_init(&r->session, system);
}

static const char nothing[] = "there is no conversation to continue yet: ask without -C";

static bool
is_missing(const char *path)
{
	bool missing;

	overdue_enter();
	missing = access(path, F_OK) < 0 && errno == ENOENT;
	overdue_leave();
	return missing;
}

static struct history *
open_to_read(struct err *err)
{
	char *path = paths_history();
	struct history *history = NULL;

	disk_limit_tell("nothing was asked");
	if (disk_limit_begin(path, err) && (!is_missing(path) || err_set(err, ERR_SYSTEM, "%s", nothing)))
		history = history_open(path, HISTORY_READ, err);
	free(path);
	return history;
}

static bool
load(struct history *history, struct loaded *loaded, struct err *err)
{
	int64_t last;

	if (!load_last(history, &last, err))
		return false;
	if (last == 0)
		return err_set(err, ERR_SYSTEM, "%s", nothing);
	return load_conversation(history, last, loaded, err);
}

bool
record_continue(struct record *r, struct err *err)
{
	struct history *history = open_to_read(err);
	struct loaded l = {0};
	bool found = history && load(history, &l, err);

	history_close(history);
	disk_limit_end();
	if (!found)
		return false;
	conversation_free(r->session.conversation);
	r->session.conversation = l.conversation;
	saver_loaded(r->saver, l.conversation, buf_text(&l.draft), l.seen, l.seen_line);
	l.conversation = NULL;
	loaded_release(&l);
	return true;
}

/* ---- the store ---- */

static void
warn(struct record *r, const char *words)
{
	if (!r->warned)
		say("not saving: %s", words);
	r->warned = true;
}

void
record_start(struct record *r)
{
	char *history = paths_history();
	struct err err;

	r->store = store_new(history, NULL, NULL, &err);
	if (!r->store)
		warn(r, err.text);
	free(history);
}

static void
take_saved(struct record *r, struct store_result *result)
{
	struct conversation *c = r->session.conversation;

	if (result->err.code != ERR_NONE) {
		warn(r, result->err.text);
		saver_failed(r->saver, result->save, clock_ms());
	} else if (result->start_over) {
		saver_start_over(r->saver, c, result->save);
	} else {
		saver_saved(r->saver, c, result->save, clock_ms());
	}
	result->save = NULL;
}

static void
take(struct record *r, struct store_result *result)
{
	if (result->type == STORE_SAVED)
		take_saved(r, result);
	else if (result->err.code != ERR_NONE)
		warn(r, result->err.text);
	else if (result->type == STORE_OPENED && result->notice)
		say("%s", result->notice);
	store_result_free(result);
}

static void
take_all(struct record *r)
{
	struct store_result *result;

	while ((result = store_take(r->store)) != NULL)
		take(r, result);
}

/* `last`: what is new, though something was saved just now. True: there was some, and the history was told. */
static bool
save(struct record *r, bool last)
{
	struct conversation *c = r->session.conversation;
	struct save *save;
	int64_t now_ms = clock_ms();

	take_all(r);
	if ((!last && saver_wait_ms(r->saver, c, now_ms) != 0) || (save = saver_take(r->saver, c, now_ms)) == NULL)
		return false;
	if (store_save(r->store, save))
		return true;
	saver_failed(r->saver, save, now_ms);
	return false;
}

/* They get more time where the history computes, or was told of one just now: the disk is not what it waits for. Whether it computes
 * is asked before what it has done is taken: in between it may be done. */
static void
save_the_last(struct record *r)
{
	struct conversation *c = r->session.conversation;
	int64_t end_ms = clock_ms() + keeper_hastened(KEEPER_LAST_MS), last_ms = end_ms + STORE_LONGER_MS, left;
	struct pollfd fd = {store_fd(r->store), POLLIN, 0};

	(void)store_computes(r->store);
	for (;;) {
		bool late = clock_ms() >= end_ms, computes = late && store_computes(r->store) && clock_ms() < last_ms,
		     told = save(r, true);

		if (!saver_is_dirty(r->saver, c) || r->warned || (late && !computes && !told))
			return;
		if (late)
			end_ms = clock_ms() + STORE_COMPUTING_MS;
		if (late && told)
			last_ms = clock_ms() + STORE_LONGER_MS;
		left = end_ms - clock_ms();
		if (store_sleep(r->store, false))
			poll(&fd, 1, left > 0 ? (int)left : 0);
		store_awake(r->store, fd.revents != 0);
	}
}

/* A disk that does not answer is not waited for. */
static void
end_store(struct record *r)
{
	struct conversation *c = r->session.conversation;
	int ms = saver_is_dirty(r->saver, c) ? KEEPER_STUCK_MS : KEEPER_STORE_MS;
	bool ended = store_end_computing(r->store, keeper_hastened(ms));

	take_all(r);
	if (saver_is_dirty(r->saver, c) && conversation_leaf(c))
		warn(r, ended ? "the history was busy for too long" : "the disk does not answer");
}

void
record_release(struct record *r)
{
	if (r->store && conversation_leaf(r->session.conversation))
		save_the_last(r);
	if (r->store)
		end_store(r);
	store_free(r->store);
	saver_free(r->saver);
	session_release(&r->session);
}

/* ---- the turn ---- */

void
record_send(struct record *r, const char *prompt, const struct attachments *attachments, const char *endpoint,
        const struct parameters *parameters)
{
	struct session *s = &r->session;

	s->now_ms = clock_ms();
	s->unix_ms = clock_unix_ms();
	session_send(s, prompt, 1);
	attachments_add_all(&s->reply->parent->attachments, attachments);
	buf_puts(&s->reply->endpoint, endpoint);
	parameters_put_json(parameters, &s->reply->parameters);
}

/* Of a reply that is not saved it matters whether it has text: so a long one takes no more memory than a short one. */
static void
drop_rest(struct buf *text)
{
	if (text->len > BEGINNING_MAX)
		buf_truncate(text, BEGINNING_MAX);
}

bool
record_event(struct record *r, const struct chat_event *e, struct err *err)
{
	struct message *reply = r->session.reply;

	r->session.now_ms = clock_ms();
	if (!session_event(&r->session, e, err))
		return false;
	if (!r->store) {
		drop_rest(&reply->content);
		drop_rest(&reply->reasoning);
	}
	if (e->type == CHAT_EVENT_LULL && r->store && reply->content.len + reply->reasoning.len > 0)
		save(r, false);
	return true;
}

void
record_end(struct record *r, const struct err *why, bool interrupted)
{
	struct message *reply = r->session.reply;
	bool came;

	if (!reply)
		return;
	came = reply->content.len + reply->reasoning.len > 0;
	if (interrupted && came)
		session_interrupt(&r->session);
	else
		free(session_end(&r->session, why, false));
}
