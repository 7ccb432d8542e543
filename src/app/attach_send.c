/*
 * attach_send.c - Enter, the look at the files, and Enter once more. Nothing changes where one of them is refused.
 */
#include "app/attach_send.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_inside.h"
#include "app/attach_words.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "system/attachment_job.h"

struct attach_send {
	struct talk *talk; /* NULL: none does */
	void (*again)(struct app *);
	struct path_list words;      /* of the prompt, that may name files */
	struct path_list of_command; /* of the command that is being run */
	struct attachment_job *look; /* NULL: files are being read that were attached before */
	int64_t since_ms;
	bool is_slow;
	bool is_ready; /* `again` is being called */
};

void
attach_send_init(struct app *app)
{
	app->attach_send = mem_alloc(sizeof(*app->attach_send));
}

void
attach_send_release(struct app *app)
{
	if (!app->attach_send)
		return;
	attachment_job_free(app->attach_send->look);
	path_list_release(&app->attach_send->words);
	path_list_release(&app->attach_send->of_command);
	free(app->attach_send);
}

bool
attach_keeps_keys(const struct app *app)
{
	return app->attach_send && app->attach_send->talk && !app->attach_send->is_ready;
}

static void
end_sending(struct app *app)
{
	struct attach_send *s = app->attach_send;

	attachment_job_free(s->look);
	path_list_release(&s->words);
	*s = (struct attach_send){.of_command = s->of_command};
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

void
attach_command_begins(struct app *app)
{
	if (app->attach_send)
		attach_words_find(&app->composer, &app->attach_send->of_command);
}

void
attach_command_ends(struct app *app)
{
	if (app->attach_send)
		path_list_release(&app->attach_send->of_command);
}

/* Of the command, or of what is typed. */
static struct path_list
take_words(struct app *app)
{
	struct path_list words = app->attach_send->of_command;

	app->attach_send->of_command = (struct path_list){.n = 0};
	if (words.n == 0)
		attach_words_find(&app->composer, &words);
	if (app->words_refused)
		path_list_release(&words);
	return words;
}

bool
attach_comes_first(struct app *app, void (*again)(struct app *))
{
	struct attach_send *s = app->attach_send;
	struct talk *talk = app->pane->talk;
	struct path_list words;

	if (s->is_ready)
		return false;
	words = take_words(app);
	if (words.n == 0 && !attach_has_files(app, talk))
		return false;
	(void)attach_was_refused(app, talk);
	*s = (struct attach_send){.talk = talk, .again = again, .words = words, .since_ms = clock_ms()};
	app_say(app, false, "reading files: Esc gives up");
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
	struct attach_send *s = app->attach_send;
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
	size_t at = attach_find_same(&talk->attached, known);

	if (r->news == ATTACHMENT_NEWS_LOST) {
		put_note(notes, known->name, " is gone: what was read before is sent");
	} else if (r->news == ATTACHMENT_NEWS_READ && at < talk->attached.n) {
		put_note(notes, known->name, " had changed: it was read again");
		attach_replace(&talk->attached, at, attach_take_read(r));
	}
}

/* Results are of the files in `attached` that were looked at, in their order, then of the words. */
static void
take_looks(struct attach_send *s, struct buf *notes, struct attach_refusals *refused)
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
			(void)attach_put_file(&talk->attached, talk->attached.n, &r[i], refused);
	attachments_release(&known);
}

/* Whether it takes what would be sent. */
static void
check_model(struct app *app, const struct attachment_result *r, size_t n, struct attach_refusals *refused)
{
	struct talk *talk = app->attach_send->talk;
	struct attachments all = {0};
	struct err err;

	attachments_add_all(&all, &talk->attached);
	for (size_t i = 0; i < n; i++)
		if (r[i].read)
			attachments_add(&all, attachment_hold(r[i].read));
	if (!models_check_attachments(app, talk->link, &all, &err))
		attach_refuse(refused, &err);
	attachments_release(&all);
}

/* True: nothing is sent, and nothing changes. */
static bool
has_refusals(struct app *app, struct attach_refusals *refused)
{
	struct attach_send *s = app->attach_send;
	size_t n;
	struct attachment_result *r = attachment_job_results(s->look, &n);

	for (size_t i = 0; i < n; i++)
		if (r[i].news == ATTACHMENT_NEWS_REFUSED) {
			attach_refuse(refused, &r[i].why);
			app->words_refused = app->words_refused || i >= n - s->words.n;
		}
	if (refused->n == 0)
		check_model(app, r, n, refused);
	return refused->n > 0;
}

static void
send_now(struct app *app, const char *notes)
{
	struct attach_send *s = app->attach_send;

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
	struct attach_send *s = app->attach_send;
	struct attach_refusals refused = {.n = 0};
	struct buf notes = {0};

	if (s->talk != app->pane->talk || has_refusals(app, &refused)) {
		end_sending(app);
		attach_say_refusals(app, &refused);
	} else {
		take_looks(s, &notes, &refused);
		attach_say_refusals(app, &refused);
		send_now(app, buf_text(&notes));
	}
	buf_release(&notes);
}

int
attach_send_turn(struct app *app)
{
	struct attach_send *s = app->attach_send;

	if (s->talk && attach_was_refused(app, s->talk))
		end_sending(app);
	if (s->talk && !s->look && !attach_is_reading(app, s->talk))
		start_looking(app);
	if (s->look && attachment_job_end(s->look))
		take_sending(app);
	return s->look ? attach_be_patient(app, s->since_ms, &s->is_slow, "the attached files (Esc gives up)") : -1;
}

int
attach_send_fd(const struct app *app)
{
	return app->attach_send->look ? attachment_job_fd(app->attach_send->look) : -1;
}

void
attach_send_forget(struct app *app, const struct talk *talk)
{
	if (app->attach_send && app->attach_send->talk == talk)
		end_sending(app);
}
