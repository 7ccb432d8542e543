/*
 * config.h - the settings of a run in one struct; config_load.h fills it.
 *
 * The file is $XDG_CONFIG_HOME/flynn/config.yaml (~/.config by default), or that of -c. flynn-config(5) describes it;
 * its keys are the rows of a table in file.c. Every error says file:line (or names the option or variable), what is
 * wrong, and what would be right; none shows a token.
 */
#ifndef FLYNN_CONFIG_CONFIG_H
#define FLYNN_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/shell.h"
#include "llama/attachment.h"
#include "llama/model_client.h"
#include "llama/parameters.h"

enum {
	CONFIG_TIMEOUT_MS = 60 * 1000,
};

/* The endpoints tried, in this order, when none is configured: the specification's, and llama-server's new default. */
#define CONFIG_DEFAULT_ENDPOINTS                                                                                       \
	{                                                                                                              \
		"http://localhost:8080", "http://localhost:9931"                                                       \
	}

/* The variable that holds a token; programs that flynn starts do not get it. */
#define CONFIG_TOKEN_VARIABLE SHELL_SECRET

struct config_model {
	char *name;               /* as under `models:`; "default" when there is no file */
	char *provider;           /* "llamacpp" */
	char *endpoint;           /* NULL: none is configured, try CONFIG_DEFAULT_ENDPOINTS */
	char *auth_token;         /* or NULL */
	char *auth_token_command; /* of the shell, which tells it; or NULL */
	char *model;              /* name on the server, or NULL */
	bool made_up;             /* no file has it: -m does not know its name */
	bool asked;               /* `model` is what -m asked for */
	char *system;             /* or NULL */
	char *ca_file;            /* or NULL */
	bool insecure, no_resume;
	long timeout_ms;              /* 0: none */
	struct parameters parameters; /* of its requests */
	char *extra;                  /* a JSON object, sent as it is; or NULL */
	char *greeting;               /* the text of an empty screen, or NULL for the usual one */
};

/* A role: a system prompt, parameters and a model, used together under one name. */
struct config_preset {
	char *name;
	char *system; /* or NULL; of system_file, where that is given */
	char *model;  /* as -m takes it, or NULL */
	struct parameters parameters;
};

struct config_presets {
	struct config_preset *items;
	size_t n;
};

/* The terminal's background. */
enum config_theme {
	CONFIG_THEME_AUTO, /* find out, else look well on any */
	CONFIG_THEME_DARK,
	CONFIG_THEME_LIGHT,
};

/* When a long reply ends that nobody looks at. */
enum config_notify {
	CONFIG_NOTIFY_OFF,
	CONFIG_NOTIFY_BELL,
	CONFIG_NOTIFY_DESKTOP,
};

/* A line that tui/keymap.h reads, made of the file's line of that number. */
struct config_key {
	int line;
	char *text;
};

struct config_keys {
	struct config_key *lines;
	size_t n;
};

struct config {
	char *path;     /* of the file; set even when there is none; NULL after config_for_endpoint */
	bool file_read; /* false: there is no such file */
	bool file_holds_token;
	struct config_model *models;
	size_t n_models; /* at least 1 */
	/* The one in use: that of -m, else of `default:`, else the first; flags and environment applied. */
	struct config_model *model;
	struct config_model *otherwise; /* to its server goes a name that -m does not know: the one in use without -m */
	enum config_theme theme;
	bool model_titles;       /* the model gives conversations their titles */
	bool no_mouse;           /* leave it to the terminal */
	bool plain_code;         /* no colours in code */
	bool offline;            /* set by a command: no server is asked for its health */
	char *syntax_folder;     /* with nanorc files, looked into before the system's; or NULL */
	struct config_keys keys; /* not looked into: screen/key_bindings.h does */
	char *copy_command;      /* of the shell: gets what is copied as its standard input; NULL: the terminal does */
	char *open_command;      /* of the shell: gets an address as its argument; NULL: the system's own */
	enum config_notify notify;
	char *notify_command; /* of the shell, then: gets the words as its argument; or NULL */
	struct config_presets presets;
	char *prompts_folder; /* the library of prompts; NULL after config_for_endpoint */
	struct attachment_limits attach_limits;
	bool images; /* attached pictures are drawn */
	/* Of the command line: these rank as what is set in a conversation. */
	struct parameters parameters;
	const struct config_preset *preset; /* or NULL */
	bool no_preset;                     /* `--preset -`: a conversation that has one goes on without it */
	char *system;                       /* of --system: ranks above that of any preset or model; or NULL */
};

void config_release(struct config *);

/* NULL, with ERR_USAGE and the nearest name, or how to write one: there is no such preset. */
const struct config_preset *config_preset(const struct config *, const char *name, struct err *);

/* What -m and /model take: the name of a model of the file, or with "/NAME" after it another model of the same server, whose
 * name goes to `asked` (NULL: its own). NULL: it is neither. */
struct config_model *config_find_model(const struct config *, const char *name, const char **asked);

/* The clients for the model in use: one, or one per default endpoint. `clients` has room for CONFIG_CLIENTS_MAX; they
 * are the caller's to free. */
enum {
	CONFIG_CLIENTS_MAX = 2,
};
bool config_clients(const struct config *, struct model_client **clients, size_t *n, struct err *) MUST_USE;

/* For tests: the default endpoints from now on, which stay the caller's. */
void config_seek_at(const char *first, const char *second);

#endif
