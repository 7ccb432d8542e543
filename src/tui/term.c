/*
 * term.c - the terminal in use: frames (tui/frame_writer.h) to the tty, and what the tty says to keys (tui/key_input.h).
 */
#include <config.h>

#include "tui/term.h"

#include <poll.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "tui/clipboard.h"
#include "tui/frame_writer.h"
#include "tui/key_input.h"
#include "tui/pacing.h"
#include "tui/sequence_question.h"
#include "tui/terminfo.h"
#include "tui/tty.h"

struct tty_term {
	struct term term;
	struct tty tty;
	struct key_input *keys;
	struct frame_writer *writer;
	struct buf frame;
	struct pacing pacing;
	struct clipboard clipboard;
	struct sequence_question sequences;
	bool sequences_asked; /* or must not be */
	bool sequences_known; /* and not told yet */
	unsigned drawn_as_one;
};

/* ---- keys ---- */

static int
tty_term_fd(const struct term *term)
{
	const struct tty_term *t = (const struct tty_term *)term;

	return t->tty.fd;
}

static int
tty_term_timeout(const struct term *term)
{
	const struct tty_term *t = (const struct tty_term *)term;

	return key_input_timeout(t->keys);
}

static void
tty_term_read(struct term *term, bool silence)
{
	struct tty_term *t = (struct tty_term *)term;
	char bytes[4096];
	size_t n;

	if (silence)
		key_input_silence(t->keys);
	do {
		n = t->tty.gone ? 0 : tty_read(&t->tty, bytes, sizeof(bytes));
		if (n > 0)
			key_input_feed(t->keys, bytes, n, clock_ms());
	} while (n == sizeof(bytes));
}

/* Once, when a text has such a sequence, and the terminal answers questions. tmux and screen do too, but do not know how the terminal
 * before them draws it. */
static void
ask_sequences(struct tty_term *t)
{
	struct buf bytes = {0};
	int row, col;

	if (t->sequences_asked || !cluster_has_met() || !t->pacing.answers || t->clipboard.way != CLIPBOARD_PLAIN ||
	        !frame_writer_find_blanks(t->writer, SEQUENCE_QUESTION_COLS, &row, &col) ||
	        !pacing_ask(&t->pacing, clock_ms()))
		return;
	sequence_question_put(&t->sequences, row, col, &bytes);
	buf_puts(&bytes, PACING_QUESTION);
	tty_send(&t->tty, bytes.data, bytes.len);
	buf_release(&bytes);
	t->sequences_asked = true;
}

/* They come between the keys. */
static void
take_answers(struct tty_term *t)
{
	int columns[SEQUENCE_QUESTIONS];
	size_t n = key_input_take_columns(t->keys, columns, SEQUENCE_QUESTIONS);

	for (size_t i = 0; i < n; i++)
		sequence_question_answered(&t->sequences, columns[i]);
	if (!key_input_take_well(t->keys))
		return;
	pacing_answered(&t->pacing, clock_ms());
	if (t->sequences.is_out) {
		t->drawn_as_one = sequence_question_end(&t->sequences);
		t->sequences_known = true;
	}
	ask_sequences(t);
}

static struct term_event
tty_term_next(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;
	struct term_event event = key_input_next(t->keys);

	take_answers(t);
	if (event.type == TERM_NOTHING && t->sequences_known) {
		t->sequences_known = false;
		return (struct term_event){.type = TERM_SEQUENCES, .sequences = t->drawn_as_one};
	}
	if (event.type == TERM_NOTHING && t->tty.gone)
		event.type = TERM_GONE;
	return event;
}

/* ---- frames ---- */

static bool
tty_term_busy(const struct term *term)
{
	const struct tty_term *t = (const struct tty_term *)term;

	return t->tty.pending.len > 0;
}

static void
tty_term_flush(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;

	tty_flush(&t->tty);
}

static void
tty_term_size(const struct term *term, int *rows, int *cols)
{
	const struct tty_term *t = (const struct tty_term *)term;

	tty_size(&t->tty, rows, cols);
}

static int
tty_term_colours(const struct term *term)
{
	const struct tty_term *t = (const struct tty_term *)term;

	return frame_writer_colours(t->writer);
}

static void
tty_term_redraw(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;

	frame_writer_redraw(t->writer);
}

static void
send_paced(struct tty_term *t, struct buf *bytes)
{
	if (pacing_write(&t->pacing, bytes->len, clock_ms()))
		buf_puts(bytes, PACING_QUESTION);
	tty_send(&t->tty, bytes->data, bytes->len);
}

static int
tty_term_hold(const struct term *term)
{
	const struct tty_term *t = (const struct tty_term *)term;

	return t->pacing.asked ? pacing_hold_ms(&t->pacing, clock_ms()) : 0;
}

static void
tty_term_show(struct term *term, const struct grid *grid)
{
	struct tty_term *t = (struct tty_term *)term;

	buf_clear(&t->frame);
	frame_writer_put(t->writer, grid, &t->frame);
	if (t->frame.len > 0)
		send_paced(t, &t->frame);
	ask_sequences(t);
}

/* ---- the terminal ---- */

/* Keys that come with it are dropped: they were for us. */
static void
take_last_answer(struct tty_term *t)
{
	int left;

	while (t->keys && !t->tty.gone && (left = pacing_leave_ms(&t->pacing, clock_ms())) > 0) {
		struct pollfd fd = {
		        .fd = t->tty.fd, .events = (short)(POLLIN | (t->tty.pending.len > 0 ? POLLOUT : 0))};

		if (poll(&fd, 1, left) <= 0)
			return;
		if (fd.revents & POLLOUT)
			tty_flush(&t->tty);
		if (fd.revents & POLLIN)
			tty_term_read(&t->term, false);
		while (tty_term_next(&t->term).type != TERM_NOTHING && !t->tty.gone)
			;
	}
}

static void
tty_term_suspend(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;

	take_last_answer(t);
	tty_leave(&t->tty);
}

static void
tty_term_resume(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;

	tty_enter(&t->tty);
	tty_term_redraw(term);
}

/* Frames are put into the queue whole: it goes out between two of them. */
static bool
tty_term_copy(struct term *term, const char *text, size_t n, const char **doubt, struct err *err)
{
	struct tty_term *t = (struct tty_term *)term;
	struct buf bytes = {0};
	bool ok = clipboard_put(&t->clipboard, text, n, &bytes, doubt, err);

	if (ok)
		send_paced(t, &bytes);
	if (ok && t->clipboard.way == CLIPBOARD_TMUX_OR_SCREEN)
		tty_term_redraw(term);
	buf_release(&bytes);
	return ok;
}

static struct clipboard_env
environment(void)
{
	return (struct clipboard_env){.term = getenv("TERM"),
	        .tmux = getenv("TMUX"),
	        .sty = getenv("STY"),
	        .term_program = getenv("TERM_PROGRAM"),
	        .vte_version = getenv("VTE_VERSION")};
}

static void
find_clipboard(struct tty_term *t)
{
	const struct clipboard_env env = environment();

	t->clipboard = clipboard_find(&env);
}

/* Between two frames, as what is copied. */
static void
tty_term_notify(struct term *term, enum notice notice, const char *text)
{
	struct tty_term *t = (struct tty_term *)term;
	const struct clipboard_env env = environment();
	struct buf bytes = {0};

	notice_put(notice, &env, text, &bytes);
	tty_send(&t->tty, buf_text(&bytes), bytes.len);
	if (notice == NOTICE_DESKTOP && t->clipboard.way == CLIPBOARD_TMUX_OR_SCREEN)
		tty_term_redraw(term);
	buf_release(&bytes);
}

static void
tty_term_mouse(struct term *term, bool on)
{
	tty_mouse(&((struct tty_term *)term)->tty, on);
}

static bool
tty_term_start(struct term *term, struct err *err)
{
	struct tty_term *t = (struct tty_term *)term;

	t->keys = key_input_new(term_description(), tty_may_be_slow(), err);
	return t->keys != NULL;
}

static void
tty_term_free(struct term *term)
{
	struct tty_term *t = (struct tty_term *)term;

	take_last_answer(t);
	tty_close(&t->tty);
	mem_on_exhausted(NULL);
	key_input_free(t->keys);
	frame_writer_free(t->writer);
	buf_release(&t->frame);
	free(t);
}

static const struct term_type type = {
        .free = tty_term_free,
        .start = tty_term_start,
        .fd = tty_term_fd,
        .busy = tty_term_busy,
        .hold = tty_term_hold,
        .flush = tty_term_flush,
        .timeout = tty_term_timeout,
        .read = tty_term_read,
        .next = tty_term_next,
        .size = tty_term_size,
        .colours = tty_term_colours,
        .show = tty_term_show,
        .redraw = tty_term_redraw,
        .suspend = tty_term_suspend,
        .resume = tty_term_resume,
        .copy = tty_term_copy,
        .notify = tty_term_notify,
        .mouse = tty_term_mouse,
};

struct term *
term_new(const struct term_look *look, struct err *err)
{
	enum theme theme = look->theme == THEME_AUTO ? theme_guess(getenv("COLORFGBG")) : look->theme;
	struct tty_term *t = mem_alloc(sizeof(*t));
	int rows, cols;

	t->term.type = &type;
	find_clipboard(t);
	if (!tty_open(&t->tty, err)) {
		free(t);
		return NULL;
	}
	tty_size(&t->tty, &rows, &cols);
	t->writer = frame_writer_new(theme, rows, cols, err);
	if (!t->writer) {
		tty_term_free(&t->term);
		return NULL;
	}
	mem_on_exhausted(tty_restore_last);
	tty_mouse(&t->tty, look->mouse);
	t->tty.focus = look->focus;
	tty_enter(&t->tty);
	return &t->term;
}
