/*
 * prompt_send.c - what comes before a prompt is sent: whether it fits, and a look at its files.
 */
#include "app/prompt_send.h"

#include <inttypes.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_send.h"
#include "app/attach_tokens.h"
#include "app/context.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/room.h"
#include "app/talk.h"
#include "app/turn.h"

/* The attached file that takes the most room, where that is known. */
static void
put_largest_file(const struct app *app, struct buf *words)
{
	const struct talk *talk = app->pane->talk;
	const struct attachment *largest = NULL;
	int64_t most = 0;

	for (size_t i = 0; i < talk->attached.n; i++) {
		int64_t tokens = attach_tokens(app, talk, talk->attached.items[i]);

		if (tokens > most) {
			largest = talk->attached.items[i];
			most = tokens;
		}
	}
	if (largest)
		buf_printf(words, "detach %s (%" PRId64 "), ", largest->name, most);
}

/* With the ways out. False: it fits, as far as is known, or that was said already. */
static bool
say_excess(struct app *app)
{
	int64_t excess = context_excess(app);
	struct buf words = {0};

	if (excess == 0 || app->excess_said)
		return false;
	buf_printf(&words, "%" PRId64 " token%s too many: ", excess, excess == 1 ? "" : "s");
	put_largest_file(app, &words);
	room_put_ways(app, app->pane->talk, &words);
	buf_puts(&words, ", Enter sends");
	app_say(app, true, buf_text(&words));
	buf_release(&words);
	app->excess_said = true;
	return true;
}

/* Of files alone nothing can be recalled. */
static void
remember(struct app *app, const char *typed)
{
	if (!*typed)
		return;
	recall_add(&app->recall, typed);
	keeper_prompt(app, typed);
}

/* Nothing is typed: files may go alone, but not before a prompt that waits. */
bool
prompt_is_there(const struct app *app)
{
	const struct talk *talk = app->pane->talk;

	return !composer_is_blank(&app->composer) || (talk->prompts.n == 0 && attach_has_files(app, talk));
}

void
prompt_send(struct app *app, void (*again)(struct app *))
{
	struct talk *talk = app->pane->talk;
	char *typed;

	if (say_excess(app) || attach_comes_first(app, again))
		return;
	if (composer_is_blank(&app->composer))
		composer_reset(&app->composer);
	typed = composer_typed(&app->composer);
	remember(app, typed);
	if (talk_is_idle(talk)) {
		turn_send(app);
	} else {
		prompt_queue_add(&talk->prompts, typed, &talk->attached);
		attachments_release(&talk->attached);
		composer_reset(&app->composer);
	}
	free(typed);
}
