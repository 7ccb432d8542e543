/*
 * parameter.c - the table, its names, and what each row takes in words.
 */
#include "llama/parameter.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/nearest.h"

#define INT_MOST 2147483647.0

static const char *const switches[] = {"on", "off", NULL};
static const char *const efforts[] = {"none", "minimal", "low", "medium", "high", "xhigh", "max", NULL};
static const char *const samplers[] = {"penalties", "dry", "top_n_sigma", "top_k", "typ_p", "top_p", "min_p", "xtc",
        "temperature", "infill", "adaptive_p", NULL};

/* Ranges are those that mean something to llama-server b11669: what it refuses, and what it would take without a word though it
 * can only be a slip. */
/* clang-format off */
static const struct parameter table[] = {
#define NUMBER(name, group, least, most, step, help) \
	{#name, PARAMETER_NUMBER, PARAMETER_##group, least, most, step, NULL, help}
#define INTEGER(name, group, least, most, step, help) \
	{#name, PARAMETER_INTEGER, PARAMETER_##group, least, most, step, NULL, help}
#define OTHER(name, type, group, choices, help) \
	{#name, PARAMETER_##type, PARAMETER_##group, 0, 0, 0, choices, help}
	NUMBER(temperature, SAMPLING, 0, 20, 0.05, "how freely tokens are chosen; 0: always the likeliest"),
	INTEGER(top_k, SAMPLING, -1, INT_MOST, 1, "choose among the K likeliest tokens; 0: among all"),
	NUMBER(top_p, SAMPLING, 0, 1, 0.01, "choose among the likeliest tokens that add up to P; 1: off"),
	NUMBER(min_p, SAMPLING, 0, 1, 0.01, "drop tokens less likely than P times the likeliest; 0: off"),
	NUMBER(typical_p, SAMPLING, 0, 1, 0.01, "prefer tokens of typical information, up to P; 1: off"),
	NUMBER(top_n_sigma, SAMPLING, -1, 100, 0.1, "keep tokens within N standard deviations of the best; -1: off"),
	NUMBER(xtc_probability, SAMPLING, 0, 1, 0.05, "chance of dropping the likeliest tokens (XTC); 0: off"),
	NUMBER(xtc_threshold, SAMPLING, 0, 1, 0.01, "XTC drops tokens above this probability; over 0.5: off"),
	NUMBER(dynatemp_range, SAMPLING, 0, 20, 0.05, "temperature may move this far, by how sure the model is; 0: off"),
	NUMBER(dynatemp_exponent, SAMPLING, 0, 20, 0.05, "how the temperature moves inside that range"),
	INTEGER(mirostat, SAMPLING, 0, 2, 1, "Mirostat sampling: 1 or 2 is its version; 0: off"),
	NUMBER(mirostat_tau, SAMPLING, 0, 100, 0.1, "Mirostat: the surprise it aims at"),
	NUMBER(mirostat_eta, SAMPLING, 0, 10, 0.01, "Mirostat: its learning rate"),
	OTHER(samplers, LIST, SAMPLING, samplers, "the samplers that are used, in their order"),
	INTEGER(seed, SAMPLING, -1, 4294967295.0, 1, "the same seed gives the same reply; -1: random"),
	OTHER(logit_bias, BIAS, SAMPLING, NULL, "tokens made likelier or not: {\"Hello\": -1} or [[15043, false]]"),

	NUMBER(repeat_penalty, REPETITION, 0.01, 10, 0.01, "punishes tokens that were said already; 1: off"),
	INTEGER(repeat_last_n, REPETITION, 0, INT_MOST, 8, "over so many tokens; 0: off"),
	NUMBER(presence_penalty, REPETITION, -2, 2, 0.05, "punishes tokens that were said at all; 0: off"),
	NUMBER(frequency_penalty, REPETITION, -2, 2, 0.05, "punishes tokens by how often they were said; 0: off"),
	NUMBER(dry_multiplier, REPETITION, 0, 100, 0.05, "punishes repeated sequences (DRY); 0: off"),
	NUMBER(dry_base, REPETITION, 1, 100, 0.05, "DRY: how fast the penalty grows with the length"),
	INTEGER(dry_allowed_length, REPETITION, 0, INT_MOST, 1, "DRY: sequences up to this length are free"),
	INTEGER(dry_penalty_last_n, REPETITION, 0, INT_MOST, 8, "DRY: over so many tokens; 0: off"),

	INTEGER(max_tokens, LENGTH, -1, INT_MOST, 64, "the longest reply, in tokens; -1: until its end"),
	OTHER(stop, LIST, LENGTH, NULL, "texts that end the reply"),
	OTHER(ignore_eos, SWITCH, LENGTH, NULL, "go on after the end that the model gives"),

	OTHER(thinking, CHOICE, THINKING, switches, "whether the model thinks before it answers"),
	OTHER(reasoning_effort, CHOICE, THINKING, efforts, "how much it thinks, where its template knows levels"),
	INTEGER(thinking_budget_tokens, THINKING, -1, INT_MOST, 64, "the longest thought, in tokens; -1: no bound"),

	OTHER(json_schema, OBJECT, FORM, NULL, "the reply is JSON by this schema"),
	OTHER(grammar, TEXT, FORM, NULL, "the reply follows this GBNF grammar"),
	INTEGER(logprobs, FORM, 0, 100, 1, "so many candidates are kept with each token"),

	OTHER(cache_prompt, SWITCH, SERVER, NULL, "the server uses again what it has read of the prompt"),
	INTEGER(id_slot, SERVER, -1, INT_MOST, 1, "the slot that answers; -1: any"),
	INTEGER(n_keep, SERVER, -1, INT_MOST, 64, "tokens of the prompt kept when the context is shifted; -1: all"),
#undef NUMBER
#undef INTEGER
#undef OTHER
};
/* clang-format on */

static_assert(ARRAY_LEN(table) <= PARAMETERS_MAX, "a set has room for every row");

const struct parameter *
parameter_table(size_t *n)
{
	*n = ARRAY_LEN(table);
	return table;
}

size_t
parameter_index(const struct parameter *p)
{
	return (size_t)(p - table);
}

const char *
parameter_group_heading(enum parameter_group group)
{
	static const char *const headings[] = {
#define X(group, heading) heading,
	        PARAMETER_GROUPS(X)
#undef X
	};

	return headings[group];
}

const struct parameter *
parameter_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

static const struct parameter *
find_nearest(const char *name)
{
	const struct parameter *near = NULL;
	size_t distance = (size_t)-1;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		size_t d = nearest_distance(name, table[i].name);

		if (nearest_is_near(name, table[i].name) && d < distance) {
			near = &table[i];
			distance = d;
		}
	}
	return near;
}

const struct parameter *
parameter_find(const char *name, struct err *err)
{
	const struct parameter *found = parameter_named(name), *near = found ? NULL : find_nearest(name);

	if (found)
		return found;
	if (near)
		err_set(err, ERR_USAGE, "there is no parameter \"%s\": did you mean %s?", name, near->name);
	else
		err_set(err, ERR_USAGE, "there is no parameter \"%s\": /set shows those there are", name);
	return NULL;
}

/* ---- what would be right ---- */

static void
put_choices(struct buf *to, const char *const *choices)
{
	for (size_t i = 0; choices[i]; i++)
		buf_printf(to, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
}

static void
put_takes(const struct parameter *p, struct buf *to)
{
	switch (p->type) {
	case PARAMETER_NUMBER:
		buf_printf(to, "a number from %g to %g", p->least, p->most);
		break;
	case PARAMETER_INTEGER:
		if (p->most >= INT_MOST)
			buf_printf(to, "a whole number from %.0f on", p->least);
		else
			buf_printf(to, "a whole number from %.0f to %.0f", p->least, p->most);
		break;
	case PARAMETER_SWITCH:
		buf_puts(to, "on or off");
		break;
	case PARAMETER_CHOICE:
		put_choices(to, p->choices);
		break;
	case PARAMETER_TEXT:
		buf_puts(to, "a text");
		break;
	case PARAMETER_LIST:
		if (p->choices)
			put_choices(to, p->choices);
		else
			buf_puts(to, "texts");
		buf_puts(to, ", separated by commas, or a JSON list");
		break;
	case PARAMETER_BIAS:
		buf_puts(to, "JSON such as {\"Hello\": -1} or [[15043, false]]");
		break;
	case PARAMETER_OBJECT:
		buf_puts(to, "a JSON object");
		break;
	}
}

char *
parameter_takes(const struct parameter *p)
{
	struct buf words = {0};

	put_takes(p, &words);
	return buf_take(&words);
}
