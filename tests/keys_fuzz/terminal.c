/*
 * terminal.c - the loop finds it readable whenever it polls, and busy but for the frames that it asks for: when a frame
 * comes is so decided by chance too, not by the clock. Silence is part of what chance decides, and time is what it says.
 */
#include "tests/keys_fuzz/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/held_keys.h"
#include "app/pane.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/wake.h"
#include "tests/hostile.h"
#include "tests/keys_fuzz/bytes.h"
#include "tests/keys_fuzz/records.h"
#include "tests/torture/chance.h"
#include "tui/key_input.h"

enum {
	FRAME_PERCENT = 12,
	SIZE_PERCENT = 2,
	RECORD_PERCENT = 20,
	PROBE_PERCENT = 20,
	CUT_PERCENT = 15,
	SILENCE_PERCENT = 50,
	HOSTILE_PERCENT = 5, /* of frames, looked through for what must not be there */
	STILL_SECONDS = 60,  /* without a read it turns in circles: SIGALRM ends it */
};

struct terminal {
	struct term term;
	struct terminal_use *use;
	struct app *app;
	const struct term_script_host *host;
	struct key_input *keys;
	struct wake wake;
	struct buf bytes; /* to come */
	int64_t now_ms;
	int rows, cols, left;
	size_t fed, events; /* with the last read: as many keys as bytes, and no sequence is open */
	bool wants_frame, gone;
	char probe[16]; /* was typed, into this conversation's composer; "": nothing was */
	const struct talk *probed;
};

static struct terminal *
terminal_of(struct term *term)
{
	return (struct terminal *)term;
}

static void
fail(struct terminal *t, const char *what, const char *detail)
{
	if (t->use->why.len == 0)
		buf_printf(&t->use->why, "read %d: %s: %s\n", t->use->reads - t->left, what, detail);
	t->gone = true;
}

/* ---- bytes ---- */

/* What is typed where prompts are written stands there with the next read. */
static void
type_probe(struct terminal *t)
{
	snprintf(t->probe, sizeof(t->probe), "Probe%d", t->left);
	t->probed = t->app->pane->talk;
	buf_puts(&t->bytes, t->probe);
	t->use->counts->probes++;
}

static void
check_probe(struct terminal *t)
{
	bool kept = !*t->probe || t->app->pane->talk != t->probed ||
	            strstr(composer_text(&t->app->composer), t->probe) != NULL;

	if (!kept)
		fail(t, "what was typed is not in the composer", composer_text(&t->app->composer));
	t->probe[0] = '\0';
}

/* Behind a sequence that was cut, what follows is a part of it; while files are looked at, keys wait. */
static bool
may_probe(const struct terminal *t)
{
	return view_context(t->app) == CONTEXT_COMPOSER && t->bytes.len == 0 && t->app->chord.code == KEYN_NONE &&
	       key_input_timeout(t->keys) < 0 && t->fed > 0 && t->fed == t->events &&
	       t->app->composer.text.len < 100000 && !held_keys_wait(t->app);
}

static void
put_bytes(struct terminal *t)
{
	if (may_probe(t) && chance_percent(PROBE_PERCENT)) {
		type_probe(t);
		return;
	}
	for (int n = chance_percent(50) ? 1 : chance_from_to(1, 12); n > 0; n--)
		bytes_put(&t->bytes, t->app, t->rows, t->cols);
}

static void
say_bytes(const struct terminal *t, size_t n)
{
	printf("# %d: ", t->use->reads - t->left);
	for (size_t i = 0; i < n; i++)
		if (t->bytes.data[i] >= ' ' && t->bytes.data[i] < 0x7f)
			putchar(t->bytes.data[i]);
		else
			printf("\\x%02x", (unsigned char)t->bytes.data[i]);
	printf("\n");
	fflush(stdout);
}

/* All that is there, or a part of it: the rest comes with the next read. */
static void
feed(struct terminal *t)
{
	size_t n = t->bytes.len;

	if (!*t->probe && n > 1 && chance_percent(CUT_PERCENT))
		n = (size_t)chance_from_to(1, (int)n - 1);
	if (t->use->say)
		say_bytes(t, n);
	t->fed = n;
	t->events = 0;
	key_input_feed(t->keys, buf_text(&t->bytes), n, t->now_ms);
	t->use->counts->bytes += (long)n;
	buf_drop(&t->bytes, n);
}

/* ---- between two reads ---- */

static void
change_size(struct terminal *t)
{
	bool tiny = chance_percent(20);

	t->rows = chance_from_to(1, tiny ? 6 : 50);
	t->cols = chance_from_to(1, tiny ? 24 : 140);
	t->use->counts->sizes++;
	raise(SIGWINCH);
}

static void
do_something_else(struct terminal *t)
{
	if (chance_percent(SIZE_PERCENT))
		change_size(t);
	if (t->use->records && chance_percent(RECORD_PERCENT) && !records_put(t->app, &t->use->counts->records))
		fail(t, "what was received is not in the conversation", "");
	if (chance_percent(FRAME_PERCENT)) {
		t->wants_frame = true;
		t->app->stale = true;
		wake_clear(&t->wake);
	}
}

static void
terminal_read(struct term *term, UNUSED bool silence)
{
	struct terminal *t = terminal_of(term);

	if (t->wants_frame || t->gone)
		return;
	alarm(STILL_SECONDS);
	check_probe(t);
	if (t->left-- == 0 || t->gone) {
		t->gone = true;
		return;
	}
	t->use->counts->reads++;
	t->now_ms += chance_percent(30) ? chance_below(80) : chance_percent(3) ? 2000 : 0;
	if (key_input_timeout(t->keys) >= 0 && chance_percent(SILENCE_PERCENT)) {
		key_input_silence(t->keys);
		return;
	}
	put_bytes(t);
	feed(t);
}

static struct term_event
terminal_next(struct term *term)
{
	struct terminal *t = terminal_of(term);
	struct term_event event = {.type = TERM_NOTHING};

	if (!t->gone)
		event = key_input_next(t->keys);
	t->events += event.type == TERM_KEY;
	t->use->counts->keys += event.type == TERM_KEY;
	t->use->counts->pastes += event.type == TERM_PASTE;
	t->use->counts->mice += event.type == TERM_MOUSE;
	if (event.type == TERM_NOTHING && !t->gone && !t->wants_frame)
		do_something_else(t);
	if (t->gone)
		event.type = TERM_GONE;
	return event;
}

/* ---- frames ---- */

static void
look_for_hostile(struct terminal *t, const struct grid *grid)
{
	for (int i = 0; i < grid->rows * grid->cols; i++)
		if (hostile_find(grid->cells[i].text, strlen(grid->cells[i].text)) != 0)
			fail(t, "in a cell", grid->cells[i].text);
}

static void
terminal_show(struct term *term, const struct grid *grid)
{
	struct terminal *t = terminal_of(term);

	t->use->counts->frames++;
	t->wants_frame = false;
	wake_ring(&t->wake);
	t->host->frame(t->host->frame_arg, grid);
	if (chance_percent(HOSTILE_PERCENT))
		look_for_hostile(t, grid);
}

static bool
terminal_busy(const struct term *term)
{
	return !((const struct terminal *)term)->wants_frame;
}

static int
terminal_fd(const struct term *term)
{
	return ((const struct terminal *)term)->wake.read_fd;
}

static int
terminal_timeout(UNUSED const struct term *term)
{
	return -1;
}

static int
terminal_colours(UNUSED const struct term *term)
{
	return 256;
}

static void
terminal_size(const struct term *term, int *rows, int *cols)
{
	*rows = ((const struct terminal *)term)->rows;
	*cols = ((const struct terminal *)term)->cols;
}

static void
terminal_nothing(UNUSED struct term *term)
{
}

static bool
terminal_copy(
        UNUSED struct term *term, UNUSED const char *text, UNUSED size_t n, const char **doubt, UNUSED struct err *err)
{
	*doubt = NULL;
	return true;
}

static void
terminal_free(struct term *term)
{
	struct terminal *t = terminal_of(term);

	alarm(0);
	if (t->use->before_end)
		t->use->before_end(t->use->arg, t->app);
	key_input_free(t->keys);
	wake_release(&t->wake);
	buf_release(&t->bytes);
	free(t);
}

static const struct term_type type = {
        .free = terminal_free,
        .fd = terminal_fd,
        .busy = terminal_busy,
        .flush = terminal_nothing,
        .timeout = terminal_timeout,
        .read = terminal_read,
        .next = terminal_next,
        .size = terminal_size,
        .colours = terminal_colours,
        .show = terminal_show,
        .redraw = terminal_nothing,
        .suspend = terminal_nothing,
        .resume = terminal_nothing,
        .copy = terminal_copy,
};

struct term *
terminal_new(struct terminal_use *use, struct app *app, const struct term_script_host *host, struct err *err)
{
	struct terminal *t = mem_alloc(sizeof(*t));

	*t = (struct terminal){.term.type = &type, .use = use, .app = app, .host = host, .rows = 24, .cols = 80};
	t->left = use->reads;
	t->now_ms = 1000;
	t->wants_frame = true; /* the first one */
	t->keys = key_input_new("xterm-256color", false, err);
	if (!t->keys || !wake_init(&t->wake, err)) {
		key_input_free(t->keys);
		free(t);
		return NULL;
	}
	chance_begin((uint64_t)use->seed);
	return &t->term;
}
