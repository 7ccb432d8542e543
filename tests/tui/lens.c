/*
 * lens.c - the tokens of a reply in rows: where they break, that a reply which grows looks as one that was read at once, and the
 * cursor.
 */
#include "tui/lens.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

/* Appends a token with two candidates, itself and "!", behind a gap. */
static void
put_behind(struct message *m, unsigned flags, const char *text, unsigned nats, size_t gap)
{
	struct buf rest = {0};
	size_t n = strlen(text);

	token_pack_nats(&rest, nats);
	buf_put(&rest, "\x01\x02", 2);
	token_pack_candidate(&rest, &(struct token_candidate){text, n, nats});
	token_pack_candidate(&rest, &(struct token_candidate){"!", 1, 3000});
	CU_ASSERT(tokens_put(&m->tokens, flags, gap, n, rest.data, rest.len));
	buf_release(&rest);
}

/* The same, or text without token. */
static void
put(struct message *m, unsigned flags, const char *text, unsigned nats)
{
	struct buf *to = flags & TOKEN_THOUGHT ? &m->reasoning : &m->content;
	size_t ends[2], at = to->len;

	if (!buf_append(to, text, strlen(text)))
		abort();
	if (nats == TOKEN_NATS_MAX)
		return;
	tokens_ends(&m->tokens, ends);
	put_behind(m, flags, text, nats, at - ends[(flags & TOKEN_THOUGHT) != 0]);
}

enum {
	NO_TOKEN = TOKEN_NATS_MAX,
	SURE = 0,
	UNSURE = 1500,
};

/* Each piece as "row:col:text", the cursor's in brackets. */
static void
put_pieces(struct buf *out, const struct lens *l)
{
	for (size_t i = 0; i < l->n_pieces; i++) {
		const struct lens_piece *p = &l->pieces[i];

		buf_printf(out, "%s%ld:%d:%s%.*s%s", i > 0 ? "|" : "", p->row, p->col, p->item == l->cursor ? "[" : "",
		        (int)p->n, l->shown.data + p->at, p->item == l->cursor ? "]" : "");
	}
}

static void
check_pieces(const struct lens *l, const char *want)
{
	struct buf have = {0};

	put_pieces(&have, l);
	HARNESS_EQUAL(buf_text(&have), want);
	buf_release(&have);
}

/* ---- rows ---- */

static void
words_go_to_the_next_row_whole(void)
{
	static const struct {
		const char *tokens[6];
		int cols;
		const char *want;
	} rows[] = {
	        {{"One", " two"}, 10, "0:0:[One]|0:3: two"},
	        {{"One", " un", "like", "ly"}, 10, "0:0:[One]|1:0: un|1:3:like|1:7:ly"},
	        {{"One", " two", " un", "likely"}, 9, "0:0:[One]|0:3: two|1:0: un|1:3:likely"},
	        {{"One", " two", " un", "likely"}, 8, "0:0:[One]|0:3: two|1:0: un|2:0:likely"},
	        {{"a", "b", "c", "d"}, 3, "0:0:[a]|0:1:b|0:2:c|1:0:d"},
	        {{"abcdefgh"}, 3, "0:0:[abc]|1:0:[def]|2:0:[gh]"},
	        {{"a\n", "b"}, 10, "0:0:[a↵]|1:0:b"},
	        {{"a", "\n\n", "b"}, 10, "0:0:[a]|0:1:↵|1:0:↵|2:0:b"},
	        {{"a", " ", "b"}, 10, "0:0:[a]|0:1:␣|0:2:b"},
	        {{"\xe4\xb8\x96\xe7\x95\x8c", "\xe4\xb8\x96"}, 5, "0:0:[\xe4\xb8\x96\xe7\x95\x8c]|1:0:\xe4\xb8\x96"},
	        {{"\xe4\xb8\x96"}, 1, "0:0:[\xe4\xb8\x96]"},
	        {{"\xf0\x9f", "\x91\x8b"}, 20, "0:0:[<F0><9F>]|0:8:<91><8B>"},
	        {{"\x1b[31m", "\xe2\x80\xae"}, 20, "0:0:[^[[31m]|0:6:<U+202E>"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct message *m = message_new(CHAT_ASSISTANT, "");
		struct lens l = {0};

		for (size_t k = 0; k < ARRAY_LEN(rows[i].tokens) && rows[i].tokens[k]; k++)
			put(m, 0, rows[i].tokens[k], SURE);
		lens_read(&l, m, rows[i].cols);
		check_pieces(&l, rows[i].want);
		lens_release(&l);
		message_free(m);
	}
}

/* Text without tokens stands where it is; the answer begins below the thought. */
static void
gaps_and_thoughts_have_their_place(void)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens l = {0};

	put(m, TOKEN_THOUGHT, "Hm", NO_TOKEN);
	put(m, TOKEN_THOUGHT, " so", SURE);
	put(m, TOKEN_THOUGHT, "!", NO_TOKEN);
	put(m, 0, "A", NO_TOKEN);
	put(m, 0, "b", SURE);
	put(m, 0, "c", NO_TOKEN);
	lens_read(&l, m, 20);
	check_pieces(&l, "0:0:Hm|0:2:[ so]|0:5:!|2:0:A|2:1:b|2:2:c");
	CU_ASSERT(l.n_tokens == 2);
	lens_read(&l, m, 20);
	check_pieces(&l, "0:0:Hm|0:2:[ so]|0:5:!|2:0:A|2:1:b|2:2:c");
	lens_release(&l);
	message_free(m);
}

/* Text that came before its tokens gets them; what is shown of much text without any is bounded. */
static void
text_behind_the_last_token_may_get_tokens(void)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens l = {0};
	struct buf rest = {0};

	put(m, 0, "a\n", SURE);
	put(m, 0, "b c", NO_TOKEN);
	lens_read(&l, m, 20);
	check_pieces(&l, "0:0:[a↵]|1:0:b c");
	token_pack_nats(&rest, 0);
	buf_put(&rest, "\0\0", 2);
	CU_ASSERT(tokens_put(&m->tokens, 0, 0, 1, rest.data, rest.len));
	lens_read(&l, m, 20);
	check_pieces(&l, "0:0:[a↵]|1:0:b|1:1: c");
	for (int i = 0; i < 2000; i++)
		put(m, 0, "without ", NO_TOKEN);
	lens_read(&l, m, 20);
	CU_ASSERT(l.shown.len < 5000);
	CU_ASSERT_PTR_NOT_NULL(strstr(l.shown.data, "bytes more)"));
	buf_release(&rest);
	lens_release(&l);
	message_free(m);
}

/* As of one that is read at once. */
static void
a_reply_that_grows_looks_the_same(void)
{
	static const char *const tokens[] = {"One", " up", "on", " a", " ti", "me", ",", "\n", "there", " was\n\n",
	        " a", " lit", "tle", " ", "dog", " named", " Ex", "trem", "ely", "long", "name", ".", "\xe4\xb8\x96",
	        "\xe7\x95\x8c"};
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens grows = {0};

	for (size_t i = 0; i < 400; i++) {
		put(m, i < 40 ? TOKEN_THOUGHT : 0, tokens[i % ARRAY_LEN(tokens)], i % 3 ? SURE : UNSURE);
		lens_read(&grows, m, 17);
		if (i % 7 == 0) {
			struct lens whole = {0};
			struct buf have = {0}, want = {0};

			lens_read(&whole, m, 17);
			put_pieces(&have, &grows);
			put_pieces(&want, &whole);
			CU_ASSERT_STRING_EQUAL(buf_text(&have), buf_text(&want));
			CU_ASSERT(grows.n_tokens == i + 1 && whole.n_tokens == i + 1);
			buf_release(&have);
			buf_release(&want);
			lens_release(&whole);
		}
	}
	lens_release(&grows);
	message_free(m);
}

/* ---- the cursor ---- */

static void
the_cursor_walks_tokens(void)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens l = {0};

	put(m, 0, "gap ", NO_TOKEN);
	put(m, 0, "One", SURE);
	put(m, 0, " gap", NO_TOKEN);
	put(m, 0, " two", UNSURE);
	put(m, 0, " three", SURE);
	put(m, 0, " four", UNSURE);
	lens_read(&l, m, 12);
	CU_ASSERT(lens_number(&l) == 1);
	lens_move(&l, -1);
	CU_ASSERT(lens_number(&l) == 1);
	lens_move(&l, 1);
	CU_ASSERT(lens_number(&l) == 2 && l.choice == 0);
	lens_choose(&l, 1);
	lens_choose(&l, 1);
	CU_ASSERT(l.choice == 1);
	lens_move(&l, 1);
	CU_ASSERT(lens_number(&l) == 3 && l.choice == 0);
	CU_ASSERT(lens_move_unsure(&l, 1) && lens_number(&l) == 4);
	CU_ASSERT(!lens_move_unsure(&l, 1) && lens_number(&l) == 4);
	CU_ASSERT(lens_move_unsure(&l, -1) && lens_number(&l) == 2);
	CU_ASSERT(!lens_move_unsure(&l, -1));
	lens_move_end(&l, -1);
	CU_ASSERT(lens_number(&l) == 1 && !l.follows);
	lens_move_rows(&l, 1);
	CU_ASSERT(lens_number(&l) == 3);
	lens_move_rows(&l, 99);
	CU_ASSERT(lens_number(&l) == 4);
	lens_move_rows(&l, -99);
	CU_ASSERT(lens_number(&l) == 1);
	lens_move_end(&l, 1);
	CU_ASSERT(lens_number(&l) == 4 && l.follows);
	put(m, 0, " five", SURE);
	lens_read(&l, m, 12);
	CU_ASSERT(lens_number(&l) == 5);
	lens_move(&l, -2);
	lens_read(&l, m, 30);
	CU_ASSERT(lens_number(&l) == 3);
	lens_release(&l);
	message_free(m);
}

/* Of a list that is none of this text nothing is drawn that is not there. */
static void
a_list_of_another_text_ends_there(void)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens l = {0};

	put(m, 0, "One", SURE);
	put(m, 0, " two", SURE);
	buf_truncate(&m->content, 5);
	lens_read(&l, m, 20);
	check_pieces(&l, "0:0:[One]|0:3: t");
	buf_truncate(&m->content, 0);
	m->moves++;
	lens_read(&l, m, 20);
	CU_ASSERT(l.n_tokens == 0 && !lens_token(&l));
	lens_move(&l, 1);
	lens_move_rows(&l, 1);
	lens_move_end(&l, 1);
	lens_choose(&l, 1);
	CU_ASSERT(!lens_move_unsure(&l, -1) && !lens_token(&l));
	lens_release(&l);
	message_free(m);
}

static void
a_long_reply_is_read_once(void)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct lens l = {0};
	size_t next;

	for (int i = 0; i < 10000; i++) {
		const char *text = i % 5 ? " word" : "\n";

		CU_ASSERT(buf_append(&m->content, text, strlen(text)));
		put_behind(m, 0, text, i % 2 ? SURE : UNSURE, 0);
	}
	lens_read(&l, m, 40);
	CU_ASSERT(l.n_tokens == 10000 && l.reader.next == m->tokens.len);
	next = l.reader.next;
	put(m, 0, " more", SURE);
	lens_read(&l, m, 40);
	CU_ASSERT(l.n_tokens == 10001 && l.reader.next > next);
	lens_move_end(&l, 1);
	CU_ASSERT(lens_number(&l) == 10001);
	lens_release(&l);
	message_free(m);
}

CU_TestInfo lens_tests[] = {
        {"words go to the next row whole", words_go_to_the_next_row_whole},
        {"gaps and thoughts have their place", gaps_and_thoughts_have_their_place},
        {"text behind the last token may get tokens", text_behind_the_last_token_may_get_tokens},
        {"a reply that grows looks the same", a_reply_that_grows_looks_the_same},
        {"the cursor walks tokens", the_cursor_walks_tokens},
        {"a list of another text ends there", a_list_of_another_text_ends_there},
        {"a long reply is read once", a_long_reply_is_read_once},
        CU_TEST_INFO_NULL,
};
