/*
 * ends.c - what the history has when flynn has ended: the real loop (tests/play.h), and a look at the file behind it.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/history.h"
#include "store/load.h"
#include "tests/harness.h"
#include "tests/play.h"

/* Of the conversation with row 1, and of the whole history. */
struct end {
	uint64_t seen;
	int64_t seen_line;
	const char *draft;
	const char *last; /* the leaf's text */
	enum message_state state;
	const char *open; /* the row of the conversation that the next flynn shows */
};

static void
check_conversation(struct history *h, const struct end *want)
{
	struct loaded l = {0};
	const struct message *leaf;
	struct err err;

	if (!load_conversation(h, 1, &l, &err)) {
		HARNESS_CHECK(false, "%s", err.text);
		return;
	}
	leaf = conversation_leaf(l.conversation);
	HARNESS_CHECK(l.seen == want->seen && l.seen_line == want->seen_line, "seen: message %d, line %d", (int)l.seen,
	        (int)l.seen_line);
	HARNESS_EQUAL(buf_text(&l.draft), want->draft);
	HARNESS_EQUAL(leaf ? buf_text(&leaf->content) : "", want->last);
	HARNESS_CHECK(leaf && leaf->state == want->state, "%s", leaf ? message_state_name(leaf->state) : "no leaf");
	loaded_release(&l);
}

static bool
look(void *arg, const char *path, UNUSED struct buf *why)
{
	const struct end *want = arg;
	struct err err;
	struct history *h = path ? history_open(path, HISTORY_CREATE, &err) : NULL;
	char *open = NULL;

	CU_ASSERT_FATAL(h != NULL);
	/* That is for a flynn that was killed. */
	HARNESS_CHECK(history_recovered(h).messages == 0, "a reply had to be recovered");
	check_conversation(h, want);
	CU_ASSERT(history_setting(h, "open", &open, &err));
	HARNESS_EQUAL(open ? open : "", want->open);
	free(open);
	history_close(h);
	return true;
}

#define LONG "reply r1\\n\\nr2\\n\\nr3\\n\\nr4\\n\\nr5\\n\\nr6\\n\\nr7\\n\\nr8\\n\\nr9\n"

static void
ends(const char *history, const char *script, struct end want)
{
	struct buf why = {0};
	struct play play = {
	        .server = PLAY_CHAT "stream\ntoken \"Some words\"\nwait\ntoken \" more\"\nfinish stop\ndone\nlast\n",
	        .script = script,
	        .history = history,
	        .rows = 10,
	        .cols = 60,
	        .ended = look,
	        .arg = &want};
	bool held = play_run(&play, &why, NULL);

	HARNESS_CHECK(held, "%s", buf_text(&why));
	buf_release(&why);
}

static const char one[] = "conversation 5m One\nuser One\n" LONG "open\n";
static const char text[] = "r1\n\nr2\n\nr3\n\nr4\n\nr5\n\nr6\n\nr7\n\nr8\n\nr9";

static void
the_place_that_was_read_is_kept(void)
{
	ends(one, "until \"r9\"\nkey M-Home WheelDown WheelDown\nuntil \"End to follow\"\n",
	        (struct end){2, 9, "", text, MESSAGE_COMPLETE, "1"});
	ends(one, "until \"r9\"\nkey M-Home\nuntil \"End to follow\"\n",
	        (struct end){1, 1, "", text, MESSAGE_COMPLETE, "1"});
}

static void
a_view_that_follows_again_has_no_place(void)
{
	ends(one, "until \"r9\"\nkey M-Home\nuntil \"End to follow\"\nkey M-End\ngone \"End to follow\"\n",
	        (struct end){0, 0, "", text, MESSAGE_COMPLETE, "1"});
	ends("conversation 5m One\nuser One\n" LONG "seen 2 5\nopen\n",
	        "until \"End to follow\"\nkey M-End\ngone \"End to follow\"\n",
	        (struct end){0, 0, "", text, MESSAGE_COMPLETE, "1"});
}

static void
a_place_that_was_found_again_stays_kept(void)
{
	ends("conversation 5m One\nuser One\n" LONG "seen 2 5\nopen\n", "until \"End to follow\"\n",
	        (struct end){2, 5, "", text, MESSAGE_COMPLETE, "1"});
}

static void
a_reply_on_its_way_is_kept_as_interrupted(void)
{
	static const char *const quits[] = {"", "key C-q\nends 0\n", "key M-w v\nuntil \"━ 2\"\nkey C-q\nends 0\n"};

	for (size_t i = 0; i < ARRAY_LEN(quits); i++) {
		char *script = mem_printf("until \"r9\"\ntype \"Go\\n\"\nuntil \"Some words\"\n%s", quits[i]);

		/* The last one shows a new conversation at the end. */
		ends(one, script, (struct end){0, 0, "", "Some words", MESSAGE_INTERRUPTED, i == 2 ? "" : "1"});
		free(script);
	}
}

static void
a_draft_that_was_emptied_is_gone(void)
{
	static const char drafted[] = "conversation 5m One\nuser One\n" LONG "draft Not yet\nopen\n";

	ends(drafted, "until \"Not yet\"\n", (struct end){0, 0, "Not yet", text, MESSAGE_COMPLETE, "1"});
	ends(drafted, "until \"Not yet\"\nkey C-u\ngone \"Not yet\"\n",
	        (struct end){0, 0, "", text, MESSAGE_COMPLETE, "1"});
	ends(drafted, "until \"Not yet\"\nkey C-u\ntype \"Now\"\nuntil \"Now\"\n",
	        (struct end){0, 0, "Now", text, MESSAGE_COMPLETE, "1"});
	ends(drafted, "until \"Not yet\"\nkey C-u C-n C-q\nends 0\n",
	        (struct end){0, 0, "", text, MESSAGE_COMPLETE, ""});
}

static void
keys_that_wait_for_a_file_are_in_the_draft(void)
{
	static const char waits[] = "file a.txt \"alpha\"\nuntil \"r9\"\nfiles stall\ntype \"/attach a.txt\\n\"\n"
	                            "until \"reading …\"\ntype \"What?\\nab\\n\"\nuntil \"Esc gives up\"\n"
	                            "paste \"<pasted>\"\n";
	char *script = mem_printf("%skey C-q x\n", waits), *given_up = mem_printf("%skey Esc C-q\nends 0\n", waits);

	ends(one, script, (struct end){0, 0, "What?ab<pasted>x", text, MESSAGE_COMPLETE, "1"});
	ends(one, given_up, (struct end){0, 0, "What?ab\n<pasted>", text, MESSAGE_COMPLETE, "1"});
	free(script);
	free(given_up);
}

/* What a store was told before it could write, it is told again. */
static void
a_history_that_comes_late_has_all(void)
{
	static const char locked[] = "conversation 5m One\nuser One\n" LONG "draft Not yet\nopen\ndisk locked\n";

	ends(locked,
	        "until \"Not yet\"\nkey C-u\ntype \"Go\\n\"\nuntil \"Some words\"\nuntil \"not saving\"\ndisk well\n"
	        "gone \"not saving\"\nserver go\nuntil \"more\"\ngone \"writing\"\n",
	        (struct end){0, 0, "", "Some words more", MESSAGE_COMPLETE, "1"});
	ends(locked,
	        "until \"Not yet\"\nkey M-Home\ntype \"!\"\nuntil \"Not yet!\"\nuntil \"not saving\"\ndisk well\n"
	        "gone \"not saving\"\n",
	        (struct end){1, 1, "Not yet!", text, MESSAGE_COMPLETE, "1"});
}

static CU_TestInfo ends_tests[] = {
        {"the place that was read is kept", the_place_that_was_read_is_kept},
        {"a view that follows again has no place", a_view_that_follows_again_has_no_place},
        {"a place that was found again stays kept", a_place_that_was_found_again_stays_kept},
        {"a reply on its way is kept as interrupted", a_reply_on_its_way_is_kept_as_interrupted},
        {"a draft that was emptied is gone", a_draft_that_was_emptied_is_gone},
        {"keys that wait for a file are in the draft", keys_that_wait_for_a_file_are_in_the_draft},
        {"a history that comes late has all", a_history_that_comes_late_has_all},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"ends", NULL, NULL, NULL, NULL, ends_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	play_init();
	return harness_main(suites);
}
