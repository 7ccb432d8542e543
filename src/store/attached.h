/*
 * attached.h - the files that are attached to a message, in the history: each file once, by its SHA-256, and for each message
 * their names in order. With the last message that has it a file goes too: a trigger of schema.c sees to that.
 */
#ifndef FLYNN_STORE_ATTACHED_H
#define FLYNN_STORE_ATTACHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/attachment.h"
#include "store/database.h"

/* The files of a message that has just been added, within its transaction. */
bool attached_write(struct database *, int64_t message, const struct attachments *, struct err *) MUST_USE;

/* Binds what table message keeps of them for the search: each name, and a line feed. */
void attached_bind_names(sqlite3_stmt *, int i, const struct attachments *);

/* Files that were read, so that messages with the same one share it. Zeroed to begin with. */
struct attached_known {
	struct attached_file *files;
	size_t n, space;
};

void attached_known_release(struct attached_known *);

/* Appends the files of a message. One whose kind is none that flynn knows is left out. */
bool attached_read(
        struct database *, int64_t message, struct attached_known *, struct attachments *to, struct err *) MUST_USE;

/* Files that are not what their SHA-256 says: how many, and of one its name and its conversation. */
struct attached_damage {
	size_t n;
	struct buf name;
	int64_t conversation;
};

/* Reads all files, and ends where `stop` says so. The damage's name is to be released. */
bool attached_find_damage(
        struct database *, bool (*stop)(void *), void *arg, struct attached_damage *, struct err *) MUST_USE;

#endif
