/*
 * transcript.c - a conversation as it is shown: who said what, following, standing still, and resizing.
 */
#include "tui/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

struct view {
	struct session session;
	struct transcript transcript;
	struct grid grid;
};

static void
view_init(struct view *v, int rows, int cols)
{
	session_init(&v->session, NULL);
	transcript_init(&v->transcript, &v->session);
	v->transcript.keys.end = "End";
	grid_init(&v->grid, rows, cols);
}

static void
view_release(struct view *v)
{
	transcript_release(&v->transcript);
	session_release(&v->session);
	grid_release(&v->grid);
}

/* Over what the last frame left there, which must look like a drawing from nothing. */
static void
view_draw(struct view *v)
{
	struct rect all = {0, 0, v->grid.rows, v->grid.cols};
	size_t n = (size_t)all.rows * (size_t)all.cols;
	struct grid redrawn;

	transcript_layout(&v->transcript, v->grid.rows, v->grid.cols);
	transcript_draw(&v->transcript, &v->grid, all);
	grid_init(&redrawn, all.rows, all.cols);
	transcript_draw(&v->transcript, &redrawn, all);
	CU_ASSERT(memcmp(redrawn.cells, v->grid.cells, n * sizeof(*redrawn.cells)) == 0);
	grid_release(&redrawn);
}

static void
tell(struct view *v, enum chat_event_type type, const char *text)
{
	struct chat_event event = {.type = type, .text = text, .len = strlen(text)};
	struct err err;

	CU_ASSERT(session_event(&v->session, &event, &err));
}

static void
end(struct view *v, enum err_code code, const char *words)
{
	struct err why = {.code = code};

	strcpy(why.text, words);
	free(session_end(&v->session, &why, false));
}

static void
turn(struct view *v, const char *prompt, const char *reply)
{
	session_send(&v->session, prompt, 1);
	tell(v, CHAT_EVENT_CONTENT, reply);
	end(v, ERR_NONE, "");
}

static void
tells_who_said_what(void)
{
	struct view v;

	view_init(&v, 12, 20);
	turn(&v, "Hello there, my friend\nand all", "\n\nGood day to you, my friend.\n\n");
	turn(&v, "Bye", "So long");
	view_draw(&v);
	EXPECT_GRID(&v.grid,
	        "> Hello there, my\n> friend\n> and all\n\nGood day to you, my\nfriend.\n\n> Bye\n\nSo long\n\n\n");
	CU_ASSERT(grid_cell(&v.grid, 0, 2)->style == STYLE_PROMPT && grid_cell(&v.grid, 4, 0)->style == STYLE_TEXT);
	view_release(&v);
}

/* It came out of the history, and its owner still runs. */
static void
tells_what_is_written_elsewhere(void)
{
	struct view v;
	struct message *reply;

	view_init(&v, 5, 40);
	turn(&v, "Go", "So far");
	reply = conversation_leaf(v.session.conversation);
	reply->state = MESSAGE_STREAMING;
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Go\n\nSo far\n(another flynn is writing this)\n\n");
	CU_ASSERT(!session_can_continue(&v.session));
	reply->state = MESSAGE_INTERRUPTED;
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Go\n\nSo far\n(interrupted)\n\n");
	CU_ASSERT(session_can_continue(&v.session));
	view_release(&v);
}

static void
folds_reasoning(void)
{
	struct view v;

	view_init(&v, 4, 30);
	session_send(&v.session, "Why?", 1);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\n\n\n");
	v.session.now_ms = 1000;
	tell(&v, CHAT_EVENT_REASONING, "Hm, 世");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\nthinking … 0.0 s, 1 token\n\n");
	v.session.now_ms = 2250;
	tell(&v, CHAT_EVENT_REASONING, "界");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\nthinking … 1.2 s, 2 tokens\n\n");
	v.session.now_ms = 13000;
	tell(&v, CHAT_EVENT_CONTENT, "Because");
	v.session.now_ms = 14000;
	tell(&v, CHAT_EVENT_CONTENT, " so");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\nthought 12 s, 2 tokens\nBecause so\n");
	grid_resize(&v.grid, 4, 20);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\nthought 12 s\nBecause so\n");
	view_release(&v);
}

static void
unfolds_reasoning(void)
{
	static const char folded[] = "> Why?\n\nthought 0.0 s, 1 token\nBecause\n\n\n\n\n\n",
	                  unfolded[] = "> Why?\n\nthought 0.0 s, 1 token\n│ First one thing,\n│ then\n│\n│ another ^[\n"
	                               "Because\n\n";
	struct view v;

	view_init(&v, 9, 22);
	session_send(&v.session, "Why?", 1);
	tell(&v, CHAT_EVENT_REASONING, "\nFirst one thing, then\n\nanother \x1b\n");
	transcript_fold(&v.transcript);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Why?\n\nthinking … 0.0 s\n│ First one thing,\n│ then\n│\n│ another ^[\n\n\n");
	tell(&v, CHAT_EVENT_CONTENT, "Because");
	end(&v, ERR_NONE, "");
	for (int i = 0; i < 2; i++) {
		view_draw(&v);
		EXPECT_GRID(&v.grid, unfolded);
		CU_ASSERT(grid_cell(&v.grid, 3, 2)->style == STYLE_THINKING);
		transcript_fold(&v.transcript);
		view_draw(&v);
		EXPECT_GRID(&v.grid, folded);
		transcript_fold(&v.transcript);
	}
	view_release(&v);
}

/* Who reads the third of many replies still reads it there. */
/* What would be hidden is more than the row that tells of it. */
static void
folds_no_single_row_away(void)
{
	static const struct {
		const char *reply, *want;
	} rows[] = {
	        {"a\nb\nc", "> Go\n\na\nb\nc\n\n\n\n"},
	        {"a\nb\nc\nd", "> Go\n\na\nb\nc\nd\n\n\n"},
	        {"a\nb\nc\nd\ne", "> Go\n\na\nb\nc\n… 2 more lines\n\n\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct view v;

		view_init(&v, 8, 20);
		turn(&v, "Go", rows[i].reply);
		transcript_fold_text(&v.transcript, conversation_leaf(v.session.conversation)->id);
		view_draw(&v);
		EXPECT_GRID(&v.grid, rows[i].want);
		view_release(&v);
	}
}

/* A long text of whose first piece just as many rows are known as are shown has more in the others. */
static void
folds_what_is_in_the_next_piece(void)
{
	struct buf reply = {0};
	struct view v;

	buf_puts(&reply, "a\nb\nc\nd\n");
	for (int i = 0; i < 200000; i++)
		buf_putc(&reply, '\n');
	buf_puts(&reply, "e");
	view_init(&v, 8, 20);
	turn(&v, "Go", reply.data);
	transcript_fold_text(&v.transcript, conversation_leaf(v.session.conversation)->id);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Go\n\na\nb\nc\n… 3 more lines\n\n\n");
	view_release(&v);
	buf_release(&reply);
}

static void
keeps_its_place_when_reasoning_unfolds(void)
{
	struct view v;
	char *text;

	view_init(&v, 4, 24);
	for (int i = 1; i < 6; i++) {
		session_send(&v.session, "Why?", 1);
		tell(&v, CHAT_EVENT_REASONING, "one\ntwo\nthree");
		tell(&v, CHAT_EVENT_CONTENT, (char[]){'a', (char)('0' + i), '\0'});
		end(&v, ERR_NONE, "");
	}
	view_draw(&v);
	transcript_scroll(&v.transcript, -7);
	view_draw(&v);
	text = grid_text(&v.grid);
	CU_ASSERT(strncmp(text, "a3", 2) == 0);
	free(text);
	for (int i = 0; i < 3; i++) {
		transcript_fold(&v.transcript);
		view_draw(&v);
		text = grid_text(&v.grid);
		CU_ASSERT(strncmp(text, "a3", 2) == 0);
		free(text);
	}
	view_release(&v);
}

/* What stands below a reply that did not end as it should. */
static void
says_how_a_reply_ended(void)
{
	static const struct {
		const char *content, *reason;
		enum err_code code;
		const char *words, *want;
	} rows[] = {
	        {"Once", "stop", ERR_NONE, "", "> Tell\n\nOnce\n\n\n"},
	        {"Once", "", ERR_CANCELLED, "cancelled", "> Tell\n\nOnce\n(stopped)\n\n"},
	        {"Once", "", ERR_INCOMPLETE, "it broke off", "> Tell\n\nOnce\n! it broke off\n\n"},
	        {"Once", "", ERR_SERVER, "bad \x1b[31m", "> Tell\n\nOnce\n! bad ^[[31m\n\n"},
	        {"", "stop", ERR_NONE, "", "> Tell\n\n(an empty reply)\n\n\n"},
	        {"Once", "content_filter", ERR_NONE, "", "> Tell\n\nOnce\n(ends here: the server's\ncontent filter)\n"},
	        /* Nothing came: the prompt is in the composer again, and the error where it was. */
	        {"", "", ERR_TIMEOUT, "llama-server request timed out", "! llama-server request timed\nout\n\n\n\n"},
	        {"", "", ERR_CANCELLED, "cancelled", "\n\n\n\n\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct view v;

		view_init(&v, 5, 28);
		session_send(&v.session, "Tell", 1);
		if (*rows[i].content)
			tell(&v, CHAT_EVENT_CONTENT, rows[i].content);
		if (*rows[i].reason)
			tell(&v, CHAT_EVENT_FINISH, rows[i].reason);
		end(&v, rows[i].code, rows[i].words);
		view_draw(&v);
		EXPECT_GRID(&v.grid, rows[i].want);
		view_release(&v);
	}
}

/* Beside the last reply only, whole, and only while there is such a key. */
static void
names_the_key_that_sends_it_again(void)
{
	static const struct {
		enum err_code code;
		int cols;
		const char *retry, *want;
	} rows[] = {
	        {ERR_INCOMPLETE, 40, "Alt+R", "Once\n! it broke off · Alt+R sends it again\n\n\n"},
	        {ERR_INCOMPLETE, 35, "Alt+R", "Once\n! it broke off\nAlt+R sends it again\n\n"},
	        {ERR_INCOMPLETE, 20, "Alt+R", "Once\n! it broke off\nAlt+R sends it again\n\n"},
	        {ERR_INCOMPLETE, 12, "Alt+R", "Once\n! it broke\noff\nAlt+R sends\nit again\n"},
	        {ERR_INCOMPLETE, 40, NULL, "Once\n! it broke off\n\n\n"},
	        {ERR_MODEL, 40, "Alt+R", "Once\n! it broke off · /model chooses one\n\n\n"},
	        {ERR_MODEL, 40, NULL, "Once\n! it broke off\n\n\n"},
	        {ERR_CANCELLED, 40, "Alt+R", "Once\n(stopped) · Alt+R sends it again\n\n\n"},
	        {ERR_NONE, 40, "Alt+R", "Once\n\n\n\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct view v;
		char *text;

		view_init(&v, 6, rows[i].cols);
		v.transcript.keys.retry = rows[i].retry;
		session_send(&v.session, "Tell", 1);
		tell(&v, CHAT_EVENT_CONTENT, "Once");
		end(&v, rows[i].code, "it broke off");
		view_draw(&v);
		text = grid_text(&v.grid);
		HARNESS_CHECK(strncmp(text, "> Tell\n\n", 8) == 0 || strncmp(text, "\nOnce", 5) == 0, "%s", text);
		HARNESS_EQUAL(strstr(text, "Once"), rows[i].want);
		free(text);
		view_release(&v);
	}
}

static void
names_it_for_the_last_reply_only(void)
{
	struct view v;

	view_init(&v, 8, 40);
	v.transcript.keys.retry = "Alt+R";
	session_send(&v.session, "a", 1);
	tell(&v, CHAT_EVENT_CONTENT, "b");
	end(&v, ERR_CANCELLED, "");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\n(stopped) · Alt+R sends it again\n\n\n\n\n");
	session_send(&v.session, "c", 1);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\n(stopped)\n\n> c\n\n\n");
	view_release(&v);
}

/* In the composer again: Enter. The prompt of an older reply, which was only asked again: the key that did. */
static void
names_the_key_of_a_prompt_without_a_reply(void)
{
	struct view v;

	view_init(&v, 5, 40);
	v.transcript.keys = (struct transcript_keys){.retry = "Alt+R", .send = "Enter"};
	session_send(&v.session, "a", 1);
	end(&v, ERR_TIMEOUT, "timed out");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "! timed out · Enter sends it again\n\n\n\n\n");
	v.transcript.keys.send = NULL;
	view_draw(&v);
	EXPECT_GRID(&v.grid, "! timed out\n\n\n\n\n");
	turn(&v, "a", "b");
	CU_ASSERT(session_retry(&v.session, NULL, 2));
	end(&v, ERR_TIMEOUT, "timed out");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\n\n! timed out · Alt+R sends it again\n");
	view_release(&v);
}

static void
follows_the_reply(void)
{
	struct view v;

	view_init(&v, 4, 20);
	session_send(&v.session, "Count", 1);
	for (int i = 1; i < 6; i++) {
		tell(&v, CHAT_EVENT_CONTENT, (char[]){(char)('0' + i), '\n', '\0'});
		view_draw(&v);
	}
	EXPECT_GRID(&v.grid, "2\n3\n4\n5\n");
	end(&v, ERR_CANCELLED, "");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "3\n4\n5\n(stopped)\n");
	view_release(&v);
}

/* Counting lays out what is counted, which must not take long. */
static void
counts_no_further_than_is_worth_telling(void)
{
	struct view v;

	view_init(&v, 4, 32);
	for (int i = 0; i < TRANSCRIPT_COUNT_MAX / 4 + 1; i++)
		turn(&v, "a", "b");
	view_draw(&v);
	transcript_start(&v.transcript);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\nover 2000 lines, End to follow\n");
	transcript_scroll(&v.transcript, 4);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\n+1996 lines, End to follow\n");
	transcript_start(&v.transcript);
	turn(&v, "a", "c");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> a\n\nb\n4 new lines, End to follow\n");
	view_release(&v);
}

static void
stands_still_while_text_comes(void)
{
	static const char before[] = "2\n3\n4\n";
	struct view v;

	view_init(&v, 4, 24);
	session_send(&v.session, "Count", 1);
	tell(&v, CHAT_EVENT_CONTENT, "1\n2\n3\n4\n5\n6\n7\n8\n9");
	view_draw(&v);
	transcript_scroll(&v.transcript, -4);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "2\n3\n4\n+5 lines, End to follow\n");
	for (int i = 0; i < 1000; i++) {
		char *text;

		tell(&v, CHAT_EVENT_CONTENT, "more and more text\n");
		view_draw(&v);
		text = grid_text(&v.grid);
		CU_ASSERT(strncmp(text, before, strlen(before)) == 0);
		free(text);
	}
	EXPECT_GRID(&v.grid, "2\n3\n4\n999 new, End\n");
	transcript_end(&v.transcript);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "more and more text\nmore and more text\nmore and more text\nmore and more text\n");
	view_release(&v);
}

/* New is what was never shown, whatever the width is. */
static void
counts_what_is_new(void)
{
	struct view v;

	view_init(&v, 4, 30);
	session_send(&v.session, "Count", 1);
	tell(&v, CHAT_EVENT_CONTENT, "1\n2\n3\n4\n5\n6");
	view_draw(&v);
	transcript_scroll(&v.transcript, -2);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "1\n2\n3\n+3 lines, End to follow\n");
	tell(&v, CHAT_EVENT_CONTENT, "\n7");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "1\n2\n3\n1 new line, End to follow\n");
	tell(&v, CHAT_EVENT_CONTENT, "\n8\n9 9");
	transcript_scroll(&v.transcript, -1);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n1\n2\n3 new lines, End to follow\n");
	/* Seen on the way down: no longer new on the way up. */
	transcript_scroll(&v.transcript, 5);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "5\n6\n7\n2 new lines, End to follow\n");
	transcript_scroll(&v.transcript, -5);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n1\n2\n2 new lines, End to follow\n");
	grid_resize(&v.grid, 4, 2);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n1\n2\n3\n");
	grid_resize(&v.grid, 4, 30);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n1\n2\n2 new lines, End to follow\n");
	/* The next turn is new, and its end. */
	end(&v, ERR_NONE, "");
	turn(&v, "Go on", "10");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n1\n2\n6 new lines, End to follow\n");
	transcript_end(&v.transcript);
	view_draw(&v);
	transcript_start(&v.transcript);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Count\n\n1\n+12 lines, End to follow\n");
	view_release(&v);
}

/* A reply that had no row yet, and words of flynn's own, which are many rows, when it was last seen. */
static void
counts_from_rows_that_are_no_text(void)
{
	struct view v;

	view_init(&v, 4, 30);
	session_send(&v.session, "1\n2\n3\n4\n5", 1);
	view_draw(&v);
	transcript_scroll(&v.transcript, -1);
	tell(&v, CHAT_EVENT_CONTENT, "6\n7");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> 2\n> 3\n> 4\n2 new lines, End to follow\n");
	transcript_end(&v.transcript);
	end(&v, ERR_SERVER, "an error that takes two lines or even more");
	view_draw(&v);
	transcript_scroll(&v.transcript, -1);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "\n6\n7\n+2 lines, End to follow\n");
	view_release(&v);
}

static void
scrolls_between_the_ends(void)
{
	struct view v;

	view_init(&v, 4, 30);
	turn(&v, "Count", "1\n2\n3\n4\n5\n6");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "3\n4\n5\n6\n");
	transcript_scroll(&v.transcript, 1);
	CU_ASSERT(v.transcript.follow);
	transcript_scroll(&v.transcript, -100);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Count\n\n1\n+5 lines, End to follow\n");
	transcript_scroll(&v.transcript, 2);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "1\n2\n3\n+3 lines, End to follow\n");
	transcript_scroll(&v.transcript, 100);
	view_draw(&v);
	CU_ASSERT(v.transcript.follow);
	EXPECT_GRID(&v.grid, "3\n4\n5\n6\n");
	transcript_start(&v.transcript);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> Count\n\n1\n+5 lines, End to follow\n");
	view_release(&v);
}

/* Whatever sizes the view went through, at the first one it shows what it showed. */
static void
is_the_same_after_resizing(void)
{
	static const char text[] = "A word or two, then 世界 and more words to be wrapped somewhere, ending here. ";
	struct view v;
	struct grid first;
	unsigned seed = 1;

	view_init(&v, 10, 40);
	for (int i = 0; i < 5; i++)
		turn(&v, text, text);
	view_draw(&v);
	first = v.grid;
	grid_init(&v.grid, 1, 1);
	for (int i = 0; i < 200; i++) {
		seed = seed * 1103515245u + 12345u;
		grid_resize(&v.grid, (int)(seed >> 16) % 50 + 1, (int)(seed >> 8) % 100 + 3);
		view_draw(&v);
	}
	grid_resize(&v.grid, 10, 40);
	view_draw(&v);
	CU_ASSERT(memcmp(first.cells, v.grid.cells, 400 * sizeof(*first.cells)) == 0);
	grid_release(&first);
	view_release(&v);
}

static void
keeps_its_place_when_the_width_changes(void)
{
	struct view v;

	view_init(&v, 3, 30);
	turn(&v, "x", "one two three\nfour five six\nseven eight nine\nten\neleven\ntwelve");
	view_draw(&v);
	transcript_scroll(&v.transcript, -2);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "four five six\nseven eight nine\n+3 lines, End to follow\n");
	grid_resize(&v.grid, 3, 6);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "four\nfive\n+7, En\n");
	grid_resize(&v.grid, 3, 30);
	view_draw(&v);
	EXPECT_GRID(&v.grid, "four five six\nseven eight nine\n+3 lines, End to follow\n");
	view_release(&v);
}

static void
shows_a_hint_when_empty(void)
{
	struct view v;

	view_init(&v, 3, 12);
	v.transcript.hint = "Enter sends, Esc stops";
	view_draw(&v);
	EXPECT_GRID(&v.grid, "Enter sends,\nEsc stops\n\n");
	turn(&v, "x", "y");
	view_draw(&v);
	EXPECT_GRID(&v.grid, "> x\n\ny\n");
	view_release(&v);
}

/* Every C0, C1 and bidirectional control, and sequences of them, through prompt, reply and error. */
static void
lets_no_control_onto_the_grid(void)
{
	static const char nasty[] =
	        "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
	        "\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f\xc2\x80\xc2\x9b\xc2\x9d\xe2\x80\xae\xe2\x81"
	        "\xa6\x1b[2J\x1b]0;x\x07\x1bPq\x1b\\\xff";
	struct view v;

	view_init(&v, 40, 30);
	session_send(&v.session, nasty, 1);
	tell(&v, CHAT_EVENT_REASONING, nasty);
	tell(&v, CHAT_EVENT_CONTENT, nasty);
	end(&v, ERR_SERVER, nasty);
	view_draw(&v);
	for (int i = 0; i < 40 * 30; i++) {
		const unsigned char *text = (const unsigned char *)v.grid.cells[i].text;

		CU_ASSERT(v.grid.cells[i].width == 0 || (text[0] >= 0x20 && text[0] != 0x7f));
		CU_ASSERT(text[0] != 0xc2 || text[1] >= 0xa0);
		CU_ASSERT(strstr(v.grid.cells[i].text, "\xe2\x80\xae") == NULL);
	}
	view_release(&v);
}

/* view_draw compares each frame with one that is drawn from nothing. Returns how many rows only grew. */
static size_t
grow_by_chance(int cols, enum chat_event_type type, uint32_t *chance)
{
	static const char *const words[] = {"a", "word ", "word ", "be, ", "x", "\xc3\xa9", "\xcc\x81", "世",
	        "👩\xe2\x80\x8d", "👧", "🇩", "🇪", "*", "**", "`", "_a_", "\n", "\n\n", "\n- ", "\n1. ", "\n> ",
	        "\n```c\n", "int f(", "\n```\n", "| a ", "|\n", "|---|\n", "[x](http://a)", "\t", "ا", "~~", "$",
	        "\xef\xb8\x8f", "\x01"};
	struct view v;
	size_t grown = 0;

	view_init(&v, 10, cols);
	v.transcript.unfolded = true;
	session_send(&v.session, "Go", 1);
	for (int i = 0; i < 60; i++) {
		*chance = *chance * 1664525 + 1013904223;
		tell(&v, type, words[(*chance >> 16) % ARRAY_LEN(words)]);
		view_draw(&v);
		for (int row = 0; row < v.grid.rows; row++)
			grown += grid_text_end(&v.grid, row).before != 0;
	}
	end(&v, ERR_NONE, "");
	view_draw(&v);
	view_release(&v);
	return grown;
}

static void
draws_what_grows_as_if_it_were_new(void)
{
	uint32_t chance = 1;
	size_t grown = 0;

	for (int cols = 1; cols <= 40; cols += (int)harness_stride())
		for (int i = 0; i < 2; i++)
			grown += grow_by_chance(cols, i ? CHAT_EVENT_REASONING : CHAT_EVENT_CONTENT, &chance);
	CU_ASSERT(grown > 100);
}

CU_TestInfo transcript_tests[] = {
        {"tells who said what", tells_who_said_what},
        {"tells what is written elsewhere", tells_what_is_written_elsewhere},
        {"draws what grows as if it were new", draws_what_grows_as_if_it_were_new},
        {"folds reasoning", folds_reasoning},
        {"unfolds reasoning", unfolds_reasoning},
        {"folds no single row away", folds_no_single_row_away},
        {"folds what is in the next piece", folds_what_is_in_the_next_piece},
        {"keeps its place when reasoning unfolds", keeps_its_place_when_reasoning_unfolds},
        {"says how a reply ended", says_how_a_reply_ended},
        {"names the key that sends it again", names_the_key_that_sends_it_again},
        {"names it for the last reply only", names_it_for_the_last_reply_only},
        {"names the key of a prompt without a reply", names_the_key_of_a_prompt_without_a_reply},
        {"follows the reply", follows_the_reply},
        {"counts no further than is worth telling", counts_no_further_than_is_worth_telling},
        {"stands still while text comes", stands_still_while_text_comes},
        {"counts what is new", counts_what_is_new},
        {"counts from rows that are no text", counts_from_rows_that_are_no_text},
        {"scrolls between the ends", scrolls_between_the_ends},
        {"is the same after resizing", is_the_same_after_resizing},
        {"keeps its place when the width changes", keeps_its_place_when_the_width_changes},
        {"shows a hint when empty", shows_a_hint_when_empty},
        {"lets no control onto the grid", lets_no_control_onto_the_grid},
        CU_TEST_INFO_NULL,
};
