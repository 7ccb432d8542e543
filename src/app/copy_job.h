/*
 * copy_job.h - a code block that is too long to be found or copied at once, or a long conversation: each frame does a part of
 * it, and keys are obeyed meanwhile. Whatever is copied after it takes its place.
 */
#ifndef FLYNN_APP_COPY_JOB_H
#define FLYNN_APP_COPY_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/conversation_markdown.h"
#include "base/buf.h"
#include "chat/conversation.h"
#include "text/fence_index.h"

struct copy_job {
	uint64_t message;
	unsigned moves; /* of the message: its text only grows but for these */
	size_t which;   /* of its blocks; */
	bool all;       /* or the conversation down to the message, */
	uint64_t path;  /* by this path */
	struct markdown_steps steps;
	struct fence_index blocks;
	bool begun;         /* the block was found: */
	struct fences from; /* so far it was read, */
	size_t end;         /* and it goes on up to there */
	struct buf code;
};

enum copy_job_state {
	COPY_JOB_MORE,
	COPY_JOB_DONE, /* `code` is the block, or the conversation */
	COPY_JOB_NONE, /* the message has only blocks.now.n of them */
	COPY_JOB_GONE, /* the message is another one now, or the path */
};

struct copy_job *copy_job_new(const struct message *, size_t which);
struct copy_job *copy_job_of_all(struct conversation *); /* which is not empty */
/* The block was found already: from there up to `end`; it is one of so many. */
void copy_job_begin(struct copy_job *, const struct fences *from, size_t end, size_t n_blocks);
void copy_job_free(struct copy_job *);

enum copy_job_state copy_job_step(struct copy_job *, struct conversation *);

#endif
