/*
 * config_load.h - the configuration from where it is: flags beat environment, that beats the file, that beats defaults.
 */
#ifndef FLYNN_CONFIG_CONFIG_LOAD_H
#define FLYNN_CONFIG_CONFIG_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"

struct config_list {
	const char **items; /* borrowed */
	size_t n;
};

/* Given on the command line; NULL or unset (-1) where not. */
struct config_flags {
	const char *file;       /* -c */
	const char *endpoint;   /* -e */
	const char *model;      /* -m */
	const char *timeout;    /* --timeout, as typed */
	const char *system;     /* --system */
	const char *preset;     /* --preset */
	const char *schema;     /* --schema, a file */
	const char *grammar;    /* --grammar, a file */
	struct config_list set; /* --set, each NAME=VALUE */
};

/* ERR_CONFIG or ERR_USAGE when it is false; the config is then released already. */
bool config_load(struct config *, const struct config_flags *, struct err *) MUST_USE;

/* One model at this endpoint, and defaults for all else: reads neither file nor environment. */
void config_for_endpoint(struct config *, const char *endpoint);

#endif
