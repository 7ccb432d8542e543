/*
 * stage.c - one step after the other. Text is typed as base/typing.h says.
 */
#include "screen/stage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/typing.h"
#include "base/utf8.h"
#include "screen/screen.h"

enum {
	FRAME_MS = 16,          /* until the next frame, at the most */
	HOLD_IN_CAST_MS = 3000, /* nobody is there to press Space */
};

struct stage {
	const struct stage_script *script;
	double speed;
	size_t at;    /* the step */
	size_t typed; /* bytes of its text */
	int64_t due;  /* when to go on; of what is waited for, when to give up; 0: the step has not begun */
	int character_ms;
	uint32_t random;
	bool quits; /* at its end */
	bool is_over;
};

struct stage *
stage_new(const struct stage_script *script, double speed, bool quits)
{
	struct stage *s = mem_alloc(sizeof(*s));

	s->script = script;
	s->speed = speed;
	s->quits = quits;
	s->character_ms = TYPING_CHARACTER_MS;
	s->random = 1;
	return s;
}

void
stage_free(struct stage *s)
{
	free(s);
}

static void
end(struct stage *s, struct app *app, const char *words)
{
	s->is_over = true;
	if (words)
		app_say(app, false, words);
}

static void
next(struct stage *s)
{
	s->at++;
	s->typed = 0;
	s->due = 0;
}

/* ---- what is waited for ---- */

static bool
all_are_idle(const struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (!talk_is_idle(app->talks[i]))
			return false;
	return true;
}

static bool
shows(const struct grid *grid, const char *text)
{
	char *screen = grid_text(grid);
	bool found = strstr(screen, text) != NULL;

	free(screen);
	return found;
}

static bool
has_come(const struct app *app, const struct grid *grid, const struct stage_step *step)
{
	switch (step->what) {
	case STAGE_WAIT:
		return all_are_idle(app);
	case STAGE_UNTIL:
		return !app_is_stale(app) && shows(grid, step->text);
	default:
		return false;
	}
}

/* ---- steps ---- */

static struct key
key_of(uint32_t character)
{
	return character == '\n' ? (struct key){'j', KEY_CTRL_BIT} : (struct key){character, 0};
}

/* Presses one key of what the step has. How long until the next one, in the script's time; -1: that was the last. */
static int
press_one(struct stage *s, struct app *app, const struct stage_step *step)
{
	size_t n = step->text ? strlen(step->text) : 0;
	uint32_t character;

	if (step->what == STAGE_KEY) {
		screen_key(app, step->key);
		return -1;
	}
	if (s->typed >= n)
		return -1;
	s->typed += utf8_decode(step->text + s->typed, n - s->typed, &character);
	screen_key(app, key_of(character));
	return s->typed < n ? typing_pause_ms(&s->random, s->character_ms, character) : -1;
}

static void
begin(struct stage *s, struct app *app, const struct stage_step *step, int64_t now)
{
	int ms = step->ms;

	if (step->what == STAGE_NOTE)
		app_say(app, false, step->text);
	if (step->what == STAGE_SPEED)
		s->character_ms = step->ms;
	if (step->what == STAGE_KEY)
		ms = TYPING_KEY_MS;
	if (step->what == STAGE_HOLD)
		ms = HOLD_IN_CAST_MS;
	/* What the script does is played faster, what it waits for is not. */
	if (step->what == STAGE_PAUSE || step->what == STAGE_KEY || step->what == STAGE_HOLD)
		ms = (int)(ms / s->speed);
	s->due = now + (step->what == STAGE_NOTE || step->what == STAGE_SPEED || step->what == STAGE_TYPE ? 0 : ms);
}

static bool
waits_for_person(const struct stage *s, const struct stage_step *step)
{
	return step->what == STAGE_HOLD && !s->quits;
}

/* Does what is due of the step. True: it is over. */
static bool
is_done(struct stage *s, struct app *app, const struct grid *grid, const struct stage_step *step, int64_t now)
{
	int wait;

	if (waits_for_person(s, step) || (now < s->due && !has_come(app, grid, step)))
		return false;
	if (step->what != STAGE_TYPE && step->what != STAGE_KEY)
		return true;
	wait = press_one(s, app, step);
	s->due = now + (int64_t)(wait / s->speed);
	app->stale = true;
	return wait < 0;
}

/* Once its last frame was shown. */
static int
leave(const struct stage *s, struct app *app)
{
	if (!s->quits)
		return -1;
	if (!app_is_stale(app))
		app_quit(app, 0);
	return FRAME_MS;
}

/* One key, or one step, in a turn: what it does is seen. */
int
stage_turn(struct stage *s, struct app *app, const struct grid *grid)
{
	int64_t now = clock_ms();
	const struct stage_step *step;

	if (!s)
		return -1;
	if (s->is_over)
		return leave(s, app);
	if (s->at == s->script->n) {
		end(s, app, s->quits ? NULL : "the script is over: the keyboard is yours");
		return 0;
	}
	step = &s->script->steps[s->at];
	if (s->due == 0)
		begin(s, app, step, now);
	if (is_done(s, app, grid, step, now)) {
		next(s);
		return 0;
	}
	return waits_for_person(s, step) ? -1 : s->due > now ? (int)(s->due - now) : 0;
}

/* ---- the person at the keyboard ---- */

/* What is typed comes at once, what is waited for is not waited for any longer. */
static void
skip(struct stage *s, struct app *app)
{
	const struct stage_step *step;

	if (s->at == s->script->n)
		return;
	step = &s->script->steps[s->at];
	while ((step->what == STAGE_TYPE || step->what == STAGE_KEY) && press_one(s, app, step) >= 0)
		;
	next(s);
}

static void
take_key(struct stage *s, struct app *app, struct key key)
{
	if (key.code == KEYN_ESCAPE || key_same(key, (struct key){'c', KEY_CTRL_BIT}))
		end(s, app, "the script was stopped: the keyboard is yours");
	else if (key_same(key, (struct key){' ', 0}))
		skip(s, app);
	else
		app_say(app, false, "a script is playing: Esc stops it, Space goes on");
	app->stale = true;
}

bool
stage_take(struct stage *s, struct app *app, const struct term_event *event)
{
	if (!s || s->is_over || event->type == TERM_FOCUS_IN || event->type == TERM_FOCUS_OUT ||
	        (event->type == TERM_KEY && key_same(event->key, (struct key){'q', KEY_CTRL_BIT})))
		return false;
	if (event->type == TERM_KEY)
		take_key(s, app, event->key);
	return true;
}
