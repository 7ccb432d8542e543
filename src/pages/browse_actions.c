/*
 * browse_actions.c - the actions of the browser.
 */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "base/mem.h"
#include "pages/browse.h"
#include "pages/browse_show.h"
#include "store/saver.h"
#include "store/worker.h"

/* ---- moving ---- */

void
browse_move(struct app *app, int way)
{
	browser_move(&browse_state(app)->view, way);
}

static long
page(const struct browse *b)
{
	return b->view.page > 1 ? (long)b->view.page - 1 : 1;
}

void
browse_screens(struct app *app, int way)
{
	struct browse *b = browse_state(app);

	browser_move(&b->view, way * page(b));
}

void
browse_home(struct app *app)
{
	struct browser *view = &browse_state(app)->view;

	if (view->input.text.len > 0)
		composer_home(&view->input);
	else
		browser_move(view, -(long)view->n);
}

void
browse_end(struct app *app)
{
	struct browser *view = &browse_state(app)->view;

	if (view->input.text.len > 0)
		composer_end(&view->input);
	else
		browser_move(view, (long)view->n);
}

/* ---- the line ---- */

static void
set_line(struct browse *b, const char *text)
{
	composer_reset(&b->view.input);
	if (!composer_replace(&b->view.input, text, strlen(text)))
		composer_reset(&b->view.input);
}

static void
end_editing(struct browse *b)
{
	set_line(b, b->set_aside);
	free(b->set_aside);
	b->set_aside = NULL;
	b->edited = 0;
}

void
browse_leave(struct app *app)
{
	struct browse *b = browse_state(app);

	if (b->edited)
		end_editing(b);
	else if (b->view.input.text.len > 0)
		composer_clear(&b->view.input);
	else
		browse_close(app);
}

/* ---- opening ---- */

static void
open_chosen(struct app *app, const struct browse_fact *fact)
{
	struct talk *talk = conversations_of_row(app, fact->id);

	if (!talk) {
		opening_load(app, fact->id, fact->message, browse_state(app)->asked);
		return;
	}
	talk->is_leaving = false;
	opening_leave(app);
	conversations_show(app, talk);
	opening_show_message(app, fact->message, browse_state(app)->asked);
}

/* ---- changing ---- */

/* An open conversation changes at once, the list when the history has the change. */
static bool
edit(struct app *app, int64_t id, enum edit_type type, const char *title)
{
	return store_edit(app->keeper->store, id, type, title) || app_refuse(app, "the history is busy: try again");
}

void
browse_edited(struct app *app, const struct store_result *r)
{
	if (r->err.code != ERR_NONE)
		app_say(app, true, r->err.text);
	browse_refresh(app);
}

static struct conversation_info *
open_info(const struct app *app, int64_t id)
{
	struct talk *talk = conversations_of_row(app, id);

	return talk ? conversation_info(talk->session.conversation) : NULL;
}

/* NULL, and said: there is no row. */
static const struct browse_fact *
take_chosen(struct app *app)
{
	const struct browse_fact *fact = browse_chosen(browse_state(app));

	if (!fact)
		app_say(app, false, "no conversation is chosen");
	return browse_state(app)->edited ? NULL : fact;
}

static void
say_title(struct app *app, const char *what, const struct browse_fact *fact)
{
	char *words = mem_printf("%s \"%s\"", what, fact->title);

	app_say(app, false, words);
	free(words);
}

void
browse_pin(struct app *app)
{
	const struct browse_fact *fact = take_chosen(app);
	struct conversation_info *info = fact ? open_info(app, fact->id) : NULL;

	if (!fact)
		return;
	if (info)
		info->pinned = !fact->pinned;
	browser_choose(&browse_state(app)->view, fact->id);
	say_title(app, fact->pinned ? "unpinned" : "pinned to the top:", fact);
	edit(app, fact->id, fact->pinned ? EDIT_UNPIN : EDIT_PIN, NULL);
}

void
browse_archive(struct app *app)
{
	const struct browse_fact *fact = take_chosen(app);
	struct conversation_info *info = fact ? open_info(app, fact->id) : NULL;

	if (!fact)
		return;
	if (info)
		info->archived = !fact->archived;
	say_title(app, fact->archived ? "unarchived:" : "archived (is:archived lists it):", fact);
	edit(app, fact->id, fact->archived ? EDIT_UNARCHIVE : EDIT_ARCHIVE, NULL);
}

static bool
delete_row(struct app *app, int64_t id, const char *title)
{
	char *back, *words;

	if (!edit(app, id, EDIT_DELETE, NULL))
		return false;
	browse_state(app)->deleted = id;
	back = hint_key(&app->keymap, CONTEXT_BROWSER, "browser-undelete", "brings it back");
	words = mem_printf("deleted \"%s\"%s%s", *title ? title : "(no title)", *back ? ": " : "", back);
	app_say(app, false, words);
	free(words);
	free(back);
	return true;
}

/* Later, where the history lacks something of it: when it is brought back it must have all. */
static void
delete_open(struct app *app, struct talk *talk)
{
	struct conversation *c = talk->session.conversation;
	const struct conversation_info *info = conversation_info(c);

	keeper_flush(app, talk);
	if (talk->saver && saver_is_dirty(talk->saver, c))
		return;
	talk->is_leaving = false;
	if (delete_row(app, info->row, buf_text(&info->title)))
		conversations_close(app, talk);
}

static struct talk *
leaving_talk(const struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->is_leaving)
			return app->talks[i];
	return NULL;
}

void
browse_delete_saved(struct app *app)
{
	for (size_t i = app->n_talks; i > 0; i--) {
		struct talk *talk = app->talks[i - 1];

		talk->is_leaving &= talk_is_idle(talk);
		if (talk->is_leaving)
			delete_open(app, talk);
	}
}

void
browse_delete(struct app *app)
{
	const struct browse_fact *fact = take_chosen(app);
	struct talk *talk = fact ? conversations_of_row(app, fact->id) : NULL;

	if (!fact)
		return;
	if (talk && !talk_is_idle(talk)) {
		app_say(app, false, "a reply is streaming there: open it, and Esc stops it");
		return;
	}
	if (!talk) {
		(void)delete_row(app, fact->id, fact->title);
		return;
	}
	talk->is_leaving = true;
	say_title(app, "deleted once it is saved:", fact);
	delete_open(app, talk);
}

void
browse_undelete(struct app *app)
{
	struct browse *b = browse_state(app);
	struct talk *leaving = leaving_talk(app);

	if (leaving) {
		leaving->is_leaving = false;
		app_say(app, false, "not deleted");
		return;
	}
	if (b->deleted == 0) {
		app_say(app, false, "nothing was deleted here");
		return;
	}
	if (!edit(app, b->deleted, EDIT_UNDELETE, NULL))
		return;
	b->wanted = b->deleted;
	b->deleted = 0;
	app_say(app, false, "restored");
}

static void
begin_editing(struct browse *b, const struct browse_fact *fact, const char *text)
{
	b->edited = fact->id;
	b->set_aside = mem_strdup(composer_text(&b->view.input));
	browser_choose(&b->view, fact->id);
	set_line(b, text);
}

void
browse_rename(struct app *app)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = take_chosen(app);

	if (!fact)
		return;
	b->edits_tags = false;
	begin_editing(b, fact, fact->title);
}

/* A space behind them: the next one is typed at once. */
void
browse_tag(struct app *app)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = take_chosen(app);
	struct buf text = {0};

	if (!fact)
		return;
	tags_put(&text, &fact->tags);
	buf_puts(&text, text.len > 0 ? " " : "");
	b->edits_tags = true;
	begin_editing(b, fact, buf_text(&text));
	buf_release(&text);
}

/* Of the row that is edited, which may be another one since the list was made again; NULL: it is gone. */
static const struct browse_fact *
edited_fact(const struct browse *b)
{
	for (size_t i = 0; i < b->n_facts; i++)
		if (b->facts[i].id == b->edited)
			return &b->facts[i];
	return NULL;
}

static void
tag_it(struct app *app)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = edited_fact(b);
	struct buf words = {0};
	struct tags wanted = {0};
	struct err err;

	if (!tags_read(&wanted, composer_text(&b->view.input), &err)) {
		tags_release(&wanted);
		app_say(app, true, err.text);
		return;
	}
	if (fact) {
		buf_printf(&words, "%s \"%s\"%s", wanted.n > 0 ? "tags of" : "no tag:", fact->title,
		        wanted.n > 0 ? ": " : "");
		tagging_put(&words, &wanted);
		app_say(app, false, buf_text(&words));
		tagging_change(app, fact->id, &fact->tags, &wanted);
	}
	end_editing(b);
	buf_release(&words);
	tags_release(&wanted);
}

static void
rename_it(struct app *app)
{
	struct browse *b = browse_state(app);
	char *title = mem_strdup(composer_text(&b->view.input));
	int64_t id = b->edited;
	struct conversation_info *info = open_info(app, id);

	end_editing(b);
	if (info) {
		buf_clear(&info->title);
		buf_puts(&info->title, title);
		info->titled = TITLE_BY_PERSON;
	}
	edit(app, id, EDIT_RENAME, title);
	free(title);
}

void
browse_enter(struct app *app)
{
	const struct browse_fact *fact = browse_chosen(browse_state(app));

	if (browse_state(app)->edited && browse_state(app)->edits_tags)
		tag_it(app);
	else if (browse_state(app)->edited && composer_is_blank(&browse_state(app)->view.input))
		app_say(app, false, "the title is empty: type one");
	else if (browse_state(app)->edited)
		rename_it(app);
	else if (fact)
		open_chosen(app, fact);
}

/* ---- others ---- */

void
browse_reorder(struct app *app)
{
	struct browse *b = browse_state(app);

	if (browse_complete_tag(app))
		return;
	if (b->query.words.n == 0 || b->edited) {
		app_say(app, false, "type a search first");
		return;
	}
	b->order = b->ranked ? SEARCH_NEWEST : SEARCH_BEST;
	browse_refresh(app);
}

void
browse_new(struct app *app)
{
	browse_close(app);
	conversations_new(app);
}
