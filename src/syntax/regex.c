/*
 * regex.c - PCRE2 with its compiler to machine code, and bounds on what a search may cost.
 *
 * The files are written for regexec of the C library. That has no bound on a search, reads text by the locale, and takes
 * four to five times as long in a UTF-8 locale (1.1 to 2 us for all rules over a line of C, Python, Go, Perl or shell,
 * against 5.6 to 7; two times in the C locale). What differs is which of several alternatives is taken: see syntax/regex_posix.c; with
 * that, all rules of nine languages found the same in 12,000 lines, but for Python's ''', which other rules cover again.
 */
#include "syntax/regex.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "syntax/regex_posix.h"

enum {
	STEPS_MAX = 20000, /* of a search: well below a millisecond */
	DEPTH_MAX = 2000,
	HEAP_MAX_KIB = 1024,
	STACK_FIRST = 32 * 1024,
	STACK_MAX = 256 * 1024,
	COMPILED_MAX = 256 * 1024,
};

struct regex_room {
	pcre2_match_context *limits;
	pcre2_match_data *found;
	pcre2_jit_stack *stack;
};

struct regex {
	pcre2_code *code;
};

static void *
take_memory(size_t n, void *arg)
{
	(void)arg;
	return mem_alloc(n);
}

static void
give_memory(void *memory, void *arg)
{
	(void)arg;
	free(memory);
}

struct regex_room *
regex_room_new(void)
{
	struct regex_room *room = mem_alloc(sizeof(*room));
	pcre2_general_context *memory = pcre2_general_context_create(take_memory, give_memory, NULL);

	room->limits = pcre2_match_context_create(memory);
	room->found = pcre2_match_data_create(1, memory);
	/* May fail where memory may not be executable; then nothing was compiled to machine code either. */
	room->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MAX, memory);
	pcre2_general_context_free(memory);
	pcre2_set_match_limit(room->limits, STEPS_MAX);
	pcre2_set_depth_limit(room->limits, DEPTH_MAX);
	pcre2_set_heap_limit(room->limits, HEAP_MAX_KIB);
	if (room->stack)
		pcre2_jit_stack_assign(room->limits, NULL, room->stack);
	return room;
}

void
regex_room_free(struct regex_room *room)
{
	if (!room)
		return;
	pcre2_match_data_free(room->found);
	pcre2_match_context_free(room->limits);
	pcre2_jit_stack_free(room->stack);
	free(room);
}

static pcre2_code *
compile(const char *pcre, size_t n, bool fold_case)
{
	uint32_t options =
	        PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | (fold_case ? PCRE2_CASELESS : 0);
	size_t size = 0, where;
	int why;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pcre, n, options, &why, &where, NULL);

	if (!code)
		return NULL;
	if (pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size) != 0 || size > COMPILED_MAX) {
		pcre2_code_free(code);
		return NULL;
	}
	/* Where that cannot be done, searching is slower. */
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

struct regex *
regex_new(const char *ere, size_t n, bool fold_case)
{
	struct buf pcre = {0};
	pcre2_code *code = NULL;
	struct regex *r;

	if (n > 0 && n <= REGEX_MAX && ere_to_pcre(ere, n, &pcre))
		code = compile(buf_text(&pcre), pcre.len, fold_case);
	buf_release(&pcre);
	if (!code)
		return NULL;
	r = mem_alloc(sizeof(*r));
	r->code = code;
	return r;
}

void
regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_code_free(r->code);
	free(r);
}

enum regex_found
regex_find(const struct regex *r, struct regex_room *room, const char *text, size_t n, size_t from, size_t *start,
        size_t *end)
{
	int found = pcre2_match(r->code, (PCRE2_SPTR)text, n, from, PCRE2_NO_UTF_CHECK, room->found, room->limits);
	const size_t *place = pcre2_get_ovector_pointer(room->found);

	if (found < 0)
		return found == PCRE2_ERROR_NOMATCH ? REGEX_NOTHING : REGEX_GAVE_UP;
	*start = place[0];
	*end = place[1];
	return REGEX_FOUND;
}
