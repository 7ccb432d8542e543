/*
 * command_token.c - a text that is not there, and then does not change any more.
 */
#include "llama/command_token.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

struct command_token {
	atomic_int users;
	char *command;
	_Atomic(char *) text;
};

struct command_token *
command_token_new(const char *command)
{
	struct command_token *t = mem_alloc(sizeof(*t));

	atomic_init(&t->users, 1);
	atomic_init(&t->text, NULL);
	t->command = mem_strdup(command);
	return t;
}

struct command_token *
command_token_hold(struct command_token *t)
{
	if (t)
		atomic_fetch_add(&t->users, 1);
	return t;
}

void
command_token_drop(struct command_token *t)
{
	if (!t || atomic_fetch_sub(&t->users, 1) > 1)
		return;
	free(t->command);
	free(atomic_load(&t->text));
	free(t);
}

const char *
command_token_command(const struct command_token *t)
{
	return t->command;
}

void
command_token_set(struct command_token *t, const char *text)
{
	if (!command_token_text(t))
		atomic_store_explicit(&t->text, mem_strdup(text), memory_order_release);
}

const char *
command_token_text(const struct command_token *t)
{
	return atomic_load_explicit(&t->text, memory_order_acquire);
}
