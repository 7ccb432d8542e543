/*
 * grammar_role.c - samples in their order, and colours.
 */
#include "syntax/grammar_role.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"

/* Of a rule that stays on its line: the whole sample must match. The first that does tells. */
static const struct {
	const char *sample;
	enum code_role role;
} samples[] = {
        {"\xe2\x98\x83", CODE_TEXT}, /* a rule for anything, which others are painted over */
        {" zq (q) zq", CODE_TEXT},
        {"Zq", CODE_TYPE},
        {"ZQ", CODE_NAME},
        {"\"zq\"", CODE_STRING},
        {"'zq'", CODE_STRING},
        {"'q'", CODE_STRING},
        {"`zq`", CODE_STRING},
        {"r\"zq\"", CODE_STRING},
        {"r'zq'", CODE_STRING},
        {"[[zq]]", CODE_STRING},
        {"\\\\zq", CODE_STRING},
        {"+zq (q) zq", CODE_ADDED},
        {"-zq (q) zq", CODE_REMOVED},
        {"+++ zq", CODE_KEYWORD},
        {"--- zq", CODE_KEYWORD},
        {"diff zq", CODE_KEYWORD},
        {"@@ zq", CODE_PREPROCESSOR},
        {"#define", CODE_PREPROCESSOR},
        {"#include", CODE_PREPROCESSOR},
        {"#![zq]", CODE_PREPROCESSOR},
        {"#[zq]", CODE_PREPROCESSOR},
        {"$zq", CODE_NAME},
        {"@zq", CODE_PREPROCESSOR},
        {"def zq", CODE_NAME},
        {"fn zq", CODE_NAME},
        {"<b>", CODE_KEYWORD},
        {"<zq>", CODE_KEYWORD},
        {"<zq", CODE_KEYWORD},
        {"if", CODE_KEYWORD},
        {"else", CODE_KEYWORD},
        {"for", CODE_KEYWORD},
        {"while", CODE_KEYWORD},
        {"return", CODE_KEYWORD},
        {"class", CODE_KEYWORD},
        {"import", CODE_KEYWORD},
        {"def", CODE_KEYWORD},
        {"func", CODE_KEYWORD},
        {"function", CODE_KEYWORD},
        {"let", CODE_KEYWORD},
        {"public", CODE_KEYWORD},
        {"end", CODE_KEYWORD},
        {"case", CODE_KEYWORD},
        {"try", CODE_KEYWORD},
        {"module", CODE_KEYWORD},
        {"package", CODE_KEYWORD},
        {"and", CODE_KEYWORD},
        {"AND", CODE_KEYWORD},
        {"NOT", CODE_KEYWORD},
        {"SELECT", CODE_KEYWORD},
        {"true", CODE_NUMBER},
        {"True", CODE_NUMBER},
        {"null", CODE_NUMBER},
        {"nil", CODE_NUMBER},
        {"int", CODE_TYPE},
        {"bool", CODE_TYPE},
        {"integer", CODE_TYPE},
        {"INTEGER", CODE_TYPE},
        {"int32_t", CODE_TYPE},
        {"TODO", CODE_NOTICE},
        {"FIXME", CODE_NOTICE},
        {"42", CODE_NUMBER},
        {"0x2a", CODE_NUMBER},
        {"4.2", CODE_NUMBER},
        {": 42", CODE_NUMBER},
        {"\\n", CODE_SPECIAL},
        {"\\\"", CODE_SPECIAL},
        {"{", CODE_SPECIAL},
        {"(", CODE_SPECIAL},
        {"=", CODE_SPECIAL},
};

/* Of one that goes over lines: its start must match the first `n` bytes at the least. */
static const struct {
	const char *sample;
	size_t n;
	enum code_role role;
} beginnings[] = {
        {"/** zq", 2, CODE_COMMENT},
        {"/* zq", 2, CODE_COMMENT},
        {"<!-- zq", 4, CODE_COMMENT},
        {"(* zq", 2, CODE_COMMENT},
        {"{- zq", 2, CODE_COMMENT},
        {"--[[ zq", 4, CODE_COMMENT},
        {"#| zq", 2, CODE_COMMENT},
        {"=begin", 6, CODE_COMMENT},
        {"#= zq", 2, CODE_COMMENT},
        {"\"\"\"zq", 3, CODE_STRING},
        {"\'\'\'zq", 3, CODE_STRING},
        {"[[zq", 2, CODE_STRING},
        {"''zq", 2, CODE_STRING},
        {"r#\"zq", 3, CODE_STRING},
        {"r\"(zq", 3, CODE_STRING},
        {"#\"zq", 2, CODE_STRING},
        {"@\"zq", 2, CODE_STRING},
        {"<<EOF", 5, CODE_STRING},
        {"`zq", 1, CODE_STRING},
        {"'zq\\", 1, CODE_STRING},
        {"\"zq\\", 1, CODE_STRING},
        {" \"zq", 2, CODE_STRING},
        {"#if", 3, CODE_PREPROCESSOR},
        {"#![zq", 2, CODE_PREPROCESSOR},
};

/* What no sample is like, by nano's colour: told apart at least. */
static const struct {
	const char *colour;
	enum code_role role;
} colours[] = {
        {"normal", CODE_TEXT},
        {"red", CODE_NAME},
        {"green", CODE_TYPE},
        {"yellow", CODE_KEYWORD},
        {"blue", CODE_NAME},
        {"magenta", CODE_NUMBER},
        {"cyan", CODE_PREPROCESSOR},
        {"lime", CODE_SPECIAL},
        {"mint", CODE_SPECIAL},
        {"grey", CODE_COMMENT},
        {"gray", CODE_COMMENT},
        {"black", CODE_COMMENT},
};

/* How much of the sample's beginning the rule, or its start, matches. */
static size_t
matched(const struct grammar_rule *rule, struct regex_room *room, const char *sample)
{
	size_t start, end;

	if (regex_find(rule->start, room, sample, strlen(sample), 0, &start, &end) != REGEX_FOUND || start != 0)
		return 0;
	return end;
}

static bool
fits(const struct grammar_rule *rule, struct regex_room *room, const char *sample)
{
	return matched(rule, room, sample) == strlen(sample);
}

static bool
is_comment(const struct grammar_rule *rule, struct regex_room *room, struct nanorc_piece sign)
{
	struct buf sample = {0};
	size_t n;

	if (sign.n == 0)
		return false;
	buf_put(&sample, sign.text, sign.n);
	buf_puts(&sample, " zq (zq");
	n = matched(rule, room, buf_text(&sample));
	n = rule->end ? n : n == sample.len ? n : 0;
	buf_release(&sample);
	return n >= sign.n;
}

static bool
role_of_line(struct grammar_rule *rule, struct regex_room *room)
{
	/* A word of small letters is no string, no number and no keyword. */
	if (fits(rule, room, "zq"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		if (fits(rule, room, samples[i].sample)) {
			rule->role = samples[i].role;
			return true;
		}
	return false;
}

static bool
role_of_beginning(struct grammar_rule *rule, struct regex_room *room)
{
	for (size_t i = 0; i < ARRAY_LEN(beginnings); i++)
		if (matched(rule, room, beginnings[i].sample) >= beginnings[i].n) {
			rule->role = beginnings[i].role;
			return true;
		}
	return false;
}

bool
grammar_role_try(struct grammar_rule *rule, struct regex_room *room, struct nanorc_piece comment)
{
	bool found = true;

	if (is_comment(rule, room, comment))
		rule->role = CODE_COMMENT;
	else
		found = rule->end ? role_of_beginning(rule, room) : role_of_line(rule, room);
	rule->alone = found && (rule->role == CODE_STRING || rule->role == CODE_COMMENT);
	return found;
}

/* ---- colours ---- */

struct nanorc_piece
grammar_role_foreground(struct nanorc_piece colour)
{
	static const char *const before[] = {"bold,", "italic,"};

	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		size_t n = strlen(before[i]);

		if (colour.n > n && memcmp(colour.text, before[i], n) == 0)
			colour = (struct nanorc_piece){colour.text + n, colour.n - n};
	}
	for (size_t i = 0; i < colour.n; i++)
		if (colour.text[i] == ',')
			colour.n = i;
	return colour;
}

enum code_role
grammar_role_of_colour(struct nanorc_piece name)
{
	for (size_t i = 0; i < ARRAY_LEN(colours); i++) {
		size_t n = strlen(colours[i].colour);

		/* "brightred" and "lightred" are red. */
		if (name.n >= n && memcmp(name.text + name.n - n, colours[i].colour, n) == 0)
			return colours[i].role;
	}
	return CODE_NAME;
}
