/*
 * want.h - how a picture is to be drawn.
 */
#ifndef FLYNN_PICTURE_WANT_H
#define FLYNN_PICTURE_WANT_H

#include <stdbool.h>

struct picture_want {
	int cols, rows; /* at most */
	int colours;    /* 0, 8, 16 or 256 */
	bool light;     /* the terminal's background is; matters only without colours */
};

#endif
