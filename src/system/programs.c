/*
 * programs.c - processes with files without a name for input and errors.
 */
#include "system/programs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/memory_file.h"
#include "base/whole.h"
#include "base/shell.h"

enum {
	ERRORS_MAX = 200,
};

void
programs_release(struct programs *c)
{
	for (size_t i = 0; i < c->n; i++)
		close(c->jobs[i].errors);
	free(c->jobs);
	*c = (struct programs){0};
}

/* ---- starting ---- */

/* In the child, where nothing may be allocated: it has all memory of flynn, so it writes the input itself, which may be long. */
static bool
write_input(const struct program *p, int input)
{
	static const char why[] = "no room for its input";

	if (whole_write(input, p->input, p->n) && lseek(input, 0, SEEK_SET) == 0)
		return true;
	(void)!write(STDERR_FILENO, why, strlen(why));
	return false;
}

/* The same. In a session of its own it cannot write to the terminal. */
static void
run_job(const char *command, const struct program *p, int input, int errors, char *const *environment)
{
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

	setsid();
	if (dup2(input, STDIN_FILENO) >= 0 && dup2(nothing, STDOUT_FILENO) >= 0 && dup2(errors, STDERR_FILENO) >= 0 &&
	        write_input(p, input))
		shell_run(command, p->argument, environment);
	_exit(SHELL_NOT_FOUND);
}

/* `command` is what the shell is to run: with the argument, where there is one. */
static bool
start_job(const char *command, const struct program *p, int input, struct program_job *job, struct err *err)
{
	char **environment;

	job->errors = memory_file("flynn-errors");
	if (job->errors < 0)
		return err_set(err, ERR_SYSTEM, "%s: no file for its errors: %s", p->name, strerror(errno));
	job->name = p->name;
	environment = shell_environment();
	job->pid = fork();
	if (job->pid == 0)
		run_job(command, p, input, job->errors, environment);
	free(environment);
	if (job->pid > 0)
		return true;
	err_set(err, ERR_SYSTEM, "%s: cannot be started: %s", p->name, strerror(errno));
	close(job->errors);
	return false;
}

static bool
start(const struct program *p, int input, struct program_job *job, struct err *err)
{
	char *command = p->argument ? mem_printf("%s \"$1\"", p->command) : mem_strdup(p->command);
	bool ok = start_job(command, p, input, job, err);

	free(command);
	return ok;
}

bool
programs_start(struct programs *c, const struct program *p, struct err *err)
{
	int input = memory_file("flynn-input");
	struct program_job job;
	bool ok;

	if (input < 0)
		return err_set(err, ERR_SYSTEM, "%s: no file for its input: %s", p->name, strerror(errno));
	ok = start(p, input, &job, err);
	close(input);
	if (!ok)
		return false;
	c->jobs = mem_realloc(c->jobs, (c->n + 1) * sizeof(*c->jobs));
	c->jobs[c->n++] = job;
	return true;
}

/* ---- ending ---- */

/* ": its first line of errors", or "". */
static void
read_errors(int fd, char words[static ERRORS_MAX])
{
	ssize_t n = pread(fd, words + 2, ERRORS_MAX - 3, 0);

	memcpy(words, ": ", 2);
	words[n > 0 ? n + 2 : 0] = '\0';
	words[strcspn(words, "\n")] = '\0';
}

static bool
explain(const struct program_job *job, int status, struct err *err)
{
	char words[ERRORS_MAX];

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return false;
	read_errors(job->errors, words);
	if (WIFSIGNALED(status))
		err_set(err, ERR_SYSTEM, "%s: ended by signal %d%s", job->name, WTERMSIG(status), words);
	else
		err_set(err, ERR_SYSTEM, "%s: exit %d%s", job->name, WEXITSTATUS(status), words);
	return true;
}

bool
programs_failed(struct programs *c, struct err *err)
{
	bool failed = false;
	int status;

	for (size_t i = 0; !failed && i < c->n;) {
		struct program_job job = c->jobs[i];

		if (waitpid(job.pid, &status, WNOHANG) != job.pid) {
			i++;
			continue;
		}
		c->jobs[i] = c->jobs[--c->n];
		failed = explain(&job, status, err);
		close(job.errors);
	}
	return failed;
}
