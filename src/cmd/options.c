/*
 * options.c - the options' table, and getopt_long over it.
 */
#include "cmd/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/compiler.h"
#include "base/mem.h"

enum {
	SCREEN = FOR_CHAT | FOR_RESUME,
	MODELS = FOR_MODELS | FOR_MODEL_ORDER,
	ASKING = SCREEN | FOR_ASK | FOR_DOCTOR,
	SERVER = ASKING | MODELS, /* the commands that ask the user's server */
	HISTORY = FOR_LIST | FOR_SEARCH | FOR_SHOW | FOR_EXPORT | FOR_IMPORT | FOR_DELETE | FOR_PRUNE | FOR_STATS,
	READING = FOR_LIST | FOR_SEARCH | FOR_SHOW | FOR_EXPORT | FOR_STATS,
	EVERY = SERVER | FOR_REPLAY | FOR_DEMO | FOR_HISTORY | HISTORY | FOR_KEYS | FOR_NAMES,
};

static const struct option_row rows[] = {
        {'e', "endpoint", "URL", SERVER | FOR_DEMO, offsetof(struct options, config.endpoint),
                "the server's address: http://HOST:PORT, https://…, unix:/PATH.sock"},
        {'c', "config", "FILE", SERVER | FOR_KEYS | FOR_DEMO | FOR_REPLAY | FOR_NAMES,
                offsetof(struct options, config.file), "read this configuration"},
        {'m', "model", "NAME", ASKING | FOR_MODELS | FOR_DEMO, offsetof(struct options, config.model),
                "a model of the configuration, MODEL/NAME for another one of its server, else a name that the server "
                "knows"},
        {0, "timeout", "SECONDS", ASKING, offsetof(struct options, config.timeout),
                "give up when the server is silent that long; 0: never (default 60)"},
        {'f', "file", "FILE", FOR_ASK | OPTION_REPEATS, offsetof(struct options, files),
                "attach this text, picture or sound; any number of times"},
        {0, "system", "TEXT", SCREEN | FOR_ASK, offsetof(struct options, config.system), "the system prompt"},
        {0, "set", "NAME=VALUE", SCREEN | FOR_ASK | OPTION_REPEATS, offsetof(struct options, config.set),
                "a parameter of the requests, such as temperature=0.7; any number of times"},
        {0, "preset", "NAME", SCREEN | FOR_ASK, offsetof(struct options, config.preset),
                "a preset of the configuration: its system prompt, parameters and model; -: none"},
        {0, "schema", "FILE", SCREEN | FOR_ASK, offsetof(struct options, config.schema),
                "the reply is JSON by this JSON schema"},
        {0, "grammar", "FILE", SCREEN | FOR_ASK, offsetof(struct options, config.grammar),
                "the reply follows this GBNF grammar"},
        {0, "log", "FILE", SCREEN | FOR_ASK, offsetof(struct options, log), "append network events to this file"},
        {0, "linear", NULL, SCREEN, offsetof(struct options, linear),
                "chat line by line, for screen readers, braille and slow lines; see flynn(1)"},
        {0, "new", NULL, FOR_CHAT, offsetof(struct options, fresh), "start with a new conversation; restore no panes"},
        {0, "no-history", NULL, FOR_CHAT | FOR_ASK, offsetof(struct options, no_history),
                "neither read nor write the history"},
        {'C', "continue", NULL, FOR_CHAT | FOR_ASK, offsetof(struct options, go_on), "continue the last conversation"},
        {0, "no-stream", NULL, FOR_ASK, offsetof(struct options, no_stream), "request the whole reply at once"},
        {0, "max-tokens", "N", FOR_ASK, offsetof(struct options, max_tokens), "stop the reply after N tokens"},
        {0, "show-reasoning", NULL, FOR_ASK, offsetof(struct options, show_reasoning),
                "show the model's reasoning, on standard error"},
        {0, "server", NULL, FOR_DOCTOR, offsetof(struct options, server_only),
                "check only the server; exit status 3: it is not running"},
        {0, "speed", "N", FOR_DEMO | FOR_REPLAY, offsetof(struct options, speed),
                "play N times as fast, from 0.25 on: a conversation up to 64, a script up to 1000, whose waits for "
                "replies stay as they are"},
        {0, "cast", "FILE", FOR_DEMO | FOR_REPLAY, offsetof(struct options, cast),
                "play to this new file (-: standard output), an asciicast that asciinema plays, instead of on the "
                "terminal"},
        {0, "size", "COLSxROWS", FOR_DEMO | FOR_REPLAY, offsetof(struct options, size),
                "how large the screen of --cast is (default: 80x24)"},
        {0, "test", NULL, FOR_KEYS, offsetof(struct options, test_keys),
                "show what the terminal sends for each key pressed, and its action"},
        {0, "limit", "N", FOR_LIST | FOR_SEARCH, offsetof(struct options, limit),
                "show at most N; 0: all (default: all, search 50)"},
        {0, "tag", "TAG", FOR_LIST | FOR_SEARCH | OPTION_REPEATS, offsetof(struct options, tags),
                "conversations with this tag, or one below it; given again: with all of them"},
        {0, "archived", NULL, FOR_LIST, offsetof(struct options, archived), "list archived conversations"},
        {0, "all", NULL, FOR_EXPORT, offsetof(struct options, all), "every conversation, archived ones too"},
        {0, "format", "FORMAT", FOR_EXPORT, offsetof(struct options, format),
                "md, txt or json (default: the ending of FILE, else md)"},
        {'o', "output", "FILE", FOR_EXPORT, offsetof(struct options, output), "write to this new file"},
        {0, "force", NULL, FOR_EXPORT, offsetof(struct options, force), "replace an existing file"},
        {0, "older-than", "DAYS", FOR_PRUNE, offsetof(struct options, older_than),
                "conversations last changed more than DAYS ago"},
        {0, "dry-run", NULL, FOR_IMPORT, offsetof(struct options, dry_run), "say what would come, and change nothing"},
        {'y', "yes", NULL, FOR_DELETE | FOR_PRUNE, offsetof(struct options, yes), "delete without asking"},
        {0, "database", "FILE", READING, offsetof(struct options, database),
                "read this file instead of the history: a copy, or a damaged one"},
        {0, "json", NULL, HISTORY | FOR_KEYS | FOR_MODELS, offsetof(struct options, json), "one JSON document"},
        {'h', "help", NULL, EVERY, offsetof(struct options, help), "show this"},
        {'V', "version", NULL, EVERY, offsetof(struct options, version), "show the version"},
};

enum {
	ROW_0 = 256, /* getopt's value for the long name of row i is ROW_0 + i */
};

static void
make_tables(unsigned command, char *letters, struct option *longs)
{
	*letters++ = ':';
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (!(rows[i].commands & command))
			continue;
		if (rows[i].letter)
			*letters++ = rows[i].letter;
		if (rows[i].letter && rows[i].argument)
			*letters++ = ':';
		*longs++ = (struct option){
		        rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, ROW_0 + (int)i};
	}
	*letters = '\0';
	*longs = (struct option){0};
}

static const struct option_row *
row_of(int value)
{
	if (value >= ROW_0)
		return &rows[value - ROW_0];
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (value && rows[i].letter == value)
			return &rows[i];
	return NULL;
}

static void
add(struct config_list *list, const char *argument)
{
	list->items = mem_realloc(list->items, (list->n + 1) * sizeof(*list->items));
	list->items[list->n++] = argument;
}

static void
store(struct options *o, const struct option_row *row, const char *argument)
{
	void *member = (char *)o + row->offset;

	if (row->commands & OPTION_REPEATS)
		add(member, argument);
	else if (row->argument)
		*(const char **)member = argument;
	else
		*(bool *)member = true;
}

/* getopt_long leaves in optopt the letter, the value of a long option that it knows, or 0. */
static bool
refuse(int value, const char *word, struct err *err)
{
	const struct option_row *row = row_of(optopt);

	if (value == ':' && row)
		return err_set(err, ERR_USAGE, "--%s needs a value: --%s %s", row->name, row->name, row->argument);
	if (row && optopt >= ROW_0)
		return err_set(err, ERR_USAGE, "--%s takes no value", row->name);
	if (optopt)
		return err_set(err, ERR_USAGE, "unknown option -%c: --help lists the options", optopt);
	return err_set(err, ERR_USAGE, "unknown option %s: --help lists the options", word);
}

bool
options_parse(struct options *o, int argc, char **argv, unsigned command, struct err *err)
{
	char letters[2 * ARRAY_LEN(rows) + 2];
	struct option longs[ARRAY_LEN(rows) + 1];
	int value;

	*o = (struct options){0};
	make_tables(command, letters, longs);
	opterr = 0;
	optind = 1;
	while ((value = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (value == '?' || value == ':')
			return refuse(value, argv[optind - 1], err);
		store(o, row_of(value), optarg);
	}
	o->words = argv + optind;
	o->n_words = argc - optind;
	return true;
}

void
options_release(struct options *o)
{
	free(o->config.set.items);
	free(o->files.items);
	free(o->tags.items);
}

const struct option_row *
options_table(size_t *n)
{
	*n = ARRAY_LEN(rows);
	return rows;
}

void
options_print(unsigned command)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct option_row *r = &rows[i];
		char left[64];

		if (!(r->commands & command))
			continue;
		snprintf(left, sizeof(left), "%c%c%c --%s%s%s", r->letter ? '-' : ' ', r->letter ? r->letter : ' ',
		        r->letter ? ',' : ' ', r->name, r->argument ? " " : "", r->argument ? r->argument : "");
		printf("  %-24s %s\n", left, r->help);
	}
}
