/*
 * statistics.c - what the server told; when the first token came is what was seen from here, as long as that is known.
 */
#include "tui/statistics.h"

#include <inttypes.h>

/* The separator that stands before the next of them. */
static void
separate(struct buf *out, size_t start)
{
	buf_puts(out, out->len > start ? " · " : start > 0 ? "\n" : "");
}

static int64_t
first_token_ms(const struct message *m)
{
	return m->timings.first_ms > 0 ? m->timings.first_ms : (int64_t)m->timings.prompt_ms;
}

static int64_t
tokens(const struct message *m)
{
	return m->usage.completion_tokens > 0 ? m->usage.completion_tokens : m->timings.predicted_n;
}

void
statistics_put(const struct message *m, struct buf *out)
{
	size_t start = out->len;
	int64_t first = first_token_ms(m), n = tokens(m);

	if (m->role != CHAT_ASSISTANT || m->state == MESSAGE_STREAMING)
		return;
	if (m->timings.predicted_per_second > 0) {
		separate(out, start);
		buf_printf(out, "%.1f tok/s", m->timings.predicted_per_second);
	}
	if (first > 0) {
		separate(out, start);
		buf_printf(out, "first token after %" PRId64 ".%02" PRId64 " s", first / 1000, first % 1000 / 10);
	}
	if (n > 0) {
		separate(out, start);
		buf_printf(out, "%" PRId64 " token%s", n, n == 1 ? "" : "s");
	}
}
