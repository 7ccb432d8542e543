/*
 * found.c - see found.h.
 */
#include "found.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/database.h"

enum {
	WORD_MIN = 5,
};

void
found_give_up(const char *why)
{
	fprintf(stderr, "history-screen: %s\n", why);
	exit(1);
}

/* Its data folder, with the history of that file. */
void
found_put(const char *file)
{
	char *data = mem_printf("%s/data", found_cache), *folder = mem_printf("%s/flynn", data);
	char *name = mem_printf("%s/history.db", folder), *path = file ? realpath(file, NULL) : NULL;
	char here[4096];

	mkdir("bench", 0777);
	mkdir(found_cache, 0777);
	mkdir(data, 0700);
	mkdir(folder, 0700);
	unlink(name);
	if ((file && (!path || symlink(path, name) < 0)) || !getcwd(here, sizeof(here)))
		found_give_up("there is no history: run bench/history first");
	free(name);
	name = mem_printf("%s/%s", here, data);
	setenv("XDG_DATA_HOME", name, 1);
	setenv("XDG_STATE_HOME", name, 1);
	free(name);
	free(path);
	free(folder);
	free(data);
}

char *
found_path(void)
{
	const char *messages = getenv("FLYNN_BENCH_MESSAGES");

	return mem_printf("%s/history-%ld.db", found_cache, messages ? atol(messages) : 200000);
}

struct history *
found_open(const char *path, enum history_mode mode)
{
	struct err err;
	struct history *h = history_open(path, mode, &err);

	if (!h)
		found_give_up(err.text);
	return h;
}

static int64_t
number(struct history *h, const char *sql)
{
	struct err err;
	int64_t n;

	if (!database_number(history_database(h), sql, &n, &err))
		found_give_up(err.text);
	return n;
}

static char *
text_of(struct history *h, const char *sql, int64_t row)
{
	struct err err;
	sqlite3_stmt *s = database_prepare(history_database(h), sql, &err);
	bool failed = true;
	char *text;

	if (s)
		sqlite3_bind_int64(s, 1, row);
	if (!s || !database_row(history_database(h), s, &failed, &err))
		found_give_up(failed ? err.text : "a row is missing");
	text = mem_strdup(database_text(s, 0));
	sqlite3_reset(s);
	return text;
}

/* The last word of a text that is long enough to be told from others. */
static char *
last_word(const char *text)
{
	size_t end = strlen(text), at;

	for (;; end = at) {
		while (end > 0 && !(text[end - 1] >= 'a' && text[end - 1] <= 'z'))
			end--;
		for (at = end; at > 0 && text[at - 1] >= 'a' && text[at - 1] <= 'z';)
			at--;
		if (end == 0 || end - at >= WORD_MIN)
			return mem_strndup(text + at, end - at);
	}
}

struct wanted
found_choose(char *path_takes)
{
	struct wanted w = {.path = path_takes};
	struct history *h = found_open(w.path, HISTORY_READ);
	int64_t longest =
	        number(h, "SELECT conversation FROM message GROUP BY conversation ORDER BY count(*) DESC LIMIT 1");
	char *title = text_of(h, "SELECT title FROM conversation ORDER BY archived, pinned DESC, updated DESC", 0);
	char *content = text_of(
	        h, "SELECT content FROM message WHERE id = (SELECT leaf FROM conversation WHERE id = ?1)", longest);

	w.listed = last_word(title);
	w.title = text_of(h,
	        "SELECT '\"' || title || '\"' || iif(archived, ' is:archived', '') FROM conversation WHERE id = ?1",
	        longest);
	w.end = last_word(content);
	w.number = mem_printf("%lld", (long long)longest);
	free(title);
	free(content);
	history_close(h);
	found_put(w.path);
	return w;
}

void
found_release(struct wanted *w)
{
	free(w->path);
	free(w->listed);
	free(w->title);
	free(w->end);
	free(w->number);
}
