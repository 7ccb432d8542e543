/*
 * clipboard.h - the clipboard of the person's own terminal, also through ssh: OSC 52, as bytes. Pure.
 *
 * The text goes as base64, so nothing in it can act on the terminal: it needs no cleaning and gets none. No terminal says
 * whether it took it; where there is reason to doubt, there are words for it.
 *
 * tmux takes OSC 52 for itself (set-clipboard on), or hands it on from within its pass-through (allow-passthrough on): it
 * is sent both ways. GNU screen takes neither: it hands on what is in a device control string, of a few hundred bytes.
 */
#ifndef FLYNN_TUI_CLIPBOARD_H
#define FLYNN_TUI_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	CLIPBOARD_SURE_BYTES = 74994,      /* what fits into 100,000 bytes of OSC 52, the least that terminals take */
	CLIPBOARD_MOST_BYTES = 768 * 1024, /* 1 MiB of it, where tmux stops */
};

enum clipboard_way {
	CLIPBOARD_NONE, /* the Linux console */
	CLIPBOARD_PLAIN,
	CLIPBOARD_TMUX,
	CLIPBOARD_SCREEN,
	CLIPBOARD_TMUX_OR_SCREEN, /* as for tmux, but screen may show the pass-through's first letters: paint again */
};

struct clipboard {
	enum clipboard_way way;
	const char *doubt; /* what may hinder it; NULL: nothing is known */
};

/* Variables of the environment; NULL: not set. */
struct clipboard_env {
	const char *term, *tmux, *sty, *term_program, *vte_version;
};

struct clipboard clipboard_find(const struct clipboard_env *);

/* Appends the bytes to send. Sets `doubt`, or NULL. False, with ERR_LIMIT or ERR_USAGE, when it cannot work. */
bool clipboard_put(const struct clipboard *, const char *text, size_t n, struct buf *bytes, const char **doubt,
        struct err *) MUST_USE;

/* Appends another control sequence as the terminal itself gets it through tmux or screen. */
void clipboard_wrap(enum clipboard_way, const struct buf *sequence, struct buf *bytes);

#endif
