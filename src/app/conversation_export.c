/*
 * conversation_export.c - the file's name is made here; its text and the disk are the store's.
 */
#include "config.h"

#include "app/conversation_export.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "config/paths.h"
#include "store/export.h"
#include "text/clean.h"

enum {
	NAME_MAX_BYTES = 60, /* of the title */
};

void
export_put_name(struct buf *to, const char *title, int64_t ms)
{
	struct buf date = {0};
	char *clean = clean_line(title);
	size_t n = strlen(clean), first = to->len;

	if (n > NAME_MAX_BYTES)
		n = utf8_floor(clean, NAME_MAX_BYTES);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)clean[i];

		if (isalnum(c) || c >= 0x80 || c == '_')
			buf_putc(to, (char)c);
		else if (to->len > first && to->data[to->len - 1] != '-')
			buf_putc(to, '-');
	}
	free(clean);
	if (to->len == first)
		buf_puts(to, "conversation");
	if (to->data[to->len - 1] != '-')
		buf_putc(to, '-');
	date_put_local(&date, ms);
	buf_put(to, buf_text(&date), strcspn(buf_text(&date), " "));
	buf_puts(to, ".md");
	buf_release(&date);
}

/* The typed path; ~ is the home folder. */
static char *
path_of(const struct app *app, const char *file)
{
	struct conversation *c = app->pane->talk->session.conversation;
	struct buf name = {0};

	if (*file)
		return paths_beside("", file);
	export_put_name(&name, buf_text(&conversation_info(c)->title), clock_unix_ms());
	return buf_take(&name);
}

bool
export_run(struct app *app, const char *file)
{
	struct conversation *c = app->pane->talk->session.conversation;
	enum export_format format;
	char *path;
	bool good;

	if (!conversation_leaf(c))
		return app_refuse(app, "there is nothing to export yet");
	if (model_names_wait(app)) /* each reply is headed by its model's */
		return false;
	path = path_of(app, file);
	if (export_format_of_file(path, &format))
		good = keeper_export(app, path, format, c);
	else
		good = app_refuse(app, "the file's name must end in .md, .txt or .json");
	free(path);
	return good;
}

void
export_written(struct app *app, const struct err *err, const char *path)
{
	char *words = err->code == ERR_NONE ? mem_printf("exported to %s", path) : mem_strdup(err->text);

	app_say(app, err->code != ERR_NONE, words);
	free(words);
}
