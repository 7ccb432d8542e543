/*
 * loop.c - draw the first frame; then wait, take what came, draw once, and so on.
 *
 * Keys come first, then signals, then everything in the queue. After a frame the loop waits three times as long as it took
 * to draw, 16 ms at most, and in any case until its bytes are written, and a slow terminal has shown them. It does not wait while a long text is being laid
 * out. While a frame is only waiting for its time, the net thread is not listened to: one look then
 * takes all that it sent.
 */
#include <poll.h>
#include <signal.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_send.h"
#include "app/attach_tokens.h"
#include "app/context.h"
#include "app/context_list.h"
#include "app/first_look.h"
#include "app/keeper.h"
#include "app/life.h"
#include "app/opener.h"
#include "app/path_complete.h"
#include "app/pictures.h"
#include "app/replay.h"
#include "app/tagging.h"
#include "base/clock.h"
#include "base/signals.h"
#include "screen/chat_actions.h"
#include "screen/editor_actions.h"
#include "screen/mouse.h"
#include "screen/role_commands.h"
#include "screen/screen.h"
#include "screen/stage.h"
#include "system/prompt_reader.h"
#include "text/cluster.h"

enum {
	OTHERS_MS = 45,       /* while only texts come, the others are asked at a token after so long */
	OTHERS_LATE_MS = 100, /* and then at the latest */
	OTHERS_SOON_MS = 10,  /* what is due within that is done with a token, so that nobody wakes up for it */
	FRAME_COST_TIMES = 3,
	FRAME_MS_MAX = 16,
	EVENTS_MAX =
	        16384, /* of the queue, in one turn: a net thread that is faster than us must not keep the keys waiting */
};

enum {
	POLL_TERM,
	POLL_SIGNALS,
	POLL_NET,
	POLL_STORE,
	POLL_GRAMMARS,
	POLL_PROMPTS,
	POLL_PATHS,
	POLL_SENDING,
	POLL_PICTURES,
	POLL_OPENER,
	POLL_COUNT,
};

/* All that waits for something else than a key or the text of a reply. A token that comes alone changes nothing for them: they are
 * left alone then, for a while, and keep the descriptors that they wait for. */
struct others {
	struct pollfd fds[POLL_COUNT + ATTACH_JOBS_MAX];
	size_t n;
	int64_t asked_ms;
	int64_t due_ms;    /* when one of them wants to be asked again; INT64_MAX: when something happens */
	bool are_the_same; /* nothing but texts has come since they were asked */
};

struct loop {
	struct app *app;
	struct stage *stage; /* types and presses keys; or NULL */
	struct grid grid;
	struct others others;
	int64_t next_frame_ns; /* not before */
	int64_t input_ms;      /* when the terminal last said something */
	bool resized;
	bool signalled; /* a signal waits to be taken */
	bool net_rang;  /* and its bell is to be silenced: after the frame, which is more urgent */
};

/* ---- waiting ---- */

/* The editor has the terminal: no keys, no frames; all else goes on. */
static bool
is_away(const struct loop *l)
{
	return l->app->editor.pid > 0;
}

/* The last frame has not left, or not arrived. */
static bool
is_term_busy(const struct loop *l)
{
	return term_busy(l->app->term) || term_hold(l->app->term) > 0;
}

static bool
frame_waits(const struct loop *l, int64_t now_ns)
{
	return !is_away(l) && app_is_stale(l->app) && !is_term_busy(l) && now_ns < l->next_frame_ns;
}

static int
input_wait_ms(const struct loop *l)
{
	int timeout = term_timeout(l->app->term);
	int64_t left;

	if (timeout < 0 || is_away(l))
		return -1;
	left = l->input_ms + timeout - clock_ms();
	return left > 0 ? (int)left : 0;
}

static int
frame_wait_ms(const struct loop *l, int64_t now_ns)
{
	if (is_away(l) || !app_is_stale(l->app) || term_busy(l->app->term))
		return -1;
	if (term_hold(l->app->term) > 0)
		return term_hold(l->app->term);
	return now_ns < l->next_frame_ns ? (int)((l->next_frame_ns - now_ns + 999999) / 1000000) : 0;
}

static int
clock_wait_ms(const struct loop *l)
{
	int64_t left = l->app->next_draw_ms - clock_ms();

	if (is_away(l) || l->app->next_draw_ms == 0 || l->app->stale)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* From the store, and from whoever reads grammars or prompts or decodes pictures. When to come again, as keeper_turn says it. */
static int
take_files(struct app *app)
{
	int wait;

	if (grammar_reader_turn(&app->code.reader, &app->code.grammars))
		app->stale = true;
	if (role_commands_turn(app) || (tagging_has_come(app) && app->completes_late))
		chat_complete_late(app);
	pictures_turn(app);
	opener_turn(app);
	path_complete_turn(app);
	wait = clock_sooner(keeper_turn(app), attach_turn(app));
	wait = clock_sooner(wait, attach_send_turn(app));
	first_look_turn(app);
	screen_take_held(app);
	return wait;
}

/* Shows when it is stuck. When to look again, as net_is_late says it. */
static int
look_at_net(struct app *app)
{
	int again_ms;
	bool late = net_is_late(app->net, &again_ms);

	if (late != app->net_is_late)
		app->stale = true;
	app->net_is_late = late;
	return again_ms;
}

/* The gauge comes first, then what is being written. When to come again, as context_turn says it. */
static int
count_tokens(struct app *app)
{
	int wait;

	if (replay_is_on(app))
		return -1;
	wait = context_turn(app);

	context_list_ask(app);
	attach_tokens_turn(app);
	return wait;
}

static void
note_descriptors(struct loop *l)
{
	const struct app *app = l->app;
	struct pollfd *fds = l->others.fds;

	for (size_t i = 0; i < POLL_COUNT; i++)
		fds[i].events = POLLIN;
	fds[POLL_SIGNALS].fd = signals_fd();
	fds[POLL_STORE].fd = keeper_fd(app);
	fds[POLL_GRAMMARS].fd = grammar_reader_fd(&app->code.reader);
	fds[POLL_PROMPTS].fd = prompt_reader_fd(app->prompt_reader);
	fds[POLL_PATHS].fd = path_complete_fd(app);
	fds[POLL_SENDING].fd = attach_send_fd(app);
	fds[POLL_PICTURES].fd = pictures_fd(app);
	fds[POLL_OPENER].fd = opener_fd(app);
	l->others.n = POLL_COUNT + attach_fds(app, fds + POLL_COUNT);
}

static void
ask_others(struct loop *l, int64_t now_ms)
{
	struct app *app = l->app;
	int wait = take_files(app); /* first: what came may ask for a frame */

	wait = clock_sooner(wait, count_tokens(app));
	wait = clock_sooner(wait, look_at_net(app));
	wait = clock_sooner(wait, input_wait_ms(l));
	if (!is_away(l))
		wait = clock_sooner(wait, clock_sooner(stage_turn(l->stage, app, &l->grid), replay_turn(app)));
	note_descriptors(l);
	l->others.asked_ms = now_ms;
	l->others.due_ms = wait < 0 ? INT64_MAX : now_ms + wait;
	l->others.are_the_same = true;
}

/* A scene and a replay go by what is on the screen, and an editor has the terminal: they are asked each time. */
static bool
may_leave_others(const struct loop *l, int64_t now_ms)
{
	return l->others.are_the_same && !l->app->stale && now_ms < l->others.asked_ms + OTHERS_MS &&
	       now_ms + OTHERS_SOON_MS < l->others.due_ms && !l->stage && !replay_is_on(l->app) && !is_away(l);
}

/* When to ask the others again. */
static int
others_wait_ms(struct loop *l)
{
	int64_t now_ms = clock_ms(), left;

	if (!may_leave_others(l, now_ms))
		ask_others(l, now_ms);
	else if (l->others.due_ms > l->others.asked_ms + OTHERS_LATE_MS)
		l->others.due_ms = l->others.asked_ms + OTHERS_LATE_MS;
	left = l->others.due_ms - now_ms;
	return l->others.due_ms == INT64_MAX ? -1 : left > 0 ? (int)left : 0;
}

/* How long to wait at most. `listen`: to the net thread. */
static int
prepare_to_wait(struct loop *l, bool *listen)
{
	struct app *app = l->app;
	struct pollfd *fds = l->others.fds;
	int wait = others_wait_ms(l);
	int64_t now_ns = clock_ns();

	*listen = !frame_waits(l, now_ns);
	fds[POLL_TERM].fd = is_away(l) ? -1 : term_fd(app->term);
	fds[POLL_TERM].events = (short)(POLLIN | (term_busy(app->term) ? POLLOUT : 0));
	fds[POLL_NET].fd = *listen ? net_fd(app->net) : -1;
	if (!keeper_sleep(app)) {
		l->others.are_the_same = false;
		return 0;
	}
	if (*listen && !net_sleep(app->net))
		return 0;
	return clock_sooner(wait, clock_sooner(frame_wait_ms(l, now_ns), clock_wait_ms(l)));
}

static void
poll_all(struct loop *l, int wait)
{
	struct others *o = &l->others;
	int ready = poll(o->fds, o->n, wait);

	for (size_t i = 0; i < o->n && ready < 0; i++)
		o->fds[i].revents = 0;
	o->are_the_same &= ready == 0 || (ready == 1 && o->fds[POLL_NET].revents != 0);
	l->net_rang = o->fds[POLL_NET].revents != 0;
	l->signalled = o->fds[POLL_SIGNALS].revents != 0;
}

/* True: the terminal has something to say. */
static bool
wait_for_something(struct loop *l)
{
	struct app *app = l->app;
	const struct pollfd *fds = l->others.fds;
	bool listen;
	int wait;

	if (l->net_rang)
		net_awake(app->net, true);
	wait = prepare_to_wait(l, &listen);
	poll_all(l, wait);
	if (listen)
		net_awake(app->net, false);
	keeper_awake(app, fds[POLL_STORE].revents != 0);
	if (clock_wait_ms(l) == 0)
		app->stale = true;
	if (fds[POLL_TERM].revents & POLLOUT)
		term_flush(app->term);
	return fds[POLL_TERM].revents & (POLLIN | POLLHUP | POLLERR | POLLNVAL);
}

/* ---- taking ---- */

/* Texts are measured anew from now on (tui/transcript.c), and all is drawn again. */
static void
join_sequences(struct loop *l, unsigned sequences)
{
	if (sequences == cluster_joins())
		return;
	cluster_join(sequences);
	grid_clear(&l->grid);
	l->app->stale = true;
}

static void
take_event(struct loop *l, const struct term_event *event)
{
	l->app->mouse.row = event->row - 1;
	l->app->mouse.col = event->col - 1;
	if (event->type == TERM_FOCUS_IN || event->type == TERM_FOCUS_OUT)
		l->app->unfocused = event->type == TERM_FOCUS_OUT;
	else if (event->type == TERM_KEY)
		screen_key(l->app, event->key);
	else if (event->type == TERM_MOUSE)
		mouse_take(l->app, event->mouse);
	else
		screen_paste(l->app, event->text, event->len);
}

static void
take_keys(struct loop *l, bool readable)
{
	struct term *term = l->app->term;
	bool silence = !readable && input_wait_ms(l) == 0;
	struct term_event event;

	if (!readable && !silence)
		return;
	l->input_ms = clock_ms();
	term_read(term, silence);
	while ((event = term_next(term)).type != TERM_NOTHING) {
		screen_take_held(l->app); /* one that came before may have ended their waiting */
		if (event.type == TERM_GONE) {
			app_quit(l->app, 128 + SIGHUP);
			return;
		}
		if (event.type == TERM_SEQUENCES)
			join_sequences(l, event.sequences);
		else if (!stage_take(l->stage, l->app, &event))
			take_event(l, &event);
	}
}
static void
take_signals(struct loop *l)
{
	int number;

	while (l->signalled && (number = signals_take()) != 0)
		switch (number) {
		case SIGWINCH:
			l->resized = true;
			break;
		case SIGTSTP:
			if (!is_away(l))
				app_suspend(l->app);
			l->resized = true;
			break;
		case SIGCONT:
			if (!is_away(l))
				term_resume(l->app->term);
			l->resized = true;
			break;
		case SIGCHLD:
			editor_action_child(l->app);
			life_programs(l->app);
			l->resized = true;
			break;
		default:
			app_quit(l->app, 128 + number);
		}
}

static void
take_events(struct loop *l)
{
	const struct queue_record *record;

	for (int i = 0; i < EVENTS_MAX && (record = net_peek(l->app->net)) != NULL; i++) {
		life_event(l->app, record);
		net_consume(l->app->net);
	}
}

/* ---- drawing ---- */

static void
resize(struct loop *l)
{
	int rows, cols;

	term_size(l->app->term, &rows, &cols);
	if (rows != l->grid.rows || cols != l->grid.cols)
		grid_resize(&l->grid, rows, cols);
	l->resized = false;
	l->app->stale = true;
}

/* A long text is read, or looked through, in parts: the next one is due at once. */
static bool
is_work_left(const struct loop *l)
{
	return l->app->next_draw_ms != 0 && l->app->next_draw_ms <= clock_ms();
}

static void
draw(struct loop *l)
{
	int64_t start = clock_ns(), end, pause;

	l->app->stale |= grid_renew(&l->grid);
	if (l->app->stale || !screen_draw_texts(l->app, &l->grid)) {
		screen_draw(l->app, &l->grid);
		l->others.are_the_same = false;
	}
	term_show(l->app->term, &l->grid);
	l->app->stale = l->app->texts_grew = false;
	end = clock_ns();
	pause = is_work_left(l) || replay_is_at_once(l->app) ? 0 : FRAME_COST_TIMES * (end - start);
	if (pause > FRAME_MS_MAX * 1000000ll)
		pause = FRAME_MS_MAX * 1000000ll;
	l->next_frame_ns = end + pause;
}

static void
draw_when_due(struct loop *l)
{
	if (l->resized)
		resize(l);
	if (!is_away(l) && app_is_stale(l->app) && !is_term_busy(l) && clock_ns() >= l->next_frame_ns)
		draw(l);
}

bool
screen_run(struct app *app, struct stage *stage, struct err *err)
{
	struct loop l = {.app = app, .stage = stage, .resized = true};
	bool started;

	cluster_join(0);
	grid_init(&l.grid, 1, 1);
	draw_when_due(&l);
	started = screen_start(app, err);
	while (started && !app->quit) {
		take_keys(&l, wait_for_something(&l));
		take_signals(&l);
		take_events(&l);
		if (!app->quit)
			draw_when_due(&l);
	}
	grid_release(&l.grid);
	return started;
}
