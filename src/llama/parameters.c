/*
 * parameters.c - an array with a place for each row of the table.
 */
#include "llama/parameters.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_put.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"

enum {
	SHOWN_MAX = 32, /* bytes of a value in words */
};

void
parameters_release(struct parameters *set)
{
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		free(set->values[i]);
	*set = (struct parameters){0};
}

void
parameters_copy(struct parameters *to, const struct parameters *from)
{
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		to->values[i] = mem_strdup(from->values[i]);
}

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool
parameters_equal(const struct parameters *a, const struct parameters *b)
{
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		if (!is_same(a->values[i], b->values[i]))
			return false;
	return true;
}

bool
parameters_is_empty(const struct parameters *set)
{
	return parameters_equal(set, &(struct parameters){0});
}

const char *
parameters_get(const struct parameters *set, const struct parameter *p)
{
	return set->values[parameter_index(p)];
}

void
parameters_set(struct parameters *set, const struct parameter *p, char *json)
{
	char **value = &set->values[parameter_index(p)];

	free(*value);
	*value = json;
}

bool
parameters_set_typed(struct parameters *set, const char *assignment, struct err *err)
{
	size_t n = strcspn(assignment, "=");
	char *name = mem_strndup(assignment, n), *json;
	const struct parameter *p;

	if (!assignment[n]) {
		err_set(err, ERR_USAGE, "%s: give a value, such as temperature=0.7", name);
		free(name);
		return false;
	}
	p = parameter_find(name, err);
	free(name);
	json = p ? parameter_parse(p, assignment + n + 1, err) : NULL;
	if (!json)
		return false;
	parameters_set(set, p, json);
	return true;
}

void
parameters_fix(struct parameters *set, const char *name, const char *typed)
{
	const struct parameter *p = parameter_named(name);
	struct err ignored;

	parameters_set(set, p, parameter_parse(p, typed, &ignored));
}

long
parameters_integer(const struct parameters *set, const char *name, long otherwise)
{
	const char *json = parameters_get(set, parameter_named(name));

	return json ? strtol(json, NULL, 10) : otherwise;
}

bool
parameters_has(const struct parameters *set, const char *name)
{
	const struct parameter *p = parameter_named(name);

	return p && parameters_get(set, p);
}

void
parameters_merge(struct parameters *to, const struct parameters *over)
{
	const struct parameter *schema = parameter_named("json_schema"), *grammar = parameter_named("grammar");

	if (parameters_get(over, schema))
		parameters_set(to, grammar, NULL);
	if (parameters_get(over, grammar))
		parameters_set(to, schema, NULL);
	for (size_t i = 0; i < PARAMETERS_MAX; i++) {
		if (!over->values[i])
			continue;
		free(to->values[i]);
		to->values[i] = mem_strdup(over->values[i]);
	}
}

bool
parameters_check(const struct parameters *set, struct err *err)
{
	if (!parameters_get(set, parameter_named("json_schema")) || !parameters_get(set, parameter_named("grammar")))
		return true;
	return err_set(err, ERR_USAGE, "json_schema and grammar exclude each other: give one of them");
}

void
parameters_put_json(const struct parameters *set, struct buf *to)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);
	struct buf members = {0};

	for (size_t i = 0; i < n; i++)
		if (set->values[i])
			json_put_raw(&members, table[i].name, set->values[i]);
	if (members.len > 0)
		buf_printf(to, "{%s}", buf_text(&members));
	buf_release(&members);
}

static void
read_member(struct parameters *set, const cJSON *member)
{
	const struct parameter *p = parameter_named(member->string);
	char *json = p ? cJSON_PrintUnformatted(member) : NULL, *value;
	struct err ignored;

	if (!json)
		return;
	value = parameter_from_json(p, json, &ignored);
	if (value)
		parameters_set(set, p, value);
	cJSON_free(json);
}

bool
parameters_read_json(struct parameters *set, const char *json, size_t n)
{
	struct err ignored;
	cJSON *object = json_parse(json, n, &ignored);
	bool is_object = cJSON_IsObject(object);
	const cJSON *member;

	if (is_object)
		cJSON_ArrayForEach(member, object) read_member(set, member);
	cJSON_Delete(object);
	return is_object;
}

static void
put_value(struct buf *to, const struct parameter *p, const char *json)
{
	char *shown = parameter_show(p, json);
	size_t len = strlen(shown), n = len > SHOWN_MAX ? utf8_floor(shown, SHOWN_MAX) : len;

	buf_printf(to, "%s%s %.*s%s", to->len > 0 ? " · " : "", p->name, (int)n, shown, n < len ? "…" : "");
	free(shown);
}

void
parameters_put_words(const struct parameters *set, struct buf *to)
{
	struct buf words = {0};
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++)
		if (set->values[i])
			put_value(&words, &table[i], set->values[i]);
	buf_puts(to, buf_text(&words));
	buf_release(&words);
}
