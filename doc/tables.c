/*
 * tables.c - tables of the manual pages, as mdoc, from the tables of the program: `tables NAME` writes one to standard
 * output. doc/tables.sh puts them into the pages; tests/manual.sh checks that they are there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "cmd/options.h"
#include "config/file.h"
#include "llama/parameter.h"
#include "screen/actions.h"
#include "screen/commands.h"

/* ---- mdoc ---- */

/* A word that no macro takes for one of its own, or for punctuation. */
static void
put_word(const char *word)
{
	if (strlen(word) < 3 || strchr(".'\\-", *word))
		fputs("\\&", stdout);
	for (; *word; word++)
		fputs(*word == '\\' ? "\\e" : *word == '"' ? "\\(dq" : (char[]){*word, '\0'}, stdout);
}

/* A line of text. */
static void
put_line(const char *text)
{
	fputs(strchr(".'", *text) ? "\\&" : "", stdout);
	for (; *text; text++)
		fputs(*text == '\\' ? "\\e" : (char[]){*text, '\0'}, stdout);
	putchar('\n');
}

static void
begin_list(const char *widest)
{
	printf(".Bl -tag -width \"%s\" -compact\n", widest);
}

/* ---- keys ---- */

/* Digits in a row are one thing for whoever reads them. */
static bool
is_inner_digit(const struct binding *b)
{
	return b->n_keys == 1 && b->keys[0].code > '1' && b->keys[0].code < '9';
}

static void
put_keys(const struct keymap *map, enum key_context context, const struct action *action)
{
	const char *before = "";

	for (size_t i = 0; i < map->n; i++) {
		const struct binding *b = &map->bindings[i];
		struct buf keys = {0};

		if (b->context != context || b->action != action || is_inner_digit(b))
			continue;
		keymap_say_keys(b, &keys);
		fputs(b->n_keys == 1 && b->keys[0].code == '9' ? " No to Ic " : before, stdout);
		put_word(buf_text(&keys));
		before = " , ";
		buf_release(&keys);
	}
}

static bool
has_keys(const struct keymap *map, enum key_context context, const struct action *action)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].context == context && map->bindings[i].action == action)
			return true;
	return false;
}

static void
put_context(const struct keymap *map, enum key_context context)
{
	printf(".Ss \\&%s\n", keymap_heading(context));
	begin_list("Page Up, Page Down");
	for (size_t i = 0; i < map->n_actions; i++) {
		if (!has_keys(map, context, &map->actions[i]))
			continue;
		fputs(".It Ic ", stdout);
		put_keys(map, context, &map->actions[i]);
		putchar('\n');
		put_line(map->actions[i].help);
	}
	puts(".El");
}

static void
put_all_keys(void)
{
	struct keymap map;
	struct err err;

	if (!actions_keymap(&map, NULL, &err))
		return;
	for (int i = 0; i < N_CONTEXTS; i++)
		put_context(&map, (enum key_context)i);
	keymap_release(&map);
}

static void
put_contexts(void)
{
	begin_list("transcript");
	for (int i = 0; i < N_CONTEXTS; i++) {
		printf(".It Ic %s\n", keymap_context_name((enum key_context)i));
		put_line(keymap_heading((enum key_context)i));
	}
	puts(".El");
}

static void
put_actions(void)
{
	struct keymap map;
	struct err err;

	if (!actions_keymap(&map, NULL, &err))
		return;
	begin_list("browser-page-down");
	for (size_t i = 0; i < map.n_actions; i++) {
		printf(".It Ic %s\n", map.actions[i].name);
		put_line(map.actions[i].help);
	}
	puts(".El");
	keymap_release(&map);
}

/* ---- commands ---- */

/* "[prompt]" may be left out, "n prompt" may not. */
static void
put_argument(const char *argument)
{
	if (*argument == '[')
		printf(" Op Ar %.*s", (int)strlen(argument) - 2, argument + 1);
	else if (*argument)
		printf(" Ar %s", argument);
}

static void
put_commands(void)
{
	const struct commands commands = commands_table();
	const struct command *table = commands.rows;

	begin_list("/system [text]");
	for (size_t i = 0; i < commands.n; i++) {
		printf(".It Ic /%s", table[i].name);
		for (size_t j = 0; j < COMMAND_ALIASES_MAX && table[i].aliases[j]; j++)
			printf(" , /%s%s", table[i].aliases[j], strcmp(table[i].aliases[j], "?") == 0 ? "\\&" : "");
		put_argument(table[i].argument);
		putchar('\n');
		put_line(table[i].help);
	}
	puts(".El");
}

/* ---- options ---- */

enum {
	SCREEN = FOR_CHAT | FOR_RESUME,
	HERE = SCREEN | FOR_ASK | FOR_DOCTOR | FOR_KEYS | FOR_DEMO | FOR_REPLAY, /* not those of flynn-history(1) */
};

/* Where an option does not belong to the full screen: the command that it does belong to. */
static void
put_command_of(unsigned commands)
{
	static const struct {
		unsigned command;
		const char *name;
	} names[] = {{FOR_ASK, "ask"}, {FOR_DOCTOR, "doctor"}, {FOR_KEYS, "keys"}, {FOR_DEMO, "demo"},
	        {FOR_REPLAY, "replay"}};

	for (size_t i = 0; !(commands & SCREEN) && i < ARRAY_LEN(names); i++)
		if (commands & names[i].command)
			printf(".Pq Cm %s\n", names[i].name);
}

static void
put_options(void)
{
	size_t n;
	const struct option_row *rows = options_table(&n);

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		if (!(rows[i].commands & HERE))
			continue;
		fputs(".It ", stdout);
		if (rows[i].letter)
			printf("Fl %c , ", rows[i].letter);
		printf("Fl -%s", rows[i].name);
		if (rows[i].argument)
			printf(" Ar %s", rows[i].argument);
		putchar('\n');
		put_command_of(rows[i].commands);
		put_line(rows[i].help);
	}
	puts(".El");
}

/* ---- parameters ---- */

static void
put_parameters(void)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++) {
		char *takes = parameter_takes(&table[i]);

		if (i == 0 || table[i].group != table[i - 1].group) {
			printf("%s%s:\n", i == 0 ? "" : ".El\n.Pp\n", parameter_group_heading(table[i].group));
			begin_list("frequency_penalty");
		}
		printf(".It Ic %s\n", table[i].name);
		put_line(table[i].help);
		printf("\\(en ");
		put_line(takes);
		free(takes);
	}
	puts(".El");
}

/* For scripts: a line each of name, type, the least value, a step, and the first two choices, "-" where there is none. */
static void
put_parameter_lines(void)
{
	static const char *const types[] = {[PARAMETER_NUMBER] = "number",
	        [PARAMETER_INTEGER] = "integer",
	        [PARAMETER_SWITCH] = "switch",
	        [PARAMETER_CHOICE] = "choice",
	        [PARAMETER_TEXT] = "text",
	        [PARAMETER_LIST] = "list",
	        [PARAMETER_BIAS] = "bias",
	        [PARAMETER_OBJECT] = "object"};
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++) {
		const char *const *choices = table[i].choices;

		printf("%s %s %g %g %s %s\n", table[i].name, types[table[i].type], table[i].least, table[i].step,
		        choices ? choices[0] : "-", choices ? choices[1] : "-");
	}
}

/* ---- parameters as Markdown ---- */

static void
put_cell(const char *text)
{
	for (; *text; text++)
		fputs(*text == '|' ? "\\|" : *text == '<' ? "&lt;" : (char[]){*text, '\0'}, stdout);
}

static void
put_parameters_page(void)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++) {
		char *takes = parameter_takes(&table[i]);

		if (i == 0 || table[i].group != table[i - 1].group)
			printf("%s### %s\n\n| name | takes | what it does |\n| --- | --- | --- |\n", i == 0 ? "" : "\n",
			        parameter_group_heading(table[i].group));
		printf("| `%s` | ", table[i].name);
		put_cell(takes);
		fputs(" | ", stdout);
		put_cell(table[i].help);
		puts(" |");
		free(takes);
	}
}

/* ---- the configuration ---- */

static void
put_config_keys(void)
{
	const char *heading, *key;

	for (size_t i = 0; (key = file_key(i, &heading)) != NULL; i++)
		printf("%s\t%s\n", heading, key);
}

static const struct {
	const char *name;
	void (*put)(void);
} tables[] = {
        {"keys", put_all_keys},
        {"contexts", put_contexts},
        {"actions", put_actions},
        {"commands", put_commands},
        {"options", put_options},
        {"parameters", put_parameters},
        {"parameter-lines", put_parameter_lines},
        {"parameters-page", put_parameters_page},
        {"config-keys", put_config_keys},
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(tables); i++)
		if (strcmp(argv[1], tables[i].name) == 0) {
			tables[i].put();
			return ferror(stdout) || fflush(stdout) ? 1 : 0;
		}
	fputs("tables: which one? The table at the end of doc/tables.c names them\n", stderr);
	return 2;
}
