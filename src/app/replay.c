/*
 * replay.c - another pane instead of the focused one, another composer instead of the one that is typed into, and time for the player
 * in it.
 */
#include "app/replay.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/panes.h"
#include "app/pictures.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"

enum {
	FRAME_MS = 16,     /* between two frames at the least, where nobody's clock says so */
	SECOND_MS = 1000,  /* words that count seconds change as often */
	AGAIN_MS = 1000,   /* after the beginning of a turn: the key that goes there goes to the one before it */
	ABSENCE_MS = 2000, /* later than this nobody was there */
	LAST_MS = 1500,    /* that the last frame of a cast is to be seen */
	WAIT_MS_MOST = 60000,
};

bool
replay_is_on(const struct app *app)
{
	return app->replay != NULL;
}

bool
replay_is_at_once(const struct app *app)
{
	return app->replay && app->replay->options.time == REPLAY_AT_ONCE;
}

/* ---- time ---- */

static int64_t
now_of(const struct replay *r)
{
	return r->options.time == REPLAY_BY_CLOCK ? clock_ms() : r->told_ms;
}

static int64_t
played_ms(const struct replay *r)
{
	return r->paused ? r->base_ms : r->base_ms + (int64_t)((double)(now_of(r) - r->since_ms) * r->speed);
}

/* From now on it counts from here. */
static void
set_base(struct replay *r, int64_t played)
{
	r->base_ms = played;
	r->again_ms = 0;
	r->since_ms = now_of(r);
	r->talk->told_ms = played;
}

/* ---- what was typed ---- */

static void
stop_typing(struct app *app, struct replay *r)
{
	if (!r->prompt)
		return;
	composer_reset(&app->composer);
	attachments_release(&r->talk->attached);
	r->prompt = NULL;
	r->typed = 0;
}

/* One that is too long for the composer is in the transcript soon. */
static void
type(struct app *app)
{
	struct replay *r = app->replay;
	size_t len;
	const struct message *prompt = player_typed(&r->player, &len);

	if (prompt != r->prompt || len < r->typed)
		stop_typing(app, r);
	if (prompt && !r->prompt)
		attachments_add_all(&r->talk->attached, &prompt->attachments);
	if (prompt && len > r->typed)
		(void)!composer_insert(&app->composer, buf_text(&prompt->content) + r->typed, len - r->typed);
	r->prompt = prompt;
	r->typed = len;
}

/* ---- playing ---- */

static void
play_to(struct app *app, int64_t played)
{
	struct replay *r = app->replay;
	size_t turn = player_turn(&r->player);

	r->talk->told_ms = played;
	app->stale |= player_advance(&r->player, played) || played / SECOND_MS != r->drawn_ms / SECOND_MS;
	if (player_turn(&r->player) != turn)
		transcript_end(&app->pane->transcript);
	if (app->stale)
		r->drawn_ms = played;
	type(app);
}

/* When, as played, something else is to be seen; -1: never. */
static int64_t
next_played(const struct replay *r)
{
	int64_t next = player_next_ms(&r->player), second = (r->drawn_ms / SECOND_MS + 1) * SECOND_MS;

	return next >= 0 && !talk_is_idle(r->talk) && second < next ? second : next;
}

/* While flynn was suspended, or the machine slept, nobody has watched. */
static void
skip_absence(struct replay *r)
{
	int64_t late = now_of(r) - r->again_ms;

	if (r->options.time == REPLAY_BY_CLOCK && r->again_ms != 0 && late > ABSENCE_MS)
		r->since_ms += late;
	r->again_ms = 0;
}

static int
play_by_clock(struct app *app)
{
	struct replay *r = app->replay;
	int64_t next;
	double wait;

	if (r->paused)
		return -1;
	skip_absence(r);
	play_to(app, played_ms(r));
	next = next_played(r);
	if (next < 0 || r->options.time == REPLAY_AS_TOLD)
		return -1;
	wait = (double)(next - r->talk->told_ms) / r->speed;
	wait = wait < 0 ? 0 : wait > WAIT_MS_MOST ? WAIT_MS_MOST : wait + 1;
	r->again_ms = now_of(r) + (int64_t)wait;
	return (int)wait;
}

/* Something is still to be drawn, or to be read for that. */
static bool
is_drawing(const struct app *app)
{
	return app->stale || grammar_reader_fd(&app->code.reader) >= 0 || pictures_fd(app) >= 0 ||
	       (app->next_draw_ms != 0 && app->next_draw_ms <= clock_ms());
}

static void
tick(const struct replay *r, int64_t more_ms)
{
	if (r->options.tick)
		r->options.tick(r->options.arg, (int64_t)((double)r->talk->told_ms / r->speed) + more_ms);
}

static int
play_at_once(struct app *app)
{
	struct replay *r = app->replay;
	int64_t next, frame = r->drawn_ms + (int64_t)(FRAME_MS * r->speed);

	if (is_drawing(app))
		return -1;
	next = next_played(r);
	if (next < 0) {
		tick(r, LAST_MS);
		app_quit(app, 0);
		return 0;
	}
	play_to(app, next > frame ? next : frame);
	tick(r, 0);
	return 0;
}

int
replay_turn(struct app *app)
{
	if (!app->replay)
		return -1;
	return replay_is_at_once(app) ? play_at_once(app) : play_by_clock(app);
}

void
replay_use_time(struct app *app, enum replay_time time)
{
	app->replay_time = (int)time;
}

void
replay_tell(struct app *app, int64_t ms)
{
	if (!app->replay)
		return;
	app->replay->told_ms += ms;
	app->stale = true;
	(void)replay_turn(app);
}

/* ---- beginning and end ---- */

static bool
refuse(struct app *app, const char *why)
{
	app_say(app, false, why);
	return false;
}

static struct talk *
copy_of(struct app *app, struct talk *source)
{
	struct talk *talk = talk_new(conversation_copy(source->session.conversation), NULL);

	talk->is_told = true;
	talk->number = source->number;
	(void)link_use(app, talk, source->link);
	return talk;
}

/* The draft is where that of any conversation is which the keyboard has left, so that it is saved. */
static void
set_aside(struct app *app, struct replay *r)
{
	struct talk *source = app->pane->talk;

	free(source->draft);
	source->draft = composer_is_blank(&app->composer) ? NULL : composer_typed(&app->composer);
	r->composer = app->composer;
	composer_init(&app->composer);
	app->composer.folds = true;
	app->composer.cols = r->composer.cols;
	r->covered = panes_put_instead(app, NULL);
	pane_show(app->pane, r->talk);
	transcript_size(&app->pane->transcript, r->covered->transcript.rows, r->covered->transcript.width);
}

bool
replay_begin(struct app *app, const struct replay_options *options)
{
	struct talk *source = app->pane->talk;
	struct replay *r;

	if (app->replay)
		return true;
	if (!talk_is_idle(source))
		return refuse(app, "a reply is streaming: Esc stops it");
	if (talk_is_empty(source))
		return refuse(app, "there is nothing to replay: this conversation is empty");
	r = app->replay = mem_alloc(sizeof(*r));
	r->options = *options;
	if (options->time == REPLAY_BY_CLOCK)
		r->options.time = (enum replay_time)app->replay_time;
	r->speed = options->speed > 0 ? options->speed : 1;
	r->talk = copy_of(app, source);
	set_aside(app, r);
	set_base(r, 0);
	player_init(&r->player, conversation_copy(source->session.conversation), &r->talk->session, 0);
	return true;
}

void
replay_end(struct app *app)
{
	struct replay *r = app->replay;
	struct talk *source;

	if (!r)
		return;
	app->replay = NULL;
	composer_release(&app->composer);
	app->composer = r->composer;
	pane_free(panes_put_instead(app, r->covered));
	source = app->pane->talk;
	free(source->draft);
	source->draft = NULL;
	player_release(&r->player);
	link_use(app, r->talk, NULL);
	talk_free(r->talk);
	buf_release(&r->keys);
	if (r->options.quits && !app->quit)
		app_quit(app, 0);
	free(r);
}

/* ---- what keys do ---- */

static bool
is_over(const struct replay *r)
{
	return r->player.phase == PLAYER_IS_OVER;
}

/* To be seen at once, though time stands still. */
static void
go_to(struct app *app, size_t turn)
{
	struct replay *r = app->replay;
	int64_t now = played_ms(r);

	stop_typing(app, r);
	player_go(&r->player, turn, now);
	set_base(r, now);
	transcript_end(&app->pane->transcript);
	type(app);
	app->stale = true;
}

void
replay_pause(struct app *app)
{
	struct replay *r = app->replay;

	if (!r)
		return;
	if (is_over(r)) {
		r->paused = false;
		go_to(app, 0);
		return;
	}
	set_base(r, played_ms(r));
	r->paused = !r->paused;
	app->stale = true;
}

void
replay_go(struct app *app, int way)
{
	struct replay *r = app->replay;
	size_t turn;

	if (!r)
		return;
	turn = player_turn(&r->player);
	if (way > 0)
		go_to(app, is_over(r) ? r->player.n_turns : turn + 1);
	else if (is_over(r) || turn == 0 || r->talk->told_ms - r->player.begun_ms > (int64_t)(AGAIN_MS * r->speed))
		go_to(app, turn);
	else
		go_to(app, turn - 1);
}

void
replay_faster(struct app *app, int way)
{
	struct replay *r = app->replay;
	double speed = r ? r->speed * (way > 0 ? 2 : 0.5) : 0;

	if (!r)
		return;
	set_base(r, played_ms(r));
	r->speed = speed < REPLAY_SLOWEST ? REPLAY_SLOWEST : speed > REPLAY_FASTEST ? REPLAY_FASTEST : speed;
	app->stale = true;
}
