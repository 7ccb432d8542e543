/*
 * worker.c - the UI thread's end of the store thread's two queues. A record of either queue is one owned pointer.
 */
#include "store/worker.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread.h"
#include "store/thread.h"

enum {
	QUEUE_SIZE = 64 * 1024, /* bytes: two thousand pointers */
};

/* ---- pointers ---- */

void *
pointer_take(struct queue *q)
{
	const struct queue_record *r = queue_peek(q);
	void *pointer = NULL;

	if (r) {
		memcpy(&pointer, r->data, sizeof(pointer));
		queue_consume(q);
	}
	return pointer;
}

bool
pointer_put(struct queue *q, const void *pointer)
{
	struct queue_record *r = queue_reserve(q, 0, 0, sizeof(pointer));

	if (!r)
		return false;
	memcpy(r->data, &pointer, sizeof(pointer));
	queue_push(q);
	queue_publish(q);
	return true;
}

/* ---- the UI thread ---- */

void
store_result_free(struct store_result *r)
{
	if (!r)
		return;
	save_free(r->save);
	loaded_release(&r->loaded);
	if (r->question)
		r->question->free(r->question);
	for (size_t i = 0; i < r->n_prompts; i++)
		free(r->prompts[i]);
	free(r->prompts);
	free(r->notice);
	free(r->draft);
	free(r);
}

void
command_free(struct command *c)
{
	if (!c)
		return;
	save_free(c->save);
	if (c->question)
		c->question->free(c->question);
	free(c->key);
	free(c->text);
	free(c);
}

static void
wake_ui(void *arg)
{
	struct store *store = arg;

	wake_ring(&store->for_ui);
}

static void
wake_store(void *arg)
{
	struct store *store = arg;

	wake_ring(&store->for_store);
}

static void
release(struct store *store)
{
	struct command *c;
	struct store_result *r;

	while ((c = pointer_take(store->commands)) != NULL)
		command_free(c);
	while ((r = pointer_take(store->results)) != NULL)
		store_result_free(r);
	queue_free(store->commands);
	queue_free(store->results);
	wake_release(&store->for_ui);
	wake_release(&store->for_store);
	free(store->path);
	free(store->prompts_path);
	free(store);
}

static bool
make_wakes(struct store *store, struct err *err)
{
	if (!wake_init(&store->for_ui, err))
		return false;
	if (wake_init(&store->for_store, err))
		return true;
	wake_release(&store->for_ui);
	return false;
}

struct store *
store_new(const char *history, const char *prompts, struct log *log, struct err *err)
{
	struct store *store = mem_alloc(sizeof(*store));

	if (!make_wakes(store, err)) {
		free(store);
		return NULL;
	}
	store->path = mem_strdup(history);
	store->prompts_path = mem_strdup(prompts);
	store->log = log;
	store->results = queue_new(QUEUE_SIZE, wake_ui, wake_store, store);
	store->commands = queue_new(QUEUE_SIZE, wake_store, NULL, store);
	if (thread_start(&store->thread, thread_run, store, err))
		return store;
	release(store);
	return NULL;
}

void
store_free(struct store *store)
{
	if (!store)
		return;
	atomic_store(&store->quit, true);
	wake_ring(&store->for_store);
	pthread_join(store->thread, NULL);
	release(store);
}

int
store_fd(const struct store *store)
{
	return store->for_ui.read_fd;
}

bool
store_sleep(struct store *store)
{
	return queue_sleep(store->results);
}

void
store_awake(struct store *store)
{
	queue_wake_up(store->results);
	wake_clear(&store->for_ui);
}

struct store_result *
store_take(struct store *store)
{
	return pointer_take(store->results);
}

/* Takes what the command holds only when it was sent. */
static bool
send(struct store *store, struct command command)
{
	struct command *c = mem_alloc(sizeof(*c));

	*c = command;
	if (pointer_put(store->commands, c))
		return true;
	free(c);
	return false;
}

static bool
send_texts(struct store *store, struct command command, const char *key, const char *text)
{
	command.key = mem_strdup(key);
	command.text = mem_strdup(text);
	if (send(store, command))
		return true;
	free(command.key);
	free(command.text);
	return false;
}

bool
store_save(struct store *store, struct save *save)
{
	return send(store, (struct command){.type = COMMAND_SAVE, .save = save});
}

bool
store_load(struct store *store, int64_t conversation)
{
	return send(store, (struct command){.type = COMMAND_LOAD, .id = conversation});
}

bool
store_edit(struct store *store, int64_t conversation, enum edit_type edit, const char *title)
{
	return send_texts(store, (struct command){.type = COMMAND_EDIT, .id = conversation, .edit = edit}, NULL, title);
}

bool
store_ask(struct store *store, struct store_question *question)
{
	assert(question->kind >= 0 && question->kind < STORE_KINDS);
	question->number = store->last_number + 1;
	if (!send(store, (struct command){.type = COMMAND_ASK, .question = question}))
		return false;
	atomic_store(&store->newest[question->kind], ++store->last_number);
	return true;
}

bool
store_set(struct store *store, const char *key, const char *value)
{
	return send_texts(store, (struct command){.type = COMMAND_SET}, key, value);
}

bool
store_write(struct store *store, const char *path, const char *text)
{
	return send_texts(store, (struct command){.type = COMMAND_WRITE}, path, text);
}

bool
store_prompt(struct store *store, const char *prompt)
{
	return send_texts(store, (struct command){.type = COMMAND_PROMPT}, NULL, prompt);
}
