/*
 * picture_source.h - where the transcript gets the cells of attached pictures from, without knowing who makes them.
 */
#ifndef FLYNN_TUI_PICTURE_SOURCE_H
#define FLYNN_TUI_PICTURE_SOURCE_H

#include "chat/message.h"
#include "text/picture.h"

struct picture_source {
	/* In at most so many cells; borrowed. NULL: not yet, and asked for in each frame it comes; or never, and *why says why in
	 * a line that is borrowed. */
	struct picture *(*find)(struct picture_source *, struct attachment *, int cols, int rows, const char **why);
};

#endif
