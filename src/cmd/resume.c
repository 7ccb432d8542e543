/*
 * resume.c - `flynn resume [ID]`: the chat, beginning with a conversation of the history. One that is not there is said
 * before the screen is taken.
 */
#include "cmd/resume.h"

#include <errno.h>
#include <stdlib.h>

#include "cmd/chat.h"
#include "cmd/say.h"
#include "config/paths.h"
#include "store/load.h"

static bool
parse_id(const char *word, int64_t *row, struct err *err)
{
	char *rest;

	errno = 0;
	*row = strtoll(word, &rest, 10);
	if (errno || rest == word || *rest || *row < 1)
		return err_set(err, ERR_USAGE, "resume %s: it takes the number of a conversation", word);
	return true;
}

static bool
is_there(int64_t row, struct err *err)
{
	char *path = paths_history();
	struct history *history = history_open(path, HISTORY_READ, err);
	struct loaded loaded = {0};
	bool found = history && load_conversation(history, row, &loaded, err);

	loaded_release(&loaded);
	history_close(history);
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
	if (options->n_words > 1 ||
	        (options->n_words == 1 && (!parse_id(options->words[0], &row, &err) || !is_there(row, &err))))
		return say_err(&err);
	return chat_at(options, row);
}
