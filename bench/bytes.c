/*
 * bytes.c - see bytes.h. The words are common ones in an order by chance, the same for each program: as long as words are,
 * and cut into tokens as a model cuts them, most of them whole with the space before them.
 */
#include "bytes.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "byte_kinds.h"

enum {
	MS = 1000000,
	FILL = 800,    /* tokens, so that the text scrolls */
	TOKENS = 1000, /* that are measured, */
	RATE = 100,    /* so many a second */
	PARAGRAPH = 80,
};

static const char *const pieces[] = {" the", " of", " and", " to", " a", " in", " is", " that", ",", " it", " for",
        " was", ".", " with", " as", " be", " on", " not", " he", " by", " are", " this", " at", " from", ",", " have",
        " or", " which", " one", " you", " were", " all", " there", " would", " their", " we", " him", " been", " has",
        ".", " when", " who", " will", " no", " more", " if", " out", " so", " up", " said", " what", " its", " about",
        " than", " into", " them", " can", " only", " other", " time", " new", " some", " could", " these", " two",
        " first", " then", " do", " any", " like", " my", " now", " over", " such", " our", " man", " me", " even",
        " most", " made", " after", " also", " well", " before", " must", " through", " years", " where", " much",
        " way", " down", " should", " because", " long", " people", " state", " water", " world", "ing", "ed", "s",
        " language", " different", " important", " government", " configuration", "ation", " understand"};

/* ---- tokens ---- */

struct prose {
	unsigned long seed;
	size_t n;
};

static const char *
next_token(struct prose *p)
{
	p->n++;
	if (p->n % PARAGRAPH == 0)
		return "\\n\\n";
	p->seed = p->seed * 6364136223846793005ul + 1442695040888963407ul;
	return pieces[(p->seed >> 33) % ARRAY_LEN(pieces)];
}

static void
send(struct rig *r, const struct bytes_program *program, const char *token)
{
	bool breaks = *token == '\\';

	rig_say(r, breaks && program->is_floor ? " " : token);
}

static void
fill(struct rig *r, const struct bytes_program *program, struct prose *p)
{
	for (size_t i = 0; i < FILL; i++)
		send(r, program, next_token(p));
	rig_run(r, clock_ns() + 500ll * MS);
}

static void
stream(struct rig *r, const struct bytes_program *program, struct prose *p)
{
	int64_t start = clock_ns(), gap = 1000ll * MS / RATE;

	for (size_t i = 0; i < TOKENS; i++) {
		rig_run(r, start + (int64_t)i * gap);
		send(r, program, next_token(p));
	}
	rig_run(r, clock_ns() + 10 * MS);
}

/* ---- what came ---- */

static void
print(const struct rig *r, const struct bytes_program *program, const struct byte_kinds *kinds)
{
	size_t all = 0;

	for (int i = 0; i < BYTES_KINDS; i++)
		all += kinds->counts[i];
	printf("screen: bytes at %dx%d: %s: %.1f a token of prose at %d tokens/s:", r->cols, r->rows, program->name,
	        (double)all / TOKENS, RATE);
	for (int i = 0; i < BYTES_KINDS; i++)
		if (kinds->counts[i] > 0)
			printf(" %s %.1f", byte_kinds_name((enum byte_kind)i), (double)kinds->counts[i] / TOKENS);
	printf("\n");
}

bool
bytes_measure(struct rig *r, const struct bytes_program *program)
{
	struct byte_kinds kinds = {0};
	struct prose prose = {.seed = 1};

	if (!rig_start(r, program->path, program->words))
		return false;
	rig_run(r, clock_ns() + 300 * MS);
	if (!rig_ask(r))
		return false;
	if (!program->is_floor)
		rig_progress(r);
	fill(r, program, &prose);
	r->kinds = &kinds;
	stream(r, program, &prose);
	r->kinds = NULL;
	print(r, program, &kinds);
	rig_end(r);
	rig_stop(r);
	return true;
}
