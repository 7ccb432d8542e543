/*
 * browse_draw.c - the browser on the screen, and its words: what is listed, why nothing is, and which keys there are.
 */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/status.h"
#include "base/clock.h"
#include "base/mem.h"
#include "pages/browse.h"
#include "pages/browse_show.h"
#include "text/clean.h"

enum {
	PATIENCE_MS = 100, /* before a word is said about waiting */
};

static bool
is_waiting_long(const struct browse *b, int64_t now_ms)
{
	return b->waiting_ms > 0 && now_ms - b->waiting_ms >= PATIENCE_MS;
}

/* ---- above the list ---- */

static void
put_count(const struct browse *b, struct buf *out)
{
	const char *more = b->more ? "+" : "";

	if (b->is_search)
		buf_printf(out, "%zu%s found", b->view.n, more);
	else
		buf_printf(out, "%zu%s conversation%s", b->view.n, more, b->view.n == 1 ? "" : "s");
	if (b->view.n > 1)
		buf_puts(out, b->is_search && b->ranked ? ", best first" : ", newest first");
}

static void
make_label(struct browse *b, int64_t now_ms)
{
	buf_clear(&b->view.label);
	if (b->edited)
		buf_puts(&b->view.label, b->edits_tags ? "tags, with spaces between them" : "new title");
	else if (b->wrong.code != ERR_NONE)
		buf_puts(&b->view.label, b->wrong.text);
	else if (is_waiting_long(b, now_ms))
		buf_puts(&b->view.label, "searching …");
	else if (b->view.n > 0)
		put_count(b, &b->view.label);
	else
		buf_puts(&b->view.label, "all conversations");
}

/* ---- in place of a list ---- */

static char *
say_nothing_found(const struct browse *b)
{
	char *typed, *words;

	if (!*b->asked)
		return mem_strdup("no conversation yet: each is listed here after its first prompt");
	typed = clean_line(b->asked);
	words = mem_printf("nothing found for \"%s\"", typed);
	free(typed);
	return words;
}

static char *
say_why_nothing(const struct app *app, const struct browse *b, int64_t now_ms)
{
	if (!app->keeper->store)
		return mem_strdup("not available: history is off");
	if (b->failed.code != ERR_NONE)
		return mem_printf("not available: %s", b->failed.text);
	if (b->waiting_ms > 0)
		return mem_strdup(is_waiting_long(b, now_ms) ? "searching …" : "");
	return b->asked && b->wrong.code == ERR_NONE ? say_nothing_found(b) : mem_strdup("");
}

static void
make_words(const struct app *app, struct browse *b, int64_t now_ms)
{
	struct buf *words = &b->view.words;
	char *why = say_why_nothing(app, b, now_ms), *clean = clean_line(why);

	buf_clear(words);
	buf_puts(words, clean);
	free(clean);
	free(why);
}

/* ---- the last row ---- */

static void
put_key(const struct app *app, const char *action, const char *what, int cols, struct buf *out)
{
	hint_put(out, hint_key(&app->keymap, CONTEXT_BROWSER, action, what), cols);
}

static void
put_keys(const struct app *app, const struct browse *b, int cols, struct buf *out)
{
	const struct browse_fact *fact = browse_chosen(b);

	if (b->edited) {
		put_key(app, "browser-open", b->edits_tags ? "set" : "rename", cols, out);
		if (b->edits_tags)
			put_key(app, "browser-order", "complete", cols, out);
		put_key(app, "browser-leave", "cancel", cols, out);
		return;
	}
	if (fact)
		put_key(app, "browser-open", "open", cols, out);
	put_key(app, "browser-leave", b->view.input.text.len > 0 ? "clear" : "close", cols, out);
	if (b->is_search && b->view.n > 1)
		put_key(app, "browser-order", b->ranked ? "newest first" : "best first", cols, out);
	if (fact) {
		put_key(app, "browser-delete", "delete", cols, out);
		put_key(app, "browser-rename", "rename", cols, out);
		put_key(app, "browser-pin", fact->pinned ? "unpin" : "pin", cols, out);
		put_key(app, "browser-archive", fact->archived ? "unarchive" : "archive", cols, out);
	}
	put_key(app, "browser-new", "new", cols, out);
	if (fact)
		put_key(app, "browser-tag", "tags", cols, out);
	put_key(app, "help", "help", cols, out);
}

static void
draw_footer(const struct app *app, const struct browse *b, struct grid *g)
{
	const struct err *wrong = &b->wrong;
	bool is_wrong = wrong->code != ERR_NONE && !b->edited;
	struct buf keys = {0};

	put_keys(app, b, status_words_cols(app, g->cols), &keys);
	status_draw_words(app, g, is_wrong ? wrong->text : buf_text(&keys), is_wrong);
	buf_release(&keys);
}

void
browse_draw(struct app *app, struct browse *b, struct grid *g)
{
	int64_t now_ms = clock_ms();

	make_label(b, now_ms);
	make_words(app, b, now_ms);
	browser_layout(&b->view, g->rows - 1, g->cols);
	browser_draw(&b->view, g, (struct rect){0, 0, g->rows - 1, g->cols});
	draw_footer(app, b, g);
	if (b->waiting_ms > 0 && !is_waiting_long(b, now_ms))
		app->next_draw_ms = b->waiting_ms + PATIENCE_MS;
}
