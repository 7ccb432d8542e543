/*
 * peak_test.c - how much memory flynn has at its largest for one very long text: at most three times the text, and what
 * flynn itself needs; and where it keeps nothing, no more than that. A sanitizer has memory of its own, so with one nothing is measured.
 *
 * The kernel counts for a program what the one that started it had at its largest. So the server is another process, and the
 * text is in files only.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || __has_feature(address_sanitizer) ||               \
        __has_feature(thread_sanitizer)
#define SANITIZED true
#else
#define SANITIZED false
#endif

enum {
	LINES = 700000,
	LINES_AT_ONCE = 1500,
	TIMES = 3,
	OWN_KIB = 32 * 1024,
};

/* ---- the text ---- */

/* Code whose words are mostly new: those cost the search index most. As it stands in quotes. */
static void
write_lines(FILE *to, unsigned from, unsigned n)
{
	for (unsigned i = from; i < from + n && i < LINES; i++)
		fprintf(to, "let name%u = other%u + %u;\\n", i % 300000, i % 700, i);
}

static void
write_stream(FILE *script)
{
	fputs("on any\nstream\nrole\n", script);
	for (unsigned i = 0; i < LINES; i += LINES_AT_ONCE) {
		fputs("token \"", script);
		write_lines(script, i, LINES_AT_ONCE);
		fputs("\"\n", script);
	}
	fputs("finish stop\ndone\nlast\n", script);
}

static void
write_whole(FILE *script)
{
	fputs("on any\njson 200 {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{"
	      "\"role\":\"assistant\",\"content\":\"",
	        script);
	write_lines(script, 0, LINES);
	fputs("\"}}]}\n", script);
}

/* ---- a place, and a server ---- */

struct place {
	char *dir, *out; /* what flynn writes */
	char *data;      /* XDG_DATA_HOME */
	pid_t server;
	char endpoint[64];
	int times;  /* the text */
	off_t text; /* bytes of the reply */
};

static void
read_endpoint(struct place *p, int fd)
{
	FILE *said = fdopen(fd, "r");

	CU_ASSERT_FATAL(said && fgets(p->endpoint, sizeof(p->endpoint), said) != NULL);
	p->endpoint[strcspn(p->endpoint, "\n")] = '\0';
	fclose(said);
}

static void
serve(struct place *p, void (*write)(FILE *))
{
	char *path = mem_printf("%s/script", p->dir), *program = mem_printf("%s/tests/standin", getenv("FLYNN_BUILD"));
	FILE *script = fopen(path, "w");
	int fds[2];

	CU_ASSERT_PTR_NOT_NULL_FATAL(script);
	write(script);
	fclose(script);
	child_pipe(fds);
	p->server = child_start(&(struct child){
	        .argv = (const char *[]){program, path, NULL}, .dir = p->dir, .fds = {-1, fds[1], STDERR_FILENO}});
	close(fds[1]);
	read_endpoint(p, fds[0]);
	free(program);
	free(path);
}

static void
stop_server(struct place *p)
{
	kill(p->server, SIGTERM);
	CU_ASSERT_EQUAL(child_wait(p->server), 0);
}

static off_t
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* Runs flynn with these words, which writes at least so many bytes. */
static void
run(struct place *p, const char *const *words, off_t least)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int out = open(p->out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	const char *argv[12] = {getenv("FLYNN")}, *env[] = {p->data, NULL};
	long most, peak;
	int status;

	for (int i = 0; words[i]; i++)
		argv[i + 1] = words[i];
	status = child_wait(child_start(
	        &(struct child){.argv = argv, .env = env, .dir = p->dir, .fds = {null, out, STDERR_FILENO}}));
	close(null);
	close(out);
	if (p->text == 0)
		p->text = size_of(p->out);
	peak = child_peak_kib();
	most = OWN_KIB + p->times * (long)(p->text / 1024);
	HARNESS_CHECK(status == 0 && size_of(p->out) >= least, "%s %s: status %d", words[0], words[1], status);
	HARNESS_CHECK(peak <= most, "%s %s: %ld KiB, of %ld", words[0], words[1], peak, most);
	printf("# %s %s: %.2f times the text\n", words[0], words[1],
	        (double)(peak - OWN_KIB) / (double)(p->text / 1024));
}

static bool
begin(struct place *p, void (*write)(FILE *), const char *option)
{
	if (SANITIZED) {
		harness_skip("a sanitizer has memory of its own");
		return false;
	}
	*p = (struct place){.dir = child_dir(), .times = option && strcmp(option, "--no-history") == 0 ? 0 : TIMES};
	p->out = mem_printf("%s/out", p->dir);
	p->data = mem_printf("XDG_DATA_HOME=%s/data", p->dir);
	serve(p, write);
	run(p, (const char *[]){"ask", "hi", "-e", p->endpoint, option, NULL}, 20 << 20);
	stop_server(p);
	return true;
}

static void
end(struct place *p)
{
	child_dir_remove(p->dir);
	free(p->out);
	free(p->data);
	free(p->dir);
}

/* ---- the tests ---- */

static void
a_streamed_reply(void)
{
	struct place p;

	if (begin(&p, write_stream, NULL))
		end(&p);
}

static void
a_streamed_reply_that_is_not_saved(void)
{
	struct place p;

	if (begin(&p, write_stream, "--no-history"))
		end(&p);
}

static void
a_whole_reply(void)
{
	struct place p;

	if (begin(&p, write_whole, "--no-stream"))
		end(&p);
}

static void
an_export(void)
{
	static const char *const formats[] = {"txt", "md", "json"};
	struct place p;

	if (!begin(&p, write_stream, NULL))
		return;
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		run(&p, (const char *[]){"history", "export", "--all", "--format", formats[i], NULL}, p.text);
	run(&p, (const char *[]){"history", "show", "1", NULL}, p.text);
	end(&p);
}

/* Into an empty history; and again, where all of it is there already. */
static void
an_import(void)
{
	struct place p;
	char *file;

	if (!begin(&p, write_stream, NULL))
		return;
	file = mem_printf("%s/all.json", p.dir);
	run(&p, (const char *[]){"history", "export", "--all", "-o", file, NULL}, 0);
	free(p.data);
	p.data = mem_printf("XDG_DATA_HOME=%s/other", p.dir);
	run(&p, (const char *[]){"history", "import", file, NULL}, 0);
	run(&p, (const char *[]){"history", "import", file, NULL}, 0);
	free(file);
	end(&p);
}

enum {
	PICTURE = 20 << 20, /* bytes */
	PICTURE_TIMES = 2,
};

static void
write_short(FILE *script)
{
	fputs("on GET /props\njson 200 {}\non POST /v1/chat/completions\nstream\nrole\ntoken \"hi\"\nfinish "
	      "stop\ndone\n",
	        script);
}

/* Bytes of all values, as in a picture. */
static char *
write_picture(const struct place *p)
{
	char *path = mem_printf("%s/large.png", p->dir);
	FILE *file = fopen(path, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	fputs("\x89PNG\r\n\x1a\n", file);
	for (unsigned i = 8; i < PICTURE; i++)
		putc((int)((i * 37 + i / 251) & 0xff), file);
	fclose(file);
	return path;
}

/* Sent and saved, exported, and imported elsewhere: with it once in memory, and once more while SQLite writes it. */
static void
an_attached_picture(void)
{
	struct place p = {.text = PICTURE, .times = PICTURE_TIMES};
	char *picture, *file;

	if (SANITIZED) {
		harness_skip("a sanitizer has memory of its own");
		return;
	}
	p.dir = child_dir();
	p.out = mem_printf("%s/out", p.dir);
	p.data = mem_printf("XDG_DATA_HOME=%s/data", p.dir);
	picture = write_picture(&p);
	file = mem_printf("%s/all.json", p.dir);
	serve(&p, write_short);
	for (int i = 0; i < 3; i++)
		run(&p, (const char *[]){"ask", "hi", "-f", picture, "-e", p.endpoint, NULL}, 2);
	stop_server(&p);
	run(&p, (const char *[]){"history", "export", "--all", "-o", file, NULL}, 0);
	CU_ASSERT(size_of(file) > 3 * (PICTURE / 3 * 4));
	free(p.data);
	p.data = mem_printf("XDG_DATA_HOME=%s/other", p.dir);
	run(&p, (const char *[]){"history", "import", file, NULL}, 0);
	run(&p, (const char *[]){"history", "import", file, NULL}, 0);
	free(picture);
	free(file);
	end(&p);
}

static CU_TestInfo peak_tests[] = {
        {"a streamed reply", a_streamed_reply},
        {"a streamed reply that is not saved", a_streamed_reply_that_is_not_saved},
        {"a whole reply", a_whole_reply},
        {"an export", an_export},
        {"an import", an_import},
        {"an attached picture", an_attached_picture},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"memory", NULL, NULL, NULL, NULL, peak_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
