/*
 * history-make.c - history-make PATH CONVERSATIONS MESSAGES [LONGEST]: a made-up history of that size, the same every time.
 *
 * Words are drawn from a vocabulary of 60,000 by Zipf and Mandelbrot's law, the first of them the commonest English ones,
 * the others made of syllables; each conversation has some words of its own that it says again and again, as people do.
 * Lengths are log-normal. Some replies hold code or reasoning; some conversations are in Chinese. One has 10,000 messages, or LONGEST.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/database.h"
#include "store/json_values.h"
#include "store/message_uuid.h"
#include "store/schema.h"

enum {
	VOCABULARY = 60000,
	HAN = 3500,
	OWN_WORDS = 12,
	LONG_CONVERSATION = 10000,
	PER_TRANSACTION = 50000,
};

static const char common_words[] =
        "the to a of and is in you that it for i on with be this can are as if or not have your we will from an by at "
        "but "
        "was they use what there when all which do how so would has more then about like some one my just no out get "
        "up "
        "other time any than into need make only should could them their also value using each here want first file "
        "new "
        "data list work function way different because these where two its set back same need code example between "
        "very "
        "number user run line type name system following error add after check case second string while still change "
        "see "
        "most end call know used such through part key point before over does however many without problem server "
        "return "
        "start result another something model must both good test read write question answer think let might well "
        "memory "
        "thing below process query table order long right sure help above step again being even small every within "
        "state "
        "better always never since least large simple possible message text input output version default command "
        "option "
        "argument object method class request response address access update create delete index search match pattern "
        "thread queue buffer pointer struct array loop condition branch commit merge build compile library package "
        "module "
        "network socket connection timeout session token prompt context window layer weight gradient training "
        "parameter "
        "recipe water garden weather travel ticket hotel kitchen doctor history music letter language grammar story "
        "poem";

static const char *const syllables[] = {"ba", "con", "der", "el", "fi", "gra", "hu", "in", "jo", "kel", "lu", "mon",
        "ne", "or", "pre", "qui", "ra", "sto", "ter", "un", "va", "wil", "xe", "yo", "za", "tion", "ing", "ment", "al",
        "ster", "ck", "th"};

static const char *const models[] = {"qwen3-8b", "llama-3.1-8b-instruct", "mistral-small-24b", "gemma-3-12b",
        "gpt-oss-20b", "phi-4", "deepseek-r1-distill-qwen-14b"};

/* ---- chance ---- */

static uint64_t seed = 20240229;

static uint64_t
chance(void)
{
	uint64_t z = (seed += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static unsigned
below(unsigned n)
{
	return (unsigned)((chance() >> 32) * n >> 32);
}

static bool
percent(unsigned n)
{
	return below(100) < n;
}

/* A log-normal length with this median, within bounds. */
static unsigned
length(double median, double spread, unsigned most)
{
	double sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (double)(chance() >> 11) / 9007199254740992.0;
	sum = median * exp(spread * (sum - 6));
	return sum < 1 ? 1 : sum > most ? most : (unsigned)sum;
}

/* Walker's alias method: a number below n, each with its own weight, in constant time. */
struct alias {
	unsigned n;
	unsigned *other;
	uint32_t *keep;
};

static void
alias_init(struct alias *a, unsigned n, double exponent)
{
	double *weight = mem_alloc(n * sizeof(*weight)), sum = 0;
	unsigned *small = mem_alloc(n * sizeof(*small)), *large = mem_alloc(n * sizeof(*large)), n_small = 0,
	         n_large = 0;

	*a = (struct alias){n, mem_alloc(n * sizeof(unsigned)), mem_alloc(n * sizeof(uint32_t))};
	for (unsigned i = 0; i < n; i++)
		sum += weight[i] = pow(i + 2.7, -exponent);
	for (unsigned i = 0; i < n; i++) {
		weight[i] *= n / sum;
		*(weight[i] < 1 ? &small[n_small++] : &large[n_large++]) = i;
	}
	while (n_small > 0 && n_large > 0) {
		unsigned s = small[--n_small], l = large[n_large - 1];

		a->keep[s] = (uint32_t)(weight[s] * UINT32_MAX);
		a->other[s] = l;
		weight[l] -= 1 - weight[s];
		if (weight[l] < 1) {
			n_large--;
			small[n_small++] = l;
		}
	}
	while (n_large > 0)
		a->keep[large[--n_large]] = UINT32_MAX;
	while (n_small > 0)
		a->keep[small[--n_small]] = UINT32_MAX;
	free(weight);
	free(small);
	free(large);
}

static unsigned
draw(const struct alias *a)
{
	unsigned i = below(a->n);

	return (uint32_t)chance() <= a->keep[i] ? i : a->other[i];
}

/* ---- words ---- */

static struct {
	char *words[VOCABULARY];
	size_t lengths[VOCABULARY];
	uint32_t han[HAN];
	struct alias word, character;
	unsigned own[OWN_WORDS];
	bool chinese;
} language;

static void
learn_words(void)
{
	char *text = mem_strdup(common_words), *rest = NULL;
	size_t n = 0;

	for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		language.words[n++] = mem_strdup(word);
	for (; n < VOCABULARY; n++) {
		struct buf word = {0};

		for (unsigned left = 2 + below(2) + (n > 3000) + (n > 20000 && percent(50)); left > 0; left--)
			buf_puts(&word, syllables[below(ARRAY_LEN(syllables))]);
		language.words[n] = buf_take(&word);
	}
	for (n = 0; n < VOCABULARY; n++)
		language.lengths[n] = strlen(language.words[n]);
	for (n = 0; n < HAN; n++)
		language.han[n] = 0x4e00 + (uint32_t)(n * 5573 % 20900);
	alias_init(&language.word, VOCABULARY, 1.07);
	alias_init(&language.character, HAN, 1.0);
	free(text);
}

static void
put_word(struct buf *to, bool capital)
{
	unsigned i = percent(8) ? language.own[below(OWN_WORDS)] : draw(&language.word);
	size_t at = to->len;

	buf_put(to, language.words[i], language.lengths[i]);
	if (capital && to->data[at] >= 'a' && to->data[at] <= 'z')
		to->data[at] -= 'a' - 'A';
}

static void
put_sentence(struct buf *to, unsigned words)
{
	for (unsigned i = 0; i < words; i++) {
		if (i > 0)
			buf_puts(to, below(12) == 0 ? ", " : " ");
		put_word(to, i == 0);
	}
	buf_putc(to, below(8) == 0 ? '?' : '.');
}

static void
put_chinese(struct buf *to, unsigned characters)
{
	for (unsigned i = 0; i < characters; i++) {
		char bytes[4];
		uint32_t c = percent(10) ? language.han[language.own[below(OWN_WORDS)] % HAN]
		                         : language.han[draw(&language.character)];

		buf_put(to, bytes, utf8_encode(c, bytes));
		if (i + 1 == characters)
			buf_puts(to, "。");
		else if (below(10) == 0)
			buf_puts(to, ",");
	}
}

static void
put_code(struct buf *to, unsigned lines)
{
	buf_puts(to, "\n\n```c\n");
	for (unsigned i = 0; i < lines; i++) {
		for (unsigned depth = below(3); depth > 0; depth--)
			buf_putc(to, '\t');
		put_word(to, false);
		buf_putc(to, '_');
		put_word(to, false);
		buf_puts(to, below(2) ? " = " : "(");
		put_word(to, false);
		buf_printf(to, "%s0x%x);\n", below(2) ? "[i] + " : ", ", below(1000000));
	}
	buf_puts(to, "```\n\n");
}

static void
put_text(struct buf *to, unsigned words)
{
	while (words > 0) {
		unsigned n = 4 + below(18);

		n = n < words ? n : words;
		if (to->len > 0)
			buf_puts(to, below(5) == 0 ? "\n\n" : " ");
		if (language.chinese)
			put_chinese(to, n * 2);
		else
			put_sentence(to, n);
		words -= n;
	}
}

/* ---- rows ---- */

struct maker {
	struct database db;
	struct err err;
	int64_t conversations, messages, longest, made; /* made: messages so far */
	int64_t now;
	struct buf content, reasoning, usage, timings, title;
};

static void
give_up(const struct maker *m)
{
	fprintf(stderr, "history-make: %s\n", m->err.text);
	exit(1);
}

static sqlite3_stmt *
prepare(struct maker *m, const char *sql)
{
	sqlite3_stmt *statement = database_prepare(&m->db, sql, &m->err);

	if (!statement)
		give_up(m);
	return statement;
}

static void
run(struct maker *m, sqlite3_stmt *statement)
{
	if (!database_run(&m->db, statement, &m->err))
		give_up(m);
}

static void
script(struct maker *m, const char *sql)
{
	if (!database_script(&m->db, sql, &m->err))
		give_up(m);
}

/* By hand: FTS5 writes out what it has gathered whenever a trigger begins, and here that would be for each message. */
static void
index_message(struct maker *m, int64_t id)
{
	sqlite3_stmt *s = prepare(m, "INSERT INTO message_words (rowid, content, reasoning)"
	                             " VALUES (?, flynn_words(?), flynn_words(?))");

	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_text(s, 2, buf_text(&m->content), (int)m->content.len, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, buf_text(&m->reasoning), (int)m->reasoning.len, SQLITE_STATIC);
	run(m, s);
}

/* As a server of its size would tell: what was read before is cached. */
static void
put_figures(struct maker *m)
{
	int64_t said = (int64_t)(m->content.len + m->reasoning.len) / 5 + 1, asked = 20 + below(300);
	double ms_asked = (double)(asked * 2500 + below(30000)) / 1e3,
	       ms_said = (double)(said * 21250 + below(30000)) / 1e3;
	struct chat_usage usage = {asked + below(4000), said, below(4000)};
	struct chat_timings timings = {.cache_n = usage.cached_tokens,
	        .prompt_n = asked,
	        .predicted_n = said,
	        .prompt_ms = ms_asked,
	        .predicted_ms = ms_said,
	        .prompt_per_second = (double)asked / ms_asked * 1e3,
	        .predicted_per_second = (double)said / ms_said * 1e3};

	json_put_usage(&m->usage, &usage);
	json_put_timings(&m->timings, &timings);
}

static int64_t
make_message(struct maker *m, int64_t conversation, int64_t parent, bool reply, const char *model)
{
	sqlite3_stmt *s =
	        prepare(m, "INSERT INTO message (conversation, parent, role, state, content, reasoning, model,"
	                   " finish_reason, created, endpoint, parameters, usage, timings)"
	                   " VALUES (?, ?, ?, 'complete', ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	int64_t id;

	buf_clear(&m->content);
	buf_clear(&m->reasoning);
	buf_clear(&m->usage);
	buf_clear(&m->timings);
	put_text(&m->content, reply ? length(80, 0.9, 4000) : length(14, 1.1, 3000));
	if (reply && percent(15)) {
		put_code(&m->content, length(8, 0.8, 300));
		put_text(&m->content, length(20, 0.8, 400));
	}
	if (reply && percent(15))
		put_text(&m->reasoning, length(100, 0.9, 5000));
	if (reply)
		put_figures(m);
	sqlite3_bind_int64(s, 1, conversation);
	if (parent)
		sqlite3_bind_int64(s, 2, parent);
	sqlite3_bind_text(s, 3, reply ? "assistant" : "user", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, buf_text(&m->content), (int)m->content.len, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, buf_text(&m->reasoning), (int)m->reasoning.len, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, reply ? model : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 7, reply ? "stop" : "", -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 8, m->now += 1000 + below(40000));
	sqlite3_bind_text(s, 9, reply ? "http://localhost:8080" : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 10, reply ? "{\"max_tokens\":2048}" : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 11, buf_text(&m->usage), (int)m->usage.len, SQLITE_STATIC);
	sqlite3_bind_text(s, 12, buf_text(&m->timings), (int)m->timings.len, SQLITE_STATIC);
	run(m, s);
	id = sqlite3_last_insert_rowid(m->db.sqlite);
	index_message(m, id);
	if (++m->made % PER_TRANSACTION == 0)
		script(m, "COMMIT; BEGIN");
	return id;
}

static void
make_title(struct maker *m)
{
	buf_clear(&m->title);
	if (language.chinese)
		put_chinese(&m->title, 6 + below(8));
	else
		put_sentence(&m->title, 3 + below(5));
	buf_truncate(&m->title, m->title.len - (language.chinese ? strlen("。") : 1));
}

static void
make_conversation(struct maker *m, int64_t id, int64_t messages)
{
	const char *model = models[below(ARRAY_LEN(models)) * below(ARRAY_LEN(models)) / ARRAY_LEN(models)];
	sqlite3_stmt *s =
	        prepare(m, "INSERT INTO conversation (id, uuid, title, model, created, updated, pinned, archived,"
	                   " leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
	sqlite3_stmt *end = prepare(m, "UPDATE conversation SET updated = ?, leaf = ? WHERE id = ?");
	char uuid[40];
	int64_t last = 0;

	language.chinese = id % 40 == 7;
	for (size_t i = 0; i < OWN_WORDS; i++)
		language.own[i] = below(VOCABULARY);
	make_title(m);
	snprintf(uuid, sizeof(uuid), "%08x-0000-4000-8000-%012llx", (unsigned)id, (unsigned long long)(chance() >> 16));
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_text(s, 2, uuid, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 3, buf_text(&m->title), (int)m->title.len, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 4, model, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 5, m->now);
	sqlite3_bind_int64(s, 6, m->now);
	sqlite3_bind_int(s, 7, below(500) == 0);
	sqlite3_bind_int(s, 8, percent(5));
	run(m, s);
	for (int64_t i = 0; i < messages; i++)
		last = make_message(m, id, last, i % 2 == 1, model);
	sqlite3_bind_int64(end, 1, m->now);
	if (last)
		sqlite3_bind_int64(end, 2, last);
	sqlite3_bind_int64(end, 3, id);
	run(m, end);
	m->now += 60000 + below(2600000);
}

/* About as many messages as are left for each conversation that is left, the last one taking the rest. */
static int64_t
share(const struct maker *m, int64_t id)
{
	int64_t left = m->messages - m->made, mean = left / (m->conversations - id + 1), n;

	if (id == m->conversations)
		return left;
	if (id == m->conversations / 2 && left > m->longest)
		return m->longest;
	n = 2 * (int64_t)length((double)mean / 2.72, 0.8, 400);
	return n < left ? n : left;
}

static char *
take_trigger_away(struct maker *m)
{
	sqlite3_stmt *s = prepare(m, "SELECT sql FROM sqlite_schema WHERE name = 'message_added'");
	char *sql = NULL;
	bool failed;

	if (!database_row(&m->db, s, &failed, &m->err))
		give_up(m);
	sql = mem_strdup(database_text(s, 0));
	sqlite3_reset(s);
	script(m, "DROP TRIGGER message_added");
	return sql;
}

static void
make(struct maker *m)
{
	char *trigger = take_trigger_away(m);

	script(m, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN;"
	          "INSERT INTO message_words (message_words, rank) VALUES ('hashsize', 268435456)");
	for (int64_t id = 1; id <= m->conversations; id++) {
		make_conversation(m, id, share(m, id));
		if (id % (m->conversations / 20 + 1) == 0)
			fprintf(stderr, "history-make: %lld of %lld messages\n", (long long)m->made,
			        (long long)m->messages);
	}
	script(m, trigger);
	free(trigger);
	/* Merged, as an index is that grew by a message at a time: else the thirteenth save would have to do it. */
	script(m, "INSERT INTO message_words (message_words, rank) VALUES ('hashsize', 1048576);"
	          "INSERT INTO message_words (message_words) VALUES ('optimize'); COMMIT; ANALYZE;"
	          "PRAGMA journal_mode = WAL");
}

int
main(int argc, char **argv)
{
	struct maker m = {.now = 1546300800000};
	int64_t start = clock_ms();
	struct stat st;

	if (argc != 4 && argc != 5) {
		fprintf(stderr, "usage: history-make PATH CONVERSATIONS MESSAGES [LONGEST]\n");
		return 2;
	}
	m.conversations = atoll(argv[2]);
	m.messages = atoll(argv[3]);
	m.longest = argc == 5 ? atoll(argv[4]) : LONG_CONVERSATION;
	learn_words();
	if (!database_open(&m.db, argv[1], DATABASE_CREATE, &m.err) || !schema_functions(&m.db, &m.err) ||
	        !schema_create(&m.db, schema_current(), &m.err))
		give_up(&m);
	make(&m);
	if (!database_begin(&m.db, &m.err) || !message_uuid_fill_all(&m.db, &m.err) || !database_commit(&m.db, &m.err))
		give_up(&m);
	database_close(&m.db);
	if (stat(argv[1], &st) < 0)
		return 1;
	printf("history-make: %lld conversations, %lld messages, %.2f GB, made in %.0f s\n", (long long)m.conversations,
	        (long long)m.made, (double)st.st_size / 1e9, (double)(clock_ms() - start) / 1000);
	return 0;
}
