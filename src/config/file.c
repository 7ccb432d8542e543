/*
 * file.c - a table of the keys, and the walk over the file's tree that looks each of them up there.
 */
#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/regular.h"
#include "base/start_limit.h"
#include "config/key_table.h"
#include "config/key_values.h"
#include "config/keys.h"
#include "config/preset.h"
#include "config/text_file.h"

#define USUAL_ENDPOINT "http://localhost:8080" /* of the examples in messages */

/* Which of the names it is; -1: none. */
static int
find_name(const struct tree *t, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(t->text, names[i]) == 0)
			return (int)i;
	return -1;
}

static bool
take_theme(const struct reader *r, const struct tree *t, void *to)
{
	static const char *const names[] = {
	        [CONFIG_THEME_AUTO] = "auto", [CONFIG_THEME_DARK] = "dark", [CONFIG_THEME_LIGHT] = "light"};
	int found = find_name(t, names, ARRAY_LEN(names));

	if (found < 0)
		return reader_wrong(r, t->line, "theme must be dark, light or auto");
	*(enum config_theme *)to = (enum config_theme)found;
	return true;
}

/* YAML 1.1 has off for false; written so it is a word here. */
static bool
take_notify(const struct reader *r, const struct tree *t, void *to)
{
	static const char *const names[] = {
	        [CONFIG_NOTIFY_OFF] = "off", [CONFIG_NOTIFY_BELL] = "bell", [CONFIG_NOTIFY_DESKTOP] = "desktop"};
	int found = find_name(t, names, ARRAY_LEN(names));

	if (found < 0)
		return reader_wrong(r, t->line, "notify must be off, bell or desktop");
	*(enum config_notify *)to = (enum config_notify)found;
	return true;
}

static bool
take_keys(const struct reader *r, const struct tree *t, void *to)
{
	int line;

	return keys_read(t, to, &line, r->err) || reader_wrong_err(r, line);
}

static const struct key limit_keys[] = {
        {"text", take_size, offsetof(struct attachment_limits, most[ATTACHMENT_TEXT]), false, "1 MiB"},
        {"image", take_size, offsetof(struct attachment_limits, most[ATTACHMENT_IMAGE]), false, "20 MiB"},
        {"audio", take_size, offsetof(struct attachment_limits, most[ATTACHMENT_AUDIO]), false, "20 MiB"},
};

static const struct key_table limit_table = {"Attachments", limit_keys, ARRAY_LEN(limit_keys), NULL};

static bool
take_attach_limit(const struct reader *r, const struct tree *t, void *to)
{
	if (t->type != TREE_MAP)
		return reader_wrong(r, t->key_line,
		        "attach_limit must be a mapping of kinds of files: write image: 20 MiB below it");
	return key_table_read(r, t, &limit_table, to);
}

/* clang-format off */
static const struct key model_keys[] = {
#define KEY(name, type, plain, example) {#name, take_##type, offsetof(struct config_model, name), plain, example}
	KEY(provider, provider, false, "llamacpp"),
	KEY(endpoint, endpoint, false, USUAL_ENDPOINT),
	KEY(auth_token, token, false, "the server's --api-key"),
	KEY(auth_token_command, text, false, "pass show llama"),
	KEY(model, text, false, "the name on the server"),
	KEY(parameters, parameters, false, NULL),
	KEY(extra, json, false, NULL),
	KEY(system, text, false, "You are a helpful assistant."),
	{"timeout", take_seconds, offsetof(struct config_model, timeout_ms), true, "60"},
	KEY(ca_file, read_path, false, "ca.pem"),
	KEY(insecure, bool, true, "false"),
	{"resume", take_unless, offsetof(struct config_model, no_resume), true, "true"},
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
	{"presets", take_presets, offsetof(struct config, presets), false, NULL},
	{"notify", take_notify, offsetof(struct config, notify), false, "bell"},
	{"notify_command", take_text, offsetof(struct config, notify_command), false, "notify-send flynn"},
	{"prompts_folder", take_path, offsetof(struct config, prompts_folder), false, "prompts"},
	{"attach_limit", take_attach_limit, offsetof(struct config, attach_limits), false, NULL},
	{"images", take_bool, offsetof(struct config, images), true, "false"},
};
/* clang-format on */

static const struct key_table model_table = {"Keys of a model", model_keys, ARRAY_LEN(model_keys), NULL};
static const struct key_table top_table = {"Top level", top_keys, ARRAY_LEN(top_keys), &model_table};

/* What the provider's servers do not know is refused, not left out in silence. */
static bool
check_parameters(const struct reader *r, const struct tree *model, const struct config_model *m)
{
	const struct tree *set = tree_get(model, "parameters");

	for (size_t i = 0; set && i < set->n; i++) {
		const struct parameter *p = parameter_named(set->items[i].key);

		if (p && !model_provider_takes(m->provider, p))
			return reader_wrong(r, set->items[i].key_line,
			        "provider %s takes no %s, which is of llama-server alone: leave it out, or put it into "
			        "extra:",
			        m->provider, p->name);
	}
	return true;
}

/* `extra` may not hold a member that flynn itself sends, nor one of `parameters`. */
static bool
check_extra(const struct reader *r, const struct tree *model, const struct config_model *m)
{
	const struct tree *extra = tree_get(model, "extra");

	for (size_t i = 0; m->extra && i < extra->n; i++) {
		const struct tree *item = &extra->items[i];

		if (strcmp(item->key, "messages") == 0 || strcmp(item->key, "stream") == 0 ||
		        strcmp(item->key, "model") == 0)
			return reader_wrong(
			        r, item->key_line, "extra: %s is sent by flynn itself: leave it out", item->key);
		if (parameters_has(&m->parameters, item->key))
			return reader_wrong(r, item->key_line,
			        "%s stands in parameters and in extra: leave one of them out", item->key);
	}
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
		return reader_wrong(
		        r, t->key_line, "model \"%s\" has no keys: put endpoint: %s below it", t->key, USUAL_ENDPOINT);
	if (!key_table_read(r, t, &model_table, m))
		return false;
	if (!m->endpoint)
		return reader_wrong(
		        r, t->key_line, "model \"%s\" has no endpoint: add endpoint: %s", t->key, USUAL_ENDPOINT);
	if (m->auth_token && m->auth_token_command)
		return reader_wrong(r, tree_get(t, "auth_token_command")->key_line,
		        "auth_token and auth_token_command exclude each other: leave one of them out");
	if (!m->model && model_provider_needs_model(m->provider))
		return reader_wrong(r, t->key_line,
		        "model \"%s\" has no model: provider %s needs the name on the server: add model: NAME", t->key,
		        m->provider);
	return check_parameters(r, t, m) && check_extra(r, t, m);
}

static bool
read_models(const struct reader *r, const struct tree *t, struct config *c)
{
	if (t->n == 0 || t->type != TREE_MAP)
		return reader_wrong(r, t->key_line,
		        "models names no model: put one below it, such as local: {endpoint: %s}", USUAL_ENDPOINT);
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
	if (!key_check_text(r, t, &top_keys[0]))
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
		reader_wrong(r, t->line, "default is \"%s\", but there is no such model: the models are %s", t->text,
		        buf_text(&names));
	else
		reader_wrong(r, t->line, "default is \"%s\", but there are no models: add models: with %s below it",
		        t->text, t->text);
	buf_release(&names);
	return false;
}

static bool
read_top(const struct reader *r, const struct tree *t, struct config *c)
{
	const struct tree *chosen = NULL;

	if (tree_is_null(t))
		return true;
	if (t->type != TREE_MAP)
		return reader_wrong(r, t->line, "no keys here: begin with models:");
	for (size_t i = 0; i < t->n; i++) {
		const struct tree *item = &t->items[i];
		const struct key *key = key_find(&top_table, item->key);

		if (!key)
			return key_unknown(r, item, &top_table);
		if (key == &top_keys[0])
			chosen = item;
		else if (key->take ? !key_read(r, item, key, c) : !read_models(r, item, c))
			return false;
	}
	return !chosen || read_default(r, chosen, c);
}

const char *
file_key(size_t i, const char **heading)
{
	const struct key_table *const tables[] = {&top_table, &model_table, preset_keys_table(), &limit_table};

	for (size_t t = 0; t < ARRAY_LEN(tables); i -= tables[t++]->n) {
		*heading = tables[t]->heading;
		if (i < tables[t]->n)
			return tables[t]->rows[i].name;
	}
	return NULL;
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

/* Only one that was named may be a pipe: --config <(make-it). */
static int
open_file(const char *path, bool wanted)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | (wanted ? 0 : O_NONBLOCK));
	struct stat st;

	if (fd < 0 || wanted || (fstat(fd, &st) == 0 && !S_ISFIFO(st.st_mode)))
		return fd;
	close(fd);
	errno = EINVAL;
	return -1;
}

/* False: err says why, or it is not there and need not be. */
static bool
read_file(const char *path, bool wanted, struct buf *b, struct err *err)
{
	int fd = open_file(path, wanted);
	bool ok;

	err->code = ERR_NONE;
	if (fd < 0 && !wanted && (errno == ENOENT || errno == ENOTDIR))
		return false;
	if (fd < 0)
		return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", path, regular_why(errno));
	ok = text_file_bytes(fd, path, b, "this is no configuration file", err);
	close(fd);
	return ok;
}

bool
file_load(struct config *c, bool wanted, struct err *err)
{
	struct buf b;
	bool was_read;

	buf_init(&b, FILE_MAX);
	start_limit_enter(c->path);
	was_read = read_file(c->path, wanted, &b, err);
	start_limit_leave();
	c->file_read = was_read && file_parse(c, buf_text(&b), b.len, err);
	buf_release(&b);
	return c->file_read || (!was_read && err->code == ERR_NONE);
}
