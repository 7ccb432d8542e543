/*
 * history_export.c - each conversation is read, and written message by message, before the next one is looked at. All that can be wrong with the command line is found before the first byte is written.
 */
#include "config.h"

#include "cmd/history_export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/new_file.h"
#include "base/regular.h"
#include "cmd/disk_limit.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/export.h"
#include "store/json_write.h"
#include "store/load.h"

enum {
	PIECE = 1 << 16, /* bytes */
};

/* Where it goes: standard output, or a file. */
struct target {
	struct output out;
	struct new_file file; /* its FILE is NULL: standard output */
	const char *path; /* of a file on a disk, which must answer; NULL: a pipe or a device, which may let one wait */
	int64_t written;  /* bytes, which may all still have to go to that disk */
	bool full;        /* it takes no more */
	struct export export;
	struct progress progress;
	size_t unreadable; /* conversations that were left out */
	struct err err;
};

/* ---- a conversation's text ---- */

static void
enter(const struct target *t, int64_t bytes)
{
	if (t->path)
		disk_limit_enter(t->path, bytes);
}

static void
leave(const struct target *t)
{
	if (t->path)
		disk_limit_leave();
}

/* In pieces: each must be taken in time, however many there are. */
static bool
put_in_file(struct target *t, const char *text, size_t n)
{
	bool taken = true;

	for (size_t at = 0, some; taken && at < n; at += some) {
		some = n - at < PIECE ? n - at : PIECE;
		enter(t, (int64_t)some);
		taken = fwrite(text + at, 1, some, t->file.file) == some;
		leave(t);
		t->written += (int64_t)some;
	}
	return taken;
}

static bool
put(struct target *t, const char *text, size_t n)
{
	return t->file.file ? put_in_file(t, text, n) : output_put(&t->out, text, n);
}

#ifdef HAVE_FOPENCOOKIE

/* Of the FILE that an export writes to: see cookie_io_functions_t of fopencookie(3). */
static ssize_t
take_written(void *target, const char *text, size_t n)
{
	struct target *t = target;

	t->full = t->full || !put(t, text, n);
	return t->full ? 0 : (ssize_t)n;
}

/* Hands what `write` says to the target; false: it takes no more. */
static bool
put_written(struct target *t, void (*write)(struct target *, struct loaded *), struct loaded *loaded)
{
	t->export.file = fopencookie(t, "w", (cookie_io_functions_t){.write = take_written});
	if (!t->export.file)
		return false;
	write(t, loaded);
	fclose(t->export.file);
	return !t->full;
}

#else

/* The same by way of memory. */
static bool
put_written(struct target *t, void (*write)(struct target *, struct loaded *), struct loaded *loaded)
{
	char *text = NULL;
	size_t n = 0;

	t->export.file = open_memstream(&text, &n);
	if (!t->export.file)
		return false;
	write(t, loaded);
	fclose(t->export.file);
	t->full = t->full || !text || !put(t, text, n);
	free(text);
	return !t->full;
}

#endif

static void
write_begin(struct target *t, struct loaded *loaded)
{
	(void)loaded;
	export_begin(&t->export, t->export.file, t->export.format);
}

static void
write_conversation(struct target *t, struct loaded *loaded)
{
	export_conversation(&t->export, loaded);
}

static void
write_end(struct target *t, struct loaded *loaded)
{
	(void)loaded;
	export_end(&t->export);
}

/* Not within a file's frame: the object alone. */
static void
write_object(struct target *t, struct loaded *loaded)
{
	json_write_conversation(t->export.file, loaded, false);
	fputc('\n', t->export.file);
}

/* ---- show ---- */

int
cmd_history_show(const struct options *o)
{
	struct target t = {.export = {.format = EXPORT_TEXT}};
	struct history *h = tools_open(o, HISTORY_READ, &t.err);
	struct lookup_rows rows = {0};
	struct loaded loaded;
	bool good = (h || t.err.code == ERR_NONE) && tools_rows(h, o, &rows, &t.err) &&
	            load_conversation(h, rows.rows[0], &loaded, &t.err);
	int status;

	output_init(&t.out, STDOUT_FILENO, -1);
	if (good) {
		(void)!put_written(&t, o->json ? write_object : write_conversation, &loaded);
		loaded_release(&loaded);
	}
	status = tools_end(&t.out);
	free(rows.rows);
	tools_close(h);
	return good ? status : say_err(&t.err);
}

/* ---- export ---- */

static bool
is_standard_output(const struct options *o)
{
	return !o->output || strcmp(o->output, "-") == 0;
}

static bool
choose_format(const struct options *o, enum export_format *format, struct err *err)
{
	*format = o->json ? EXPORT_JSON : EXPORT_MARKDOWN;
	if (o->format && !export_format_named(o->format, format))
		return err_set(err, ERR_USAGE, "--format must be md, txt or json, not \"%s\"", o->format);
	if (o->format && o->json && *format != EXPORT_JSON)
		return err_set(err, ERR_USAGE, "--json and --format %s exclude each other", o->format);
	if (!o->format && !o->json && !is_standard_output(o) && !export_format_of_file(o->output, format))
		return err_set(err, ERR_USAGE, "%s says no format: --format md, txt or json", o->output);
	return true;
}

static bool
choose_rows(struct history *h, const struct options *o, struct lookup_rows *rows, struct err *err)
{
	if (o->all && o->n_words > 0)
		return err_set(err, ERR_USAGE, "either --all or some conversations, not both");
	if (!o->all && o->n_words == 0)
		return err_set(err, ERR_USAGE, "export what? flynn history export ID…, or --all");
	if (!o->all)
		return tools_rows(h, o, rows, err);
	return !h || lookup_all(h, rows, err) || lookup_every(h, rows, err);
}

/* One that cannot be read must not keep the others from being saved elsewhere. False: the target takes no more. */
static bool
export_row(struct target *t, struct history *h, int64_t row)
{
	struct loaded loaded;
	struct err err;
	bool taken;

	if (!load_conversation(h, row, &loaded, &err)) {
		progress_end(&t->progress);
		say("conversation %lld is left out: %s", (long long)row, err.text);
		t->unreadable++;
		return true;
	}
	taken = put_written(t, write_conversation, &loaded);
	loaded_release(&loaded);
	return taken;
}

static bool
export_rows(struct target *t, struct history *h, const struct lookup_rows *rows)
{
	disk_limit_tell("not all was exported");
	if (!put_written(t, write_begin, NULL))
		return false;
	for (size_t i = 0; i < rows->n; i++) {
		if (!export_row(t, h, rows->rows[i]))
			return false;
		if (t->file.file || !t->out.terminal)
			progress_tell(&t->progress, "exporting: %zu of %zu", i + 1, rows->n);
	}
	return put_written(t, write_end, NULL);
}

static void
close_file(struct target *t)
{
	enter(t, t->written);
	(void)!new_file_close(&t->file, true, &t->err);
	leave(t);
}

static int
finish(struct target *t)
{
	int status = 0;

	progress_end(&t->progress);
	if (t->file.file)
		close_file(t);
	else
		status = tools_end(&t->out);
	if (status == 0 && t->err.code != ERR_NONE)
		return say_err(&t->err);
	return status ? status : t->unreadable > 0;
}

/* A pipe is opened when somebody reads from it: that wait is none for a disk. */
static bool
open_file(struct target *t, const struct options *o)
{
	bool opened = false, regular;

	t->path = o->output;
	enter(t, 0);
	regular = regular_or_none(o->output);
	if (regular)
		opened = new_file_open(&t->file, o->output, o->force, &t->err);
	leave(t);
	if (regular)
		return opened;
	t->path = NULL;
	return new_file_open(&t->file, o->output, o->force, &t->err);
}

static int
export_to(struct target *t, const struct options *o, struct history *h, const struct lookup_rows *rows)
{
	disk_limit_tell("nothing was exported");
	output_init(&t->out, STDOUT_FILENO, -1);
	if (!is_standard_output(o) && !open_file(t, o)) {
		output_release(&t->out);
		say("%s%s", t->err.text, t->err.code == ERR_USAGE ? " (--force replaces it)" : "");
		return err_exit_status(t->err.code);
	}
	(void)!export_rows(t, h, rows); /* closing the target reports its errors */
	return finish(t);
}

int
cmd_history_export(const struct options *o)
{
	struct target t = {.err = {0}};
	struct lookup_rows rows = {0};
	struct history *h = NULL;
	int status;
	bool good = choose_format(o, &t.export.format, &t.err);

	if (good) {
		h = tools_open(o, HISTORY_READ, &t.err);
		good = (h || t.err.code == ERR_NONE) && choose_rows(h, o, &rows, &t.err);
	}
	status = good ? export_to(&t, o, h, &rows) : say_err(&t.err);
	if (good && rows.n == 0)
		say("there are no conversations yet");
	free(rows.rows);
	tools_close(h);
	return status;
}
