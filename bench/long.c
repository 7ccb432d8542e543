/*
 * long.c - how long a key waits while one message is very long: while it streams, after the terminal got another size, and
 * after keys that go through it; beside the same keys in a message of one line. The time of the processor that the first
 * thread takes meanwhile, which does not depend on what else is busy. And what the message takes of memory.
 *
 * And how long it waits after keys that take up the whole conversation: send it, copy it, list it.
 *
 * Usage: long [awk] [c] [prose] [line] [table] [x]: replies of those, or of all; [whole]: the last. LONG_BYTES: how long the
 * replies are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "process.h"
#include "rig.h"
#include "setup.h"

enum {
	MS = 1000000,
	BYTES = 1024 * 1024,
	PART = 400,        /* bytes of a delta, */
	PART_WHOLE = 8192, /* and of one that nobody types beside */
	KEY_EVERY = 256,   /* deltas */
	WAIT_MS = 40,      /* from one key to the next */
};

static const char *flynn;
static struct rig rig;

/* As they stand in JSON. None has the letter that is typed. */
static const struct kind {
	const char *name, *begin, *again;
} kinds[] = {
        {"awk", "```awk\\n", "{ for (i = 1; i <= NF; i++) total[$i] += length($0) } # sum\\n"},
        {"c", "```c\\n", "\\tfor (int i = 0; i < n; i++) printf(\\\"%d\\\", a[i]); /* print */\\n"},
        {"prose", "", "Some *words* of a paragraph, with `code` and **much** else.\\n\\n"},
        {"line", "", "abcdefghijklmnop"},
        {"table", "|a|b|\\n|-|-|\\n", "|some cell|another *one*|\\n"},
        {"x", "", "x\\n"},
};

/* ---- waiting ---- */

/* What a key took, in ms. */
struct wait {
	double ms, cpu;
};

/* Types these keys, then a letter, and takes that back. How long the letter took to the screen. */
static struct wait
wait_for_key(const char *keys)
{
	double before = process_first_ms(rig.pid);
	struct wait w;
	int64_t typed;

	rig.key = '~';
	rig.key_ns = 0;
	rig_type(&rig, keys);
	typed = rig_type(&rig, "~");
	w.ms = rig_await(&rig, &rig.key_ns) ? (double)(rig.key_ns - typed) / MS : 2000;
	w.cpu = process_first_ms(rig.pid) - before;
	rig_type(&rig, "\x7f");
	rig_run(&rig, clock_ns() + (int64_t)WAIT_MS * MS);
	return w;
}

static void
keep_worst(struct wait *worst, struct wait w)
{
	worst->ms = w.ms > worst->ms ? w.ms : worst->ms;
	worst->cpu = w.cpu > worst->cpu ? w.cpu : worst->cpu;
}

static void
resize(int cols)
{
	struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)cols};

	ioctl(rig.master, TIOCSWINSZ, &size);
}

/* ---- one reply ---- */

struct waits {
	struct wait stream, resize, keys;
	long kib; /* resident */
};

/* Sends so many bytes of it. */
static void
stream(const struct kind *kind, size_t bytes, struct waits *w)
{
	size_t n = strlen(kind->again);
	struct buf part = {0};

	rig_say(&rig, kind->begin);
	while (part.len + n < PART)
		buf_put(&part, kind->again, n);
	for (size_t sent = 0, i = 1; sent < bytes; sent += part.len, i++) {
		rig_say(&rig, buf_text(&part));
		if (i % KEY_EVERY == 0)
			keep_worst(&w->stream, wait_for_key(""));
	}
	keep_worst(&w->stream, wait_for_key(""));
	buf_release(&part);
}

static void
use(struct waits *w)
{
	static const char *const keys[] = {"\x1b[5~", "\x1b[5~\x1b[5~\x1b[5~\x1b[5~", "\x1b[6~", "\tg\t", "\tG\t",
	        "\tk\t", "\tj\t", "\tkkkk\t", "\x1bv", "\x1bv", "\x1bt", "\x1bt", "\x1bOSe\x03", "\x1b[5~", "\x1b[6~"};
	static const int cols[] = {79, 40, 120, 33, 80};

	for (size_t i = 0; i < ARRAY_LEN(cols); i++) {
		resize(cols[i]);
		keep_worst(&w->resize, wait_for_key(""));
	}
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct wait wait = wait_for_key(keys[i]);

		if (getenv("LONG_TELL"))
			printf("keys %zu: %.1f ms (%.1f)\n", i, wait.ms, wait.cpu);
		keep_worst(&w->keys, wait);
	}
}

static bool
measure(const struct kind *kind, size_t bytes, struct waits *w)
{
	static const char *const without[] = {"--no-history", "-e", NULL}, *const with[] = {"-e", NULL};
	const char *const *words = getenv("LONG_HISTORY") ? with : without;

	*w = (struct waits){0};
	if (!rig_start(&rig, flynn, words) || !rig_ask(&rig)) {
		fprintf(stderr, "long: %s does not start\n", flynn);
		return false;
	}
	stream(kind, bytes, w);
	rig_end(&rig);
	rig_run(&rig, clock_ns() + 300ll * MS);
	use(w);
	w->kib = process_peak_kib(rig.pid);
	rig_stop(&rig);
	return true;
}

static size_t
long_bytes(void)
{
	const char *bytes = getenv("LONG_BYTES");

	return bytes ? strtoul(bytes, NULL, 10) : BYTES;
}

static bool
run(const char *name)
{
	const struct kind *kind = kinds;
	size_t bytes = long_bytes();
	struct waits brief, lengthy;

	while (strcmp(kind->name, name) != 0)
		kind++;
	if (!measure(kind, 1, &brief) || !measure(kind, bytes, &lengthy))
		return false;
	printf("long: %s, %zu KiB: a key waits at most %.1f ms while it streams, %.1f ms after a resize, %.1f ms "
	       "after "
	       "other keys (in one line: %.1f ms, %.1f ms, %.1f ms); of the processor: %.1f ms, %.1f ms, %.1f ms; %.1f "
	       "times the text of memory\n",
	        kind->name, bytes / 1024, lengthy.stream.ms, lengthy.resize.ms, lengthy.keys.ms, brief.stream.ms,
	        brief.resize.ms, brief.keys.ms, lengthy.stream.cpu, lengthy.resize.cpu, lengthy.keys.cpu,
	        (double)(lengthy.kib - brief.kib) * 1024 / (double)bytes);
	return true;
}

/* ---- the whole conversation ---- */

static void
stream_whole(size_t bytes)
{
	static const char again[] = "Some *words* of a paragraph, with `code` and **much** else.\\n\\n";
	struct buf part = {0};

	while (part.len + strlen(again) < PART_WHOLE)
		buf_puts(&part, again);
	for (size_t sent = 0; sent < bytes; sent += part.len)
		rig_say(&rig, buf_text(&part));
	buf_release(&part);
}

static void
answer(void)
{
	if (!rig_await(&rig, &rig.request_ns))
		return;
	rig_begin(&rig);
	rig_say(&rig, "yes");
	rig_end(&rig);
	rig_run(&rig, clock_ns() + 300ll * MS);
}

/* Enter comes several times: the first one may find what the next ones share. */
static const struct whole_key {
	const char *name, *before, *keys, *after;
	bool asks;
} whole_keys[] = {
        {"Enter", "hi", "\r", "", true},
        {"Enter", "hi", "\r", "", true},
        {"retry", "", "\x1br", "", true},
        {"context", "", "\x1b[18~q", "", false},
        {"request", "/request", "\rq", "", false},
        {"statistics", "/stats", "\rq", "", false},
        {"tree", "", "\ttq\t", "", false},
        {"fork", "/fork", "\r", "/back", false},
        {"copy", "\tkk", "y\t", "", false},
        {"delete", "\t", "x\t", "", false},
        {"restore", "/undelete", "\r", "", false},
        {"title", "/title t", "\r", "", false},
        {"export", "/export /dev/null/none.json", "\r", "", false},
        {"split", "/vsplit 1", "\r", "/close", false},
};

static void
type_and_wait(const char *keys)
{
	rig_type(&rig, keys);
	rig_run(&rig, clock_ns() + (int64_t)WAIT_MS * MS);
}

static void
use_whole(const struct whole_key *k, struct wait *wait)
{
	rig.request_ns = 0;
	type_and_wait(k->before);
	*wait = wait_for_key(k->keys);
	if (k->asks)
		answer();
	type_and_wait(k->after);
	if (*k->after == '/')
		type_and_wait("\r");
}

static bool
run_whole(void)
{
	static const char *const without[] = {"--no-history", "-e", NULL};
	size_t bytes = long_bytes();

	if (!rig_start(&rig, flynn, without) || !rig_ask(&rig)) {
		fprintf(stderr, "long: %s does not start\n", flynn);
		return false;
	}
	stream_whole(bytes);
	rig_end(&rig);
	rig_run(&rig, clock_ns() + 1000ll * MS);
	printf("long: a conversation of %zu KiB, a key waits (of the processor):", bytes / 1024);
	for (size_t i = 0; i < ARRAY_LEN(whole_keys); i++) {
		struct wait wait;

		use_whole(&whole_keys[i], &wait);
		printf("%s %s %.1f ms (%.1f)", i > 0 ? "," : "", whole_keys[i].name, wait.ms, wait.cpu);
	}
	printf("\n");
	rig_stop(&rig);
	return true;
}

#define PART_OF(kind)                                                                                                  \
	static bool run_##kind(void)                                                                                   \
	{                                                                                                              \
		return run(#kind);                                                                                     \
	}

PART_OF(awk)
PART_OF(c)
PART_OF(prose)
PART_OF(line)
PART_OF(table)
PART_OF(x)

static const struct part parts[] = {
        {"awk", run_awk},
        {"c", run_c},
        {"prose", run_prose},
        {"line", run_line},
        {"table", run_table},
        {"x", run_x},
        {"whole", run_whole},
};

int
main(UNUSED int argc, char **argv)
{
	flynn = getenv("FLYNN") ? getenv("FLYNN") : "./flynn";
	setup_environment();
	if (getenv("LONG_HISTORY"))
		setenv("XDG_DATA_HOME", getenv("LONG_HISTORY"), 1);
	setvbuf(stdout, NULL, _IOLBF, 0);
	return !setup_run(parts, ARRAY_LEN(parts), argv + 1);
}
