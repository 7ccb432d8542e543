/*
 * needed_file.h - files that a connection needs: certificates of authorities, and a server's socket. They are looked at before
 * libcurl is asked to connect, on threads that nobody has to wait for (base/errand.h), so that a disk that does not answer
 * holds up nothing but the requests that need it. Private to transport.c.
 *
 * A file is looked at anew for each connection; connections that need it at the same time share the look.
 */
#ifndef FLYNN_NET_NEEDED_FILE_H
#define FLYNN_NET_NEEDED_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "net/sockets.h"

struct needed_file;

struct needed_files {
	struct sockets *sockets; /* tell when a look has ended; borrowed */
	struct needed_file *first;
};

enum needed_state {
	NEEDED_AWAITED,
	NEEDED_THERE,
	NEEDED_BAD, /* needed_file_why */
};

/* Begins to look at the file, and to read it where its text is wanted. To be dropped. NULL: no thread could be started. */
struct needed_file *needed_files_look(struct needed_files *, const char *path, bool read);
void needed_files_drop(struct needed_files *, struct needed_file *); /* NULL is fine */

/* A file that is only looked at is there whatever was found, once the disk has answered. */
enum needed_state needed_file_state(const struct needed_file *);
bool needed_file_is_late(const struct needed_file *);           /* the disk does not answer */
const char *needed_file_why(const struct needed_file *);        /* borrowed, until it is dropped */
const struct buf *needed_file_text(const struct needed_file *); /* of one that is there; the same */

/* Takes the end of a look. False: this is none of its descriptors. */
bool needed_files_take(struct needed_files *, int fd);

/* How long until one that is awaited takes too long, in ms; -1: none is awaited. */
int needed_files_wait_ms(const struct needed_files *);

/* Leaves what still runs to itself. */
void needed_files_release(struct needed_files *);

#endif
