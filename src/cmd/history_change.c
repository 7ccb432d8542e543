/*
 * history_change.c - delete and prune.
 */
#include "cmd/history_change.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cmd/disk_limit.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/lookup.h"
#include "store/remove.h"
#include "text/clean.h"

#define COUNT(n) tools_count((int64_t)(n), "conversation", "conversations")

enum {
	SHOWN_MAX = 20,
};

/* ---- what is taken out ---- */

struct removal {
	const struct options *options;
	struct history *history; /* or NULL: there is none */
	struct lookup_rows rows, deleted;
	struct progress progress;
	size_t done;
	struct err err;
};

static bool
begin(struct removal *r, const struct options *o)
{
	*r = (struct removal){.options = o};
	r->history = tools_open(o, HISTORY_WRITE, &r->err);
	return r->history || r->err.code == ERR_NONE;
}

/* Of a commit that has no answer nobody knows whether it was made. */
static void
tell_limit(const struct removal *r, size_t done)
{
	disk_limit_tell("deleted %zu of %s, perhaps more", r->done + done, COUNT(r->rows.n + r->deleted.n));
}

static void
show_removal(void *arg, size_t done)
{
	struct removal *r = arg;

	tell_limit(r, done);
	progress_tell(&r->progress, "deleting: %zu of %zu", done, r->rows.n);
}

static bool
take_out(struct removal *r, const struct lookup_rows *rows)
{
	size_t done = 0;
	bool good;

	tell_limit(r, 0);
	good = !r->history || rows->n == 0 ||
	       remove_conversations(r->history, rows->rows, rows->n, show_removal, r, &done, &r->err);

	r->done += done;
	progress_end(&r->progress);
	return good;
}

static int
tell_removal(const struct removal *r)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, -1);
	if (r->options->json)
		tools_print(&out, "{\"deleted\":%zu}\n", r->done);
	else
		tools_print(&out, "deleted %s\n", COUNT(r->done));
	return tools_end(&out);
}

/* `status`: of a call that is not an error of ours. */
static int
end(struct removal *r, bool good, int status)
{
	if (!good)
		status = say_err(&r->err);
	tools_close(r->history);
	free(r->rows.rows);
	free(r->deleted.rows);
	return status;
}

/* ---- delete ---- */

static int
by_row(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* One that was named twice is one. */
static void
make_unique(struct lookup_rows *rows)
{
	size_t n = 0;

	qsort(rows->rows, rows->n, sizeof(*rows->rows), by_row);
	for (size_t i = 0; i < rows->n; i++)
		if (n == 0 || rows->rows[n - 1] != rows->rows[i])
			rows->rows[n++] = rows->rows[i];
	rows->n = n;
}

/* Which ones they are, for the person who is asked. */
static void
show_rows(struct removal *r)
{
	for (size_t i = 0; i < r->rows.n && i < SHOWN_MAX; i++) {
		char *title = lookup_title(r->history, r->rows.rows[i]), *clean = clean_line(title);

		fprintf(stderr, "%6lld  %s\n", (long long)r->rows.rows[i], *clean ? clean : "(no title)");
		free(title);
		free(clean);
	}
	if (r->rows.n > SHOWN_MAX)
		fprintf(stderr, "        and %zu more\n", r->rows.n - SHOWN_MAX);
}

int
cmd_history_delete(const struct options *o)
{
	struct removal r;
	char question[128];
	int status = 0;
	bool good = begin(&r, o) && tools_rows(r.history, o, &r.rows, &r.err);

	if (!good)
		return end(&r, false, 0);
	make_unique(&r.rows);
	if (!o->yes && isatty(STDIN_FILENO))
		show_rows(&r);
	snprintf(question, sizeof(question), "delete %s for good?", COUNT(r.rows.n));
	if (!tools_ask(o, question, &status))
		return end(&r, true, status);
	good = take_out(&r, &r.rows);
	return end(&r, good, good ? tell_removal(&r) : 0);
}

/* ---- prune ---- */

static bool
parse_days(const struct options *o, int64_t *before_ms, struct err *err)
{
	static const int64_t day_ms = 24 * 60 * 60 * 1000;
	int64_t days;

	if (!o->older_than)
		return err_set(err, ERR_USAGE, "prune what? flynn history prune --older-than DAYS");
	if (!tools_number("older-than", o->older_than, 0, &days, err))
		return false;
	if (days > 1000000)
		return err_set(err, ERR_USAGE, "--older-than: %s days are too many", o->older_than);
	*before_ms = clock_unix_ms() - days * day_ms;
	return true;
}

static bool
find_old(struct removal *r, const struct options *o)
{
	int64_t before_ms = 0;

	if (!parse_days(o, &before_ms, &r->err))
		return false;
	return !r->history || (lookup_older(r->history, before_ms, false, &r->rows, &r->err) &&
	                              lookup_older(r->history, before_ms, true, &r->deleted, &r->err));
}

/* Without --yes, where nobody can be asked, it says what would go. */
static int
tell_old(const struct removal *r)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, -1);
	if (r->options->json)
		tools_print(&out, "{\"deleted\":0,\"would_delete\":%zu}\n", r->rows.n + r->deleted.n);
	else if (r->rows.n + r->deleted.n == 0)
		tools_print(&out, "nothing is that old (pinned conversations are kept)\n");
	else
		tools_print(&out, "%s would be deleted for good (pinned ones are kept): --yes does it\n",
		        COUNT(r->rows.n + r->deleted.n));
	return tools_end(&out);
}

static bool
prune(struct removal *r)
{
	struct err err;

	if (!take_out(r, &r->rows) || !take_out(r, &r->deleted))
		return false;
	disk_limit_tell("deleted %s, and the file is as large as before", COUNT(r->done));
	if (r->done > 0 && !remove_shrink(r->history, &err))
		say("the file is as large as before: %s", err.text);
	return true;
}

int
cmd_history_prune(const struct options *o)
{
	struct removal r;
	char question[160];
	int status = 0;
	bool good = begin(&r, o) && find_old(&r, o);

	if (!good)
		return end(&r, false, 0);
	if (!o->yes && (!isatty(STDIN_FILENO) || o->json))
		return end(&r, true, tell_old(&r));
	snprintf(question, sizeof(question), "delete %s older than %s days for good? (pinned ones are kept)",
	        COUNT(r.rows.n + r.deleted.n), o->older_than);
	if (r.rows.n + r.deleted.n > 0 && !tools_ask(o, question, &status))
		return end(&r, true, status);
	good = prune(&r);
	return end(&r, good, good ? tell_removal(&r) : 0);
}
