/*
 * tokens.c - tokens find their text, whatever was held back of it, left out or added; and what is made of their list.
 */
#include "chat/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "chat/session.h"
#include "chat/token_align.h"
#include "chat/token_branch.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

/* ---- what a server tells ---- */

/* A token that is its own only candidate, and another one after it, "!". */
static void
put_told(struct buf *out, const char *s, size_t n, unsigned flags)
{
	buf_clear(out);
	buf_putc(out, (char)flags);
	token_pack_number(out, n);
	buf_put(out, s, n);
	token_pack_nats(out, 700);
	buf_putc(out, flags & TOKEN_PART ? 0 : 1);
	buf_putc(out, 2);
	token_pack_candidate(out, &(struct token_candidate){s, n, 700});
	token_pack_candidate(out, &(struct token_candidate){"!", 1, 1600});
}

static void
tell(struct session *s, enum chat_event_type type, const char *text, size_t n)
{
	struct err err;
	struct buf told = {0};

	if (type == CHAT_EVENT_TOKEN) {
		put_told(&told, text, n, 0);
		CU_ASSERT(session_event(
		        s, &(struct chat_event){.type = type, .text = buf_text(&told), .len = told.len}, &err));
		buf_release(&told);
	} else {
		CU_ASSERT(session_event(s, &(struct chat_event){.type = type, .text = text, .len = n}, &err));
	}
}

/* "[a] b [c|d" for each text: tokens in brackets, gaps without; "]" is "|" after one that is cut. */
static void
put_places(struct buf *out, const struct message *m, unsigned thought)
{
	struct tokens_reader r = {.packed = &m->tokens};
	const struct buf *text = thought ? &m->reasoning : &m->content;
	struct token t;
	size_t at = 0;

	while (tokens_next(&r, &t)) {
		if ((t.flags & TOKEN_THOUGHT) != thought)
			continue;
		buf_put(out, buf_text(text) + at, t.at - at);
		buf_printf(out, "[%.*s%s", (int)t.n, buf_text(text) + t.at, t.flags & TOKEN_CUT ? "|" : "]");
		at = t.at + t.n;
	}
	buf_put(out, buf_text(text) + at, text->len - at);
}

static void
check_places(const struct message *m, const char *want)
{
	struct buf have = {0};

	put_places(&have, m, TOKEN_THOUGHT);
	buf_putc(&have, '/');
	put_places(&have, m, 0);
	HARNESS_EQUAL(buf_text(&have), want);
	CU_ASSERT(tokens_are_of(&m->tokens, &m->content, &m->reasoning));
	buf_release(&have);
}

static const struct err complete = {.code = ERR_NONE};

/* A letter, then its text up to the next blank ("_" is a blank): t token, c content, r reasoning, w all was reasoning. */
static void
play(struct session *s, const char *script)
{
	static const struct {
		char letter;
		enum chat_event_type type;
	} rows[] = {{'t', CHAT_EVENT_TOKEN}, {'c', CHAT_EVENT_CONTENT}, {'r', CHAT_EVENT_REASONING},
	        {'w', CHAT_EVENT_WAS_REASONING}};

	while (*script) {
		size_t n = strcspn(script, " ");
		char text[64] = {0};

		memcpy(text, script + 1, n - 1);
		for (char *at = text; (at = strchr(at, '_'));)
			*at = ' ';
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			if (rows[i].letter == *script)
				tell(s, rows[i].type, text, n - 1);
		script += n + strspn(script + n, " ");
	}
}

static void
tokens_find_their_text(void)
{
	static const struct {
		const char *script, *want;
	} rows[] = {
	        {"ta ca t_b c_b", "/[a][ b]"},
	        {"ta tb cab", "/[a][b]"},
	        {"cx ta ca cy", "/x[a]y"},
	        /* Held back: the text comes with later tokens, or the tokens with later text. */
	        {"ta ca tThe cxThe", "/[a]x[The]"},
	        {"ta tb tc ca cb cc", "/[a][b][c]"},
	        {"tabc ca cb cc", "/[abc]"},
	        {"tab ca tcd cbcd", "/[ab][cd]"},
	        {"tab ca tx cx", "/[a|[x]"},
	        /* Left out: tags, a stop word, the auth token. */
	        {"t<think> tI rI t</think> tHi cHi", "[I]/[Hi]"},
	        {"t< tthink t> tI rI", "[I]/"},
	        {"tthe t>the rthe", "[the]/"},
	        {"tth tink t> tth rth", "[th]/"},
	        {"ta ca tsk- tabc c*** tb cb", "/[a]***[b]"},
	        /* Characters of several tokens, told one by one or as one. */
	        {"t\xf0\x9f t\x91\x8b c\xf0\x9f\x91\x8b", "/[\xf0\x9f][\x91\x8b]"},
	        {"t\xf0\x9f\x91\x8b c\xf0\x9f\x91\x8b", "/[\xf0\x9f\x91\x8b]"},
	        {"t\xc3 ta c\xef\xbf\xbd"
	         "a",
	                "/\xef\xbf\xbd[a]"},
	        /* A thought that came as content. */
	        {"t_I c_I t_am c_am t_ c_ w thi chi", "I[ am]/[hi]"},
	        {"tI cI tam cam w thi chi", "[I][am]/[hi]"},
	        {"rHm tI cI w thi chi", "Hm[I]/[hi]"},
	        {"tI rI cthey thi chi", "[I]/they[hi]"},
	        {"ta", "/"},
	        {"ta cb", "/b"},
	        {"ca", "/a"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *reply;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		reply = s.reply;
		play(&s, rows[i].script);
		free(session_end(&s, &complete, true));
		check_places(reply, rows[i].want);
		session_release(&s);
	}
}

/* However the text of the tokens is cut, they end up at the same places. */
static void
any_cut_gives_the_same(void)
{
	static const char text[] = "One two, three and four.";
	static const size_t lengths[] = {3, 4, 1, 6, 4, 5, 1};

	for (size_t every = 1; every < sizeof(text); every++) {
		struct session s;
		struct message *reply;
		size_t told = 0, at = 0;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		reply = s.reply;
		for (size_t i = 0; i < ARRAY_LEN(lengths); told += lengths[i++])
			tell(&s, CHAT_EVENT_TOKEN, text + told, lengths[i]);
		for (size_t n; at < sizeof(text) - 1; at += n) {
			n = every < sizeof(text) - 1 - at ? every : sizeof(text) - 1 - at;
			tell(&s, CHAT_EVENT_CONTENT, text + at, n);
		}
		free(session_end(&s, &complete, true));
		check_places(reply, "/[One][ two][,][ three][ and][ four][.]");
		session_release(&s);
	}
}

/* ---- a list ---- */

static struct message *
make_reply(struct session *s, const char *script)
{
	struct message *reply;

	session_init(s, NULL);
	session_send(s, "ask", 1);
	reply = s->reply;
	play(s, script);
	free(session_end(s, &complete, true));
	return reply;
}

static void
is_cut_at_a_byte(void)
{
	static const struct {
		size_t content, reasoning;
		const char *want;
	} rows[] = {{99, 99, "[I][ am]/[Hi][ you]"}, {5, 99, "[I][ am]/[Hi] you"}, {2, 1, "[I] am/[Hi] you"},
	        {0, 0, "I am/Hi you"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *m = make_reply(&s, "tI rI t_am r_am tHi cHi t_you c_you");

		tokens_cut(&m->tokens, rows[i].content, rows[i].reasoning);
		check_places(m, rows[i].want);
		session_release(&s);
	}
}

/* What a person changes keeps the tokens before that. */
static void
a_changed_text_keeps_its_beginning(void)
{
	struct session s;
	struct message *m = make_reply(&s, "tHi cHi t_you c_you t! c!");

	check_places(session_edit(&s, m, "Hi you?"), "/[Hi][ you]?");
	check_places(m, "/[Hi][ you][!]");
	session_release(&s);
}

/* Every beginning of a list, and lists with a byte that is another, are read without a look beyond their end; ASan sees it. */
static void
foreign_bytes_are_refused_or_read(void)
{
	struct session s;
	struct message *m = make_reply(&s, "tI rI xgap t_am r_am tHi cHi cx t_you c_you");
	size_t n = m->tokens.len;
	struct buf other = {0};

	CU_ASSERT(tokens_are_of(&m->tokens, &m->content, &m->reasoning));
	buf_puts(&other, "Hix yo");
	CU_ASSERT_FALSE(tokens_are_of(&m->tokens, &other, &m->reasoning));
	buf_puts(&other, "x");
	CU_ASSERT_FALSE(tokens_are_of(&m->tokens, &other, &m->reasoning));
	CU_ASSERT_FALSE(tokens_are_of(&m->tokens, &m->content, &other));
	buf_release(&other);
	for (size_t len = 1; len < n; len++) {
		struct buf cut = {0};
		char *exact = malloc(len);

		memcpy(exact, m->tokens.data, len);
		cut = (struct buf){.data = exact, .len = len, .space = len};
		(void)tokens_are_of(&cut, &m->content, &m->reasoning);
		free(exact);
	}
	for (size_t at = 0; at < n; at++) {
		buf_put(&other, m->tokens.data, n);
		other.data[at] = (char)~other.data[at];
		(void)tokens_are_of(&other, &m->content, &m->reasoning);
		tokens_cut(&other, 3, 3);
		buf_release(&other);
	}
	session_release(&s);
}

/* ---- another candidate ---- */

static bool
read_token(const struct message *m, size_t number, struct token *t)
{
	struct tokens_reader r = {.packed = &m->tokens};

	for (size_t i = 0; i <= number; i++)
		if (!tokens_next(&r, t))
			return false;
	return true;
}

static void
a_candidate_begins_another_version(void)
{
	static const struct {
		const char *script;
		size_t token;
		const char *want;
	} rows[] = {
	        {"tHa cHa tppy cppy", 1, "/[Ha][!]"},
	        {"tHa cHa tppy cppy", 0, "/[!]"},
	        {"tI rI t_am r_am tHi cHi", 1, "[I][!]/"},
	        {"tI rI t_am r_am tHi cHi t_you c_you", 3, "[I][ am]/[Hi][!]"},
	        {"cgap tHi cHi", 0, "/gap[!]"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *m = make_reply(&s, rows[i].script), *branch;
		struct token_branch b;
		struct token t;
		struct err err;

		CU_ASSERT(read_token(m, rows[i].token, &t));
		CU_ASSERT_FATAL(token_branch_make(m, &t, 1, &b, &err));
		session_branch(&s, m, &b, 2);
		branch = s.reply;
		CU_ASSERT(branch != m && branch->parent == m->parent && branch->is_edited);
		check_places(branch, rows[i].want);
		free(session_end(&s, &complete, true));
		session_release(&s);
	}
}

/* What comes then goes on behind it, with its tokens. */
static void
the_version_goes_on(void)
{
	struct session s;
	struct message *m = make_reply(&s, "tHa cHa tppy cppy"), *branch;
	struct token_branch b;
	struct token t;
	struct err err;

	CU_ASSERT(read_token(m, 1, &t));
	CU_ASSERT_FATAL(token_branch_make(m, &t, 1, &b, &err));
	session_branch(&s, m, &b, 2);
	branch = s.reply;
	CU_ASSERT(session_can_continue(&s) == false);
	play(&s, "t_Wow c_Wow");
	free(session_end(&s, &complete, true));
	check_places(branch, "/[Ha][!][ Wow]");
	CU_ASSERT(read_token(branch, 1, &t) && (t.flags & TOKEN_TAKEN) && t.own == 2 && t.nats == 1600);
	check_places(m, "/[Ha][ppy]");
	session_release(&s);
}

/* A token with these candidates, of which `own` (from 1) is itself. */
static void
tell_candidates(struct session *s, const char *told, unsigned flags, size_t own, const char *first, const char *second)
{
	struct buf packed = {0};
	struct err err;

	buf_putc(&packed, (char)flags);
	token_pack_number(&packed, strlen(told));
	buf_puts(&packed, told);
	token_pack_nats(&packed, 10);
	buf_putc(&packed, (char)own);
	buf_putc(&packed, 2);
	token_pack_candidate(&packed, &(struct token_candidate){first, strlen(first), 10});
	token_pack_candidate(&packed, &(struct token_candidate){second, strlen(second), 20});
	CU_ASSERT(session_event(
	        s, &(struct chat_event){.type = CHAT_EVENT_TOKEN, .text = packed.data, .len = packed.len}, &err));
	buf_release(&packed);
}

#define WAVE  "\xf0\x9f\x91\x8b"
#define OTHER "\xf0\x9f\x91\x8c"

static void
bytes_of_a_character_are_whole_or_refused(void)
{
	static const struct {
		const char *told;
		unsigned flags;
		size_t own;
		const char *first, *second;
		size_t candidate;
		const char *want; /* the branch's content, or the refusal */
	} rows[] = {
	        {WAVE, 0, 1, "\x8b", "\x8c", 1, "x" OTHER},
	        {WAVE, 0, 1, "\x8b", "a", 1, "this candidate is a part of a character: a request cannot carry that"},
	        {"a", 0, 1, "a", "\xf0\x9f", 1, "this candidate is a part of a character: a request cannot carry that"},
	        {WAVE, TOKEN_PART, 0, "b", "\x8c", 1, "the server does not tell at which byte this token begins"},
	        {"a", 0, 0, "b", "c", 1, "xc"},
	        {"a", 0, 1, "a", "", 1, "this candidate has no text: it ends the reply, or marks a place"},
	        {"a", 0, 1, "a", "b", 0, "this is the token that stands there: choose another candidate"},
	        {"a", 0, 1, "a", "b", 2, "the token has no such candidate"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *m;
		struct token_branch b;
		struct token t;
		struct err err = {.code = ERR_NONE};
		bool good;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		m = s.reply;
		tell(&s, CHAT_EVENT_CONTENT, "x", 1);
		tell_candidates(&s, rows[i].told, rows[i].flags, rows[i].own, rows[i].first, rows[i].second);
		tell(&s, CHAT_EVENT_CONTENT, rows[i].told, strlen(rows[i].told));
		free(session_end(&s, &complete, true));
		CU_ASSERT(read_token(m, 0, &t));
		good = token_branch_make(m, &t, rows[i].candidate, &b, &err);
		HARNESS_EQUAL(good ? buf_text(&b.content) : err.text, rows[i].want);
		if (good) {
			CU_ASSERT(tokens_are_of(&b.tokens, &b.content, &b.reasoning));
			token_branch_release(&b);
		}
		session_release(&s);
	}
}

/* ---- a reply that is taken up ---- */

static void
what_is_told_again_has_its_tokens_again(void)
{
	static const struct err lost = {.code = ERR_SERVER};
	struct session s;
	struct message *m;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	m = s.reply;
	session_keep_stream(&s, "00000000-0000-4000-8000-000000000000");
	play(&s, "tHa cHa tppy cppy");
	tell(&s, CHAT_EVENT_CONNECTION, "", 0);
	s.lost = true;
	free(session_end(&s, &lost, true));
	CU_ASSERT_FATAL(m->stream.len > 0);
	session_take_up(&s, m, 2);
	play(&s, "tHa cHa tppy cppy t! c!");
	free(session_end(&s, &complete, true));
	check_places(m, "/[Ha][ppy][!]");
	session_release(&s);
}

CU_TestInfo tokens_tests[] = {
        {"tokens find their text", tokens_find_their_text},
        {"any cut gives the same", any_cut_gives_the_same},
        {"is cut at a byte", is_cut_at_a_byte},
        {"a changed text keeps its beginning", a_changed_text_keeps_its_beginning},
        {"foreign bytes are refused or read", foreign_bytes_are_refused_or_read},
        {"a candidate begins another version", a_candidate_begins_another_version},
        {"the version goes on", the_version_goes_on},
        {"bytes of a character are whole or refused", bytes_of_a_character_are_whole_or_refused},
        {"what is told again has its tokens again", what_is_told_again_has_its_tokens_again},
        CU_TEST_INFO_NULL,
};
