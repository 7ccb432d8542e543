/*
 * model_client.c - the table of providers, the factory, and the calls that go through the table.
 */
#include "llama/model_client.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/command_token.h"

/* A provider is a row: its name here, and NAME_provider() in its file. The first is the default. */
#define PROVIDERS(X) X(llamacpp) X(openai)

static const struct model_provider *
find_provider(const char *name)
{
#define X(provider)                                                                                                    \
	if (strcmp(name, #provider) == 0)                                                                              \
		return provider##_provider();
	PROVIDERS(X)
#undef X
	return NULL;
}

const char *
model_client_providers(void)
{
#define X(provider) ", " #provider
	static const char names[] = PROVIDERS(X);
#undef X

	return names + strlen(", ");
}

static bool
check_token(const char *token, struct err *err)
{
	for (const char *c = token ? token : ""; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return err_set(err, ERR_CONFIG,
			        "auth_token holds a control character: write it as one line, without a final newline");
	return true;
}

static char *
copy_set(const char *s)
{
	return s && *s ? mem_strdup(s) : NULL;
}

struct model_client *
model_client_new(const struct model_settings *settings, struct err *err)
{
	const char *name = settings->provider ? settings->provider : "llamacpp";
	const struct model_provider *provider = find_provider(name);
	struct endpoint endpoint;
	struct model_client *client;

	if (!provider) {
		err_set(err, ERR_CONFIG, "unknown provider \"%s\": the providers are %s", name,
		        model_client_providers());
		return NULL;
	}
	if (!provider->is_llama_server && !(settings->model && *settings->model)) {
		err_set(err, ERR_CONFIG, "provider %s needs the model's name on the server: add model: NAME", name);
		return NULL;
	}
	if (!check_token(settings->auth_token, err) || !endpoint_parse(&endpoint, settings->endpoint, err))
		return NULL;
	client = mem_alloc(sizeof(*client));
	client->provider = provider;
	client->endpoint = endpoint;
	client->server_name = mem_strdup(provider->is_llama_server ? "llama-server"
	                                 : settings->name          ? settings->name
	                                                           : settings->model);
	client->auth_token = copy_set(settings->auth_token);
	if (settings->auth_token_command && !client->auth_token)
		client->command_token = command_token_new(settings->auth_token_command);
	client->model = copy_set(settings->model);
	client->ca_file = copy_set(settings->ca_file);
	client->extra = copy_set(settings->extra);
	client->insecure = settings->insecure;
	client->no_resume = settings->no_resume;
	client->timeout_ms = settings->timeout_ms;
	return client;
}

void
model_client_free(struct model_client *client)
{
	if (!client)
		return;
	endpoint_release(&client->endpoint);
	free(client->server_name);
	free(client->auth_token);
	command_token_drop(client->command_token);
	free(client->model);
	free(client->ca_file);
	free(client->extra);
	free(client);
}

bool
model_is_llama_server(const struct model_client *client)
{
	return client->provider->is_llama_server;
}

static bool
provider_takes(const struct model_provider *provider, const struct parameter *p)
{
	return !provider->takes || provider->takes(p);
}

bool
model_takes(const struct model_client *client, const struct parameter *p)
{
	return provider_takes(client->provider, p);
}

bool
model_provider_takes(const char *provider, const struct parameter *p)
{
	return provider_takes(find_provider(provider), p);
}

bool
model_provider_needs_model(const char *provider)
{
	return !find_provider(provider)->is_llama_server;
}

bool
model_check_parameters(const char *provider, const char *name, const struct parameters *set, struct err *err)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	for (size_t i = 0; i < n; i++)
		if (parameters_get(set, &table[i]) && !model_provider_takes(provider, &table[i]))
			return err_set(err, ERR_USAGE,
			        "%s takes no %s, which is of llama-server alone (provider: %s); extra: in its "
			        "configuration sends "
			        "anything",
			        name, table[i].name, provider);
	return true;
}

bool
model_client_warn(const struct model_client *client, struct err *err)
{
	if (!(client->auth_token || client->command_token) || !endpoint_is_open(&client->endpoint))
		return false;
	err_set(err, ERR_CONFIG,
	        "the auth token goes to %s unencrypted, for anybody on the way to read: use https://, or a tunnel "
	        "(ssh -L)",
	        client->endpoint.text);
	return true;
}

struct model_encoder *
model_encoder_new(const struct model_client *client, const struct chat_request *request, const char *path)
{
	struct model_encoder *encoder = client->provider->encoder_new(client, request, path);

	encoder->provider = client->provider;
	return encoder;
}

void
model_encoder_free(struct model_encoder *encoder)
{
	if (encoder)
		encoder->provider->encoder_free(encoder);
}

enum model_encoded
model_encoder_step(struct model_encoder *encoder, size_t most, struct http_request *out, struct err *err)
{
	return encoder->provider->encoder_step(encoder, most, out, err);
}

bool
model_encode_to(const struct model_client *client, const struct chat_request *request, const char *path,
        struct http_request *out, struct err *err)
{
	struct model_encoder *encoder = model_encoder_new(client, request, path);
	enum model_encoded encoded = model_encoder_step(encoder, SIZE_MAX, out, err);

	model_encoder_free(encoder);
	return encoded == MODEL_ENCODED;
}

bool
model_encode(const struct model_client *client, const struct chat_request *request, struct http_request *out,
        struct err *err)
{
	return model_encode_to(client, request, NULL, out, err);
}

const struct model_resume *
model_resume(const struct model_client *client)
{
	return client->no_resume ? NULL : client->provider->resume;
}

struct reply *
reply_new(const struct model_client *client, bool stream, struct reply_sink sink)
{
	struct reply *reply = client->provider->reply_new(client, stream, sink);

	reply->provider = client->provider;
	reply->sink = sink;
	return reply;
}

void
reply_free(struct reply *reply)
{
	if (reply)
		reply->provider->reply_free(reply);
}

void
reply_head(struct reply *reply, const struct http_head *head)
{
	reply->provider->head(reply, head);
}

enum reply_status
reply_feed(struct reply *reply, const char *bytes, size_t n, size_t *used, struct err *err)
{
	return reply->provider->feed(reply, bytes, n, used, err);
}

bool
reply_finish(struct reply *reply, const struct err *broken, struct err *err)
{
	return reply->provider->finish(reply, broken, err);
}

bool
reply_lacks_rest(const struct reply *reply, bool broken)
{
	return reply->provider->lacks_rest && reply->provider->lacks_rest(reply, broken);
}
