/*
 * hidden.c - what a server says of a failure may name a model by a name that nobody here knows, so none of it is shown. In
 * other words each name and address that is known is looked for. A name
 * counts where no letter, digit or mark of a name stands beside it: "local" is none in "localhost".
 */
#include "app/hidden.h"

#include <string.h>

#include "app/app.h"
#include "app/model_link.h"
#include "tui/message_words.h"

static const char star[] = "***";

bool
hidden_is_on(const struct app *app)
{
	return app->hide_names != NULL;
}

void
hidden_set(struct app *app, bool on)
{
	app->hide_names = on ? hidden_put : NULL;
	app->stale = true;
}

const char *
hidden_model(const struct app *app, const char *name)
{
	return hidden_is_on(app) && *name ? HIDDEN_NAME : name;
}

/* ---- in words ---- */

/* The longest known name that a text begins with. */
struct longest {
	const char *text;
	size_t len;
};

static bool
is_of_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
	       (c & 0x80) != 0;
}

static void
try_name(struct longest *l, const char *name)
{
	size_t n = name ? strlen(name) : 0;

	if (n > l->len && strncmp(l->text, name, n) == 0 && (!is_of_name(l->text[n]) || !is_of_name(name[n - 1])))
		l->len = n;
}

/* A path's last part is a name of its own. */
static void
try_path(struct longest *l, const char *name)
{
	const char *slash = name ? strrchr(name, '/') : NULL;

	try_name(l, name);
	if (slash && slash[1])
		try_name(l, slash + 1);
}

static void
try_link(struct longest *l, const struct link *link)
{
	try_path(l, link->asked);
	try_path(l, link->server.model);
	for (size_t i = 0; i < link->n_clients; i++)
		try_name(l, link->clients[i]->endpoint.text);
	for (size_t i = 0; i < link->n_offers; i++)
		try_path(l, link->offers[i].name);
}

static size_t
name_length(const struct app *app, const char *text)
{
	struct longest l = {.text = text};

	for (size_t i = 0; i < app->config->n_models; i++) {
		try_path(&l, app->config->models[i].name);
		try_path(&l, app->config->models[i].model);
		try_name(&l, app->config->models[i].endpoint);
	}
	for (size_t i = 0; i < app->n_links; i++)
		try_link(&l, app->links[i]);
	return l.len;
}

void
hidden_put(const struct app *app, const char *words, struct buf *out)
{
	char before = ' ';

	while (hidden_is_on(app) && *words) {
		size_t n = is_of_name(before) ? 0 : name_length(app, words);

		if (n > 0)
			buf_puts(out, star);
		else
			buf_putc(out, *words);
		words += n > 0 ? n : 1;
		before = words[-1];
	}
	buf_puts(out, words);
}

void
hidden_mend(const struct app *app, struct err *err)
{
	if (hidden_is_on(app) && err->code != ERR_NONE)
		*err = *message_words_told(err, true);
}
