/*
 * play_history.c - each conversation is put together in memory, and written as flynn writes it.
 */
#include "tests/play_history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "chat/conversation.h"
#include "store/database.h"
#include "store/history.h"
#include "store/json_values.h"
#include "store/saver.h"
#include "store/write.h"
#include "tests/play_disk.h"

struct maker {
	struct history *history;
	const char *endpoint;
	struct conversation *conversation; /* or NULL */
	int64_t now_ms, changed_ms;
	struct message *last;
	char *thought;
	struct buf draft; /* as flynn keeps it: the prompts that wait, then the text */
	uint64_t seen;    /* a message's id, or 0 */
	int64_t seen_place;
	int64_t open;
	bool damage;
	char *disk; /* or NULL */
	struct err *err;
};

/* ---- texts ---- */

static char *
unescape(const char *text)
{
	struct buf out = {0};

	for (; *text; text++) {
		static const char names[] = "net", values[] = "\n\033\t";
		const char *name = *text == '\\' && text[1] ? strchr(names, text[1]) : NULL;

		buf_putc(&out, name ? values[name - names] : *text);
		text += name != NULL;
	}
	return buf_take(&out);
}

/* "3h"; -1: it is no such thing. */
static int64_t
read_ago(const char *text)
{
	long n;
	char unit;

	if (sscanf(text, "%ld%c", &n, &unit) != 2)
		return -1;
	return n * 60000 * (unit == 'm' ? 1 : unit == 'h' ? 60 : unit == 'd' ? 24 * 60 : -1);
}

/* Takes a word and the spaces after it from the front of a text. */
static bool
take_word(const char **text, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*text, word, n) != 0 || ((*text)[n] != ' ' && (*text)[n] != '\0'))
		return false;
	*text += n;
	*text += strspn(*text, " ");
	return true;
}

/* ---- conversations ---- */

/* Writing a conversation is a change of it, now. */
static bool
set_changed(struct maker *m)
{
	char sql[160];

	snprintf(sql, sizeof(sql),
	        "UPDATE conversation SET created = %" PRId64 ", updated = %" PRId64 " WHERE id = %" PRId64,
	        m->changed_ms, m->changed_ms, conversation_info(m->conversation)->row);
	return database_script(history_database(m->history), sql, m->err);
}

/* A long text takes several saves. */
static bool
save_all(struct maker *m, struct saver *saver)
{
	struct save *save;
	bool gone;

	while ((save = saver_take(saver, m->conversation, 0)) != NULL) {
		if (!write_save(m->history, save, NULL, &gone, m->err)) {
			save_free(save);
			return false;
		}
		saver_saved(saver, m->conversation, save, 0);
	}
	return true;
}

static bool
finish(struct maker *m)
{
	struct saver *saver;
	bool good;

	if (!m->conversation)
		return true;
	saver = saver_new(1);
	saver_set_draft(saver, buf_text(&m->draft));
	buf_clear(&m->draft);
	saver_set_place(saver, m->seen, m->seen_place);
	m->seen = 0;
	good = save_all(m, saver) && set_changed(m);
	if (good && m->open < 0)
		m->open = conversation_info(m->conversation)->row;
	saver_free(saver);
	conversation_free(m->conversation);
	m->conversation = NULL;
	return good;
}

static bool
begin(struct maker *m, const char *rest)
{
	int64_t ago = read_ago(rest);
	struct conversation_info *info;
	char *title;

	if (ago < 0 || !finish(m))
		return false;
	m->conversation = conversation_new(NULL);
	m->changed_ms = m->now_ms - ago;
	m->last = NULL;
	rest += strcspn(rest, " ");
	rest += strspn(rest, " ");
	info = conversation_info(m->conversation);
	info->pinned = take_word(&rest, "pinned");
	info->archived = take_word(&rest, "archived");
	info->titled = TITLE_BY_PERSON;
	title = unescape(rest);
	(void)!buf_append_string(&info->title, title);
	free(title);
	return true;
}

static bool
add(struct maker *m, enum chat_role role, const char *rest)
{
	char *text = unescape(rest);

	m->last = conversation_add(m->conversation, m->last, role, text);
	m->last->created_ms = m->changed_ms;
	if (role == CHAT_ASSISTANT)
		(void)!buf_append_string(&m->last->model, "tiny");
	if (role == CHAT_ASSISTANT && m->thought) {
		(void)!buf_append_string(&m->last->reasoning, m->thought);
		m->last->thought_tokens = 7;
		m->last->thought_ms = 1500;
		free(m->thought);
		m->thought = NULL;
	}
	free(text);
	return true;
}

static bool
add_many(struct maker *m, const char *rest)
{
	int n = atoi(rest);
	char line[64];

	for (int i = 1; i <= n; i++) {
		snprintf(line, sizeof(line), "%dm Number %d", i, i);
		if (!begin(m, line) || !add(m, CHAT_USER, "One of many"))
			return false;
	}
	return n > 0;
}

static bool
set_thought(struct maker *m, const char *rest)
{
	free(m->thought);
	m->thought = unescape(rest);
	return true;
}

static bool
add_dying(struct maker *m, const char *rest)
{
	add(m, CHAT_ASSISTANT, rest);
	m->last->state = MESSAGE_STREAMING;
	return true;
}

static bool
add_kept(struct maker *m, const char *rest)
{
	int n, used;

	if (sscanf(rest, "%d%n", &n, &used) != 1)
		return false;
	rest += used;
	add_dying(m, rest + strspn(rest, " "));
	(void)!buf_append_string(&m->last->endpoint, m->endpoint);
	(void)!buf_append_string(&m->last->stream, "0a1b2c3d-0000-4000-8000-00000000000f");
	m->last->stream_content = (size_t)n;
	return true;
}

static bool
set_model(struct maker *m, const char *name)
{
	buf_clear(&m->last->model);
	buf_clear(&m->last->endpoint);
	return buf_append_string(&m->last->model, name) && buf_append_string(&m->last->endpoint, m->endpoint);
}

static bool
attach(struct maker *m, const char *name)
{
	struct buf text = {0};

	buf_puts(&text, name);
	attachments_add(&m->last->attachments, attachment_new(ATTACHMENT_TEXT, name, NULL, "text/plain", &text));
	return true;
}

static bool
set_usage(struct maker *m, const char *json)
{
	m->last->usage = json_usage(json, strlen(json));
	return true;
}

static bool
set_timings(struct maker *m, const char *json)
{
	m->last->timings = json_timings(json, strlen(json));
	return true;
}

static bool
add_draft(struct maker *m, const char *rest, const char *behind)
{
	char *text = unescape(rest);

	buf_printf(&m->draft, "%s%s", text, behind);
	free(text);
	return true;
}

static bool
set_seen(struct maker *m, const char *rest)
{
	return sscanf(rest, "%" SCNu64 " %" SCNd64, &m->seen, &m->seen_place) == 2;
}

/* What becomes of the file when it is closed. */
static bool
set_file(struct maker *m, const char *rest)
{
	m->damage = strcmp(rest, "damaged") == 0;
	return finish(m) && (m->damage || (strcmp(rest, "newer") == 0 && database_script(history_database(m->history),
	                                                                         "PRAGMA user_version = 99", m->err)));
}

static bool
set_disk(struct maker *m, const char *rest)
{
	m->disk = mem_strdup(rest);
	return finish(m) && play_disk_knows(rest);
}

static bool
damage(const char *path)
{
	FILE *file = fopen(path, "r+");
	bool good = file && fputs("This is no database, and never was.", file) >= 0;

	return file && fclose(file) == 0 && good;
}

static bool
set_layout(struct maker *m, const char *rest)
{
	char *text = unescape(rest);
	bool good = finish(m) && history_set(m->history, "layout", text, m->err);

	m->open = PLAY_HISTORY_PANES;
	free(text);
	return good;
}

static bool
go_below(struct maker *m, const char *rest)
{
	uint64_t id = strtoull(rest, NULL, 10);

	m->last = id ? conversation_find(m->conversation, id) : NULL;
	return id == 0 || m->last;
}

static bool
run_line(struct maker *m, const char *line)
{
	if (take_word(&line, "conversation"))
		return begin(m, line);
	if (take_word(&line, "many"))
		return add_many(m, line);
	if (take_word(&line, "file"))
		return set_file(m, line);
	if (take_word(&line, "disk"))
		return set_disk(m, line);
	if (take_word(&line, "layout"))
		return set_layout(m, line);
	if (take_word(&line, "fresh")) {
		m->open = 0;
		return true;
	}
	if (!m->conversation)
		return false;
	if (take_word(&line, "system")) {
		conversation_set_system(m->conversation, line);
		return true;
	}
	if (take_word(&line, "preset")) {
		buf_puts(&conversation_info(m->conversation)->preset, line);
		return true;
	}
	if (take_word(&line, "tags")) {
		struct err ignored;

		return tags_read(&conversation_info(m->conversation)->tags, line, &ignored);
	}
	if (take_word(&line, "open")) {
		m->open = -1;
		return finish(m);
	}
	return (take_word(&line, "user") && add(m, CHAT_USER, line)) ||
	       (take_word(&line, "reply") && add(m, CHAT_ASSISTANT, line)) ||
	       (take_word(&line, "dying") && add_dying(m, line)) || (take_word(&line, "kept") && add_kept(m, line)) ||
	       (m->last && take_word(&line, "model") && set_model(m, line)) ||
	       (m->last && take_word(&line, "attached") && attach(m, line)) ||
	       (m->last && take_word(&line, "usage") && set_usage(m, line)) ||
	       (m->last && take_word(&line, "timings") && set_timings(m, line)) ||
	       (m->last && take_word(&line, "state") && json_state(line, &m->last->state)) ||
	       (take_word(&line, "waiting") && add_draft(m, line, "\x1e")) ||
	       (take_word(&line, "seen") && set_seen(m, line)) ||
	       (take_word(&line, "draft") && add_draft(m, line, "")) ||
	       (take_word(&line, "thought") && set_thought(m, line)) ||
	       (take_word(&line, "below") && go_below(m, line));
}

static bool
run_lines(struct maker *m, const char *lines)
{
	bool good = true;

	for (size_t n; good && *lines; lines += n + (lines[n] == '\n')) {
		char *line;

		n = strcspn(lines, "\n");
		line = mem_strndup(lines, n);
		m->err->code = ERR_NONE;
		good = n == 0 || run_line(m, line);
		if (!good && m->err->code == ERR_NONE)
			err_set(m->err, ERR_USAGE, "history: what is \"%s\"?", line);
		free(line);
	}
	return good && finish(m);
}

bool
play_history_make(const char *path, const char *lines, const char *endpoint, int64_t *open, struct err *err)
{
	struct maker m = {.endpoint = endpoint, .now_ms = clock_unix_ms(), .err = err};
	bool good;

	m.history = history_open(path, HISTORY_CREATE, err);
	if (!m.history)
		return false;
	good = run_lines(&m, lines);
	conversation_free(m.conversation);
	free(m.thought);
	buf_release(&m.draft);
	history_close(m.history);
	*open = m.open;
	if (good && ((m.damage && !damage(path)) || (m.disk && !play_disk_set(path, m.disk))))
		good = err_set(err, ERR_SYSTEM, "nothing can be done to the history");
	free(m.disk);
	return good;
}
