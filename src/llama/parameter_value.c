/*
 * parameter_value.c - values between what is typed, what is sent and what is shown: each is made of a cJSON tree.
 */
#include "llama/parameter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/json_put.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"

static const char *const on_or_off[] = {"on", "off", NULL};

/* A choice of these two, which JSON may say as true and false. */
static bool
is_on_or_off(const struct parameter *p)
{
	return p->choices && strcmp(p->choices[0], on_or_off[0]) == 0;
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
find_sampler(const struct parameter *p, const char *word)
{
	static const char *const others[][2] = {{"typical_p", "typ_p"}, {"temp", "temperature"}, {"top-k", "top_k"},
	        {"top-p", "top_p"}, {"min-p", "min_p"}, {"typ-p", "typ_p"}, {"typical", "typ_p"}};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(others[i][0], word) == 0)
			return others[i][1];
	return find_choice(p->choices, word);
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

	if (is_on_or_off(p) && cJSON_IsBool(value))
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
			text = find_sampler(p, text);
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
		return is_on_or_off(p) ? read_switch(text) : cJSON_CreateString(text);
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
	return p->type == PARAMETER_SWITCH ? on_or_off : p->type == PARAMETER_CHOICE ? p->choices : NULL;
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
