/*
 * setup.h - what several benchmarks begin with.
 */
#ifndef FLYNN_BENCH_SETUP_H
#define FLYNN_BENCH_SETUP_H

#include <stdbool.h>
#include <stddef.h>

/* Nobody's configuration, and the terminal that most have. */
void setup_environment(void);

/* A benchmark that can be run in parts. */
struct part {
	const char *name;
	bool (*run)(void);
};

/* Those that are named (up to a NULL), or all; false: one failed. */
bool setup_run(const struct part *, size_t n, char **names);

/* A history of its own for the programs that are started from now on: its folder, for setup_remove_history, which puts
 * things back as they were. NULL: it cannot be made. */
char *setup_history(void);
void setup_remove_history(char *takes);

/* The file's pages leave the cache of the operating system, as far as it listens. */
void setup_make_cold(const char *path);

#endif
