/*
 * attach.c - a list of jobs. One that reads files knows where they belong among those that are attached, so that files keep
 * the order in which they were asked for, whichever disk answers first.
 */
#include "app/attach.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_inside.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "system/attachment_job.h"

enum {
	PATIENCE_MS = 5000, /* before it is said that a disk does not answer */
};

/* Files being read for a conversation. */
struct reading {
	struct attachment_job *job;
	struct talk *talk;
	bool is_aside; /* it belongs to talk->files_aside */
	size_t at;     /* the files of that, or of talk->attached, that come before it */
	char *words;
	int64_t since_ms;
	bool is_slow; /* which was said */
};

struct attach {
	struct reading reading[ATTACH_JOBS_MAX]; /* the oldest first */
	size_t n;
	const struct talk *refused; /* one of its files was, since somebody asked; or NULL */
};

void
attach_init(struct app *app)
{
	app->attach = mem_alloc(sizeof(*app->attach));
}

static void
release_reading(struct reading *r)
{
	attachment_job_free(r->job);
	free(r->words);
}

static void
remove_reading(struct attach *a, size_t i)
{
	release_reading(&a->reading[i]);
	a->n--;
	memmove(a->reading + i, a->reading + i + 1, (a->n - i) * sizeof(*a->reading));
}

void
attach_release(struct app *app)
{
	if (!app->attach)
		return;
	while (app->attach->n > 0)
		remove_reading(app->attach, 0);
	free(app->attach);
}

/* ---- asking ---- */

bool
attach_files(struct app *app, const char *words)
{
	struct attach *a = app->attach;
	struct talk *talk = app->pane->talk;
	struct err err;
	struct attachment_job *job;

	if (a->n == ATTACH_JOBS_MAX)
		return app_refuse(app, "too many files are being read: wait for them, or /detach some");
	job = attachment_job_read(words, &app->config->attach_limits, &err);
	if (!job)
		return app_refuse(app, err.text);
	a->reading[a->n++] = (struct reading){
	        .job = job, .talk = talk, .at = talk->attached.n, .words = mem_strdup(words), .since_ms = clock_ms()};
	app->stale = true;
	return true;
}

/* ---- the list ---- */

static bool
is_for(const struct reading *r, const struct talk *talk)
{
	return r->talk == talk && !r->is_aside;
}

bool
attach_is_reading(const struct app *app, const struct talk *talk)
{
	for (size_t i = 0; i < app->attach->n; i++)
		if (is_for(&app->attach->reading[i], talk))
			return true;
	return false;
}

bool
attach_has_files(const struct app *app, const struct talk *talk)
{
	return talk->attached.n > 0 || (app->attach && attach_is_reading(app, talk));
}

/* Those before the files that come next: `at` places, or all that is left. */
static size_t
put_reading(const struct app *app, const struct talk *talk, size_t *next, size_t at, struct attach_chip *chips)
{
	const struct attach *a = app->attach;
	size_t n = 0;

	for (; a && *next < a->n; (*next)++) {
		if (!is_for(&a->reading[*next], talk))
			continue;
		if (a->reading[*next].at > at && at < talk->attached.n)
			break;
		chips[n++].words = a->reading[*next].words;
	}
	return n;
}

size_t
attach_chips(const struct app *app, const struct talk *talk, struct attach_chip **chips)
{
	size_t n = 0, next = 0, reading = app->attach ? app->attach->n : 0;

	*chips = mem_alloc((talk->attached.n + reading + 1) * sizeof(**chips));
	for (size_t at = 0; at <= talk->attached.n; at++) {
		n += put_reading(app, talk, &next, at, *chips + n);
		if (at < talk->attached.n)
			(*chips)[n++].file = talk->attached.items[at];
	}
	return n;
}

/* So many files more (or fewer) at this place: those that are read for later places move along. */
static void
shift(struct attach *a, const struct talk *talk, bool aside, size_t from_reading, size_t at, int by)
{
	for (size_t i = from_reading; i < a->n; i++)
		if (a->reading[i].talk == talk && a->reading[i].is_aside == aside && a->reading[i].at >= at + (by < 0))
			a->reading[i].at += (size_t)by;
}

static void
drop_file(struct app *app, struct talk *talk, const struct attachment *file)
{
	for (size_t i = 0; i < talk->attached.n; i++)
		if (talk->attached.items[i] == file) {
			attachments_remove(&talk->attached, i);
			shift(app->attach, talk, false, 0, i, -1);
			return;
		}
}

static void
drop_reading(struct app *app, const char *words)
{
	for (size_t i = 0; i < app->attach->n; i++)
		if (app->attach->reading[i].words == words) {
			remove_reading(app->attach, i);
			return;
		}
}

bool
attach_drop(struct app *app, size_t number)
{
	struct talk *talk = app->pane->talk;
	struct attach_chip *chips;
	size_t n = attach_chips(app, talk, &chips);
	bool there = number >= 1 && number <= n;

	if (there && chips[number - 1].file)
		drop_file(app, talk, chips[number - 1].file);
	else if (there)
		drop_reading(app, chips[number - 1].words);
	free(chips);
	app->stale = true;
	return there;
}

size_t
attach_drop_all(struct app *app)
{
	size_t n = 0;

	while (attach_drop(app, 1))
		n++;
	return n;
}

void
attach_forget(struct app *app, const struct talk *talk)
{
	struct attach *a = app->attach;

	for (size_t i = a ? a->n : 0; i > 0; i--)
		if (a->reading[i - 1].talk == talk)
			remove_reading(a, i - 1);
}

void
attach_set_aside(struct app *app, struct talk *talk)
{
	talk->files_aside = talk->attached;
	talk->attached = (struct attachments){0};
	for (size_t i = 0; app->attach && i < app->attach->n; i++)
		if (app->attach->reading[i].talk == talk)
			app->attach->reading[i].is_aside = true;
}

void
attach_instead(struct talk *talk, const struct message *m)
{
	attachments_release(&talk->attached);
	attachments_add_all(&talk->attached, &m->attachments);
}

void
attach_bring_back(struct app *app, struct talk *talk)
{
	struct attach *a = app->attach;

	attachments_release(&talk->attached);
	talk->attached = talk->files_aside;
	talk->files_aside = (struct attachments){0};
	for (size_t i = a ? a->n : 0; i > 0; i--) {
		if (is_for(&a->reading[i - 1], talk))
			remove_reading(a, i - 1);
		else if (a->reading[i - 1].talk == talk)
			a->reading[i - 1].is_aside = false;
	}
}

/* ---- taking ---- */

void
attach_refuse(struct attach_refusals *r, const struct err *why)
{
	if (r->n++ == 0)
		r->first = *why;
}

void
attach_say_refusals(struct app *app, const struct attach_refusals *r)
{
	char *words;

	if (r->n == 0)
		return;
	words = r->n == 1 ? mem_strdup(r->first.text) : mem_printf("%zu refused: %s", r->n, r->first.text);
	app_say(app, true, words);
	free(words);
}

/* The place of the same file, if it is attached; the number of files: it is not. */
size_t
attach_find_same(const struct attachments *list, const struct attachment *file)
{
	size_t i = 0;

	while (i < list->n && !(file->path && list->items[i]->path && strcmp(list->items[i]->path, file->path) == 0))
		i++;
	return i;
}

void
attach_replace(struct attachments *list, size_t i, struct attachment *takes)
{
	attachment_free(list->items[i]);
	list->items[i] = takes;
}

static void
insert(struct attachments *list, size_t at, struct attachment *takes)
{
	attachments_add(list, takes);
	memmove(list->items + at + 1, list->items + at, (list->n - 1 - at) * sizeof(*list->items));
	list->items[at] = takes;
}

struct attachment *
attach_take_read(struct attachment_result *r)
{
	struct attachment *file = r->read;

	r->read = NULL;
	return file;
}

/* A file that is attached already takes the place of what was read before. True: there is one more. */
bool
attach_put_file(struct attachments *list, size_t at, struct attachment_result *r, struct attach_refusals *refused)
{
	size_t same = attach_find_same(list, r->read);
	struct err err;

	if (same < list->n) {
		attach_replace(list, same, attach_take_read(r));
		return false;
	}
	if (list->n == ATTACH_FILES_MAX) {
		err_set(&err, ERR_LIMIT, "a prompt has %d files at most", ATTACH_FILES_MAX);
		attach_refuse(refused, &err);
		return false;
	}
	insert(list, at, attach_take_read(r));
	return true;
}

static void
take_files(struct app *app, size_t i, struct attach_refusals *refused)
{
	struct reading *reading = &app->attach->reading[i];
	struct talk *talk = reading->talk;
	struct attachments *list = reading->is_aside ? &talk->files_aside : &talk->attached;
	size_t n, at = reading->at < list->n ? reading->at : list->n;
	struct attachment_result *results = attachment_job_results(reading->job, &n);
	struct err err;

	for (size_t j = 0; j < n; j++) {
		if (results[j].news == ATTACHMENT_NEWS_REFUSED)
			attach_refuse(refused, &results[j].why);
		else if (attach_put_file(list, at, &results[j], refused))
			shift(app->attach, talk, reading->is_aside, i + 1, at++, 1);
	}
	remove_reading(app->attach, i);
	if (refused->n == 0 && !models_check_attachments(app, talk->link, list, &err))
		attach_refuse(refused, &err);
	app->stale = true;
}

/* ---- every turn ---- */

static void
take_all_files(struct app *app)
{
	struct attach *a = app->attach;
	struct attach_refusals refused = {.n = 0};

	for (size_t i = a->n; i > 0; i--)
		if (attachment_job_end(a->reading[i - 1].job)) {
			size_t before = refused.n;
			const struct talk *talk = a->reading[i - 1].talk;

			take_files(app, i - 1, &refused);
			a->refused = refused.n > before ? talk : a->refused;
		}
	attach_say_refusals(app, &refused);
}

/* In ms, until it is said that it does not answer; -1: it was, now or before. */
int
attach_be_patient(struct app *app, int64_t since_ms, bool *is_slow, const char *words)
{
	int64_t left = since_ms + PATIENCE_MS - clock_ms();
	char *said;

	if (*is_slow)
		return -1;
	if (left > 0)
		return (int)left;
	*is_slow = true;
	said = mem_printf("%s: the disk does not answer yet", words);
	app_say(app, true, said);
	free(said);
	return -1;
}

static int
say_slow(struct app *app)
{
	struct attach *a = app->attach;
	int wait = -1;

	for (size_t i = 0; i < a->n; i++)
		wait = clock_sooner(wait,
		        attach_be_patient(app, a->reading[i].since_ms, &a->reading[i].is_slow, a->reading[i].words));
	return wait;
}

bool
attach_was_refused(struct app *app, const struct talk *talk)
{
	bool was = app->attach->refused == talk;

	app->attach->refused = NULL;
	return was;
}

int
attach_turn(struct app *app)
{
	if (app->attach->n > 0)
		take_all_files(app);
	return say_slow(app);
}

size_t
attach_fds(const struct app *app, struct pollfd fds[static ATTACH_JOBS_MAX])
{
	const struct attach *a = app->attach;
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		fds[n++] = (struct pollfd){attachment_job_fd(a->reading[i].job), POLLIN, 0};
	return n;
}
