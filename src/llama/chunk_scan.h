/*
 * chunk_scan.h - the chunk that comes for nearly every token, recognised without a tree:
 *
 *	{"choices":[{"finish_reason":null,"index":0,"delta":{"content":" a"}}],"created":1795356896,"id":"…","model":"…",…}
 *
 * Only this shape is known here, in any order of its members. All else, and all that is odd, is left to json.h. The chunks
 * of one reply differ in their text alone, so the bytes around it are kept: where they come again, only the text is read.
 */
#ifndef FLYNN_LLAMA_CHUNK_SCAN_H
#define FLYNN_LLAMA_CHUNK_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum {
	CHUNK_SCAN_UNESCAPED_MAX = 256,
	CHUNK_SCAN_FRAME_MAX = 2048,
};

/* Not NUL-terminated; empty where there is none. */
struct chunk_text {
	const char *s;
	size_t n;
};

struct chunk_said {
	struct chunk_text id, model, reasoning, content;
};

/* Zeroed: no chunk was recognised yet. */
struct chunk_scan {
	struct chunk_said frame;                  /* of the last one that was recognised, but for its text */
	size_t before, after;                     /* bytes in front of the text and after it; 0: no frame is kept */
	bool is_reasoning;                        /* its text */
	char bytes[CHUNK_SCAN_FRAME_MAX];         /* all of both; `frame` points here */
	char unescaped[CHUNK_SCAN_UNESCAPED_MAX]; /* a text that had escapes */
};

/* False where the chunk has another shape: nothing is known of it then. What it says stands in json or in the scan, until
 * the next call. */
bool chunk_scan(struct chunk_scan *, const char *json, size_t n, struct chunk_said *);

#endif
