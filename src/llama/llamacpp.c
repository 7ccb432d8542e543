/*
 * llamacpp.c - the provider for llama-server: what its requests have beyond the API that it shares with others.
 */
#include <string.h>

#include "llama/completion.h"
#include "llama/model_client.h"
#include "llama/request.h"
#include "llama/resume.h"

/* Templates know a switch or an effort, or neither. Takes the value. */
static bool
add_thinking(cJSON *root, cJSON *value)
{
	bool on = strcmp(value->valuestring, "on") == 0;
	cJSON *arguments = cJSON_AddObjectToObject(root, "chat_template_kwargs");

	cJSON_Delete(value);
	return arguments && cJSON_AddBoolToObject(arguments, "enable_thinking", on) &&
	       (on || cJSON_AddStringToObject(root, "reasoning_effort", "none"));
}

/* `thinking` stands before reasoning_effort in the table: off leaves no effort. */
static bool
add_parameter(cJSON *root, const struct parameter *p, cJSON *value)
{
	if (value && strcmp(p->name, "thinking") == 0)
		return add_thinking(root, value);
	return request_add_parameter(root, p, value);
}

/* Usage, and how much of the prompt is read, come only when asked for. */
static bool
add_stream(cJSON *own)
{
	cJSON *options = cJSON_AddObjectToObject(own, "stream_options");

	return options && cJSON_AddTrueToObject(options, "include_usage") &&
	       cJSON_AddTrueToObject(own, "return_progress");
}

static bool
add_own(cJSON *own, const struct chat_request *request)
{
	return (!request->stream || add_stream(own)) &&
	       (!request->answer_now || request_add_value(own, "reasoning_control", cJSON_CreateTrue()));
}

static struct model_encoder *
encoder_new(const struct model_client *client, const struct chat_request *request, const char *path)
{
	static const struct request_dialect dialect = {add_parameter, add_own, .sends_reasoning = true};

	return request_encoder_new(client, request, path, &dialect);
}

const struct model_provider *
llamacpp_provider(void)
{
	static const struct model_resume resume = {resume_rest, resume_stop, resume_find};
	static const struct model_provider provider = {
	        .name = "llamacpp",
	        .is_llama_server = true,
	        .encoder_new = encoder_new,
	        .encoder_free = request_encoder_free,
	        .encoder_step = request_encoder_step,
	        .reply_new = completion_new,
	        .reply_free = completion_free,
	        .head = completion_head,
	        .feed = completion_feed,
	        .finish = completion_finish,
	        .lacks_rest = completion_lacks_rest,
	        .resume = &resume,
	};

	return &provider;
}
