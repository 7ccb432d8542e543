/*
 * clipboard.c - what the environment tells of the way to the clipboard, base64, and the wrappings of OSC 52.
 */
#include "tui/clipboard.h"

#include <string.h>

static const char osc[] = "\x1b]52;c;", bell[] = "\a", dcs[] = "\x1bP", dcs_end[] = "\x1b\\";

enum {
	SCREEN_PIECE = 256, /* of a device control string: screen keeps some 700 bytes of it */
};

static bool
begins(const char *text, const char *with)
{
	return text && strncmp(text, with, strlen(with)) == 0;
}

static bool
is_set(const char *variable)
{
	return variable && *variable;
}

static enum clipboard_way
find_way(const struct clipboard_env *env)
{
	if (begins(env->term, "linux"))
		return CLIPBOARD_NONE;
	if (is_set(env->tmux) || begins(env->term, "tmux"))
		return CLIPBOARD_TMUX;
	if (is_set(env->sty) || begins(env->term, "screen."))
		return CLIPBOARD_SCREEN;
	return begins(env->term, "screen") ? CLIPBOARD_TMUX_OR_SCREEN : CLIPBOARD_PLAIN;
}

struct clipboard
clipboard_find(const struct clipboard_env *env)
{
	struct clipboard found = {find_way(env), NULL};

	if (found.way == CLIPBOARD_TMUX || found.way == CLIPBOARD_TMUX_OR_SCREEN)
		found.doubt = "tmux: with set-clipboard on";
	else if (is_set(env->vte_version) || begins(env->term_program, "Apple_Terminal"))
		found.doubt = "if this terminal takes it; else set copy_command";
	return found;
}

/* ---- bytes ---- */

static void
put_base64(struct buf *out, const char *text, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		const unsigned char *in = (const unsigned char *)text + i;
		unsigned second = n - i > 1 ? in[1] : 0, third = n - i > 2 ? in[2] : 0;

		buf_putc(out, digits[in[0] >> 2]);
		buf_putc(out, digits[(in[0] & 3u) << 4 | second >> 4]);
		buf_putc(out, (char)(n - i > 1 ? digits[(second & 15) << 2 | third >> 6] : '='));
		buf_putc(out, (char)(n - i > 2 ? digits[third & 63] : '='));
	}
}

/* Every escape twice. */
static void
put_for_tmux(struct buf *out, const struct buf *sequence)
{
	buf_puts(out, dcs);
	buf_puts(out, "tmux;");
	for (size_t i = 0; i < sequence->len; i++) {
		if (sequence->data[i] == '\x1b')
			buf_putc(out, '\x1b');
		buf_putc(out, sequence->data[i]);
	}
	buf_puts(out, dcs_end);
}

static void
put_for_screen(struct buf *out, const struct buf *sequence)
{
	for (size_t at = 0; at < sequence->len; at += SCREEN_PIECE) {
		size_t left = sequence->len - at;

		buf_puts(out, dcs);
		buf_put(out, sequence->data + at, left < SCREEN_PIECE ? left : SCREEN_PIECE);
		buf_puts(out, dcs_end);
	}
}

void
clipboard_wrap(enum clipboard_way way, const struct buf *sequence, struct buf *bytes)
{
	if (way == CLIPBOARD_TMUX || way == CLIPBOARD_TMUX_OR_SCREEN)
		put_for_tmux(bytes, sequence);
	else if (way == CLIPBOARD_SCREEN)
		put_for_screen(bytes, sequence);
	else
		buf_put(bytes, sequence->data, sequence->len);
}

bool
clipboard_put(
        const struct clipboard *c, const char *text, size_t n, struct buf *bytes, const char **doubt, struct err *err)
{
	struct buf sequence = {0};

	if (c->way == CLIPBOARD_NONE)
		return err_set(err, ERR_USAGE, "not copied: the Linux console has no clipboard; set copy_command");
	if (n > CLIPBOARD_MOST_BYTES)
		return err_set(err, ERR_LIMIT,
		        "not copied: %zu kB are too much for a terminal's clipboard; set copy_command", n / 1000);
	buf_puts(&sequence, osc);
	put_base64(&sequence, text, n);
	buf_puts(&sequence, bell);
	if (c->way == CLIPBOARD_SCREEN)
		put_for_screen(bytes, &sequence);
	else
		buf_put(bytes, sequence.data, sequence.len);
	if (c->way == CLIPBOARD_TMUX || c->way == CLIPBOARD_TMUX_OR_SCREEN)
		put_for_tmux(bytes, &sequence);
	*doubt = n > CLIPBOARD_SURE_BYTES ? "some terminals take no more than 75 kB" : c->doubt;
	buf_release(&sequence);
	return true;
}
