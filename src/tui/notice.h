/*
 * notice.h - calls the person at a terminal who looks elsewhere: the bell, or a notice on the desktop that the terminal runs on
 * (OSC 9, or OSC 777 for rxvt-unicode, foot and VTE), also through ssh, tmux and screen. As bytes; pure.
 *
 * tmux hands a notice on with allow-passthrough on. The Linux console has no desktop, and rings.
 */
#ifndef FLYNN_TUI_NOTICE_H
#define FLYNN_TUI_NOTICE_H

#include "base/buf.h"
#include "tui/clipboard.h"

enum notice {
	NOTICE_NONE,
	NOTICE_BELL,
	NOTICE_DESKTOP,
};

/* Appends the bytes to send. The text is cleaned; it is shown after "flynn". */
void notice_put(enum notice, const struct clipboard_env *, const char *text, struct buf *bytes);

#endif
