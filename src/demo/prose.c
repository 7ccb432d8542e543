/*
 * prose.c - the commands that say a text word by word, as a model does: a token for each word, with the spaces before it, and for
 * each character of three bytes or more, so that Chinese comes as it comes from a model.
 */
#include "demo/likely.h"
#include "demo/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"

static bool
is_wide(char c)
{
	return (unsigned char)c >= 0xE0;
}

/* The length of the token that a text begins with: spaces and line ends, then a word or one wide character. */
static size_t
token_length(const char *s)
{
	size_t n = strspn(s, " \n");

	if (is_wide(s[n]))
		do
			n++;
		while ((s[n] & 0xC0) == 0x80);
	else
		while (s[n] && s[n] != ' ' && s[n] != '\n' && !is_wide(s[n]))
			n++;
	return n;
}

static void
say_words(struct parser *p, const char *field, const char *text, long ms)
{
	for (size_t n; *text; text += n) {
		n = token_length(text);
		if (p->tokens > 0 && ms > 0) {
			parser_add(p, SCRIPT_DELAY, ms, NULL);
			p->spent_ms += ms;
		}
		say_delta(p, field, text, n);
	}
}

static bool
run_words(struct parser *p, const struct command *c)
{
	char *text;
	long ms = strtol(p->rest, &text, 10);

	(void)c;
	if (ms < 0 || text == p->rest || !parser_text(p, text + strspn(text, " ")))
		return parser_wrong(p, "expected milliseconds and a text, as in `words 20 \"one two\"`");
	say_words(p, "content", buf_text(&p->text), ms);
	return true;
}

static bool
run_pace(struct parser *p, const struct command *c)
{
	char *end;

	(void)c;
	p->pace_ms = strtol(p->rest, &end, 10);
	return (end != p->rest && !*end && p->pace_ms >= 0) || parser_wrong(p, "expected milliseconds");
}

/* The text between two lines is said with the first word of the second. */
static bool
run_line(struct parser *p, const struct command *c)
{
	const char *field = *c->name == '~' ? "reasoning_content" : "content";
	bool first = !p->said || strcmp(p->said, field) != 0;

	buf_printf(&p->text, "%s%s", first ? "" : *c->name == '+' ? " " : "\n", p->rest);
	say_words(p, field, buf_text(&p->text), p->pace_ms);
	p->said = field;
	return true;
}

/* As llama-server sends them: together, after the end of the reply. The numbers are those of the prompt, or marks. */
static void
put_timings(struct parser *p, const char *cached, const char *read, const char *prompt, const char *all)
{
	buf_printf(&p->text,
	        ",\"usage\":{\"completion_tokens\":%ld,\"prompt_tokens\":%s,\"total_tokens\":%s},"
	        "\"timings\":{\"cache_n\":%s,\"prompt_n\":%s,\"predicted_n\":%ld,\"predicted_ms\":%ld,"
	        "\"predicted_per_second\":%.1f}",
	        p->tokens, prompt, all, cached, read, p->tokens, p->spent_ms,
	        p->spent_ms > 0 ? (double)p->tokens * 1000 / (double)p->spent_ms : 0.0);
}

static void
say_counted_timings(struct parser *p)
{
	static const char marks[][2] = {
	        {SCRIPT_MARK_CACHED}, {SCRIPT_MARK_READ}, {SCRIPT_MARK_PROMPT}, {SCRIPT_MARK_ALL}};
	struct buf event = {0};

	put_timings(p, marks[0], marks[1], marks[2], marks[3]);
	say_put_chunk(p, "", p->text.data, &event);
	parser_add(p, SCRIPT_TIMINGS, p->tokens, &event);
}

static bool
run_timings(struct parser *p, const struct command *c)
{
	long cached, read;
	char numbers[4][24];

	(void)c;
	if (!*p->rest) {
		say_counted_timings(p);
		return true;
	}
	if (sscanf(p->rest, "%ld %ld", &cached, &read) != 2)
		return parser_wrong(p, "expected two numbers: tokens of the prompt that were known, that were read");
	snprintf(numbers[0], sizeof(numbers[0]), "%ld", cached);
	snprintf(numbers[1], sizeof(numbers[1]), "%ld", read);
	snprintf(numbers[2], sizeof(numbers[2]), "%ld", cached + read);
	snprintf(numbers[3], sizeof(numbers[3]), "%ld", cached + read + p->tokens);
	put_timings(p, numbers[0], numbers[1], numbers[2], numbers[3]);
	say_chunk(p, "", p->text.data);
	return true;
}

static bool
run_likely(struct parser *p, const struct command *c)
{
	return likely_run(p, strcmp(c->name, "likely-thought") == 0 ? "reasoning_content" : "content");
}

static const struct command commands[] = {
        {"likely", REST, run_likely, 0},
        {"likely-thought", REST, run_likely, 0},
        {"words", REST, run_words, 0},
        {"pace", REST, run_pace, 0},
        {"|", REST, run_line, 0},
        {"+", REST, run_line, 0},
        {"~", REST, run_line, 0},
        {"timings", REST, run_timings, 0},
};

const struct command *
prose_find(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strncmp(commands[i].name, name, len) == 0 && commands[i].name[len] == '\0')
			return &commands[i];
	return NULL;
}
