/*
 * rig.c - one poll over the terminal and the server's sockets, and an eye that finds letters between escape sequences.
 */
#include "base/compiler.h"
#include "rig.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
	ROWS = 24,
	COLS = 80,
	LETTERS = 13, /* of a set; there are four, and each serves for eight tokens */
	TURN = 8,
	TURN_IN_PANES = 3,
	PATIENCE_MS = 2000,
	SLOW_PATIENCE_MS = 60000,
	WAIT_NS = 200000,
	RIG_DESCRIPTORS = RIG_CONNECTIONS_MAX + 2,
	EVENT_FRAME = 512, /* bytes of an event around its delta */
};

/* ---- tokens ---- */

static const char sets[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* Two rows apart in a pane it is another set too. */
void
rig_spell(const struct rig *r, size_t i, char word[static 4])
{
	size_t turn = r->panes > 1 ? i / r->panes / TURN_IN_PANES : i / TURN;
	const char *set = sets + turn % 4 * LETTERS;

	for (int k = 3; k >= 0; k--, i /= LETTERS)
		word[k] = set[i % LETTERS];
}

static void
saw_token(struct rig *r, int64_t now)
{
	char word[4];

	/* It can only be one that was sent lately. */
	for (size_t i = r->sent; i-- > 0 && i + 4096 > r->sent;) {
		rig_spell(r, i, word);
		if (memcmp(word, r->token, sizeof(word)) != 0)
			continue;
		if (!r->seen_ns[i]) {
			r->seen_ns[i] = now;
			r->seen++;
		}
		return;
	}
}

/* ---- the terminal ---- */

enum {
	PLAIN,
	ESCAPE,
	SEQUENCE, /* ESC [ … */
	STRING,   /* ESC ] … BEL or ESC \ */
	ONE_MORE, /* ESC ( x */
};

static void
look_for_word(struct rig *r, char c, int64_t now)
{
	if (!r->word)
		return;
	if (c != r->word[r->word_seen])
		r->word_seen = 0;
	if (c == r->word[r->word_seen])
		r->word_seen++;
	if (r->word[r->word_seen])
		return;
	r->word = NULL;
	r->word_ns = now;
}

static void
saw_character(struct rig *r, char c, int64_t now)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

	if (c > ' ' && !r->first_ns)
		r->first_ns = now;
	look_for_word(r, c, now);
	if (r->key && c == r->key) {
		r->key = '\0';
		r->key_ns = now;
	}
	if (!letter) {
		r->letters = 0;
		return;
	}
	if (r->letters < 4)
		r->token[r->letters] = c;
	if (++r->letters == 4)
		saw_token(r, now);
}

static void
saw_byte(struct rig *r, char c, int64_t now)
{
	if (r->state == PLAIN && c != '\x1b') {
		saw_character(r, c, now);
		return;
	}
	r->letters = r->word_seen = 0;
	if (c == '\x1b')
		r->state = ESCAPE;
	else if (r->state == ESCAPE)
		r->state = c == '['               ? SEQUENCE
		           : c == ']' || c == 'P' ? STRING
		           : c == '(' || c == ')' ? ONE_MORE
		                                  : PLAIN;
	else if (r->state == SEQUENCE && c == 'n' && write(r->master, "\x1b[0n", 4) == 4)
		r->state = PLAIN; /* it was asked whether it is well */
	else if (r->state == ONE_MORE || (r->state == SEQUENCE && c >= '@' && c <= '~') || c == '\a')
		r->state = PLAIN;
}

static void
arrive(struct rig *r, const char *bytes, size_t n)
{
	int64_t now = clock_ns();

	for (size_t i = 0; i < n; i++)
		saw_byte(r, bytes[i], now);
	if (r->kinds)
		byte_kinds_add(r->kinds, bytes, n);
	r->bytes += n;
}

static void
read_terminal(struct rig *r)
{
	char bytes[65536];
	ssize_t n = read(r->master, bytes, sizeof(bytes));

	if (n <= 0)
		return;
	if (r->width > 0)
		buf_put(&r->line, bytes, (size_t)n);
	else
		arrive(r, bytes, (size_t)n);
}

/* What the line has carried by now. */
static void
move_line(struct rig *r)
{
	int64_t ms = (clock_ns() - r->moved_ns) / 1000000;
	size_t n = (size_t)(ms * r->width);

	r->moved_ns += ms * 1000000;
	if (n > r->line.len)
		n = r->line.len;
	arrive(r, buf_text(&r->line), n);
	buf_drop(&r->line, n);
}

size_t
rig_line_end(struct rig *r)
{
	size_t waited = r->line.len;

	r->width = 0;
	arrive(r, buf_text(&r->line), waited);
	buf_release(&r->line);
	return waited;
}

int64_t
rig_type(struct rig *r, const char *bytes)
{
	int64_t now = clock_ns();

	r->key_ns = 0;
	if (write(r->master, bytes, strlen(bytes)) < 0)
		return 0;
	return now;
}

/* ---- the server ---- */

static const char stream_head[] = "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Type: text/event-stream\r\n"
                                  "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

static const struct {
	const char *request, *answer;
} answers[] = {
        {"GET /health ", "{\"status\":\"ok\"}"},
        {"GET /props ", "{\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":1,"
                        "\"model_path\":\"bench.gguf\",\"build_info\":\"bench\"}"},
        {"", "{}"},
};

static void
close_connection(struct rig *r, struct rig_connection *c)
{
	if (c->chat) {
		r->left_ns = clock_ns();
		r->chat = -1;
		for (size_t i = 0; i < RIG_CHATS_MAX; i++)
			if (r->chats[i] == c->fd)
				r->chats[i] = -1;
	}
	close(c->fd);
	c->fd = -1;
	c->chat = false;
	buf_release(&c->in);
}

static void
answer_at_once(struct rig *r, struct rig_connection *c)
{
	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		if (strncmp(c->in.data, answers[i].request, strlen(answers[i].request)) == 0) {
			char *answer =
			        mem_printf("HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Type: application/json\r\n"
			                   "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			                strlen(answers[i].answer), answers[i].answer);

			send(c->fd, answer, strlen(answer), MSG_NOSIGNAL);
			free(answer);
			break;
		}
	r->probes++;
	close_connection(r, c);
}

static bool
is_whole(const struct buf *in)
{
	char *end = strstr(buf_text(in), "\r\n\r\n"), *length = strcasestr(buf_text(in), "content-length:");
	size_t body = length ? strtoul(length + strlen("content-length:"), NULL, 10) : 0;

	return end && in->len >= (size_t)(end - in->data) + 4 + body;
}

/* Whatever else is asked, such as how many tokens a text has, is answered at once. */
static void
read_connection(struct rig *r, struct rig_connection *c)
{
	static const char chat[] = "POST /v1/chat/completions ";
	char bytes[65536];
	ssize_t n = recv(c->fd, bytes, sizeof(bytes), 0);
	int64_t now = clock_ns();

	if (n <= 0) {
		close_connection(r, c);
		return;
	}
	buf_put(&c->in, bytes, (size_t)n);
	if (c->chat || !is_whole(&c->in))
		return;
	if (strncmp(c->in.data, chat, sizeof(chat) - 1) != 0) {
		answer_at_once(r, c);
		return;
	}
	c->chat = true;
	r->chat = c->fd;
	r->request_ns = now;
	if (r->requests < RIG_CHATS_MAX)
		r->chats[r->requests] = c->fd;
	r->requests++;
	r->left_ns = 0;
}

static void
accept_connection(struct rig *r)
{
	int fd = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC), one = 1;

	for (size_t i = 0; fd >= 0 && i < RIG_CONNECTIONS_MAX; i++)
		if (r->connections[i].fd < 0) {
			setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
			r->connections[i].fd = fd;
			read_connection(r, &r->connections[i]);
			return;
		}
}

static void
send_chunk(struct rig *r, const char *data)
{
	char chunk[1024];
	size_t len = strlen(data);
	int n = snprintf(chunk, sizeof(chunk), "%zx\r\n%s\r\n", len, data);

	if (r->chat >= 0)
		send(r->chat, chunk, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
make_event(char *event, size_t size, const char *delta, const char *finish)
{
	snprintf(event, size,
	        "data: {\"choices\":[{\"finish_reason\":%s,\"index\":0,\"delta\":{%s}}],\"created\":1784636352,"
	        "\"id\":\"chatcmpl-V3m4bUvJ0cC2E6n8T1q5\",\"model\":\"bench.gguf\",\"system_fingerprint\":\"b1-bench\","
	        "\"object\":\"chat.completion.chunk\"}\n\n",
	        finish, delta);
}

static void
send_delta(struct rig *r, const char *delta, const char *finish)
{
	char event[768];

	make_event(event, sizeof(event), delta, finish);
	send_chunk(r, event);
}

void
rig_begin(struct rig *r)
{
	send(r->chat, stream_head, sizeof(stream_head) - 1, MSG_NOSIGNAL);
	send_delta(r, "\"role\":\"assistant\",\"content\":null", "null");
}

void
rig_progress(struct rig *r)
{
	send_chunk(r, "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":null}}],"
	              "\"prompt_progress\":{\"total\":63,\"cache\":0,\"processed\":63,\"time_ms\":9}}\n\n");
}

void
rig_token_in(struct rig *r, const char *before, const char *after)
{
	char word[4], delta[128];

	if (r->sent >= RIG_TOKENS_MAX)
		return;
	rig_spell(r, r->sent, word);
	snprintf(delta, sizeof(delta), "\"content\":\"%s%.4s%s\"", before, word, after);
	r->sent_ns[r->sent++] = clock_ns();
	send_delta(r, delta, "null");
}

void
rig_token(struct rig *r)
{
	rig_token_in(r, "", " ");
}

void
rig_end(struct rig *r)
{
	send_delta(r, "", "\"stop\"");
	send_chunk(r, "data: [DONE]\n\n");
	send_chunk(r, "");
	for (size_t i = 0; i < RIG_CONNECTIONS_MAX; i++)
		if (r->connections[i].chat)
			shutdown(r->connections[i].fd, SHUT_WR);
}

void
rig_begin_all(struct rig *r)
{
	for (size_t i = 0; i < r->panes; i++) {
		r->chat = r->chats[i];
		rig_begin(r);
	}
}

void
rig_token_in_turn(struct rig *r)
{
	r->chat = r->chats[r->sent % r->panes];
	rig_token(r);
}

void
rig_end_all(struct rig *r)
{
	for (size_t i = 0; i < r->panes; i++) {
		r->chat = r->chats[i];
		if (i + 1 == r->panes)
			break;
		send_delta(r, "", "\"stop\"");
		send_chunk(r, "data: [DONE]\n\n");
		send_chunk(r, "");
	}
	rig_end(r);
}

bool
rig_ask(struct rig *r)
{
	r->request_ns = 0;
	rig_type(r, "hi");
	rig_run(r, clock_ns() + 50000000);
	rig_type(r, "\r");
	if (!rig_await(r, &r->request_ns))
		return false;
	rig_begin(r);
	rig_run(r, clock_ns() + 50000000);
	return true;
}

/* ---- both ---- */

/* What poll said of one of them; its descriptors are in the order of list_descriptors. */
static void
take(struct rig *r, const struct pollfd fds[static RIG_DESCRIPTORS])
{
	if (fds[0].revents & POLLIN)
		read_terminal(r);
	for (size_t i = 0; i < RIG_CONNECTIONS_MAX; i++)
		if (fds[i + 2].revents && r->connections[i].fd >= 0)
			read_connection(r, &r->connections[i]);
	if (fds[1].revents)
		accept_connection(r);
}

static void
list_descriptors(const struct rig *r, struct pollfd fds[static RIG_DESCRIPTORS])
{
	fds[0] = (struct pollfd){r->deaf ? -1 : r->master, POLLIN, 0};
	fds[1] = (struct pollfd){r->listener, POLLIN, 0};
	for (size_t i = 0; i < RIG_CONNECTIONS_MAX; i++)
		fds[i + 2] = (struct pollfd){r->connections[i].fd, POLLIN, 0};
}

static void
serve_all(struct rig *const *rigs, size_t n, int64_t until_ns)
{
	struct pollfd fds[RIGS_MAX * RIG_DESCRIPTORS];
	int64_t left = until_ns - clock_ns();
	struct timespec wait;

	for (size_t i = 0; i < n; i++) {
		if (rigs[i]->width > 0)
			move_line(rigs[i]);
		if (rigs[i]->line.len > 0 && left > 1000000)
			left = 1000000;
		list_descriptors(rigs[i], fds + i * RIG_DESCRIPTORS);
	}
	wait = (struct timespec){left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 0};
	if (ppoll(fds, n * RIG_DESCRIPTORS, &wait, NULL) <= 0)
		return;
	for (size_t i = 0; i < n; i++)
		take(rigs[i], fds + i * RIG_DESCRIPTORS);
}

static void
serve(struct rig *r, int64_t until_ns)
{
	serve_all(&r, 1, until_ns);
}

void
rig_say(struct rig *r, const char *text)
{
	char *delta = mem_printf("\"content\":\"%s\"", text), *event;
	size_t size = strlen(delta) + EVENT_FRAME;
	struct buf chunk = {0};

	event = mem_alloc(size);
	make_event(event, size, delta, "null");
	buf_printf(&chunk, "%zx\r\n%s\r\n", strlen(event), event);
	for (size_t at = 0; at < chunk.len && r->chat >= 0;) {
		ssize_t n = send(r->chat, chunk.data + at, chunk.len - at, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0)
			serve(r, clock_ns() + WAIT_NS);
		else
			at += (size_t)n;
	}
	buf_release(&chunk);
	free(event);
	free(delta);
}

void
rig_run_all(struct rig *const *rigs, size_t n, int64_t until_ns)
{
	do
		serve_all(rigs, n, until_ns);
	while (clock_ns() < until_ns);
}

void
rig_run(struct rig *r, int64_t until_ns)
{
	rig_run_all(&r, 1, until_ns);
}

bool
rig_await(struct rig *r, const int64_t *ns)
{
	int64_t end = clock_ns() + (r->slow ? SLOW_PATIENCE_MS : PATIENCE_MS) * 1000000ll;

	while (!*ns && clock_ns() < end)
		serve(r, end);
	return *ns != 0;
}

double
rig_type_for(struct rig *r, const char *bytes, const char *word)
{
	int64_t typed;

	r->word = word;
	r->word_seen = 0;
	r->word_ns = 0;
	typed = rig_type(r, bytes);
	return rig_await(r, &r->word_ns) ? (double)(r->word_ns - typed) / 1e6 : -1;
}

/* ---- birth and death ---- */

static bool
listen_somewhere(struct rig *r, struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);

	*address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return r->listener >= 0 && bind(r->listener, (struct sockaddr *)address, len) == 0 &&
	       listen(r->listener, RIG_CONNECTIONS_MAX) == 0 &&
	       getsockname(r->listener, (struct sockaddr *)address, &len) == 0;
}

static void
run(const char *program, const char *const *words, const char *endpoint)
{
	const char *argv[RIG_WORDS_MAX + 3] = {program};
	size_t n = 1;

	for (; *words && n <= RIG_WORDS_MAX; words++)
		argv[n++] = *words;
	argv[n] = endpoint;
	execvp(program, (char **)argv);
	_exit(127);
}

bool
rig_start(struct rig *r, const char *program, const char *const *words)
{
	struct winsize size = {.ws_row = (unsigned short)(r->rows ? r->rows : ROWS),
	        .ws_col = (unsigned short)(r->cols ? r->cols : COLS)};
	struct sockaddr_in address;
	char endpoint[64];

	*r = (struct rig){
	        .chat = -1, .word = r->word, .rows = r->rows, .cols = r->cols, .panes = r->panes, .slow = r->slow};
	for (size_t i = 0; i < RIG_CHATS_MAX; i++)
		r->chats[i] = -1;
	for (size_t i = 0; i < RIG_CONNECTIONS_MAX; i++)
		r->connections[i].fd = -1;
	if (!listen_somewhere(r, &address))
		return false;
	snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%d", ntohs(address.sin_port));
	r->started_ns = clock_ns();
	r->pid = forkpty(&r->master, NULL, NULL, &size);
	if (r->pid == 0)
		run(program, words, endpoint);
	fcntl(r->master, F_SETFL, O_NONBLOCK);
	return r->pid > 0 && rig_await(r, &r->first_ns);
}

void
rig_stop(struct rig *r)
{
	int64_t end = clock_ns() + (r->slow ? SLOW_PATIENCE_MS : PATIENCE_MS) * 1000000ll;

	r->deaf = false;
	rig_type(r, "\x11");
	while (waitpid(r->pid, NULL, WNOHANG) == 0)
		if (clock_ns() < end)
			rig_run(r, clock_ns() + 1000000);
		else
			kill(r->pid, SIGKILL);
	for (size_t i = 0; i < RIG_CONNECTIONS_MAX; i++)
		if (r->connections[i].fd >= 0)
			close_connection(r, &r->connections[i]);
	close(r->master);
	close(r->listener);
}
