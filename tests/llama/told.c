/*
 * told.c - the scan is handed a copy of the exact size, so that AddressSanitizer sees a read after it.
 */
#include "tests/llama/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void
put_name(struct buf *out, const char *name)
{
	buf_printf(out, " %s", name ? name : "-");
}

static void
on_event(void *arg, const struct chat_event *e)
{
	struct buf *out = arg;
	const struct chat_timings *t = &e->timings;

	buf_printf(out, "%d", (int)e->type);
	if (e->type == CHAT_EVENT_PROGRESS)
		buf_printf(out, " %lld %lld %lld %lld", (long long)e->progress.total, (long long)e->progress.cached,
		        (long long)e->progress.processed, (long long)e->progress.ms);
	else if (e->type == CHAT_EVENT_USAGE)
		buf_printf(out, " %lld %lld %lld", (long long)e->usage.prompt_tokens,
		        (long long)e->usage.completion_tokens, (long long)e->usage.cached_tokens);
	else if (e->type == CHAT_EVENT_TIMINGS)
		buf_printf(out, " %lld %lld %lld %a %a %a %a %lld %lld", (long long)t->cache_n, (long long)t->prompt_n,
		        (long long)t->predicted_n, t->prompt_ms, t->predicted_ms, t->prompt_per_second,
		        t->predicted_per_second, (long long)t->draft_n, (long long)t->draft_n_accepted);
	if (e->type == CHAT_EVENT_TOOL_CALL) {
		buf_printf(out, " %d", e->tool_call.index);
		put_name(out, e->tool_call.id);
		put_name(out, e->tool_call.name);
	}
	buf_printf(out, " %zu ", e->len);
	buf_put(out, e->text, e->len);
	buf_putc(out, '\n');
}

void
told(struct chunk_scan *scan, const char *json, size_t n, struct buf *out)
{
	struct chunk_sink sink = {on_event, out, NULL};
	struct err err = {.code = ERR_NONE};

	if (!chunk_decode(scan, json, n, &sink, &err))
		buf_printf(out, "%s: %s\n", err_name(err.code), err.text);
}

static void
must_be_equal(const struct buf *scanned, const struct buf *tree, const char *json, size_t n)
{
	if (scanned->len == tree->len && memcmp(buf_text(scanned), buf_text(tree), tree->len) == 0)
		return;
	printf("# of %.*s\n# the scan told: %s# the tree told: %s", (int)n, json, buf_text(scanned), buf_text(tree));
	fflush(stdout);
	abort();
}

bool
told_by_scan(struct chunk_scan *scan, const char *json, size_t n)
{
	char *copy = mem_realloc(NULL, n > 0 ? n : 1);
	struct buf scanned = {0}, tree = {0};
	struct chunk_said said;
	bool known;

	memcpy(copy, json, n);
	known = chunk_scan(scan, copy, n, &said);
	/* Twice: the second time its frame is known. What is not known comes of the tree by itself. */
	for (int i = 0; known && i < 2; i++) {
		buf_clear(&scanned);
		buf_clear(&tree);
		told(scan, copy, n, &scanned);
		told(NULL, copy, n, &tree);
		must_be_equal(&scanned, &tree, json, n);
	}
	free(copy);
	buf_release(&scanned);
	buf_release(&tree);
	return known;
}
