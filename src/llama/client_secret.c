/*
 * client_secret.c - the configuration's token before a command's.
 */
#include "llama/client_secret.h"

#include "base/mem.h"
#include "llama/command_token.h"

const char *
client_secret(const struct model_client *client)
{
	return client->auth_token || !client->command_token ? client->auth_token
	                                                    : command_token_text(client->command_token);
}

bool
client_has_secret(const struct model_client *client)
{
	return client->auth_token || client->command_token;
}

void
client_authorise(const struct model_client *client, struct http_request *request)
{
	request->auth_token = mem_strdup(client_secret(client));
	request->command_token = command_token_hold(client->command_token);
}
