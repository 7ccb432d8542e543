/*
 * refusal.c - llama-server b11669 names a parameter as "Field 'top_k': …", or inside of a sentence, some by the names that they have in
 * its own source. Where several are named the first of the table below counts, then the first of the sentence.
 */
#include "llama/refusal.h"

#include <string.h>

#include "base/compiler.h"

/* What a server calls a parameter, and phrases that mean one. */
static const struct {
	const char *words, *name;
} others[] = {
        {"JSON schema", "json_schema"},
        {"response_format", "json_schema"},
        {"failed to parse grammar", "grammar"},
        {"reasoning_budget_tokens", "thinking_budget_tokens"},
        {"penalty_repeat", "repeat_penalty"},
        {"penalty_last_n", "repeat_last_n"},
        {"penalty_present", "presence_penalty"},
        {"penalty_freq", "frequency_penalty"},
        {"typ_p", "typical_p"},
        {"top_logprobs", "logprobs"},
        {"n_probs", "logprobs"},
        {"n_predict", "max_tokens"},
        {"max_completion_tokens", "max_tokens"},
        {"enable_thinking", "thinking"},
        {"chat_template_kwargs", "thinking"},
};

static bool
is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool
is_quote(char c)
{
	return c && strchr("'\"`", c);
}

/* Where the word stands by itself; NULL: nowhere. In quotes: a word such as `stop` means other things too. */
static const char *
find_word(const char *text, const char *word, bool in_quotes)
{
	size_t n = strlen(word);

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
		char before = at > text ? at[-1] : ' ', after = at[n];

		if (in_quotes ? is_quote(before) && is_quote(after) : !is_of_name(before) && !is_of_name(after))
			return at;
	}
	return NULL;
}

static const struct parameter *
sent_parameter(const struct parameters *sent, const char *name)
{
	struct err ignored;
	const struct parameter *p = parameter_find(name, &ignored);

	return p && parameters_get(sent, p) ? p : NULL;
}

static const struct parameter *
find_other(const char *words, const struct parameters *sent)
{
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		const struct parameter *p = sent_parameter(sent, others[i].name);

		if (p && find_word(words, others[i].words, false))
			return p;
	}
	return NULL;
}

static const struct parameter *
find_name(const char *words, const struct parameters *sent)
{
	size_t n;
	const struct parameter *table = parameter_table(&n), *first = NULL;
	const char *at = NULL;

	for (size_t i = 0; i < n; i++) {
		bool is_plain = !strchr(table[i].name, '_') && strcmp(table[i].name, "logprobs") != 0;
		const char *here = parameters_get(sent, &table[i]) ? find_word(words, table[i].name, is_plain) : NULL;

		if (here && (!at || here < at)) {
			first = &table[i];
			at = here;
		}
	}
	return first;
}

const struct parameter *
refusal_parameter(const char *words, const struct parameters *sent)
{
	const struct parameter *p = find_other(words, sent);

	return p ? p : find_name(words, sent);
}
