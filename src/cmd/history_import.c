/*
 * history_import.c - the file, and the report. With --dry-run the same is done to a copy of the history that is gone
 * afterwards, so its report is the same too.
 */
#include "cmd/history_import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json_put.h"
#include "base/regular.h"
#include "chat/conversation.h"
#include "cmd/disk_limit.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/import.h"

#define COUNT(n) tools_count((int64_t)(n), "conversation", "conversations")

/* ---- the report ---- */

static void
put_lost(struct buf *json, const struct import_lost *lost)
{
	json_put_name(json, "not_represented");
	buf_putc(json, '{');
	for (int i = 0; i < IMPORT_LOST_N; i++)
		if (lost->n[i] > 0)
			json_put_int(json, import_lost_name((enum import_lost_kind)i), (int64_t)lost->n[i]);
	buf_putc(json, '}');
}

static bool
is_own(const struct import_counts *c)
{
	return strcmp(c->from, "flynn") == 0;
}

static void
report_json(const struct options *o, struct output *out, const struct import_counts *c)
{
	struct buf json = {0};

	buf_putc(&json, '{');
	json_put_int(&json, "added", (int64_t)c->added);
	json_put_int(&json, "copied", (int64_t)c->copied);
	json_put_int(&json, "skipped", (int64_t)c->skipped);
	json_put_int(&json, "messages", (int64_t)c->messages);
	json_put_int(&json, "cut", (int64_t)c->cut);
	if (c->is_merge) {
		json_put_int(&json, "merged", (int64_t)c->merged);
		json_put_int(&json, "votes", (int64_t)c->votes);
	}
	if (!is_own(c)) {
		json_put_int(&json, "merged", (int64_t)c->merged);
		json_put_int(&json, "empty", (int64_t)c->empty);
		json_put_text(&json, "from", c->from);
		put_lost(&json, &c->lost);
	}
	if (o->dry_run)
		json_put_bool(&json, "dry_run", true);
	buf_puts(&json, "}\n");
	(void)!output_put(out, json.data, json.len);
	buf_release(&json);
}

static void
report_lost(struct output *out, const struct import_lost *lost)
{
	for (int i = 0; i < IMPORT_LOST_N; i++)
		if (lost->n[i] > 0)
			tools_print(out, "  not represented: %zu %s\n", lost->n[i],
			        import_lost_words((enum import_lost_kind)i, lost->n[i]));
}

static void
report_words(const struct options *o, struct output *out, const struct import_counts *c)
{
	tools_print(out, "%s %s with %s%s%s", o->dry_run ? "would import" : "imported", COUNT(c->added),
	        tools_count((int64_t)c->messages, "message", "messages"), is_own(c) ? "" : " from ",
	        is_own(c) ? "" : c->program);
	if (c->merged > 0)
		tools_print(out, "; %s got what was new there", COUNT(c->merged));
	if (c->votes > 0)
		tools_print(out, "; %s", tools_count((int64_t)c->votes, "vote", "votes"));
	if (c->skipped > 0)
		tools_print(out, "; %zu skipped: already there", c->skipped);
	if (c->copied > 0)
		tools_print(out, "; %zu of them beside another version", c->copied);
	if (c->empty > 0)
		tools_print(out, "; %zu without a message left out", c->empty);
	if (c->cut > 0)
		tools_print(out, "; %s cut to %d bytes", tools_count((int64_t)c->cut, "title", "titles"),
		        CONVERSATION_TITLE_MAX);
	tools_print(out, "\n");
	report_lost(out, &c->lost);
}

static int
report(const struct options *o, const struct import_counts *c)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, -1);
	if (o->json)
		report_json(o, &out, c);
	else
		report_words(o, &out, c);
	return tools_end(&out);
}

/* ---- the import ---- */

static void
show_progress(void *arg, const struct import_counts *counts)
{
	progress_tell(arg, "importing: %s, %.1f MB", COUNT(counts->added + counts->merged + counts->skipped),
	        (double)counts->bytes / 1e6);
}

static struct history *
open_history(const struct options *o, struct err *err)
{
	struct history *h = o->dry_run ? tools_open_trial(o, err) : tools_open(o, HISTORY_CREATE, err);

	disk_limit_tell(o->dry_run ? "nothing was imported, nor would it have been"
	                           : "all of it was imported, or nothing: importing it again skips what is there");
	return h;
}

static int
import_from(const struct options *o, FILE *file, const char *path)
{
	struct err err;
	struct history *h = open_history(o, &err);
	struct progress progress = {0};
	struct import_counts counts;
	bool good = h && import_file(h, file, path, show_progress, &progress, &counts, &err);
	int status;

	progress_end(&progress);
	status = good ? report(o, &counts) : say_err(&err);
	tools_close(h);
	return status;
}

/* A pipe is opened when somebody writes to it: that wait is none for a disk. */
static FILE *
open_import(const char *path, struct err *err)
{
	FILE *file = NULL;
	bool regular;

	disk_limit_tell("nothing was imported");
	if (!disk_limit_begin_files(err))
		return NULL;
	disk_limit_enter(path, 0);
	regular = regular_or_none(path);
	if (regular)
		file = fopen(path, "re");
	disk_limit_leave();
	if (!regular)
		file = fopen(path, "re");
	if (!file)
		err_set(err, ERR_SYSTEM, "cannot open %s: %s", path, strerror(errno));
	disk_limit_end();
	return file;
}

int
cmd_history_import(const struct options *o)
{
	bool from_input = strcmp(o->words[0], "-") == 0;
	struct err err;
	FILE *file = from_input ? stdin : open_import(o->words[0], &err);
	int status;

	if (!file)
		return say_err(&err);
	status = import_from(o, file, from_input ? NULL : o->words[0]);
	if (!from_input)
		fclose(file);
	return status;
}
