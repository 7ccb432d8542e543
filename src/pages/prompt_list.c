/*
 * prompt_list.c - what was listed last stands there at once, and what is there now as soon as it is read.
 */
#include "pages/prompt_list.h"

#include "app/app.h"
#include "base/err.h"
#include "pages/choice_list.h"
#include "system/prompt_reader.h"

static void
fill(struct app *app)
{
	const struct prompt_files *files = prompt_reader_files(app->prompt_reader);

	for (size_t i = 0; i < files->n; i++)
		choice_list_add(app, files->items[i].name, files->items[i].words, "");
}

static void
put_empty(const struct app *app, struct buf *out)
{
	const char *folder = app->config->prompts_folder;

	if (prompt_reader_files(app->prompt_reader)->n > 0)
		buf_puts(out, "no prompt is called so");
	else if (prompt_reader_list_error(app->prompt_reader)->code != ERR_NONE)
		buf_puts(out, prompt_reader_list_error(app->prompt_reader)->text);
	else if (folder && !prompt_reader_is_listed(app->prompt_reader))
		buf_puts(out, "reading the library of prompts");
	else if (folder)
		buf_printf(out,
		        "There are no prompts yet. Each is a file NAME.md in the folder\n%s\n\n"
		        "/prompt NAME puts its text into the input, and the cursor\nwhere it has {{cursor}}.",
		        folder);
	else
		buf_puts(out, "there is no library of prompts here");
}

static void
choose(struct app *app, const char *name)
{
	prompt_reader_read(app->prompt_reader, name);
}

static const struct choices prompts = {
        .label = "Prompts", .use = "put it into the input", .put_empty = put_empty, .fill = fill, .choose = choose};

void
prompt_list_open(struct app *app)
{
	prompt_reader_list(app->prompt_reader);
	choice_list_open(app, &prompts);
}

void
prompt_list_refresh(struct app *app)
{
	choice_list_refresh(app, &prompts);
}
