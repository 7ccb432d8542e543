/*
 * attach.c - a list of jobs. One that reads files knows where they belong among those that are attached, so that files keep
 * the order in which they were asked for, whichever disk answers first.
 */
#include "app/attach.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_words.h"
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

/* A prompt that waits for its files. */
struct sending {
	struct talk *talk; /* NULL: none does */
	void (*again)(struct app *);
	struct path_list words;      /* of the prompt, that may name files */
	struct attachment_job *look; /* NULL: files are being read that were attached before */
	int64_t since_ms;
	bool is_slow;
	bool is_ready; /* `again` is being called */
};

struct attach {
	struct reading reading[ATTACH_JOBS_MAX]; /* the oldest first */
	size_t n;
	struct sending sending;
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
	attachment_job_free(app->attach->sending.look);
	path_list_release(&app->attach->sending.words);
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

static bool
is_reading_for(const struct app *app, const struct talk *talk)
{
	for (size_t i = 0; i < app->attach->n; i++)
		if (is_for(&app->attach->reading[i], talk))
			return true;
	return false;
}

bool
attach_has_files(const struct app *app, const struct talk *talk)
{
	return talk->attached.n > 0 || (app->attach && is_reading_for(app, talk));
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
	if (a && a->sending.talk == talk)
		(void)attach_give_up(app);
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

/* Of a list of refusals the first, and how many others there are. */
struct refusals {
	struct err first;
	size_t n;
};

static void
refuse(struct refusals *r, const struct err *why)
{
	if (r->n++ == 0)
		r->first = *why;
}

static void
say_refusals(struct app *app, const struct refusals *r)
{
	char *words;

	if (r->n == 0)
		return;
	words = r->n == 1 ? mem_strdup(r->first.text) : mem_printf("%zu refused: %s", r->n, r->first.text);
	app_say(app, true, words);
	free(words);
}

/* The place of the same file, if it is attached; the number of files: it is not. */
static size_t
find_same(const struct attachments *list, const struct attachment *file)
{
	size_t i = 0;

	while (i < list->n && !(file->path && list->items[i]->path && strcmp(list->items[i]->path, file->path) == 0))
		i++;
	return i;
}

static void
replace(struct attachments *list, size_t i, struct attachment *takes)
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

static struct attachment *
take_read(struct attachment_result *r)
{
	struct attachment *file = r->read;

	r->read = NULL;
	return file;
}

/* A file that is attached already takes the place of what was read before. True: there is one more. */
static bool
put_file(struct attachments *list, size_t at, struct attachment_result *r, struct refusals *refused)
{
	size_t same = find_same(list, r->read);
	struct err err;

	if (same < list->n) {
		replace(list, same, take_read(r));
		return false;
	}
	if (list->n == ATTACH_FILES_MAX) {
		err_set(&err, ERR_LIMIT, "a prompt has %d files at most", ATTACH_FILES_MAX);
		refuse(refused, &err);
		return false;
	}
	insert(list, at, take_read(r));
	return true;
}

static void
take_files(struct app *app, size_t i, struct refusals *refused)
{
	struct reading *reading = &app->attach->reading[i];
	struct talk *talk = reading->talk;
	struct attachments *list = reading->is_aside ? &talk->files_aside : &talk->attached;
	size_t n, at = reading->at < list->n ? reading->at : list->n;
	struct attachment_result *results = attachment_job_results(reading->job, &n);
	struct err err;

	for (size_t j = 0; j < n; j++) {
		if (results[j].news == ATTACHMENT_NEWS_REFUSED)
			refuse(refused, &results[j].why);
		else if (put_file(list, at, &results[j], refused))
			shift(app->attach, talk, reading->is_aside, i + 1, at++, 1);
	}
	remove_reading(app->attach, i);
	if (refused->n == 0 && !models_check_attachments(app, talk->link, list, &err))
		refuse(refused, &err);
	app->stale = true;
}

/* ---- before a prompt is sent ---- */

bool
attach_keeps_keys(const struct app *app)
{
	return app->attach && app->attach->sending.talk && !app->attach->sending.is_ready;
}

static void
end_sending(struct app *app)
{
	attachment_job_free(app->attach->sending.look);
	path_list_release(&app->attach->sending.words);
	app->attach->sending = (struct sending){.talk = NULL};
	app->stale = true;
}

bool
attach_give_up(struct app *app)
{
	if (!attach_keeps_keys(app))
		return false;
	end_sending(app);
	app_say(app, false, "not sent");
	return true;
}

bool
attach_comes_first(struct app *app, void (*again)(struct app *))
{
	struct sending *s = &app->attach->sending;
	struct talk *talk = app->pane->talk;
	struct path_list words = {.n = 0};

	if (s->is_ready)
		return false;
	if (!app->words_refused)
		attach_words_find(&app->composer, &words);
	if (words.n == 0 && !attach_has_files(app, talk))
		return false;
	*s = (struct sending){.talk = talk, .again = again, .words = words, .since_ms = clock_ms()};
	app_say(app, false, "reading the attached files: Esc gives up");
	return true;
}

/* Those of the message that is being changed are sent as they were. */
static void
collect_known(const struct talk *talk, struct attachments *known)
{
	const struct message *edited = conversation_find(talk->session.conversation, talk->edited);

	for (size_t i = 0; i < talk->attached.n; i++) {
		struct attachment *file = talk->attached.items[i];
		bool stays = false;

		for (size_t j = 0; edited && j < edited->attachments.n; j++)
			stays = stays || edited->attachments.items[j] == file;
		if (!stays)
			attachments_add(known, attachment_hold(file));
	}
}

static void
start_looking(struct app *app)
{
	struct sending *s = &app->attach->sending;
	struct attachments known = {0};
	struct err err;

	collect_known(s->talk, &known);
	s->look = attachment_job_look(&known, &s->words, &app->config->attach_limits, &err);
	attachments_release(&known);
	if (s->look)
		return;
	end_sending(app);
	app_say(app, true, err.text);
}

static void
put_note(struct buf *notes, const char *name, const char *words)
{
	buf_printf(notes, "%s%s%s", notes->len > 0 ? "; " : "", name, words);
}

static void
take_look(struct talk *talk, const struct attachment *known, struct attachment_result *r, struct buf *notes)
{
	size_t at = find_same(&talk->attached, known);

	if (r->news == ATTACHMENT_NEWS_LOST) {
		put_note(notes, known->name, " is gone: what was read before is sent");
	} else if (r->news == ATTACHMENT_NEWS_READ && at < talk->attached.n) {
		put_note(notes, known->name, " had changed: it was read again");
		replace(&talk->attached, at, take_read(r));
	}
}

/* Results are of the files in `attached` that were looked at, in their order, then of the words. */
static void
take_looks(struct sending *s, struct buf *notes, struct refusals *refused)
{
	struct talk *talk = s->talk;
	struct attachments known = {0};
	size_t n;
	struct attachment_result *r = attachment_job_results(s->look, &n);

	collect_known(talk, &known);
	for (size_t i = 0; i < known.n; i++)
		take_look(talk, known.items[i], &r[i], notes);
	for (size_t i = known.n; i < n; i++)
		if (r[i].news == ATTACHMENT_NEWS_READ)
			(void)put_file(&talk->attached, talk->attached.n, &r[i], refused);
	attachments_release(&known);
}

/* Whether it takes what would be sent. */
static void
check_model(struct app *app, const struct attachment_result *r, size_t n, struct refusals *refused)
{
	struct talk *talk = app->attach->sending.talk;
	struct attachments all = {0};
	struct err err;

	attachments_add_all(&all, &talk->attached);
	for (size_t i = 0; i < n; i++)
		if (r[i].read)
			attachments_add(&all, attachment_hold(r[i].read));
	if (!models_check_attachments(app, talk->link, &all, &err))
		refuse(refused, &err);
	attachments_release(&all);
}

/* True: nothing is sent, and nothing changes. */
static bool
has_refusals(struct app *app, struct refusals *refused)
{
	struct sending *s = &app->attach->sending;
	size_t n;
	struct attachment_result *r = attachment_job_results(s->look, &n);

	for (size_t i = 0; i < n; i++)
		if (r[i].news == ATTACHMENT_NEWS_REFUSED) {
			refuse(refused, &r[i].why);
			app->words_refused = app->words_refused || i >= n - s->words.n;
		}
	if (refused->n == 0)
		check_model(app, r, n, refused);
	return refused->n > 0;
}

static void
send_now(struct app *app, const char *notes)
{
	struct sending *s = &app->attach->sending;

	app_say(app, false, NULL);
	app->words_refused = false;
	s->is_ready = true;
	s->again(app);
	end_sending(app);
	if (*notes && !app->message.text)
		app_say(app, false, notes);
}

static void
take_sending(struct app *app)
{
	struct sending *s = &app->attach->sending;
	struct refusals refused = {.n = 0};
	struct buf notes = {0};

	if (s->talk != app->pane->talk || has_refusals(app, &refused)) {
		end_sending(app);
		say_refusals(app, &refused);
	} else {
		take_looks(s, &notes, &refused);
		say_refusals(app, &refused);
		send_now(app, buf_text(&notes));
	}
	buf_release(&notes);
}

/* ---- every turn ---- */

static void
take_all_files(struct app *app)
{
	struct attach *a = app->attach;
	struct refusals refused = {.n = 0};

	for (size_t i = a->n; i > 0; i--)
		if (attachment_job_end(a->reading[i - 1].job)) {
			size_t before = refused.n;
			const struct talk *talk = a->reading[i - 1].talk;

			take_files(app, i - 1, &refused);
			if (refused.n > before && talk == a->sending.talk)
				end_sending(app);
		}
	say_refusals(app, &refused);
}

/* In ms, until it is said that it does not answer; -1: it was, now or before. */
static int
be_patient(struct app *app, int64_t since_ms, bool *is_slow, const char *words)
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
		wait = clock_sooner(
		        wait, be_patient(app, a->reading[i].since_ms, &a->reading[i].is_slow, a->reading[i].words));
	if (a->sending.look)
		wait = clock_sooner(wait,
		        be_patient(app, a->sending.since_ms, &a->sending.is_slow, "the attached files (Esc gives up)"));
	return wait;
}

int
attach_turn(struct app *app)
{
	struct sending *s = &app->attach->sending;

	take_all_files(app);
	if (s->talk && !s->look && !is_reading_for(app, s->talk))
		start_looking(app);
	if (s->look && attachment_job_end(s->look))
		take_sending(app);
	return say_slow(app);
}

size_t
attach_fds(const struct app *app, struct pollfd fds[static ATTACH_FDS_MAX])
{
	const struct attach *a = app->attach;
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		fds[n++] = (struct pollfd){attachment_job_fd(a->reading[i].job), POLLIN, 0};
	if (a->sending.look)
		fds[n++] = (struct pollfd){attachment_job_fd(a->sending.look), POLLIN, 0};
	return n;
}
