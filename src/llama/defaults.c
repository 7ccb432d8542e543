/*
 * defaults.c - a server's numbers are floats, such as 0.800000011920929: they are kept as they are shown, 0.8.
 */
#include "llama/defaults.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "llama/json.h"

static const double random_seed = 4294967295.0; /* LLAMA_DEFAULT_SEED; typed as -1 */

/* Some have another name there. */
static const cJSON *
find_member(const cJSON *params, const char *name)
{
	static const char *const others[][2] = {
	        {"logprobs", "n_probs"}, {"max_tokens", "n_predict"}, {"typical_p", "typ_p"}};
	const cJSON *member = json_get(params, name);

	for (size_t i = 0; !member && i < ARRAY_LEN(others); i++)
		if (strcmp(name, others[i][0]) == 0)
			member = json_get(params, others[i][1]);
	return member;
}

static char *
read_number(const struct parameter *p, const cJSON *member)
{
	char *json, *shown;

	if (strcmp(p->name, "seed") == 0 && member->valuedouble == random_seed)
		return mem_strdup("-1");
	json = cJSON_PrintUnformatted(member);
	shown = json ? parameter_show(p, json) : NULL;
	cJSON_free(json);
	return shown;
}

static char *
read_other(const struct parameter *p, const cJSON *member)
{
	struct err ignored;
	char *json = cJSON_PrintUnformatted(member), *value = json ? parameter_from_json(p, json, &ignored) : NULL;

	cJSON_free(json);
	return value;
}

static void
read_params(struct parameters *set, const cJSON *params)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++) {
		const cJSON *member = find_member(params, table[i].name);
		bool is_number = table[i].type == PARAMETER_NUMBER || table[i].type == PARAMETER_INTEGER;

		if (is_number && cJSON_IsNumber(member))
			parameters_set(set, &table[i], read_number(&table[i], member));
		else if (!is_number && member)
			parameters_set(set, &table[i], read_other(&table[i], member));
	}
}

void
defaults_put(const char *props, size_t len, struct buf *out)
{
	struct err ignored;
	cJSON *json = json_parse(props, len, &ignored);
	const cJSON *settings = json_get(json, "default_generation_settings"), *params = json_get(settings, "params");
	struct parameters set = {0};
	struct buf object = {0};

	read_params(&set, params ? params : settings);
	parameters_put_json(&set, &object);
	if (object.len <= DEFAULTS_MAX)
		buf_put(out, buf_text(&object), object.len);
	buf_release(&object);
	parameters_release(&set);
	cJSON_Delete(json);
}

void
defaults_read(struct parameters *set, const char *text, size_t len)
{
	struct err ignored;
	cJSON *json = json_parse(text, len, &ignored);

	parameters_release(set);
	read_params(set, json);
	cJSON_Delete(json);
}
