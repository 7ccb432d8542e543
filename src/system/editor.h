/*
 * editor.h - the prompt in the editor of the person at the keyboard ($VISUAL, $EDITOR, else vi).
 *
 * The editor is a job of its own, as a shell would start it: it has the terminal, its Ctrl+Z stops it and flynn, and
 * `fg` goes on with both. The loop runs all the while, only without keys and frames, so a reply goes on streaming.
 */
#ifndef FLYNN_SYSTEM_EDITOR_H
#define FLYNN_SYSTEM_EDITOR_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	EDITOR_TEXT_MAX = 64 * 1024 * 1024, /* bytes; more is not taken */
};

/* Zeroed to begin with. */
struct editor {
	pid_t pid;  /* 0: none runs */
	char *path; /* of the file with the text, mode 0600 */
	int file;   /* open there as in the child that writes it, so its offset is how much the child has written */
	struct buf given;
};

/* Starts it with this text, which is shared (buf_share); the caller has left the terminal. False: the reason, and no file stays. */
bool editor_start(struct editor *, struct buf *text, struct err *) MUST_USE;

enum editor_news {
	EDITOR_RUNS,
	EDITOR_STOPPED, /* by Ctrl+Z: stop too, then editor_go_on */
	EDITOR_ENDED,   /* the terminal is ours again; editor_take is next */
};

/* A child has changed its state (SIGCHLD). `status` is for editor_take. */
enum editor_news editor_look(struct editor *, int *status);
void editor_go_on(const struct editor *);

/*
 * What was saved, appended to `text`, well-formed UTF-8. True: its file is still there, and one of the two below is next.
 * False: the editor failed, or the text is too long, and why; what it saved nevertheless stays in its file, and the error says
 * where.
 */
bool editor_take(struct editor *, int status, struct buf *text, struct err *) MUST_USE;
void editor_remove(struct editor *);                /* the text has found its place */
void editor_keep(struct editor *, struct err *why); /* it has not, and why: the error says where the file is */

/* Ends it when flynn must end. Its file goes when it holds what was given; else it stays, it may be all there is of a text,
 * and the words, to be freed, say where. NULL: nothing is left. */
char *editor_end(struct editor *);
void editor_release(struct editor *); /* the same without words */

#endif
