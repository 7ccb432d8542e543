/*
 * pacing.c - terminals at the other end of lines of any width and length: how much is on its way, and what is asked.
 */
#include "tui/pacing.h"

#include "tests/harness.h"
#include "tests/tui/tests.h"

enum {
	FRAME = 2000, /* bytes */
	FRAME_MS = 16,
};

/* A line that carries so many bytes a millisecond, and takes so long each way. */
struct line {
	struct pacing pacing;
	int64_t width, way_ms, now_ms;
	int64_t queued;    /* bytes */
	int64_t answer_ms; /* when the answer arrives; 0: none is on its way */
	int64_t most;      /* that were queued */
	int asked, frames;
};

static void
pass_ms(struct line *l, int ms)
{
	for (int i = 0; i < ms; i++) {
		l->now_ms++;
		l->queued = l->queued > l->width ? l->queued - l->width : 0;
		if (l->answer_ms == 0 || l->now_ms < l->answer_ms)
			continue;
		l->answer_ms = 0;
		pacing_answered(&l->pacing, l->now_ms);
	}
}

static void
write_frame(struct line *l, int64_t bytes, bool answers)
{
	l->queued += bytes;
	l->frames++;
	if (pacing_write(&l->pacing, (size_t)bytes, l->now_ms)) {
		l->asked++;
		if (answers)
			l->answer_ms = l->now_ms + l->queued / l->width + 2 * l->way_ms;
	}
	if (l->queued > l->most)
		l->most = l->queued;
}

/* It starts, and says whether it answers. */
static void
begin(struct line *l)
{
	l->now_ms = 1000;
	write_frame(l, 300, true);
	pass_ms(l, 2000);
}

/* A flood of so many seconds: a frame as often as it may be. */
static void
flood(struct line *l, int seconds, bool answers)
{
	int64_t end_ms = l->now_ms + seconds * 1000;

	l->most = l->frames = 0;
	while (l->now_ms < end_ms) {
		if (pacing_hold_ms(&l->pacing, l->now_ms) == 0)
			write_frame(l, FRAME, answers);
		pass_ms(l, FRAME_MS);
	}
}

static void
does_not_fill_a_slow_line(void)
{
	for (int way_ms = 0; way_ms <= 300; way_ms += 100) {
		struct line l = {.width = 10, .way_ms = way_ms};

		begin(&l);
		flood(&l, 10, true);
		flood(&l, 30, true);
		HARNESS_CHECK(l.most <= 4 * FRAME, "%ld bytes at once, %d ms away", (long)l.most, way_ms);
		HARNESS_CHECK(l.frames >= 30 * 10 * 1000 / FRAME / 4, "%d frames, %d ms away", l.frames, way_ms);
	}
}

/* However far away: a frame every 16 ms. */
static void
leaves_a_wide_line_alone(void)
{
	for (int way_ms = 0; way_ms <= 300; way_ms += 100) {
		struct line l = {.width = 10000, .way_ms = way_ms};

		begin(&l);
		flood(&l, 20, true);
		flood(&l, 10, true);
		HARNESS_CHECK(l.frames >= 10 * 1000 / FRAME_MS * (way_ms == 0 ? 95 : 8) / 100, "%d frames, %d ms away",
		        l.frames, way_ms);
	}
}

static void
does_not_ask_for_little(void)
{
	struct line l = {.width = 1000, .now_ms = 1000};

	for (int i = 0; i < 6000; i++) { /* a minute of 100 tokens a second, with their share of the bar */
		write_frame(&l, i % 100 == 0 ? 200 : 24, true);
		pass_ms(&l, 10);
	}
	CU_ASSERT_EQUAL(l.asked, 1); /* about the first one */
}

static void
does_not_wait_for_the_dumb(void)
{
	struct line l = {.width = 10, .now_ms = 1000};

	flood(&l, 10, false);
	CU_ASSERT_EQUAL(l.asked, 1);
	CU_ASSERT(l.frames >= 10 * 1000 / FRAME_MS);
	CU_ASSERT_EQUAL(pacing_leave_ms(&l.pacing, l.now_ms), 0);
}

/* One that answered once, and then no more, is waited for some seconds. */
static void
loses_patience(void)
{
	struct line l = {.width = 10, .now_ms = 1000};

	flood(&l, 2, true);
	pass_ms(&l, 2000);
	flood(&l, 10, false);
	CU_ASSERT(l.frames >= (10 * 1000 - PACING_TRIES * PACING_PATIENCE_MS) / FRAME_MS - 10);
}

/* What comes without a question says nothing. */
static void
takes_no_answer_without_a_question(void)
{
	struct pacing p = {0};

	pacing_answered(&p, 1000);
	CU_ASSERT(!p.answers);
	CU_ASSERT(pacing_write(&p, 100000, 1000));
	CU_ASSERT_EQUAL(pacing_hold_ms(&p, 1000), 0);
	CU_ASSERT(pacing_leave_ms(&p, 1000) > 0);
	pacing_answered(&p, 1010);
	CU_ASSERT_EQUAL(pacing_leave_ms(&p, 1010), 0);
	CU_ASSERT(pacing_write(&p, 100000, 1020));
	CU_ASSERT(!pacing_write(&p, 100000, 1020));
	CU_ASSERT(pacing_hold_ms(&p, 1020) > 0);
}

CU_TestInfo pacing_tests[] = {
        {"does not fill a slow line", does_not_fill_a_slow_line},
        {"leaves a wide line alone", leaves_a_wide_line_alone},
        {"does not ask for little", does_not_ask_for_little},
        {"does not wait for a terminal that never answers", does_not_wait_for_the_dumb},
        {"loses its patience", loses_patience},
        {"takes no answer without a question", takes_no_answer_without_a_question},
        CU_TEST_INFO_NULL,
};
