/*
 * status_hint.c - foreign text is cleaned here.
 */
#include "app/status_hint.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/hidden.h"
#include "app/key_hint.h"
#include "app/model_link.h"
#include "text/clean.h"

static void
hint_not_running(const struct link *link, struct buf *out)
{
	char *words = clean_line(link->server.error.text);

	buf_printf(out, "%s\n\n", words);
	if (model_is_llama_server(link_client(link)))
		buf_puts(out, "Start it there, for example:\n  llama-server -m MODEL.gguf --port 8080\n"
		              "or say where it is:\n  flynn -e http://HOST:PORT\n"
		              "or try flynn without a server:\n  flynn demo\n\nThe chat connects by itself.");
	else
		buf_puts(out,
		        "Start it there, or say in the configuration where it is:\n  endpoint: http://HOST:PORT\n\n"
		        "The chat connects by itself.");
	free(words);
}

static void
hint_unauthorised(const struct link *link, struct buf *out)
{
	const char *name = link_client(link)->server_name;
	char *words = clean_line(link->server.error.text), *who = clean_line(name);

	buf_printf(out, "%s requires its key (%s)\n\nStart flynn with the key%s:\n", who, words,
	        model_is_llama_server(link_client(link)) ? " that llama-server got as --api-key" : "");
	buf_puts(out, "  FLYNN_AUTH_TOKEN=KEY flynn\nor put it into the configuration (see flynn doctor):\n"
	              "  auth_token: KEY");
	free(words);
	free(who);
}

static void
hint_keys(const struct keymap *map, struct buf *out)
{
	char *help = hint_key(map, CONTEXT_COMPOSER, "help", "helps");

	buf_puts(out, "Enter sends, ");
	if (keymap_say_action(map, CONTEXT_COMPOSER, "newline", out))
		buf_puts(out, " breaks the line, ");
	buf_printf(out, "Esc stops a reply, Ctrl+Q quits%s%s.", *help ? ", " : "", help);
	free(help);
}

void
status_hint(const struct app *app, const struct link *link, struct buf *out)
{
	if (hidden_is_on(app)) {
		hint_keys(&app->keymap, out);
		return;
	}
	if (link->server.state == SERVER_NOT_RUNNING) {
		hint_not_running(link, out);
		return;
	}
	if (link->server.state == SERVER_UNAUTHORISED) {
		hint_unauthorised(link, out);
		return;
	}
	if (link->model->greeting)
		buf_printf(out, "%s\n\n", link->model->greeting);
	hint_keys(&app->keymap, out);
}
