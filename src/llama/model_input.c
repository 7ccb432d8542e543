/*
 * model_input.c - a bit for each name that servers have for a kind of input.
 */
#include "llama/model_input.h"

#include <string.h>

#include "base/compiler.h"
#include "llama/json.h"
#include "llama/model_client.h"

unsigned
model_input_listed(const cJSON *architecture)
{
	static const struct {
		const char *name;
		unsigned bit;
	} rows[] = {
#define X(input, bit, name) {name, bit},
	        MODEL_INPUTS(X)
#undef X
	};
	const cJSON *list = json_get(architecture, "input_modalities");
	unsigned inputs = 0;

	for (const cJSON *item = cJSON_IsArray(list) ? list->child : NULL; item; item = item->next)
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			if (cJSON_IsString(item) && strcmp(item->valuestring, rows[i].name) == 0)
				inputs |= rows[i].bit;
	return inputs;
}

unsigned
model_input_of_props(const cJSON *modalities)
{
	const cJSON *vision = json_get(modalities, "vision"), *audio = json_get(modalities, "audio");

	if (!cJSON_IsBool(vision) && !cJSON_IsBool(audio))
		return 0;
	return MODEL_READS_TEXT | (cJSON_IsTrue(vision) ? MODEL_READS_IMAGE : 0) |
	       (cJSON_IsTrue(audio) ? MODEL_READS_AUDIO : 0);
}

/* What every file of a model is called tells nothing. */
static int
name_length(const char *model)
{
	static const char suffix[] = ".gguf";
	size_t n = strlen(model), tail = sizeof(suffix) - 1;

	return (int)(n > tail && strcmp(model + n - tail, suffix) == 0 ? n - tail : n);
}

/* A bar may cut its end, which the chips say too. */
static bool
refuse(const struct attachment *a, const struct model_client *client, const char *model, const char *kind,
        struct err *err)
{
	const char *name = *model ? model : "the model";

	if (!model_is_llama_server(client))
		return err_set(
		        err, ERR_SERVER, "%s takes no %s: try another model (%s)", client->server_name, kind, a->name);
	return err_set(err, ERR_SERVER, "%.*s takes no %s: try another, or llama-server --mmproj (%s)",
	        name_length(name), name, kind, a->name);
}

bool
model_input_check(unsigned inputs, const struct model_client *client, const char *model, const struct attachments *list,
        struct err *err)
{
	static const struct {
		enum attachment_kind kind;
		unsigned bit;
		const char *words;
	} rows[] = {{ATTACHMENT_IMAGE, MODEL_READS_IMAGE, "pictures"}, {ATTACHMENT_AUDIO, MODEL_READS_AUDIO, "sounds"}};

	for (size_t i = 0; i < ARRAY_LEN(rows) && inputs != 0; i++) {
		const struct attachment *a = attachments_find(list, rows[i].kind);

		if (a && !(inputs & rows[i].bit))
			return refuse(a, client, model, rows[i].words, err);
	}
	return true;
}
