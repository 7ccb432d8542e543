/*
 * doctor.c - one line per check: good or BAD, what was looked at, what was found; under a bad one what to do.
 */
#include "cmd/doctor.h"

#include <errno.h>
#include <inttypes.h>
#include <langinfo.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/signals.h"
#include "cmd/configuration.h"
#include "cmd/doctor_history.h"
#include "cmd/doctor_roles.h"
#include "cmd/report.h"
#include "cmd/say.h"
#include "config/paths.h"
#include "net/client.h"
#include "system/grammar_files.h"
#include "tui/term.h"
#include "tui/terminfo.h"

struct doctor {
	const struct options *options;
	struct config config;
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n_clients;
	struct report report;
	struct err failed; /* why there is no server to talk to; ERR_NONE: there is one */
};

/* ---- configuration ---- */

static void
check_mode(struct doctor *d)
{
	struct stat st;

	if (!d->config.file_read || !d->config.file_holds_token || stat(d->config.path, &st) < 0 || !(st.st_mode & 077))
		return;
	report_bad(&d->report, "auth token", "others on this machine can read %s", d->config.path);
	report_advise("chmod 600 '%s'", d->config.path);
}

/* Of every model, not only of the one in use. */
static void
check_token_on_its_way(struct doctor *d)
{
	for (size_t i = 0; i < d->config.n_models; i++) {
		const struct config_model *m = &d->config.models[i];
		struct endpoint endpoint;
		struct err ignored;

		if (!(m->auth_token || m->auth_token_command) || !m->endpoint ||
		        !endpoint_parse(&endpoint, m->endpoint, &ignored))
			continue;
		if (endpoint_is_open(&endpoint)) {
			report_bad(&d->report, "auth token", "goes to %s unencrypted, for anybody on the way to read",
			        m->endpoint);
			report_advise("use https://%s, or a tunnel:",
			        m->provider && strcmp(m->provider, "llamacpp") != 0
			                ? ""
			                : " (llama-server --ssl-key-file, --ssl-cert-file)");
			report_advise("ssh -L 8080:localhost:8080 HOST, and endpoint: http://localhost:8080");
		}
		endpoint_release(&endpoint);
	}
}

static bool
check_configuration(struct doctor *d)
{
	if (!configuration_load(&d->config, &d->options->config, &d->failed)) {
		report_bad(&d->report, "configuration", "%s", d->failed.text);
		return false;
	}
	if (d->config.file_read)
		report_good("configuration", "%s, model \"%s\"", d->config.path, d->config.model->name);
	else
		report_good("configuration", "no file (it would be %s): the defaults apply", d->config.path);
	check_mode(d);
	check_token_on_its_way(d);
	if (!d->options->server_only)
		doctor_roles(&d->report, &d->config);
	if (!config_clients(&d->config, d->clients, &d->n_clients, &d->failed)) {
		report_bad(&d->report, "endpoint", "%s", d->failed.text);
		return false;
	}
	if (d->n_clients == 1)
		report_good("endpoint", "%s", d->clients[0]->endpoint.text);
	else
		report_good("endpoint", "none is configured: trying %s, then %s", d->clients[0]->endpoint.text,
		        d->clients[1]->endpoint.text);
	return true;
}

/* ---- the server ---- */

/* About a server that is no llama-server. */
static void
advise_about_other(const struct server_info *info, const struct doctor *d)
{
	if (info->state == SERVER_UNAUTHORISED)
		report_advise("give a key of the server: auth_token: in %s, or FLYNN_AUTH_TOKEN", d->config.path);
	else if (info->state == SERVER_NOT_RUNNING || info->state == SERVER_TIMED_OUT)
		report_advise("start it, or correct its endpoint: in %s", d->config.path);
	else
		report_advise("is this where the server has /v1/models? endpoint: in %s", d->config.path);
}

static void
advise_about(const struct server_info *info, const struct doctor *d)
{
	if (info->error.code == ERR_SYSTEM) {
		report_advise("install it: libcurl4 (Debian), libcurl (Fedora) or curl (Arch)");
		return;
	}
	if (!model_is_llama_server(d->clients[0])) {
		advise_about_other(info, d);
		return;
	}
	switch (info->state) {
	case SERVER_NOT_RUNNING:
		report_advise(
		        "start it: systemctl --user start llama-server, or llama-server -m MODEL.gguf --port 8080;");
		report_advise("if it runs elsewhere: endpoint: in %s, or -e URL", d->config.path);
		break;
	case SERVER_TIMED_OUT:
		report_advise(
		        "it takes connections but does not answer: journalctl --user -u llama-server may say why");
		if (d->clients[0]->endpoint.tls)
			report_advise("if it speaks no TLS, its address begins with http://");
		break;
	case SERVER_LOADING:
		report_advise("the model is being loaded: wait, and ask again");
		break;
	case SERVER_UNAUTHORISED:
		report_advise("give the key that llama-server was started with (--api-key): auth_token: in %s, or "
		              "FLYNN_AUTH_TOKEN",
		        d->config.path);
		break;
	case SERVER_FAILING:
	case SERVER_UNKNOWN:
		report_advise("is this the address of a llama-server? endpoint: in %s, or -e URL", d->config.path);
		break;
	case SERVER_SLEEPING:
	case SERVER_READY:
		break;
	}
}

static void
tell_other(const struct server_info *info, const struct model_client *client)
{
	report_good("model", "%s%s", client->model, info->listed ? "" : " (not in the server's list of models)");
	if (info->n_ctx > 0)
		report_good("context", "%" PRId64 " tokens", info->n_ctx);
}

static void
tell_server(struct doctor *d, const struct net_server *found)
{
	const struct server_info *info = &found->info;
	const char *endpoint = d->clients[found->which]->endpoint.text;

	if (!server_state_is_up(info->state)) {
		report_bad(&d->report, "server", "%s: %s", server_state_word(info->state), info->error.text);
		advise_about(info, d);
		return;
	}
	report_good("server", "%s at %s%s", server_state_word(info->state), endpoint,
	        info->router                     ? " (it serves several models)"
	        : info->state == SERVER_SLEEPING ? " (the next prompt wakes it)"
	                                         : "");
	if (!model_is_llama_server(d->clients[found->which])) {
		tell_other(info, d->clients[found->which]);
		return;
	}
	if (info->build[0])
		report_good("server build", "%s", info->build);
	if (info->model[0])
		report_good("model", "%s", info->model);
	if (info->n_ctx > 0)
		report_good("context", "%" PRId64 " tokens in each of %d slots", info->n_ctx, info->slots);
	if (!info->build[0] && !info->router)
		report_good("model", "the server does not say (an older llama-server, or a proxy before it)");
}

static bool
check_server(struct doctor *d)
{
	struct err *err = &d->failed;
	struct net *net;
	struct net_server found;
	bool told = false;

	if (!(net = net_new(NULL, err)))
		return false;
	told = client_probe(
	        net, (const struct model_client *const *)d->clients, d->n_clients, signals_fd(), &found, err);
	if (told) {
		tell_server(d, &found);
		*err = found.info.error;
	}
	if (!net_free(net))
		d->n_clients = 0; /* it may still use them */
	return told;
}

/* ---- this machine ---- */

static void
check_locale(struct doctor *d)
{
	const char *codeset = nl_langinfo(CODESET);

	if (strcmp(codeset, "UTF-8") == 0) {
		report_good("locale", "UTF-8");
		return;
	}
	report_bad(&d->report, "locale", "%s: text outside it will not look right", codeset);
	report_advise("export LANG=C.UTF-8, or another locale whose name ends in UTF-8 (locale -a lists them)");
}

/* Whatever it is, `flynn ask` works. */
static void
check_terminal(void)
{
	const char *name = getenv("TERM"), *other = term_description();

	if (!other) {
		report_good("terminal", "TERM=%s shows no full screen; flynn ask needs none", name ? name : "");
	} else if (strcmp(name, other) == 0) {
		report_good("terminal", "%s", name);
	} else {
		report_good("terminal", "TERM=%s is unknown: used as %s", name, other);
		report_advise("its description comes with it, or: apt install ncurses-term, dnf install ncurses-term");
	}
}

/* The nearest folder that is there must let us make the rest. */
static void
check_folder(struct doctor *d, const char *what, char *path)
{
	char *there = mem_strdup(path);

	while (access(there, F_OK) < 0 && errno == ENOENT && strcmp(there, "/") != 0 && strcmp(there, ".") != 0) {
		char *parent = mem_strdup(dirname(there));

		free(there);
		there = parent;
	}
	if (access(there, W_OK | X_OK) == 0) {
		report_good(what, "%s%s", path, strcmp(there, path) == 0 ? "" : " (not there yet)");
	} else {
		report_bad(&d->report, what, "%s: %s cannot be written (%s)", path, there, strerror(errno));
		report_advise("make it yours: chown \"$USER\" '%s'; chmod u+rwx '%s'", there, there);
	}
	free(there);
	free(path);
}

static bool
is_nano(const char *folder)
{
	const char *name = strrchr(folder, '/');

	return name && strcmp(name, "/nano") == 0;
}

/* Nothing is wrong without them. */
static void
check_syntaxes(const struct doctor *d)
{
	struct grammar_files *files = grammar_files_new(d->config.syntax_folder);
	const char *folder;
	bool nano = false;
	size_t n, i;

	for (i = 0; (folder = grammar_files_folder(files, i, &n)); i++) {
		report_good("code colours", "%zu languages, in %s", n, folder);
		nano = nano || is_nano(folder);
	}
	if (i == 0)
		report_good("code colours", "none: no syntax files are here");
	if (!nano)
		report_advise(
		        "nano brings C, Python, shell and more: apt install nano, dnf install nano, brew install nano");
	grammar_files_free(files);
}

/* Returns the signal that ended it, or 0. */
static int
check_machine(struct doctor *d)
{
	check_locale(d);
	check_terminal();
	check_syntaxes(d);
	doctor_history(&d->report);
	check_folder(d, "data", paths_data());
	check_folder(d, "state", paths_state());
	return signals_take();
}

int
cmd_doctor(const struct options *options)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct doctor d = {.options = options};
	struct err err;
	int number = 0;

	if (!signals_init(signals, 3, &err))
		return say_err(&err);
	if (check_configuration(&d) && !check_server(&d)) {
		number = signals_take();
		if (!number)
			report_bad(&d.report, "server", "%s", d.failed.text);
	}
	if (!number && !options->server_only)
		number = check_machine(&d);
	for (size_t i = 0; i < d.n_clients; i++)
		model_client_free(d.clients[i]);
	if (d.config.models)
		config_release(&d.config);
	if (number)
		return 128 + number;
	return options->server_only ? err_exit_status(d.failed.code) : d.report.bad > 0;
}
