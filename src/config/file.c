/*
 * file.c - a table of the keys, and the walk over the file's tree that looks each of them up there.
 */
#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "config/keys.h"
#include "config/paths.h"
#include "config/value.h"
#include "config/yaml.h"

#define USUAL_ENDPOINT "http://localhost:8080" /* of the examples in messages */

struct reader {
	const char *path;
	struct err *err;
};

static bool wrong(const struct reader *, int line, const char *format, ...) PRINTF_LIKE(3, 4);

static bool
wrong(const struct reader *r, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(r->err, ERR_CONFIG, format, args);
	va_end(args);
	return err_set(r->err, ERR_CONFIG, "%s:%d: %s", r->path, line, r->err->text);
}

/* The error there is already, placed: it goes on from the key's name. */
static bool
wrong_value(const struct reader *r, const struct tree *t)
{
	return wrong(r, t->line, "%s %s", t->key, r->err->text);
}

/* ---- what a key's value is made into; `to` is the member ---- */

static bool
take_text(UNUSED const struct reader *r, const struct tree *t, void *to)
{
	char **text = to;

	*text = *t->text ? mem_strdup(t->text) : NULL;
	return true;
}

static bool
take_endpoint(const struct reader *r, const struct tree *t, void *to)
{
	struct endpoint endpoint;

	if (*t->text && !endpoint_parse(&endpoint, t->text, r->err))
		return wrong(r, t->line, "%s", r->err->text);
	if (*t->text)
		endpoint_release(&endpoint);
	return take_text(r, t, to);
}

/* The factory knows the providers: it is asked for a client of this one at an endpoint that is surely good. */
static bool
take_provider(const struct reader *r, const struct tree *t, void *to)
{
	const struct model_settings settings = {.provider = t->text, .endpoint = "http://localhost"};
	struct model_client *client = model_client_new(&settings, r->err);
	char **provider = to;

	if (!client)
		return wrong(r, t->line, "%s", r->err->text);
	model_client_free(client);
	free(*provider);
	*provider = mem_strdup(t->text);
	return true;
}

static bool
take_token(const struct reader *r, const struct tree *t, void *to)
{
	return value_token(t->text, r->err) ? take_text(r, t, to) : wrong_value(r, t);
}

static bool
take_path(const struct reader *r, const struct tree *t, void *to)
{
	char **path = to;

	*path = *t->text ? paths_beside(r->path, t->text) : NULL;
	return true;
}

static bool
take_seconds(const struct reader *r, const struct tree *t, void *to)
{
	return value_seconds(t->text, to, r->err) ? true : wrong_value(r, t);
}

static bool
take_bool(const struct reader *r, const struct tree *t, void *to)
{
	return value_bool(t->text, to, r->err) ? true : wrong_value(r, t);
}

/* What is so unless it is said otherwise: the member says that it is not. */
static bool
take_unless(const struct reader *r, const struct tree *t, void *to)
{
	bool wanted, *unwanted = to;

	if (!value_bool(t->text, &wanted, r->err))
		return wrong_value(r, t);
	*unwanted = !wanted;
	return true;
}

static bool
take_theme(const struct reader *r, const struct tree *t, void *to)
{
	static const char *const names[] = {
	        [CONFIG_THEME_AUTO] = "auto", [CONFIG_THEME_DARK] = "dark", [CONFIG_THEME_LIGHT] = "light"};
	enum config_theme *theme = to;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(t->text, names[i]) == 0) {
			*theme = (enum config_theme)i;
			return true;
		}
	return wrong(r, t->line, "theme must be dark, light or auto");
}

static bool
take_keys(const struct reader *r, const struct tree *t, void *to)
{
	int line;

	return keys_read(t, to, &line, r->err) ? true : wrong(r, line, "%s", r->err->text);
}

/* ---- the keys ---- */

struct key {
	const char *name;
	bool (*take)(const struct reader *, const struct tree *, void *to);
	size_t member;       /* of struct config_model, or of struct config for a top key */
	bool plain;          /* stands without quotes */
	const char *example; /* for messages; NULL: it is a mapping, taken as it is */
};

/* clang-format off */
static const struct key model_keys[] = {
#define KEY(name, type, plain, example) {#name, take_##type, offsetof(struct config_model, name), plain, example}
	KEY(provider, provider, false, "llamacpp"),
	KEY(endpoint, endpoint, false, USUAL_ENDPOINT),
	KEY(auth_token, token, false, "the server's --api-key"),
	KEY(model, text, false, "the name on the server"),
	KEY(system, text, false, "You are a helpful assistant."),
	{"timeout", take_seconds, offsetof(struct config_model, timeout_ms), true, "60"},
	KEY(ca_file, path, false, "ca.pem"),
	KEY(insecure, bool, true, "false"),
#undef KEY
};

static const struct key top_keys[] = {
	{.name = "default", .example = "local"},
	{.name = "models", .example = "local: {endpoint: " USUAL_ENDPOINT "}"},
	{"theme", take_theme, offsetof(struct config, theme), false, "dark"},
	{"mouse", take_unless, offsetof(struct config, no_mouse), true, "false"},
	{"highlight", take_unless, offsetof(struct config, plain_code), true, "false"},
	{"syntax_folder", take_path, offsetof(struct config, syntax_folder), false, "/usr/share/nano"},
	{"model_titles", take_bool, offsetof(struct config, model_titles), true, "true"},
	{"copy_command", take_text, offsetof(struct config, copy_command), false, "wl-copy"},
	{"open_command", take_text, offsetof(struct config, open_command), false, "firefox"},
	{"keys", take_keys, offsetof(struct config, keys), false, NULL},
};
/* clang-format on */

static const struct key *
find_key(const struct key *keys, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

static bool
unknown_key(const struct reader *r, const struct tree *t, const struct key *keys, size_t n)
{
	size_t best = n, distance = (size_t)-1;
	struct buf known = {0};

	for (size_t i = 0; i < n; i++) {
		size_t d = nearest_distance(t->key, keys[i].name);

		if (nearest_is_near(t->key, keys[i].name) && d < distance) {
			best = i;
			distance = d;
		}
		buf_printf(&known, "%s%s", i ? ", " : "", keys[i].name);
	}
	if (best < n)
		wrong(r, t->key_line, "unknown key \"%s\": did you mean \"%s\"?", t->key, keys[best].name);
	else if (keys == top_keys && find_key(model_keys, ARRAY_LEN(model_keys), t->key))
		wrong(r, t->key_line, "\"%s\" belongs to a model: put it under models: and the model's name", t->key);
	/* A value that lost its key may be a secret: `{auth_token, sk-…}` is two keys without values. */
	else if (tree_is_null(t))
		wrong(r, t->key_line, "unknown key, without a value: the keys here are %s", buf_text(&known));
	else
		wrong(r, t->key_line, "unknown key \"%s\": the keys here are %s", t->key, buf_text(&known));
	buf_release(&known);
	return false;
}

/* ---- the walk ---- */

static bool
check_text(const struct reader *r, const struct tree *t, const struct key *key)
{
	if (t->type != TREE_TEXT)
		return wrong(r, t->key_line, "%s must be one value, not a %s: write %s: %s", key->name,
		        t->type == TREE_MAP ? "mapping" : "list", key->name, key->example);
	if (key->plain && !t->plain)
		return wrong(
		        r, t->line, "%s must stand without quotes: write %s: %s", key->name, key->name, key->example);
	return true;
}

static bool
read_model(const struct reader *r, const struct tree *t, struct config_model *m)
{
	*m = (struct config_model){
	        .name = mem_strdup(t->key),
	        .provider = mem_strdup("llamacpp"),
	        .timeout_ms = CONFIG_TIMEOUT_MS,
	};
	if (t->type != TREE_MAP && !tree_is_null(t))
		return wrong(
		        r, t->key_line, "model \"%s\" has no keys: put endpoint: %s below it", t->key, USUAL_ENDPOINT);
	for (size_t i = 0; i < t->n; i++) {
		const struct tree *item = &t->items[i];
		const struct key *key = find_key(model_keys, ARRAY_LEN(model_keys), item->key);

		if (!key)
			return unknown_key(r, item, model_keys, ARRAY_LEN(model_keys));
		if (tree_is_null(item))
			continue;
		if (!check_text(r, item, key) || !key->take(r, item, (char *)m + key->member))
			return false;
	}
	if (!m->endpoint)
		return wrong(r, t->key_line, "model \"%s\" has no endpoint: add endpoint: %s", t->key, USUAL_ENDPOINT);
	return true;
}

static bool
read_models(const struct reader *r, const struct tree *t, struct config *c)
{
	if (t->n == 0 || t->type != TREE_MAP)
		return wrong(r, t->key_line, "models names no model: put one below it, such as local: {endpoint: %s}",
		        USUAL_ENDPOINT);
	c->models = mem_alloc(t->n * sizeof(*c->models));
	while (c->n_models < t->n) {
		const struct tree *item = &t->items[c->n_models];

		if (!read_model(r, item, &c->models[c->n_models++]))
			return false;
	}
	c->model = c->models;
	return true;
}

static bool
read_default(const struct reader *r, const struct tree *t, struct config *c)
{
	struct buf names = {0};

	if (tree_is_null(t))
		return true;
	if (!check_text(r, t, &top_keys[0]))
		return false;
	for (size_t i = 0; i < c->n_models; i++) {
		if (strcmp(c->models[i].name, t->text) == 0) {
			c->model = &c->models[i];
			buf_release(&names);
			return true;
		}
		buf_printf(&names, "%s%s", i ? ", " : "", c->models[i].name);
	}
	if (c->n_models)
		wrong(r, t->line, "default is \"%s\", but there is no such model: the models are %s", t->text,
		        buf_text(&names));
	else
		wrong(r, t->line, "default is \"%s\", but there are no models: add models: with %s below it", t->text,
		        t->text);
	buf_release(&names);
	return false;
}

static bool
read_setting(const struct reader *r, const struct tree *t, const struct key *key, struct config *c)
{
	if (tree_is_null(t))
		return true;
	return (!key->example || check_text(r, t, key)) && key->take(r, t, (char *)c + key->member);
}

static bool
read_top(const struct reader *r, const struct tree *t, struct config *c)
{
	const struct tree *chosen = NULL;

	if (tree_is_null(t))
		return true;
	if (t->type != TREE_MAP)
		return wrong(r, t->line, "no keys here: begin with models:");
	for (size_t i = 0; i < t->n; i++) {
		const struct tree *item = &t->items[i];
		const struct key *key = find_key(top_keys, ARRAY_LEN(top_keys), item->key);

		if (!key)
			return unknown_key(r, item, top_keys, ARRAY_LEN(top_keys));
		if (key == &top_keys[0])
			chosen = item;
		else if (key->take ? !read_setting(r, item, key, c) : !read_models(r, item, c))
			return false;
	}
	return !chosen || read_default(r, chosen, c);
}

bool
file_parse(struct config *c, const char *text, size_t n, struct err *err)
{
	struct reader r = {.path = c->path, .err = err};
	struct tree *root = tree_parse(c->path, text, n, err);
	bool ok = root && read_top(&r, root, c);

	tree_free(root);
	return ok;
}

/* ---- the bytes ---- */

static bool
read_bytes(int fd, const char *path, struct buf *b, struct err *err)
{
	char bytes[16384];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EISDIR)
			return err_set(err, ERR_CONFIG, "%s: this is a directory: name the file in it", path);
		if (n < 0)
			return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
		if (!buf_append(b, bytes, (size_t)n))
			return err_set(err, ERR_CONFIG, "%s: larger than 1 MiB: this is no configuration file", path);
	}
	return true;
}

bool
file_load(struct config *c, bool wanted, struct err *err)
{
	int fd = open(c->path, O_RDONLY | O_CLOEXEC);
	struct buf b;
	bool ok;

	if (fd < 0 && !wanted && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (fd < 0)
		return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", c->path, strerror(errno));
	buf_init(&b, FILE_MAX);
	ok = read_bytes(fd, c->path, &b, err) && file_parse(c, buf_text(&b), b.len, err);
	c->file_read = ok;
	buf_release(&b);
	close(fd);
	return ok;
}
