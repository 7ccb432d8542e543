/*
 * parameter.c - the table, and values between what is typed and what is sent.
 */
#include "llama/parameter.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/json_put.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "llama/json.h"

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

static cJSON *
refuse(const struct parameter *p, struct err *err)
{
	char *takes = parameter_takes(p);

	err_set(err, ERR_USAGE, "%s takes %s", p->name, takes);
	free(takes);
	return NULL;
}

/* That there is an end is no news before somebody has passed it. */
static cJSON *
refuse_large(const struct parameter *p, struct err *err)
{
	if (p->type != PARAMETER_INTEGER)
		return refuse(p, err);
	err_set(err, ERR_USAGE, "%s takes a whole number from %.0f to %.0f", p->name, p->least, p->most);
	return NULL;
}

/* ---- values: a cJSON tree in, one of canonical form out; NULL: refused ---- */

static cJSON *
make_number(const struct parameter *p, const cJSON *value, struct err *err)
{
	double number = value->valuedouble;

	if (!cJSON_IsNumber(value) || number != number || number < p->least)
		return refuse(p, err);
	if (number > p->most)
		return refuse_large(p, err);
	if (p->type == PARAMETER_INTEGER && number != floor(number))
		return refuse(p, err);
	return cJSON_CreateNumber(number);
}

static const char *
find_choice(const char *const *choices, const char *word)
{
	for (size_t i = 0; choices[i]; i++)
		if (strcmp(choices[i], word) == 0)
			return choices[i];
	return NULL;
}

/* llama-server and other clients have several names for these. */
static const char *
find_sampler(const char *word)
{
	static const char *const others[][2] = {{"typical_p", "typ_p"}, {"temp", "temperature"}, {"top-k", "top_k"},
	        {"top-p", "top_p"}, {"min-p", "min_p"}, {"typ-p", "typ_p"}, {"typical", "typ_p"}};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(others[i][0], word) == 0)
			return others[i][1];
	return find_choice(samplers, word);
}

static cJSON *
make_switch(const struct parameter *p, const cJSON *value, struct err *err)
{
	return cJSON_IsBool(value) ? cJSON_CreateBool(cJSON_IsTrue(value)) : refuse(p, err);
}

static cJSON *
make_choice(const struct parameter *p, const cJSON *value, struct err *err)
{
	const char *word = cJSON_IsString(value) ? find_choice(p->choices, value->valuestring) : NULL;

	if (p->choices == switches && cJSON_IsBool(value))
		word = cJSON_IsTrue(value) ? "on" : "off";
	return word ? cJSON_CreateString(word) : refuse(p, err);
}

static cJSON *
make_text(const struct parameter *p, const cJSON *value, struct err *err)
{
	return cJSON_IsString(value) && *value->valuestring ? cJSON_CreateString(value->valuestring) : refuse(p, err);
}

/* An empty one is that of `samplers` only, where it means something: none. */
static cJSON *
make_list(const struct parameter *p, const cJSON *value, struct err *err)
{
	cJSON *list = cJSON_CreateArray();
	const cJSON *item;

	if (!cJSON_IsArray(value) || (!p->choices && cJSON_GetArraySize(value) == 0)) {
		cJSON_Delete(list);
		return refuse(p, err);
	}
	cJSON_ArrayForEach(item, value)
	{
		const char *text = cJSON_IsString(item) && *item->valuestring ? item->valuestring : NULL;

		if (text && p->choices)
			text = find_sampler(text);
		if (!text) {
			cJSON_Delete(list);
			return refuse(p, err);
		}
		cJSON_AddItemToArray(list, cJSON_CreateString(text));
	}
	return list;
}

static bool
is_bias(const cJSON *value)
{
	return cJSON_IsNumber(value) || cJSON_IsFalse(value);
}

static bool
is_bias_pair(const cJSON *pair)
{
	const cJSON *token = cJSON_GetArrayItem(pair, 0);

	return cJSON_IsArray(pair) && cJSON_GetArraySize(pair) == 2 &&
	       (cJSON_IsNumber(token) || cJSON_IsString(token)) && is_bias(cJSON_GetArrayItem(pair, 1));
}

static cJSON *
make_bias(const struct parameter *p, const cJSON *value, struct err *err)
{
	const cJSON *item;

	if (!cJSON_IsArray(value) && !cJSON_IsObject(value))
		return refuse(p, err);
	cJSON_ArrayForEach(item, value) if (cJSON_IsArray(value) ? !is_bias_pair(item) : !is_bias(item)) return refuse(
	        p, err);
	return cJSON_Duplicate(value, true);
}

static cJSON *
make_object(const struct parameter *p, const cJSON *value, struct err *err)
{
	return cJSON_IsObject(value) ? cJSON_Duplicate(value, true) : refuse(p, err);
}

static cJSON *
make_value(const struct parameter *p, const cJSON *value, struct err *err)
{
	static cJSON *(*const make[])(const struct parameter *, const cJSON *, struct err *) = {
	        [PARAMETER_NUMBER] = make_number,
	        [PARAMETER_INTEGER] = make_number,
	        [PARAMETER_SWITCH] = make_switch,
	        [PARAMETER_CHOICE] = make_choice,
	        [PARAMETER_TEXT] = make_text,
	        [PARAMETER_LIST] = make_list,
	        [PARAMETER_BIAS] = make_bias,
	        [PARAMETER_OBJECT] = make_object,
	};

	return make[p->type](p, value, err);
}

/* Takes the tree; its text is the caller's. */
static char *
print(cJSON *value)
{
	char *text = value ? cJSON_PrintUnformatted(value) : NULL;

	cJSON_Delete(value);
	return text;
}

char *
parameter_from_json(const struct parameter *p, const char *json, struct err *err)
{
	cJSON *value = json_parse(json, strlen(json), err);
	char *text;

	if (!value) {
		refuse(p, err);
		return NULL;
	}
	text = print(make_value(p, value, err));
	cJSON_Delete(value);
	return text;
}

/* ---- what is typed ---- */

static cJSON *
read_switch(const char *word)
{
	static const char *const on[] = {"on", "true", "yes", NULL}, *const off[] = {"off", "false", "no", NULL};

	return find_choice(on, word) ? cJSON_CreateTrue() : find_choice(off, word) ? cJSON_CreateFalse() : NULL;
}

/* A number as people write it: "+1" and ".5" too. JSON's own text decides, which knows no locale. */
static cJSON *
read_number(const char *text)
{
	const char *digits = text + (*text == '+' || *text == '-');
	char *whole = mem_printf("%s%s%s", *text == '-' ? "-" : "", *digits == '.' ? "0" : "", digits);
	struct err ignored;
	cJSON *value = json_parse(whole, strlen(whole), &ignored);

	free(whole);
	return value;
}

/* Between commas, without the spaces around them; empty ones are left out. */
static cJSON *
read_list(const char *text)
{
	static const char spaces[] = " \t\n";
	cJSON *list = cJSON_CreateArray();

	while (*text) {
		size_t n = strcspn(text, ","), front = strspn(text, spaces), end = n;
		char *item;

		while (end > front && strchr(spaces, text[end - 1]))
			end--;
		item = front < end ? mem_strndup(text + front, end - front) : NULL;
		if (item)
			cJSON_AddItemToArray(list, cJSON_CreateString(item));
		free(item);
		text += n + (text[n] == ',');
	}
	return list;
}

static cJSON *
read_typed(const struct parameter *p, const char *text)
{
	struct err ignored;

	switch (p->type) {
	case PARAMETER_NUMBER:
	case PARAMETER_INTEGER:
		return read_number(text);
	case PARAMETER_SWITCH:
		return read_switch(text);
	case PARAMETER_CHOICE:
		return p->choices == switches ? read_switch(text) : cJSON_CreateString(text);
	case PARAMETER_TEXT:
		return cJSON_CreateString(text);
	case PARAMETER_LIST:
		return *text == '[' ? json_parse(text, strlen(text), &ignored) : read_list(text);
	case PARAMETER_BIAS:
	case PARAMETER_OBJECT:
		return json_parse(text, strlen(text), &ignored);
	}
	return NULL;
}

char *
parameter_parse(const struct parameter *p, const char *text, struct err *err)
{
	cJSON *value;
	char *json;

	if (strlen(text) > PARAMETER_BYTES_MAX) {
		err_set(err, ERR_USAGE, "%s is larger than 1 MiB", p->name);
		return NULL;
	}
	if (utf8_span(text, strlen(text)) < strlen(text)) {
		err_set(err, ERR_USAGE, "%s: the value is not UTF-8", p->name);
		return NULL;
	}
	value = read_typed(p, text);
	json = print(value ? make_value(p, value, err) : refuse(p, err));
	cJSON_Delete(value);
	return json;
}

/* ---- what is shown ---- */

/* Is it a float of the server's, such as 0.05000000074505806, which never had most of these digits? */
static bool
is_float(double number)
{
	return fabs(number - (double)(float)number) <= fabs(number) * 1e-14;
}

/* With as few digits as give it again. */
static char *
show_number(double number)
{
	struct buf shown = {0};

	if (number == floor(number) && fabs(number) < 1e15)
		return mem_printf("%.0f", number);
	if (!is_float(number)) {
		json_put_number(&shown, number);
		return buf_take(&shown);
	}
	for (int digits = 6;; digits++) {
		char *text = mem_printf("%.*g", digits, number);

		if (digits == 9 || strtof(text, NULL) == (float)number)
			return text;
		free(text);
	}
}

static bool
needs_json(const char *item)
{
	return !*item || strchr(item, ',') || strpbrk(item, "\n\t[") || item[0] == ' ' || item[strlen(item) - 1] == ' ';
}

/* Between commas where that can be read again, else as JSON. */
static char *
show_list(const cJSON *list)
{
	struct buf out = {0};
	const cJSON *item;

	if (cJSON_GetArraySize(list) == 0)
		return cJSON_PrintUnformatted(list);
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item) || needs_json(item->valuestring)) {
			buf_release(&out);
			return cJSON_PrintUnformatted(list);
		}
		buf_printf(&out, "%s%s", out.len > 0 ? ", " : "", item->valuestring);
	}
	return buf_take(&out);
}

char *
parameter_show(const struct parameter *p, const char *json)
{
	struct err ignored;
	cJSON *value = json_parse(json, strlen(json), &ignored);
	char *text;

	if (cJSON_IsNumber(value))
		text = show_number(value->valuedouble);
	else if (cJSON_IsBool(value))
		text = mem_strdup(cJSON_IsTrue(value) ? "on" : "off");
	else if (cJSON_IsString(value))
		text = mem_strdup(value->valuestring);
	else if (p->type == PARAMETER_LIST && cJSON_IsArray(value))
		text = show_list(value);
	else
		text = mem_strdup(json);
	cJSON_Delete(value);
	return text;
}

/* ---- steps ---- */

static const char *const *
words_of(const struct parameter *p)
{
	return p->type == PARAMETER_SWITCH ? switches : p->type == PARAMETER_CHOICE ? p->choices : NULL;
}

/* On the grid of steps, so that 0.8 and two steps is 0.9 and not 0.90000001. */
static double
step_number(const struct parameter *p, double from, int steps)
{
	double to = floor((from + p->step / 2) / p->step) * p->step + steps * p->step;

	to = round(to * 1e6) / 1e6;
	return to < p->least ? p->least : to > p->most ? p->most : to;
}

static char *
step_word(const struct parameter *p, const char *now, int steps)
{
	const char *const *words = words_of(p);
	int n = 0, at = 0;
	struct err ignored;

	for (; words[n]; n++)
		if (strcmp(words[n], now) == 0)
			at = n;
	at += steps;
	return parameter_parse(p, words[at < 0 ? 0 : at >= n ? n - 1 : at], &ignored);
}

char *
parameter_step(const struct parameter *p, const char *json, int steps)
{
	struct err ignored;
	char *shown, *next = NULL;
	cJSON *value;

	if (words_of(p)) {
		shown = parameter_show(p, json);
		next = step_word(p, shown, steps);
		free(shown);
		return next;
	}
	value = json_parse(json, strlen(json), &ignored);
	if (cJSON_IsNumber(value) && p->step > 0)
		next = print(cJSON_CreateNumber(step_number(p, value->valuedouble, steps)));
	cJSON_Delete(value);
	return next;
}

const char *
parameter_candidate(const struct parameter *p, size_t i)
{
	const char *const *words = p->type == PARAMETER_LIST ? p->choices : words_of(p);

	for (size_t k = 0; words && words[k]; k++)
		if (k == i)
			return words[k];
	return NULL;
}
