/*
 * recording.c - times of pieces as bytes: there and back, how many bytes that takes, and bytes that nobody here has made.
 */
#include "chat/recording.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "chat/message.h"
#include "chat/session.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

/* ---- streams ---- */

struct stream {
	struct message *reply;
	struct recorder recorder;
	int64_t *times; /* of each piece */
	size_t *lengths;
	size_t n, space;
	unsigned random;
};

static unsigned
chance(struct stream *s, unsigned below)
{
	s->random = s->random * 1103515245 + 12345;
	return (s->random >> 12) % below;
}

static void
begin(struct stream *s)
{
	*s = (struct stream){.reply = message_new(CHAT_ASSISTANT, ""), .random = 7};
	recorder_start(&s->recorder, s->reply);
}

static void
end(struct stream *s)
{
	message_free(s->reply);
	free(s->times);
	free(s->lengths);
}

static void
come(struct stream *s, int64_t ms, bool is_thought, size_t len)
{
	static const char text[4096] = "";

	if (s->n == s->space) {
		s->space = s->space * 2 + 64;
		s->times = realloc(s->times, s->space * sizeof(*s->times));
		s->lengths = realloc(s->lengths, s->space * sizeof(*s->lengths));
	}
	s->times[s->n] = ms;
	s->lengths[s->n++] = len;
	CU_ASSERT(buf_append(is_thought ? &s->reply->reasoning : &s->reply->content, text, len));
	recorder_add(&s->recorder, s->reply, ms, is_thought, len);
}

/* Each end of a piece that was kept is the end of one that came, within one part in 32 of the wait before it. */
static void
expect_times(const struct stream *s)
{
	struct recording_reader reader;
	struct recording_piece piece;
	int64_t at = 0;
	size_t sum = 0, came = 0, n = 0;

	recording_read(&reader, &s->reply->pieces);
	while (recording_next(&reader, &piece)) {
		int64_t wait = n > 0 ? s->times[n] - s->times[n - 1] : s->times[0];

		at += piece.ms;
		HARNESS_CHECK(at <= s->times[n] && at >= s->times[n] - wait / 16 - 1, "piece %zu: at %lld, came %lld",
		        n, (long long)at, (long long)s->times[n]);
		sum += piece.len;
		while (came < sum && n < s->n)
			came += s->lengths[n++];
		CU_ASSERT_EQUAL(came, sum);
	}
	CU_ASSERT(n == s->n && reader.at == reader.end);
}

static void
expect_bytes(const struct stream *s, size_t most)
{
	size_t content, reasoning;

	HARNESS_CHECK(s->reply->pieces.len <= most, "%zu bytes for %zu pieces", s->reply->pieces.len, s->n);
	CU_ASSERT(recording_sums(&s->reply->pieces, &content, &reasoning));
	CU_ASSERT(content == s->reply->content.len && reasoning == s->reply->reasoning.len);
}

static void
takes_two_bytes_a_piece(void)
{
	/* Pieces, of which so many come at once, so many ms apart, and so long. */
	static const struct {
		size_t n;
		unsigned at_once, apart, apart_by_chance, length;
	} rows[] = {
	        {2000, 1, 10, 3, 9},        /* 100 tokens a second */
	        {2000, 1, 1, 1, 9},         /* 1000 */
	        {20000, 20, 1, 2, 9},       /* more than the screen shows */
	        {500, 1, 1000, 700, 9},     /* slow */
	        {200, 1, 90000, 100000, 9}, /* on its last legs */
	        {1000, 1, 50, 9, 100},      /* several tokens in a piece, */
	        {1000, 1, 50, 9, 4000},     /* many */
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct stream s;
		int64_t ms = 731;

		begin(&s);
		for (size_t n = 0; n < rows[i].n; n++) {
			if (n % rows[i].at_once == 0)
				ms += rows[i].apart + chance(&s, rows[i].apart_by_chance);
			come(&s, ms, n < rows[i].n / 4, 1 + chance(&s, rows[i].length));
		}
		expect_bytes(&s, 2 * s.n + 8);
		expect_times(&s);
		end(&s);
	}
}

static void
what_comes_at_once_takes_less(void)
{
	struct stream s;

	begin(&s);
	for (int i = 0; i < 100000; i++)
		come(&s, 200 + i / 100, false, 4);
	expect_bytes(&s, 4 * 1000 + 8);
	end(&s);
}

static void
is_exact_up_to_half_a_second(void)
{
	struct stream s;
	struct recording_reader reader;
	struct recording_piece piece;
	int64_t ms = 0;

	begin(&s);
	for (int i = 1; i < 512; i++)
		come(&s, ms += i, i % 3 == 0, (size_t)(1 + i % 30));
	recording_read(&reader, &s.reply->pieces);
	for (int i = 1; i < 512; i++) {
		CU_ASSERT_FATAL(recording_next(&reader, &piece));
		CU_ASSERT(piece.ms == i && piece.len == (size_t)(1 + i % 30) && piece.is_thought == (i % 3 == 0));
	}
	CU_ASSERT(!recording_next(&reader, &piece));
	end(&s);
}

static void
keeps_any_stream(void)
{
	for (unsigned seed = 1; seed < 200; seed++) {
		struct stream s;
		int64_t ms = 0;
		size_t n, thoughts;

		begin(&s);
		s.random = seed;
		n = chance(&s, 500);
		thoughts = chance(&s, 500);
		for (size_t i = 0; i < n; i++) {
			ms += chance(&s, 1u << chance(&s, 18));
			come(&s, ms, i < thoughts, 1 + chance(&s, chance(&s, 10) == 0 ? 3000 : 12));
		}
		expect_bytes(&s, 2 * s.n + 8);
		end(&s);
	}
}

static void
has_a_bound(void)
{
	struct stream s;

	begin(&s);
	for (int64_t i = 0; i < 3000000; i++)
		come(&s, i * 7, false, 4);
	expect_bytes(&s, RECORDING_MAX);
	CU_ASSERT(s.reply->pieces.len > RECORDING_MAX / 4);
	end(&s);
	begin(&s);
	for (int64_t i = 0; i < 3000000 / (int64_t)harness_stride(); i++)
		come(&s, i * 7, i % 2, 4);
	expect_bytes(&s, RECORDING_MAX);
	end(&s);
}

/* ---- bytes of others ---- */

static void
expect_read(const char *bytes, size_t n)
{
	struct buf recording = {0};
	struct recording_reader reader;
	struct recording_piece piece;
	size_t pieces = 0, content, reasoning;

	buf_put(&recording, bytes, n);
	recording_read(&reader, &recording);
	while (recording_next(&reader, &piece)) {
		CU_ASSERT(piece.ms >= RECORDING_UNTIMED && piece.ms < (int64_t)1 << 32);
		pieces++;
	}
	CU_ASSERT(pieces <= n / 2 && reader.at <= reader.end);
	if (recording_sums(&recording, &content, &reasoning))
		CU_ASSERT(reader.at == reader.end && content <= MESSAGE_TEXT_MAX && reasoning <= MESSAGE_TEXT_MAX);
	buf_release(&recording);
}

static void
reads_any_bytes(void)
{
	struct stream s = {.random = 3};
	char bytes[64];

	for (int i = 0; i < 20000; i++) {
		size_t n = chance(&s, sizeof(bytes));

		for (size_t k = 0; k < n; k++)
			bytes[k] = (char)(chance(&s, 4) == 0 ? 0xff : chance(&s, 256));
		expect_read(bytes, n);
	}
}

static void
may_be_cut_anywhere(void)
{
	struct stream s;

	begin(&s);
	for (int i = 0; i < 100; i++)
		come(&s, i * 300, i < 50, (size_t)(1 + i * 5));
	for (size_t n = 0; n < s.reply->pieces.len; n++)
		expect_read(s.reply->pieces.data, n);
	end(&s);
}

/* ---- what is not known ---- */

static void
expect_pieces(const struct message *reply, const char *want)
{
	struct recording_reader reader;
	struct recording_piece piece;
	struct buf text = {0};

	recording_read(&reader, &reply->pieces);
	while (recording_next(&reader, &piece))
		buf_printf(&text, "%s%lld%s%zu", text.len > 0 ? " " : "", (long long)piece.ms,
		        piece.is_thought ? "t" : ":", piece.len);
	CU_ASSERT(reader.at == reader.end);
	HARNESS_EQUAL(buf_text(&text), want);
	buf_release(&text);
}

static void
says_what_it_does_not_know(void)
{
	static const struct {
		const char *had; /* pieces of ten content bytes: */
		size_t n;
		const char *want;
	} rows[] = {
	        {"", 0, "-1:10"}, {"\x04\x05", 2, "5:1 -1:9"},    /* one, after 5 ms */
	        {"\x28\x07", 2, "7:10"},                          /* all of it */
	        {"\x2c\x07", 2, "-1:10"},                         /* more than there is */
	        {"\x84\x05", 2, "-1:10"},                         /* a thought: there is none */
	        {"\x04\x05\x04", 3, "-1:10"},                     /* cut */
	        {"\x7c\x05\xff\xff\xff\xff\xff\xff", 8, "-1:10"}, /* a number without an end */
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct message *reply = message_new(CHAT_ASSISTANT, "0123456789");
		struct recorder recorder;

		buf_put(&reply->pieces, rows[i].had, rows[i].n);
		recorder_start(&recorder, reply);
		expect_pieces(reply, rows[i].want);
		message_free(reply);
	}
}

static void
all_can_become_a_thought(void)
{
	struct stream s;

	begin(&s);
	come(&s, 5, true, 3);
	come(&s, 8, false, 4);
	come(&s, 700, false, 4);
	buf_truncate(&s.reply->content, 6); /* blanks at its end go */
	CU_ASSERT(buf_append(&s.reply->reasoning, s.reply->content.data, s.reply->content.len));
	buf_clear(&s.reply->content);
	recorder_all_is_thought(&s.recorder, s.reply);
	expect_pieces(s.reply, "5t3 3t4 688t2");
	come(&s, 720, false, 9);
	expect_pieces(s.reply, "5t3 3t4 688t2 24:9"); /* what was rounded away before is there again */
	end(&s);
}

/* ---- a session ---- */

static void
tell_at(struct session *s, int64_t ms, enum chat_event_type type, const char *text)
{
	struct chat_event event = {.type = type, .text = text, .len = strlen(text)};
	struct err err;

	s->now_ms = ms;
	CU_ASSERT(session_event(s, &event, &err));
}

static const struct err complete = {.code = ERR_NONE}, stopped = {.code = ERR_CANCELLED, .text = "cancelled"};

static void
is_made_by_a_session(void)
{
	struct session s;
	struct message *reply;

	session_init(&s, NULL);
	s.now_ms = 1000;
	session_send(&s, "tell", 1);
	reply = s.reply;
	tell_at(&s, 1300, CHAT_EVENT_REASONING, "Hm");
	tell_at(&s, 1320, CHAT_EVENT_CONTENT, "It ");
	tell_at(&s, 1320, CHAT_EVENT_CONTENT, "floats");
	tell_at(&s, 1330, CHAT_EVENT_MODEL, "tiny");
	tell_at(&s, 1340, CHAT_EVENT_CONTENT, ".");
	CU_ASSERT_PTR_NULL(session_end(&s, &stopped, false));
	expect_pieces(reply, "300t2 20:9 20:1");
	s.now_ms = 90000; /* to be gone on with: what lies between is nobody's waiting */
	CU_ASSERT(session_continue(&s, 2));
	tell_at(&s, 90040, CHAT_EVENT_CONTENT, " Yes");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	expect_pieces(reply, "300t2 20:9 20:1 40:4");
	CU_ASSERT(session_edit(&s, reply, "It sinks.")->pieces.len == 0);
	CU_ASSERT(session_retry(&s, reply, 3));
	CU_ASSERT(s.reply->pieces.len == 0 && reply->pieces.len == 8);
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, true));
	session_release(&s);
}

static void
thought_without_a_tag_is_one(void)
{
	struct session s;

	session_init(&s, NULL);
	session_send(&s, "tell", 1);
	tell_at(&s, 10, CHAT_EVENT_CONTENT, "Hm ");
	tell_at(&s, 20, CHAT_EVENT_CONTENT, "so\n\n");
	tell_at(&s, 30, CHAT_EVENT_WAS_REASONING, "");
	tell_at(&s, 40, CHAT_EVENT_CONTENT, "Yes");
	expect_pieces(s.reply, "10t3 10t2 20:3");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	session_release(&s);
}

/* Told again from its beginning: what was known of it stays, what came meanwhile is not known. */
static void
goes_on_when_taken_up(void)
{
	struct session s;
	struct message *reply;

	session_init(&s, NULL);
	session_send(&s, "tell", 1);
	reply = s.reply;
	session_keep_stream(&s, "x");
	tell_at(&s, 10, CHAT_EVENT_CONTENT, "It ");
	session_interrupt(&s);
	s.now_ms = 5000;
	session_take_up(&s, reply, 2);
	tell_at(&s, 5010, CHAT_EVENT_CONTENT, "I");
	tell_at(&s, 5010, CHAT_EVENT_CONTENT, "t floats");
	tell_at(&s, 5050, CHAT_EVENT_CONTENT, "!");
	expect_pieces(reply, "10:3 -1:6 40:1");
	CU_ASSERT_PTR_NULL(session_end(&s, &complete, false));
	HARNESS_EQUAL(buf_text(&reply->content), "It floats!");
	session_release(&s);
}

CU_TestInfo recording_tests[] = {
        {"takes two bytes a piece", takes_two_bytes_a_piece},
        {"what comes at once takes less", what_comes_at_once_takes_less},
        {"is exact up to half a second", is_exact_up_to_half_a_second},
        {"keeps any stream", keeps_any_stream},
        {"has a bound", has_a_bound},
        {"reads any bytes", reads_any_bytes},
        {"may be cut anywhere", may_be_cut_anywhere},
        {"says what it does not know", says_what_it_does_not_know},
        {"all can become a thought", all_can_become_a_thought},
        {"is made by a session", is_made_by_a_session},
        {"a thought without a tag is one", thought_without_a_tag_is_one},
        {"goes on when it is taken up", goes_on_when_taken_up},
        CU_TEST_INFO_NULL,
};
