/*
 * failure.h - a transfer that failed in libcurl, in words for the person at the screen. Private to transport.c.
 */
#ifndef FLYNN_NET_FAILURE_H
#define FLYNN_NET_FAILURE_H

#include <stdbool.h>

#include "base/err.h"
#include "llama/http.h"
#include "net/libcurl.h"

struct failure {
	CURLcode code;
	const struct http_request *request;
	const char *detail; /* curl's own words */
	int os_errno;       /* 0: the system said nothing */
	bool head_told;     /* the whole header of an answer had come */
	bool head_too_large;
};

void failure_words(const struct failure *, struct err *);

/* A file that the connection needs cannot be used: the ca_file or the system's certificates, or the server's socket. */
void failure_of_file(const struct http_request *, const char *why, struct err *);

/* The connection was made, and then lost. */
bool failure_is_loss(CURLcode);

#endif
