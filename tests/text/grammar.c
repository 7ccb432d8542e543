/*
 * grammar.c - nanorc texts become grammars; which language a fence names, and which file has it.
 */
#include "syntax/grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "syntax/catalog.h"
#include "syntax/grammars.h"
#include "syntax/language.h"
#include "syntax/nanorc.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static struct grammar *
grammar_of(const char *text)
{
	struct buf nanorc = {0};
	struct grammar *g;

	buf_puts(&nanorc, "syntax x\ncomment \"//\"\n");
	buf_puts(&nanorc, text);
	g = grammar_new(nanorc.data, nanorc.len, "x");
	buf_release(&nanorc);
	return g;
}

/* ---- rules ---- */

static const struct {
	const char *line;
	enum code_role role;
	bool alone;
} rules[] = {
        {"color blue \"//.*\"", CODE_COMMENT, true},
        {"color blue \"(^|[[:blank:]])//.*\"", CODE_COMMENT, true},
        {"color blue start=\"/\\*\" end=\"\\*/\"", CODE_COMMENT, true},
        {"color blue \"\"([^\"]|\\\\\")*\"|#include <[^>]*>\"", CODE_STRING, true},
        {"color blue \"'[^']*'\"", CODE_STRING, true},
        {"color blue start=\"'''\" end=\"'''\"", CODE_STRING, true},
        {"color blue \"\\<(do|if)\\>\"", CODE_KEYWORD, false},
        {"icolor blue \"\\<(SELECT|FROM)\\>\"", CODE_KEYWORD, false},
        {"color blue \"\\<(int|char)\\>\"", CODE_TYPE, false},
        {"color blue \"\\<[A-Z][A-Za-z0-9]+\\>\"", CODE_TYPE, false},
        {"color blue \"\\<[A-Z_]+\\>\"", CODE_NAME, false},
        {"color blue \"\\<(TODO|XXX)\\>\"", CODE_NOTICE, false},
        {"color blue \"\\<[0-9]+\\>\"", CODE_NUMBER, false},
        {"color blue \"\\<(true|false)\\>\"", CODE_NUMBER, false},
        {"color blue \"^#(define|include)\"", CODE_PREPROCESSOR, false},
        {"color blue start=\"^#if\" end=\"$\"", CODE_PREPROCESSOR, false},
        {"color blue \"\\\\[nt]\"", CODE_SPECIAL, false},
        {"color blue \"[][{}()]\"", CODE_SPECIAL, false},
        {"color blue \"^\\+.*\"", CODE_ADDED, false},
        {"color blue \"^-.*\"", CODE_REMOVED, false},
        {"color blue \".\"", CODE_TEXT, false},
        {"color normal \"'''\"", CODE_TEXT, false},
        /* no sample is like these: by colour */
        {"color red \"\\<zebra\\>\"", CODE_NAME, false},
        {"color brightgreen \"\\<zebra\\>\"", CODE_TYPE, false},
        {"color bold,italic,lightcyan,red \"\\<zebra\\>\"", CODE_PREPROCESSOR, false},
        {"color #48c \"\\<zebra\\>\"", CODE_NAME, false},
        {"color yellow \"\\<[a-z]+\\>\"", CODE_KEYWORD, false},
        {"color blue start=\"{{\" end=\"}}\"", CODE_NAME, false},
};

static void
tells_what_a_rule_is_for(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		struct grammar *g = grammar_of(rules[i].line);

		CU_ASSERT_PTR_NOT_NULL_FATAL(g);
		CU_ASSERT_EQUAL(g->n, 1);
		HARNESS_CHECK(g->rules[0].role == rules[i].role && g->rules[0].alone == rules[i].alone, "%s: %d",
		        rules[i].line, (int)g->rules[0].role);
		grammar_free(g);
	}
}

static void
takes_the_role_of_a_rule_of_the_same_colour(void)
{
	struct grammar *g =
	        grammar_of("color #48c \"\\<zebra\\>\"\ncolor #48c \"\\<if\\>\"\ncolor #48d \"\\<zebra\\>\"\n");

	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	CU_ASSERT_EQUAL(g->n, 3);
	CU_ASSERT_EQUAL(g->rules[0].role, CODE_KEYWORD);
	CU_ASSERT_EQUAL(g->rules[2].role, CODE_NAME);
	grammar_free(g);
}

static void
leaves_out_what_it_cannot_read(void)
{
	static const char *const lines[] = {"", "color", "color red", "color red x", "color red \"x", "color red \"(\"",
	        "color red start=\"x\"", "color red start=\"x\" end=\"(\"", "color red start=\"(\" end=\"x\"",
	        "color ,red \" +$\"", "colour red \"x\"", "# color red \"x\"", "color red \"(a)\\1\"", "color red \"\"",
	        "syntax y\ncolor red \"x\""};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct grammar *g = grammar_of(lines[i]);

		HARNESS_CHECK(g == NULL, "%s", lines[i]);
		grammar_free(g);
	}
}

static void
reads_so_many_rules(void)
{
	struct buf many = {0};
	struct grammar *g;
	size_t open = 0;

	for (int i = 0; i < 300; i++)
		buf_puts(&many, i % 2 ? "color red \"x\"\n" : "color red start=\"x\" end=\"y\"\n");
	g = grammar_of(buf_text(&many));
	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	CU_ASSERT_EQUAL(g->n, GRAMMAR_RULES_MAX);
	for (size_t i = 0; i < g->n; i++)
		open += g->rules[i].open != 0;
	CU_ASSERT_EQUAL(open, GRAMMAR_OPEN_MAX);
	grammar_free(g);
	buf_release(&many);
}

static void
finds_the_syntax_in_a_text(void)
{
	static const char text[] = "color red \"x\"\nsyntax \"a b\"\n\tcolor red \"x\" \"y\"  start=\"z\" end=\"z\"\r\n"
	                           "syntax c \"\\.c$\"\nicolor red \"x\"";
	struct grammar *g = grammar_new(text, strlen(text), "a b");

	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	CU_ASSERT_EQUAL(g->n, 3);
	CU_ASSERT(g->rules[1].open == 0 && g->rules[2].open == 1);
	grammar_free(g);
	g = grammar_new(text, strlen(text), "c");
	CU_ASSERT_PTR_NOT_NULL_FATAL(g);
	CU_ASSERT_EQUAL(g->n, 1);
	grammar_free(g);
	CU_ASSERT_PTR_NULL(grammar_new(text, strlen(text), "d"));
}

/* ---- languages ---- */

static const struct {
	const char *info, *want; /* NULL: none */
} infos[] = {
        {"c", "c"},
        {"Python", "python"},
        {"js", "js"},
        {"bash", "sh"},
        {"c++ title=a.cc", "c++"},
        {"  rust,ignore", "rust"},
        {"{.python .numberLines}", "python"},
        {"{.sh}", "sh"},
        {"JSX", "jsx"},
        {"C#", "csharp"},
        {"Dockerfile", "dockerfile"},
        {"terraform", "hcl"},
        {"patch", "diff"},
        {"CMakeLists.txt", "cmakelists.txt"},
        {"", NULL},
        {"   ", NULL},
        {"title=x", NULL},
        {"\"c\"", NULL},
        {"../../etc/passwd", NULL},
        {"a-name-that-is-longer-than-any-language-has", NULL},
};

static void
reads_info_strings(void)
{
	for (size_t i = 0; i < ARRAY_LEN(infos); i++) {
		char name[LANGUAGE_MAX];
		bool found = language_of(infos[i].info, strlen(infos[i].info), name);

		HARNESS_CHECK(found == (infos[i].want != NULL), "%s", infos[i].info);
		if (found && infos[i].want)
			HARNESS_EQUAL(name, infos[i].want);
	}
}

static const struct {
	const char *language, *want; /* the syntax; NULL: none */
} lookups[] = {
        {"toy", "toy"},
        {"words", "words"},
        {"wd", "words"},
        {"Toyfile", "toy"},
        {"bare", "bare"},
        {"nothing", "nothing"},
        {"to", NULL},
        {"y", NULL},
        {"toys", NULL},
        {"", NULL},
};

static void
finds_the_file_of_a_language(void)
{
	static const char *const files[] = {"grammars/toy.nanorc", "grammars/words.nanorc"};
	struct catalog c = {0};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char *path = harness_path(files[i]), *text;
		size_t n;

		text = harness_read(path, &n);
		catalog_add(&c, files[i], text, n);
		free(text);
		free(path);
	}
	CU_ASSERT_EQUAL(c.n, 4);
	for (size_t i = 0; i < ARRAY_LEN(lookups); i++) {
		const struct catalog_entry *e = catalog_find(&c, lookups[i].language);

		HARNESS_EQUAL(e ? e->name : "none", lookups[i].want ? lookups[i].want : "none");
		CU_ASSERT(!e || strcmp(e->path, files[strcmp(e->name, "toy") != 0]) == 0);
	}
	catalog_release(&c);
}

static void
knows_what_is_wanted(void)
{
	struct grammars g = {0};
	struct grammar *given = grammar_of("color red \"x\"");

	CU_ASSERT_PTR_NULL(grammars_wanted(&g));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "", 0));
	CU_ASSERT_PTR_NULL(grammars_wanted(&g));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "Bash x", 6));
	CU_ASSERT_PTR_NULL(grammars_for(&g, "c", 1));
	HARNESS_EQUAL(grammars_wanted(&g), "sh");
	grammars_give(&g, "sh", given);
	CU_ASSERT_EQUAL(g.colours.version, 1);
	CU_ASSERT_PTR_EQUAL(grammars_for(&g, "sh", 2), given);
	HARNESS_EQUAL(grammars_wanted(&g), "c");
	grammars_give(&g, "c", NULL);
	CU_ASSERT_EQUAL(g.colours.version, 1);
	CU_ASSERT_PTR_NULL(grammars_for(&g, "c", 1));
	CU_ASSERT_PTR_NULL(grammars_wanted(&g));
	/* nobody asked */
	grammars_give(&g, "perl", grammar_of("color red \"x\""));
	grammars_give(&g, "sh", grammar_of("color red \"x\""));
	CU_ASSERT_PTR_EQUAL(grammars_for(&g, "sh", 2), given);
	grammars_release(&g);
}

static void
wants_so_many(void)
{
	struct grammars g = {0};
	char name[8];

	for (int i = 0; i < 2 * GRAMMARS_MAX; i++) {
		size_t n = (size_t)snprintf(name, sizeof(name), "l%d", i);

		CU_ASSERT_PTR_NULL(grammars_for(&g, name, n));
	}
	CU_ASSERT_EQUAL(g.n, GRAMMARS_MAX);
	grammars_release(&g);
}

CU_TestInfo grammar_tests[] = {
        {"tells what a rule is for", tells_what_a_rule_is_for},
        {"takes the role of a rule of the same colour", takes_the_role_of_a_rule_of_the_same_colour},
        {"leaves out what it cannot read", leaves_out_what_it_cannot_read},
        {"reads so many rules", reads_so_many_rules},
        {"finds the syntax in a text", finds_the_syntax_in_a_text},
        {"reads info strings", reads_info_strings},
        {"finds the file of a language", finds_the_file_of_a_language},
        {"knows what is wanted", knows_what_is_wanted},
        {"wants so many", wants_so_many},
        CU_TEST_INFO_NULL,
};
