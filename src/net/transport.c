/*
 * transport.c - libcurl's multi interface.
 *
 * A transfer's header lines are collected (net/head) until the blank line, then passed on as one struct http_head; the body is
 * passed on as it comes.
 */
#include "net/transport.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/descriptors.h"
#include "base/mem.h"
#include "llama/command_token.h"
#include "net/curl_request.h"
#include "net/failure.h"
#include "net/head.h"
#include "net/libcurl.h"
#include "net/needed_file.h"
#include "net/process.h"
#include "net/sockets.h"
#include "net/token_command.h"

enum {
	HEADER_MAX = 256 * 1024, /* bytes of an answer's header lines in all */
};

struct transport {
	CURLM *multi; /* NULL: libcurl is not there */
	struct sockets sockets;
	struct needed_files files;
	struct token_commands commands;
	struct transfer *waiting; /* for a file or a token; the newest first */
	uint64_t started;
	bool stirred; /* this wait has brought more than bodies that nobody has to look after */
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
	struct needed_file *file; /* that it waits for; NULL: it does not */
	struct token_run *run;    /* … before that */
	struct transfer *next;    /* that waits too */
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

	t->files.sockets = t->commands.sockets = &t->sockets;
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
	needed_files_release(&t->files);
	token_commands_release(&t->commands);
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
	t->transport->stirred = true;
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
	t->transport->stirred |= t->handler->body(t->arg, bytes, size * count);
	return size * count;
}

/* ---- a transfer ---- */

/* Closed in programs that flynn starts: an inherited socket would keep the connection open. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)arg;
	(void)purpose;
	return descriptors_socket(address->family, address->socktype, address->protocol);
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
begin_transfer(struct transfer *t)
{
	return curl.multi_add_handle(t->transport->multi, t->easy) == CURLM_OK;
}

/* ---- a token and a file first ---- */

static void
wait_in_line(struct transfer *t)
{
	t->next = t->transport->waiting;
	t->transport->waiting = t;
}

/* The file that must answer before curl is asked to connect; NULL: none. `*reads`: its text counts. */
static const char *
path_needed(const struct transfer *t, bool *reads)
{
	const struct http_request *r = &t->request;
	char *systems = NULL;

	*reads = r->endpoint.unix_path == NULL;
	if (r->endpoint.unix_path || !r->endpoint.tls || r->insecure)
		return r->endpoint.unix_path;
#if LIBCURL_VERSION_NUM >= 0x075400
	if (!r->ca_file)
		curl.easy_getinfo(t->easy, CURLINFO_CAINFO, &systems);
#endif
	return r->ca_file ? r->ca_file : systems;
}

/* Without a thread to look at it, curl opens it. */
static bool
waits_for_file(struct transfer *t)
{
	bool reads;
	const char *path = path_needed(t, &reads);

	t->file = path ? needed_files_look(&t->transport->files, path, reads) : NULL;
	if (!t->file)
		return false;
	wait_in_line(t);
	return true;
}

/* curl opens the system's certificates itself: it may keep them for the next connection, and their disk has just answered. */
static bool
has_its_file(struct transfer *t, struct err *broken)
{
	const struct buf *text;

	if (needed_file_state(t->file) == NEEDED_BAD && (t->request.ca_file || needed_file_is_late(t->file))) {
		failure_of_file(&t->request, needed_file_why(t->file), broken);
		return false;
	}
	if (!t->request.ca_file)
		return true;
	text = needed_file_text(t->file);
	curl.easy_setopt(t->easy, CURLOPT_CAINFO_BLOB, &(struct curl_blob){text->data, text->len, CURL_BLOB_COPY});
	return true;
}

static void
stop_waiting(struct transfer *t)
{
	struct transfer **link = &t->transport->waiting;

	if (!t->file && !t->run)
		return;
	while (*link != t)
		link = &(*link)->next;
	*link = t->next;
	needed_files_drop(&t->transport->files, t->file);
	t->file = NULL;
	t->run = NULL;
}

static void
end_transfer(struct transfer *t, const struct err *broken)
{
	t->ended = true;
	t->handler->end(t->arg, broken);
}

static bool
may_be_told(const struct transfer *t)
{
	return t->run ? token_run_has_ended(t->run) : needed_file_state(t->file) != NEEDED_AWAITED;
}

/* The request is whole. */
static bool
send_transfer(struct transfer *t)
{
	t->headers = curl_request_set(&curl, t->easy, &t->request, &t->body);
	return waits_for_file(t) || begin_transfer(t);
}

/* The client hides it from now on. */
static bool
has_its_token(struct transfer *t, struct err *broken)
{
	const char *token = token_run_token(t->run, broken);

	if (!token)
		return false;
	command_token_set(t->request.command_token, token);
	t->request.auth_token = mem_strdup(token);
	return true;
}

/* What it waited for has come: goes on to the next step, or ends. */
static void
go_on(struct transfer *t)
{
	bool (*const step)(struct transfer *) = t->run ? send_transfer : begin_transfer;
	struct err broken;
	bool good = t->run ? has_its_token(t, &broken) : has_its_file(t, &broken);

	stop_waiting(t);
	t->last_byte_ms = clock_ms();
	if (good && !step(t))
		good = err_set(&broken, ERR_SYSTEM, "libcurl cannot start a request");
	if (!good)
		end_transfer(t, &broken);
}

/* One that goes on from its token to its file gets in line again before those that are looked at here. */
static void
turn_waiting(struct transport *transport)
{
	for (struct transfer *t = transport->waiting, *next; t; t = next) {
		next = t->next;
		if (may_be_told(t))
			go_on(t);
	}
}

/* ---- a transfer ---- */

static bool
needs_token(const struct transfer *t)
{
	return !t->request.auth_token && t->request.command_token;
}

/* Waits for the command where it has not ended. */
static bool
start_with_token(struct transfer *t, struct err *err)
{
	bool good;

	t->run = token_commands_run(&t->transport->commands, command_token_command(t->request.command_token));
	if (!token_run_has_ended(t->run)) {
		wait_in_line(t);
		return true;
	}
	good = has_its_token(t, err);
	t->run = NULL;
	return good && send_transfer(t);
}

static bool
start_transfer(struct transfer *t, struct err *err)
{
	t->easy = curl.easy_init();
	if (!t->easy)
		return false;
	set_callbacks(t);
	return needs_token(t) ? start_with_token(t, err) : send_transfer(t);
}

struct transfer *
transport_start(struct transport *transport, struct http_request *request, const struct transfer_handler *handler,
        void *arg, struct err *err)
{
	struct transfer *t = mem_alloc(sizeof(*t));
	struct err why;

	err_set(&why, ERR_SYSTEM, "libcurl cannot start a request");
	t->transport = transport;
	t->request = *request;
	*request = (struct http_request){0};
	transport->started++;
	t->handler = handler;
	t->arg = arg;
	t->last_byte_ms = clock_ms();
	if (transport->multi && start_transfer(t, &why))
		return t;
	*err = no_curl.code != ERR_NONE ? no_curl : why;
	transfer_free(t);
	return NULL;
}

void
transfer_free(struct transfer *t)
{
	if (!t)
		return;
	stop_waiting(t);
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
	return t->run ? clock_ms() : t->last_byte_ms;
}

bool
transfer_awaits_token(const struct transfer *t)
{
	return t->run != NULL;
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
		transport->stirred = true;
		curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		t->lost = failure_is_loss(code);
		if (code != CURLE_OK)
			say_broken(t, code, &broken);
		end_transfer(t, code == CURLE_OK ? NULL : &broken);
	}
}

/* Moves what can be moved now that a wait has ended. */
static void
take_ready(struct transport *transport)
{
	struct pollfd ready;
	int running;

	while (sockets_take_ready(&transport->sockets, &ready))
		if (needed_files_take(&transport->files, ready.fd) ||
		        token_commands_take(&transport->commands, ready.fd))
			transport->stirred = true;
		else
			curl.multi_socket_action(transport->multi, ready.fd, action_of(&ready), &running);
	if (sockets_take_due(&transport->sockets))
		curl.multi_socket_action(transport->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	turn_waiting(transport);
	if (transport->multi)
		tell_ends(transport);
}

void
transport_wait(struct transport *transport, int ms, struct pollfd *fds, size_t n)
{
	int64_t now_ms = clock_ms(), turn_ms = now_ms + TRANSPORT_TURN_MS, end_ms;

	ms = clock_sooner(ms, needed_files_wait_ms(&transport->files));
	end_ms = ms < 0 ? INT64_MAX : now_ms + ms;
	do {
		transport->stirred = sockets_wait(&transport->sockets, ms, fds, n);
		take_ready(transport);
		now_ms = clock_ms();
		ms = end_ms == INT64_MAX ? -1 : (int)(end_ms - now_ms);
	} while (!transport->stirred && now_ms < turn_ms && now_ms < end_ms);
}

void
transport_wake(void *arg)
{
	struct transport *transport = arg;

	wake_ring(&transport->sockets.wake);
}

uint64_t
transport_waits(const struct transport *transport)
{
	return atomic_load_explicit(&transport->sockets.waits, memory_order_relaxed);
}

uint64_t
transport_started(const struct transport *transport)
{
	return transport->started;
}
