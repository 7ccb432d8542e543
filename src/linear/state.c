/*
 * state.c - the lowest view, which draws nothing: its line is the composer.
 */
#include "linear/state.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/view.h"
#include "base/compiler.h"

static enum key_context
context(UNUSED const struct app *app)
{
	return CONTEXT_COMPOSER;
}

static struct composer *
line(struct app *app)
{
	return &app->composer;
}

static void
release(void *state)
{
	struct linear *l = state;

	free(l->commands);
	lines_release(&l->in);
	out_release(&l->out);
	free(l->trouble);
	free(l->template_text);
	free(l->asked_words);
}

static const struct view view = {
        .context = context, .line = line, .state_size = sizeof(struct linear), .release = release};

struct linear *
linear_of(const struct app *app)
{
	return view_state(app, &view);
}

const struct view *
linear_view(void)
{
	return &view;
}
