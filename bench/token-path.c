/*
 * token-path.c - streams a reply into a flynn that callgrind watches, and has it count from the second row of the reply on: what is in its
 * file afterwards is what tokens pass through. bench/token-path.sh makes src/token_path.ld of it.
 *
 * Usage: token-path FLYNN FILE
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "rig.h"
#include "setup.h"

enum {
	FIRST = 20,   /* tokens that are not counted */
	TOKENS = 400, /* that are; bench/token-path.sh knows how many */
	TOKEN_MS = 10,
	PARAGRAPH = 40,
	START_MS = 8000,
	MS = 1000000,
};

static struct rig rig = {.slow = true};

static void
wait_ms(int ms)
{
	rig_run(&rig, clock_ns() + (int64_t)ms * MS);
}

static void
send_tokens(size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rig_token_in(&rig, "", i % PARAGRAPH == PARAGRAPH - 1 ? ".\\n\\n" : " ");
		wait_ms(TOKEN_MS);
	}
}

static bool
count(const char *how)
{
	char *command = mem_printf("callgrind_control --instr=%s %d >&2", how, (int)rig.pid);
	int status = system(command);

	free(command);
	return status == 0;
}

static bool
stream(void)
{
	bool good;

	wait_ms(START_MS);
	if (!rig_ask(&rig))
		return false;
	send_tokens(FIRST);
	good = count("on");
	if (good)
		send_tokens(TOKENS);
	good = good && count("off");
	rig_end(&rig);
	wait_ms(TOKEN_MS);
	return good;
}

int
main(int argc, char **argv)
{
	char *file = argc == 3 ? mem_printf("--callgrind-out-file=%s", argv[2]) : NULL, *home;
	const char *words[] = {
	        "--quiet", "--tool=callgrind", "--instr-atstart=no", file, argc == 3 ? argv[1] : "", "-e", NULL};
	bool good = false;

	if (!file) {
		fputs("usage: token-path FLYNN FILE\n", stderr);
		return 2;
	}
	setup_environment();
	home = setup_history();
	if (home && rig_start(&rig, "valgrind", words)) {
		good = stream();
		rig_stop(&rig);
	}
	setup_remove_history(home);
	free(file);
	if (!good)
		fputs("token-path: no profile was made\n", stderr);
	return !good;
}
