/*
 * recordings.c - every recording of tests/wire through the parser and the decoder. replies.tsv holds what the chat
 * completions and refusals among them say, worked out by another decoder: tab-separated, texts with \n, \t and \\.
 *
 *	name  outcome  finish_reason  model  prompt,completion,cached  reasoning  content  tools
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/model_client.h"
#include "llama/sse.h"
#include "tests/harness.h"
#include "tests/llama/play.h"
#include "tests/llama/tests.h"
#include "tests/llama/told.h"

enum {
	EVERY_CUT_MAX = 4096, /* bytes of a recording that is cut at every byte */
	STEP = 17,            /* and at every so many bytes, where it is decoded too */
	MUTATED_MAX = 6,      /* chunks of a recording */
};

struct recording {
	char *name, *body;
	size_t len;
	int status; /* 0: nothing came */
	char reason[64], type[128];
};

/* ---- reading them ---- */

static void
read_head(struct recording *r, const char *http)
{
	const char *type = strstr(http, "\r\nContent-Type: "), *end = strstr(http, "\r\n\r\n");

	if (sscanf(http, "HTTP/1.1 %d %63[^\r]", &r->status, r->reason) < 1)
		return;
	if (type && end && type < end)
		sscanf(type, "\r\nContent-Type: %127[^\r]", r->type);
}

static void
read_recording(struct recording *r, const char *name)
{
	char *in = mem_printf("wire/%s.http", name), *path = harness_path(in), *http;

	*r = (struct recording){.name = mem_strdup(name)};
	http = harness_read(path, &r->len);
	read_head(r, http);
	free(http);
	free(path);
	free(in);
	in = mem_printf("wire/%s.body", name);
	path = harness_path(in);
	r->body = harness_read(path, &r->len);
	free(path);
	free(in);
}

static void
release_recording(struct recording *r)
{
	free(r->name);
	free(r->body);
}

/* Calls for every recording; how many there were. */
static int
for_each(void (*call)(const struct recording *))
{
	char *path = harness_path("wire");
	DIR *dir = opendir(path);
	struct dirent *entry;
	int n = 0;

	free(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);
		struct recording r;
		char *name;

		if (len < 5 || strcmp(entry->d_name + len - 5, ".body") != 0)
			continue;
		name = mem_strndup(entry->d_name, len - 5);
		read_recording(&r, name);
		call(&r);
		release_recording(&r);
		free(name);
		n++;
	}
	closedir(dir);
	return n;
}

/* ---- any cut gives the same ---- */

static void
put_item(struct buf *out, enum sse_item item, const struct sse_field *f)
{
	buf_printf(out, "%d %.*s ", (int)item, (int)f->name_len, f->name);
	buf_put(out, f->value, f->len);
	buf_putc(out, '\n');
}

/* The items of the body, in pieces as play() cuts them. */
static void
parse(const struct recording *r, size_t first, size_t every, struct buf *out)
{
	struct sse_parser *p = sse_new();
	struct sse_field f;
	enum sse_item item;

	buf_clear(out);
	for (size_t at = 0; at < r->len;) {
		size_t n = at == 0 && first ? first : every;
		const char *bytes = r->body + at;

		if (n > r->len - at)
			n = r->len - at;
		at += n;
		while ((item = sse_next(p, &bytes, &n, &f)) != SSE_NONE)
			put_item(out, item, &f);
	}
	while ((item = sse_end(p, &f)) != SSE_NONE)
		put_item(out, item, &f);
	sse_free(p);
}

static void
parse_cut(const struct recording *r)
{
	struct buf whole = {0}, cut = {0};

	parse(r, 0, r->len, &whole);
	for (size_t first = 1; first < r->len && r->len <= EVERY_CUT_MAX; first++) {
		parse(r, first, r->len, &cut);
		if (strcmp(buf_text(&cut), buf_text(&whole)) != 0)
			HARNESS_CHECK(0, "%s cut at %zu", r->name, first);
	}
	parse(r, 1, 1, &cut);
	HARNESS_CHECK(strcmp(buf_text(&cut), buf_text(&whole)) == 0, "%s byte by byte", r->name);
	buf_release(&whole);
	buf_release(&cut);
}

static void
parses_the_same_whatever_the_cut(void)
{
	CU_ASSERT(for_each(parse_cut) == 233);
}

static void
play_recording(const struct recording *r, struct play *how, struct buf *out)
{
	how->status = r->status;
	how->reason = r->reason;
	how->content_type = r->type;
	how->no_head = r->status == 0;
	buf_clear(out);
	play(how, r->body, how->no_head ? 0 : r->len, out);
}

static void
play_cut(const struct recording *r)
{
	static const size_t every[] = {1, 7, 100, 1000};
	struct buf whole = {0}, cut = {0};

	play_recording(r, &(struct play){0}, &whole);
	for (size_t i = 0; i < ARRAY_LEN(every) * 2; i++) {
		play_recording(r, &(struct play){.every = every[i / 2], .hold = i % 2}, &cut);
		HARNESS_CHECK(
		        strcmp(buf_text(&cut), buf_text(&whole)) == 0, "%s in pieces of %zu", r->name, every[i / 2]);
	}
	for (size_t first = 1; first < r->len && r->len <= EVERY_CUT_MAX; first += STEP) {
		play_recording(r, &(struct play){.first = first}, &cut);
		if (strcmp(buf_text(&cut), buf_text(&whole)) != 0)
			HARNESS_CHECK(0, "%s cut at %zu", r->name, first);
	}
	buf_release(&whole);
	buf_release(&cut);
}

static void
decodes_the_same_whatever_the_cut(void)
{
	CU_ASSERT(for_each(play_cut) == 233);
}

/* A reply that is broken off is never complete before its finish_reason. */
static void
play_broken(const struct recording *r)
{
	struct recording part = *r;
	struct buf out = {0};

	if (!strstr(r->type, "event-stream"))
		return;
	for (part.len = 0; part.len < r->len && r->len <= EVERY_CUT_MAX; part.len += STEP) {
		struct play how = {.broken = {ERR_INCOMPLETE, "reset"}};
		bool finished;

		play_recording(&part, &how, &out);
		finished = strstr(buf_text(&out), " finish(") || strncmp(buf_text(&out), "finish(", 7) == 0;
		if ((strstr(buf_text(&out), "| complete") != NULL) != finished)
			HARNESS_CHECK(0, "%s broken off at %zu: %s", r->name, part.len, buf_text(&out));
	}
	buf_release(&out);
}

static void
is_incomplete_wherever_it_breaks_off(void)
{
	for_each(play_broken);
}

/* ---- the scan and the tree tell the same ---- */

struct scanned {
	struct chunk_scan scan;
	int chunks, known, mutated;
};

static struct scanned scanned;

/* Each byte is replaced by others that mean something to JSON, or taken away, or ends the text. */
static void
mutate(const char *json, size_t n)
{
	static const char others[] = "\"\\{}[]:,0-e u\xff";
	char *copy = mem_strndup(json, n);

	for (size_t at = (size_t)scanned.mutated % harness_stride(); at < n; at += harness_stride()) {
		for (size_t i = 0; i < sizeof(others); i++) { /* the NUL too */
			copy[at] = others[i];
			told_by_scan(&scanned.scan, copy, n);
		}
		memmove(copy + at, json + at + 1, n - at - 1);
		told_by_scan(&scanned.scan, copy, n - 1);
		told_by_scan(&scanned.scan, json, at);
		memcpy(copy + at, json + at, n - at);
	}
	free(copy);
}

static void
scan_chunk(const char *json, size_t n)
{
	bool known = told_by_scan(&scanned.scan, json, n);

	scanned.chunks++;
	scanned.known += known;
	if (scanned.mutated >= MUTATED_MAX || (known && scanned.mutated >= MUTATED_MAX / 2))
		return;
	scanned.mutated++;
	mutate(json, n);
}

static void
scan_recording(const struct recording *r)
{
	struct sse_parser *p = sse_new();
	const char *at = r->body;
	size_t left = r->len;
	struct sse_field f;
	enum sse_item item;

	scanned.mutated = 0;
	scanned.scan.before = 0;
	while ((item = sse_next(p, &at, &left, &f)) != SSE_NONE)
		if (item == SSE_EVENT && f.len > 0 && *f.value == '{')
			scan_chunk(f.value, f.len);
	sse_free(p);
}

/* Most chunks are known to the scan. */
static void
tells_the_same_by_scan_and_by_tree(void)
{
	for_each(scan_recording);
	HARNESS_CHECK(scanned.chunks > 2400 && scanned.known * 4 > scanned.chunks * 3, "%d of %d", scanned.known,
	        scanned.chunks);
}

/* ---- what they say ---- */

struct facts {
	struct buf finish, model, usage, reasoning, content, tools;
};

static void
append_escaped(struct buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '\n' || s[i] == '\t' || s[i] == '\\')
			buf_printf(out, "\\%c", s[i] == '\n' ? 'n' : s[i] == '\t' ? 't' : '\\');
		else
			buf_putc(out, s[i]);
}

static bool
on_event(void *arg, const struct chat_event *e)
{
	struct facts *f = arg;

	if (e->type == CHAT_EVENT_FINISH)
		append_escaped(&f->finish, e->text, e->len);
	else if (e->type == CHAT_EVENT_MODEL)
		append_escaped(&f->model, e->text, e->len);
	else if (e->type == CHAT_EVENT_REASONING)
		append_escaped(&f->reasoning, e->text, e->len);
	else if (e->type == CHAT_EVENT_CONTENT)
		append_escaped(&f->content, e->text, e->len);
	else if (e->type == CHAT_EVENT_USAGE)
		buf_printf(&f->usage, "%lld,%lld,%lld", (long long)e->usage.prompt_tokens,
		        (long long)e->usage.completion_tokens, (long long)e->usage.cached_tokens);
	if (e->type == CHAT_EVENT_TOOL_CALL && e->tool_call.name)
		buf_printf(&f->tools, "%s%d:%s:", f->tools.len ? " " : "", e->tool_call.index, e->tool_call.name);
	if (e->type == CHAT_EVENT_TOOL_CALL)
		append_escaped(&f->tools, e->text, e->len);
	return true;
}

static char *
outcome(struct reply *reply, const struct recording *r)
{
	struct err err;
	size_t used;

	if (reply_feed(reply, r->body, r->len, &used, &err) != REPLY_FAILED && reply_finish(reply, NULL, &err))
		return mem_strdup("complete");
	return mem_strdup(err.text);
}

/* One line of replies.tsv. */
static char *
decode(const struct recording *r)
{
	struct model_settings settings = {.endpoint = "http://h"};
	struct facts f = {0};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);
	struct reply *reply = reply_new(client, true, (struct reply_sink){on_event, &f});
	struct http_head head = {r->status, r->reason, r->type, "", ""};
	struct buf *all[] = {&f.finish, &f.model, &f.usage, &f.reasoning, &f.content, &f.tools};
	struct buf line = {0};
	char *came;

	reply_head(reply, &head);
	came = outcome(reply, r);
	buf_printf(&line, "%s\t%s", r->name, came);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		buf_putc(&line, '\t');
		buf_puts(&line, buf_text(all[i]));
		buf_release(all[i]);
	}
	free(came);
	reply_free(reply);
	model_client_free(client);
	return buf_take(&line);
}

static void
says_what_another_decoder_found(void)
{
	char *path = harness_path("llama/replies.tsv"), *rest;
	size_t len;
	char *table = harness_read(path, &len);
	int n = 0;

	for (char *row = strtok_r(table, "\n", &rest); row; row = strtok_r(NULL, "\n", &rest)) {
		char *name = mem_strndup(row, strcspn(row, "\t")), *have;
		struct recording r;

		read_recording(&r, name);
		have = decode(&r);
		HARNESS_EQUAL(have, row);
		free(have);
		release_recording(&r);
		free(name);
		n++;
	}
	CU_ASSERT(n > 120);
	free(table);
	free(path);
}

/* ---- as a message of the next request ---- */

/* By cJSON. */
static char *
print_message(const char *text)
{
	cJSON *root = cJSON_CreateObject(), *message = cJSON_CreateObject();
	char *printed;

	cJSON_AddItemToArray(cJSON_AddArrayToObject(root, "messages"), message);
	cJSON_AddStringToObject(message, "role", "assistant");
	cJSON_AddStringToObject(message, "content", text);
	cJSON_AddStringToObject(message, "reasoning_content", text);
	cJSON_AddFalseToObject(root, "stream");
	printed = cJSON_PrintUnformatted(root);
	cJSON_Delete(root);
	return printed;
}

static void
send_text(const char *name, const char *text)
{
	const struct model_settings settings = {.endpoint = "http://h"};
	const struct chat_message message = {CHAT_ASSISTANT, text, text, NULL};
	const struct chat_request request = {.messages = &message, .n_messages = 1};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);
	struct http_request http;
	char *want = print_message(text);

	CU_ASSERT_FATAL(model_encode(client, &request, &http, &err));
	HARNESS_CHECK(strcmp(http.body, want) == 0, "%s: another body than that of cJSON", name);
	CU_ASSERT_EQUAL(http.body_len, strlen(want));
	http_request_release(&http);
	cJSON_free(want);
	model_client_free(client);
}

/* cJSON leaves a DEL as it is, which flynn shows to nobody so. */
static void
send_recording(const struct recording *r)
{
	struct buf text = {0};

	CU_ASSERT(utf8_append_mended(&text, r->body, r->len));
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\x7f')
			text.data[i] = ' ';
	send_text(r->name, buf_text(&text));
	buf_release(&text);
}

static void
is_sent_as_cjson_prints_it(void)
{
	char every[0x7f];

	for (size_t i = 0; i + 1 < sizeof(every); i++)
		every[i] = (char)(i + 1);
	every[sizeof(every) - 1] = '\0';
	send_text("every character of ASCII", every);
	send_text("other characters",
	        "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbd\xef\xbf\xbf\xf0\x90\x80\x80\"\xf4\x8f\xbf\xbf");
	send_text("nothing", "");
	CU_ASSERT(for_each(send_recording) > 150);
}

CU_TestInfo recordings_tests[] = {
        {"parses the same whatever the cut", parses_the_same_whatever_the_cut},
        {"decodes the same whatever the cut", decodes_the_same_whatever_the_cut},
        {"is incomplete wherever it breaks off", is_incomplete_wherever_it_breaks_off},
        {"tells the same by scan and by tree", tells_the_same_by_scan_and_by_tree},
        {"says what another decoder found", says_what_another_decoder_found},
        {"is sent as cJSON prints it", is_sent_as_cjson_prints_it},
        CU_TEST_INFO_NULL,
};
