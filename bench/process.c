/*
 * process.c - the processor clock, and numbers in /proc.
 */
#include "process.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

double
process_cpu_ms(pid_t pid)
{
	struct timespec t = {0, 0};
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) == 0)
		clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double
process_first_ms(pid_t pid)
{
	char *path = mem_printf("/proc/%d/schedstat", (int)pid);
	FILE *f = fopen(path, "r");
	double ns = 0;

	if (f && fscanf(f, "%lf", &ns) != 1)
		ns = 0;
	if (f)
		fclose(f);
	free(path);
	return ns / 1e6;
}

/* A number of a file in /proc, by its name; -1: not there. */
static long
read_number(const char *path, const char *name)
{
	FILE *f = fopen(path, "r");
	char line[256];
	long n = -1;

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, name, strlen(name)) == 0)
			n = atol(line + strlen(name));
	if (f)
		fclose(f);
	return n;
}

static long
status_number(pid_t pid, const char *name)
{
	char *path = mem_printf("/proc/%d/status", (int)pid);
	long n = read_number(path, name);

	free(path);
	return n;
}

long
process_resident_kib(pid_t pid)
{
	return status_number(pid, "VmRSS:");
}

long
process_peak_kib(pid_t pid)
{
	return status_number(pid, "VmHWM:");
}

/* A line of smaps that begins a mapping has its addresses before its name; a shared library is named lib….so or lib….so.4. */
static bool
begins_mapping(const char *line, bool *library)
{
	size_t address = strspn(line, "0123456789abcdef");

	if (line[address] != '-')
		return false;
	*library = strstr(line, ".so\n") || strstr(line, ".so.");
	return true;
}

long
process_own_kib(pid_t pid)
{
	char *path = mem_printf("/proc/%d/smaps", (int)pid), line[1024];
	FILE *f = fopen(path, "r");
	long own = f ? 0 : -1, kib;
	bool library = false;

	while (f && fgets(line, sizeof(line), f))
		if (!begins_mapping(line, &library) &&
		        sscanf(line, library ? "Private_Dirty: %ld" : "Rss: %ld", &kib) == 1)
			own += kib;
	if (f)
		fclose(f);
	free(path);
	return own;
}

void
process_waits(pid_t pid, long *first, long *others)
{
	char *folder = mem_printf("/proc/%d/task", (int)pid);
	DIR *tasks = opendir(folder);
	struct dirent *task;

	*first = *others = 0;
	while (tasks && (task = readdir(tasks))) {
		char *path = mem_printf("%s/%s/status", folder, task->d_name);
		long waits = read_number(path, "voluntary_ctxt_switches:");

		*(atoi(task->d_name) == pid ? first : others) += waits > 0 ? waits : 0;
		free(path);
	}
	if (tasks)
		closedir(tasks);
	free(folder);
}
