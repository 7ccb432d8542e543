/*
 * term_script.c - lines of a script, run one by one in term_next; frames, kept in term_show.
 *
 * The loop polls a pipe. It is rung after every frame and whenever another line may run; a line that waits for a frame
 * leaves it silent, so that a test which waits costs nothing.
 */
#include "tests/term_script.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "text/picture.h"
#include "tests/term_script_lines.h"

enum {
	LOOK_AGAIN_MS = 2000, /* whether a line has waited for too long */
	ASK_AGAIN_MS = 2,
};

static struct script *
script_of(struct term *term)
{
	return (struct script *)term;
}

/* ---- lines ---- */

static void
keep_line(struct script *s, const char *begin, const char *end)
{
	buf_put(&s->written, begin, (size_t)(end - begin));
}

/* False: there is none left. Comments and empty lines are passed over. */
static bool
take_line(struct script *s)
{
	while (*s->at) {
		const char *begin = s->at;
		size_t n = strcspn(begin, "\n");

		s->at += n + (begin[n] == '\n');
		s->number++;
		keep_line(s, begin, s->at);
		s->line = begin + strspn(begin, " \t");
		s->line_len = (size_t)(begin + n - s->line);
		if (s->line_len > 0 && *s->line != '#')
			return true;
	}
	return false;
}

static bool
may_run(const struct script *s)
{
	return !s->failed && !s->at_end && s->n_events == 0 && !s->pastes && s->shown.rows > 0 &&
	       (!s->owed || s->stuck);
}

/* As many lines as can run now. */
static void
run_lines(struct script *s)
{
	while (may_run(s)) {
		if (!s->line && !take_line(s)) {
			s->at_end = true;
			return;
		}
		if (s->since_ms == 0)
			s->since_ms = clock_ms();
		if (script_line_run(s) == TERM_SCRIPT_WAIT)
			return;
		s->line = NULL;
		s->since_ms = 0;
	}
}

/* ---- what comes from the terminal ---- */

static int
script_fd(const struct term *term)
{
	return ((const struct script *)term)->wake.read_fd;
}

static int
script_timeout(const struct term *term)
{
	return ((const struct script *)term)->asks_again ? ASK_AGAIN_MS : LOOK_AGAIN_MS;
}

static void
script_read(struct term *term, UNUSED bool silence)
{
	wake_clear(&script_of(term)->wake);
}

static struct term_event
next_event(struct script *s)
{
	struct term_event event = {.type = TERM_NOTHING};

	if (s->event < s->n_events) {
		event = s->events[s->event++];
	} else if (s->pastes) {
		s->pastes = false;
		event = (struct term_event){.type = TERM_PASTE, .text = buf_text(&s->text), .len = s->text.len};
	} else {
		s->n_events = s->event = 0;
		if (s->failed || s->at_end)
			event.type = TERM_GONE;
	}
	return event;
}

/* Between two lines that put something in the loop has a turn, also when no frame is to come. */
static struct term_event
script_next(struct term *term)
{
	struct script *s = script_of(term);
	struct term_event event = next_event(s);
	bool was_busy = s->taking;

	s->taking = event.type != TERM_NOTHING && event.type != TERM_GONE;
	if (event.type != TERM_NOTHING)
		return event;
	if (was_busy) {
		if (s->stuck)
			wake_ring(&s->wake);
		return event;
	}
	run_lines(s);
	event = next_event(s);
	s->taking = event.type != TERM_NOTHING && event.type != TERM_GONE;
	return event;
}

/* ---- frames ---- */

static bool
script_busy(const struct term *term)
{
	return ((const struct script *)term)->stuck;
}

static void
script_flush(UNUSED struct term *term)
{
}

static void
script_size(const struct term *term, int *rows, int *cols)
{
	*rows = ((const struct script *)term)->rows;
	*cols = ((const struct script *)term)->cols;
}

static int
script_colours(const struct term *term)
{
	return ((const struct script *)term)->colours;
}

static bool
same_rows(const struct grid *a, const struct grid *b, int first, int last)
{
	size_t cols = (size_t)a->cols;

	return a->cols == b->cols && last < a->rows && last < b->rows &&
	       memcmp(grid_cell(a, first, 0), grid_cell(b, first, 0),
	               (size_t)(last - first + 1) * cols * sizeof(struct cell)) == 0;
}

/* A picture has no others. */
static bool
has_only_its_colours(const struct script *s, const struct grid *g)
{
	for (int i = 0; i < g->rows * g->cols; i++) {
		const struct cell *cell = &g->cells[i];

		if (cell->style == STYLE_PICTURE &&
		        (cell->picture.foreground >= s->colours || cell->picture.background >= s->colours))
			return false;
	}
	return true;
}

static void
script_show(struct term *term, const struct grid *grid)
{
	struct script *s = script_of(term);

	script_grid_copy(&s->shown, grid);
	s->shown_ms = clock_ms();
	s->owed = s->owed && (grid->rows != s->rows || grid->cols != s->cols);
	if (s->still_first >= 0 && !same_rows(grid, &s->still, s->still_first, s->still_last))
		script_line_fail(s, "rows have changed that must be still");
	if (!has_only_its_colours(s, grid))
		script_line_fail(s, "a cell has a colour that the terminal has not");
	if (s->host->frame)
		s->host->frame(s->host->frame_arg, grid);
	wake_ring(&s->wake);
}

static void
script_nothing(UNUSED struct term *term)
{
}

static bool
script_copy(struct term *term, const char *text, size_t n, const char **doubt, UNUSED struct err *err)
{
	struct script *s = script_of(term);

	buf_clear(&s->copied);
	buf_put(&s->copied, text, n);
	*doubt = NULL;
	return true;
}

static void
script_notify(struct term *term, enum notice notice, const char *text)
{
	buf_printf(&script_of(term)->notices, "%s %s\n", notice == NOTICE_BELL ? "bell" : "desktop", text);
}

/* ---- the terminal ---- */

static void
script_free(struct term *term)
{
	struct script *s = script_of(term);

	wake_release(&s->wake);
	grid_release(&s->shown);
	grid_release(&s->still);
	buf_release(&s->text);
	buf_release(&s->copied);
	buf_release(&s->notices);
	buf_release(&s->written);
	buf_release(&s->why);
	free(s);
}

static const struct term_type type = {
        .free = script_free,
        .fd = script_fd,
        .busy = script_busy,
        .flush = script_flush,
        .timeout = script_timeout,
        .read = script_read,
        .next = script_next,
        .size = script_size,
        .colours = script_colours,
        .show = script_show,
        .redraw = script_nothing,
        .suspend = script_nothing,
        .resume = script_nothing,
        .copy = script_copy,
        .notify = script_notify,
};

struct term *
term_script_new(const char *script, int rows, int cols, const struct term_script_host *host, struct err *err)
{
	struct script *s = mem_alloc(sizeof(*s));

	s->term.type = &type;
	s->host = host;
	s->at = script;
	s->rows = rows;
	s->colours = PICTURE_COLOURS_MAX;
	s->cols = cols;
	s->still_first = s->still_last = -1;
	if (!wake_init(&s->wake, err)) {
		free(s);
		return NULL;
	}
	return &s->term;
}

/* The key with which a program ends is followed by no frame: the line that expects the end has not been run. */
static bool
expects_end(struct script *s, int status)
{
	static const char ends[] = "ends ";

	if (!s->line && !take_line(s))
		return false;
	return strncmp(s->line, ends, strlen(ends)) == 0 && atoi(s->line + strlen(ends)) == status;
}

bool
term_script_ended(struct term *term, int status, struct buf *why)
{
	struct script *s = script_of(term);

	s->shown.names = s->still.names = NULL; /* their owner is gone */
	/* At its own end it has hung up. */
	if (!s->failed && !s->at_end && !expects_end(s, status))
		script_line_fail(s, "the program has ended, or with another status");
	buf_puts(why, buf_text(&s->why));
	return !s->failed;
}

const char *
term_script_text(const struct term *term)
{
	return buf_text(&((const struct script *)term)->written);
}
