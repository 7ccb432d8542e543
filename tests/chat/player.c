/*
 * player.c - a conversation played again: whatever its times are and however time is told, it says the same at the end, and never more
 * than it says on the way.
 */
#include "chat/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

static unsigned seed = 1;

static unsigned
chance(unsigned below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 12) % below;
}

/* ---- conversations ---- */

static void
put(struct buf *to, const char *text)
{
	CU_ASSERT(buf_append_string(to, text));
}

/* As a session records it: pieces of so many bytes, each so many ms after the other. */
static struct message *
answer(struct conversation *c, const char *thought, const char *text, size_t len, int ms)
{
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_ASSISTANT, text);
	struct recorder r;
	int64_t at = 0;

	put(&m->reasoning, thought);
	buf_puts(&m->model, "tiny");
	buf_puts(&m->finish_reason, "stop");
	m->created_ms = 2000;
	m->thought_ms = 77;
	m->usage = (struct chat_usage){20, 7, 0};
	if (ms == 0)
		return m;
	recorder_start(&r, m);
	buf_clear(&m->pieces);
	r = (struct recorder){.fold_ms = 1};
	for (size_t n, left = m->reasoning.len; left > 0; left -= n)
		recorder_add(&r, m, at += ms, true, n = left < len ? left : len);
	for (size_t n, left = m->content.len; left > 0; left -= n)
		recorder_add(&r, m, at += ms, false, n = left < len ? left : len);
	return m;
}

static void
ask(struct conversation *c, const char *text)
{
	conversation_add(c, conversation_leaf(c), CHAT_USER, text)->created_ms = 1000;
}

/* Two turns, a summary, a prompt without a reply, one whose reply has failed, a muted one, and the last that was stopped. */
static struct conversation *
make_chat(void)
{
	struct conversation *c = conversation_new("Be brief.");
	struct message *m;

	ask(c, "What is \xc3\xa4 boat?");
	answer(c, "Hm, b\xc3\xb6\xc3\xb6ts.", "It \xe2\x82\xac floats.", 2, 30);
	ask(c, "And?");
	answer(c, "", "Nothing else.\n\n\xf0\x9f\x9a\xa2", 3, 700);
	m = conversation_add(c, conversation_leaf(c), CHAT_SYSTEM, "Boats float.");
	m->is_summary = true;
	ask(c, "nobody answers this");
	ask(c, "");
	m = answer(c, "", "", 1, 1);
	m->state = MESSAGE_FAILED;
	m->error = calloc(1, sizeof(*m->error));
	err_set(m->error, ERR_TIMEOUT, "llama-server request timed out");
	ask(c, "Old.");
	answer(c, "", "It has no times.", 1, 0)->parent->is_muted = true;
	ask(c, "Last");
	m = answer(c, "", "cut", 1, 5);
	m->state = MESSAGE_STOPPED;
	return c;
}

struct show {
	struct conversation *source;
	struct session session;
	struct player player;
};

static void
begin(struct show *s, struct conversation *c)
{
	s->source = c;
	session_init(&s->session, NULL);
	conversation_free(s->session.conversation);
	s->session.conversation = conversation_copy(c);
	player_init(&s->player, conversation_copy(c), &s->session, 0);
}

static void
end(struct show *s)
{
	player_release(&s->player);
	session_release(&s->session);
	conversation_free(s->source);
}

/* ---- what must hold ---- */

static bool
is_beginning(const struct buf *of, const struct buf *all)
{
	return of->len <= all->len && memcmp(buf_text(of), buf_text(all), of->len) == 0 &&
	       utf8_floor(buf_text(all), of->len) == of->len;
}

/* What is on the path is the source's, the last message perhaps in part. */
static void
expect_part(struct show *s)
{
	size_t n, m;
	struct message *const *path = conversation_path(s->session.conversation, &n);
	struct message *const *all = conversation_path(s->source, &m);

	CU_ASSERT_FATAL(n <= m);
	for (size_t i = 0; i < n; i++) {
		CU_ASSERT(path[i]->id == all[i]->id);
		CU_ASSERT(is_beginning(&path[i]->content, &all[i]->content));
		CU_ASSERT(is_beginning(&path[i]->reasoning, &all[i]->reasoning));
		CU_ASSERT(path[i]->state != MESSAGE_STREAMING || path[i] == s->session.reply);
		if (path[i] != s->session.reply)
			CU_ASSERT(path[i]->content.len == all[i]->content.len && path[i]->state == all[i]->state);
	}
}

static void
expect_same(const struct message *a, const struct message *b)
{
	HARNESS_EQUAL(buf_text(&a->content), buf_text(&b->content));
	HARNESS_EQUAL(buf_text(&a->reasoning), buf_text(&b->reasoning));
	HARNESS_EQUAL(buf_text(&a->model), buf_text(&b->model));
	HARNESS_EQUAL(buf_text(&a->finish_reason), buf_text(&b->finish_reason));
	CU_ASSERT(a->state == b->state && a->is_muted == b->is_muted && a->is_summary == b->is_summary);
	CU_ASSERT(a->thought_ms == b->thought_ms && a->thought_tokens == b->thought_tokens);
	CU_ASSERT(memcmp(&a->usage, &b->usage, sizeof(a->usage)) == 0);
	CU_ASSERT(memcmp(&a->timings, &b->timings, sizeof(a->timings)) == 0);
	CU_ASSERT((a->error == NULL) == (b->error == NULL));
	if (a->error && b->error)
		HARNESS_EQUAL(a->error->text, b->error->text);
}

static void
expect_whole(struct show *s)
{
	size_t n, m;
	struct message *const *path = conversation_path(s->session.conversation, &n);
	struct message *const *all = conversation_path(s->source, &m);

	CU_ASSERT_FATAL(n == m);
	for (size_t i = 0; i < n; i++)
		expect_same(path[i], all[i]);
	CU_ASSERT(s->session.state == SESSION_IDLE && player_next_ms(&s->player) == -1);
}

/* ---- playing ---- */

static void
says_the_same_however_time_is_told(void)
{
	static const int64_t steps[] = {1, 7, 16, 1000, 100000, INT64_MAX / 2};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct show s;

		begin(&s, make_chat());
		for (int64_t now = 0; player_next_ms(&s.player) >= 0; now += steps[i]) {
			player_advance(&s.player, now);
			expect_part(&s);
		}
		expect_whole(&s);
		end(&s);
	}
}

/* From what comes next to what comes next; when each text is there. */
static void
has_the_times_of_the_recording(void)
{
	static const struct {
		int64_t ms; /* since the reply was asked for */
		const char *thought, *text;
	} rows[] = {
	        {299, "", ""},
	        {300, "Hm", ""},
	        {599, "Hm", ""},
	        {600, "Hmm", "x"},
	        {2100, "Hmm", "xyz"},
	        {2101, "Hmm", "xyz!"},
	};
	struct conversation *c = conversation_new(NULL);
	struct message *m;
	struct show s;
	struct recorder r = {.fold_ms = 1};
	int64_t sent;

	ask(c, "");
	m = answer(c, "Hmm", "xyz!", 1, 0);
	recorder_add(&r, m, 300, true, 2);
	recorder_add(&r, m, 600, true, 1);
	recorder_add(&r, m, 600, false, 1);
	recorder_add(&r, m, 2110, false, 2); /* 1510 later: one part in 32 rounds it down */
	recorder_add(&r, m, 2111, false, 1);
	begin(&s, c);
	player_advance(&s.player, sent = player_next_ms(&s.player));
	CU_ASSERT_FATAL(s.session.reply != NULL && s.session.state == SESSION_WAITING);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t ms = rows[i].ms;

		player_advance(&s.player, sent + (ms > 2000 ? ms + 10 : ms));
		m = conversation_find(s.session.conversation, 2);
		HARNESS_EQUAL(buf_text(&m->reasoning), rows[i].thought);
		HARNESS_EQUAL(buf_text(&m->content), rows[i].text);
	}
	CU_ASSERT(s.player.phase == PLAYER_IS_OVER);
	end(&s);
}

/* Without a recording, by figures: so many tokens a second, and so long until the first. */
static void
plays_at_the_rate_of_its_figures(void)
{
	static const struct {
		struct chat_timings timings;
		struct chat_usage usage;
		int64_t from, to; /* when the last byte of 400 comes */
	} rows[] = {
	        {{.predicted_n = 100, .predicted_per_second = 50, .first_ms = 800}, {-1, -1, -1}, 2740, 2820},
	        {{.predicted_per_second = 50, .prompt_ms = 300}, {5, 200, 0}, 4240, 4320},
	        {{.predicted_n = 100, .predicted_per_second = 1e300, .first_ms = 800}, {-1, -1, -1}, 790, 810},
	        {{.predicted_n = 1, .predicted_per_second = 1e-300, .first_ms = 800}, {-1, -1, -1}, 790, 810},
	        {{.predicted_n = INT64_MAX, .predicted_per_second = -7, .first_ms = -1}, {-1, -1, -1}, 400, 20000},
	        {{0}, {-1, -1, -1}, 4000, 4500},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct message *m = message_new(CHAT_ASSISTANT, "");
		struct reply_times times;
		struct reply_step step = {0};
		int64_t before = 0;
		size_t sum = 0;

		for (int k = 0; k < 40; k++)
			put(&m->content, "tokens are");
		m->timings = rows[i].timings;
		m->usage = rows[i].usage;
		reply_times_init(&times, m);
		while (reply_times_next(&times, &step)) {
			CU_ASSERT(step.ms >= before && step.len > 0);
			before = step.ms;
			sum += step.len;
		}
		CU_ASSERT(sum == 400);
		HARNESS_CHECK(before >= rows[i].from && before <= rows[i].to, "row %zu: %lld ms", i, (long long)before);
		message_free(m);
	}
}

/* Bytes that are no recording, or of another text. */
static void
plays_whatever_the_pieces_are(void)
{
	for (int i = 0; i < 500; i++) {
		struct conversation *c = conversation_new(NULL);
		struct message *m;
		struct show s;

		ask(c, "x");
		m = answer(c, "t\xc3\xb6\xc3\xb6t", "a \xe2\x82\xac b \xf0\x9f\x9a\xa2 c", 1, 0);
		for (unsigned n = chance(12); n > 0; n--) {
			char byte = (char)(chance(3) == 0 ? chance(256) : chance(16) << 2);

			buf_put(&m->pieces, &byte, 1);
		}
		begin(&s, c);
		for (int64_t now; (now = player_next_ms(&s.player)) >= 0;) {
			player_advance(&s.player, now);
			expect_part(&s);
		}
		expect_whole(&s);
		end(&s);
	}
}

static void
goes_to_any_turn(void)
{
	struct show s;
	int64_t now = 0;

	begin(&s, make_chat());
	CU_ASSERT(s.player.n_turns == 6);
	for (int i = 0; i < 500; i++) {
		size_t turn = chance(7);

		player_go(&s.player, turn, now);
		CU_ASSERT(player_turn(&s.player) == (turn < 6 ? turn : 5));
		CU_ASSERT(player_next_ms(&s.player) >= now || turn == 6);
		expect_part(&s);
		player_advance(&s.player, now += chance(4000));
		expect_part(&s);
	}
	player_advance(&s.player, INT64_MAX / 2);
	expect_whole(&s);
	player_go(&s.player, 6, now);
	expect_whole(&s);
	end(&s);
}

static void
types_for_two_seconds_at_most(void)
{
	static const size_t lengths[] = {0, 1, 40, 400, 5000, 1000000};

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		struct conversation *c = conversation_new(NULL);
		struct message *m = conversation_add(c, NULL, CHAT_USER, "");
		struct show s;
		size_t typed = 0, len, steps = 0;
		int64_t now = 0;

		for (size_t n = 0; n < lengths[i]; n++)
			put(&m->content, "y");
		begin(&s, c);
		while (player_typed(&s.player, &len)) {
			CU_ASSERT(len >= typed && len <= lengths[i]);
			typed = len;
			player_advance(&s.player, now = player_next_ms(&s.player));
			steps++;
		}
		CU_ASSERT(typed == lengths[i] && now <= 3500 && now >= 400 && steps <= 502);
		expect_whole(&s);
		end(&s);
	}
}

CU_TestInfo player_tests[] = {
        {"says the same however time is told", says_the_same_however_time_is_told},
        {"has the times of the recording", has_the_times_of_the_recording},
        {"plays at the rate of its figures", plays_at_the_rate_of_its_figures},
        {"plays whatever the pieces are", plays_whatever_the_pieces_are},
        {"goes to any turn", goes_to_any_turn},
        {"types for two seconds at most", types_for_two_seconds_at_most},
        CU_TEST_INFO_NULL,
};
