/*
 * copy_job.c - for a block, reads the text to its end, for the number of its blocks; then copies the block from the mark
 * before it.
 */
#include "app/copy_job.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	STEP = 256 * 1024, /* bytes: some milliseconds */
};

struct copy_job *
copy_job_new(const struct message *m, size_t which)
{
	struct copy_job *j = mem_alloc(sizeof(*j));

	j->message = m->id;
	j->moves = m->moves;
	j->which = which;
	return j;
}

struct copy_job *
copy_job_of_all(struct conversation *c)
{
	struct copy_job *j = copy_job_new(conversation_leaf(c), 0);

	j->all = true;
	j->path = conversation_path_number(c);
	return j;
}

void
copy_job_free(struct copy_job *j)
{
	if (!j)
		return;
	fence_index_release(&j->blocks);
	buf_release(&j->code);
	free(j);
}

void
copy_job_begin(struct copy_job *j, const struct fences *from, size_t end, size_t n_blocks)
{
	j->blocks.now.n = n_blocks;
	j->begun = true;
	j->from = *from;
	j->end = end;
}

static enum copy_job_state
look_for_block(struct copy_job *j, const struct message *m)
{
	const char *text = buf_text(&m->content);
	size_t budget = STEP;

	fence_index_read(&j->blocks, text, m->content.len, m->state != MESSAGE_STREAMING, &budget);
	if (!j->blocks.complete)
		return COPY_JOB_MORE;
	j->begun = fence_index_begin(&j->blocks, text, m->content.len, j->which, &j->from, &j->end);
	return j->begun ? COPY_JOB_MORE : COPY_JOB_NONE;
}

/* Whole lines. */
static size_t
end_of_step(const struct copy_job *j, const char *text)
{
	size_t at = j->from.at + STEP;
	const char *feed = at < j->end ? memchr(text + at, '\n', j->end - at) : NULL;

	return feed ? (size_t)(feed + 1 - text) : j->end;
}

static enum copy_job_state
copy_on(struct copy_job *j, const char *text)
{
	fences_read(&j->from, text, end_of_step(j, text), j->which, &j->code);
	if (j->from.at < j->end)
		return COPY_JOB_MORE;
	if (j->code.len > 0 && j->code.data[j->code.len - 1] == '\n')
		buf_truncate(&j->code, j->code.len - 1);
	return COPY_JOB_DONE;
}

static enum copy_job_state
copy_path_on(struct copy_job *j, struct conversation *c)
{
	if (conversation_path_number(c) != j->path)
		return COPY_JOB_GONE;
	return markdown_put_step(&j->steps, c, STEP, &j->code) ? COPY_JOB_DONE : COPY_JOB_MORE;
}

enum copy_job_state
copy_job_step(struct copy_job *j, struct conversation *c)
{
	const struct message *m = conversation_find(c, j->message);

	if (!m || m->moves != j->moves)
		return COPY_JOB_GONE;
	if (j->all)
		return copy_path_on(j, c);
	return j->begun ? copy_on(j, buf_text(&m->content)) : look_for_block(j, m);
}
