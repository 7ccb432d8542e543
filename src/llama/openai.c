/*
 * openai.c - the provider for any server that speaks OpenAI's API (its reference, "Create chat completion"): vLLM, SGLang, Ollama,
 * LM Studio, a load balancer before many llama-servers. It is sent fields of that API and no other.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "llama/completion.h"
#include "llama/model_client.h"
#include "llama/request.h"

enum {
	BIAS_NEVER = -100, /* the API's least */
};

static const char *const known[] = {
        "temperature",
        "top_p",
        "presence_penalty",
        "frequency_penalty",
        "seed",
        "stop",
        "max_tokens",
        "logprobs",
        "logit_bias",
        "reasoning_effort",
        "json_schema",
};

static bool
takes(const struct parameter *p)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(p->name, known[i]) == 0)
			return true;
	return false;
}

/* One pair of a list: a token, or its number, with its bias, where false means never. */
static bool
add_bias(cJSON *biases, const cJSON *pair)
{
	const cJSON *token = cJSON_GetArrayItem(pair, 0), *bias = cJSON_GetArrayItem(pair, 1);
	char name[32];

	snprintf(name, sizeof(name), "%.0f", cJSON_IsNumber(token) ? token->valuedouble : 0.0);
	return cJSON_AddNumberToObject(biases, cJSON_IsString(token) ? token->valuestring : name,
	               cJSON_IsNumber(bias) ? bias->valuedouble : BIAS_NEVER) != NULL;
}

/* llama-server takes a list besides, this API an object alone. Takes the value. */
static bool
add_logit_bias(cJSON *root, cJSON *value)
{
	cJSON *biases = cJSON_AddObjectToObject(root, "logit_bias");
	bool added = biases != NULL;

	for (const cJSON *pair = value->child; added && pair; pair = pair->next)
		added = add_bias(biases, pair);
	cJSON_Delete(value);
	return added;
}

/* flynn asks for some things itself where the server knows them, such as a title without a thought before it. */
static bool
add_parameter(cJSON *root, const struct parameter *p, cJSON *value)
{
	if (cJSON_IsArray(value) && strcmp(p->name, "logit_bias") == 0)
		return add_logit_bias(root, value);
	if (takes(p))
		return request_add_parameter(root, p, value);
	cJSON_Delete(value);
	return true;
}

static bool
add_own(cJSON *own, const struct chat_request *request)
{
	cJSON *options = request->stream ? cJSON_AddObjectToObject(own, "stream_options") : NULL;

	return !request->stream || (options && cJSON_AddTrueToObject(options, "include_usage"));
}

static struct model_encoder *
encoder_new(const struct model_client *client, const struct chat_request *request, const char *path)
{
	static const struct request_dialect dialect = {add_parameter, add_own, .sends_reasoning = false};

	assert(!path); /* only a llama-server has others for a chat */
	return request_encoder_new(client, request, path, &dialect);
}

const struct model_provider *
openai_provider(void)
{
	static const struct model_provider provider = {
	        .name = "openai",
	        .takes = takes,
	        .encoder_new = encoder_new,
	        .encoder_free = request_encoder_free,
	        .encoder_step = request_encoder_step,
	        .reply_new = completion_new,
	        .reply_free = completion_free,
	        .head = completion_head,
	        .feed = completion_feed,
	        .finish = completion_finish,
	};

	return &provider;
}
