/*
 * history_tools.c - opening, printing, asking, and showing how far it is.
 */
#include "cmd/history_tools.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/disk_limit.h"
#include "cmd/say.h"
#include "config/paths.h"
#include "store/overdue.h"
#include "text/clean.h"

char *
tools_path(const struct options *o)
{
	return o->database ? mem_strdup(o->database) : paths_history();
}

static bool
is_there(const char *path)
{
	bool is;

	overdue_enter();
	is = access(path, F_OK) == 0 || errno != ENOENT;
	overdue_leave();
	return is;
}

struct history *
tools_open(const struct options *o, enum history_mode mode, struct err *err)
{
	char *path = tools_path(o);
	struct history *h = NULL;

	*err = (struct err){0};
	disk_limit_tell("nothing was %s", mode == HISTORY_READ ? "read" : "done");
	if (disk_limit_begin(path, err) && (mode == HISTORY_CREATE || o->database || is_there(path)))
		h = history_open(path, mode, err);
	if (h)
		disk_limit_tell(
		        "%s", mode == HISTORY_READ ? "the history was not read to its end" : "nothing was done");
	if (h && history_notice(h)[0])
		say("%s", history_notice(h));
	free(path);
	return h;
}

struct history *
tools_open_trial(const struct options *o, struct err *err)
{
	char *path = tools_path(o);
	struct history *h = NULL;

	disk_limit_tell("nothing was imported, nor would it have been");
	if (disk_limit_begin(path, err))
		h = history_open_trial(path, is_there(path), err);
	free(path);
	return h;
}

void
tools_close(struct history *h)
{
	disk_limit_tell("the history was not closed, which harms nothing");
	history_close(h);
	disk_limit_end();
}

bool
tools_number(const char *option, const char *text, int64_t otherwise, int64_t *number, struct err *err)
{
	char *rest;

	*number = otherwise;
	if (!text)
		return true;
	errno = 0;
	*number = strtoll(text, &rest, 10);
	return (*text >= '0' && *text <= '9' && !*rest && !errno) ||
	       err_set(err, ERR_USAGE, "--%s must be a whole number, not \"%s\"", option, text);
}

bool
tools_rows(struct history *h, const struct options *o, struct lookup_rows *rows, struct err *err)
{
	rows->n = 0;
	rows->rows = mem_alloc(((size_t)o->n_words + 1) * sizeof(*rows->rows));
	for (int i = 0; i < o->n_words; i++) {
		if (!h)
			return err_set(
			        err, ERR_SYSTEM, "there is no conversation %s: there is no history yet", o->words[i]);
		if (!lookup_conversation(h, o->words[i], &rows->rows[rows->n++], err))
			return false;
	}
	return true;
}

/* ---- standard output ---- */

void
tools_print(struct output *out, const char *format, ...)
{
	char text[1024];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	(void)!output_put(out, text, n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

void
tools_put_line(struct output *out, const char *text, size_t characters)
{
	char *clean = clean_line(text);
	size_t n = strlen(clean), shown = characters > 0 ? utf8_prefix(clean, n, characters) : n;

	(void)!output_put(out, clean, shown);
	if (shown < n)
		(void)!output_put(out, "…", strlen("…"));
	free(clean);
}

int
tools_end(struct output *out)
{
	bool good = output_end(out);
	int error = out->error;

	output_release(out);
	if (good)
		return 0;
	if (error == EPIPE)
		return 141;
	say("cannot write to standard output: %s", strerror(error));
	return err_exit_status(ERR_OUTPUT);
}

const char *
tools_count(int64_t n, const char *one, const char *many)
{
	static char texts[4][64];
	static unsigned turn;
	char *text = texts[turn++ % 4];

	snprintf(text, sizeof(texts[0]), "%lld %s", (long long)n, n == 1 ? one : many);
	return text;
}

/* ---- asking ---- */

bool
tools_ask(const struct options *o, const char *question, int *status)
{
	char *clean, answer[16] = "";

	*status = 0;
	if (o->yes)
		return true;
	if (!isatty(STDIN_FILENO)) {
		say("nothing was deleted: nobody can be asked here. --yes deletes without asking");
		*status = err_exit_status(ERR_USAGE);
		return false;
	}
	clean = clean_line(question);
	fprintf(stderr, "%s [y/N] ", clean);
	free(clean);
	if (fgets(answer, sizeof(answer), stdin) && (strcmp(answer, "y\n") == 0 || strcmp(answer, "yes\n") == 0))
		return true;
	say("nothing was deleted");
	*status = 1;
	return false;
}

/* ---- how far it is ---- */

enum {
	PROGRESS_AFTER_MS = 500,
	PROGRESS_EVERY_MS = 100,
};

void
progress_tell(struct progress *p, const char *format, ...)
{
	int64_t now_ms = clock_ms();
	va_list args;

	if (p->begun_ms == 0) {
		p->begun_ms = now_ms;
		p->next_ms = isatty(STDERR_FILENO) ? now_ms + PROGRESS_AFTER_MS : INT64_MAX;
	}
	if (now_ms < p->next_ms)
		return;
	p->next_ms = now_ms + PROGRESS_EVERY_MS;
	p->shown = true;
	va_start(args, format);
	fputs("\r\033[K", stderr);
	vfprintf(stderr, format, args);
	fflush(stderr);
	va_end(args);
}

void
progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
