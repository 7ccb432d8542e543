/*
 * tokens.c - fuzzing the tokens of replies: a list of any bytes is read within its bounds, and what is made of it is a list again;
 * tokens that a server tells are placed only where their bytes are the text's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chat/message.h"
#include "chat/token_align.h"
#include "chat/token_branch.h"
#include "chat/tokens.h"
#include "tui/lens.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* ---- a list that is foreign ---- */

static void
branch_from_each(struct message *m)
{
	struct tokens_reader r = {.packed = &m->tokens};
	struct token_branch b;
	struct token t;
	struct err err;

	for (size_t i = 0; i < 64 && tokens_next(&r, &t); i++)
		for (size_t k = 0; k < 3; k++)
			if (token_branch_make(m, &t, k, &b, &err)) {
				must(tokens_are_of(&b.tokens, &b.content, &b.reasoning));
				token_branch_release(&b);
			}
}

static void
lay_out(const struct message *m, int cols)
{
	struct lens l = {0};

	lens_read(&l, m, cols);
	lens_move_end(&l, 1);
	for (int i = 0; i < 20; i++) {
		lens_move(&l, -1);
		lens_move_rows(&l, i % 3 - 1);
		lens_choose(&l, 1);
		lens_read(&l, m, cols);
	}
	lens_release(&l);
}

/* The list, and the texts that it may be of. */
static void
try_list(const char *bytes, size_t n, size_t content)
{
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct buf copy = {0};

	must(buf_append(&m->content, bytes, content < n ? content : n) && buf_append(&m->reasoning, "thought", 7));
	buf_put(&m->tokens, bytes, n);
	lay_out(m, 1 + (int)(content % 40));
	if (tokens_are_of(&m->tokens, &m->content, &m->reasoning)) {
		branch_from_each(m);
		buf_put(&copy, buf_text(&m->tokens), m->tokens.len);
		tokens_become_thought(&copy, 0, m->content.len, m->reasoning.len);
		must(buf_append(&m->reasoning, buf_text(&m->content), m->content.len));
		must(tokens_are_of(&copy, &m->content, &m->reasoning));
	}
	tokens_cut(&m->tokens, content / 2, 3);
	tokens_cut(&m->tokens, 0, 0);
	buf_release(&copy);
	message_free(m);
}

/* ---- tokens that a server tells, with the text between them ---- */

static void
tell(struct token_align *a, const char *text, size_t n)
{
	struct buf told = {0};

	buf_putc(&told, 0);
	token_pack_number(&told, n);
	buf_put(&told, text, n);
	token_pack_nats(&told, 5);
	buf_put(&told, "\x01\x01", 2);
	token_pack_candidate(&told, &(struct token_candidate){text, n, 5});
	token_align_token(a, told.data, told.len);
	buf_release(&told);
}

static void
add_text(struct token_align *a, struct message *m, bool is_thought, const char *text, size_t n)
{
	struct buf *to = is_thought ? &m->reasoning : &m->content;
	size_t at = to->len;

	must(buf_append(to, text, n));
	token_align_text(a, &m->tokens, is_thought, at, text, n);
}

/* Each byte: its two low bits say what comes, the others how much of an alphabet of few letters, so that much fits. */
static void
try_align(const char *bytes, size_t n)
{
	static const char letters[] = "abababcab<think>ab";
	struct message *m = message_new(CHAT_ASSISTANT, "");
	struct token_align *a = token_align_new(&m->tokens);

	for (size_t i = 0; i < n && i < 2000; i++) {
		unsigned what = (unsigned char)bytes[i];
		size_t from = what >> 2 & 7, len = 1 + (what >> 5);

		if ((what & 3) < 2)
			tell(a, letters + from, len);
		else
			add_text(a, m, (what & 3) == 3, letters + from, len);
	}
	token_align_end(a, &m->tokens);
	must(tokens_are_of(&m->tokens, &m->content, &m->reasoning));
	token_align_free(a);
	message_free(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n == 0)
		return 0;
	try_list((const char *)bytes + 1, n - 1, bytes[0]);
	try_align((const char *)bytes, n);
	return 0;
}
