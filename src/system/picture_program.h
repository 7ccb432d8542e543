/*
 * picture_program.h - runs flynn-picture (src/picture/), which decodes a picture. It waits for that: the screen calls it on an errand's
 * thread (errand.h).
 */
#ifndef FLYNN_SYSTEM_PICTURE_PROGRAM_H
#define FLYNN_SYSTEM_PICTURE_PROGRAM_H

#include <stdbool.h>

#include "base/err.h"
#include "llama/attachment.h"
#include "text/picture.h"

struct picture_order {
	const struct attachment *attachment;
	int cols, rows; /* at most */
	int colours;    /* 0, 8, 16 or 256 */
	bool light;     /* the terminal's background is */
};

/* Where it is: beside flynn, in the libexec beside its bin (which may have moved), else where `make install` has put it; to be freed. */
char *picture_program_find(void);

/* NULL, and a sentence: the program is not there, took longer than limit_ms, ended otherwise than it should, refused the file, or said
 * nonsense. */
struct picture *picture_program_run(
        const char *program, const struct picture_order *, int limit_ms, struct err *) MUST_USE;

#endif
