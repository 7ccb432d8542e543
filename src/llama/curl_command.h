/*
 * curl_command.h - a request as a curl(1) command for a shell (POSIX), without the auth token: "$FLYNN_AUTH_TOKEN" stands for it.
 */
#ifndef FLYNN_LLAMA_CURL_COMMAND_H
#define FLYNN_LLAMA_CURL_COMMAND_H

#include "base/buf.h"
#include "llama/http.h"

enum {
	CURL_COMMAND_LINE_MAX = 2000, /* bytes of the body's longest line */
};

/*
 * The body is a here-document of its own lines: neither quotes nor a length limit of arguments concern it. A terminal gives a
 * shell no more than 4095 bytes of a line, so the body is broken into shorter ones; curl's -d @- takes the line feeds out again.
 */
void curl_command_put(struct buf *, const struct http_request *);

#endif
