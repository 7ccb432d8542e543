/*
 * think.c - reasoning in tags at the start of the content, whole and in pieces cut at every byte.
 */
#include "llama/think.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static const struct {
	const char *text, *want; /* the reasoning, "|", and the content */
} rows[] = {
        {"", "|"},
        {"a", "|a"},
        {"<think>\nA plan *here*.\n</think>\n\nThe answer.\n", "A plan *here*.|The answer.\n"},
        {"<think>a</think>b", "a|b"},
        {" \n\t<think> a\n\nb </think> \r\n c ", "a\n\nb|c "},
        {"<think></think>a", "|a"},
        {"<think>\n\n</think>\n\na", "|a"},
        {"<think>a</think>", "a|"},
        {"<think>a</think> \n", "a|"},
        {"<think>", "|"},
        {"<think> \n", "|"},
        /* never closed */
        {"<think>a", "a|"},
        {"<think>a\n\n", "a\n\n|"},
        {"<think>a</thin", "a</thin|"},
        {"<think>a </think", "a </think|"},
        {"<think>a < b </ c </thinking> \n<", "a < b </ c </thinking> \n<|"},
        {"<think>a <</think>b", "a <|b"},
        {"<think>a </</think> b", "a </|b"},
        /* no more than one, and no other tag */
        {"<think>a</think><think>b</think>c", "a|<think>b</think>c"},
        {"<think><think>a</think>b", "<think>a|b"},
        {"<think>a</think></think>", "a|</think>"},
        {"a <think>b</think>", "|a <think>b</think>"},
        {" a\n<think>b</think>", "| a\n<think>b</think>"},
        {"<thin", "|<thin"},
        {" <thinking>a</thinking>", "| <thinking>a</thinking>"},
        {"<Think>a</Think>", "|<Think>a</Think>"},
        {"`<think>`", "|`<think>`"},
        {"  \n", "|  \n"},
        /* the template has the beginning; # stands for the moment when the text so far becomes reasoning */
        {"A plan.\n</think>\n\nThe answer.", "|A plan.\n#The answer."},
        {"</think>a", "|#a"},
        {"\n\n</think>\n\na", "|\n\n#a"},
        {"A plan.</think>\n\nThe answer.", "|A plan.#The answer."},
        {"A plan.</think> \t\r\nThe answer.", "|A plan.#The answer."},
        {"A plan.</think>", "|A plan.#"},
        {"A plan.\n  </think>", "|A plan.\n  #"},
        {"A plan.</think> ", "|A plan.#"},
        {"a\n</think>b\n</think>\nc", "|a\n#b\n</think>\nc"},
        {"a\n</think>\n<think>b</think>\n", "|a\n#<think>b</think>\n"},
        {"a\n```c\nint x;\n```\n</think>\nb", "|a\n```c\nint x;\n```\n#b"},
        {"a < b\n<</</think\n<thin</think>\nb", "|a < b\n<</</think\n<thin#b"},
        {"a <\n</think>\nb", "|a <\n#b"},
        {"`` ` ``\n</think>\nb", "|`` ` ``\n#b"},
        {"```a`\n</think>\nb", "|```a`\n#b"},
        {"a\n<think>\nb\n</think>\nc", "|a\n<think>\nb\n</think>\nc"},
        {"a\n```\n<think>\n```\n</think>\nc", "|a\n```\n<think>\n```\n#c"},
        /* it is text within a line, and in code */
        {"Write </think> at the end.\n", "|Write </think> at the end.\n"},
        {"a </think>b", "|a </think>b"},
        {"Write `</think>`\n", "|Write `</think>`\n"},
        {"a\n```\n</think>\n```\nb", "|a\n```\n</think>\n```\nb"},
        {"~~~ html\n</think>\n```\n</think>\n~~~\n</think>\nb", "|~~~ html\n</think>\n```\n</think>\n~~~\n#b"},
        {"  ````\n```\n</think>\n````` x\n</think>", "|  ````\n```\n</think>\n````` x\n</think>"},
        {"a</think", "|a</think"},
        {"a\n</thinking>\n", "|a\n</thinking>\n"},
        {"a\n</Think>\n", "|a\n</Think>\n"},
        {"<think>\xe4\xb8\x96</think>\xe7\x95\x8c", "\xe4\xb8\x96|\xe7\x95\x8c"},
};

struct told {
	struct buf reasoning, content;
};

static void
on_text(void *arg, enum chat_event_type type, const char *text, size_t n)
{
	struct told *told = arg;

	if (type == CHAT_EVENT_WAS_REASONING) {
		CU_ASSERT(n == 0 && told->reasoning.len == 0);
		buf_putc(&told->content, '#');
		return;
	}
	CU_ASSERT(n > 0);
	CU_ASSERT(type == CHAT_EVENT_CONTENT || told->content.len == 0);
	buf_put(type == CHAT_EVENT_CONTENT ? &told->content : &told->reasoning, text, n);
}

/* In pieces of `every` bytes after a first one. */
static void
play_cut(const char *text, size_t first, size_t every, const char *want)
{
	struct told told = {{0}, {0}};
	struct think_sink sink = {on_text, &told};
	struct think think = {0};
	struct buf have = {0};
	size_t n = strlen(text);

	for (size_t at = 0, part = first; at < n; at += part, part = every)
		think_take(&think, text + at, part < n - at ? part : (part = n - at), &sink);
	think_end(&think, &sink);
	think_end(&think, &sink);
	buf_printf(&have, "%s|%s", buf_text(&told.reasoning), buf_text(&told.content));
	HARNESS_EQUAL(buf_text(&have), want);
	think_release(&think);
	buf_release(&told.reasoning);
	buf_release(&told.content);
	buf_release(&have);
}

static void
tells_reasoning_from_content(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = strlen(rows[i].text);

		for (size_t first = 1; first <= n; first++)
			play_cut(rows[i].text, first, n, rows[i].want);
		play_cut(rows[i].text, 1, 1, rows[i].want);
	}
}

static void
put_blanks(struct buf *to, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(to, ' ');
}

/* More space than is held is text, but for the last of it, however it comes. */
static void
cuts_change_nothing_of_much_space(void)
{
	struct buf text = {0}, want = {0};

	buf_puts(&text, "<think>a");
	put_blanks(&text, 300);
	buf_puts(&text, "</think>b");
	buf_puts(&want, "a");
	put_blanks(&want, 300 - 256);
	buf_puts(&want, "|b");
	for (size_t first = 1; first <= text.len; first++)
		play_cut(buf_text(&text), first, text.len, buf_text(&want));
	play_cut(buf_text(&text), 1, 1, buf_text(&want));
	buf_clear(&text);
	buf_clear(&want);
	buf_puts(&text, "a</think>");
	put_blanks(&text, 300);
	buf_puts(&text, "\nb");
	buf_printf(&want, "|%s", buf_text(&text));
	for (size_t first = 1; first <= text.len; first++)
		play_cut(buf_text(&text), first, text.len, buf_text(&want));
	play_cut(buf_text(&text), 1, 1, buf_text(&want));
	buf_release(&text);
	buf_release(&want);
}

static void
holds_little(void)
{
	struct told told = {{0}, {0}};
	struct think_sink sink = {on_text, &told};
	struct think think = {0};

	think_take(&think, "<think>a", 8, &sink);
	CU_ASSERT_STRING_EQUAL(buf_text(&told.reasoning), "a");
	for (int i = 0; i < 1000; i++)
		think_take(&think, "\n", 1, &sink);
	CU_ASSERT(think.held.len < 300);
	think_take(&think, "b", 1, &sink);
	CU_ASSERT_EQUAL(told.reasoning.len, 1002);
	think_release(&think);
	for (int i = 0; i < 1000; i++)
		think_take(&think, " ", 1, &sink);
	CU_ASSERT_EQUAL(told.content.len, 1000);
	think_release(&think);
	buf_release(&told.reasoning);
	buf_release(&told.content);
}

static void
leaves_an_end_to_a_server_that_reads_tags(void)
{
	struct told told = {{0}, {0}};
	struct think_sink sink = {on_text, &told};
	struct think think = {0};

	think_take(&think, "a\n</th", 6, &sink);
	think_is_told(&think);
	think_take(&think, "ink>\n</think>\n", 14, &sink);
	CU_ASSERT_STRING_EQUAL(buf_text(&told.content), "a\n</think>\n</think>\n");
	think_release(&think);
	buf_release(&told.content);
}

static void
leaves_tags_to_a_server_that_reads_them(void)
{
	static const char text[] = "<think>a</think>";
	struct told told = {{0}, {0}};
	struct think_sink sink = {on_text, &told};
	struct think think = {0};

	think_is_told(&think);
	think_take(&think, text, sizeof(text) - 1, &sink);
	CU_ASSERT_STRING_EQUAL(buf_text(&told.content), text);
	think_release(&think);
	buf_release(&told.content);
}

CU_TestInfo think_tests[] = {
        {"tells reasoning from content", tells_reasoning_from_content},
        {"cuts change nothing of much space", cuts_change_nothing_of_much_space},
        {"holds little", holds_little},
        {"leaves tags to a server that reads them", leaves_tags_to_a_server_that_reads_them},
        {"leaves an end to a server that reads tags", leaves_an_end_to_a_server_that_reads_tags},
        CU_TEST_INFO_NULL,
};
