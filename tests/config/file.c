/*
 * file.c - the configuration file: every key, and every mistake with its line.
 */
#include "config/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

/* Endpoints and providers are judged by llama/, in its own words; here only that they come with the line. */
#define LOCAL "models: {local: {endpoint: 'http://localhost:8080'}}\n"

#define MODEL_WITH(keys) "models: {local: {endpoint: 'http://h', " keys "}}\n"

static bool
parse(struct config *c, const char *text, struct err *err)
{
	*c = (struct config){.path = mem_strdup("/etc/f.yaml")};
	*err = (struct err){0};
	return file_parse(c, text, strlen(text), err);
}

static void
reads_every_key(void)
{
	static const char text[] = "default: big\n"
				   "models:\n"
				   "  local:\n"
				   "    endpoint: http://localhost:8080\n"
				   "  big:\n"
				   "    provider: llamacpp\n"
				   "    endpoint: https://example.org/llama\n"
				   "    auth_token: sk-1\n"
				   "    model: qwen\n"
				   "    system: |\n"
				   "      Be brief.\n"
				   "      Be kind.\n"
				   "    timeout: 2.5\n"
				   "    ca_file: ca.pem\n"
				   "    insecure: true\n";
	struct config c;
	struct err err;

	CU_ASSERT_FATAL(parse(&c, text, &err));
	CU_ASSERT_FATAL(c.n_models == 2);
	HARNESS_EQUAL(c.models[0].name, "local");
	HARNESS_EQUAL(c.models[0].provider, "llamacpp");
	HARNESS_EQUAL(c.models[0].endpoint, "http://localhost:8080");
	CU_ASSERT(!c.models[0].auth_token && !c.models[0].model && !c.models[0].system && !c.models[0].ca_file);
	CU_ASSERT(!c.models[0].insecure && c.models[0].timeout_ms == CONFIG_TIMEOUT_MS);
	CU_ASSERT(c.model == &c.models[1]);
	HARNESS_EQUAL(c.model->name, "big");
	HARNESS_EQUAL(c.model->endpoint, "https://example.org/llama");
	HARNESS_EQUAL(c.model->auth_token, "sk-1");
	HARNESS_EQUAL(c.model->model, "qwen");
	HARNESS_EQUAL(c.model->system, "Be brief.\nBe kind.\n");
	HARNESS_EQUAL(c.model->ca_file, "/etc/ca.pem");
	CU_ASSERT(c.model->insecure && c.model->timeout_ms == 2500);
	config_release(&c);
}

static void
takes_null_and_empty_as_unset(void)
{
	static const char text[] = "default:\n"
				   "models:\n"
				   "  a: {endpoint: 'http://h', provider: , auth_token: '', model: ~, system: null, "
				   "timeout: , ca_file: \"\", insecure: }\n"
				   "  b: {endpoint: 'http://h', auth_token: 123, model: true}\n";
	struct config c;
	struct err err;

	CU_ASSERT_FATAL(parse(&c, text, &err));
	CU_ASSERT(c.model == c.models);
	HARNESS_EQUAL(c.model->provider, "llamacpp");
	CU_ASSERT(!c.model->auth_token && !c.model->model && !c.model->system && !c.model->ca_file);
	CU_ASSERT(!c.model->insecure && c.model->timeout_ms == CONFIG_TIMEOUT_MS);
	/* What YAML would take for a number or a truth stays as it was typed, where a text belongs. */
	HARNESS_EQUAL(c.models[1].auth_token, "123");
	HARNESS_EQUAL(c.models[1].model, "true");
	config_release(&c);
}

static void
reads_the_looks(void)
{
	struct config c;
	struct err err;

	CU_ASSERT_FATAL(parse(&c, LOCAL, &err));
	CU_ASSERT(c.theme == CONFIG_THEME_AUTO && !c.no_mouse);
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, "theme: light\nmouse: false\n", &err));
	CU_ASSERT(c.theme == CONFIG_THEME_LIGHT && c.no_mouse && c.n_models == 0);
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, LOCAL "theme: 'dark'\nmouse: true\n", &err));
	CU_ASSERT(c.theme == CONFIG_THEME_DARK && !c.no_mouse && c.n_models == 1);
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, "notify: desktop\nnotify_command: notify-send flynn\n", &err));
	CU_ASSERT(c.notify == CONFIG_NOTIFY_DESKTOP);
	HARNESS_EQUAL(c.notify_command, "notify-send flynn");
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, "notify: bell\n", &err));
	CU_ASSERT(c.notify == CONFIG_NOTIFY_BELL && !c.notify_command);
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, "notify: off\n", &err));
	CU_ASSERT(c.notify == CONFIG_NOTIFY_OFF);
	config_release(&c);
	CU_ASSERT_FATAL(parse(&c, "theme:\nmouse: ~\n", &err));
	CU_ASSERT(c.theme == CONFIG_THEME_AUTO && !c.no_mouse);
	config_release(&c);
}

/* What is left out keeps what was there before. */
static void
reads_limits_of_attachments(void)
{
	static const char text[] = "attach_limit: {text: 512 KiB, audio: 70000, image: }\nimages: false\n";
	struct config c = {
	        .path = mem_strdup("/etc/f.yaml"), .attach_limits = attachment_default_limits(), .images = true};
	struct err err = {0};

	HARNESS_CHECK(file_parse(&c, text, strlen(text), &err), "%s", err.text);
	CU_ASSERT(c.attach_limits.most[ATTACHMENT_TEXT] == 512 * 1024);
	CU_ASSERT(c.attach_limits.most[ATTACHMENT_IMAGE] == 20 * 1024 * 1024);
	CU_ASSERT(c.attach_limits.most[ATTACHMENT_AUDIO] == 70000);
	CU_ASSERT(!c.images);
	config_release(&c);
}

static void
makes_lines_of_keys(void)
{
	static const char text[] = "keys:\n"
				   "  anywhere: ~\n"
				   "  composer:\n"
				   "    C-x C-s: send\n"
				   "    \"[\": 'none'\n"
				   "    C-y:\n"
				   "  where: {F5: what}\n";
	struct config c;
	struct err err;

	CU_ASSERT_FATAL(parse(&c, text, &err));
	CU_ASSERT_FATAL(c.keys.n == 3);
	HARNESS_EQUAL(c.keys.lines[0].text, "bind composer C-x C-s send");
	CU_ASSERT(c.keys.lines[0].line == 4);
	HARNESS_EQUAL(c.keys.lines[1].text, "unbind composer [");
	HARNESS_EQUAL(c.keys.lines[2].text, "bind where F5 what");
	CU_ASSERT(c.keys.lines[2].line == 7);
	config_release(&c);
}

static void
takes_a_file_of_comments_for_none(void)
{
	static const char *const texts[] = {"", "# models:\n", "---\n", "~\n"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct config c;
		struct err err;

		HARNESS_CHECK(parse(&c, texts[i], &err), "%s", err.text);
		CU_ASSERT(c.n_models == 0 && !c.model);
		config_release(&c);
	}
}

static void
check_parameters(const struct parameters *set, const char *want)
{
	struct buf json = {0};

	parameters_put_json(set, &json);
	HARNESS_EQUAL(buf_text(&json), want);
	buf_release(&json);
}

static void
reads_parameters_and_presets(void)
{
	static const char text[] = "models:\n"
				   "  local:\n"
				   "    endpoint: http://h\n"
				   "    parameters:\n"
				   "      temperature: 0.70\n"
				   "      stop: [END, 'a, b']\n"
				   "      samplers: top_k, temp\n"
				   "      thinking: off\n"
				   "      cache_prompt: false\n"
				   "      seed:\n"
				   "      logit_bias: {Hello: -1}\n"
				   "      json_schema: {type: object, required: [a], maxProperties: 3}\n"
				   "    extra:\n"
				   "      top_a: 0.5\n"
				   "      name: '7'\n"
				   "      nothing: ~\n"
				   "      list: [1, x, true]\n"
				   "presets:\n"
				   "  translator:\n"
				   "    system: Translate.\n"
				   "    model: local\n"
				   "    parameters: {temperature: 0}\n"
				   "  plain: {system_file: ~, parameters: {top_k: 1}}\n"
				   "prompts_folder: mine\n";
	struct config c;
	struct err err;

	HARNESS_CHECK(parse(&c, text, &err), "%s", err.text);
	CU_ASSERT_FATAL(c.n_models == 1 && c.presets.n == 2);
	check_parameters(&c.model->parameters,
	        "{\"temperature\":0.7,\"samplers\":[\"top_k\",\"temperature\"],\"logit_bias\":{\"Hello\":-1},\"stop\":"
	        "[\"END\",\"a, b\"],\"thinking\":\"off\",\"json_schema\":{\"type\":\"object\",\"required\":[\"a\"],"
	        "\"maxProperties\":3},\"cache_prompt\":false}");
	HARNESS_EQUAL(c.model->extra, "{\"top_a\":0.5,\"name\":\"7\",\"nothing\":null,\"list\":[1,\"x\",true]}");
	HARNESS_EQUAL(c.presets.items[0].name, "translator");
	HARNESS_EQUAL(c.presets.items[0].system, "Translate.");
	HARNESS_EQUAL(c.presets.items[0].model, "local");
	check_parameters(&c.presets.items[0].parameters, "{\"temperature\":0}");
	CU_ASSERT(!c.presets.items[1].system && !c.presets.items[1].model);
	check_parameters(&c.presets.items[1].parameters, "{\"top_k\":1}");
	HARNESS_EQUAL(c.prompts_folder, "/etc/mine");
	CU_ASSERT(config_preset(&c, "plain", &err) == &c.presets.items[1]);
	CU_ASSERT(!config_preset(&c, "plane", &err));
	HARNESS_EQUAL(err.text, "there is no preset \"plane\": the presets are translator, plain");
	config_release(&c);
}

static void
says_what_is_wrong_and_where(void)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"models:\n  local:\n    endpont: http://h\n",
			"3: unknown key \"endpont\": did you mean \"endpoint\"?"},
		{"models:\n  local:\n    auth-token: x\n",
			"3: unknown key \"auth-token\": did you mean \"auth_token\"?"},
		{"models:\n  local:\n    authToken: x\n", "3: unknown key \"authToken\": did you mean \"auth_token\"?"},
		{"models:\n  local:\n    Timeout: 1\n", "3: unknown key \"Timeout\": did you mean \"timeout\"?"},
		{"models:\n  local:\n    colour: red\n", "3: unknown key \"colour\": the keys here are provider, "
							 "endpoint, auth_token, auth_token_command, model, parameters, extra, system, "
							 "timeout, ca_file, insecure, resume"},
		{LOCAL "model: x\n", "2: unknown key \"model\": did you mean \"models\"?"},
		{LOCAL "colour: x\n", "2: unknown key \"colour\": the keys here are default, models, theme, mouse, highlight, syntax_folder, model_titles, copy_command, open_command, keys, presets, notify, notify_command, prompts_folder, attach_limit, images"},
		{"endpoint: http://h\n",
			"1: \"endpoint\" belongs to a model: put it under models: and the model's name"},
		{"models:\n  local:\n    provider: llamacpp\n",
			"2: model \"local\" has no endpoint: add endpoint: http://localhost:8080"},
		{"models:\n  gpt:\n    provider: openai\n    endpoint: http://h\n",
			"2: model \"gpt\" has no model: provider openai needs the name on the server: add model: NAME"},
		{"models:\n  gpt:\n    parameters:\n      seed: 1\n      top_k: 20\n    provider: openai\n    model: m\n    "
		 "endpoint: http://h\n",
			"5: provider openai takes no top_k, which is of llama-server alone: leave it out, or put it into extra:"},
		{"models:\n  local:\n    endpoint: ''\n",
			"2: model \"local\" has no endpoint: add endpoint: http://localhost:8080"},
		{"models:\n  local:\n", "2: model \"local\" has no endpoint: add endpoint: http://localhost:8080"},
		{"models:\n  local: http://h\n",
			"2: model \"local\" has no keys: put endpoint: http://localhost:8080 below it"},
		{"models:\n  local: [a]\n",
			"2: model \"local\" has no keys: put endpoint: http://localhost:8080 below it"},
		{"\nmodels:\n",
			"2: models names no model: put one below it, such as local: {endpoint: http://localhost:8080}"},
		{"models: {}\n",
			"1: models names no model: put one below it, such as local: {endpoint: http://localhost:8080}"},
		{"models: [a]\n",
			"1: models names no model: put one below it, such as local: {endpoint: http://localhost:8080}"},
		{"models: x\n",
			"1: models names no model: put one below it, such as local: {endpoint: http://localhost:8080}"},
		{LOCAL "default: other\n", "2: default is \"other\", but there is no such model: the models are local"},
		{"default: x\nmodels: {a: {endpoint: 'http://h'}, b: {endpoint: 'http://h'}}\n",
			"1: default is \"x\", but there is no such model: the models are a, b"},
		{"default: x\n", "1: default is \"x\", but there are no models: add models: with x below it"},
		{LOCAL "default: [local]\n", "2: default must be one value, not a list: write default: local"},
		{"attach_limit: 5 MiB\n",
			"1: attach_limit must be a mapping of kinds of files: write image: 20 MiB below it"},
		{"attach_limit: [1 MiB]\n",
			"1: attach_limit must be a mapping of kinds of files: write image: 20 MiB below it"},
		{"attach_limit:\n  video: 1 MiB\n", "2: unknown key \"video\": the keys here are text, image, audio"},
		{"attach_limit:\n  images: 1 MiB\n", "2: unknown key \"images\": did you mean \"image\"?"},
		{"attach_limit:\n  image: 20 MB\n", "2: image must be a size of at most 1 GiB: a number of bytes, or of KiB, MiB or GiB, such as 20 MiB"},
		{"attach_limit:\n  image: [1]\n", "2: image must be one value, not a list: write image: 20 MiB"},
		{"images: 'false'\n", "1: images must not be in quotes: write images: false"},
		{"images: no\n", "1: images must be true or false"},
		{"theme: grey\n", "1: theme must be dark, light or auto"},
		{"notify: on\n", "1: notify must be off, bell or desktop"},
		{"notify: [bell]\n", "1: notify must be one value, not a list: write notify: bell"},
		{LOCAL "mouse: 'true'\n", "2: mouse must not be in quotes: write mouse: false"},
		{LOCAL "mouse: off\n", "2: mouse must be true or false"},
		{"theme: [dark]\n", "1: theme must be one value, not a list: write theme: dark"},
		{"- a\n", "1: no keys here: begin with models:"},
		{"hello\n", "1: no keys here: begin with models:"},
		{"models: {l: {endpoint: {a: b}}}\n",
			"1: endpoint must be one value, not a mapping: write endpoint: http://localhost:8080"},
		{"models:\n l:\n  timeout:\n  - 1\n", "3: timeout must be one value, not a list: write timeout: 60"},
		{"models:\n l:\n  timeout: soon\n",
			"3: timeout must be a number of seconds, such as 60 or 2.5, at most 86400; 0 is no time-out"},
		{"models:\n l:\n  timeout: '60'\n", "3: timeout must not be in quotes: write timeout: 60"},
		{"models:\n l:\n  insecure: yes\n", "3: insecure must be true or false"},
		{"models:\n l:\n  insecure: off\n", "3: insecure must be true or false"},
		{"models:\n l:\n  insecure: \"true\"\n",
			"3: insecure must not be in quotes: write insecure: false"},
		{"models:\n l:\n  auth_token: Bearer x\n", "3: auth_token must not contain spaces, line ends or control "
							   "characters: give the bare token, without \"Bearer\""},
		{"models:\n l:\n  auth_token: |\n   x\n", "3: auth_token must not contain spaces, line ends or control "
							  "characters: give the bare token, without \"Bearer\""},
		{"keys: [a]\n", "1: keys must be a mapping of contexts: write composer: {C-s: send} below it"},
		{"keys:\n  composer: C-s\n",
			"2: composer must be a mapping of keys to actions: write composer: {C-s: send}"},
		{"keys:\n  a b: {C-s: send}\n", "2: \"a b\" is no context: write keys, and below it composer: {C-s: send}"},
		{"keys:\n  composer:\n    C-s: [send]\n",
			"3: C-s takes the name of one action, or none: write C-s: send"},
		{"keys:\n  composer:\n    C-s: send it\n",
			"3: C-s takes the name of one action, or none: write C-s: send"},
		{"keys:\n  composer:\n    C-x C-x C-x: send\n",
			"3: \"C-x C-x C-x\" is no key: write one, or two with a space between them, such as C-x C-s"},
		{"keys:\n  composer:\n    C-s: send\n    C-s: send\n",
			"4: duplicate key \"C-s\": remove it here or in line 3"},
		{MODEL_WITH("parameters: 1"), "1: parameters must be a mapping: write temperature: 0.7 below it"},
		{MODEL_WITH("parameters: {temprature: 1}"),
			"1: there is no parameter \"temprature\": did you mean temperature?"},
		{MODEL_WITH("parameters: {temperature: hot}"), "1: temperature takes a number from 0 to 20"},
		{MODEL_WITH("parameters: {temperature: '1'}"), "1: temperature must not be in quotes"},
		{MODEL_WITH("parameters: {temperature: [1]}"), "1: temperature takes a number from 0 to 20"},
		{MODEL_WITH("parameters: {json_schema: {a: 1}, grammar: x}"),
			"1: json_schema and grammar exclude each other: give one of them"},
		{MODEL_WITH("extra: [a]"), "1: extra must be a mapping of what is sent to its values"},
		{MODEL_WITH("extra: {stream: false}"), "1: extra: stream is sent by flynn itself: leave it out"},
		{MODEL_WITH("parameters: {top_k: 1}, extra: {top_k: 2}"),
			"1: top_k stands in parameters and in extra: leave one of them out"},
		{"presets: [a]\n",
			"1: presets must be a mapping of names: put one below it, such as translator: {system: Translate into English.}"},
		{"presets:\n  a: x\n",
			"2: preset \"a\" has no keys: put system: and its text below it, or parameters:, or model:"},
		{"presets:\n  a:\n", "2: preset \"a\" has no keys: put system: and its text below it, or parameters:, or model:"},
		{"presets:\n  a:\n    sistem: x\n", "3: unknown key \"sistem\": did you mean \"system\"?"},
		{"presets:\n  a:\n    endpoint: x\n",
			"3: unknown key \"endpoint\": the keys here are system, system_file, parameters, model"},
		{"presets:\n  a:\n    system: x\n    system_file: y\n",
			"4: preset \"a\" has a system and a system_file: leave one of them out"},
		{"presets:\n  a:\n    system_file: nope.md\n",
			"3: /etc/nope.md: cannot be read: No such file or directory"},
		{"presets:\n  a:\n    parameters:\n      top_k: 1.5\n", "4: top_k takes a whole number from -1 on"},
		{LOCAL LOCAL, "2: duplicate key \"models\": remove it here or in line 1"},
		{"models:\n\tlocal: x\n", "2: indented by a tab: use spaces"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config c;
		struct err err;
		char *want = mem_printf("/etc/f.yaml:%s", rows[i].want);

		HARNESS_CHECK(!parse(&c, rows[i].in, &err), "accepted: %s", rows[i].in);
		CU_ASSERT(err.code == ERR_CONFIG);
		HARNESS_EQUAL(err.text, want);
		config_release(&c);
		free(want);
	}
}

static void
places_what_the_client_says(void)
{
	struct config c;
	struct err err, want = {0};
	struct endpoint endpoint;

	CU_ASSERT(!parse(&c, "models:\n local:\n  endpoint: localhost\n", &err));
	CU_ASSERT(strncmp(err.text, "/etc/f.yaml:3: ", 15) == 0);
	CU_ASSERT(!endpoint_parse(&endpoint, "localhost", &want));
	HARNESS_EQUAL(err.text + 15, want.text);
	config_release(&c);
	CU_ASSERT(!parse(&c, "models:\n local:\n  endpoint: http://h\n  provider: cloud\n", &err));
	CU_ASSERT(strncmp(err.text, "/etc/f.yaml:4: ", 15) == 0);
	CU_ASSERT(strstr(err.text, "cloud") && strstr(err.text, model_client_providers()));
	config_release(&c);
}

static void
never_shows_a_secret(void)
{
	static const char *const texts[] = {
		"models: {l: {auth_token: sk secret}}\n",
		"models: {l: {auth_token: [sk-secret]}}\n",
		"models: {l: {auth_token: {sk-secret: x}}}\n",
		"models: {l: {auth_token, sk-secret}}\n",
		"models: {l: {auth_tokn: sk-secret}}\n",
		"models:\n l:\n  auth_token: sk-secret: x\n",
		"models:\n l:\n  auth_token sk-secret\n  endpoint: http://h\n",
		"models:\n l:\n  auth_token: \"sk-secret\n",
		"models:\n l:\n  auth_token: @sk-secret\n",
		"models:\n l:\n  auth_token: *sk-secret\n",
		"models:\n l:\n  auth_token: &sk-secret x\n",
		"models:\n l:\n  auth_token: !sk-secret x\n",
		"models:\n l:\n  timeout: sk-secret\n",
		"models:\n l:\n  insecure: sk-secret\n",
		"models:\n l:\n  auth_token: sk-secret\n",
		"models:\n l: sk-secret\n",
		"auth_token: sk-secret\n",
		"sk-secret\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct config c;
		struct err err;

		HARNESS_CHECK(!parse(&c, texts[i], &err), "row %zu", i);
		HARNESS_CHECK(!strstr(err.text, "secret"), "%s", err.text);
		config_release(&c);
	}
}

/* ---- the bytes ---- */

static void
load_wants(const char *path, const char *want)
{
	struct config c = {.path = mem_strdup(path)};
	struct err err = {0};
	char *text = mem_printf("%s: %s", path, want);

	CU_ASSERT(!file_load(&c, true, &err));
	CU_ASSERT(err.code == ERR_CONFIG && !c.file_read);
	HARNESS_EQUAL(err.text, text);
	free(text);
	config_release(&c);
}

static void
write_file(const char *path, const char *text, size_t times)
{
	FILE *f = fopen(path, "w");

	CU_ASSERT_FATAL(f != NULL);
	while (times-- > 0)
		fputs(text, f);
	fclose(f);
}

static void
says_why_a_file_cannot_be_read(void)
{
	char folder[] = "/tmp/flynn-config-XXXXXX";
	char *path;

	CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
	path = mem_printf("%s/f.yaml", folder);
	load_wants(folder, "this is a directory: name the file in it");
	load_wants(path, "cannot be read: No such file or directory");
	write_file(path, "# 16 bytes long\n", FILE_MAX / 16 + 1);
	load_wants(path, "larger than 1 MiB: this is no configuration file");
	write_file(path, LOCAL, 1);
	if (geteuid() != 0) {
		chmod(path, 0);
		load_wants(path, "cannot be read: Permission denied");
	}
	unlink(path);
	rmdir(folder);
	free(path);
}

static void
reads_a_file_of_one_mebibyte(void)
{
	char path[] = "/tmp/flynn-config-XXXXXX";
	int fd = mkstemp(path);
	struct config c = {.path = mem_strdup(path)};
	struct err err = {0};

	CU_ASSERT_FATAL(fd >= 0);
	close(fd);
	write_file(path, "# 16 bytes long\n", FILE_MAX / 16);
	HARNESS_CHECK(file_load(&c, true, &err), "%s", err.text);
	CU_ASSERT(c.file_read && c.n_models == 0);
	unlink(path);
	config_release(&c);
}

CU_TestInfo config_file_tests[] = {
	{"reads every key", reads_every_key},
	{"reads the looks", reads_the_looks},
        {"reads limits of attachments", reads_limits_of_attachments},
	{"makes lines of keys", makes_lines_of_keys},
	{"takes null and empty as unset", takes_null_and_empty_as_unset},
	{"takes a file of comments for none", takes_a_file_of_comments_for_none},
	{"reads parameters and presets", reads_parameters_and_presets},
	{"says what is wrong and where", says_what_is_wrong_and_where},
	{"places what the client says", places_what_the_client_says},
	{"never shows a secret", never_shows_a_secret},
	{"says why a file cannot be read", says_why_a_file_cannot_be_read},
	{"reads a file of one mebibyte", reads_a_file_of_one_mebibyte},
	CU_TEST_INFO_NULL,
};
