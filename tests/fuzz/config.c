/*
 * config.c - fuzzing the configuration file: any bytes give a configuration that holds together, or an error with a
 * place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "config/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_config(const struct config *c)
{
	must(c->n_models == 0 ? !c->model : c->model >= c->models && c->model < c->models + c->n_models);
	for (size_t i = 0; i < c->n_models; i++) {
		const struct config_model *m = &c->models[i];

		must(*m->name && m->provider && m->endpoint && *m->endpoint);
		must(utf8_span(m->name, strlen(m->name)) == strlen(m->name));
		must(m->timeout_ms >= 0 && (!m->auth_token || !strpbrk(m->auth_token, " \t\r\n")));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct config c = {.path = mem_strdup("/f")};
	struct err err = {0};

	if (file_parse(&c, (const char *)bytes, n, &err))
		check_config(&c);
	else
		must(err.code == ERR_CONFIG && strncmp(err.text, "/f:", 3) == 0 && err.text[3] >= '1' && err.text[3] <= '9');
	config_release(&c);
	return 0;
}
