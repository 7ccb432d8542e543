/*
 * key_values.c - texts, numbers, paths and parameters out of the file's tree.
 */
#include "config/key_values.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/regular.h"
#include "base/start_limit.h"
#include "config/paths.h"
#include "config/text_file.h"
#include "config/tree_json.h"
#include "config/value.h"
#include "llama/endpoint.h"
#include "llama/model_client.h"
#include "llama/parameters.h"

bool
take_text(UNUSED const struct reader *r, const struct tree *t, void *to)
{
	char **text = to;

	*text = *t->text ? mem_strdup(t->text) : NULL;
	return true;
}

bool
take_endpoint(const struct reader *r, const struct tree *t, void *to)
{
	struct endpoint endpoint;

	if (*t->text && !endpoint_parse(&endpoint, t->text, r->err))
		return reader_wrong_err(r, t->line);
	if (*t->text)
		endpoint_release(&endpoint);
	return take_text(r, t, to);
}

/* The factory knows the providers: it is asked for a client of this one at an endpoint that is surely good. */
bool
take_provider(const struct reader *r, const struct tree *t, void *to)
{
	const struct model_settings settings = {.provider = t->text, .endpoint = "http://localhost", .model = "any"};
	struct model_client *client = model_client_new(&settings, r->err);
	char **provider = to;

	if (!client)
		return reader_wrong_err(r, t->line);
	model_client_free(client);
	free(*provider);
	*provider = mem_strdup(t->text);
	return true;
}

bool
take_token(const struct reader *r, const struct tree *t, void *to)
{
	return value_token(t->text, r->err) ? take_text(r, t, to) : reader_wrong_value(r, t);
}

bool
take_path(const struct reader *r, const struct tree *t, void *to)
{
	char **path = to;

	*path = *t->text ? paths_beside(r->path, t->text) : NULL;
	return true;
}

/* Read later, by others: a disk that does not answer is told of now. */
bool
take_read_path(const struct reader *r, const struct tree *t, void *to)
{
	char **path = to, byte;
	int fd;

	if (!take_path(r, t, to) || !*path)
		return true;
	start_limit_enter(*path);
	fd = regular_open(*path, O_RDONLY, 0);
	if (fd >= 0) {
		(void)!read(fd, &byte, 1);
		close(fd);
	}
	start_limit_leave();
	return true;
}

bool
take_text_file(const struct reader *r, const struct tree *t, void *to)
{
	char *path = paths_beside(r->path, t->text), **text = to;

	start_limit_enter(path);
	*text = text_file_read(path, r->err);
	start_limit_leave();
	free(path);
	return *text || reader_wrong_err(r, t->line);
}

bool
take_seconds(const struct reader *r, const struct tree *t, void *to)
{
	return value_seconds(t->text, to, r->err) ? true : reader_wrong_value(r, t);
}

bool
take_size(const struct reader *r, const struct tree *t, void *to)
{
	return value_size(t->text, to, r->err) ? true : reader_wrong_value(r, t);
}

bool
take_bool(const struct reader *r, const struct tree *t, void *to)
{
	return value_bool(t->text, to, r->err) ? true : reader_wrong_value(r, t);
}

/* A switch that is on by default: the member is true when the file says false. */
bool
take_unless(const struct reader *r, const struct tree *t, void *to)
{
	bool wanted, *unwanted = to;

	if (!value_bool(t->text, &wanted, r->err))
		return reader_wrong_value(r, t);
	*unwanted = !wanted;
	return true;
}

/* ---- parameters ---- */

/* The value's JSON; NULL with an error. A text in quotes is no number. */
static char *
parse_parameter(const struct reader *r, const struct tree *t, const struct parameter *p)
{
	bool bare = p->type == PARAMETER_NUMBER || p->type == PARAMETER_INTEGER || p->type == PARAMETER_SWITCH;
	struct buf json = {0};
	char *value;

	if (t->type == TREE_TEXT && bare && !t->plain) {
		err_set(r->err, ERR_CONFIG, "%s must not be in quotes", p->name);
		return NULL;
	}
	if (t->type == TREE_TEXT)
		return parameter_parse(p, t->text, r->err);
	tree_put_json(t, p->type == PARAMETER_LIST, &json);
	value = parameter_from_json(p, buf_text(&json), r->err);
	buf_release(&json);
	return value;
}

static bool
read_parameter(const struct reader *r, const struct tree *t, struct parameters *set)
{
	const struct parameter *p = parameter_find(t->key, r->err);
	char *value;

	if (!p)
		return reader_wrong_err(r, t->key_line);
	if (tree_is_null(t))
		return true;
	value = parse_parameter(r, t, p);
	if (!value)
		return reader_wrong_err(r, t->line);
	parameters_set(set, p, value);
	return true;
}

bool
take_parameters(const struct reader *r, const struct tree *t, void *to)
{
	if (t->type != TREE_MAP)
		return reader_wrong(r, t->key_line, "%s must be a mapping: write temperature: 0.7 below it", t->key);
	for (size_t i = 0; i < t->n; i++)
		if (!read_parameter(r, &t->items[i], to))
			return false;
	return parameters_check(to, r->err) || reader_wrong_err(r, t->key_line);
}

bool
take_json(const struct reader *r, const struct tree *t, void *to)
{
	struct buf json = {0};

	if (t->type != TREE_MAP)
		return reader_wrong(r, t->key_line, "%s must be a mapping of what is sent to its values", t->key);
	tree_put_json(t, false, &json);
	*(char **)to = buf_take(&json);
	return true;
}
