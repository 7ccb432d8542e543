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
#include "app/talk.h"
#include "base/mem.h"
#include "pages/browse.h"
#include "pages/browse_show.h"
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
end_renaming(struct browse *b)
{
	set_line(b, b->set_aside);
	free(b->set_aside);
	b->set_aside = NULL;
	b->renamed = 0;
}

void
browse_leave(struct app *app)
{
	struct browse *b = browse_state(app);

	if (b->renamed)
		end_renaming(b);
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
	return browse_state(app)->renamed ? NULL : fact;
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

static void
say_deleted(struct app *app, const struct browse_fact *fact)
{
	char *back = hint_key(&app->keymap, CONTEXT_BROWSER, "browser-undelete", "brings it back");
	char *words = mem_printf("deleted \"%s\"%s%s", fact->title, *back ? ": " : "", back);

	app_say(app, false, words);
	free(words);
	free(back);
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
	if (talk) {
		keeper_flush(app, talk);
		conversations_close(app, talk);
	}
	if (!edit(app, fact->id, EDIT_DELETE, NULL))
		return;
	browse_state(app)->deleted = fact->id;
	say_deleted(app, fact);
}

void
browse_undelete(struct app *app)
{
	struct browse *b = browse_state(app);

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

void
browse_rename(struct app *app)
{
	struct browse *b = browse_state(app);
	const struct browse_fact *fact = take_chosen(app);

	if (!fact)
		return;
	b->renamed = fact->id;
	b->set_aside = mem_strdup(composer_text(&b->view.input));
	browser_choose(&b->view, fact->id);
	set_line(b, fact->title);
}

static void
rename_it(struct app *app)
{
	struct browse *b = browse_state(app);
	char *title = mem_strdup(composer_text(&b->view.input));
	int64_t id = b->renamed;
	struct conversation_info *info = open_info(app, id);

	end_renaming(b);
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

	if (browse_state(app)->renamed && composer_is_blank(&browse_state(app)->view.input))
		app_say(app, false, "the title is empty: type one");
	else if (browse_state(app)->renamed)
		rename_it(app);
	else if (fact)
		open_chosen(app, fact);
}

/* ---- others ---- */

void
browse_reorder(struct app *app)
{
	struct browse *b = browse_state(app);

	if (b->query.words.n == 0 || b->renamed) {
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
