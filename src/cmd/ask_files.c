/*
 * ask_files.c - reads files, and asks for /props, and on a router for its list of models too; a server that is no llama-server has
 * that list alone.
 */
#include "cmd/ask_files.h"

#include "chat/conversation.h"
#include "cmd/disk_limit.h"
#include "llama/model_input.h"
#include "llama/served.h"
#include "llama/server.h"
#include "system/attachment_file.h"

enum {
	ANSWER_MS = 5000,
};

/* ---- reading ---- */

static struct attachment *
read_file(const char *path, const struct attachment_limits *limits, struct err *err)
{
	struct attachment *file;

	disk_limit_enter(path, 0);
	file = attachment_file_read(path, limits, err);
	disk_limit_leave();
	return file;
}

bool
ask_files_read(const struct config_list *paths, const struct attachment_limits *limits, struct attachments *files,
        struct err *err)
{
	bool good = true;

	if (paths->n == 0)
		return true;
	disk_limit_tell("nothing was asked");
	if (!disk_limit_begin_files(err))
		return false;
	for (size_t i = 0; i < paths->n && good; i++) {
		struct attachment *file = read_file(paths->items[i], limits, err);

		good = file != NULL;
		if (good)
			attachments_add(files, file);
	}
	disk_limit_end();
	return good;
}

/* ---- what the model takes ---- */

static unsigned
find_in_list(const struct model_client *client, int status, const struct buf *body)
{
	struct served served = {0};
	const struct served_model *model;
	unsigned inputs;

	served_take_models(&served, client, status, buf_text(body), body->len, NULL);
	model = served_find(&served, client->model);
	inputs = model ? model->inputs : 0;
	served_release(&served);
	return inputs;
}

static bool
ask_list(struct net *net, const struct model_client *client, int cancel_fd, unsigned *inputs, struct err *err)
{
	struct http_request request = {0};
	struct buf body = {0};
	int status;
	bool asked;

	served_models_request(client, &request);
	asked = client_get(net, &request, ANSWER_MS, cancel_fd, &status, &body, err);
	if (asked)
		*inputs = find_in_list(client, status, &body);
	buf_release(&body);
	return asked;
}

/* 0: the server does not tell, or not in time. False: cancelled. */
static bool
ask_inputs(struct net *net, const struct model_client *client, int cancel_fd, unsigned *inputs, struct err *err)
{
	struct server_info info = {.state = SERVER_READY};
	struct http_head head = {.reason = "", .content_type = "", .location = "", .server = ""};
	struct http_request request = {0};
	struct buf body = {0};
	bool asked;

	*inputs = 0;
	if (!model_is_llama_server(client))
		return ask_list(net, client, cancel_fd, inputs, err);
	server_props_request(client, &request);
	asked = client_get(net, &request, ANSWER_MS, cancel_fd, &head.status, &body, err);
	if (asked && head.status != 0)
		server_props(&info, client, &head, buf_text(&body), body.len);
	buf_release(&body);
	if (asked && info.router && client->model)
		return ask_list(net, client, cancel_fd, inputs, err);
	*inputs = info.inputs;
	return asked;
}

bool
ask_files_check(struct net *net, const struct model_client *client, struct conversation *c,
        const struct attachments *files, int cancel_fd, struct err *err)
{
	struct attachments all = {0};
	unsigned inputs;
	size_t n;
	const struct chat_message *said = conversation_request(c, NULL, &n);
	bool good = true;

	attachments_add_all(&all, files);
	for (size_t i = 0; i < n; i++)
		if (said[i].attachments)
			attachments_add_all(&all, said[i].attachments);
	if (attachments_find(&all, ATTACHMENT_IMAGE) || attachments_find(&all, ATTACHMENT_AUDIO))
		good = ask_inputs(net, client, cancel_fd, &inputs, err) &&
		       model_input_check(inputs, client, client->model ? client->model : "", &all, err);
	attachments_release(&all);
	return good;
}
