/*
 * command_token.h - an auth token that a command of the shell tells (auth_token_command:). The net thread runs the command when a
 * request first needs the token, and sets it once; from then on any thread reads it.
 */
#ifndef FLYNN_LLAMA_COMMAND_TOKEN_H
#define FLYNN_LLAMA_COMMAND_TOKEN_H

struct command_token;

struct command_token *command_token_new(const char *command);
/* NULL is fine with both. The last one that drops it frees it, on whatever thread. */
struct command_token *command_token_hold(struct command_token *);
void command_token_drop(struct command_token *);

const char *command_token_command(const struct command_token *);
void command_token_set(struct command_token *, const char *text); /* by one thread only; the first text stays */
const char *command_token_text(const struct command_token *);     /* NULL: not known yet. Borrowed while it is held */

#endif
