/*
 * path_complete.c - the names of a folder are found on a thread (system/attachment_job.h); what all that fit have in common goes
 * behind the cursor, quoted as the word is that it stands in.
 */
#include "app/path_complete.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_words.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "system/attachment_job.h"
#include "text/shell_words.h"

enum {
	NAMES_SHOWN = 40,
};

struct path_complete {
	struct attachment_job *job;
	char *begins; /* what stands behind the last slash */
	char open;    /* the quote that the word stands in; 0: none */
};

void
path_complete_release(struct app *app)
{
	struct path_complete *c = app->path_complete;

	if (!c)
		return;
	attachment_job_free(c->job);
	free(c->begins);
	free(c);
	app->path_complete = NULL;
}

bool
path_complete_is_on(const struct app *app)
{
	return app->path_complete;
}

bool
path_complete_give_up(struct app *app)
{
	bool is_on = app->path_complete;

	path_complete_release(app);
	return is_on;
}

/* ---- the word ---- */

/* The last word of the argument of /attach, which may be empty: another one begins. False: the text is no such command. */
static bool
find_argument(const struct app *app, struct shell_word *word)
{
	const char *text = composer_text(&app->composer), *at = text + strcspn(text, " \t\n");
	struct err err;
	const struct command *command;

	if (!command_is_typed(&app->composer) || !*at || app->composer.cursor < app->composer.text.len)
		return false;
	command = command_find(&app->commands, text, &err);
	if (!command || strcmp(command->name, "attach") != 0)
		return false;
	while (*at && shell_words_next(&at, word) && *at)
		;
	if (!word->open && strchr(" \t\n", text[app->composer.text.len - 1])) {
		buf_clear(&word->text);
		word->has_tilde = false;
	}
	return true;
}

static bool
begin(struct app *app, const struct shell_word *word)
{
	const char *path = buf_text(&word->text), *slash = strrchr(path, '/');
	struct err err;
	struct attachment_job *job;

	job = attachment_job_names(path, &err);
	if (!job)
		return app_refuse(app, err.text);
	app->path_complete = mem_alloc(sizeof(*app->path_complete));
	*app->path_complete =
	        (struct path_complete){.job = job, .begins = mem_strdup(slash ? slash + 1 : path), .open = word->open};
	return true;
}

bool
path_complete_begin(struct app *app)
{
	struct shell_word word = {.is_pattern = false};
	bool found = attach_words_at_cursor(&app->composer, &word) || find_argument(app, &word);

	if (found && word.open != '\\')
		(void)begin(app, &word);
	shell_word_release(&word);
	return found;
}

/* ---- the names ---- */

/* Bytes at the start of all of them. */
static size_t
common_length(const struct path_list *names)
{
	size_t common = strlen(names->paths[0]);

	for (size_t i = 1; i < names->n; i++) {
		size_t same = 0;

		while (same < common && names->paths[i][same] == names->paths[0][same])
			same++;
		common = utf8_floor(names->paths[0], same);
	}
	return common;
}

static void
say_names(struct app *app, const struct path_list *names)
{
	struct buf words = {0};

	for (size_t i = 0; i < names->n && i < NAMES_SHOWN; i++) {
		buf_puts(&words, i > 0 ? " " : "");
		shell_words_quote(&words, names->paths[i], 0);
	}
	if (names->n > NAMES_SHOWN)
		buf_printf(&words, " … (%zu more)", names->n - NAMES_SHOWN);
	app_say(app, false, buf_text(&words));
	buf_release(&words);
}

/* What goes behind the cursor. */
static void
put_rest(const struct path_complete *c, const struct path_list *names, struct buf *rest)
{
	size_t common = common_length(names), typed = strlen(c->begins);
	char *more = mem_strndup(names->paths[0] + typed, common - typed);

	shell_words_quote(rest, more, c->open);
	if (names->n == 1 && names->paths[0][common - 1] != '/') {
		if (c->open)
			buf_putc(rest, c->open);
		buf_putc(rest, ' ');
	}
	free(more);
}

static void
take_names(struct app *app, const struct path_complete *c)
{
	const struct path_list *names = attachment_job_found(c->job);
	struct buf rest = {0};

	if (names->n == 0) {
		app_say(app, false, "no file begins so");
		return;
	}
	put_rest(c, names, &rest);
	if (!composer_type(&app->composer, buf_text(&rest), rest.len))
		app_say(app, true, "that is too long");
	else if (names->n > 1)
		say_names(app, names);
	buf_release(&rest);
}

void
path_complete_turn(struct app *app)
{
	if (!app->path_complete || !attachment_job_end(app->path_complete->job))
		return;
	take_names(app, app->path_complete);
	path_complete_release(app);
	app->stale = true;
}

int
path_complete_fd(const struct app *app)
{
	return app->path_complete ? attachment_job_fd(app->path_complete->job) : -1;
}
