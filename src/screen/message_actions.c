/*
 * message_actions.c - what keys do to the message with the cursor, and the hint that names those keys.
 */
#include "screen/message_actions.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/copy.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/turn.h"
#include "app/version.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/lens_page.h"
#include "pages/models_page.h"
#include "screen/editor_actions.h"
#include "text/address.h"

enum {
	DIGIT_LAST = 9,
	NARROW_COLS = 30,
};

/* ---- going to another one ---- */

void
message_action_next(struct app *app)
{
	transcript_cursor_next(&app->pane->transcript);
}

void
message_action_previous(struct app *app)
{
	transcript_cursor_previous(&app->pane->transcript);
}

void
message_action_first(struct app *app)
{
	transcript_cursor_first(&app->pane->transcript);
}

void
message_action_last(struct app *app)
{
	transcript_cursor_last(&app->pane->transcript);
}

void
message_action_command(struct app *app)
{
	focus_composer(app);
	view_type(app, "/", 1);
}

void
message_action_stop(struct app *app)
{
	if (!turn_stop(app))
		focus_composer(app);
}

void
message_action_fold(struct app *app)
{
	if (focus_message(app)->reasoning.len > 0)
		transcript_fold_message(&app->pane->transcript, focus_message(app)->id);
	else
		message_action_fold_text(app);
}

void
message_action_fold_text(struct app *app)
{
	struct transcript *t = &app->pane->transcript;

	transcript_fold_text(t, focus_message(app)->id);
	transcript_cursor_put(t, t->cursor_at);
	transcript_cursor_show(t);
}

/* ---- copying ---- */

static bool
copy_block(struct app *app, const struct message *m, size_t which)
{
	const struct fence_index *blocks = &app->pane->code.blocks;

	if (which > blocks->now.n && !blocks->complete)
		return app_refuse(app, "still looking for code blocks in this message");
	return copy_indexed_code(app, m, blocks, which);
}

void
message_action_copy(struct app *app)
{
	const struct message *m = focus_message(app);
	size_t here = focus_code_here(app);

	if (here == 0)
		(void)copy_message(app, m);
	else if (copy_block(app, m, here))
		app->pane->code.copied = here;
}

void
message_action_copy_code(struct app *app)
{
	const struct message *m = focus_message(app);
	size_t n = focus_count_code(app, m), which;

	if (app->key.code >= '1' && app->key.code <= '9')
		which = app->key.code - '0';
	else
		which = app->pane->code.copied < n ? app->pane->code.copied + 1 : 1;
	if (copy_block(app, m, which))
		app->pane->code.copied = which;
}

/* ---- the tree ---- */

static bool
waits_for_model(struct app *app, void (*again)(struct app *))
{
	return !talk_is_empty(app->pane->talk) && models_page_comes_first(app, again);
}

void
message_action_retry(struct app *app)
{
	if (!waits_for_model(app, message_action_retry))
		(void)turn_retry(app, focus_message(app));
}

bool
message_retry_last(struct app *app)
{
	return waits_for_model(app, message_action_retry_last) || turn_retry(app, NULL);
}

void
message_action_retry_last(struct app *app)
{
	(void)message_retry_last(app);
}

void
message_action_retry_with_tokens(struct app *app)
{
	if (!waits_for_model(app, message_action_retry_with_tokens) && turn_retry_with_tokens(app))
		lens_page_follow(app);
}

void
message_action_edit(struct app *app)
{
	if (editor_action_edit_message(app, focus_message(app)) && version_is_editing(app))
		focus_composer(app);
}

bool
message_continue_last(struct app *app)
{
	if (session_can_continue(&app->pane->talk->session) && waits_for_model(app, message_action_continue_last))
		return true;
	return branches_continue(app);
}

void
message_action_continue_last(struct app *app)
{
	(void)message_continue_last(app);
}

void
message_action_mute(struct app *app)
{
	(void)branches_mute(app, focus_message(app));
}

/* Only the end of a conversation can go on. */
void
message_action_continue(struct app *app)
{
	if (focus_message(app) != conversation_leaf(app->pane->talk->session.conversation))
		app_say(app, false, "only the last reply can be continued");
	else
		message_action_continue_last(app);
}

void
message_action_delete(struct app *app)
{
	(void)branches_delete(app, focus_message(app));
}

void
message_action_sibling(struct app *app, int steps)
{
	if (!branches_sibling(app, focus_message(app), steps))
		return;
	transcript_cursor_show(&app->pane->transcript);
}

/* ---- words ---- */

static char *
say_key(const struct app *app, const char *action, const char *what)
{
	return hint_key(&app->keymap, CONTEXT_TRANSCRIPT, action, what);
}

/* The digits are one thing for whoever presses them. */
static char *
say_code_keys(const struct app *app, size_t n)
{
	const struct key one = {'1', 0};
	const struct action *action = NULL;

	if (n == 0)
		return mem_strdup("");
	if (keymap_find(&app->keymap, CONTEXT_TRANSCRIPT, &one, 1, &action) != KEYMAP_ACTION ||
	        strcmp(action->name, "copy-code") != 0)
		return say_key(app, "copy-code", "code");
	return n == 1 ? mem_strdup("1 code") : mem_printf("1-%zu code", n < DIGIT_LAST ? n : DIGIT_LAST);
}

/* "message 1 of 2", or "block 1 of 3" in it. */
static char *
say_where(struct app *app, int cols)
{
	const struct transcript *t = &app->pane->transcript;
	size_t n = focus_count_code(app, focus_message(app)), at = app->pane->code.at;

	if (at > 0)
		return mem_printf("block %zu of %zu", at, n);
	return mem_printf("%s%zu of %zu", cols < NARROW_COLS ? "" : "message ", t->cursor_at + 1, t->n);
}

void
message_hint_put(struct app *app, int cols, struct buf *out)
{
	static const struct {
		const char *action, *what;
	} rows[] = {
	        {"next-code", "to code"},
	        {"retry-message", "again"},
	        {"edit-message", "change"},
	        {"delete-message", "delete"},
	        {"help", "help"},
	};
	size_t n = focus_count_code(app, focus_message(app));

	hint_put(out, say_where(app, cols), cols);
	hint_put(out, say_key(app, "copy", "copy"), cols);
	hint_put(out, say_key(app, "composer", "back"), cols);
	hint_put(out, say_code_keys(app, n), cols);
	for (size_t i = n > 0 ? 0 : 1; i < ARRAY_LEN(rows); i++)
		hint_put(out, say_key(app, rows[i].action, rows[i].what), cols);
	if (focus_has_links(app->pane))
		hint_put(out, say_key(app, "open", "links"), cols);
	if (focus_message(app)->role == CHAT_ASSISTANT)
		hint_put(out, say_key(app, "message-parameters", "parameters"), cols);
}
