/*
 * token_command.h - commands of the shell that tell a token (auth_token_command:), each run once, on a thread that nobody has to wait
 * for (base/errand.h), when a request first needs it. Private to transport.c.
 *
 * A command has no terminal, so that nothing of it tears the screen: its standard input is empty, and its standard error stands in the
 * words of its failure. It has 30 s.
 */
#ifndef FLYNN_NET_TOKEN_COMMAND_H
#define FLYNN_NET_TOKEN_COMMAND_H

#include <stdbool.h>

#include "base/err.h"
#include "net/sockets.h"

struct token_run;

struct token_commands {
	struct sockets *sockets; /* tell when a command has ended; borrowed */
	struct token_run *first;
};

/* The run of this command, which is started where there is none yet. Stays until token_commands_release. */
struct token_run *token_commands_run(struct token_commands *, const char *command);

bool token_run_has_ended(const struct token_run *);
/* Of one that has ended. NULL, with ERR_UNAUTHORISED: it told no token, and why. */
const char *token_run_token(const struct token_run *, struct err *);

/* Takes the end of a command. False: this is none of its descriptors. */
bool token_commands_take(struct token_commands *, int fd);

/* For tests: how long a command may take. Before the first one is run. */
void token_commands_limit(int seconds);

/* Ends those that still run. */
void token_commands_release(struct token_commands *);

#endif
