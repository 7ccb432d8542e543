/*
 * remove.h - conversations taken out of the history for good. edit.h deletes them so that they can be brought back.
 */
#ifndef FLYNN_STORE_REMOVE_H
#define FLYNN_STORE_REMOVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"

/* In transactions of some hundred messages, so that nobody waits long for the database; where it fails, what was
 * removed stays so, and `*done` conversations of them are gone. Their texts are overwritten in the file. `progress`
 * may be NULL. */
bool remove_conversations(struct history *, const int64_t *rows, size_t n, void (*progress)(void *, size_t done),
        void *arg, size_t *done, struct err *) MUST_USE;

/* Shrinks the file: copies all of it, and needs as much space on the disk beside it. */
bool remove_shrink(struct history *, struct err *) MUST_USE;

#endif
