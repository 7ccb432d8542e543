/*
 * worker_thread.h - what three threads share: worker.c, which runs on the UI thread, and
 * the two of its own, writer.c and reader.c. Nobody else includes it.
 */
#ifndef FLYNN_STORE_WORKER_THREAD_H
#define FLYNN_STORE_WORKER_THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "base/queue.h"
#include "base/wake.h"
#include "store/edit.h"
#include "store/export.h"
#include "store/gate.h"
#include "store/history.h"
#include "store/result.h"
#include "store/save.h"

enum command_type {
	COMMAND_SAVE,
	COMMAND_LOAD,
	COMMAND_CLAIM,
	COMMAND_EDIT,
	COMMAND_SET,
	COMMAND_PROMPT,
	COMMAND_EXPORT,
	COMMAND_RESCUE,
	COMMAND_VOTE,
};

struct command {
	enum command_type type;
	struct save *save;
	int64_t id;
	enum edit_type edit;
	char *key, *text;
	struct conversation *conversation;
	struct vote *vote;
	enum export_format format;
};

/* A thread of the store, and its two queues to and from the UI thread; a record of either is one owned pointer. */
struct end {
	struct queue *from_ui; /* commands, or questions */
	struct queue *to_ui;   /* results */
	struct wake wake, *for_ui;
	pthread_t thread;
	bool started;
	atomic_int number; /* thread_number of the thread, once it runs */
	atomic_bool ended;
};

struct store {
	/* between the threads */
	struct end writer, reader;
	struct wake for_ui;
	struct gate gate;
	atomic_int holders;                   /* the threads, the UI's included; the last one frees all of this */
	atomic_bool quit;                     /* a flag, not a command: a full queue must not stop it */
	_Atomic uint64_t newest[STORE_KINDS]; /* number of the newest question of each kind */
	_Atomic uint64_t done;                /* commands so far; opening the history is the first */
	atomic_bool awaited;                  /* the reader waits for that to grow */

	/* set before they start */
	char *path, *prompts_path;
	struct log *log;

	/* the UI thread's */
	uint64_t last_question, last_command;
	uint64_t last_urgent;                /* the last command whose result somebody waits for */
	int64_t saved_ms;                    /* when the last save was commanded */
	uint64_t seen_done;                  /* so many commands were done when that was looked at last, */
	int64_t busy_ms;                     /* and the next one has been waited for since then */
	int64_t computed_ns, computed_at_ns; /* of the writer, and when that was asked */
};

void command_free(struct command *);

/* The next pointer in a queue, or NULL; and one more in it: false: it is full. */
void *pointer_take(struct queue *);
bool pointer_put(struct queue *, const void *) MUST_USE;

/* For the two threads. thread_tell waits while the queue is full. */
struct store_result *thread_result(enum store_type, int64_t id);
void thread_tell(struct store *, struct end *, struct store_result *);

/* A thread no longer needs the store; the last one frees it. */
void store_let_go(struct store *);
/* The last that a thread does with it. */
void thread_end(struct store *, struct end *);

/* Waits until something comes from the UI or the thread is rung for; false: nothing did for that long (-1: for ever). */
bool thread_wait(struct store *, struct end *, int ms);

#endif
