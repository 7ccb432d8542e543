/*
 * main.c - argv to a command. The one file that is not in the library that the tests link.
 */
#include "config.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/own_path.h"
#include "base/thread.h"
#include "cmd/command_table.h"
#include "cmd/options.h"
#include "cmd/say.h"

static void
print_rows(const struct command *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("\n%s\n    %s\n", rows[i].usage, rows[i].help);
}

static void
print_help(const struct command *command)
{
	size_t n;

	printf("%s\n    %s\n\n", command->usage, command->help);
	options_print(command->options);
	if (!*command->name) {
		const struct command *rows = command_table(&n);

		print_rows(rows + 1, n - 1);
	}
	if (command->below) {
		const struct command *rows = command->below(&n);

		print_rows(rows, n);
	}
	printf("\nManual pages: flynn(1), flynn-history(1), flynn-config(5).\n");
}

/* A closed standard stream must not become some socket's number; this way it stays one that fails. */
static void
hold_standard_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			return;
}

/* ncurses believes these before it asks the terminal, and has no memory for a screen of 20,000 columns. */
static void
forget_size_of_environment(void)
{
	unsetenv("LINES");
	unsetenv("COLUMNS");
}

/* Text is UTF-8 here, whatever LANG says or leaves open. Numbers and times stay as C has them. */
static void
set_locale(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
}

static const struct command *
find(const struct command *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, rows[i].name) == 0)
			return &rows[i];
	return NULL;
}

static const struct command *
find_near(const char *typed)
{
	size_t n;
	const struct command *commands = command_table(&n), *nearest = NULL;

	for (size_t i = 1; i < n; i++)
		if (nearest_is_near(typed, commands[i].name) &&
		        (!nearest ||
		                nearest_distance(typed, commands[i].name) < nearest_distance(typed, nearest->name)))
			nearest = &commands[i];
	return nearest;
}

static void
say_unknown(const char *typed)
{
	const struct command *near = find_near(typed);

	if (near)
		say("there is no command \"%s\": did you mean flynn %s? flynn --help lists them all", typed,
		        near->name);
	else
		say("there is no command \"%s\": flynn --help lists them (to ask something: flynn ask PROMPT…)", typed);
}

/* The first word names the command, and the next one that below it, where it has any; without one it is the full screen.
 * Moves on to the last name. NULL, and said why, for an unknown word. */
static const struct command *
find_command(int *argc, char ***argv)
{
	size_t n;
	const struct command *commands = command_table(&n), *command, *below;

	if (*argc < 2 || (*argv)[1][0] == '-')
		return &commands[0];
	command = find(commands + 1, n - 1, (*argv)[1]);
	if (!command) {
		say_unknown((*argv)[1]);
		return NULL;
	}
	--*argc;
	++*argv;
	if (!command->below || *argc < 2)
		return command;
	below = command->below(&n);
	below = find(below, n, (*argv)[1]);
	if (!below)
		return command;
	--*argc;
	++*argv;
	return below;
}

/* False, and said why: too many words, or too few. */
static bool
has_its_words(const struct command *command, const struct options *o)
{
	size_t n;
	const struct command *commands = command_table(&n);

	if (o->n_words < command->least_words)
		say("missing argument: %s", command->usage);
	else if (command->most_words >= 0 && o->n_words > command->most_words)
		say("unexpected argument \"%s\": %s%s", o->words[command->most_words], command->usage,
		        find(commands, n, command->name) ? " (to ask something: flynn ask PROMPT…)" : "");
	else
		return true;
	return false;
}

static int
run_with(const struct command *command, const struct options *options)
{
	if (options->help) {
		print_help(command);
		return 0;
	}
	if (options->version) {
		puts(PACKAGE_STRING);
		return 0;
	}
	if (!has_its_words(command, options))
		return err_exit_status(ERR_USAGE);
	return command->run(options);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct options options;
	struct err err;
	int status = options_parse(&options, argc, argv, command->options, &err) ? run_with(command, &options)
	                                                                         : say_err(&err);

	options_release(&options);
	return status;
}

/* See thread_any_left. */
static _Noreturn void
leave_now(int status)
{
	fflush(stdout); /* any other file may be locked by such a thread */
	_exit(status);
}

int
main(int argc, char **argv)
{
	const struct command *command;
	int status;

	hold_standard_streams();
	own_path_init(argc > 0 ? argv[0] : NULL);
	mem_return_large();
	forget_size_of_environment();
	set_locale();
	command = find_command(&argc, &argv);
	status = command ? run(command, argc, argv) : err_exit_status(ERR_USAGE);
	if (thread_any_left())
		leave_now(status);
	return status;
}
