/*
 * err.h - why something failed, in one sentence for the person at the screen.
 *
 * What can fail returns bool and takes `struct err *` last: true, and the err is untouched; false, and it holds
 * a code and a sentence. The sentence has no final full stop, no newline and no "flynn: " before it. It may hold
 * text from a server or a file as it came: whoever shows it passes it through text/clean.h.
 */
#ifndef FLYNN_BASE_ERR_H
#define FLYNN_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/compiler.h"

/* Code, its name in logs, and the exit status of `flynn ask`. */
#define ERR_CODES(X)                                                                                                   \
	X(NONE, "none", 0)                                                                                             \
	X(USAGE, "usage", 2)               /* a bad flag, an empty prompt, no terminal */                              \
	X(CONFIG, "configuration", 2)      /* file:line: what is wrong, and what would be right */                     \
	X(UNREACHABLE, "unreachable", 3)   /* refused, host not found, no route */                                     \
	X(TLS, "tls", 3)                   /* certificate not trusted, TLS refused */                                  \
	X(TIMEOUT, "timeout", 4)           /* nothing received for `timeout` */                                        \
	X(SERVER, "server", 1)             /* the server's own error message */                                        \
	X(UNAUTHORISED, "unauthorised", 1) /* the same, when it was 401 or 403 */                                      \
	X(CONTEXT, "context", 1)           /* the same, when the prompt does not fit into the context */               \
	X(MODEL, "model", 1)               /* the same, when it has not the model, or cannot load it */                \
	X(LOADING, "loading", 1)           /* the same, when it was 503 while the model loads */                       \
	X(REDIRECT, "redirect", 1)         /* never followed */                                                        \
	X(INCOMPLETE, "incomplete", 1)     /* broken off, or nonsense, in mid-reply */                                 \
	X(LIMIT, "limit", 1)               /* larger than what flynn takes */                                          \
	X(OUTPUT, "output", 1)             /* standard output cannot be written */                                     \
	X(CANCELLED, "cancelled", 130)     /* by the person at the keyboard */                                         \
	X(SYSTEM, "system", 1)             /* the operating system refused something */

enum err_code {
#define X(code, name, status) ERR_##code,
	ERR_CODES(X)
#undef X
};

enum {
	/* A server's message is cut at 500 characters (2,000 bytes at the most); the rest is room for our words. */
	ERR_TEXT_MAX = 2560,
};

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX]; /* NUL-terminated; never cut inside a character */
};

/* Sets the error and returns false, so that a caller can `return err_set(...)`. A text too long is cut. */
bool err_set(struct err *, enum err_code, const char *format, ...) PRINTF_LIKE(3, 4);
bool err_vset(struct err *, enum err_code, const char *format, va_list) PRINTF_LIKE(3, 0);

const char *err_name(enum err_code);
int err_exit_status(enum err_code);

#endif
