/*
 * help_page.c - every action that has a key, under where it has it, and every command.
 */
#include "pages/help_page.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/command.h"
#include "app/status.h"
#include "app/view.h"
#include "base/compiler.h"
#include "tui/help.h"

static const struct view page_view;

static struct help *
state(const struct app *app)
{
	return view_state(app, &page_view);
}

/* "Left, Ctrl+B"; "": none. */
static void
say_keys(const struct keymap *map, enum key_context context, const struct action *action, struct buf *out)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->context != context || b->action != action)
			continue;
		buf_puts(out, out->len > 0 ? ", " : "");
		keymap_say_keys(b, out);
	}
}

/* No heading without a key below it. */
static void
add_keys(struct help *help, const struct keymap *map, enum key_context context, const char *heading)
{
	struct buf keys = {0};

	for (size_t i = 0; i < map->n_actions; i++) {
		buf_clear(&keys);
		say_keys(map, context, &map->actions[i], &keys);
		if (keys.len == 0)
			continue;
		if (heading)
			help_add(help, NULL, heading);
		heading = NULL;
		help_add(help, buf_text(&keys), map->actions[i].help);
	}
	buf_release(&keys);
}

static void
add_heading_of_commands(const struct keymap *map, struct help *help)
{
	struct buf words = {0};

	buf_puts(&words, "Commands: ");
	if (keymap_say_action(map, CONTEXT_COMPOSER, "complete", &words))
		buf_puts(&words, " completes, ");
	buf_puts(&words, "the beginning of a name is enough, //text sends \"/text\"");
	help_add(help, NULL, buf_text(&words));
	buf_release(&words);
}

static void
add_commands(const struct commands *commands, const struct keymap *map, struct help *help)
{
	add_heading_of_commands(map, help);
	for (size_t i = 0; i < commands->n; i++) {
		const struct command *command = &commands->rows[i];
		struct buf name = {0};

		buf_printf(&name, "/%s", command->name);
		for (size_t j = 0; j < COMMAND_ALIASES_MAX && command->aliases[j]; j++)
			buf_printf(&name, ", /%s", command->aliases[j]);
		if (*command->argument)
			buf_printf(&name, " %s", command->argument);
		help_add(help, buf_text(&name), command->help);
		buf_release(&name);
	}
}

/* Where the keyboard is comes first. */
static void
add_section(const struct app *app, struct help *help, enum key_context context, bool first)
{
	if (first == (context == view_context(app)))
		add_keys(help, &app->keymap, context, keymap_heading(context));
}

/* ---- the view ---- */

/* Keys that do this and that, while they have any: ", Up". */
static void
say_help_key(const struct app *app, const char *action, const char *before, struct buf *out)
{
	size_t len = out->len;

	buf_puts(out, before);
	if (!keymap_say_action(&app->keymap, CONTEXT_HELP, action, out))
		buf_truncate(out, len);
}

static void
draw(struct app *app, struct grid *g)
{
	struct buf words = {0};

	grid_clear(g);
	help_draw(state(app), g, (struct rect){0, 0, g->rows - 1, g->cols});
	buf_puts(&words, "Help: Esc closes");
	say_help_key(app, "help-up", ", ", &words);
	say_help_key(app, "help-down", ", ", &words);
	say_help_key(app, "help-page-up", ", ", &words);
	say_help_key(app, "help-page-down", " and ", &words);
	buf_puts(&words, " scroll");
	status_draw_words(app, g, buf_text(&words), false);
	buf_release(&words);
}

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_HELP;
}

static void
release(void *state)
{
	help_release(state);
}

static const struct view page_view = {
        .context = context, .draw = draw, .covers = true, .state_size = sizeof(struct help), .release = release};

const struct view *
help_page(void)
{
	return &page_view;
}

void
help_page_open(struct app *app)
{
	static const enum key_context first[] = {CONTEXT_COMPOSER, CONTEXT_LINE, CONTEXT_ANYWHERE};

	help_clear(state(app));
	add_section(app, state(app), view_context(app), true);
	for (size_t i = 0; i < ARRAY_LEN(first); i++)
		add_section(app, state(app), first[i], false);
	for (enum key_context c = CONTEXT_COMPOSER + 1; keymap_is_place(c); c++)
		if (c != CONTEXT_HELP)
			add_section(app, state(app), c, false);
	add_commands(&app->commands, &app->keymap, state(app));
	add_section(app, state(app), CONTEXT_HELP, false);
	view_push(app, &page_view);
}

/* ---- moving in it ---- */

void
help_page_close(struct app *app)
{
	view_close(app, &page_view);
}

static long
rows_of_a_page(const struct app *app)
{
	return state(app)->height > 2 ? state(app)->height - 1 : 1;
}

void
help_page_lines(struct app *app, int way)
{
	help_scroll(state(app), way);
}

void
help_page_screens(struct app *app, int way)
{
	help_scroll(state(app), way * rows_of_a_page(app));
}

void
help_page_end(struct app *app, int way)
{
	help_scroll(state(app), way * state(app)->lines);
}
