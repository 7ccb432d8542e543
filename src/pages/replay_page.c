/*
 * replay_page.c - a view beside the chat: it draws nothing, and takes keys and pastes away from it.
 */
#include "pages/replay_page.h"

#include <stddef.h>

#include "app/app.h"
#include "app/replay.h"
#include "app/view.h"
#include "base/compiler.h"

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_REPLAY;
}

static void
paste(struct app *app, UNUSED const char *text, UNUSED size_t n)
{
	app_say(app, false, "a replay is playing: Esc ends it");
}

static const struct view page_view = {
        .context = context, .paste = paste, .close = replay_end, .beside = true, .stays = false};

const struct view *
replay_page(void)
{
	return &page_view;
}

bool
replay_page_open(struct app *app, const struct replay_options *options)
{
	view_close_all(app);
	if (!replay_begin(app, options))
		return false;
	view_push(app, &page_view);
	return true;
}

void
replay_page_close(struct app *app)
{
	view_close(app, &page_view);
}
