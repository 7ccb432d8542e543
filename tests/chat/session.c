/*
 * session.c - turns: sent, streamed, ended in every way.
 */
#include "chat/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

static void
tell(struct session *s, enum chat_event_type type, const char *text)
{
	struct chat_event event = {.type = type, .text = text, .len = strlen(text)};
	struct err err;

	CU_ASSERT(session_event(s, &event, &err));
}

static size_t
messages(struct session *s)
{
	size_t n;

	conversation_path(s->conversation, &n);
	return n;
}

static const struct err complete = {.code = ERR_NONE};
static const struct err cancelled = {.code = ERR_CANCELLED, .text = "cancelled"};
static const struct err refused = {.code = ERR_UNREACHABLE, .text = "llama-server not running at http://x"};

static void
runs_a_turn(void)
{
	struct session s;
	struct message *reply;

	session_init(&s, NULL);
	CU_ASSERT(s.state == SESSION_IDLE);
	session_send(&s, "Hello\xff", 7);
	CU_ASSERT(s.state == SESSION_WAITING && s.stream == 7);
	reply = s.reply;
	HARNESS_EQUAL(buf_text(&reply->parent->content), "Hello\xef\xbf\xbd");
	CU_ASSERT(reply->state == MESSAGE_STREAMING);
	tell(&s, CHAT_EVENT_PROGRESS, "");
	CU_ASSERT(s.state == SESSION_READING);
	tell(&s, CHAT_EVENT_MODEL, "tiny");
	tell(&s, CHAT_EVENT_REASONING, "Hm");
	CU_ASSERT(s.state == SESSION_THINKING);
	tell(&s, CHAT_EVENT_CONTENT, "Good ");
	tell(&s, CHAT_EVENT_PROGRESS, "");
	CU_ASSERT(s.state == SESSION_WRITING);
	tell(&s, CHAT_EVENT_CONTENT, "day");
	tell(&s, CHAT_EVENT_FINISH, "stop");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	CU_ASSERT(s.state == SESSION_IDLE && s.stream == 0 && !s.reply);
	HARNESS_EQUAL(buf_text(&reply->content), "Good day");
	HARNESS_EQUAL(buf_text(&reply->reasoning), "Hm");
	HARNESS_EQUAL(buf_text(&reply->model), "tiny");
	HARNESS_EQUAL(buf_text(&reply->finish_reason), "stop");
	CU_ASSERT(reply->state == MESSAGE_COMPLETE && !reply->error);
	session_release(&s);
}

/* How a turn may end, and what becomes of it. */
static void
ends_as_it_should(void)
{
	static const struct {
		const char *content;
		const struct err *why;
		bool keep;
		bool returned; /* the prompt */
		size_t messages;
		enum message_state state;
	} rows[] = {
	        {"", &complete, false, false, 2, MESSAGE_COMPLETE},
	        {"", &refused, false, true, 0, 0},
	        {"", &refused, true, false, 2, MESSAGE_FAILED},
	        {"", &cancelled, false, true, 0, 0},
	        {"", &cancelled, true, false, 2, MESSAGE_STOPPED},
	        {"some", &refused, false, false, 2, MESSAGE_FAILED},
	        {"some", &cancelled, false, false, 2, MESSAGE_STOPPED},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		char *prompt;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		if (*rows[i].content)
			tell(&s, CHAT_EVENT_CONTENT, rows[i].content);
		prompt = session_end(&s, rows[i].why, rows[i].keep);
		HARNESS_CHECK((prompt != NULL) == rows[i].returned, "row %zu", i);
		HARNESS_CHECK(messages(&s) == rows[i].messages, "row %zu: %zu messages", i, messages(&s));
		if (prompt)
			HARNESS_EQUAL(prompt, "ask");
		else
			CU_ASSERT(conversation_leaf(s.conversation)->state == rows[i].state);
		if (!prompt && rows[i].state == MESSAGE_FAILED)
			HARNESS_EQUAL(conversation_leaf(s.conversation)->error->text, refused.text);
		HARNESS_CHECK((s.failed.code != ERR_NONE) == (prompt && rows[i].why == &refused), "row %zu", i);
		free(prompt);
		session_release(&s);
	}
}

static void
stays_stopping_until_the_end(void)
{
	struct session s;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	session_stop(&s);
	tell(&s, CHAT_EVENT_PROGRESS, "");
	tell(&s, CHAT_EVENT_CONTENT, "late");
	CU_ASSERT(s.state == SESSION_STOPPING);
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	HARNESS_EQUAL(buf_text(&conversation_leaf(s.conversation)->content), "late");
	session_stop(&s);
	CU_ASSERT(s.state == SESSION_IDLE);
	session_release(&s);
}

static void
tries_again_beside_the_old_reply(void)
{
	struct session s;
	struct message *first;

	session_init(&s, NULL);
	CU_ASSERT(!session_retry(&s, NULL, 1));
	session_send(&s, "ask", 1);
	first = s.reply;
	tell(&s, CHAT_EVENT_CONTENT, "first");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	CU_ASSERT(session_retry(&s, NULL, 2));
	CU_ASSERT(s.reply->parent == first->parent && first->next_sibling == s.reply);
	/* Nothing came: the old reply is there again, and the prompt stays with it. */
	CU_ASSERT_PTR_NULL(session_end(&s, &refused, false));
	CU_ASSERT(conversation_leaf(s.conversation) == first);
	CU_ASSERT(s.failed.code == ERR_UNREACHABLE);
	session_release(&s);
}

static void
sends_a_changed_prompt_beside_the_old_one(void)
{
	struct session s;
	struct message *old, *below;
	char *back;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	old = s.reply->parent;
	tell(&s, CHAT_EVENT_CONTENT, "first");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	session_send(&s, "and then", 2);
	tell(&s, CHAT_EVENT_CONTENT, "second");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	below = conversation_leaf(s.conversation);
	session_send_below(&s, old->parent, "ask better", NULL, 3);
	CU_ASSERT(old->next_sibling == s.reply->parent && !s.reply->parent->parent);
	/* Nothing came: the old branch is shown again, to its end. */
	back = session_end(&s, &refused, false);
	HARNESS_EQUAL(back, "ask better");
	free(back);
	CU_ASSERT(conversation_leaf(s.conversation) == below && !old->next_sibling);
	session_release(&s);
}

static void
continues_a_reply(void)
{
	struct session s;
	struct message *reply;
	const struct chat_message *sent;
	size_t n;

	session_init(&s, NULL);
	CU_ASSERT(!session_continue(&s, 1));
	session_send(&s, "ask", 1);
	CU_ASSERT(!session_can_continue(&s));
	reply = s.reply;
	tell(&s, CHAT_EVENT_CONTENT, "half a ");
	CU_ASSERT_PTR_NULL(session_end(&s, &refused, false));
	CU_ASSERT(reply->state == MESSAGE_FAILED && reply->error != NULL);
	CU_ASSERT(session_continue(&s, 2));
	CU_ASSERT(s.reply == reply && reply->state == MESSAGE_STREAMING && !reply->error);
	sent = conversation_request(s.conversation, s.reply, &n);
	CU_ASSERT(n == 2 && sent[1].role == CHAT_ASSISTANT);
	HARNESS_EQUAL(sent[1].content, "half a ");
	/* Nothing came: what was there stays. */
	CU_ASSERT_PTR_NULL(session_end(&s, &refused, false));
	CU_ASSERT(conversation_leaf(s.conversation) == reply && reply->state == MESSAGE_FAILED);
	CU_ASSERT(session_continue(&s, 3));
	tell(&s, CHAT_EVENT_CONTENT, "sentence");
	tell(&s, CHAT_EVENT_FINISH, "length");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	HARNESS_EQUAL(buf_text(&reply->content), "half a sentence");
	CU_ASSERT(session_can_continue(&s));
	CU_ASSERT(session_continue(&s, 4));
	tell(&s, CHAT_EVENT_FINISH, "stop");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	HARNESS_EQUAL(buf_text(&reply->finish_reason), "stop");
	CU_ASSERT(!session_can_continue(&s));
	session_release(&s);
}

/* The thought alone is the last message then: the server goes on inside it. */
static void
continues_a_thought(void)
{
	static const struct err *const ends[] = {&refused, &cancelled};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct session s;
		struct message *reply;
		const struct chat_message *sent;
		size_t n;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		reply = s.reply;
		tell(&s, CHAT_EVENT_REASONING, "half a \n");
		CU_ASSERT_PTR_NULL(session_end(&s, ends[i], false));
		CU_ASSERT(session_continue(&s, 2) && s.reply == reply);
		sent = conversation_request(s.conversation, s.reply, &n);
		CU_ASSERT(n == 2 && sent[1].role == CHAT_ASSISTANT);
		HARNESS_EQUAL(sent[1].content, "");
		HARNESS_EQUAL(sent[1].reasoning, "half a \n");
		tell(&s, CHAT_EVENT_REASONING, "thought");
		tell(&s, CHAT_EVENT_CONTENT, "Yes.");
		tell(&s, CHAT_EVENT_FINISH, "stop");
		CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
		HARNESS_EQUAL(buf_text(&reply->reasoning), "half a \nthought");
		CU_ASSERT(reply->thought_tokens == 2 && !session_can_continue(&s));
		session_release(&s);
	}
}

/* A thought that is followed by another prompt is not sent as a reply, and nothing at all cannot go on. */
static void
leaves_a_thought_alone(void)
{
	struct session s;
	size_t n;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	tell(&s, CHAT_EVENT_REASONING, "half a ");
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	session_send(&s, "again", 2);
	(void)conversation_request(s.conversation, s.reply->parent, &n);
	CU_ASSERT(n == 1);
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, true));
	CU_ASSERT(!session_can_continue(&s));
	session_send(&s, "more", 3);
	tell(&s, CHAT_EVENT_REASONING, "all ");
	tell(&s, CHAT_EVENT_FINISH, "stop");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	CU_ASSERT(!session_can_continue(&s));
	session_release(&s);
}

static bool
counts(const struct message *reply, int64_t prompt, int64_t completion)
{
	return reply->usage.prompt_tokens == prompt && reply->usage.completion_tokens == completion;
}

/* At any moment flynn may be killed. The server's own counts are better, and come late. */
static void
counts_while_it_arrives(void)
{
	static const struct chat_event progress = {
	        .type = CHAT_EVENT_PROGRESS, .progress = {.total = 40, .cached = 10}};
	struct chat_event usage = {.type = CHAT_EVENT_USAGE, .usage = {40, 5, 10}};
	struct chat_event timings = {.type = CHAT_EVENT_TIMINGS, .timings = {.predicted_n = 6}};
	struct session s;
	struct err err;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	CU_ASSERT(session_event(&s, &progress, &err));
	CU_ASSERT(counts(s.reply, -1, -1));
	tell(&s, CHAT_EVENT_REASONING, "Hm");
	CU_ASSERT(counts(s.reply, 40, 1));
	tell(&s, CHAT_EVENT_CONTENT, "Good ");
	CU_ASSERT(counts(s.reply, 40, 2) && s.reply->usage.cached_tokens == 10);
	CU_ASSERT(session_event(&s, &timings, &err));
	CU_ASSERT(counts(s.reply, -1, -1));
	tell(&s, CHAT_EVENT_CONTENT, "day");
	CU_ASSERT(counts(s.reply, -1, -1));
	CU_ASSERT(session_event(&s, &usage, &err));
	tell(&s, CHAT_EVENT_CONTENT, ".");
	CU_ASSERT(counts(s.reply, 40, 5));
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	CU_ASSERT(counts(conversation_leaf(s.conversation), 40, 5));
	/* Of the same reply, which goes on. */
	CU_ASSERT(session_continue(&s, 2));
	CU_ASSERT(session_event(&s, &progress, &err));
	tell(&s, CHAT_EVENT_CONTENT, "And");
	CU_ASSERT(counts(s.reply, 40, 1));
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	session_release(&s);
}

static void
takes_content_for_a_thought(void)
{
	static const struct {
		const char *reasoning, *content; /* before it was continued; content NULL: it was not */
		const char *came, *want;
	} rows[] = {
	        {"", NULL, "\nA plan.\n\n", "A plan.|Yes."},
	        {"", NULL, "", "|Yes."},
	        {"", NULL, " \n", "|Yes."},
	        {"", "\nHalf ", "a plan.\n", "Half a plan.|Yes."},
	        {"Half ", "", "a plan.", "Half a plan.|Yes."},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *reply;
		struct buf have = {0};

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		reply = s.reply;
		if (rows[i].content) {
			tell(&s, CHAT_EVENT_REASONING, rows[i].reasoning);
			tell(&s, CHAT_EVENT_CONTENT, rows[i].content);
			CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
			CU_ASSERT(session_continue(&s, 2));
		}
		tell(&s, CHAT_EVENT_CONTENT, rows[i].came);
		s.now_ms += 500;
		tell(&s, CHAT_EVENT_WAS_REASONING, "");
		CU_ASSERT(s.state == SESSION_THINKING && reply->content.len == 0 && reply->moves == 1);
		tell(&s, CHAT_EVENT_CONTENT, "Yes.");
		CU_ASSERT(s.state == SESSION_WRITING && reply->thought_ms >= 500 && reply->thought_tokens > 0);
		CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
		buf_printf(&have, "%s|%s", buf_text(&reply->reasoning), buf_text(&reply->content));
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
		buf_release(&have);
		session_release(&s);
	}
}

/* The tag is a word of such a reply: it has had its thought. */
static void
keeps_the_content_of_a_reply_that_goes_on(void)
{
	struct session s;
	struct message *reply;

	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	reply = s.reply;
	tell(&s, CHAT_EVENT_REASONING, "Hm");
	tell(&s, CHAT_EVENT_CONTENT, "The end:\n");
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	CU_ASSERT(session_continue(&s, 2));
	tell(&s, CHAT_EVENT_WAS_REASONING, "");
	HARNESS_EQUAL(buf_text(&reply->content), "The end:\n</think>\n\n");
	CU_ASSERT(reply->moves == 0);
	CU_ASSERT_PTR_NULL(session_end(&s, &cancelled, false));
	session_release(&s);
}

/* ---- a stream that its server keeps ---- */

static void
tell_connection(struct session *s, bool lost)
{
	struct chat_event event = {.type = CHAT_EVENT_CONNECTION, .lost = lost};
	struct err err;

	CU_ASSERT(session_event(s, &event, &err));
}

/* The name stays where the server may have the reply, and nowhere else. */
static void
forgets_the_stream_that_is_over(void)
{
	static const struct err broke = {.code = ERR_INCOMPLETE, .text = "the connection broke off"};
	static const struct {
		const struct err *why;
		bool lost, kept;
	} rows[] = {
	        {&complete, false, false},
	        {&cancelled, false, false},
	        {&cancelled, true, false},
	        {&broke, false, false},
	        {&broke, true, true},
	        {NULL, false, true}, /* interrupted */
	        {NULL, true, true},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *reply;

		session_init(&s, NULL);
		session_send(&s, "ask", 1);
		reply = s.reply;
		session_keep_stream(&s, "name");
		tell(&s, CHAT_EVENT_CONTENT, "a");
		tell_connection(&s, true);
		CU_ASSERT(s.lost);
		tell_connection(&s, rows[i].lost);
		CU_ASSERT(s.lost == rows[i].lost);
		if (rows[i].why)
			CU_ASSERT_PTR_NULL(session_end(&s, rows[i].why, false));
		if (!rows[i].why)
			session_interrupt(&s);
		HARNESS_CHECK((reply->stream.len > 0) == rows[i].kept, "row %zu: \"%s\"", i, buf_text(&reply->stream));
		CU_ASSERT(!s.lost);
		session_release(&s);
	}
}

struct told {
	enum chat_event_type type;
	const char *text;
};

/* A reply that was saved with this text and thought, of which the stream's own begin there. */
static struct message *
make_saved(struct session *s, const char *reasoning, const char *content, size_t reasoning_at, size_t content_at)
{
	struct message *reply;

	session_init(s, NULL);
	session_send(s, "ask", 1);
	reply = s->reply;
	session_keep_stream(s, "name");
	session_interrupt(s);
	CU_ASSERT_FATAL(buf_append_string(&reply->reasoning, reasoning) && buf_append_string(&reply->content, content));
	reply->stream_reasoning = reasoning_at;
	reply->stream_content = content_at;
	session_take_up(s, reply, 2);
	return reply;
}

static void
is_told_again_to_its_end(void)
{
	static const struct {
		const char *reasoning, *content;
		size_t reasoning_at, content_at;
		struct told told[8];
		const char *want;
		unsigned moves;
	} rows[] = {
	        {"", "", 0, 0, {{CHAT_EVENT_CONTENT, "Hello"}}, "|Hello", 0},
	        {"", "Hel", 0, 0, {{CHAT_EVENT_CONTENT, "H"}, {CHAT_EVENT_CONTENT, "ello"}}, "|Hello", 0},
	        {"", "Hello", 0, 0, {{CHAT_EVENT_CONTENT, "Hello"}}, "|Hello", 0},
	        {"Hm", "He", 0, 0,
	                {{CHAT_EVENT_REASONING, "H"}, {CHAT_EVENT_REASONING, "m"}, {CHAT_EVENT_CONTENT, "Hello"}},
	                "Hm|Hello", 0},
	        /* Behind what it was continued from. */
	        {"Hm", "One two", 2, 4, {{CHAT_EVENT_CONTENT, "two "}, {CHAT_EVENT_CONTENT, "three"}},
	                "Hm|One two three", 0},
	        /* It says something else than before. */
	        {"", "Hello", 0, 0, {{CHAT_EVENT_CONTENT, "Good"}, {CHAT_EVENT_CONTENT, " day"}}, "|Good day", 1},
	        {"", "Hello", 0, 0, {{CHAT_EVENT_CONTENT, "Hi"}}, "|Hi", 1},
	        /* Content that is a thought, as is said behind it. */
	        {"", "Hm", 0, 0,
	                {{CHAT_EVENT_CONTENT, "Hm, "}, {CHAT_EVENT_CONTENT, "so"}, {CHAT_EVENT_WAS_REASONING, ""},
	                        {CHAT_EVENT_CONTENT, "Yes"}},
	                "Hm, so|Yes", 1},
	        {"Hm, so", "Y", 0, 0,
	                {{CHAT_EVENT_CONTENT, "Hm, "}, {CHAT_EVENT_CONTENT, "so"}, {CHAT_EVENT_WAS_REASONING, ""},
	                        {CHAT_EVENT_CONTENT, "Yes"}},
	                "Hm, so|Yes", 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct session s;
		struct message *reply =
		        make_saved(&s, rows[i].reasoning, rows[i].content, rows[i].reasoning_at, rows[i].content_at);
		struct buf have = {0};

		CU_ASSERT(reply->state == MESSAGE_STREAMING && s.lost);
		tell_connection(&s, false);
		for (size_t at = 0; rows[i].told[at].text; at++)
			tell(&s, rows[i].told[at].type, rows[i].told[at].text);
		tell(&s, CHAT_EVENT_FINISH, "stop");
		CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
		buf_printf(&have, "%s|%s", buf_text(&reply->reasoning), buf_text(&reply->content));
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
		HARNESS_CHECK(reply->state == MESSAGE_COMPLETE && reply->stream.len == 0, "row %zu", i);
		HARNESS_CHECK(reply->moves >= rows[i].moves, "row %zu: %u moves", i, reply->moves);
		HARNESS_EQUAL(buf_text(&reply->finish_reason), "stop");
		buf_release(&have);
		session_release(&s);
	}
}

/* What ends before it is as much as there was takes nothing away. */
static void
loses_nothing_when_it_is_told_in_part(void)
{
	static const struct err broke = {.code = ERR_INCOMPLETE, .text = "the connection broke off"};
	struct session s;
	struct message *reply = make_saved(&s, "Hm", "Hello", 0, 0);

	tell(&s, CHAT_EVENT_REASONING, "Hm");
	tell(&s, CHAT_EVENT_CONTENT, "He");
	HARNESS_EQUAL(buf_text(&reply->content), "Hello");
	tell_connection(&s, true);
	CU_ASSERT_PTR_NULL(session_end(&s, &broke, false));
	HARNESS_EQUAL(buf_text(&reply->reasoning), "Hm");
	HARNESS_EQUAL(buf_text(&reply->content), "Hello");
	CU_ASSERT(reply->state == MESSAGE_INTERRUPTED && reply->stream.len > 0 && message_can_continue(reply));
	/* Once more: the server has nothing. */
	session_take_up(&s, reply, 3);
	tell_connection(&s, false);
	CU_ASSERT_PTR_NULL(session_end(&s, &broke, false));
	HARNESS_EQUAL(buf_text(&reply->content), "Hello");
	CU_ASSERT(reply->state == MESSAGE_INTERRUPTED && reply->stream.len == 0 && message_can_continue(reply));
	session_release(&s);
}

static void
keeps_what_fits(void)
{
	struct session s;
	struct err err;
	size_t n = 48 * 1024 * 1024;
	char *big = malloc(n + 1);
	struct chat_event event = {.type = CHAT_EVENT_CONTENT, .text = big, .len = n};

	/* Characters of three bytes, which the bound does not divide. */
	for (size_t i = 0; i < n; i++)
		big[i] = "\xe4\xb8\x96"[i % 3];
	big[n] = '\0';
	session_init(&s, NULL);
	session_send(&s, "ask", 1);
	CU_ASSERT(session_event(&s, &event, &err));
	CU_ASSERT(!session_event(&s, &event, &err));
	CU_ASSERT(err.code == ERR_LIMIT);
	CU_ASSERT(s.reply->content.len == MESSAGE_TEXT_MAX - MESSAGE_TEXT_MAX % 3);
	free(session_end(&s, &err, false));
	session_release(&s);
	free(big);
}

/* Also of a reply that the server has told no timings of; one that comes as a whole has no first token. */
static void
keeps_when_the_first_token_came(void)
{
	static const struct {
		bool has_timings, is_whole;
		int64_t want;
	} rows[] = {{false, false, 310}, {true, false, 310}, {false, true, 0}, {true, true, 0}};
	struct chat_event timings = {
	        .type = CHAT_EVENT_TIMINGS, .timings = {.predicted_n = 6, .draft_n = 7, .draft_n_accepted = 5}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct chat_timings *kept;
		struct session s;
		struct err err;

		session_init(&s, NULL);
		s.now_ms = 1000;
		s.comes_whole = rows[i].is_whole;
		session_send(&s, "ask", 1);
		s.now_ms = 1310;
		tell(&s, CHAT_EVENT_CONTENT, "Good");
		s.now_ms = 2000;
		tell(&s, CHAT_EVENT_CONTENT, " day");
		if (rows[i].has_timings)
			CU_ASSERT(session_event(&s, &timings, &err));
		CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
		kept = &conversation_leaf(s.conversation)->timings;
		CU_ASSERT(kept->first_ms == rows[i].want);
		CU_ASSERT(kept->draft_n == (rows[i].has_timings ? 7 : 0));
		session_release(&s);
	}
}

/* What a person has called it stays, also where that is nothing. */
static void
files_alone_give_their_name(void)
{
	for (int named = 0; named < 2; named++) {
		struct session s;
		struct conversation_info *info;
		struct message *prompt;
		struct buf data = {0};

		session_init(&s, NULL);
		info = conversation_info(s.conversation);
		if (named)
			info->titled = TITLE_BY_PERSON;
		prompt = conversation_add(s.conversation, NULL, CHAT_USER, "");
		buf_puts(&data, "GIF89a");
		attachments_add(
		        &prompt->attachments, attachment_new(ATTACHMENT_IMAGE, "my cat.gif", NULL, "image/gif", &data));
		CU_ASSERT(session_retry(&s, prompt, 1));
		HARNESS_EQUAL(buf_text(&info->title), named ? "" : "my cat.gif");
		CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
		session_release(&s);
	}
}

CU_TestInfo session_tests[] = {
        {"runs a turn", runs_a_turn},
        {"ends as it should", ends_as_it_should},
        {"stays stopping until the end", stays_stopping_until_the_end},
        {"tries again beside the old reply", tries_again_beside_the_old_reply},
        {"sends a changed prompt beside the old one", sends_a_changed_prompt_beside_the_old_one},
        {"continues a reply", continues_a_reply},
        {"files alone give their name", files_alone_give_their_name},
        {"continues a thought", continues_a_thought},
        {"leaves a thought alone", leaves_a_thought_alone},
        {"counts while it arrives", counts_while_it_arrives},
        {"keeps when the first token came", keeps_when_the_first_token_came},
        {"takes content for a thought", takes_content_for_a_thought},
        {"keeps the content of a reply that goes on", keeps_the_content_of_a_reply_that_goes_on},
        {"forgets the stream that is over", forgets_the_stream_that_is_over},
        {"is told again to its end", is_told_again_to_its_end},
        {"loses nothing when it is told in part", loses_nothing_when_it_is_told_in_part},
        {"keeps what fits", keeps_what_fits},
        CU_TEST_INFO_NULL,
};
