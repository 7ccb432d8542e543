/*
 * attach_inside.h - what attach.c and attach_send.c share: lists of files, and what was refused.
 */
#ifndef FLYNN_APP_ATTACH_INSIDE_H
#define FLYNN_APP_ATTACH_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/attachment.h"
#include "system/attachment_job.h"

struct app;
struct talk;

/* The first, and how many there are. */
struct attach_refusals {
	struct err first;
	size_t n;
};

void attach_refuse(struct attach_refusals *, const struct err *why);
void attach_say_refusals(struct app *, const struct attach_refusals *);

/* The place of the same file, if it is attached; the number of files: it is not. */
size_t attach_find_same(const struct attachments *, const struct attachment *);
void attach_replace(struct attachments *, size_t i, struct attachment *takes);
struct attachment *attach_take_read(struct attachment_result *);
/* At this place; a file that is attached already takes the place of what was read before. True: there is one more. */
bool attach_put_file(struct attachments *, size_t at, struct attachment_result *, struct attach_refusals *);

bool attach_is_reading(const struct app *, const struct talk *);
bool attach_was_refused(struct app *, const struct talk *); /* a file of it, since this was asked last */

/* In ms, until it is said that these words do not answer; -1: it was, now or before. */
int attach_be_patient(struct app *, int64_t since_ms, bool *is_slow, const char *words);

#endif
