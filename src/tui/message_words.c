/*
 * message_words.c - flynn's own words about a message.
 */
#include "tui/message_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/size_words.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "text/wrap.h"

/* "0.4 s", "12 s", "3 min 20 s" */
static void
put_duration(struct buf *to, int64_t ms)
{
	if (ms < 10000)
		buf_printf(to, "%" PRId64 ".%" PRId64 " s", ms / 1000, ms % 1000 / 100);
	else if (ms < 120000)
		buf_printf(to, "%" PRId64 " s", ms / 1000);
	else
		buf_printf(to, "%" PRId64 " min %" PRId64 " s", ms / 60000, ms / 1000 % 60);
}

void
message_words_thought(const struct message *m, int cols, struct buf *to)
{
	bool thinking = m->state == MESSAGE_STREAMING && m->content.len == 0;
	size_t enough;

	if (m->is_summary)
		buf_puts(to, "summary of what was said before");
	if (m->reasoning.len == 0)
		return;
	buf_puts(to, thinking ? "thinking … " : "thought");
	if (thinking || m->thought_ms > 0 || m->thought_tokens > 0) {
		buf_puts(to, thinking ? "" : " ");
		put_duration(to, m->thought_ms);
	}
	enough = to->len;
	if (thinking || m->thought_tokens > 0)
		buf_printf(to, ", %" PRId64 " token%s", m->thought_tokens, m->thought_tokens == 1 ? "" : "s");
	if (cluster_width(buf_text(to), to->len) > cols)
		buf_truncate(to, enough);
}

void
message_words_file(const struct attachment *file, struct buf *to)
{
	char *name = clean_line(file->name), size[SIZE_WORDS_MAX];

	size_words((int64_t)file->size, size);
	buf_printf(to, "%s (%s, %s", name, attachment_kind_name(file->kind), size);
	free(name);
}

/* How much of the last line the words take. */
static int
last_line_cols(const char *words, int cols)
{
	struct wrap w;
	int taken;

	wrap_init(&w, cols);
	wrap_text(&w, words, strlen(words));
	taken = cluster_width(words + w.lines[w.n - 1].start, w.lines[w.n - 1].len);
	wrap_release(&w);
	return taken;
}

/* What to press, "" for nothing, is never torn apart while a row can hold it. Takes both. */
static char *
with_keys(char *words, char *press, int cols)
{
	static const char dot[] = " · ";
	char *both;
	bool fits;

	if (!*press) {
		free(press);
		return words;
	}
	fits = last_line_cols(words, cols) + cluster_width(dot, strlen(dot)) + cluster_width(press, strlen(press)) <=
	       cols;
	both = mem_printf("%s%s%s", words, fits ? dot : "\n", press);
	free(words);
	free(press);
	return both;
}

static char *
say_what_next(const char *go_on, const char *retry)
{
	return mem_printf("%s%s%s%s%s", go_on ? go_on : "", go_on ? " continues it" : "", go_on && retry ? ", " : "",
	        retry ? retry : "", retry ? " sends it again" : "");
}

/* Takes what to press. */
static char *
error_words(const struct err *why, char *press, int cols)
{
	char *words = clean_line(why->text), *line = with_keys(mem_printf("! %s", words), press, cols);

	free(words);
	return line;
}

char *
message_words_error(const struct err *why, const char *go_on, const char *retry, int cols)
{
	bool is_of_no_use = retry && why->code == ERR_MODEL;

	return error_words(why, is_of_no_use ? mem_strdup("/model chooses one") : say_what_next(go_on, retry), cols);
}

static char *
say_room(const struct message_room *room)
{
	if (!room->has_turns)
		return mem_printf("%s; %s", room->in_input ? "shorten it below" : "e among the messages shortens it",
		        room->on_server);
	return mem_printf("%s%sm among the messages mutes a turn%s%s%s", room->compact ? room->compact : "",
	        room->compact ? " sums it up, " : "", room->begin ? ", " : "", room->begin ? room->begin : "",
	        room->begin ? " begins a new conversation" : "");
}

char *
message_words_full(const struct err *why, const struct message_room *room, int cols)
{
	return error_words(why, say_room(room), cols);
}

/* What else there is to say about a reply that has ended. */
static const char *
reply_words(const struct message *m)
{
	const char *reason = buf_text(&m->finish_reason);

	if (m->state == MESSAGE_STOPPED)
		return "(stopped)";
	if (m->state == MESSAGE_INTERRUPTED)
		return "(interrupted)";
	if (m->state != MESSAGE_COMPLETE)
		return "";
	if (strcmp(reason, "length") == 0)
		return "(ends here: the token limit or the end of the context was reached)";
	if (strcmp(reason, "content_filter") == 0)
		return "(ends here: the server's content filter)";
	if (m->tool_calls)
		return "(asked for a tool, and flynn has none)";
	if (m->content.len == 0)
		return m->reasoning.len > 0 ? "(thought only, no reply)" : "(an empty reply)";
	return "";
}

/* Before all else that is said of it. */
static const char *
mark_words(const struct message *m)
{
	if (message_is_muted(m))
		return m->is_edited ? "(edited, muted: not sent)" : "(muted: not sent)";
	return m->is_edited ? "(edited)" : "";
}

static char *
note_words(const struct message *m)
{
	const char *marks = mark_words(m), *reply = m->role == CHAT_ASSISTANT ? reply_words(m) : "";

	return mem_printf("%s%s%s", marks, *marks && *reply ? " " : "", reply);
}

char *
message_words_note(const struct message *m, const char *go_on, const char *retry, int cols)
{
	bool cut = m->state == MESSAGE_STOPPED || m->state == MESSAGE_INTERRUPTED;

	if (m->role == CHAT_ASSISTANT && m->state == MESSAGE_STREAMING)
		return mem_strdup("(another flynn is writing this)");
	return with_keys(note_words(m), say_what_next(go_on, !m->is_edited && (cut || go_on) ? retry : NULL), cols);
}

const struct err *
message_words_told(const struct err *why, bool hides_errors)
{
	static const struct err hidden = {ERR_SERVER, "failed: why is told once you have voted"};

	return hides_errors ? &hidden : why;
}
