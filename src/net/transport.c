/*
 * transport.c - libcurl's multi interface, and its errors in our words.
 *
 * A transfer's header lines are collected (net/head) until the blank line, then passed on as one struct http_head; the body is
 * passed on as it comes. broken_words is the one place that turns a failure of curl into a sentence.
 */
#include "net/transport.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "llama/http_body.h"
#include "llama/secret.h"
#include "net/head.h"
#include "net/libcurl.h"
#include "net/process.h"
#include "net/sockets.h"
#include "net/timed_out.h"

enum {
	HEADER_MAX = 256 * 1024,       /* bytes of an answer's header lines in all */
	CONNECT_MS = 24 * 3600 * 1000, /* no limit of curl's: stream.c, watch.c and call.c judge silence */
	BUFFER_SIZE = 64 * 1024,       /* bytes that one recv may bring */
};

struct transport {
	CURLM *multi; /* NULL: libcurl is not there */
	struct sockets sockets;
};

struct transfer {
	struct transport *transport;
	CURL *easy;
	struct curl_slist *headers;
	struct http_request request;
	size_t sent; /* bytes of a body that is made as it is sent */
	const struct transfer_handler *handler;
	void *arg;
	int64_t last_byte_ms;
	char detail[CURL_ERROR_SIZE]; /* curl's own words for a failure */
	struct head head;
	size_t header_bytes;
	bool head_told, ended, lost;
};

/* Loaded by the first thread that needs it; without it there are no transfers. */
static struct libcurl curl;
static struct err no_curl; /* why it is not there; ERR_NONE: it is */
static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void
load_curl(void)
{
	if (libcurl_load(&curl, &no_curl))
		no_curl.code = ERR_NONE;
}

/* ---- what curl waits for ---- */

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *of_socket)
{
	static const short events[] = {[CURL_POLL_NONE] = 0,
	        [CURL_POLL_IN] = POLLIN,
	        [CURL_POLL_OUT] = POLLOUT,
	        [CURL_POLL_INOUT] = POLLIN | POLLOUT,
	        [CURL_POLL_REMOVE] = 0};
	struct transport *t = arg;

	(void)easy;
	(void)of_socket;
	sockets_set(&t->sockets, fd, events[what]);
	return 0;
}

static int
on_timer(CURLM *multi, long ms, void *arg)
{
	struct transport *t = arg;

	(void)multi;
	sockets_set_due(&t->sockets, ms);
	return 0;
}

/* curl looks for itself where something is wrong with a socket. */
static int
action_of(const struct pollfd *ready)
{
	if (ready->revents & ~(POLLIN | POLLOUT))
		return 0;
	return (ready->revents & POLLIN ? CURL_CSELECT_IN : 0) | (ready->revents & POLLOUT ? CURL_CSELECT_OUT : 0);
}

struct transport *
transport_new(struct err *err)
{
	struct transport *t = mem_alloc(sizeof(*t));

	if (sockets_init(&t->sockets, err))
		return t;
	free(t);
	return NULL;
}

void
transport_load(struct transport *t)
{
	pthread_once(&curl_once, load_curl);
	if (no_curl.code != ERR_NONE || (t->multi = curl.multi_init()) == NULL)
		return;
	curl.multi_setopt(t->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl.multi_setopt(t->multi, CURLMOPT_SOCKETDATA, t);
	curl.multi_setopt(t->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl.multi_setopt(t->multi, CURLMOPT_TIMERDATA, t);
}

void
transport_free(struct transport *t)
{
	if (!t)
		return;
	if (t->multi)
		curl.multi_cleanup(t->multi);
	sockets_release(&t->sockets);
	free(t);
}

/* ---- what comes ---- */

static void
take_header_line(struct transfer *t, const char *line)
{
	struct http_head said;

	if (!head_take_line(&t->head, line))
		return;
	t->head_told = true;
	said = head_say(&t->head);
	t->handler->head(t->arg, &said);
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count;
	char *line;

	t->last_byte_ms = clock_ms();
	t->header_bytes += n;
	if (t->header_bytes > HEADER_MAX)
		return 0;
	if (t->head_told) /* a trailer after a chunked body */
		return n;
	line = mem_strndup(bytes, n);
	take_header_line(t, line);
	free(line);
	return n;
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;

	t->last_byte_ms = clock_ms();
	t->handler->body(t->arg, bytes, size * count);
	return size * count;
}

/* ---- how it failed ---- */

static const char *
detail_of(const struct transfer *t, CURLcode code)
{
	return t->detail[0] ? t->detail : curl.easy_strerror(code);
}

static void
not_running(const struct transfer *t, const char *cause, struct err *err)
{
	const char *endpoint = t->request.endpoint.text;

	if (cause)
		err_set(err, ERR_UNREACHABLE, "llama-server not running at %s (%s)", endpoint, cause);
	else
		err_set(err, ERR_UNREACHABLE, "llama-server not running at %s", endpoint);
}

static void
not_connected(const struct transfer *t, struct err *err)
{
	long os_errno = 0;

	curl.easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &os_errno);
	if (os_errno == ECONNREFUSED)
		not_running(t, NULL, err);
	else
		not_running(t, os_errno ? strerror((int)os_errno) : t->detail, err);
}

static void
tls_refused(const struct transfer *t, CURLcode code, struct err *err)
{
	const char *endpoint = t->request.endpoint.text, *detail = detail_of(t, code);

	if (code == CURLE_SSL_CACERT_BADFILE)
		err_set(err, ERR_TLS, "cannot use the certificates of ca_file: %s (%s)",
		        t->request.ca_file ? t->request.ca_file : "(the system's)", detail);
	else if (code == CURLE_PEER_FAILED_VERIFICATION)
		err_set(err, ERR_TLS,
		        "the certificate of %s is not trusted (%s): name its authority with ca_file:, or accept it "
		        "unverified with insecure: true, in the configuration",
		        endpoint, detail);
	else
		err_set(err, ERR_TLS,
		        "TLS with %s failed (%s): if it speaks plain HTTP, say http://; else see ca_file: and "
		        "insecure: "
		        "in the configuration",
		        endpoint, detail);
}

/* curl's "Recv failure: Connection reset by peer", without what only a programmer asks for. */
static const char *
plain_detail(const char *detail)
{
	static const char *const prefixes[] = {"Recv failure: ", "Send failure: "};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (strncmp(detail, prefixes[i], strlen(prefixes[i])) == 0)
			return detail + strlen(prefixes[i]);
	return detail;
}

static bool
is_header_too_large(const struct transfer *t, CURLcode code)
{
	if (code == CURLE_OUT_OF_MEMORY) /* so curl calls one header line past its own bound */
		return !t->head_told || t->header_bytes > HEADER_MAX;
	return code == CURLE_WRITE_ERROR && t->header_bytes > HEADER_MAX;
}

static void
not_readable(const struct transfer *t, CURLcode code, struct err *err)
{
	const char *endpoint = t->request.endpoint.text, *detail = detail_of(t, code);

	if (is_header_too_large(t, code))
		err_set(err, ERR_LIMIT, "the header of the answer from %s is too large: is the endpoint right?",
		        endpoint);
	else if (t->head_told)
		err_set(err, ERR_INCOMPLETE, "the answer cannot be read (%s)", detail);
	else
		err_set(err, ERR_INCOMPLETE,
		        "what answers at %s does not speak HTTP as llama-server does (%s): is the endpoint right?",
		        endpoint, detail);
}

static void
set_broken(const struct transfer *t, CURLcode code, struct err *err)
{
	switch (code) {
	case CURLE_COULDNT_CONNECT:
		not_connected(t, err);
		break;
	case CURLE_COULDNT_RESOLVE_HOST:
		not_running(t, "host not found", err);
		break;
	case CURLE_COULDNT_RESOLVE_PROXY:
		not_running(t, "the proxy's host was not found", err);
		break;
	case CURLE_OPERATION_TIMEDOUT:
		timed_out(err, "no connection to", t->request.endpoint.text, 0);
		break;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_USE_SSL_FAILED:
		tls_refused(t, code, err);
		break;
	case CURLE_GOT_NOTHING:
		err_set(err, ERR_INCOMPLETE, "%s closed the connection without an answer%s", t->request.endpoint.text,
		        t->request.endpoint.tls ? "" : " (if it speaks TLS, say https://)");
		break;
	case CURLE_PARTIAL_FILE:
		err_set(err, ERR_INCOMPLETE, "the connection broke off");
		break;
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		err_set(err, ERR_INCOMPLETE, "the connection broke off (%s)", plain_detail(detail_of(t, code)));
		break;
	default:
		not_readable(t, code, err);
		break;
	}
}

/* curl's own words may hold some of the server's, as of its certificate. */
static void
broken_words(const struct transfer *t, CURLcode code, struct err *err)
{
	struct buf shown = {0};

	set_broken(t, code, err);
	secret_append_words(&shown, err->text, t->request.auth_token);
	err_set(err, err->code, "%s", buf_text(&shown));
	buf_release(&shown);
}

static bool
is_loss(CURLcode code)
{
	return code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_SEND_ERROR ||
	       code == CURLE_RECV_ERROR;
}

/* ---- what is sent ---- */

/* Pictures and sounds become Base64 here, as much at once as curl has room for. */
static size_t
on_room(char *to, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = http_body_read(&t->request, t->sent, to, size * count);

	t->sent += n;
	return n;
}

static int
on_seek(void *arg, curl_off_t offset, int origin)
{
	struct transfer *t = arg;

	if (origin != SEEK_SET || offset < 0)
		return CURL_SEEKFUNC_FAIL;
	t->sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static void
set_body(struct transfer *t)
{
	const struct http_request *r = &t->request;

	curl.easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)http_body_length(r));
	if (r->n_inserts == 0) {
		curl.easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body);
		return;
	}
	curl.easy_setopt(t->easy, CURLOPT_POST, 1L);
	curl.easy_setopt(t->easy, CURLOPT_READFUNCTION, on_room);
	curl.easy_setopt(t->easy, CURLOPT_READDATA, t);
	curl.easy_setopt(t->easy, CURLOPT_SEEKFUNCTION, on_seek);
	curl.easy_setopt(t->easy, CURLOPT_SEEKDATA, t);
}

/* ---- a transfer ---- */

static struct curl_slist *
add_header(struct curl_slist *list, const char *name, const char *value)
{
	char *line = mem_printf("%s: %s", name, value);
	struct curl_slist *longer = curl.slist_append(list, line);

	free(line);
	return longer ? longer : list;
}

static void
set_headers(struct transfer *t)
{
	const struct http_request *r = &t->request;

	if (r->accept)
		t->headers = add_header(t->headers, "Accept", r->accept);
	if (r->auth_token) {
		char *bearer = mem_printf("Bearer %s", r->auth_token);

		t->headers = add_header(t->headers, "Authorization", bearer);
		free(bearer);
	}
	if (r->stream_id)
		t->headers = add_header(t->headers, "X-Conversation-Id", r->stream_id);
	if (r->method)
		curl.easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, r->method);
	if (r->body) {
		t->headers = add_header(t->headers, "Content-Type", "application/json");
		t->headers = curl.slist_append(t->headers, "Expect:"); /* no 100-continue round trip */
		set_body(t);
	}
	curl.easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void
set_connection(struct transfer *t)
{
	const struct http_request *r = &t->request;
	CURL *easy = t->easy;

	curl.easy_setopt(easy, CURLOPT_URL, r->url);
	if (r->endpoint.unix_path)
		curl.easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, r->endpoint.unix_path);
	if (r->endpoint.loopback)
		curl.easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl.easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl.easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
#if LIBCURL_VERSION_NUM >= 0x075500
	curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl.easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
	curl.easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a cancel does not wait for the resolver */
#endif
	curl.easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl.easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl.easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)BUFFER_SIZE);
	curl.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "identity"); /* and yet undone if a proxy compresses */
	if (r->ca_file)
		curl.easy_setopt(easy, CURLOPT_CAINFO, r->ca_file);
	curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, r->insecure ? 0L : 1L);
	curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, r->insecure ? 0L : 2L);
}

/* Closed in programs that flynn starts: an inherited socket would keep the connection open. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)arg;
	(void)purpose;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void
set_callbacks(struct transfer *t)
{
	curl.easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl.easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl.easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->detail);
	curl.easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl.easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl.easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl.easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
}

static bool
start_transfer(struct transfer *t)
{
	t->easy = curl.easy_init();
	if (!t->easy)
		return false;
	set_callbacks(t);
	set_connection(t);
	set_headers(t);
	return curl.multi_add_handle(t->transport->multi, t->easy) == CURLM_OK;
}

/* Whoever opens a pipe waits. */
static bool
may_read_ca_file(const struct http_request *r, struct err *err)
{
	return !r->ca_file || regular_or_none(r->ca_file) ||
	       err_set(err, ERR_TLS, "cannot use the certificates of ca_file: %s (%s)", r->ca_file,
	               regular_why(EINVAL));
}

struct transfer *
transport_start(struct transport *transport, struct http_request *request, const struct transfer_handler *handler,
        void *arg, struct err *err)
{
	struct transfer *t = mem_alloc(sizeof(*t));

	t->transport = transport;
	t->request = *request;
	*request = (struct http_request){0};
	t->handler = handler;
	t->arg = arg;
	t->last_byte_ms = clock_ms();
	if (!may_read_ca_file(&t->request, err)) {
		transfer_free(t);
		return NULL;
	}
	if (transport->multi && start_transfer(t))
		return t;
	if (no_curl.code != ERR_NONE)
		*err = no_curl;
	else
		err_set(err, ERR_SYSTEM, "libcurl cannot start a request");
	transfer_free(t);
	return NULL;
}

void
transfer_free(struct transfer *t)
{
	if (!t)
		return;
	if (t->easy) {
		curl.multi_remove_handle(t->transport->multi, t->easy);
		curl.easy_cleanup(t->easy);
		curl.slist_free_all(t->headers);
	}
	http_request_release(&t->request);
	head_release(&t->head);
	free(t);
}

void
transfer_pause(struct transfer *t)
{
	curl.easy_pause(t->easy, CURLPAUSE_RECV);
}

void
transfer_resume(struct transfer *t)
{
	t->last_byte_ms = clock_ms(); /* the silence was ours */
	if (!t->ended)
		curl.easy_pause(t->easy, CURLPAUSE_CONT);
}

int64_t
transfer_last_byte_ms(const struct transfer *t)
{
	return t->last_byte_ms;
}

bool
transfer_was_lost(const struct transfer *t)
{
	return t->lost;
}

bool
transfer_has_answer(const struct transfer *t)
{
	return t->header_bytes > 0;
}

int
transfer_process(const struct transfer *t)
{
	const struct endpoint *endpoint = &t->request.endpoint;
	const char *address = NULL;
	long port = 0;

	if (endpoint->unix_path)
		return process_of_socket(endpoint->unix_path);
	if (!endpoint->loopback || curl.easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &address) != CURLE_OK || !address ||
	        curl.easy_getinfo(t->easy, CURLINFO_PRIMARY_PORT, &port) != CURLE_OK)
		return -1;
	return process_of_port(address, port);
}

/* ---- the loop ---- */

static void
tell_ends(struct transport *transport)
{
	CURLMsg *message;
	int left;

	while ((message = curl.multi_info_read(transport->multi, &left))) {
		CURLcode code = message->data.result;
		struct transfer *t;
		struct err broken;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		t->ended = true;
		t->lost = is_loss(code);
		if (code != CURLE_OK)
			broken_words(t, code, &broken);
		t->handler->end(t->arg, code == CURLE_OK ? NULL : &broken);
	}
}

void
transport_wait(struct transport *transport, int ms, struct pollfd *fds, size_t n)
{
	struct pollfd ready;
	int running;

	sockets_wait(&transport->sockets, ms, fds, n);
	while (sockets_take_ready(&transport->sockets, &ready))
		curl.multi_socket_action(transport->multi, ready.fd, action_of(&ready), &running);
	if (sockets_take_due(&transport->sockets))
		curl.multi_socket_action(transport->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	if (transport->multi)
		tell_ends(transport);
}

void
transport_wake(void *arg)
{
	struct transport *transport = arg;

	wake_ring(&transport->sockets.wake);
}
