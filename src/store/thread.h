/*
 * thread.h - what the two ends of the store's queues share: worker.c, which runs on the UI thread, and thread.c, which is
 * the store thread. Nobody else includes it.
 */
#ifndef FLYNN_STORE_THREAD_H
#define FLYNN_STORE_THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "base/queue.h"
#include "base/wake.h"
#include "store/worker.h"

enum command_type {
	COMMAND_SAVE,
	COMMAND_LOAD,
	COMMAND_EDIT,
	COMMAND_ASK,
	COMMAND_SET,
	COMMAND_PROMPT,
	COMMAND_WRITE,
};

struct command {
	enum command_type type;
	struct save *save;
	struct store_question *question;
	int64_t id;
	enum edit_type edit;
	char *key, *text;
};

struct store {
	/* between the threads */
	struct queue *commands, *results;
	struct wake for_ui, for_store;
	atomic_bool quit;                     /* a flag, not a command: it must get through when the queue is full */
	_Atomic uint64_t newest[STORE_KINDS]; /* number of the newest question of each kind */
	pthread_t thread;

	/* the UI thread's */
	uint64_t last_number;

	/* the store thread's */
	char *path, *prompts_path;
	struct log *log;
	struct history *history; /* or NULL: it cannot be had, for this reason */
	struct err why;
	int64_t next_try_ms; /* to open it */
	bool may_purge;
	struct history *reader;                      /* for questions; or NULL */
	struct store_question *waiting[STORE_KINDS]; /* one of each kind at the most */
	struct store_question *asked;                /* now */
	int64_t end_ms;                              /* when to leave off; 0: not asked to */
};

void *thread_run(void *store);

void command_free(struct command *);

/* The next pointer in a queue, or NULL; and one more in it: false: it is full. */
void *pointer_take(struct queue *);
bool pointer_put(struct queue *, const void *) MUST_USE;

#endif
