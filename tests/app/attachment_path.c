/*
 * attachment_path.c - where another program finds an attachment: where it was read, or in a copy that goes again.
 */
#include "system/attachment_path.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

static const char bytes[] = "\x89PNG as it was";

static void
write_file(const char *path, const char *text, size_t n)
{
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file && fwrite(text, 1, n, file) == n && fclose(file) == 0);
}

static struct attachment *
make(const char *name, const char *path, const char *type)
{
	struct buf data = {0};

	buf_put(&data, bytes, sizeof(bytes));
	return attachment_new(ATTACHMENT_IMAGE, name, path, type, &data);
}

static void
is_the_file_itself_while_it_is_the_same(void)
{
	char *dir = child_dir(), *path = mem_printf("%s/a b.png", dir), *found;
	struct copies copies = {0};
	struct attachment *a = make("a b.png", path, "image/png");
	static const char *const others[] = {"\x89PNG as it was not", "\x89PNG as it wa", "\x89PNG as it wax", ""};
	struct err err;

	write_file(path, bytes, sizeof(bytes));
	found = attachment_path_find(a, &copies, &err);
	HARNESS_EQUAL(found, path);
	CU_ASSERT_PTR_NULL(copies.folder);
	free(found);
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		write_file(path, others[i], strlen(others[i]));
		found = attachment_path_find(a, &copies, &err);
		HARNESS_CHECK(found && strcmp(found, path) != 0, "%s", others[i]);
		free(found);
	}
	unlink(path);
	found = attachment_path_find(a, &copies, &err);
	CU_ASSERT(found && copies.folder && strncmp(found, copies.folder, strlen(copies.folder)) == 0);
	attachment_path_remove(&copies);
	free(found);
	attachment_free(a);
	child_dir_remove(dir);
	free(path);
	free(dir);
}

static void
copies_are_private_and_go_again(void)
{
	char *found, *have, *folder;
	struct copies copies = {0};
	struct attachment *a = make("picture.png", NULL, "image/png");
	struct stat st;
	struct err err;
	size_t n;

	found = attachment_path_find(a, &copies, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(found);
	have = harness_read(found, &n);
	CU_ASSERT(n == sizeof(bytes) && memcmp(have, bytes, n) == 0);
	CU_ASSERT(stat(found, &st) == 0 && (st.st_mode & 07777) == 0600);
	CU_ASSERT(stat(copies.folder, &st) == 0 && (st.st_mode & 07777) == 0700);
	folder = mem_strdup(copies.folder);
	attachment_path_remove(&copies);
	CU_ASSERT(access(folder, F_OK) != 0 && !copies.folder);
	attachment_path_remove(&copies);
	free(have);
	free(found);
	free(folder);
	attachment_free(a);
}

/* What it ends with may decide what is done with it. */
static void
names_of_copies_are_safe(void)
{
	static const struct {
		const char *name, *type, *want;
	} rows[] = {
	        {"photo.png", "image/png", "-photo.png"},
	        {"photo.desktop", "image/png", "-photo.png"},
	        {"run.sh", "text/plain", "-run.txt"},
	        {"../../etc/passwd", "text/plain", "-______etc_passwd.txt"},
	        {"a\nb;$(c).jpeg", "image/jpeg", "-a_b___c_.jpg"},
	        {".hidden", "image/gif", "-_hidden.gif"},
	        {"tune.mp3", "audio/mpeg", "-tune.mp3"},
	        {"", "audio/wav", "-.wav"},
	};
	struct copies copies = {0};
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct attachment *a = make(rows[i].name, NULL, rows[i].type);
		char *found = attachment_path_find(a, &copies, &err);

		CU_ASSERT_PTR_NOT_NULL_FATAL(found);
		HARNESS_EQUAL(strrchr(found, '/') + 1 + strlen("12345678"), rows[i].want);
		free(found);
		attachment_free(a);
	}
	attachment_path_remove(&copies);
}

static void
make_older(const char *path)
{
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = time(NULL) - 3600}};

	CU_ASSERT(utimensat(AT_FDCWD, path, times, 0) == 0);
}

/* A process that makes a copy, tells so, and is killed without having removed it. */
static pid_t
start_copying(int *tells)
{
	int fds[2];
	pid_t pid;

	child_pipe(fds);
	pid = fork();
	CU_ASSERT_FATAL(pid >= 0);
	if (pid == 0) {
		struct copies copies = {0};
		struct err err;

		if (!attachment_path_find(make("photo.png", NULL, "image/png"), &copies, &err) ||
		        write(fds[1], copies.folder, strlen(copies.folder)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	close(fds[1]);
	*tells = fds[0];
	return pid;
}

static void
copies_of_the_dead_are_removed(void)
{
	char *dir = child_dir(), *other = mem_printf("%s/flynn-open-file", dir), *open_to_all, folder[4096];
	int tells;
	pid_t pid;
	ssize_t n;

	open_to_all = mem_printf("%s/flynn-open-folder", dir);
	write_file(other, "x", 1);
	CU_ASSERT(mkdir(open_to_all, 0755) == 0 && chmod(open_to_all, 0755) == 0);
	make_older(open_to_all);
	setenv("TMPDIR", dir, 1);
	pid = start_copying(&tells);
	n = read(tells, folder, sizeof(folder) - 1);
	CU_ASSERT_FATAL(n > 0);
	folder[n] = '\0';
	make_older(folder);
	attachment_path_remove_left();
	CU_ASSERT(access(folder, F_OK) == 0); /* it lives */
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	utimensat(AT_FDCWD, folder, NULL, 0);
	attachment_path_remove_left();
	CU_ASSERT(access(folder, F_OK) == 0); /* it may just be being made */
	make_older(folder);
	attachment_path_remove_left();
	CU_ASSERT(access(folder, F_OK) != 0);
	CU_ASSERT(access(other, F_OK) == 0 && access(open_to_all, F_OK) == 0);
	unsetenv("TMPDIR");
	close(tells);
	child_dir_remove(dir);
	free(dir);
	free(other);
	free(open_to_all);
}

static void
says_why_there_is_no_copy(void)
{
	struct attachment *a = make("photo.png", NULL, "image/png");
	struct copies copies = {0};
	struct err err;

	setenv("TMPDIR", "/proc/0", 1);
	CU_ASSERT_PTR_NULL(attachment_path_find(a, &copies, &err));
	HARNESS_EQUAL(err.text, "no folder for a copy in /proc/0: No such file or directory");
	unsetenv("TMPDIR");
	attachment_free(a);
}

CU_TestInfo attachment_path_tests[] = {
        {"copies of killed processes are removed, and no others", copies_of_the_dead_are_removed},
        {"a file is opened where it was read while it is the same", is_the_file_itself_while_it_is_the_same},
        {"a copy is private, and goes again", copies_are_private_and_go_again},
        {"the name of a copy is safe, its ending the type's", names_of_copies_are_safe},
        {"why there is no copy is said", says_why_there_is_no_copy},
        CU_TEST_INFO_NULL,
};
