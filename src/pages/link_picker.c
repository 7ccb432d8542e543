/*
 * link_picker.c - which address is shown, and the program that gets it.
 */
#include "pages/link_picker.h"

#include <stdint.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/copy.h"
#include "app/focus.h"
#include "app/key_hint.h"
#include "app/pane.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/address.h"

#ifdef __APPLE__
static const char usual_command[] = "open";
#else
static const char usual_command[] = "xdg-open";
#endif

struct follow {
	uint64_t message; /* whose addresses they are; 0: none */
	size_t which, n;  /* from 1 */
};

static const struct view address_view;

static struct follow *
state(const struct app *app)
{
	return view_state(app, &address_view);
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

	hint_put(out, mem_printf("link %zu of %zu", state(app)->which, state(app)->n), cols);
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

/* The one that is chosen; to be freed. The message may have grown. */
static char *
chosen(struct app *app)
{
	const struct message *m = focus_message(app);
	char *address;

	state(app)->n =
	        address_find(buf_text(&m->content), m->content.len, first_link(app, m), state(app)->which, &address);
	return address;
}

/* Round and round. */
static void
show(struct app *app, size_t which)
{
	struct follow *o = state(app);
	char *address;

	o->which = which < 1 ? o->n : which > o->n ? 1 : which;
	address = chosen(app);
	if (address)
		app_say(app, false, address);
	else
		follow_close(app);
	free(address);
}

void
follow_open(struct app *app)
{
	const struct message *m = focus_message(app);
	char *none;
	size_t n = address_find(buf_text(&m->content), m->content.len, first_link(app, m), 0, &none);

	if (n == 0) {
		app_say(app, false, "there is no link in this message");
		return;
	}
	*state(app) = (struct follow){.message = m->id, .n = n};
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

static void
open_address(struct app *app, const char *address)
{
	const char *own = app->config->open_command;
	const struct program program = {.name = own ? "open_command" : usual_command,
	        .command = own ? own : usual_command,
	        .argument = address,
	        .input = ""};
	char *words = mem_printf("opening %s", address);
	struct err err;

	if (programs_start(&app->programs, &program, &err))
		app_say(app, false, words);
	else
		app_say(app, true, err.text);
	free(words);
}

void
follow_go(struct app *app)
{
	char *address = chosen(app);

	follow_close(app);
	if (address)
		open_address(app, address);
	free(address);
}

void
follow_copy(struct app *app)
{
	char *address = chosen(app);

	follow_close(app);
	if (address)
		(void)copy_address(app, address);
	free(address);
}
