/*
 * link_picker.c - which file or address is shown, before it is opened. Files come first.
 */
#include "pages/link_picker.h"

#include <stdint.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/copy.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/opener.h"
#include "app/pane.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/size_words.h"
#include "text/address.h"

struct follow {
	uint64_t message; /* whose addresses they are; 0: none */
	size_t files;     /* that are attached to it */
	size_t which, n;  /* from 1; the files are the first */
};

static const struct view address_view;

static struct follow *
state(const struct app *app)
{
	return view_state(app, &address_view);
}

/* NULL: a link is chosen. */
static struct attachment *
chosen_file(struct app *app)
{
	const struct follow *o = state(app);
	const struct message *m = focus_message(app);

	return o->which <= o->files && o->which <= m->attachments.n ? m->attachments.items[o->which - 1] : NULL;
}

/* ---- the view ---- */

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_ADDRESS;
}

static void
put_hint(struct app *app, int cols, struct buf *out)
{
	static const struct hint_row rows[] = {
	        {"open-address", "open"},
	        {"address-close", "back"},
	        {"next-address", "next"},
	        {"copy-address", "copy"},
	};

	hint_put(out, mem_printf("%s %zu of %zu", chosen_file(app) ? "file" : "link", state(app)->which, state(app)->n),
	        cols);
	hint_put_rows(out, &app->keymap, CONTEXT_ADDRESS, rows, ARRAY_LEN(rows), cols);
}

/* The message cursor has gone elsewhere. */
static void
settle(struct app *app)
{
	const struct pane *pane = app->pane;

	if (pane->focus != CONTEXT_TRANSCRIPT || pane->transcript.cursor != state(app)->message)
		view_close(app, &address_view);
}

static const struct view address_view = {.context = context,
        .settle = settle,
        .hint = put_hint,
        .beside = true,
        .stays = true,
        .state_size = sizeof(struct follow)};

const struct view *
follow_page(void)
{
	return &address_view;
}

void
follow_close(struct app *app)
{
	view_close(app, &address_view);
}

/* ---- what is chosen ---- */

/* Before it the message has none, as far as is known. */
static size_t
first_link(const struct app *app, const struct message *m)
{
	const struct focus_links *links = &app->pane->links;

	return links->message == m->id && links->looked <= m->content.len ? links->looked : 0;
}

/* The address that is chosen; to be freed. The message may have grown. */
static char *
chosen_address(struct app *app)
{
	const struct message *m = focus_message(app);
	struct follow *o = state(app);
	char *address;

	o->n = o->files +
	       address_find(buf_text(&m->content), m->content.len, first_link(app, m), o->which - o->files, &address);
	return address;
}

static char *
file_words(const struct attachment *a)
{
	char size[SIZE_WORDS_MAX];

	size_words((int64_t)a->size, size);
	return mem_printf("%s (%s, %s)", a->name, a->type, size);
}

/* Round and round. */
static void
show(struct app *app, size_t which)
{
	struct follow *o = state(app);
	struct attachment *file;
	char *words;

	o->which = which < 1 ? o->n : which > o->n ? 1 : which;
	file = chosen_file(app);
	words = file ? file_words(file) : chosen_address(app);
	if (words)
		app_say(app, false, words);
	else
		follow_close(app);
	free(words);
}

void
follow_open(struct app *app)
{
	const struct message *m = focus_message(app);
	char *none;
	size_t files = m->attachments.n;
	size_t n = files + address_find(buf_text(&m->content), m->content.len, first_link(app, m), 0, &none);

	if (n == 0) {
		app_say(app, false, "there is no link in this message");
		return;
	}
	*state(app) = (struct follow){.message = m->id, .files = files, .n = n};
	view_push(app, &address_view);
	show(app, 1);
}

void
follow_move(struct app *app, int way)
{
	size_t which = state(app)->which;

	show(app, way > 0 ? which + 1 : which - 1);
}

void
follow_number(struct app *app)
{
	size_t which = app->key.code - '0';

	show(app, which >= 1 && which <= state(app)->n ? which : state(app)->which);
}

void
follow_go(struct app *app)
{
	struct attachment *file = chosen_file(app);
	char *address = file ? NULL : chosen_address(app);

	follow_close(app);
	if (file)
		opener_open_file(app, file);
	else if (address)
		opener_open_address(app, address);
	free(address);
}

/* Of a file where it was read, as far as that is known. */
void
follow_copy(struct app *app)
{
	const struct attachment *file = chosen_file(app);
	char *words = file ? mem_strdup(file->path ? file->path : file->name) : chosen_address(app);

	follow_close(app);
	if (words)
		(void)copy_address(app, words);
	free(words);
}
