/*
 * resume.c - `flynn resume [ID]`: the chat, beginning with a conversation of the history, by its number or the beginning of
 * its uuid. One that is not there is said before the screen is taken.
 */
#include "cmd/resume.h"

#include <stdlib.h>

#include "cmd/chat.h"
#include "cmd/disk_limit.h"
#include "cmd/say.h"
#include "config/paths.h"
#include "store/lookup.h"

static bool
find(const char *word, int64_t *row, struct err *err)
{
	char *path = paths_history();
	struct history *history = NULL;
	bool found;

	disk_limit_tell("nothing was opened");
	if (disk_limit_begin(path, err))
		history = history_open(path, HISTORY_READ, err);
	found = history && lookup_conversation(history, word, row, err);
	history_close(history);
	disk_limit_end();
	free(path);
	return found;
}

int
cmd_resume(const struct options *options)
{
	struct err err;
	int64_t row = 0;

	if (options->n_words > 1)
		err_set(&err, ERR_USAGE, "resume takes one conversation, not %d", options->n_words);
	if (options->n_words > 1 || (options->n_words == 1 && !find(options->words[0], &row, &err)))
		return say_err(&err);
	return chat_at(options, row);
}
