/*
 * think.c - fuzzing the search for reasoning in tags: however the content is cut between characters, the same is told, and
 * nothing of it is lost but the tags and the space around them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "llama/think.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct told {
	struct buf content, reasoning;
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* As chat/session.c does it: what was content until now was reasoning. */
static void
take_text(void *arg, enum chat_event_type type, const char *text, size_t n)
{
	struct told *told = arg;
	struct buf content;

	must(type == CHAT_EVENT_CONTENT || type == CHAT_EVENT_REASONING || type == CHAT_EVENT_WAS_REASONING);
	if (type == CHAT_EVENT_WAS_REASONING) {
		must(told->reasoning.len == 0);
		content = told->reasoning;
		told->reasoning = told->content;
		told->content = content;
	}
	buf_put(type == CHAT_EVENT_CONTENT ? &told->content : &told->reasoning, text, n);
}

/* Pieces of up to so many bytes; 0: all at once. */
static void
think(const char *text, size_t n, size_t every, struct told *told)
{
	const struct think_sink sink = {take_text, told};
	struct think t = {0};

	for (size_t at = 0, piece; at < n; at += piece) {
		piece = every > 0 && every < n - at ? utf8_floor(text + at, every) : n - at;
		think_take(&t, text + at, piece, &sink);
	}
	think_end(&t, &sink);
	think_release(&t);
}

static void
must_equal(const struct buf *a, const struct buf *b)
{
	must(a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct told whole = {0}, cut = {0};
	struct buf text = {0};

	if (n == 0)
		return 0;
	must(utf8_append_mended(&text, (const char *)bytes + 1, n - 1));
	think(buf_text(&text), text.len, 0, &whole);
	think(buf_text(&text), text.len, 4 + bytes[0] % 32, &cut);
	must_equal(&whole.content, &cut.content);
	must_equal(&whole.reasoning, &cut.reasoning);
	must(whole.content.len + whole.reasoning.len <= text.len);
	if (!strstr(buf_text(&text), "think"))
		must_equal(&whole.content, &text);
	buf_release(&whole.content);
	buf_release(&whole.reasoning);
	buf_release(&cut.content);
	buf_release(&cut.reasoning);
	buf_release(&text);
	return 0;
}
