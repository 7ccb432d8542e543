/*
 * loop.c - wait, take what came, say it; and when nothing runs any more, take the next line.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_send.h"
#include "app/conversation_export.h"
#include "app/keeper.h"
#include "app/life.h"
#include "app/models.h"
#include "app/opener.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/restore.h"
#include "app/take_up.h"
#include "app/turn.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/signals.h"
#include "linear/announce.h"
#include "linear/commands.h"
#include "linear/input.h"
#include "linear/linear.h"
#include "linear/question.h"
#include "linear/series.h"
#include "linear/state.h"
#include "linear/telling.h"
#include "net/events.h"
#include "store/worker.h"
#include "system/prompt_reader.h"

enum {
	EVENTS_MAX = 16384, /* of the queue, in one turn */
};

enum {
	POLL_INPUT,
	POLL_OUTPUT,
	POLL_SIGNALS,
	POLL_NET,
	POLL_STORE,
	POLL_PROMPTS,
	POLL_SENDING,
	POLL_OPENER,
	POLL_COUNT,
};

/* ---- what comes from the store ---- */

/* One conversation: the panes beside it stay in the history for the full screen. */
static void
take_opened(struct app *app, struct store_result *r)
{
	struct keeper_options *first = &app->keeper->first;

	keeper_opened(app, r);
	if (!first->fresh && first->row == 0)
		first->row = r->open;
	first->fresh = first->row == 0;
	restore_begin(app, r);
}

static void
take(struct app *app, struct store_result *r)
{
	switch (r->type) {
	case STORE_OPENED:
		take_opened(app, r);
		break;
	case STORE_SAVED:
		keeper_saved(app, r);
		break;
	case STORE_LOADED:
		if (!opening_loaded(app, r))
			restore_take(app, r);
		break;
	case STORE_CLAIMED:
		take_up_claimed(app, r);
		break;
	case STORE_VOTED:
		keeper_voted(app, r);
		break;
	case STORE_EXPORTED:
		linear_of(app)->waits_for = WAITS_FOR_NOTHING;
		export_written(app, &r->err, r->notice);
		break;
	case STORE_ANSWER:
		linear_history_answer(app, r);
		break;
	case STORE_PROMPTS:
	case STORE_EDITED:
		break;
	}
	store_result_free(r);
}

/* The layout of the full screen stays as it was. */
static int
save_nothing(UNUSED struct app *app, UNUSED int64_t now_ms, UNUSED bool at_once)
{
	return -1;
}

/* ---- the start and the end ---- */

bool
linear_init(struct app *app, const struct config *config, const struct commands *commands,
        const struct keeper_options *keep, struct log *log, struct err *err)
{
	static const struct keeper_above above = {.take = take, .save = save_nothing};

	life_begin(app, config, linear_view());
	view_register(app, linear_view());
	linear_commands_init(app, commands);
	if (life_init(app, keep, &above, log, err)) {
		linear_of(app)->typed = isatty(STDIN_FILENO);
		linear_of(app)->talk = app->pane->talk;
		return true;
	}
	linear_commands_release(app);
	return false;
}

void
linear_flush(struct app *app)
{
	out_flush(&linear_of(app)->out, signals_fd());
}

void
linear_release(struct app *app)
{
	telling_reset(app);
	question_drop(app);
	linear_commands_release(app);
	life_release(app);
}

/* ---- signals ---- */

/* Where flynn waits for a line. */
static void
interrupt_prompt(struct app *app, bool had_entry)
{
	struct linear *l = linear_of(app);

	if (l->confirms_end) {
		l->prompted = false;
		linear_put(app, "\n", 1);
		app_quit(app, 0);
		return;
	}
	l->prompted = true; /* the terminal shows ^C there */
	l->confirms_end = !had_entry;
	linear_note(app, had_entry ? "dropped" : "Ctrl+C again ends flynn");
}

/* Lines that wait go with the reply, as the terminal drops what was not read. */
static void
interrupt(struct app *app)
{
	struct linear *l = linear_of(app);
	bool busy = input_must_wait(app) || out_fd(&l->out) >= 0; /* what is still being written is enough, too */
	bool had_entry = input_drop_begun(app);

	out_drop(&l->out, STDOUT_FILENO);
	series_stop(app);
	l->waits_for = WAITS_FOR_NOTHING;
	if (!l->typed) {
		(void)turn_stop(app);
		app_quit(app, 128 + SIGINT);
	} else if (attach_give_up(app) || turn_stop(app) || busy) {
		l->prompted = false;
		linear_put(app, "\n", 1);
	} else {
		interrupt_prompt(app, had_entry);
	}
}

static void
take_signals(struct app *app)
{
	int number;

	while ((number = signals_take()) != 0)
		switch (number) {
		case SIGINT:
			interrupt(app);
			break;
		case SIGCHLD:
			life_programs(app);
			break;
		case SIGCONT:
			linear_of(app)->prompted = false;
			break;
		default:
			app_quit(app, 128 + number);
		}
}

/* ---- waiting ---- */

static int
take_files(struct app *app)
{
	int wait;

	opener_turn(app);
	wait = clock_sooner(keeper_turn(app), attach_turn(app));
	linear_commands_turn(app);
	models_turn(app);
	return clock_sooner(wait, attach_send_turn(app));
}

static int
models_wait_ms(const struct app *app)
{
	int64_t due_ms = models_due_ms(app), now_ms = clock_ms();

	return due_ms == 0 ? -1 : due_ms > now_ms ? (int)(due_ms - now_ms) : 0;
}

static void
wait_for_something(struct app *app, int timeout)
{
	struct linear *l = linear_of(app);
	struct pollfd fds[POLL_COUNT + ATTACH_JOBS_MAX] = {
	        [POLL_INPUT] = {input_is_wanted(app) ? STDIN_FILENO : -1, POLLIN, 0},
	        [POLL_OUTPUT] = {out_fd(&l->out), POLLOUT, 0},
	        [POLL_SIGNALS] = {signals_fd(), POLLIN, 0},
	        [POLL_NET] = {net_fd(app->net), POLLIN, 0},
	        [POLL_STORE] = {keeper_fd(app), POLLIN, 0},
	        [POLL_PROMPTS] = {prompt_reader_fd(app->prompt_reader), POLLIN, 0},
	        [POLL_SENDING] = {attach_send_fd(app), POLLIN, 0},
	        [POLL_OPENER] = {opener_fd(app), POLLIN, 0},
	};
	size_t n = POLL_COUNT + attach_fds(app, fds + POLL_COUNT);

	if (!net_sleep(app->net) || !keeper_sleep(app))
		timeout = 0;
	poll(fds, n, timeout);
	net_awake(app->net, fds[POLL_NET].revents != 0);
	keeper_awake(app, fds[POLL_STORE].revents != 0);
	if (fds[POLL_OUTPUT].revents)
		out_write(&l->out);
	if (fds[POLL_INPUT].revents)
		input_read(app);
	if (fds[POLL_SIGNALS].revents)
		take_signals(app);
}

/* The end of a turn is told before the next one may begin. */
static void
take_events(struct app *app)
{
	const struct queue_record *record;

	for (int i = 0; i < EVENTS_MAX && (record = net_peek(app->net)) != NULL; i++) {
		bool ends = record->type == NET_END;

		life_event(app, record);
		net_consume(app->net);
		if (ends)
			announce_news(app);
	}
}

static void
look_at_output(struct app *app)
{
	int error = linear_of(app)->out.error;

	if (error == EPIPE)
		app_quit(app, 128 + SIGPIPE);
	else if (error)
		app_quit(app, err_exit_status(ERR_OUTPUT));
}

/* What an entry has begun is looked after before anything is waited for. */
static void
turn_of_loop(struct app *app)
{
	int wait;

	announce_news(app);
	while (!app->quit && input_take_next(app))
		;
	input_end(app);
	if (app->quit)
		return;
	wait = take_files(app);
	announce_news(app);
	if (!input_must_wait(app))
		linear_prompt(app);
	wait = clock_sooner(clock_sooner(wait, telling_wait(app)), linear_commands_wait_ms(app));
	wait_for_something(app, input_is_left(app) ? 0 : clock_sooner(wait, models_wait_ms(app)));
	take_events(app);
	look_at_output(app);
}

bool
linear_run(struct app *app, struct err *err)
{
	if (!life_start(app, err))
		return false;
	while (!app->quit)
		turn_of_loop(app);
	return true;
}
