/*
 * highlight.c - code with a letter for each byte's role: of a small grammar of the tests' own, and of the system's where it
 * has some.
 */
#include "syntax/highlight.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "syntax/catalog.h"
#include "syntax/language.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const char system_folder[] = "/usr/share/nano";

static const char letters[] = " ktns0xpc!+-";

static struct grammar *
read_grammar(const char *path, const char *name)
{
	size_t n;
	char *text = harness_read(path, &n);
	struct grammar *g = grammar_new(text, n, name);

	free(text);
	return g;
}

static struct grammar *
toy(void)
{
	char *path = harness_path("grammars/toy.nanorc");
	struct grammar *g = read_grammar(path, "toy");

	free(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	return g;
}

/* Appends a line's letters. */
static uint64_t
put_roles(struct highlight *h, const struct grammar *g, uint64_t open, const char *line, size_t n, struct buf *out)
{
	size_t at = 0;

	open = highlight_line(h, g, open, line, n);
	for (size_t i = 0; i < h->n; i++) {
		const struct code_span *s = &h->spans[i];

		HARNESS_CHECK(s->start >= at && s->len > 0 && s->start + s->len <= n && s->role > CODE_TEXT &&
		                      s->role < CODE_ROLES,
		        "%.*s", (int)n, line);
		for (; at < s->start; at++)
			buf_putc(out, ' ');
		for (; at < s->start + s->len; at++)
			buf_putc(out, letters[s->role]);
	}
	for (; at < n; at++)
		buf_putc(out, ' ');
	return open;
}

/* Code of several lines, and what they are to look like; spaces at the ends of lines do not matter. */
static void
check(const struct grammar *g, const char *code, const char *want, const char *name)
{
	struct highlight h = {0};
	uint64_t open = 0;

	while (*code) {
		size_t n = strcspn(code, "\n"), n_want = strcspn(want, "\n");
		struct buf have = {0};

		open = put_roles(&h, g, open, code, n, &have);
		while (have.len > 0 && have.data[have.len - 1] == ' ')
			buf_truncate(&have, have.len - 1);
		HARNESS_CHECK(have.len == n_want && memcmp(buf_text(&have), want, n_want) == 0,
		        "%s\n# %.*s\n# %s\n# %.*s", name, (int)n, code, buf_text(&have), (int)n_want, want);
		buf_release(&have);
		code += n + (code[n] == '\n');
		want += n_want + (want[n_want] == '\n');
	}
	highlight_release(&h);
}

/* ---- a language of our own ---- */

static const struct {
	const char *code, *want;
} rows[] = {
        {"", ""},
        {"x = y", ""},
        {"int a = 42;", "ttt     00"},
        {"intern printint", ""},
        {"if (true) return 0X1f", "kk  0000  kkkkkk 0000"},
        {"unless MAX_1 dbg!(x)", "kkkkkk nnnnn nnnn"},
        {"s = \"a\\n\" + 'b'", "    ssxxs   sss"},
        {"\"a\\\"b\" c", "ssxxss"},
        {"int \xc3\xa4 = \"\xc3\xa4\"; if", "ttt      ssss  kk"},
        /* strings and comments, one after another */
        {"a // int", "  cccccc"},
        {"a // int \"", "  cccccccc"},
        {"\"http://x\" if", "ssssssssss kk"},
        {"\"/*\" if", "ssss kk"},
        {"/* \" */ if \"*/\"", "ccccccc kk ssss"},
        {"a /* b */ if /* c */", "  ccccccc kk ccccccc"},
        {"// TODO: it", "ccc!!!!cccc"},
        {"'''a'''''' if ''' if", "sssssssssssssssss kk"},
        /* over lines */
        {"a /* b\nc if\nd */ if /*", "  cccc\ncccc\ncccc kk cc"},
        {"'''if\n\n''' if", "sssss\n\nsss kk"},
        {"// /*\nif", "ccccc\nkk"},
        {"'/*\nif", " cc\ncc"},
        {"#define x \\\n if \\\n y\nif", "ppppppppppp\nppppp\npp\nkk"},
        {"#if\nif", "ppp\nkk"},
        {"/*\n#if x \\\n*/\nif", "cc\nccccccc\ncc\nkk"},
};

static void
reads_lines(void)
{
	struct grammar *g = toy();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(g, rows[i].code, rows[i].want, "toy");
	grammar_free(g);
}

/* As it streams: what a line looks like does not depend on what it looked like before, nor on what else was read. */
static void
depends_on_nothing_else(void)
{
	struct grammar *g = toy();
	struct highlight used = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint64_t open = 0;

		for (const char *line = rows[i].code; *line;) {
			size_t n = strcspn(line, "\n");
			struct buf a = {0}, b = {0};
			struct highlight fresh = {0};
			uint64_t after;

			for (size_t k = 0; k < n; k++)
				if (k == 0 || ((unsigned char)line[k] & 0xc0) != 0x80)
					highlight_line(&used, g, open, line, k);
			after = put_roles(&used, g, open, line, n, &a);
			open = put_roles(&fresh, g, open, line, n, &b);
			CU_ASSERT_EQUAL(after, open);
			HARNESS_EQUAL(buf_text(&a), buf_text(&b));
			highlight_release(&fresh);
			buf_release(&a);
			buf_release(&b);
			line += n + (line[n] == '\n');
		}
	}
	highlight_release(&used);
	grammar_free(g);
}

static void
looks_at_so_much_of_a_line(void)
{
	struct grammar *g = toy();
	struct highlight h = {0};
	struct buf line = {0};

	while (line.len < CODE_LINE_MAX - 1)
		buf_puts(&line, "if ");
	buf_truncate(&line, CODE_LINE_MAX - 1);
	buf_puts(&line, "\xc3\xa4 if if");
	highlight_line(&h, g, 0, line.data, line.len);
	CU_ASSERT(h.n > 600);
	CU_ASSERT(h.spans[h.n - 1].start + h.spans[h.n - 1].len < CODE_LINE_MAX);
	highlight_release(&h);
	buf_release(&line);
	grammar_free(g);
}

/* Each would take hours without a bound; what is begun is left as it is. */
static void
bears_hostile_rules_and_code(void)
{
	static const char *const hostile[] = {
	        "syntax x\ncolor red \"(x+x+)+y\"\ncolor blue \"(x|xx)*y\"\n",
	        "syntax x\ncolor red start=\"x*\" end=\"(x+x+)+y\"\n",
	        "syntax x\ncolor red start=\"$\" end=\"^\"\ncolor blue start=\"\" end=\"\"\ncolor red \"x*\"\n",
	        "syntax x\ncomment \"/*|*/\"\ncolor red start=\"/\\*|x\" end=\"(x+x+)+y\"\n",
	};
	struct buf line = {0};

	for (int i = 0; i < 3000; i++)
		buf_putc(&line, "xxxx/*x\"x'"[i % 10]);
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		struct grammar *g = grammar_new(hostile[i], strlen(hostile[i]), "x");
		struct highlight h = {0};
		struct buf roles = {0};
		uint64_t open = 0;

		CU_ASSERT_PTR_NOT_NULL_FATAL(g);
		for (int k = 0; k < 20; k++)
			open = put_roles(&h, g, open, line.data, line.len, &roles);
		CU_ASSERT_EQUAL(roles.len, 20 * line.len);
		highlight_release(&h);
		buf_release(&roles);
		grammar_free(g);
	}
	buf_release(&line);
}

/* ---- the system's ---- */

/* Some words of some code, and their letters: not of every byte, for nano's files change. */
static const struct {
	const char *language, *code;
	struct {
		const char *word;
		char letter;
	} words[6];
} samples[] = {
        {"c", "#define X\nint f(void) { return 0; } // \"no\"\nchar *s = \"http://a\\\"b\"; /* x\nb */ if",
                {{"#define", 'p'}, {"int", 't'}, {"return", 'k'}, {"// \"no\"", 'c'}, {"\"http://a\\\"b\"", 's'},
                        {"b */", 'c'}}},
        {"c++", "class a { int b; };\n", {{"class", 'k'}, {"int", 't'}}},
        {"python", "if x:  # it's\n    return \"a # b\" if None else '''x\ny''' + 'z'\n",
                {{"if", 'k'}, {"# it's", 'c'}, {"\"a # b\"", 's'}, {"None", '0'}, {"y'''", 's'}, {"'z'", 's'}}},
        {"js", "const a = 'x' // y\nfunction f() { return 42 /* z\n' */ }\n",
                {{"const", 'k'}, {"'x'", 's'}, {"// y", 'c'}, {"return", 'k'}, {"42", '0'}, {"' */", 'c'}}},
        {"html", "<p class=\"x\">a</p> <!-- b\nc --> <p>",
                {{"<p", 'k'}, {"\"x\"", 's'}, {"<!-- b", 'c'}, {"c -->", 'c'}, {"<p>", 'k'}}},
        {"bash", "if [ $x = 'it # no' ]; then # don't\n\tfi\n",
                {{"if", 'k'}, {"$x", 'n'}, {"'it # no'", 's'}, {"then", 'k'}, {"# don't", 'c'}, {"fi", 'k'}}},
        {"rust", "let s = \"//\"; // c \"\nif x { 'q' }\n",
                {{"let", 'k'}, {"\"//\"", 's'}, {"// c \"", 'c'}, {"if", 'k'}}},
        {"go", "func f() string { return \"//\" } /* c\n*/ if",
                {{"func", 'k'}, {"string", 't'}, {"\"//\"", 's'}, {"/* c", 'c'}, {"if", 'k'}}},
        {"java", "public int x = 1; // c\n/** d\n */ s = \"a\";\n",
                {{"public", 'k'}, {"int", 't'}, {"// c", 'c'}, {"/** d", 'c'}, {"\"a\"", 's'}}},
        {"sql", "SELECT a FROM b WHERE c = 'x'; -- y\n",
                {{"SELECT", 'k'}, {"WHERE", 'k'}, {"'x'", 's'}, {"-- y", 'c'}}},
        {"lua", "local x = \"a\" -- b\n--[[ c\nd ]] return\n",
                {{"local", 'k'}, {"\"a\"", 's'}, {"-- b", 'c'}, {"d ]]", 'c'}, {"return", 'k'}}},
        {"diff", "@@ -1 +1 @@\n-a\n+b\n", {{"@@ -1 +1 @@", 'p'}, {"-a", '-'}, {"+b", '+'}}},
        {"yaml", "a: true # b\nb: \"x\"\n", {{"true", '0'}, {"# b", 'c'}, {"\"x\"", 's'}}},
};

static void
read_folder(struct catalog *c, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		char path[512], *text;
		size_t n = strlen(entry->d_name);

		if (n < 8 || strcmp(entry->d_name + n - 7, ".nanorc") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		text = harness_read(path, &n);
		catalog_add(c, path, text, n);
		free(text);
	}
	if (d)
		closedir(d);
}

/* Code of several lines, as letters. */
static void
put_code(const struct grammar *g, const char *code, struct buf *out)
{
	struct highlight h = {0};
	uint64_t open = 0;

	while (*code) {
		size_t n = strcspn(code, "\n");

		open = put_roles(&h, g, open, code, n, out);
		buf_putc(out, '\n');
		code += n + (code[n] == '\n');
	}
	highlight_release(&h);
}

static void
check_words(const struct grammar *g, size_t sample)
{
	struct buf have = {0};

	put_code(g, samples[sample].code, &have);
	for (size_t i = 0; i < ARRAY_LEN(samples[sample].words) && samples[sample].words[i].word; i++) {
		const char *word = samples[sample].words[i].word;
		const char *at = have.data + (strstr(samples[sample].code, word) - samples[sample].code);
		const char letter[] = {samples[sample].words[i].letter, '\0'};

		HARNESS_CHECK(strspn(at, letter) >= strlen(word), "%s: %s: %.*s", samples[sample].language, word,
		        (int)strlen(word), at);
	}
	buf_release(&have);
}

static void
reads_all_of_the_systems_files(void)
{
	struct catalog c = {0};
	size_t with_rules = 0;

	read_folder(&c, system_folder);
	if (c.n == 0)
		harness_skip("nano's syntax files are not installed");
	for (size_t i = 0; i < c.n; i++) {
		struct grammar *g = read_grammar(c.entries[i].path, c.entries[i].name);

		with_rules += g != NULL;
		grammar_free(g);
	}
	CU_ASSERT_EQUAL(with_rules, c.n);
	catalog_release(&c);
}

static void
reads_ten_languages_of_the_system(void)
{
	struct catalog c = {0};

	read_folder(&c, system_folder);
	if (c.n == 0)
		harness_skip("nano's syntax files are not installed");
	for (size_t i = 0; c.n > 0 && i < ARRAY_LEN(samples); i++) {
		char language[LANGUAGE_MAX];
		const struct catalog_entry *e = NULL;
		struct grammar *g;

		if (language_of(samples[i].language, strlen(samples[i].language), language))
			e = catalog_find(&c, language);
		HARNESS_CHECK(e != NULL, "%s", samples[i].language);
		if (!e)
			continue;
		g = read_grammar(e->path, e->name);
		CU_ASSERT_PTR_NOT_NULL_FATAL(g);
		check_words(g, i);
		grammar_free(g);
	}
	catalog_release(&c);
}

CU_TestInfo highlight_tests[] = {
        {"reads lines", reads_lines},
        {"depends on nothing else", depends_on_nothing_else},
        {"looks at so much of a line", looks_at_so_much_of_a_line},
        {"bears hostile rules and code", bears_hostile_rules_and_code},
        {"reads all of the system's files", reads_all_of_the_systems_files},
        {"reads ten languages of the system", reads_ten_languages_of_the_system},
        CU_TEST_INFO_NULL,
};
