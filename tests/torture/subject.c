/*
 * subject.c - see subject.h. What is seen counts from the moment when the terminal's bytes were read here, which is later
 * than flynn wrote them.
 */
#include "tests/torture/subject.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/screen/pty.h"
#include "tests/torture/chance.h"
#include "tests/torture/files.h"
#include "tests/torture/report.h"

enum {
	STEP_MS = 4,
	PATIENCE_MS = 20000,
	LAST_WORDS = 400, /* bytes */
};

/* ---- the stand-in ---- */

static void
put_row(struct buf *script, const struct subject *s, enum word_kind kind, int number, int n)
{
	word_put_row(script, (struct word){kind, s->round, s->who, number, 1}, n);
}

static void
put_answer(struct buf *script, const struct subject *s, int number)
{
	buf_printf(script, "%sstream\nrole\npace %d\n", number > 1 ? "then\n" : "", chance_from_to(1, 4));
	if (chance_percent(30)) {
		buf_puts(script, "~ ");
		put_row(script, s, WORD_THOUGHT, number, chance_from_to(1, 60));
		buf_putc(script, '\n');
	}
	buf_printf(script, "words %d \"", chance_from_to(1, 6));
	put_row(script, s, WORD_REPLY, number,
	        chance_percent(50) ? chance_from_to(1, 30) : chance_from_to(31, WORD_MAX));
	buf_puts(script, number < WORD_REPLIES ? "\"\nfinish stop\nusage 5 7\ndone\n" : "\"\nhang\n");
}

static struct standin *
serve(const struct subject *s)
{
	struct buf script = {0};
	struct standin *standin;
	struct err err;

	buf_puts(&script, "on GET /health\njson 200 {\"status\":\"ok\"}\n"
	                  "on GET /props\njson 200 {\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":1,"
	                  "\"model_alias\":\"tiny\"}\n"
	                  "on POST /v1/chat/completions\n");
	for (int i = 1; i <= WORD_REPLIES; i++)
		put_answer(&script, s, i);
	standin = standin_new(buf_text(&script), ".", NULL, &err);
	buf_release(&script);
	if (!standin) {
		printf("Bail out! %s\n", err.text);
		exit(1);
	}
	return standin;
}

/* ---- starting ---- */

static void
put_typed(struct buf *to, struct subject *s)
{
	word_put(to, &(struct word){WORD_TYPED, s->round, s->who, 0, ++s->typed});
}

/* Often with a file or two. */
static void
start_ask(struct subject *s)
{
	struct buf prompt = {0};
	const char *args[10] = {"ask", "-e", standin_endpoint(s->standin)};
	size_t n = 3;

	put_typed(&prompt, s);
	args[n++] = buf_text(&prompt);
	for (int files = chance_below(3); files > 0; files--) {
		args[n++] = "-f";
		args[n++] = files_any();
	}
	if (s->kind == SUBJECT_ASK_ON)
		args[n++] = "-C";
	s->pty = pty_new(args, 24, 80, "xterm-256color");
	buf_release(&prompt);
}

static void
start(struct subject *s)
{
	const char *endpoint = standin_endpoint(s->standin);

	switch (s->kind) {
	case SUBJECT_CHAT:
	case SUBJECT_SEARCH:
		s->pty = pty_new((const char *[]){"-e", endpoint, NULL}, 24, 80, "xterm-256color");
		break;
	case SUBJECT_NEW:
		s->pty = pty_new((const char *[]){"--new", "-e", endpoint, NULL}, 24, 80, "xterm-256color");
		break;
	case SUBJECT_ASK:
	case SUBJECT_ASK_ON:
		start_ask(s);
		break;
	}
}

struct subject *
subject_new(enum subject_kind kind, int round, char who)
{
	struct subject *s = mem_alloc(sizeof(*s));

	s->kind = kind;
	s->round = round;
	s->who = who;
	s->standin = serve(s);
	start(s);
	return s;
}

void
subject_free(struct subject *s)
{
	if (!s)
		return;
	pty_free(s->pty);
	standin_free(s->standin);
	free(s);
}

/* ---- typing ---- */

/* Where nothing stands in the input yet: else it is no command. */
static void
attach(struct subject *s)
{
	char *keys = mem_printf("/attach '%s'\r", files_any());

	pty_keys(s->pty, keys);
	free(keys);
}

static void
type_words(struct subject *s)
{
	bool enter = s->kind != SUBJECT_CHAT || chance_percent(30);
	struct buf keys = {0};

	if (s->typed == WORD_MAX)
		return;
	if ((s->typed == 0 || s->entered[s->typed - 1]) && chance_percent(20))
		attach(s);
	put_typed(&keys, s);
	buf_putc(&keys, enter ? '\r' : ' ');
	pty_keys(s->pty, buf_text(&keys));
	buf_release(&keys);
	for (int i = 0; enter && i < s->typed; i++)
		s->entered[i] = true;
}

/* Words that are in every history made here, a few that are rare, and a hit opened now and then. Behind that the keys go to
 * the chat: so there is no Up, which would bring back what was sent. */
static void
search(struct subject *s)
{
	static const char *const keys[] = {
	        "r", "t", "1", "2", "a0", ".", "0", " ", "\x7f", "\x15", "\x1b[B", "\x10", "\t"};

	if (!s->browsing)
		pty_keys(s->pty, "\x1bOR");
	else if (chance_percent(4))
		pty_keys(s->pty, "\r");
	else
		pty_keys(s->pty, keys[chance_below(ARRAY_LEN(keys))]);
	s->browsing = true;
}

static void
type(struct subject *s)
{
	if (s->kind == SUBJECT_ASK || s->kind == SUBJECT_ASK_ON || !s->is_up || clock_ms() < s->next_key_ms)
		return;
	if (s->kind == SUBJECT_SEARCH && s->typed > 0)
		search(s);
	else
		type_words(s);
	s->next_key_ms = clock_ms() + (chance_percent(70) ? chance_from_to(5, 60) : chance_from_to(60, 400));
}

/* ---- seeing ---- */

static struct sight *
sight_of(struct subject *s, const struct word *w)
{
	if (w->round != s->round || w->who != s->who || w->index > WORD_MAX)
		return NULL;
	if (w->kind == WORD_TYPED)
		return &s->seen;
	if (w->number < 1 || w->number > WORD_REPLIES)
		return NULL;
	return w->kind == WORD_REPLY ? &s->replies[w->number - 1] : &s->thoughts[w->number - 1];
}

static void
look(struct subject *s)
{
	int64_t now = clock_ms();
	char *screen = pty_text(s->pty);
	const char *at = screen;
	struct word w;

	while ((at = word_next(at, &w)) != NULL) {
		struct sight *sight = sight_of(s, &w);

		while (sight && sight->n < w.index)
			sight->seen_ms[sight->n++] = now;
	}
	free(screen);
}

void
subject_step(struct subject *s)
{
	type(s);
	if (!pty_pump(s->pty, STEP_MS))
		return;
	look(s);
	/* Some do not wait for anything to be loaded. */
	if (!s->is_up)
		s->next_key_ms = clock_ms() + (chance_percent(50) ? 0 : chance_below(150));
	s->is_up = true;
}

/* ---- ending ---- */

void
subject_kill(struct subject *s)
{
	int status;

	s->end_ms = clock_ms();
	pty_kill(s->pty);
	status = pty_wait_end(s->pty);
	s->has_quit = WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void
subject_quit(struct subject *s)
{
	int status;

	for (int64_t end = clock_ms() + PATIENCE_MS; !s->is_up && clock_ms() < end;)
		subject_step(s);
	pty_keys(s->pty, "\x11");
	status = pty_wait_end(s->pty);
	s->has_quit = status == 0;
	s->end_ms = clock_ms();
	if (!s->has_quit) {
		const struct buf *sent = pty_bytes(s->pty);
		size_t n = sent->len < LAST_WORDS ? sent->len : LAST_WORDS;

		report_failure(
		        "flynn did not quit, but ended with %x: %s", (unsigned)status, buf_text(sent) + sent->len - n);
	}
}
