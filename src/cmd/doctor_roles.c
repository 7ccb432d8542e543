/*
 * doctor_roles.c - what the configuration gives to requests, by model and by preset; and each file of the library.
 */
#include "cmd/doctor_roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "config/prompt_files.h"

enum {
	BAD_PROMPTS_MAX = 5, /* told one by one */
};

/* ---- parameters and presets ---- */

static void
tell_model(const struct config_model *m)
{
	struct buf words = {0};

	parameters_put_words(&m->parameters, &words);
	if (words.len > 0)
		report_good("parameters", "model \"%s\": %s", m->name, buf_text(&words));
	if (m->extra)
		report_good("extra", "model \"%s\": %zu bytes of JSON, sent unchecked with each request", m->name,
		        strlen(m->extra));
	buf_release(&words);
}

static size_t
count_characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static void
tell_preset(const struct config_preset *p)
{
	struct buf words = {0}, parameters = {0};

	parameters_put_words(&p->parameters, &parameters);
	if (p->system)
		buf_printf(&words, "system prompt of %zu characters", count_characters(p->system));
	if (parameters.len > 0)
		buf_printf(&words, "%s%s", words.len > 0 ? " · " : "", buf_text(&parameters));
	if (p->model)
		buf_printf(&words, "%smodel %s", words.len > 0 ? " · " : "", p->model);
	report_good("preset", "\"%s\": %s", p->name, words.len > 0 ? buf_text(&words) : "nothing in it");
	buf_release(&words);
	buf_release(&parameters);
}

/* ---- the library ---- */

static size_t
check_prompts(struct report *r, const char *folder, const struct prompt_files *files)
{
	size_t bad = 0;

	for (size_t i = 0; i < files->n; i++) {
		struct err err;
		size_t cursor;
		char *text = prompt_files_read(folder, files->items[i].name, &cursor, &err);

		if (!text && bad++ < BAD_PROMPTS_MAX)
			report_bad(r, "prompts", "%s", err.text);
		free(text);
	}
	if (bad > BAD_PROMPTS_MAX)
		report_bad(r, "prompts", "and %zu more that cannot be read", bad - BAD_PROMPTS_MAX);
	return files->n - bad;
}

static void
tell_prompts(struct report *r, const char *folder)
{
	struct prompt_files files;
	struct err err;
	size_t n;

	if (!prompt_files_list(&files, folder, &err)) {
		report_bad(r, "prompts", "%s", err.text);
		return;
	}
	n = check_prompts(r, folder, &files);
	report_good("prompts", "%zu in %s", n, folder);
	prompt_files_release(&files);
}

void
doctor_roles(struct report *r, const struct config *config)
{
	for (size_t i = 0; i < config->n_models; i++)
		tell_model(&config->models[i]);
	for (size_t i = 0; i < config->presets.n; i++)
		tell_preset(&config->presets.items[i]);
	if (config->presets.n == 0)
		report_good("presets", "none");
	if (config->prompts_folder)
		tell_prompts(r, config->prompts_folder);
}
