/*
 * history.c - the table of commands, and the numbers of the history.
 */
#include "cmd/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/json_put.h"
#include "cmd/history_change.h"
#include "cmd/history_export.h"
#include "cmd/history_list.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/stats.h"

/* ---- stats ---- */

static void
put_stats_json(struct output *out, const char *path, const struct stats *t)
{
	struct buf json = {0};

	buf_putc(&json, '{');
	json_put_text(&json, "path", path);
	json_put_int(&json, "bytes", t->bytes);
	json_put_int(&json, "conversations", t->conversations);
	json_put_int(&json, "pinned", t->pinned);
	json_put_int(&json, "archived", t->archived);
	json_put_int(&json, "deleted", t->deleted);
	json_put_int(&json, "messages", t->messages);
	json_put_int(&json, "prompts", t->prompts);
	json_put_int(&json, "replies", t->replies);
	json_put_int(&json, "unfinished", t->unfinished);
	json_put_int(&json, "text_bytes", t->text_bytes);
	if (t->conversations > 0) {
		json_put_time(&json, "first", t->first_ms);
		json_put_time(&json, "last", t->last_ms);
	}
	buf_puts(&json, "}\n");
	(void)!output_put(out, json.data, json.len);
	buf_release(&json);
}

static const char *
size_text(int64_t bytes, char *text, size_t n)
{
	if (bytes < 1000000)
		snprintf(text, n, "%lld kB", (long long)((bytes + 999) / 1000));
	else
		snprintf(text, n, "%.1f MB", (double)bytes / 1e6);
	return text;
}

static void
put_stats(struct output *out, const char *path, const struct stats *t)
{
	struct buf first = {0}, last = {0};
	char size[32], text[32];

	date_put_local(&first, t->first_ms);
	date_put_local(&last, t->last_ms);
	tools_print(out, "file           ");
	tools_put_line(out, path, 0);
	tools_print(out, "\nsize           %s, %s of it text\n", size_text(t->bytes, size, sizeof(size)),
	        size_text(t->text_bytes, text, sizeof(text)));
	tools_print(out, "conversations  %lld, %lld pinned, %lld archived\n", (long long)t->conversations,
	        (long long)t->pinned, (long long)t->archived);
	tools_print(out, "messages       %lld: %s, %s (%lld not complete)\n", (long long)t->messages,
	        tools_count(t->prompts, "prompt", "prompts"), tools_count(t->replies, "reply", "replies"),
	        (long long)t->unfinished);
	if (t->deleted > 0)
		tools_print(out, "deleted        %lld, kept for a day\n", (long long)t->deleted);
	if (t->conversations > 0)
		tools_print(out, "first          %s\nlast           %s\n", buf_text(&first), buf_text(&last));
	buf_release(&first);
	buf_release(&last);
}

static int
cmd_history_stats(const struct options *o)
{
	struct err err;
	struct history *h = tools_open(o, HISTORY_READ, &err);
	struct stats stats = {0};
	struct output out;
	bool good = h ? stats_read(h, &stats, &err) : err.code == ERR_NONE;
	char *path = tools_path(o);
	int status;

	output_init(&out, STDOUT_FILENO, -1);
	if (good && o->json)
		put_stats_json(&out, path, &stats);
	else if (good && h)
		put_stats(&out, path, &stats);
	else if (good)
		say("there are no conversations yet (they would be in %s)", path);
	status = tools_end(&out);
	free(path);
	tools_close(h);
	return good ? status : say_err(&err);
}

/* ---- the table ---- */

const struct command *
history_commands(size_t *n)
{
	static const struct command rows[] = {
	        {"list", FOR_LIST, 0, 0, cmd_history_list, "flynn history list [OPTIONS]",
	                "list conversations, pinned ones first, then by last change", NULL},
	        {"search", FOR_SEARCH, 1, -1, cmd_history_search, "flynn history search [OPTIONS] QUERY…",
	                "find messages with all these words; model:, before:, after:, role:, in:, is: filter", NULL},
	        {"show", FOR_SHOW, 1, 1, cmd_history_show, "flynn history show [OPTIONS] ID",
	                "print a conversation as text, the branch that the screen shows", NULL},
	        {"export", FOR_EXPORT, 0, -1, cmd_history_export, "flynn history export [OPTIONS] ID…",
	                "write conversations as Markdown, plain text, or JSON (every branch; for import)", NULL},
	        {"import", FOR_IMPORT, 1, 1, cmd_history_import, "flynn history import [OPTIONS] FILE",
	                "add the conversations of an exported JSON file, all or none; - is standard input", NULL},
	        {"delete", FOR_DELETE, 1, -1, cmd_history_delete, "flynn history delete [OPTIONS] ID…",
	                "delete conversations for good", NULL},
	        {"prune", FOR_PRUNE, 0, 0, cmd_history_prune, "flynn history prune --older-than DAYS [OPTIONS]",
	                "delete unpinned conversations unchanged for so long, and shrink the file", NULL},
	        {"stats", FOR_STATS, 0, 0, cmd_history_stats, "flynn history stats [OPTIONS]",
	                "count conversations and messages; sizes and dates", NULL},
	};

	*n = ARRAY_LEN(rows);
	return rows;
}

int
cmd_history(const struct options *o)
{
	size_t n;
	const struct command *rows = history_commands(&n);
	struct buf names = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", rows[i].name);
	if (o->n_words > 0)
		say("there is no command \"history %s\": it is %s", o->words[0], buf_text(&names));
	else
		say("flynn history what? %s", buf_text(&names));
	buf_release(&names);
	return err_exit_status(ERR_USAGE);
}
