/*
 * server_error.h - the words of a server that refused: the text of an error body, or of an error event.
 *
 * `error.message`; else `error` or `detail` where that is the text, or `message` of an {"object":"error"}, as vLLM and SGLang say it;
 * else the first line of a plain-text body; else
 * "HTTP 502 Bad Gateway". Words that were cut off follow that: "HTTP 502 Bad Gateway: the upst…". At most 500
 * characters.
 */
#ifndef FLYNN_LLAMA_SERVER_ERROR_H
#define FLYNN_LLAMA_SERVER_ERROR_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "llama/http.h"

enum {
	SERVER_ERROR_CHARACTERS = 500,
	SERVER_ERROR_BODY_MAX = 64 * 1024, /* bytes of an error body that are kept */
};

/*
 * All of them hide `secret` (the auth token; NULL: none) where the server repeats it: it shows as ***.
 *
 * Sets ERR_SERVER, ERR_UNAUTHORISED (401, 403), ERR_CONTEXT ("exceed_context_size_error", the code
 * "context_length_exceeded", vLLM's "maximum context length") or ERR_LOADING (503
 * "unavailable_error") and returns false. `cut`: more of the body was to come, and did not.
 */
bool server_error_from_body(
        const struct http_head *, const char *body, size_t len, bool cut, const char *secret, struct err *);

/* What servers answer to a path that they do not have. */
bool server_error_is_no_path(int status);

/* The same for such an object in a stream; true, and nothing set, when it is neither. */
bool server_error_from_object(const cJSON *object, const char *secret, struct err *) MUST_USE;

/* And for the value of an `error:` field of a stream: an error object itself, the above, or plain words. */
bool server_error_from_field(const char *value, size_t len, const char *secret, struct err *);

/* For a 3xx status: ERR_REDIRECT with its Location; returns false. Redirects are never followed. */
bool server_error_redirect(const struct http_head *, const char *secret, struct err *);

/* Words of a server as a message shows them, to be freed by the caller: well-formed, one line, trimmed, the secret
 * hidden, at most SERVER_ERROR_CHARACTERS. */
char *server_error_words(const char *words, size_t len, const char *secret);

#endif
