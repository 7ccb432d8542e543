/*
 * documents.c - lines of a few pieces each.
 */
#include "tests/text/documents.h"

#include <stddef.h>
#include <string.h>

#include "base/compiler.h"

static const char *const block_pieces[] = {"a", "b", "a b", "-", "- ", "- ", "* ", "+ ", "1. ", "1) ", "2. ", "10. ",
        "> ", "> ", ">", "#", "# ", "## ", "###### x", "#x", "```", "```", "~~~", "````", "``` c", "---", "***",
        "- - -", "===", "=", "--", "    ", "   ", "  ", "  ", " ", "\t", " \t", "|", "| ", "a | b", "| a | b |",
        "| a |", "|-|-|", "-|-", "| - | - |", "|:-|-:|", ":-", "\\|", "\\", "`", "*", "**", "[x] ", "<div>", "</div>",
        "<pre>", "</pre>", "<!--", "-->", "<?", "?>", "<b>", "<a b=\"c\">", "</i >", "<!X>", "<x", "é", "_", "0."};

static const char *const inline_pieces[] = {"*", "**", "_", "`", "``", "~~", "[", "](", ")", "](x)", "[a](b)", "![",
        "<", ">", "http://a.b", "<http://a.b>", "www.a.b", "a@b.c", "&", "&amp;", "&#27;", "&#x202e;", "&#x200d;",
        "&#10;", "&nbsp;", "\\", "\\*", "  ", "世界", "e\xcc\x81", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
        "\xd7\xa9", "\x1b[31m", "\r", "\xe2\x80\xae", "\xe2\x80\x8d", "\xcc\x81", "\xff", "\xe4",
        "long_word_of_letters", "one two three four five six seven", "\t", "!", ".", "a", "b c", "```", "| ", "\\|",
        "\n", "- ", "> ", "\xef\xb8\x8f", "\xe2\x98\x9d", "~", "$", "$$", "\\(", "\\)", "\\[", "\\]", "__a__", "「",
        "。", "<br>", "ﾊﾟ", "\n```md\n"};

static size_t
pick(uint64_t *state, size_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*state >> 33) % n;
}

/* Two things are other in cmark-gfm than in the specification. A line of spaces goes on with an empty item: where there
 * may be an item it is empty. And a tab before a fence counts as one column: it is a space. */
static void
mend_line(struct buf *out, size_t start)
{
	char *line = out->data + start;

	if (strspn(line, " \t") == out->len - start && strpbrk(out->data, "-+*.)"))
		buf_truncate(out, start);
	if (strstr(line, "~~~") || strstr(line, "```"))
		for (; *line; line++)
			*line = *line == '\t' ? ' ' : *line;
}

void
documents_blocks(uint64_t *state, struct buf *out)
{
	size_t lines = 1 + pick(state, 9);

	buf_clear(out);
	for (size_t i = 0; i < lines; i++) {
		size_t start = out->len;

		for (size_t n = pick(state, 5); n > 0; n--)
			buf_puts(out, block_pieces[pick(state, ARRAY_LEN(block_pieces))]);
		if (out->len > start)
			mend_line(out, start);
		if (i + 1 < lines || pick(state, 2))
			buf_puts(out, "\n");
	}
}

void
documents_any(uint64_t *state, struct buf *out)
{
	size_t lines = 1 + pick(state, 9);

	buf_clear(out);
	for (size_t i = 0; i < lines; i++) {
		for (size_t n = pick(state, 3); n > 0; n--)
			buf_puts(out, block_pieces[pick(state, ARRAY_LEN(block_pieces))]);
		for (size_t n = pick(state, 6); n > 0; n--)
			buf_puts(out, inline_pieces[pick(state, ARRAY_LEN(inline_pieces))]);
		if (i + 1 < lines || pick(state, 2))
			buf_puts(out, "\n");
	}
}
