/*
 * log.c - what a log can be written to, and that opening one never waits.
 */
#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/base/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

/* What opening it says; "" when it can be written to. To be freed. */
static char *
try(const char *dir, const char *name)
{
	char *path = *name == '/' ? mem_strdup(name) : mem_printf("%s/%s", dir, name);
	struct err err = {0};
	struct log *log = log_open(path, &err);
	char *said = mem_strdup(log ? "" : err.text + strlen("cannot write the log ") + strlen(path));

	CU_ASSERT(log || err.code == ERR_USAGE);
	log_close(log);
	free(path);
	return said;
}

static void
make_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	CU_ASSERT(bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
	close(fd);
}

static void
refuses_what_is_no_file(void)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
	        {"new", ""},
	        {"file", ""},
	        {"link", ""},
	        {"/dev/null", ""},
	        {"pipe", ": it is no regular file"},
	        {"link-to-pipe", ": it is no regular file"},
	        {"socket", ": it is no regular file"},
	        {"", ": Is a directory"},
	        {"none/file", ": No such file or directory"},
	};
	char *dir = child_dir();

	CU_ASSERT_FATAL(chdir(dir) == 0 && mkfifo("pipe", 0600) == 0 && symlink("pipe", "link-to-pipe") == 0);
	CU_ASSERT_FATAL(symlink("file", "link") == 0);
	make_socket("socket");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *said = try(dir, rows[i].name);

		HARNESS_CHECK(strcmp(said, rows[i].says) == 0, "%s%s", rows[i].name, said);
		free(said);
	}
	CU_ASSERT(chdir("/") == 0);
	child_dir_remove(dir);
	free(dir);
}

static void
is_shared(void)
{
	char *dir = child_dir(), *path = mem_printf("%s/log", dir), *text;
	struct err err;
	struct log *log = log_open(path, &err), *other = log_share(log);
	size_t n;

	CU_ASSERT_FATAL(log != NULL);
	CU_ASSERT(log_share(NULL) == NULL);
	log_close(log);
	log_line(other, "still %s", "open");
	log_close(other);
	text = harness_read(path, &n);
	CU_ASSERT(n > 11 && strcmp(text + n - 11, "still open\n") == 0);
	child_dir_remove(dir);
	free(text);
	free(path);
	free(dir);
}

CU_TestInfo log_tests[] = {
        {"refuses what is no file", refuses_what_is_no_file},
        {"is shared", is_shared},
        CU_TEST_INFO_NULL,
};
