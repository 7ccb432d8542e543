/*
 * chat.c - `flynn`: puts the app together, full screen or line by line, runs it, and takes it apart. What went wrong is said once the terminal is
 * as it was.
 */
#include "cmd/chat.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/life.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/signals.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "config/paths.h"
#include "linear/linear.h"
#include "pages/replay_page.h"
#include "screen/commands.h"
#include "screen/screen.h"
#include "system/suspend.h"
#include "tui/term.h"
#include "tui/terminfo.h"
#include "tui/tty.h"

static struct term_look
look_of(const struct config *config)
{
	static const enum theme themes[] = {
	        [CONFIG_THEME_AUTO] = THEME_AUTO, [CONFIG_THEME_DARK] = THEME_DARK, [CONFIG_THEME_LIGHT] = THEME_LIGHT};

	return (struct term_look){.theme = themes[config->theme],
	        .mouse = !config->no_mouse,
	        .focus = config->notify != CONFIG_NOTIFY_OFF || config->notify_command};
}

/* NULL: all is well. */
static void
say_failure(struct app *app, const char *words)
{
	if (!words)
		return;
	say("%s", words);
	app->status = err_exit_status(ERR_SYSTEM);
}

/* The editor's file is told of, and what is new is saved, once the terminal is as it was. Not to have been able to is more than any signal. */
static void
end(struct app *app)
{
	char *left = editor_end(&app->editor);

	if (left)
		say("%s", left);
	free(left);
	say_failure(app, screen_end(app));
	say_failure(app, life_end_net(app));
}

static void
say_terminal(struct app *app)
{
	const char *name = getenv("TERM"), *other = term_description();
	char *words;

	if (!name || !other || strcmp(name, other) == 0)
		return;
	words = mem_printf("TERM=%s is unknown: used as %s", name, other);
	app_say(app, false, words);
	free(words);
}

static void
begin_show(struct app *app, struct chat_show *show)
{
	if (show->conversation)
		conversations_open(app, talk_new(show->conversation, NULL));
	show->conversation = NULL;
	if (show->replay)
		(void)replay_page_open(app, show->replay);
}

static bool
run(struct app *app, const struct config *config, const struct keeper_options *keep, struct log *log,
        struct chat_show *show, struct err *err)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGCHLD};
	const struct term_look look = look_of(config);
	bool ran = false;

	if (!signals_init(signals, ARRAY_LEN(signals), err))
		return false;
	if (!screen_init(app, config, keep, log, err))
		goto out;
	crash_guard(tty_restore_now);
	app->term = show && show->term ? show->term : term_new(&look, err);
	if (app->term) {
		if (!show || !show->term)
			say_terminal(app);
		if (show)
			begin_show(app, show);
		ran = screen_run(app, show ? show->stage : NULL, err);
		if (!show || show->term != app->term)
			term_free(app->term);
		app->term = NULL;
		if (ran)
			end(app);
	}
	screen_release(app);
out:
	signals_release();
	return ran;
}

/* Standard input is a terminal that can show no screen; or it was asked for. */
static bool
is_linear(const struct options *options)
{
	return options->linear || (tty_is_dumb() && isatty(STDIN_FILENO));
}

static bool
run_linear(struct app *app, const struct config *config, const struct keeper_options *keep, struct log *log,
        struct err *err)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGCONT, SIGCHLD};
	const struct commands commands = commands_table();
	bool ran = false;

	if (!signals_init(signals, ARRAY_LEN(signals), err))
		return false;
	if (linear_init(app, config, &commands, keep, log, err)) {
		ran = linear_run(app, err);
		if (ran) {
			linear_flush(app);
			say_failure(app, life_end(app));
			say_failure(app, life_end_net(app));
		}
		linear_release(app);
	}
	signals_release();
	return ran;
}

int
chat_with(const struct config *config, const struct keeper_options *keep, struct log *log, struct chat_show *show)
{
	struct app app;
	struct err err;

	return run(&app, config, keep, log, show, &err) ? app.status : say_err(&err);
}

static int
chat_linear(const struct config *config, const struct keeper_options *keep, struct log *log)
{
	struct app app;
	struct err err;

	return run_linear(&app, config, keep, log, &err) ? app.status : say_err(&err);
}

static int
chat_kept(const struct options *options, int64_t conversation, const struct config *config, struct log *log)
{
	char *history = paths_history(), *prompts = paths_prompts();
	bool linear = is_linear(options);
	const struct keeper_options keep = {.history = history,
	        .prompts = prompts,
	        .fresh = options->fresh || (linear && !options->go_on && !conversation),
	        .row = conversation,
	        .model_given = options->config.model || options->config.endpoint};
	const struct keeper_options *kept = options->no_history ? NULL : &keep;
	int status = linear ? chat_linear(config, kept, log) : chat_with(config, kept, log, NULL);

	free(history);
	free(prompts);
	return status;
}

int
chat_at(const struct options *options, int64_t conversation)
{
	struct config config;
	struct log *log = NULL;
	struct err err;
	int status;

	if (!config_load(&config, &options->config, &err))
		return say_err(&err);
	if (!options->log || (log = log_open(options->log, &err)) != NULL)
		status = chat_kept(options, conversation, &config, log);
	else
		status = say_err(&err);
	if (!log_close(log))
		say("the disk does not answer (%s): the log is not complete", options->log);
	config_release(&config);
	return status;
}

int
cmd_chat(const struct options *options)
{
	return chat_at(options, 0);
}
