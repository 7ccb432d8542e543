/*
 * rescue.c - the text is made in memory; it is written by a store of its own (store/worker.h), which is left to itself when
 * the disk does not answer.
 */
#include "app/rescue.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/mem.h"
#include "config/paths.h"
#include "store/export.h"
#include "store/saver.h"
#include "store/uuid.h"
#include "store/worker.h"

enum {
	NAMES = 9, /* tried in a folder: others may have ended in the same second */
};

/* ---- what ---- */

static void
put_talk(struct export *e, const struct talk *talk)
{
	struct loaded loaded = {.conversation = talk->session.conversation};
	struct conversation_info *info = conversation_info(loaded.conversation);
	char uuid[UUID_SIZE];

	memcpy(uuid, info->uuid, sizeof(uuid));
	if (saver_lacks_draft(talk->saver))
		uuid_make(info->uuid);
	buf_puts(&loaded.draft, saver_draft(talk->saver));
	export_conversation(e, &loaded);
	memcpy(info->uuid, uuid, sizeof(uuid));
	buf_release(&loaded.draft);
}

/* Of `n` conversations; to be freed. NULL: there is no memory for it. */
static char *
make_text(struct app *app, size_t *n)
{
	char *text = NULL;
	size_t len;
	FILE *file = open_memstream(&text, &len);
	struct export e;

	*n = 0;
	if (!file)
		return NULL;
	export_begin(&e, file, EXPORT_JSON);
	for (size_t i = 0; i < app->n_talks; i++)
		if (saver_has_words(app->talks[i]->saver, app->talks[i]->session.conversation))
			put_talk(&e, app->talks[i]);
	export_end(&e);
	*n = e.n;
	if (fclose(file) == 0)
		return text;
	free(text);
	return NULL;
}

/* ---- where ---- */

/* Until the store says what became of it. False: it says nothing. */
static bool
wait_for_file(struct store *store, struct err *err)
{
	int64_t end_ms = clock_ms() + RESCUE_MS, left;
	struct pollfd fd = {store_fd(store), POLLIN, 0};
	struct store_result *r;

	while (!(r = store_take(store))) {
		if ((left = end_ms - clock_ms()) <= 0)
			return err_set(err, ERR_TIMEOUT, "the disk does not answer");
		if (store_sleep(store, false))
			poll(&fd, 1, (int)left);
		store_awake(store, fd.revents != 0);
	}
	*err = r->err;
	store_result_free(r);
	return err->code == ERR_NONE;
}

static bool
write_file(const char *path, const char *text, struct err *err)
{
	struct store *store = store_new(NULL, NULL, NULL, err);
	bool good = store && store_rescue(store, path, text) && wait_for_file(store, err);

	if (store)
		(void)!store_end(store, 0);
	store_free(store);
	return good;
}

/* "FOLDER/rescue-2026-01-31T23-59-59Z.json". */
static char *
make_path(const char *folder, const char *before, int number)
{
	struct buf date = {0};
	char *path;

	date_put_utc(&date, clock_unix_ms());
	buf_truncate(&date, strlen("2026-01-31T23:59:59"));
	for (size_t i = 0; i < date.len; i++)
		if (date.data[i] == ':')
			date.data[i] = '-';
	path = number > 1 ? mem_printf("%s/%srescue-%sZ-%d.json", folder, before, buf_text(&date), number)
	                  : mem_printf("%s/%srescue-%sZ.json", folder, before, buf_text(&date));
	buf_release(&date);
	return path;
}

/* The path, to be freed, or NULL. */
static char *
write_into(const char *folder, const char *before, const char *text, struct err *err)
{
	err->code = ERR_USAGE;
	for (int i = 1; i <= NAMES && err->code == ERR_USAGE; i++) {
		char *path = make_path(folder, before, i);

		if (write_file(path, text, err))
			return path;
		free(path);
	}
	return NULL;
}

static char *
write_anywhere(const char *text, struct err *err)
{
	static const char *const others[] = {"XDG_RUNTIME_DIR", "TMPDIR"};
	char *folder = paths_state(), *path = write_into(folder, "", text, err);
	struct err ignored;

	free(folder);
	for (size_t i = 0; !path && i < ARRAY_LEN(others); i++) {
		const char *named = getenv(others[i]);

		if (named && named[0] == '/')
			path = write_into(named, "flynn-", text, &ignored);
	}
	return path ? path : write_into("/tmp", "flynn-", text, &ignored);
}

/* ---- both ---- */

static char *
say_where(size_t n, const char *why, const char *path, const struct err *err)
{
	char *what = n == 1 ? mem_strdup("the new part of a conversation") : mem_printf("the new part of %zu conversations", n),
	     *words;

	words = path ? mem_printf("%s was not saved (%s): it is in %s, and `flynn history import` adds it", what, why,
	                       path)
	             : mem_printf("%s was not saved (%s), and is lost: it could not be written elsewhere (%s)", what,
	                       why, err->text);
	free(what);
	return words;
}

char *
rescue(struct app *app, const char *why)
{
	struct err err = {.text = "out of memory"};
	size_t n;
	char *text = make_text(app, &n), *path = NULL, *words = NULL;

	if (n > 0) {
		path = text ? write_anywhere(text, &err) : NULL;
		words = say_where(n, why, path, &err);
	}
	free(text);
	free(path);
	return words;
}
