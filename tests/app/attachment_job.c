/*
 * attachment_job.c - what a job finds: files that words name, files that were changed or are gone, names for Tab.
 */
#include "system/attachment_job.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/child.h"
#include "tests/harness.h"

enum {
	PATIENCE_MS = 20000,
};

static void
write_file(const char *dir, const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file && fputs(text, file) >= 0 && fclose(file) == 0);
	free(path);
}

static struct attachment_job *
wait_for(struct attachment_job *job)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(job);
	while (!attachment_job_end(job)) {
		struct pollfd fd = {.fd = attachment_job_fd(job), .events = POLLIN};

		CU_ASSERT_FATAL(poll(&fd, 1, PATIENCE_MS) == 1);
	}
	CU_ASSERT(attachment_job_fd(job) == -1);
	return job;
}

/* "read NAME=TEXT", "refused WHY", "same", "lost", "none", with a bar between; `dir` is left out. To be freed. */
static char *
say_results(struct attachment_job *job, const char *dir)
{
	static const char *const names[] = {"read", "refused", "same", "lost", "none"};
	struct buf out = {0};
	size_t n;
	struct attachment_result *r = attachment_job_results(job, &n);

	for (size_t i = 0; i < n; i++) {
		const char *why = r[i].why.text, *at = r[i].news == ATTACHMENT_NEWS_REFUSED ? strstr(why, dir) : NULL;

		buf_printf(&out, "%s%s", i > 0 ? "|" : "", names[r[i].news]);
		if (r[i].news == ATTACHMENT_NEWS_READ)
			buf_printf(&out, " %s=%s", r[i].read->name, r[i].read->data);
		else if (r[i].news == ATTACHMENT_NEWS_REFUSED)
			buf_printf(&out, " %.*s%s", at ? (int)(at - why) : 0, why, at ? at + strlen(dir) + 1 : why);
	}
	attachment_job_free(job);
	return buf_take(&out);
}

static void
expect_read(const char *dir, const char *words, const char *want)
{
	struct attachment_limits limits = attachment_default_limits();
	struct err err;
	char *have = say_results(wait_for(attachment_job_read(words, &limits, &err)), dir);

	HARNESS_EQUAL(have, want);
	free(have);
}

/* The home is the folder. */
static char *
begin(void)
{
	char *dir = child_dir();

	setenv("HOME", dir, 1);
	write_file(dir, "a.txt", "alpha");
	write_file(dir, "b c.txt", "beta");
	write_file(dir, "d.pdf", "%PDF-1.4\n");
	return dir;
}

static void
end(char *dir, char *home)
{
	setenv("HOME", home, 1);
	child_dir_remove(dir);
	free(dir);
	free(home);
}

static char *
save_home(void)
{
	const char *home = getenv("HOME");

	return mem_strdup(home ? home : "/");
}

static void
files_that_words_name_are_read(void)
{
	char *home = save_home(), *dir = begin();

	expect_read(dir, "~/a.txt", "read a.txt=alpha");
	expect_read(dir, "~/b\\ c.txt ~/a.txt", "read b c.txt=beta|read a.txt=alpha");
	expect_read(dir, "~/*.txt", "read a.txt=alpha|read b c.txt=beta");
	expect_read(dir, "~/a.txt ~/missing.txt",
	        "read a.txt=alpha|refused missing.txt cannot be read: No such file or directory");
	expect_read(dir, "~/a.txt 'b", "refused a quote is not closed");
	end(dir, home);
}

static struct attachment *
read_one(const char *dir, const char *name)
{
	struct attachment_limits limits = attachment_default_limits();
	char *path = mem_printf("%s/%s", dir, name);
	struct err err;
	struct attachment_job *job = wait_for(attachment_job_read(path, &limits, &err));
	struct attachment *a;
	size_t n;

	a = attachment_hold(attachment_job_results(job, &n)->read);
	attachment_job_free(job);
	free(path);
	return a;
}

static char *
look(const struct attachments *known, const struct path_list *list, const char *dir)
{
	struct attachment_limits limits = attachment_default_limits();
	struct err err;

	return say_results(wait_for(attachment_job_look(known, list, &limits, &err)), dir);
}

/* One from the history has no path. */
static void
files_are_looked_at_again(void)
{
	char *home = save_home(), *dir = begin(), *have, *path = mem_printf("%s/b c.txt", dir);
	struct attachments known = {0};
	struct path_list none = {0};
	struct buf data = {0};

	buf_puts(&data, "old");
	attachments_add(&known, read_one(dir, "a.txt"));
	attachments_add(&known, read_one(dir, "b c.txt"));
	attachments_add(&known, attachment_new(ATTACHMENT_TEXT, "h.txt", NULL, "text/plain", &data));
	have = look(&known, &none, dir);
	HARNESS_EQUAL(have, "same|same|same");
	free(have);
	write_file(dir, "a.txt", "alpha, longer");
	unlink(path);
	have = look(&known, &none, dir);
	HARNESS_EQUAL(have, "read a.txt=alpha, longer|lost|same");
	free(have);
	write_file(dir, "a.txt", "%PDF-1.4\n");
	have = look(&known, &none, dir);
	HARNESS_CHECK(strncmp(have, "refused a.txt cannot be attached: it seems to be a PDF", 54) == 0, "%s", have);
	free(have);
	attachments_release(&known);
	free(path);
	end(dir, home);
}

/* As in a sentence: what ends it is none of the name, unless there is such a file. */
static void
words_of_a_prompt_may_be_files(void)
{
	static const struct {
		const char *word, *want;
	} rows[] = {
	        {"~/a.txt", "read a.txt=alpha"},
	        {"~/a.txt,", "read a.txt=alpha"},
	        {"~/a.txt?).", "read a.txt=alpha"},
	        {"~/a.txt\"", "read a.txt=alpha"},
	        {"~/b c.txt", "read b c.txt=beta"},
	        {"~/e.txt.", "read e.txt.=dot"},
	        {"~/a", "none"},
	        {"~", "none"}, /* a folder */
	        {"...", "none"},
	        {"someone", "none"},
	        {"~/d.pdf!", "refused d.pdf cannot be attached: it seems to be a PDF document"},
	};
	char *home = save_home(), *dir = begin();
	const struct attachments known = {0};

	write_file(dir, "e.txt.", "dot");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct path_list list = {0};
		char *have;

		path_list_add(&list, rows[i].word);
		have = look(&known, &list, dir);
		HARNESS_CHECK(strncmp(have, rows[i].want, strlen(rows[i].want)) == 0, "%s: %s", rows[i].word, have);
		path_list_release(&list);
		free(have);
	}
	end(dir, home);
}

static void
names_are_found_for_tab(void)
{
	char *home = save_home(), *dir = begin();
	struct err err;
	struct attachment_job *job = wait_for(attachment_job_names("~/a", &err));

	CU_ASSERT(attachment_job_found(job)->n == 1);
	HARNESS_EQUAL(attachment_job_found(job)->paths[0], "a.txt");
	attachment_job_free(job);
	end(dir, home);
}

/* Its thread goes on with what it has, and frees it. */
static void
a_job_may_be_left(void)
{
	char *home = save_home(), *dir = begin();
	struct attachment_limits limits = attachment_default_limits();
	struct err err;

	for (int i = 0; i < 20; i++)
		attachment_job_free(attachment_job_read("~/a.txt", &limits, &err));
	attachment_job_free(NULL);
	expect_read(dir, "~/a.txt", "read a.txt=alpha");
	end(dir, home);
}

CU_TestInfo attachment_job_tests[] = {
        {"files that words name are read", files_that_words_name_are_read},
        {"files are looked at again", files_are_looked_at_again},
        {"words of a prompt may be files", words_of_a_prompt_may_be_files},
        {"names are found for Tab", names_are_found_for_tab},
        {"a job may be left", a_job_may_be_left},
        CU_TEST_INFO_NULL,
};
