/*
 * token.h - the chunk that comes for nearly every token, read without building a tree. It is the hot path of a reply:
 *
 *	{"choices":[{"finish_reason":null,"index":0,"delta":{"content":" a"}}],"created":1,"id":"…","model":"…",…}
 *
 * Only this shape is known here, in any order of its members. All else, and all that is odd, is left to json.h.
 */
#ifndef FLYNN_LLAMA_TOKEN_H
#define FLYNN_LLAMA_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum {
	TOKEN_UNESCAPED_MAX = 256,
};

struct token_text {
	const char *s;
	size_t n;
};

struct token {
	struct token_text model, content, reasoning; /* empty where there is none; not NUL-terminated */
	char unescaped[TOKEN_UNESCAPED_MAX];         /* a text that had escapes */
};

/* False where the chunk has another shape: nothing is known of it then. The texts stand in json or in the token. */
bool token_read(const char *json, size_t n, struct token *);

#endif
