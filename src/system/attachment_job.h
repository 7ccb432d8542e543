/*
 * attachment_job.h - what is asked of the disk for attachments, without the UI thread waiting for it: each job is an errand
 * (errand.h).
 */
#ifndef FLYNN_SYSTEM_ATTACHMENT_JOB_H
#define FLYNN_SYSTEM_ATTACHMENT_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "llama/attachment.h"
#include "system/path_words.h"

enum attachment_news {
	ATTACHMENT_NEWS_READ,    /* `read` is what is there now */
	ATTACHMENT_NEWS_REFUSED, /* `why` */
	ATTACHMENT_NEWS_SAME,    /* looked at again: nothing was changed */
	ATTACHMENT_NEWS_LOST,    /* looked at again: it is gone */
	ATTACHMENT_NEWS_NO_FILE, /* a word that names no file */
};

struct attachment_result {
	enum attachment_news news;
	struct attachment *read; /* or NULL */
	struct err why;
};

struct attachment_job;

/* All take copies, and hold attachments. NULL, and why: no thread could be started. */

/* Reads the files that these words name (path_words.h): a result each, in their order. */
struct attachment_job *attachment_job_read(const char *words, const struct attachment_limits *, struct err *) MUST_USE;

/* First a result for each of `known`, which is read again where it has been changed; then one for each word, which is read where
 * it names a file. */
struct attachment_job *attachment_job_look(const struct attachments *known, const struct path_list *words,
        const struct attachment_limits *, struct err *) MUST_USE;

/* Finds path_names. */
struct attachment_job *attachment_job_names(const char *path, struct err *) MUST_USE;

/* Whether or not its disk answers. NULL is fine. */
void attachment_job_free(struct attachment_job *);

int attachment_job_fd(const struct attachment_job *); /* for poll(2), until it has ended */

/* True: what it found may be asked for. */
bool attachment_job_end(struct attachment_job *);

struct attachment_result *attachment_job_results(struct attachment_job *, size_t *n); /* its own */
const struct path_list *attachment_job_found(const struct attachment_job *);          /* names */

#endif
