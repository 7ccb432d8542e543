/*
 * highlight.c - what a line of code costs to be coloured, against nano's way: each rule of the same file by itself, with the
 * C library's regexec.
 *
 * nano's rules that go over lines are looked for by their start only, so that what is measured beside flynn does less.
 */
#include "syntax/highlight.h"

#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "syntax/nanorc.h"

enum {
	PAIRS = 11,
	ROUNDS = 200, /* through the code, in each of a pair */
};

static const char folder[] = "/usr/share/nano";

static const struct {
	const char *name, *code;
} languages[] = {
        {"c", "#include <stdio.h>\n"
              "\n"
              "/* Reads one number, and gives it back\n"
              " * doubled. */\n"
              "static int\n"
              "twice(const char *text, size_t n)\n"
              "{\n"
              "\tint value = 0; // \"not yet\"\n"
              "\n"
              "\tfor (size_t i = 0; i < n && text[i] != '\\0'; i++) {\n"
              "\t\tif (text[i] < '0' || text[i] > '9')\n"
              "\t\t\treturn printf(\"not a digit: %c\\n\", text[i]), -1;\n"
              "\t\tvalue = value * 10 + text[i] - '0';\n"
              "\t}\n"
              "\treturn 2 * value;\n"
              "}\n"},
        {"python", "import sys\n"
                   "from collections import defaultdict\n"
                   "\n"
                   "def count(words):\n"
                   "    \"\"\"Counts them, the same word in\n"
                   "    capitals too.\"\"\"\n"
                   "    found = defaultdict(int)  # by word\n"
                   "    for word in words:\n"
                   "        if word is None or word == '':\n"
                   "            continue\n"
                   "        found[word.lower()] += 1\n"
                   "    return {k: v for k, v in found.items() if v > 1}\n"
                   "\n"
                   "print(f\"{count(sys.stdin.read().split())}\")\n"},
        {"javascript", "import { readFile } from 'node:fs/promises';\n"
                       "\n"
                       "// Fetches one page after another.\n"
                       "export async function pages(url, limit = 10) {\n"
                       "  const found = [];\n"
                       "  for (let page = 1; page <= limit; page++) {\n"
                       "    const reply = await fetch(`${url}?page=${page}`);\n"
                       "    if (!reply.ok) throw new Error(\"failed: \" + reply.status);\n"
                       "    found.push(...(await reply.json()));\n"
                       "  }\n"
                       "  /* nothing\n"
                       "     else */\n"
                       "  return found.length > 0 ? found : null;\n"
                       "}\n"},
        {"html", "<!DOCTYPE html>\n"
                 "<html lang=\"en\">\n"
                 "<head>\n"
                 "  <meta charset=\"utf-8\">\n"
                 "  <title>A page &amp; its title</title>\n"
                 "  <!-- what it\n"
                 "       looks like -->\n"
                 "  <link rel=\"stylesheet\" href=\"style.css\">\n"
                 "</head>\n"
                 "<body class=\"dark\" id=\"top\">\n"
                 "  <p>Some text with a <a href=\"https://example.com\">link</a>.</p>\n"
                 "  <button onclick=\"send()\" disabled>Send</button>\n"
                 "</body>\n"
                 "</html>\n"},
};

/* A language, both ways. */
struct sides {
	struct grammar *grammar;
	struct highlight highlight;
	regex_t rules[GRAMMAR_RULES_MAX];
	size_t n;
	char **lines;
	size_t n_lines;
};

/* ---- what both need ---- */

static bool
read_file(const char *path, struct buf *text)
{
	FILE *f = fopen(path, "r");
	char piece[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_put(text, piece, n);
	fclose(f);
	return true;
}

static void
add_rule(struct sides *s, struct nanorc_piece expression, bool fold_case)
{
	char *text = mem_strndup(expression.text, expression.n);

	if (s->n < GRAMMAR_RULES_MAX && regcomp(&s->rules[s->n], text, REG_EXTENDED | (fold_case ? REG_ICASE : 0)) == 0)
		s->n++;
	free(text);
}

static void
read_rules(struct sides *s, const struct buf *nanorc)
{
	struct nanorc lines = {nanorc->data, nanorc->data + nanorc->len};
	struct nanorc_line line;
	struct nanorc_piece colour, start, end;

	while (nanorc_next(&lines, &line))
		if ((line.command == NANORC_COLOR || line.command == NANORC_ICOLOR) &&
		        nanorc_argument(&line, &colour) && colour.text[0] != ',')
			while (nanorc_expression(&line, &start, &end))
				add_rule(s, start, line.command == NANORC_ICOLOR);
}

static void
read_lines(struct sides *s, const char *code)
{
	for (; *code; code += strcspn(code, "\n") + 1) {
		s->lines = mem_realloc(s->lines, (s->n_lines + 1) * sizeof(*s->lines));
		s->lines[s->n_lines++] = mem_strndup(code, strcspn(code, "\n"));
	}
}

/* ---- the two ---- */

static void
colour_once(struct sides *s)
{
	uint64_t open = 0;

	for (size_t i = 0; i < s->n_lines; i++)
		open = highlight_line(&s->highlight, s->grammar, open, s->lines[i], strlen(s->lines[i]));
}

static void
match_rule(const regex_t *rule, const char *line)
{
	regmatch_t match;
	int flags = 0;

	while (regexec(rule, line, 1, &match, flags) == 0 && line[match.rm_eo]) {
		line += match.rm_eo > match.rm_so ? match.rm_eo : match.rm_eo + 1;
		flags = REG_NOTBOL;
	}
}

static void
match_once(struct sides *s)
{
	for (size_t i = 0; i < s->n_lines; i++)
		for (size_t rule = 0; rule < s->n; rule++)
			match_rule(&s->rules[rule], s->lines[i]);
}

/* Microseconds of a line. */
static double
measure(struct sides *s, void (*once)(struct sides *))
{
	struct timespec from, to;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	for (int i = 0; i < ROUNDS; i++)
		once(s);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return ((double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3) / ROUNDS /
	       (double)s->n_lines;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
measure_pairs(struct sides *s, const char *name)
{
	double ratios[PAIRS], ours[PAIRS];

	for (int i = 0; i < PAIRS; i++) {
		double theirs = i % 2 ? measure(s, match_once) : 0;

		ours[i] = measure(s, colour_once);
		if (i % 2 == 0)
			theirs = measure(s, match_once);
		ratios[i] = ours[i] / theirs;
	}
	qsort(ratios, PAIRS, sizeof(*ratios), compare);
	qsort(ours, PAIRS, sizeof(*ours), compare);
	printf("highlight: a line of %s takes %.2f times regexec (%.2f to %.2f), %.1f us\n", name, ratios[PAIRS / 2],
	        ratios[0], ratios[PAIRS - 1], ours[PAIRS / 2]);
}

static void
measure_language(const char *name, const char *code)
{
	struct sides s = {0};
	struct buf nanorc = {0};
	char *path = mem_printf("%s/%s.nanorc", folder, name);
	struct timespec from, to;

	if (!read_file(path, &nanorc)) {
		printf("highlight: %s: not there (Debian: nano)\n", path);
		free(path);
		return;
	}
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	s.grammar = grammar_new(nanorc.data, nanorc.len, name);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	read_rules(&s, &nanorc);
	read_lines(&s, code);
	if (s.grammar) {
		measure_pairs(&s, name);
		printf("highlight: the grammar of %s is made in %.1f ms, %zu rules\n", name,
		        (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6,
		        s.grammar->n);
	}
	for (size_t i = 0; i < s.n; i++)
		regfree(&s.rules[i]);
	for (size_t i = 0; i < s.n_lines; i++)
		free(s.lines[i]);
	free(s.lines);
	highlight_release(&s.highlight);
	grammar_free(s.grammar);
	buf_release(&nanorc);
	free(path);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		measure_language(languages[i].name, languages[i].code);
	return 0;
}
