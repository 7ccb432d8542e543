/*
 * keys_test.c - a raw terminal, the decoder that the full screen has too, and lines about what comes out of it.
 */
#include "cmd/keys_test.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"
#include "cmd/say.h"
#include "system/suspend.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "tui/key_input.h"
#include "tui/term.h"
#include "tui/terminfo.h"
#include "tui/tty.h"

enum {
	BYTES_SHOWN = 24,
	READ_MAX = 4096,
	KEY_COLS = 16,
};

struct keys_test {
	const struct keymap *map;
	struct tty tty;
	struct key_input *input;
	struct buf bytes;  /* that came since the last key */
	struct key before; /* the key before this one; KEYN_NONE: there was none */
	bool pasting;
	bool over;
	int status;
};

static const struct key ctrl_c = {'c', KEY_CTRL_BIT}, just_q = {'q', 0};

/* ---- words ---- */

static void
put(struct keys_test *t, const struct buf *line)
{
	char *clean = clean_line(buf_text(line));

	tty_send(&t->tty, clean, strlen(clean));
	tty_send(&t->tty, "\r\n", 2);
	free(clean);
}

/* "1b 5b 41" */
static void
say_bytes(const struct buf *bytes, struct buf *out)
{
	size_t n = bytes->len < BYTES_SHOWN ? bytes->len : BYTES_SHOWN;

	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%02x", i > 0 ? " " : "", (unsigned char)bytes->data[i]);
	buf_puts(out, n < bytes->len ? " …" : "");
}

/* The action of the keys there; NULL: none, or they only begin a sequence. */
static const struct action *
find(const struct keys_test *t, int context, const struct key *keys, size_t n)
{
	const struct action *action = NULL;

	return keymap_find(t->map, (enum key_context)context, keys, n, &action) == KEYMAP_ACTION ? action : NULL;
}

/* A line for each action, with all places where it is this. */
static size_t
say_actions(struct keys_test *t, const struct key *keys, size_t n)
{
	const struct action *of[N_CONTEXTS] = {NULL};
	size_t said = 0;

	for (int i = 0; i < N_CONTEXTS; i++)
		of[i] = keymap_is_place((enum key_context)i) ? find(t, i, keys, n) : NULL;
	for (int i = 0; i < N_CONTEXTS; i++) {
		const struct action *action = of[i];
		struct buf line = {0};

		if (!action)
			continue;
		buf_printf(&line, "    %s", keymap_context_name((enum key_context)i));
		for (int j = i + 1; j < N_CONTEXTS; j++)
			if (of[j] == action) {
				buf_printf(&line, ", %s", keymap_context_name((enum key_context)j));
				of[j] = NULL;
			}
		buf_printf(&line, ": %s (%s)", action->help, action->name);
		put(t, &line);
		buf_release(&line);
		said++;
	}
	return said;
}

static size_t
say_beginnings(struct keys_test *t, struct key key)
{
	size_t said = 0;

	for (size_t i = 0; i < t->map->n; i++) {
		const struct binding *b = &t->map->bindings[i];
		struct buf line = {0};

		if (b->n_keys < 2 || !b->action || !key_same(b->keys[0], key))
			continue;
		buf_printf(&line, "    %s: begins ", keymap_context_name(b->context));
		keymap_say_keys(b, &line);
		buf_printf(&line, ": %s (%s)", b->action->help, b->action->name);
		put(t, &line);
		buf_release(&line);
		said++;
	}
	return said;
}

static void
say_meaning(struct keys_test *t, struct key key)
{
	struct key both[] = {t->before, key};
	struct buf line = {0};
	size_t said = say_actions(t, &key, 1) + say_beginnings(t, key) + say_actions(t, both, 2);

	if (key_is_text(key))
		buf_puts(&line, "    text, where text is written");
	else if (said == 0)
		buf_puts(&line, "    does nothing");
	if (line.len > 0)
		put(t, &line);
	buf_release(&line);
}

static void
say_key(struct keys_test *t, struct key key)
{
	char said[KEY_TEXT_MAX], written[KEY_TEXT_MAX];
	struct buf line = {0};
	int width;

	key_say(key, said);
	key_print(key, written);
	width = cluster_width(said, strlen(said));
	buf_printf(&line, "%s%*s  ", said, width < KEY_COLS ? KEY_COLS - width : 0, "");
	if (strcmp(said, written) != 0)
		buf_printf(&line, "%s in keys:, ", written);
	buf_puts(&line, "sent as ");
	say_bytes(&t->bytes, &line);
	put(t, &line);
	buf_release(&line);
	say_meaning(t, key);
}

/* ---- what comes ---- */

static void
take_key(struct keys_test *t, struct key key)
{
	say_key(t, key);
	t->over = key_same(key, just_q) || (key_same(key, ctrl_c) && key_same(t->before, ctrl_c));
	t->before = key;
	t->pasting = false;
	buf_clear(&t->bytes);
}

/* It comes in pieces. */
static void
take_paste(struct keys_test *t)
{
	struct buf line = {0};

	buf_puts(&line, "pasted text");
	if (!t->pasting)
		put(t, &line);
	t->pasting = true;
	buf_release(&line);
	buf_clear(&t->bytes);
}

static void
take_events(struct keys_test *t)
{
	struct term_event event;

	while (!t->over && (event = key_input_next(t->input)).type != TERM_NOTHING)
		if (event.type == TERM_KEY)
			take_key(t, event.key);
		else if (event.type == TERM_PASTE)
			take_paste(t);
}

static void
say_nameless(struct keys_test *t)
{
	struct buf line = {0};

	buf_puts(&line, "no key of flynn's, sent as ");
	say_bytes(&t->bytes, &line);
	put(t, &line);
	buf_release(&line);
	buf_clear(&t->bytes);
}

static void
take_input(struct keys_test *t, bool readable)
{
	char bytes[READ_MAX];
	size_t n = readable ? tty_read(&t->tty, bytes, sizeof(bytes)) : 0;
	int64_t now_ms = clock_ms();

	/* Byte by byte: so they are told as those of the key that they end. */
	for (size_t i = 0; i < n; i++) {
		buf_putc(&t->bytes, bytes[i]);
		key_input_feed(t->input, bytes + i, 1, now_ms);
		take_events(t);
	}
	if (n == 0) {
		key_input_silence(t->input);
		take_events(t);
	}
	/* Answers of the terminal, the mouse; or so much is certain that it is no key. */
	if (t->bytes.len > 0 && (n == 0 || key_input_timeout(t->input) < 0))
		say_nameless(t);
}

static void
take_signal(struct keys_test *t)
{
	int number;

	while ((number = signals_take()) != 0)
		if (number == SIGCONT) {
			tty_enter(&t->tty);
		} else {
			t->over = true;
			t->status = 128 + number;
		}
}

static void
wait_for_something(struct keys_test *t)
{
	struct pollfd fds[] = {
	        {t->tty.fd, (short)(POLLIN | (t->tty.pending.len > 0 ? POLLOUT : 0)), 0},
	        {signals_fd(), POLLIN, 0},
	};
	int timeout = key_input_timeout(t->input), n = poll(fds, 2, timeout);

	if (fds[1].revents)
		take_signal(t);
	if (fds[0].revents & POLLOUT)
		tty_flush(&t->tty);
	if (n == 0 || fds[0].revents & ~POLLOUT)
		take_input(t, n != 0);
	if (t->tty.gone) {
		t->over = true;
		t->status = 128 + SIGHUP;
	}
}

static void
run(struct keys_test *t, bool mouse)
{
	struct buf line = {0};

	tty_mouse(&t->tty, mouse);
	tty_enter(&t->tty);
	buf_puts(&line, "Press keys to see what flynn makes of them; q, or Ctrl+C twice, ends it.");
	put(t, &line);
	buf_release(&line);
	while (!t->over)
		wait_for_something(t);
	tty_leave(&t->tty);
}

int
keys_test(const struct keymap *map, bool mouse)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGCONT};
	struct keys_test t = {.map = map, .tty = {.fd = -1}};
	struct err err;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		say("flynn keys --test needs a terminal");
		return err_exit_status(ERR_USAGE);
	}
	if (!signals_init(signals, ARRAY_LEN(signals), &err))
		return say_err(&err);
	if (!tty_open(&t.tty, &err)) {
		signals_release();
		return say_err(&err);
	}
	t.tty.lines = true;
	t.input = key_input_new(term_description(), tty_may_be_slow(), &err);
	if (t.input) {
		crash_guard(tty_restore_now);
		run(&t, mouse);
	} else {
		t.status = say_err(&err);
	}
	key_input_free(t.input);
	tty_close(&t.tty);
	signals_release();
	buf_release(&t.bytes);
	return t.status;
}
