/*
 * cut_save.c - what is found of a save in whose midst its process was killed: its pages are in SQLite's log, the index of the log, which
 * processes share in memory, does not know them yet. The first to open the file makes that index anew, and finds the save. As long
 * as another process has the file open nobody does, so then the save is found when that one has been killed too, unless it has saved
 * or closed meanwhile. Half a save is never found.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/store/disk.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* A process and the pipes to it and from it. */
struct other {
	pid_t pid;
	int to, from;
};

static void
tell(int fd)
{
	if (write(fd, "", 1) != 1)
		_exit(1);
}

static void
listen_to(int fd)
{
	char byte;

	if (read(fd, &byte, 1) != 1)
		_exit(1);
}

/* Runs `play`, which listens to its first descriptor and tells by its second. */
static struct other
begin(void (*play)(int from, int to))
{
	int to[2], from[2];
	struct other o;

	CU_ASSERT_FATAL(pipe(to) == 0 && pipe(from) == 0);
	o = (struct other){fork(), to[1], from[0]};
	CU_ASSERT_FATAL(o.pid >= 0);
	if (o.pid == 0) {
		close(to[1]);
		close(from[0]);
		play(to[0], from[1]);
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	return o;
}

static void
go_on(const struct other *o)
{
	tell(o->to);
	listen_to(o->from);
}

static void
wait_killed(struct other *o)
{
	int status;

	CU_ASSERT(waitpid(o->pid, &status, 0) == o->pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	close(o->to);
	close(o->from);
}

static void
kill_it(struct other *o)
{
	kill(o->pid, SIGKILL);
	wait_killed(o);
}

static void
save_prompt(struct talk *t, const char *text)
{
	conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, text);
	talk_save(t);
}

/* Saves two prompts, and is killed when SQLite has written the second and asks for it to be on the disk. */
static void
play_cut(int from, int to)
{
	struct talk *t;

	disk_install();
	t = talk_new(conversation_new(NULL));
	save_prompt(t, "one");
	tell(to);
	listen_to(from);
	disk_kill_after(DISK_SYNC, 0);
	save_prompt(t, "two");
}

/* Has the file open and reads it; then saves; then closes it. */
static void
play_beside(int from, int to)
{
	struct talk *t;

	listen_to(from);
	t = talk_new(conversation_new(NULL));
	place_expect(t->history, "SELECT group_concat(content) FROM message", "one");
	tell(to);
	listen_to(from);
	save_prompt(t, "three");
	tell(to);
	listen_to(from);
}

/* The same without a save. */
static void
play_close(int from, int to)
{
	struct history *h;

	listen_to(from);
	h = place_open();
	place_expect(h, "SELECT group_concat(content) FROM message", "one");
	tell(to);
	listen_to(from);
	history_close(h);
	tell(to);
	listen_to(from);
}

/* Opened in both ways, again and again. */
static void
expect(const char *want)
{
	static const enum history_mode modes[] = {HISTORY_READ, HISTORY_CREATE, HISTORY_READ};

	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct history *h;
		char *words = place_try(modes[i], &h);

		HARNESS_EQUAL(words, "");
		CU_ASSERT_FATAL(h != NULL);
		place_expect(h, "SELECT group_concat(content) FROM message", want);
		place_expect(h, "PRAGMA integrity_check", "ok");
		history_close(h);
		free(words);
	}
}

static void
alone_it_is_found_at_once(void)
{
	struct other cut;

	place_make();
	cut = begin(play_cut);
	listen_to(cut.from);
	tell(cut.to);
	wait_killed(&cut);
	expect("one,two");
	place_remove();
}

/* The other process has had the file open since before the cut. */
static struct other
cut_beside(void (*play)(int from, int to))
{
	struct other cut, beside;

	place_make();
	beside = begin(play);
	cut = begin(play_cut);
	listen_to(cut.from);
	go_on(&beside);
	tell(cut.to);
	wait_killed(&cut);
	expect("one");
	return beside;
}

static void
beside_another_it_is_found_after_both(void)
{
	struct other beside = cut_beside(play_beside);

	kill_it(&beside);
	expect("one,two");
	place_remove();
}

static void
behind_another_save_it_is_never_found(void)
{
	struct other beside = cut_beside(play_beside);

	go_on(&beside);
	expect("one,three");
	kill_it(&beside);
	expect("one,three");
	place_remove();
}

static void
behind_a_close_it_is_never_found(void)
{
	struct other beside = cut_beside(play_close);

	go_on(&beside);
	expect("one");
	kill_it(&beside);
	expect("one");
	place_remove();
}

CU_TestInfo cut_save_tests[] = {
        {"alone it is found at once", alone_it_is_found_at_once},
        {"beside another it is found after both", beside_another_it_is_found_after_both},
        {"behind another save it is never found", behind_another_save_it_is_never_found},
        {"behind a close it is never found", behind_a_close_it_is_never_found},
        CU_TEST_INFO_NULL,
};
