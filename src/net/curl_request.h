/*
 * curl_request.h - a request in curl's terms. Private to transport.c.
 */
#ifndef FLYNN_NET_CURL_REQUEST_H
#define FLYNN_NET_CURL_REQUEST_H

#include "llama/http.h"
#include "net/libcurl.h"

/* A body that is made as it is sent. */
struct curl_body {
	const struct http_request *request;
	size_t sent; /* bytes */
};

/* Tells curl where to connect and what to send. The request and the body are borrowed until the handle is freed; the list of header lines
 * that comes back is freed (slist_free_all) after it. */
struct curl_slist *curl_request_set(const struct libcurl *, CURL *, const struct http_request *, struct curl_body *);

#endif
