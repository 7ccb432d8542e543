/*
 * shell_words.c - words with quotes, and quoting them again.
 */
#include "text/shell_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

/* Each word in angle brackets, with its pattern where that is another; a quote that is open behind it. */
static char *
read_all(const char *text)
{
	struct shell_word w = {.is_pattern = false};
	struct buf out = {0};

	while (shell_words_next(&text, &w)) {
		buf_printf(&out, "<%s", buf_text(&w.text));
		if (strcmp(buf_text(&w.text), buf_text(&w.pattern)) != 0)
			buf_printf(&out, "|%s", buf_text(&w.pattern));
		buf_printf(&out, "%s%s>", w.is_pattern ? "*" : "", w.has_tilde ? "~" : "");
		if (w.open)
			buf_putc(&out, w.open);
	}
	shell_word_release(&w);
	return buf_take(&out);
}

static void
reads_words(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"", ""},
	        {" \t\n", ""},
	        {"a b  c", "<a><b><c>"},
	        {"my\\ notes.txt", "<my notes.txt>"},
	        {"'my notes' \"your notes\"", "<my notes><your notes>"},
	        {"a'b c'd\"e f\"g", "<ab cde fg>"},
	        {"*.txt", "<*.txt*>"},
	        {"\\*.txt", "<*.txt|\\*.txt>"},
	        {"'*'.t?t", "<*.t?t|\\*.t?t*>"},
	        {"a[1].c", "<a[1].c*>"},
	        {"~/a '~/a' \\~ a~", "<~/a~><~/a><~><a~>"},
	        {"\"a\\b\\\"c\\$d\"", "<a\\b\"c$d|a\\\\b\"c$d>"},
	        {"'it'\\''s'", "<it's>"},
	        {"$HOME `ls` $(ls)", "<$HOME><`ls`><$(ls)>"},
	        {"''", "<>"},
	        {"'open", "<open>'"},
	        {"a \"open b", "<a><open b>\""},
	        {"end\\", "<end>\\"},
	        {"größe\\ 猫", "<größe 猫>"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *got = read_all(rows[i].text);

		HARNESS_EQUAL(got, rows[i].want);
		free(got);
	}
}

/* What was quoted reads as itself, behind whatever quote is open. */
static void
quotes_what_reads_as_itself(void)
{
	static const char *const texts[] = {"plain", "two words", "it's", "say \"hi\"", "back\\slash", "$HOME `x`",
	        "*?[a]", "~", "#a;b|c&d", "größe 猫"};
	static const char *const before[] = {"", "'", "\""};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t j = 0; j < ARRAY_LEN(before); j++) {
			struct buf quoted = {0};
			struct shell_word w = {.is_pattern = false};
			const char *at;

			buf_puts(&quoted, before[j]);
			shell_words_quote(&quoted, texts[i], before[j][0]);
			buf_puts(&quoted, before[j]);
			at = buf_text(&quoted);
			CU_ASSERT(shell_words_next(&at, &w) && !*at);
			HARNESS_EQUAL(buf_text(&w.text), texts[i]);
			CU_ASSERT(!w.is_pattern && !w.has_tilde && !w.open);
			shell_word_release(&w);
			buf_release(&quoted);
		}
}

CU_TestInfo shell_words_tests[] = {
        {"words, quotes, patterns and tildes", reads_words},
        {"what was quoted reads as itself", quotes_what_reads_as_itself},
        CU_TEST_INFO_NULL,
};
