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

/* Zeroed to begin with. */
struct editor {
	pid_t pid;  /* 0: none runs */
	char *path; /* of the file with the text, mode 0600 */
	struct buf given;
};

/* Starts it with this text; the caller has left the terminal. False: the reason, and no file stays. */
bool editor_start(struct editor *, const char *text, struct err *) MUST_USE;

enum editor_news {
	EDITOR_RUNS,
	EDITOR_STOPPED, /* by Ctrl+Z: stop too, then editor_go_on */
	EDITOR_ENDED,   /* the terminal is ours again; editor_take is next */
};

/* A child has changed its state (SIGCHLD). `status` is for editor_take. */
enum editor_news editor_look(struct editor *, int *status);
void editor_go_on(const struct editor *);

/*
 * What was saved, appended to `text`. False: the editor failed, and why; what it saved nevertheless stays in its file,
 * and the error says where. Otherwise the file is gone.
 */
bool editor_take(struct editor *, int status, struct buf *text, struct err *) MUST_USE;

/* Ends it when flynn must end. Its file goes when it holds what was given; else it stays, it may be all there is of a text,
 * and the words, to be freed, say where. NULL: nothing is left. */
char *editor_end(struct editor *);
void editor_release(struct editor *); /* the same without words */

#endif
