/*
 * options.h - the command line: its options are the rows of a table in options.c, which parses, checks and explains
 * them.
 */
#ifndef FLYNN_CMD_OPTIONS_H
#define FLYNN_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"
#include "config/config_load.h"

/* Which commands an option belongs to. */
enum {
	FOR_CHAT = 1,
	FOR_ASK = 2,
	FOR_DOCTOR = 4,
	FOR_DEMO = 8,
	FOR_RESUME = 16,
	FOR_HISTORY = 32, /* without a command of its own, and then those */
	FOR_LIST = 64,
	FOR_SEARCH = 128,
	FOR_SHOW = 256,
	FOR_EXPORT = 512,
	FOR_IMPORT = 1024,
	FOR_DELETE = 2048,
	FOR_PRUNE = 4096,
	FOR_STATS = 8192,
	FOR_KEYS = 16384,
	FOR_MODELS = 1 << 16,
	FOR_MODEL_ORDER = 1 << 17, /* load and unload */
	FOR_REPLAY = 1 << 18,
	FOR_NAMES = 1 << 19,
	OPTION_REPEATS = 32768, /* it may be given again; its member is a struct config_list */
};

struct options {
	struct config_flags config;
	const char *log;                 /* or NULL */
	const char *max_tokens;          /* as typed, or NULL */
	const char *speed, *cast, *size; /* of `flynn demo` and `flynn replay` */
	bool fresh, no_history;          /* --new; nothing is saved */
	bool go_on;                      /* with the last conversation */
	bool linear;                     /* line by line, not full screen */
	bool no_stream, show_reasoning, server_only, help, version;
	bool test_keys;
	struct config_list files;             /* to be attached */
	struct config_list tags;              /* of `flynn history` too */
	bool json, archived, all, force, yes; /* of `flynn history` */
	bool dry_run;
	const char *limit, *format, *output, *older_than, *database;
	char **words; /* the words that are no options; borrowed from argv */
	int n_words;
};

struct option_row {
	char letter; /* or 0 */
	const char *name;
	const char *argument; /* NULL: a switch, the member at `offset` a bool; else a const char * */
	unsigned commands;    /* FOR_…, and OPTION_REPEATS */
	size_t offset;        /* in struct options */
	const char *help;
};

const struct option_row *options_table(size_t *n);

/* argv[0] is the command's name, or the program's. ERR_USAGE. To be released whatever it returns. */
bool options_parse(struct options *, int argc, char **argv, unsigned command, struct err *) MUST_USE;
void options_release(struct options *);

/* The lines of a command's options for --help, on standard output. */
void options_print(unsigned command);

#endif
