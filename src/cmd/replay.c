/*
 * replay.c - `flynn replay [ID]`: loads the conversation, and starts a chat that plays it (app/replay.h): no server is asked for
 * anything, and the history is only read. With --cast the screen goes into a file, with the times of what is played, as fast as it can be
 * drawn.
 */
#include "cmd/replay.h"

#include <stdlib.h>

#include "app/replay.h"
#include "cmd/chat.h"
#include "cmd/disk_limit.h"
#include "cmd/play_options.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "config/paths.h"
#include "store/load.h"
#include "store/lookup.h"
#include "tui/cast.h"

/* ---- the conversation ---- */

/* Without a word: the one that was changed last. */
static bool
find(struct history *h, const char *word, int64_t *row, struct err *err)
{
	if (word)
		return lookup_conversation(h, word, row, err);
	return load_last(h, row, err) && (*row != 0 || err_set(err, ERR_SYSTEM, "there is no conversation to replay"));
}

static bool
load(struct history *h, const char *word, struct loaded *loaded, struct err *err)
{
	int64_t row;

	if (!find(h, word, &row, err) || !load_conversation(h, row, loaded, err))
		return false;
	if (conversation_leaf(loaded->conversation))
		return true;
	loaded_release(loaded);
	return err_set(err, ERR_SYSTEM, "conversation %lld is empty: there is nothing to replay", (long long)row);
}

static bool
read_conversation(const char *word, struct loaded *loaded, struct err *err)
{
	char *path = paths_history();
	struct history *history = NULL;
	bool good;

	disk_limit_tell("nothing was played");
	if (disk_limit_begin(path, err))
		history = history_open(path, HISTORY_READ, err);
	good = history && load(history, word, loaded, err);
	history_close(history);
	disk_limit_end();
	free(path);
	return good;
}

/* ---- playing ---- */

static void
tell_cast(void *arg, int64_t ms)
{
	cast_tell(arg, ms);
}

static int
play_into_file(const struct play_options *p, const struct config *config, struct chat_show *show)
{
	struct replay_options replay = {.time = REPLAY_AT_ONCE, .speed = p->speed, .quits = true, .tick = tell_cast};
	struct err err;
	int status;

	show->term = play_options_cast(p, config, &err);
	if (!show->term)
		return say_err(&err);
	cast_tell(show->term, 0);
	replay.arg = show->term;
	show->replay = &replay;
	status = chat_with(config, NULL, NULL, show);
	return cast_end(show->term, &err) ? status : say_err(&err);
}

static int
play(const struct play_options *p, const struct config *config, struct chat_show *show)
{
	const struct replay_options replay = {.speed = p->speed, .quits = true};

	if (p->cast)
		return play_into_file(p, config, show);
	show->replay = &replay;
	return chat_with(config, NULL, NULL, show);
}

static int
play_conversation(const struct options *options, const struct play_options *p, struct conversation *conversation)
{
	struct chat_show show = {.conversation = conversation};
	struct config config;
	struct err err;
	int status;

	if (!config_load(&config, &options->config, &err)) {
		conversation_free(conversation);
		return say_err(&err);
	}
	config.offline = true;
	status = play(p, &config, &show);
	conversation_free(show.conversation);
	config_release(&config);
	return status;
}

int
cmd_replay(const struct options *options)
{
	struct play_options p;
	struct loaded loaded;
	struct err err;
	struct conversation *conversation;

	if (!play_options_read(&p, options, (int)REPLAY_FASTEST, &err) ||
	        !read_conversation(options->n_words > 0 ? options->words[0] : NULL, &loaded, &err))
		return say_err(&err);
	conversation = loaded.conversation;
	loaded.conversation = NULL;
	loaded_release(&loaded);
	return play_conversation(options, &p, conversation);
}
