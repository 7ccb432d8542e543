/*
 * generate.c - completions for shells, from the tables of the program: `generate bash`, `zsh` or `fish` writes the file to standard
 * output. `make manual` writes them anew; tests/completions.sh checks that they are there, and tries them.
 *
 * Each shell is told the same: which commands there are, which options each takes, and what an option's or a command's own word is: a
 * file, the number of a conversation, a parameter, or something that cannot be completed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "cmd/command_table.h"
#include "cmd/options.h"
#include "llama/parameter.h"

/* ---- what the tables say ---- */

enum value {
	VALUE_NONE, /* a switch, or no words */
	VALUE_FREE,
	VALUE_FILE,
	VALUE_ID, /* of a conversation */
	VALUE_PARAMETER,
	VALUE_FORMAT,
	VALUE_MODEL,
	VALUE_PRESET,
	VALUE_TAG,
	VALUE_CHOICE, /* of those in the usage: "models|presets" */
};

/* What `flynn names` lists of each. */
static const char *const names[] = {[VALUE_MODEL] = "models", [VALUE_PRESET] = "presets", [VALUE_TAG] = "tags"};

static bool
is_named(enum value value)
{
	return value < ARRAY_LEN(names) && names[value];
}

static enum value
value_of(const struct option_row *row)
{
	if (!row->argument)
		return VALUE_NONE;
	if (strcmp(row->argument, "FILE") == 0)
		return VALUE_FILE;
	if (strcmp(row->argument, "NAME=VALUE") == 0)
		return VALUE_PARAMETER;
	if (strcmp(row->argument, "FORMAT") == 0)
		return VALUE_FORMAT;
	if (strcmp(row->name, "model") == 0)
		return VALUE_MODEL;
	if (strcmp(row->name, "tag") == 0)
		return VALUE_TAG;
	return strcmp(row->name, "preset") == 0 ? VALUE_PRESET : VALUE_FREE;
}

/* The usage's last word. */
static enum value
words_of(const struct command *command)
{
	const char *last = strrchr(command->usage, ' ');

	if (strstr(last, "FILE"))
		return VALUE_FILE;
	if (strstr(last, "ID"))
		return VALUE_ID;
	if (strchr(last, '|'))
		return VALUE_CHOICE;
	return command->most_words == 0 || command->below ? VALUE_NONE : VALUE_FREE;
}

/* "models presets" */
static void
put_choices(const struct command *command)
{
	for (const char *c = strrchr(command->usage, ' ') + 1; *c; c++)
		putchar(*c == '|' ? ' ' : *c);
}

/* Calls `put` for each command, and for those below it, with the name of the one that they are below ("": none). */
static void
each_command(void (*put)(const char *above, const struct command *))
{
	size_t n, n_below;
	const struct command *rows = command_table(&n);

	for (size_t i = 0; i < n; i++) {
		const struct command *below = rows[i].below ? rows[i].below(&n_below) : NULL;

		put("", &rows[i]);
		for (size_t j = 0; below && j < n_below; j++)
			put(rows[i].name, &below[j]);
	}
}

/* "history list" */
static void
put_name(const char *above, const struct command *command)
{
	printf("%s%s%s", above, *above ? " " : "", command->name);
}

static void
put_parameters(const char *before, const char *after)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++)
		printf("%s%s%s", i > 0 ? before : "", table[i].name, after);
}

/* Without what stands in the way of a shell's quotes and lists; a help of the table is one line. */
static void
put_help(const char *help, const char *escaped)
{
	for (; *help; help++)
		if (*help == '\'')
			fputs("'\\''", stdout);
		else
			printf("%s%c", strchr(escaped, *help) ? "\\" : "", *help);
}

/* The commands of two words, as a case or a list has them. */
static const char *between;

static void
put_below(const char *above, const struct command *command)
{
	static bool later;

	if (!*above)
		return;
	printf("%s'", later ? between : "");
	put_name(above, command);
	putchar('\'');
	later = true;
}

static const char head[] = "# Made by completions/generate of flynn's tables: make manual writes it anew.\n";

/* ---- bash ---- */

static void
put_bash_options(unsigned of)
{
	size_t n;
	const struct option_row *rows = options_table(&n);

	for (size_t i = 0; i < n; i++) {
		if (!(rows[i].commands & of))
			continue;
		if (rows[i].letter)
			printf(" -%c", rows[i].letter);
		printf(" --%s", rows[i].name);
	}
}

static void
put_bash_command(const char *above, const struct command *command)
{
	static const char *const words[] = {
	        [VALUE_NONE] = "", [VALUE_FREE] = "", [VALUE_FILE] = "file", [VALUE_ID] = "id", [VALUE_CHOICE] = ""};
	size_t n = 0;
	const struct command *below = command->below ? command->below(&n) : NULL;

	printf("\t'");
	put_name(above, command);
	printf("')\n\t\toptions='");
	put_bash_options(command->options);
	printf("' words='%s' below='", words[words_of(command)]);
	for (size_t i = 0; i < n; i++)
		printf("%s%s", i > 0 ? " " : "", below[i].name);
	if (words_of(command) == VALUE_CHOICE)
		put_choices(command);
	puts("'\n\t\t;;");
}

static void
put_bash_case(enum value value, const char *kind)
{
	size_t n;
	const struct option_row *rows = options_table(&n);
	const char *before = "\t";

	for (size_t i = 0; i < n; i++) {
		if (value_of(&rows[i]) != value)
			continue;
		if (rows[i].letter)
			printf("%s-%c", before, rows[i].letter), before = " | ";
		printf("%s--%s", before, rows[i].name);
		before = " | ";
	}
	printf(") kind=%s ;;\n", kind);
}

/* A name may have spaces, and signs of the shell. */
static void
put_bash_names(void)
{
	fputs("\t", stdout);
	for (size_t i = 0, n = 0; i < ARRAY_LEN(names); i++)
		if (names[i])
			printf("%s%s", n++ > 0 ? " | " : "", names[i]);
	puts(")\n\t\twhile IFS= read -r name; do\n\t\t\tname=$(printf %q \"$name\")\n\t\t\tcase $name in\n"
	     "\t\t\t\"$before$cur\"*) COMPREPLY+=(\"${name#\"$before\"}\") ;;\n\t\t\tesac\n"
	     "\t\tdone < <(flynn names $kind 2>/dev/null)\n\t\t;;");
}

static void
put_bash(void)
{
	size_t n;
	const struct command *rows = command_table(&n);

	fputs(head, stdout);
	fputs("# For bash 3.2 and later.\n\n_flynn()\n{\n\tlocal cur=${2-} prev=${3-} command='' options='' words='' "
	      "below='' "
	      "kind='' name at=$COMP_CWORD before=''\n\tlocal IFS=$' \\t\\n'\n\n\t[ \"$COMP_CWORD\" -le 1 ] || case "
	      "${COMP_WORDS[1]} in\n\t-*) "
	      ";;\n"
	      "\t*) command=${COMP_WORDS[1]} ;;\n\tesac\n\t[ \"$COMP_CWORD\" -le 2 ] || case $command' "
	      "'${COMP_WORDS[2]} "
	      "in\n\t",
	        stdout);
	between = " | ";
	each_command(put_below);
	puts(") command=$command' '${COMP_WORDS[2]} ;;\n\tesac\n\tcase $command in");
	each_command(put_bash_command);
	fputs("\t*) return ;;\n\tesac\n\t[ \"$COMP_CWORD\" -gt 1 ] || below='", stdout);
	for (size_t i = 1; i < n; i++)
		printf("%s%s", i > 1 ? " " : "", rows[i].name);
	puts("'\n\t# NAME=VALUE is three words here, --option=VALUE and a:b too.\n"
	     "\t[ \"$cur\" != : ] || cur=''\n"
	     "\t[ \"${COMP_WORDS[at]-}\" != : ] || before=:\n"
	     "\twhile [ \"$at\" -gt 1 ] && { [ \"${COMP_WORDS[at]}\" = : ] || [ \"${COMP_WORDS[at - 1]}\" = : ]; }; "
	     "do\n"
	     "\t\tat=$((at - 1)) before=${COMP_WORDS[at]}$before prev=${COMP_WORDS[at - 1]}\n\tdone\n"
	     "\t[ \"$prev\" != = ] || prev=${COMP_WORDS[at - 2]}\n\t[ \"$cur\" != = ] || cur=''\n\tcase $prev in");
	put_bash_case(VALUE_FILE, "file");
	put_bash_case(VALUE_PARAMETER, "parameter");
	put_bash_case(VALUE_FORMAT, "format");
	put_bash_case(VALUE_FREE, "free");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i])
			put_bash_case((enum value)i, names[i]);
	puts("\tesac\n\tcase $kind,$cur in\n\t,-*) kind=option ;;\n\t,*) kind=${below:+below} kind=${kind:-$words} ;;\n"
	     "\tesac\n\tCOMPREPLY=()\n\tcase $kind in\n\toption) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) "
	     ";;\n"
	     "\tbelow) COMPREPLY=($(compgen -W \"$below\" -- \"$cur\")) ;;\n"
	     "\tid) COMPREPLY=($(compgen -W \"$(flynn history list 2>/dev/null | awk '$1 ~ /^[0-9]+$/ {print $1}')\" "
	     "-- "
	     "\"$cur\")) ;;\n\tformat) COMPREPLY=($(compgen -W 'md txt json' -- \"$cur\")) ;;\n\tparameter)");
	fputs("\t\tCOMPREPLY=($(compgen -W '", stdout);
	put_parameters(" ", "=");
	puts("' -- \"$cur\"))\n\t\tcompopt -o nospace 2>/dev/null\n\t\t;;\n\tfile)\n\t\tIFS=$'\\n'\n"
	     "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n\t\tcompopt -o filenames 2>/dev/null\n\t\t;;");
	put_bash_names();
	puts("\tesac\n}\n\n"
	     "complete -F _flynn flynn");
}

/* ---- zsh ---- */

static void
put_zsh_action(enum value value)
{
	static const char *const actions[] = {[VALUE_NONE] = "",
	        [VALUE_FREE] = "",
	        [VALUE_FILE] = "_files",
	        [VALUE_ID] = "_flynn_ids",
	        [VALUE_PARAMETER] = "_flynn_parameters",
	        [VALUE_FORMAT] = "(md txt json)"};

	if (is_named(value)) {
		printf("_flynn_names %s", names[value]);
		return;
	}
	fputs(actions[value], stdout);
}

static void
put_zsh_option(const struct option_row *row)
{
	const char *repeats = row->commands & OPTION_REPEATS ? "*" : "";

	fputs(" \\\n\t\t\t", stdout);
	if (row->letter && *repeats)
		printf("'*'");
	else if (row->letter)
		printf("'(-%c --%s)'", row->letter, row->name);
	if (row->letter)
		printf("{-%c%s,--%s%s}'[", row->letter, row->argument ? "+" : "", row->name, row->argument ? "=" : "");
	else
		printf("'%s--%s%s[", repeats, row->name, row->argument ? "=" : "");
	put_help(row->help, "[]:\\");
	putchar(']');
	if (row->argument) {
		printf(":%s:", row->argument);
		put_zsh_action(value_of(row));
	}
	putchar('\'');
}

static void
put_zsh_command(const char *above, const struct command *command)
{
	size_t n, n_below = 0;
	const struct option_row *rows = options_table(&n);
	const struct command *below = command->below ? command->below(&n_below) : NULL;

	fputs("\t'", stdout);
	put_name(above, command);
	fputs("')\n\t\t_arguments -s -S", stdout);
	for (size_t i = 0; i < n; i++)
		if (rows[i].commands & command->options)
			put_zsh_option(&rows[i]);
	if (below) {
		printf(" \\\n\t\t\t'1:command:((");
		for (size_t i = 0; i < n_below; i++) {
			printf("%s%s\\:\"", i > 0 ? " " : "", below[i].name);
			put_help(below[i].help, "\"()[]:\\");
			putchar('"');
		}
		printf("))'");
	} else if (words_of(command) != VALUE_NONE) {
		printf(" \\\n\t\t\t'*:%s:", strrchr(command->usage, ' ') + 1);
		if (words_of(command) == VALUE_CHOICE) {
			putchar('(');
			put_choices(command);
			putchar(')');
		} else {
			put_zsh_action(words_of(command));
		}
		putchar('\'');
	}
	puts("\n\t\t;;");
}

static void
put_zsh(void)
{
	size_t n;
	const struct command *rows = command_table(&n);

	puts("#compdef flynn");
	fputs(head, stdout);
	fputs("\n_flynn_ids()\n{\n\tlocal -a ids\n\n\tids=(${(f)\"$(flynn history list 2>/dev/null |\n"
	      "\t\tawk '$1 ~ /^[0-9]+$/ {id = $1; $1 = $2 = $3 = $4 = \"\"; sub(/^ */, \"\"); gsub(/:/, \"\\\\:\"); "
	      "print id "
	      "\":\" $0}')\"})\n\t_describe -V conversation ids\n}\n\n_flynn_parameters()\n{\n\tif compset -P '*='; "
	      "then\n"
	      "\t\t_message value\n\telse\n\t\tcompadd -S '' -- ",
	        stdout);
	put_parameters(" ", "=");
	fputs("\n\tfi\n}\n\n_flynn_names()\n{\n\tcompadd \"${(@)argv[1,-2]}\" -- "
	      "${(f)\"$(flynn names $argv[-1] 2>/dev/null)\"}\n}\n\n_flynn()\n{\n\tlocal command=''\n\tlocal -a "
	      "commands\n\n\tif ((CURRENT == 2)) && "
	      "[[ "
	      "$words[2] "
	      "!= -* ]]; then\n\t\tcommands=(",
	        stdout);
	for (size_t i = 1; i < n; i++) {
		printf("\n\t\t\t'%s:", rows[i].name);
		put_help(rows[i].help, ":\\");
		putchar('\'');
	}
	fputs("\n\t\t)\n\t\t_describe command commands\n\t\treturn\n\tfi\n\tif ((CURRENT > 2)) && [[ $words[2] != -* "
	      "]]; "
	      "then\n\t\tcommand=$words[2]\n\t\tshift words\n\t\t((CURRENT--))\n\tfi\n\tcase $command' '$words[2] "
	      "in\n\t",
	        stdout);
	between = " | ";
	each_command(put_below);
	puts(")\n\t\tif ((CURRENT > 2)); then\n\t\t\tcommand=$command' '$words[2]\n\t\t\tshift "
	     "words\n\t\t\t((CURRENT--))\n"
	     "\t\tfi\n\t\t;;\n\tesac\n\tcase $command in");
	each_command(put_zsh_command);
	puts("\tesac\n}\n\n_flynn \"$@\"");
}

/* ---- fish ---- */

static void
put_fish_words(const char *above, const struct command *command)
{
	enum value value = words_of(command);

	if (value != VALUE_FILE && value != VALUE_ID && value != VALUE_CHOICE)
		return;
	fputs("complete -c flynn -n \"__flynn_is '", stdout);
	put_name(above, command);
	if (value == VALUE_CHOICE) {
		printf("'; and __flynn_begins\" -a '");
		put_choices(command);
		puts("'");
		return;
	}
	puts(value == VALUE_FILE ? "'\" -F" : "'\" -k -a '(__flynn_ids)'");
}

static void
put_fish_name(const char *above, const struct command *command)
{
	if (!*command->name)
		return;
	printf("complete -c flynn -n \"__flynn_is '%s'; and __flynn_begins\" -a %s -d '", above, command->name);
	put_help(command->help, "\\");
	puts("'");
}

/* The commands that take an option of the table. */
static const struct option_row *asked;

static void
put_fish_taker(const char *above, const struct command *command)
{
	static const struct option_row *last;

	if (!(command->options & asked->commands))
		return;
	printf("%s'", last == asked ? " " : "");
	put_name(above, command);
	putchar('\'');
	last = asked;
}

static void
put_fish_option(const struct option_row *row)
{
	static const char *const values[] = {[VALUE_NONE] = "",
	        [VALUE_FREE] = " -x",
	        [VALUE_FILE] = " -r -F",
	        [VALUE_ID] = " -x",
	        [VALUE_PARAMETER] = " -x -a '(__flynn_parameters)'",
	        [VALUE_FORMAT] = " -x -a 'md txt json'"};
	enum value value = value_of(row);

	asked = row;
	fputs("complete -c flynn -n \"__flynn_is ", stdout);
	each_command(put_fish_taker);
	putchar('"');
	if (row->letter)
		printf(" -s %c", row->letter);
	printf(" -l %s", row->name);
	if (is_named(value))
		printf(" -x -a '(flynn names %s 2>/dev/null)' -d '", names[value]);
	else
		printf("%s -d '", values[value]);
	put_help(row->help, "\\");
	puts("'");
}

static void
put_fish(void)
{
	size_t n;
	const struct option_row *rows = options_table(&n);

	fputs(head, stdout);
	fputs("\nfunction __flynn_command\n\tset -l words (commandline -opc)\n\tset -l command ''\n"
	      "\tif set -q words[2]; and not string match -q -- '-*' $words[2]\n\t\tset command $words[2]\n"
	      "\t\tif set -q words[3]; and contains -- \"$words[2] $words[3]\" ",
	        stdout);
	between = " ";
	each_command(put_below);
	puts("\n\t\t\tset command \"$words[2] $words[3]\"\n\t\tend\n\tend\n\techo $command\nend\n\n"
	     "function __flynn_is\n\tset -l command (__flynn_command)\n\tcontains -- \"$command\" $argv\nend\n\n"
	     "# No word stands after the command but the one that is completed.\n"
	     "function __flynn_begins\n\tset -l words (commandline -opc)\n"
	     "\ttest (count $words) -eq (math 1 + (count (string split -n ' ' -- (__flynn_command))))\nend\n\n"
	     "function __flynn_ids\n\tflynn history list 2>/dev/null | string match -r '^ *[0-9]+ .*' | string replace "
	     "-r "
	     "'^ *([0-9]+) +[^ ]+ +[^ ]+ +[0-9]+ +' '$1\\t'\nend\n\nfunction __flynn_parameters");
	fputs("\tprintf '%s\\n' ", stdout);
	put_parameters(" ", "=");
	puts("\nend\n\ncomplete -c flynn -f");
	each_command(put_fish_name);
	each_command(put_fish_words);
	for (size_t i = 0; i < n; i++)
		put_fish_option(&rows[i]);
}

static const struct {
	const char *name;
	void (*put)(void);
} shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(shells); i++)
		if (strcmp(argv[1], shells[i].name) == 0) {
			shells[i].put();
			return ferror(stdout) || fflush(stdout) ? 1 : 0;
		}
	fputs("generate: bash, zsh or fish?\n", stderr);
	return 2;
}
