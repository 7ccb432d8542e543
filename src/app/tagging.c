/*
 * tagging.c - the names are a question to the history's reading thread.
 */
#include "app/tagging.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/browse_ask.h"
#include "app/command.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/tagged.h"
#include "store/worker.h"

struct question {
	struct store_question question; /* the first member */
	struct tags names;
};

struct tagging {
	struct tags names;
	bool typing;   /* a command of tags */
	bool known;    /* they came once, */
	bool has_come; /* just now */
};

void
tagging_init(struct app *app)
{
	app->tagging = mem_alloc(sizeof(*app->tagging));
}

void
tagging_release(struct app *app)
{
	if (app->tagging)
		tags_release(&app->tagging->names);
	free(app->tagging);
}

/* ---- the names ---- */

static bool
ask_names(struct history *h, struct store_question *question, struct err *err)
{
	struct question *q = (struct question *)question;

	tags_release(&q->names); /* asked again */
	return tagged_names(h, &q->names, err);
}

static void
free_question(struct store_question *question)
{
	tags_release(&((struct question *)question)->names);
	free(question);
}

void
tagging_ask(struct app *app)
{
	struct question *q;

	if (!app->keeper->store)
		return;
	q = mem_alloc(sizeof(*q));
	q->question = (struct store_question){.kind = BROWSE_ASK_TAGS, .ask = ask_names, .free = free_question};
	if (!store_ask(app->keeper->store, &q->question))
		free_question(&q->question);
}

void
tagging_settle(struct app *app)
{
	static const char *const begun[] = {"/tag", "/unt"};
	const char *text = composer_text(&app->composer);
	bool typing = strncmp(text, begun[0], strlen(begun[0])) == 0 || strncmp(text, begun[1], strlen(begun[1])) == 0;

	if (!app->tagging)
		return;
	if (typing && !app->tagging->typing)
		tagging_ask(app);
	app->tagging->typing = typing;
}

/* Those of open conversations may not be saved yet. */
static void
add_open(const struct app *app, struct tags *names)
{
	for (size_t i = 0; i < app->n_talks; i++)
		tags_difference(names, &conversation_info(app->talks[i]->session.conversation)->tags, names);
}

void
tagging_answer(struct app *app, struct store_result *r)
{
	struct question *q = (struct question *)r->question;

	if (r->err.code != ERR_NONE)
		return;
	tags_release(&app->tagging->names);
	app->tagging->names = q->names;
	q->names = (struct tags){0};
	add_open(app, &app->tagging->names);
	app->tagging->has_come = !app->tagging->known;
	app->tagging->known = true;
}

bool
tagging_has_come(struct app *app)
{
	bool has_come = app->tagging->has_come;

	app->tagging->has_come = false;
	return has_come;
}

const struct tags *
tagging_names(const struct app *app)
{
	return &app->tagging->names;
}

/* ---- the conversation that is shown ---- */

static struct conversation *
shown(const struct app *app)
{
	return app->pane->talk->session.conversation;
}

void
tagging_put(struct buf *to, const struct tags *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		buf_printf(to, "%s#%s", i > 0 ? " " : "", tags->names[i]);
}

static void
say_tags(struct app *app, const char *before, const struct tags *tags, const char *behind)
{
	struct buf words = {0};

	buf_puts(&words, before);
	tagging_put(&words, tags);
	buf_puts(&words, behind);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
}

static void
put_info(struct conversation *c, struct tags *wanted)
{
	struct tags *tags = &conversation_info(c)->tags;

	tags_release(tags);
	*tags = *wanted;
	conversation_touch_info(c);
}

bool
tagging_tag(struct app *app, const char *names)
{
	struct conversation *c = shown(app);
	const struct tags *now = &conversation_info(c)->tags;
	struct tags wanted, added = {0};
	struct err err;

	if (!*names) {
		say_tags(app, now->n > 0 ? "tags: " : "there is no tag: /tag NAME gives one", now, "");
		return true;
	}
	tags_copy(&wanted, now);
	if (!tags_read(&wanted, names, &err)) {
		tags_release(&wanted);
		return app_refuse(app, err.text);
	}
	tags_difference(&added, &wanted, now);
	tags_difference(&app->tagging->names, &added, &app->tagging->names);
	put_info(c, &wanted);
	say_tags(app, added.n > 0 ? "tagged " : "tagged already: ", added.n > 0 ? &added : &wanted,
	        added.n > 0 ? " · /untag NAME takes a tag away" : "");
	tags_release(&added);
	return true;
}

/* The names that are typed, each of which it has. */
static bool
read_own(struct app *app, const struct tags *now, const char *names, struct tags *own)
{
	struct err err;

	if (!tags_read(own, names, &err))
		return app_refuse(app, err.text);
	for (size_t i = 0; i < own->n; i++)
		if (!tags_has(now, own->names[i])) {
			struct buf words = {0};

			buf_printf(&words, "it has no tag #%s", own->names[i]);
			(void)app_refuse(app, buf_text(&words));
			buf_release(&words);
			return false;
		}
	return true;
}

bool
tagging_untag(struct app *app, const char *names)
{
	struct conversation *c = shown(app);
	const struct tags *now = &conversation_info(c)->tags;
	struct tags gone = {0}, wanted = {0};

	if (now->n == 0)
		return app_refuse(app, "it has no tag");
	if (!*names)
		tags_copy(&gone, now);
	else if (!read_own(app, now, names, &gone)) {
		tags_release(&gone);
		return false;
	}
	tags_difference(&wanted, now, &gone);
	put_info(c, &wanted);
	say_tags(app, "no longer tagged ", &gone, "");
	tags_release(&gone);
	return true;
}

const char *
tagging_candidate(const struct app *app, UNUSED const char *first, size_t i)
{
	const struct tags *now = &conversation_info(shown(app))->tags, *names = &app->tagging->names;

	for (size_t at = 0; at < names->n; at++)
		if (!tags_has(now, names->names[at]) && i-- == 0)
			return names->names[at];
	return NULL;
}

const char *
tagging_candidate_to_remove(const struct app *app, UNUSED const char *first, size_t i)
{
	const struct tags *now = &conversation_info(shown(app))->tags;

	return i < now->n ? now->names[i] : NULL;
}

/* ---- any conversation ---- */

static void
send_edit(struct app *app, int64_t row, enum edit_type type, const struct tags *tags)
{
	struct buf names = {0};

	tags_put(&names, tags);
	if (tags->n > 0 && !store_edit(app->keeper->store, row, type, buf_text(&names)))
		app_say(app, true, "the history is busy: try again");
	buf_release(&names);
}

void
tagging_change(struct app *app, int64_t row, const struct tags *had, const struct tags *wanted)
{
	struct talk *talk = conversations_of_row(app, row);
	struct tags added = {0}, removed = {0};

	tags_difference(&added, wanted, had);
	tags_difference(&removed, had, wanted);
	tags_difference(&app->tagging->names, &added, &app->tagging->names);
	if (talk) {
		struct conversation *c = talk->session.conversation;
		struct tags *tags = &conversation_info(c)->tags;

		tags_difference(tags, &added, tags);
		for (size_t i = 0; i < removed.n; i++)
			(void)tags_remove(tags, removed.names[i]);
		conversation_touch_info(c);
	}
	send_edit(app, row, EDIT_UNTAG, &removed);
	send_edit(app, row, EDIT_TAG, &added);
	tags_release(&added);
	tags_release(&removed);
}
