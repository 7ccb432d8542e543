/*
 * main.c - argv to a command. The one file that is not in the library that the tests link.
 */
#include "config.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "cmd/ask.h"
#include "cmd/chat.h"
#include "cmd/demo.h"
#include "cmd/doctor.h"
#include "cmd/options.h"
#include "cmd/resume.h"
#include "cmd/say.h"

static const struct command {
	const char *name;
	unsigned options;
	bool words; /* it takes words behind its options */
	int (*run)(const struct options *);
	const char *usage, *help;
} commands[] = {
        {"", FOR_CHAT, false, cmd_chat, "flynn [OPTIONS]", "chat, full screen"},
        {"ask", FOR_ASK, true, cmd_ask, "flynn ask [OPTIONS] PROMPT…",
                "ask once; the reply goes to standard output. Standard input is joined below the prompt"},
        {"resume", FOR_RESUME, true, cmd_resume, "flynn resume [OPTIONS] [ID]",
                "chat, from the last conversation on, or from that one"},
        {"demo", FOR_DEMO, false, cmd_demo, "flynn demo", "a tour of the full screen, where no server is"},
        {"doctor", FOR_DOCTOR, false, cmd_doctor, "flynn doctor [OPTIONS]",
                "check that all is well, and say what to do"},
};

static void
print_help(const struct command *command)
{
	printf("%s\n    %s\n\n", command->usage, command->help);
	options_print(command->options);
	if (command == &commands[0])
		for (size_t i = 1; i < ARRAY_LEN(commands); i++)
			printf("\n%s\n    %s\n", commands[i].usage, commands[i].help);
	printf("\nflynn(1) and flynn-config(5) tell more.\n");
}

/* A closed standard stream must not become some socket's number; this way it stays one that fails. */
static void
hold_standard_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			return;
}

/* Text is UTF-8 here, whatever LANG says or leaves open. Numbers and times stay as C has them. */
static void
set_locale(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 && !setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "");
}

/* The first word names the command; without one it is the full screen. NULL, and said why, for an unknown word. */
static const struct command *
find_command(int argc, char **argv)
{
	if (argc < 2 || argv[1][0] == '-')
		return &commands[0];
	for (size_t i = 1; i < ARRAY_LEN(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return &commands[i];
	say("there is no command \"%s\": flynn --help shows those there are (to ask something: flynn ask PROMPT…)",
	        argv[1]);
	return NULL;
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct options options;
	struct err err;

	if (!options_parse(&options, argc, argv, command->options, &err))
		return say_err(&err);
	if (options.help) {
		print_help(command);
		return 0;
	}
	if (options.version) {
		puts(PACKAGE_STRING);
		return 0;
	}
	if (!command->words && options.n_words > 0) {
		say("\"%s\" is too much: %s (to ask something: flynn ask PROMPT…)", options.words[0], command->usage);
		return err_exit_status(ERR_USAGE);
	}
	return command->run(&options);
}

int
main(int argc, char **argv)
{
	const struct command *command;

	hold_standard_streams();
	set_locale();
	command = find_command(argc, argv);
	if (!command)
		return err_exit_status(ERR_USAGE);
	if (argc > 1 && argv[1][0] != '-')
		return run(command, argc - 1, argv + 1);
	return run(command, argc, argv);
}
