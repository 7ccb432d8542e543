/*
 * curl_request.c - the options that each connection has, and those that one request needs.
 */
#include "net/curl_request.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "llama/http_body.h"

enum {
	CONNECT_MS = 24 * 3600 * 1000, /* no limit of curl's: stream.c, watch.c and call.c judge silence */
	BUFFER_SIZE = 64 * 1024,       /* bytes that one recv may bring */
};

/* ---- what is sent ---- */

/* Pictures and sounds become Base64 here, as much at once as curl has room for. */
static size_t
on_room(char *to, size_t size, size_t count, void *arg)
{
	struct curl_body *b = arg;
	size_t n = http_body_read(b->request, b->sent, to, size * count);

	b->sent += n;
	return n;
}

static int
on_seek(void *arg, curl_off_t offset, int origin)
{
	struct curl_body *b = arg;

	if (origin != SEEK_SET || offset < 0)
		return CURL_SEEKFUNC_FAIL;
	b->sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static void
set_body(const struct libcurl *curl, CURL *easy, const struct http_request *r, struct curl_body *b)
{
	*b = (struct curl_body){.request = r};
	curl->easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)http_body_length(r));
	if (r->n_inserts == 0) {
		curl->easy_setopt(easy, CURLOPT_POSTFIELDS, r->body);
		return;
	}
	curl->easy_setopt(easy, CURLOPT_POST, 1L);
	curl->easy_setopt(easy, CURLOPT_READFUNCTION, on_room);
	curl->easy_setopt(easy, CURLOPT_READDATA, b);
	curl->easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
	curl->easy_setopt(easy, CURLOPT_SEEKDATA, b);
}

/* ---- the request ---- */

static struct curl_slist *
add_header(const struct libcurl *curl, struct curl_slist *list, const char *name, const char *value)
{
	char *line = mem_printf("%s: %s", name, value);
	struct curl_slist *longer = curl->slist_append(list, line);

	free(line);
	return longer ? longer : list;
}

static void
set_headers(const struct libcurl *curl, CURL *easy, const struct http_request *r, struct curl_slist **headers)
{
	if (r->accept)
		*headers = add_header(curl, *headers, "Accept", r->accept);
	if (r->auth_token) {
		char *bearer = mem_printf("Bearer %s", r->auth_token);

		*headers = add_header(curl, *headers, "Authorization", bearer);
		free(bearer);
	}
	if (r->stream_id)
		*headers = add_header(curl, *headers, "X-Conversation-Id", r->stream_id);
	if (r->method)
		curl->easy_setopt(easy, CURLOPT_CUSTOMREQUEST, r->method);
	if (r->body) {
		*headers = add_header(curl, *headers, "Content-Type", "application/json");
		*headers = curl->slist_append(*headers, "Expect:"); /* no 100-continue round trip */
	}
	curl->easy_setopt(easy, CURLOPT_HTTPHEADER, *headers);
}

static void
set_connection(const struct libcurl *curl, CURL *easy, const struct http_request *r)
{
	curl->easy_setopt(easy, CURLOPT_URL, r->url);
	if (r->endpoint.unix_path)
		curl->easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, r->endpoint.unix_path);
	if (r->endpoint.loopback)
		curl->easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl->easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
#if LIBCURL_VERSION_NUM >= 0x075500
	curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl->easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
	curl->easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a cancel does not wait for the resolver */
#endif
	curl->easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl->easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl->easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)BUFFER_SIZE);
	curl->easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "identity"); /* and yet undone if a proxy compresses */
	if (r->ca_file || r->insecure) { /* instead of the system's, which are not opened either */
		curl->easy_setopt(easy, CURLOPT_CAINFO, r->insecure ? NULL : r->ca_file);
		curl->easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	curl->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, r->insecure ? 0L : 1L);
	curl->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, r->insecure ? 0L : 2L);
}

struct curl_slist *
curl_request_set(const struct libcurl *curl, CURL *easy, const struct http_request *r, struct curl_body *body)
{
	struct curl_slist *headers = NULL;

	set_connection(curl, easy, r);
	set_headers(curl, easy, r, &headers);
	if (r->body)
		set_body(curl, easy, r, body);
	return headers;
}
