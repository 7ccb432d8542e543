/*
 * transport.c - libcurl's multi interface.
 *
 * A transfer's header lines are collected (net/head) until the blank line, then passed on as one struct http_head; the body is
 * passed on as it comes.
 */
#include "net/transport.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "net/curl_request.h"
#include "net/failure.h"
#include "net/head.h"
#include "net/libcurl.h"
#include "net/process.h"
#include "net/sockets.h"

enum {
	HEADER_MAX = 256 * 1024, /* bytes of an answer's header lines in all */
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
	struct curl_body body;
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

/* ---- a transfer ---- */

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
	t->headers = curl_request_set(&curl, t->easy, &t->request, &t->body);
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
say_broken(const struct transfer *t, CURLcode code, struct err *broken)
{
	long os_errno = 0;
	struct failure failure = {.code = code,
	        .request = &t->request,
	        .detail = t->detail[0] ? t->detail : curl.easy_strerror(code),
	        .head_told = t->head_told,
	        .head_too_large = t->header_bytes > HEADER_MAX};

	curl.easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &os_errno);
	failure.os_errno = (int)os_errno;
	failure_words(&failure, broken);
}

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
		t->lost = failure_is_loss(code);
		if (code != CURLE_OK)
			say_broken(t, code, &broken);
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
