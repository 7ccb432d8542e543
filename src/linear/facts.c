/*
 * facts.c - numbers come in sentences.
 */
#include "linear/facts.h"

#include <inttypes.h>
#include <string.h>

#include "app/app.h"
#include "app/copy.h"
#include "app/net_log.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "linear/state.h"
#include "linear/telling.h"

enum {
	LOG_LINES = 20,
};

bool
facts_last(struct app *app, const char *argument)
{
	const struct message *m = conversation_last_reply(app->pane->talk->session.conversation);

	if (!m)
		return app_refuse(app, "there is no reply yet");
	if (strcmp(argument, "thought") == 0) {
		if (m->reasoning.len == 0)
			return app_refuse(app, "the last reply has no thought");
		telling_thought(app, m);
		return true;
	}
	if (*argument)
		return app_refuse(app, "/last takes nothing, or the word thought");
	telling_whole(app, m);
	return true;
}

/* A terminal's clipboard needs a sequence of control characters. */
bool
facts_copy(struct app *app, const char *argument)
{
	if (!app->config->copy_command)
		return app_refuse(app, "copying needs copy_command: in the configuration here");
	return copy_asked(app, argument);
}

bool
facts_context(struct app *app, UNUSED const char *argument)
{
	struct status status;

	status_of(app, app->pane->talk, clock_ms(), &status);
	if (status.context_used <= 0)
		linear_note(app, talk_is_empty(app->pane->talk) ? "nothing was said yet"
		                                                : "the server has not told how full the context is");
	else if (status.context_size <= 0)
		linear_line(app, "The context has %s%" PRId64 " tokens in it; how large it is the server does not say.",
		        status.context_is_about ? "about " : "", status.context_used);
	else
		linear_line(app, "The context has %s%" PRId64 " of %" PRId64 " tokens in it, %" PRId64 " percent.",
		        status.context_is_about ? "about " : "", status.context_used, status.context_size,
		        status.context_used * 100 / status.context_size);
	return true;
}

bool
facts_stats(struct app *app, UNUSED const char *argument)
{
	const struct message *m = conversation_last_reply(app->pane->talk->session.conversation);

	if (!m)
		return app_refuse(app, "there is no reply yet");
	if (m->usage.completion_tokens < 0 && m->timings.predicted_per_second <= 0) {
		linear_note(app, "the server has not told how fast the last reply came");
		return true;
	}
	linear_line(app, "Prompt: %" PRId64 " tokens, %.1f tokens a second.", m->usage.prompt_tokens,
	        m->timings.prompt_per_second);
	linear_line(app, "Reply: %" PRId64 " tokens, %.1f tokens a second.", m->usage.completion_tokens,
	        m->timings.predicted_per_second);
	if (m->timings.first_ms >= 1000)
		linear_line(app, "Until the first token: %.1f seconds.", (double)m->timings.first_ms / 1000);
	else if (m->timings.first_ms > 0)
		linear_line(app, "Until the first token: %" PRId64 " milliseconds.", (int64_t)m->timings.first_ms);
	return true;
}

bool
facts_log(struct app *app, UNUSED const char *argument)
{
	size_t n = net_log_count(app->net_log);

	if (n == 0)
		return app_refuse(app, "nothing has happened on the network yet");
	for (size_t i = n > LOG_LINES ? n - LOG_LINES : 0; i < n; i++)
		linear_line(app, "%s", net_log_line(app->net_log, i)->text);
	return true;
}
