/*
 * history.c - a big history: finding in it while typing, listing, loading, and saving a reply in progress.
 *
 * history-make makes it once, in bench/history-cache of the build tree: 200,000 messages, or as many as
 * FLYNN_BENCH_MESSAGES says. What is timed are the calls that the store makes, from what was typed to the page of
 * hits with their snippets.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "setup.h"
#include "store/database.h"
#include "store/history.h"
#include "store/list.h"
#include "store/load.h"
#include "store/query.h"
#include "store/saver.h"
#include "store/search.h"
#include "store/write.h"

enum {
	PAGE = 50,
	WORDS = 150,
	COLD_WORDS = 12,
	APPENDS = 200,
	TIMES_MAX = 20000,
};

static const char folder[] = "bench/history-cache";

/* ---- measurements ---- */

struct times {
	double ms[TIMES_MAX];
	size_t n;
};

static void
add_time(struct times *times, int64_t start)
{
	if (times->n < TIMES_MAX)
		times->ms[times->n++] = (double)(clock_ns() - start) / 1e6;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
quantile(struct times *times, double q)
{
	qsort(times->ms, times->n, sizeof(*times->ms), compare);
	return times->n ? times->ms[(size_t)(q * (double)(times->n - 1) + 0.5)] : 0;
}

static void
print(const char *what, struct times *times)
{
	printf("history: %s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%zu)\n", what, quantile(times, 0.5),
	        quantile(times, 0.99), quantile(times, 1), times->n);
	times->n = 0;
}

static void
give_up(const struct err *err)
{
	fprintf(stderr, "history: %s\n", err->text);
	exit(1);
}

/* ---- the history ---- */

static long
size_wanted(void)
{
	const char *messages = getenv("FLYNN_BENCH_MESSAGES");

	return messages ? atol(messages) : 200000;
}

/* Made beside its name first: one that is half made is no history. */
static char *
make_history(const char *program)
{
	long messages = size_wanted();
	char *path = mem_printf("%s/history-%ld.db", folder, messages), *half = mem_printf("%s.half", path);
	char *command = mem_printf("%s-make %s %ld %ld", program, half, messages / 20, messages);

	mkdir("bench", 0777);
	mkdir(folder, 0777);
	if (access(path, F_OK) < 0) {
		unlink(half);
		if (system(command) != 0 || rename(half, path) < 0) {
			fprintf(stderr, "history: cannot make %s\n", path);
			exit(1);
		}
	}
	free(command);
	free(half);
	return path;
}

static struct history *
open_history(const char *path)
{
	struct err err;
	struct history *h = history_open(path, HISTORY_WRITE, &err);

	if (!h)
		give_up(&err);
	return h;
}

/* ---- what is typed ---- */

struct typed {
	char *words[WORDS];
	size_t n;
	char *chinese[WORDS]; /* some characters in a row */
	size_t n_chinese;
};

/* The word (letters of ASCII) in the middle of this text; NULL: there is none. */
static char *
middle_word(const char *text, size_t n)
{
	size_t at = n / 2, end;

	while (at < n && !(text[at] >= 'a' && text[at] <= 'z'))
		at++;
	while (at > 0 && text[at - 1] >= 'a' && text[at - 1] <= 'z')
		at--;
	for (end = at; end < n && text[end] >= 'a' && text[end] <= 'z';)
		end++;
	return end > at ? mem_strndup(text + at, end - at) : NULL;
}

/* As people do, in the mixture of what is there: words and phrases of messages from the whole history. */
static void
choose_words(struct history *h, struct typed *typed)
{
	struct database *db = history_database(h);
	struct err err;
	sqlite3_stmt *s =
	        database_prepare(db, "SELECT content FROM message WHERE id = ?1 % (SELECT max(id) FROM message)", &err);
	bool failed = false;

	if (!s)
		give_up(&err);
	for (int64_t i = 1; typed->n < WORDS || typed->n_chinese < WORDS / 5; i++) {
		sqlite3_bind_int64(s, 1, i * 7919 * 31 + 1);
		if (database_row(db, s, &failed, &err)) {
			const char *text = database_text(s, 0);
			size_t n = (size_t)sqlite3_column_bytes(s, 0);
			char *word = middle_word(text, n);

			if (word && typed->n < WORDS)
				typed->words[typed->n++] = word;
			else
				free(word);
			if (n > 12 && (unsigned char)text[0] >= 0xe4 && (unsigned char)text[9] >= 0xe4 &&
			        typed->n_chinese < WORDS / 5)
				typed->chinese[typed->n_chinese++] = mem_strndup(text, (size_t)(i % 4 + 1) * 3);
			sqlite3_reset(s);
		}
		if (failed)
			give_up(&err);
	}
}

static void
find(struct history *h, const char *text, size_t n, struct times *times)
{
	struct search_request request = {.limit = PAGE};
	struct search search;
	struct query query;
	struct err err;
	int64_t start = clock_ns();

	if (!query_parse(&query, text, n, &err))
		give_up(&err);
	request.query = &query;
	if (!search_page(h, &request, &search, &err))
		give_up(&err);
	add_time(times, start);
	search_release(&search);
	query_release(&query);
}

static void
find_text(struct history *h, struct times *times, const char *format, const char *a, const char *b)
{
	char *text = mem_printf(format, a, b);

	find(h, text, strlen(text), times);
	free(text);
}

static void
find_while_typing(struct history *h, const struct typed *typed, struct times *times)
{
	for (size_t i = 0; i < typed->n; i++)
		for (size_t n = 1; n <= strlen(typed->words[i]); n++)
			find(h, typed->words[i], n, times);
}

static void
measure_finding(struct history *h, const struct typed *typed, struct times *times)
{
	find_while_typing(h, typed, times);
	times->n = 0;
	find_while_typing(h, typed, times);
	print("first hits for each prefix of a word", times);
	for (size_t i = 0; i + 1 < typed->n; i++)
		find_text(h, times, "%s %s", typed->words[i], typed->words[i + 1]);
	print("two words", times);
	for (size_t i = 0; i < typed->n; i++)
		find_text(h, times, "the %s %s", typed->words[i], "of ");
	print("a word with two of the commonest", times);
	for (size_t i = 0; i < typed->n_chinese; i++)
		find_text(h, times, "%s%s", typed->chinese[i], "");
	print("one to four Chinese characters", times);
	for (size_t i = 0; i < typed->n; i++)
		find_text(h, times, "%s %s", "role:user model:phi is:pinned after:2019-02", typed->words[i]);
	print("a filter that nothing passes", times);
	for (size_t i = 0; i < typed->n; i++)
		find_text(h, times, "%s %s", "role:assistant model:qwen", typed->words[i]);
	print("with filters", times);
}

static void
measure_cold(const char *path, const struct typed *typed, struct times *times)
{
	for (size_t i = 0; i < COLD_WORDS; i++)
		for (size_t n = 1; n <= strlen(typed->words[i]); n++) {
			struct history *h;

			setup_make_cold(path);
			h = open_history(path);
			find(h, typed->words[i], n, times);
			history_close(h);
		}
	print("the same for some words, nothing in the cache", times);
}

/* ---- the sqlite3 shell ---- */

static void
write_queries(FILE *to, const struct typed *typed)
{
	for (size_t i = 0; i < typed->n; i++)
		for (size_t n = 1; n <= strlen(typed->words[i]); n++)
			fprintf(to,
			        "SELECT m.id, m.role, m.model, m.created, c.title, substr(m.content, 1, 200)"
			        " FROM message_words w CROSS JOIN message m ON m.id = w.rowid"
			        " CROSS JOIN conversation c ON c.id = m.conversation"
			        " WHERE message_words MATCH '\"%.*s\"*' AND m.deleted IS NULL AND c.deleted IS NULL"
			        " ORDER BY w.rowid DESC LIMIT %d;\n",
			        (int)n, typed->words[i], PAGE);
}

static void
measure_shell(struct history *h, const char *path, const struct typed *typed, struct times *times)
{
	char *queries = mem_printf("%s/queries.sql", folder);
	char *command = mem_printf("sqlite3 -readonly %s <%s >/dev/null 2>&1", path, queries);
	FILE *to = fopen(queries, "w");
	int64_t start;
	double shell, ours;

	if (to) {
		write_queries(to, typed);
		fclose(to);
		start = clock_ns();
		if (system("sqlite3 -version >/dev/null 2>&1") == 0 && system(command) == 0) {
			shell = (double)(clock_ns() - start);
			start = clock_ns();
			find_while_typing(h, typed, times);
			ours = (double)(clock_ns() - start);
			printf("history: %.2f times the sqlite3 shell on the same %zu queries (with snippets and "
			       "marks, against the"
			       " beginning of each message)\n",
			        ours / shell, times->n);
			times->n = 0;
		} else {
			printf("history: no sqlite3 shell to compare with\n");
		}
	}
	free(command);
	free(queries);
}

/* ---- reading ---- */

static void
list(struct history *h, struct times *times)
{
	struct list_request request = {.limit = PAGE};
	struct list page;
	struct err err;
	int64_t start = clock_ns();

	if (!list_page(h, &request, &page, &err))
		give_up(&err);
	add_time(times, start);
	list_release(&page);
}

static void
load(struct history *h, int64_t row, struct times *times)
{
	struct loaded loaded;
	struct err err;
	int64_t start = clock_ns();

	if (!load_conversation(h, row, &loaded, &err))
		give_up(&err);
	add_time(times, start);
	loaded_release(&loaded);
}

static void
measure_reading(const char *path, struct times *times)
{
	struct history *h = open_history(path);
	struct err err;
	int64_t longest;

	if (!database_number(history_database(h),
	            "SELECT conversation FROM message GROUP BY conversation ORDER BY count(*) DESC LIMIT 1", &longest,
	            &err))
		give_up(&err);
	for (int i = 0; i < 20; i++)
		list(h, times);
	print("first page of the list", times);
	for (int i = 0; i < 10; i++)
		load(h, longest, times);
	print("loading the longest conversation (10,000 messages)", times);
	history_close(h);
	for (int i = 0; i < 5; i++) {
		setup_make_cold(path);
		h = open_history(path);
		list(h, times);
		history_close(h);
	}
	print("first page of the list, nothing in the cache", times);
	for (int i = 0; i < 5; i++) {
		setup_make_cold(path);
		h = open_history(path);
		load(h, longest, times);
		history_close(h);
	}
	print("loading the longest conversation, nothing in the cache", times);
}

/* ---- saving ---- */

struct saving {
	struct history *history;
	struct conversation *conversation;
	struct saver *saver;
	struct message *reply;
	int64_t now_ms;
};

static void
save(struct saving *s)
{
	struct err err;
	bool gone;

	for (struct save *save; (save = saver_take(s->saver, s->conversation, s->now_ms)) != NULL;) {
		if (!write_save(s->history, save, NULL, &gone, &err))
			give_up(&err);
		saver_saved(s->saver, s->conversation, save, 0);
	}
	s->now_ms += 1000;
}

static void
begin_reply(struct saving *s)
{
	s->conversation = conversation_new("");
	s->saver = saver_new(1);
	s->reply = conversation_add(
	        s->conversation, conversation_add(s->conversation, NULL, CHAT_USER, "a prompt"), CHAT_ASSISTANT, "");
	s->reply->state = MESSAGE_STREAMING;
	save(s);
}

static void
append_file(int fd, const char *text, size_t n, off_t at, struct times *times)
{
	int64_t start = clock_ns();

	if (pwrite(fd, text, n, at) != (ssize_t)n || fdatasync(fd) < 0) {
		perror("history: pwrite");
		exit(1);
	}
	add_time(times, start);
}

/* A piece of a reply, some ten words, once into the journal and once to the end of a plain file, in turn. */
static void
measure_saving(struct times *times)
{
	static const char piece[] = "and so the words go on, a quarter of a second of them at a time ";
	static struct times plain;
	char *path = mem_printf("%s/append.db", folder), *file = mem_printf("%s/append", folder);
	struct err err;
	struct saving s = {.history = history_open(path, HISTORY_CREATE, &err), .now_ms = 1000};
	int fd = open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	double ratio;

	if (!s.history || fd < 0)
		give_up(&err);
	begin_reply(&s);
	for (int i = 0; i < APPENDS; i++) {
		int64_t start;

		(void)!buf_append_string(&s.reply->content, piece);
		conversation_touch(s.conversation, s.reply);
		start = clock_ns();
		save(&s);
		add_time(times, start);
		append_file(fd, piece, strlen(piece), (off_t)(i * strlen(piece)), &plain);
	}
	ratio = quantile(times, 0.5) / quantile(&plain, 0.5);
	print("a piece of a reply saved durably", times);
	print("pwrite and fdatasync of its bytes", &plain);
	printf("history: saving takes %.2f times pwrite and fdatasync (medians)\n", ratio);
	saver_free(s.saver);
	conversation_free(s.conversation);
	history_close(s.history);
	close(fd);
	unlink(file);
	unlink(path);
	free(path);
	free(file);
}

int
main(int argc, char **argv)
{
	static struct times times;
	static struct typed typed;
	char *path = make_history(argc > 0 ? argv[0] : "bench/history");
	struct history *h = open_history(path);
	struct stat st;

	if (stat(path, &st) == 0)
		printf("history: %ld messages, %.2f GB\n", size_wanted(), (double)st.st_size / 1e9);
	choose_words(h, &typed);
	measure_finding(h, &typed, &times);
	measure_shell(h, path, &typed, &times);
	history_close(h);
	measure_cold(path, &typed, &times);
	measure_reading(path, &times);
	measure_saving(&times);
	for (size_t i = 0; i < typed.n; i++)
		free(typed.words[i]);
	for (size_t i = 0; i < typed.n_chinese; i++)
		free(typed.chinese[i]);
	free(path);
	return 0;
}
