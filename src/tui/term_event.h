/*
 * term_event.h - what came from a terminal: a key, pasted text, something that the mouse did.
 */
#ifndef FLYNN_TUI_TERM_EVENT_H
#define FLYNN_TUI_TERM_EVENT_H

#include <stddef.h>

#include "tui/key.h"

enum term_event_type {
	TERM_NOTHING, /* no more for now */
	TERM_KEY,
	TERM_PASTE,     /* text to insert; a long one comes in pieces */
	TERM_MOUSE,     /* its left button; the wheel is two keys */
	TERM_FOCUS_IN,  /* its keys come here from now on; */
	TERM_FOCUS_OUT, /* they go elsewhere */
	TERM_SEQUENCES, /* which emoji sequences it draws as one is known now */
	TERM_GONE,      /* the terminal hung up */
};

enum term_mouse {
	TERM_MOUSE_PRESS,
	TERM_MOUSE_DRAG, /* moved while it is held */
	TERM_MOUSE_RELEASE,
};

struct term_event {
	enum term_event_type type;
	struct key key;
	const char *text; /* borrowed until the next call */
	size_t len;
	enum term_mouse mouse;
	unsigned sequences; /* enum cluster_sequence */
	int row, col;       /* where the mouse is, of keys of the wheel too, from 1; 0: it is not its event */
};

#endif
