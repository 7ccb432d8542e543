/*
 * stage_script.c - a word and its argument on each line. Words that stand for several things to do (prompt, model, pane) become these.
 */
#include "screen/stage_script.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "config/paths.h"

enum {
	WAIT_MS = 300 * 1000, /* for a reply, or for a text on the screen, where the script does not say */
	UNTIL_MS = 60 * 1000,
	PAUSE_MOST = 3600, /* seconds */
	SPEED_MOST = 1000, /* characters a second */
};

struct line {
	const char *name; /* of the file */
	int number;
	char *word, *argument; /* the argument without blanks around it */
};

static bool
refuse(const struct line *line, const char *what, const char *right, struct err *err)
{
	return err_set(err, ERR_CONFIG, "%s:%d: %s: %s", line->name, line->number, what, right);
}

static struct stage_step *
add(struct stage_script *s, enum stage_what what)
{
	if (s->n == s->space) {
		s->space = s->space ? s->space * 2 : 32;
		s->steps = mem_realloc(s->steps, s->space * sizeof(*s->steps));
	}
	s->steps[s->n] = (struct stage_step){.what = what};
	return &s->steps[s->n++];
}

static void
add_key(struct stage_script *s, struct key key)
{
	add(s, STAGE_KEY)->key = key;
}

/* "\n" in a script is a line feed, "\\" a backslash. */
static char *
unescape(const char *text)
{
	struct buf out = {0};

	for (; *text; text++) {
		bool escaped = *text == '\\' && (text[1] == 'n' || text[1] == '\\');

		text += escaped;
		buf_putc(&out, escaped && *text == 'n' ? '\n' : *text);
	}
	return out.data ? buf_take(&out) : mem_strdup("");
}

/* ---- arguments ---- */

static bool
has_argument(const struct line *line, const char *right, struct err *err)
{
	return *line->argument || refuse(line, line->word, right, err);
}

/* Where there is no argument it is `otherwise`; -1: there must be one. */
static bool
read_seconds(const struct line *line, int otherwise, int *ms, struct err *err)
{
	char *end;
	double seconds = strtod(line->argument, &end);

	if (!*line->argument && otherwise >= 0) {
		*ms = otherwise;
		return true;
	}
	if (end == line->argument || *end || !(seconds >= 0) || seconds > PAUSE_MOST)
		return refuse(line, line->word, "write a number of seconds, at most 3600", err);
	*ms = (int)(seconds * 1000 + 0.5);
	return true;
}

/* ---- words ---- */

static bool
read_type(struct stage_script *s, const struct line *line, struct err *err)
{
	if (!has_argument(line, "write what is to be typed", err))
		return false;
	add(s, STAGE_TYPE)->text = unescape(line->argument);
	return true;
}

static bool
read_prompt(struct stage_script *s, const struct line *line, struct err *err)
{
	if (!read_type(s, line, err))
		return false;
	add_key(s, (struct key){KEYN_ENTER, 0});
	return true;
}

static bool
read_model(struct stage_script *s, const struct line *line, struct err *err)
{
	if (!has_argument(line, "write the name of a model, as /model takes it", err))
		return false;
	add(s, STAGE_TYPE)->text = mem_printf("/model %s", line->argument);
	add_key(s, (struct key){KEYN_ENTER, 0});
	return true;
}

static bool
read_pane(struct stage_script *s, const struct line *line, struct err *err)
{
	static const struct {
		const char *where, *command;
	} rows[] = {{"", "/split"}, {"below", "/split"}, {"beside", "/vsplit"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].where, line->argument) == 0) {
			add(s, STAGE_TYPE)->text = mem_strdup(rows[i].command);
			add_key(s, (struct key){KEYN_ENTER, 0});
			return true;
		}
	return refuse(line, line->word, "write below or beside", err);
}

static bool
read_keys(struct stage_script *s, const struct line *line, struct err *err)
{
	char *rest = line->argument, *save;
	struct err why;

	if (!has_argument(line, "write the names of keys, as `flynn keys` lists them", err))
		return false;
	for (char *name = strtok_r(rest, " \t", &save); name; name = strtok_r(NULL, " \t", &save)) {
		struct key key;

		if (!key_parse(name, &key, &why))
			return refuse(line, name, why.text, err);
		add_key(s, key);
	}
	return true;
}

static bool
read_pause(struct stage_script *s, const struct line *line, struct err *err)
{
	int ms = 0;

	if (!read_seconds(line, -1, &ms, err))
		return false;
	add(s, STAGE_PAUSE)->ms = ms;
	return true;
}

static bool
read_wait(struct stage_script *s, const struct line *line, struct err *err)
{
	int ms = 0;

	if (!read_seconds(line, WAIT_MS, &ms, err))
		return false;
	add(s, STAGE_WAIT)->ms = ms;
	return true;
}

static bool
read_until(struct stage_script *s, const struct line *line, struct err *err)
{
	struct stage_step *step;

	if (!has_argument(line, "write a text that the screen will show", err))
		return false;
	step = add(s, STAGE_UNTIL);
	step->text = mem_strdup(line->argument);
	step->ms = UNTIL_MS;
	return true;
}

static bool
read_note(struct stage_script *s, const struct line *line, struct err *err)
{
	if (!has_argument(line, "write the words for the status bar", err))
		return false;
	add(s, STAGE_NOTE)->text = mem_strdup(line->argument);
	return true;
}

static bool
read_speed(struct stage_script *s, const struct line *line, struct err *err)
{
	char *end;
	double speed = strtod(line->argument, &end);

	if (end == line->argument || *end || !(speed >= 1) || speed > SPEED_MOST)
		return refuse(line, line->word, "write how many characters a second, from 1 to 1000", err);
	add(s, STAGE_SPEED)->ms = (int)(1000 / speed + 0.5);
	return true;
}

static bool
read_hold(struct stage_script *s, const struct line *line, struct err *err)
{
	if (*line->argument)
		return refuse(line, line->word, "it takes nothing; Space goes on", err);
	add(s, STAGE_HOLD);
	return true;
}

/* What stands behind "stand-in", a file's name or "". NULL: it is another word. */
static const char *
after_stand_in(const char *argument)
{
	static const char word[] = "stand-in";
	size_t n = strcspn(argument, " \t");

	if (n != strlen(word) || strncmp(argument, word, n) != 0)
		return NULL;
	return argument + n + strspn(argument + n, " \t");
}

static bool
read_server(struct stage_script *s, const struct line *line, struct err *err)
{
	const char *file = after_stand_in(line->argument);

	if (s->n > 0)
		return refuse(line, line->word, "it stands before all that is done", err);
	if (!file)
		return refuse(line, line->word,
		        "write stand-in, stand-in FILE, or leave the line out: -e URL names another server", err);
	s->stand_in = true;
	free(s->stand_in_file);
	s->stand_in_file = *file ? paths_beside(line->name, file) : NULL;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct stage_script *, const struct line *, struct err *);
} words[] = {
        {"type", read_type},
        {"prompt", read_prompt},
        {"key", read_keys},
        {"pause", read_pause},
        {"wait", read_wait},
        {"until", read_until},
        {"note", read_note},
        {"speed", read_speed},
        {"hold", read_hold},
        {"pane", read_pane},
        {"model", read_model},
        {"server:", read_server},
};

/* ---- lines ---- */

static bool
refuse_word(const struct line *line, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (nearest_is_near(line->word, words[i].name))
			return err_set(err, ERR_CONFIG, "%s:%d: %s is unknown; did you mean %s?", line->name,
			        line->number, line->word, words[i].name);
	return err_set(err, ERR_CONFIG,
	        "%s:%d: %s is unknown: a line begins with type, prompt, key, pause, wait, until, note, speed, hold, "
	        "pane, "
	        "model or server:",
	        line->name, line->number, line->word);
}

static bool
read_words(struct stage_script *s, const struct line *line, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].name, line->word) == 0)
			return words[i].read(s, line, err);
	return refuse_word(line, err);
}

/* Cuts the line, which is changed, into its word and the rest. */
static void
cut(struct line *line, char *text)
{
	size_t n = strlen(text);

	while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		text[--n] = '\0';
	line->word = text + strspn(text, " \t");
	line->argument = line->word + strcspn(line->word, " \t");
	if (*line->argument)
		*line->argument++ = '\0';
	line->argument += strspn(line->argument, " \t");
}

bool
stage_script_read(struct stage_script *s, const char *name, const char *text, struct err *err)
{
	struct line line = {.name = name};
	char *copy = mem_strdup(text), *next = copy;
	bool good = true;

	while (good && next) {
		char *at = next;
		size_t n = strcspn(at, "\n");

		next = at[n] ? at + n + 1 : NULL;
		at[n] = '\0';
		line.number++;
		cut(&line, at);
		good = *line.word == '#' || !*line.word || read_words(s, &line, err);
	}
	if (good && s->n == 0)
		good = err_set(err, ERR_CONFIG, "%s: there is nothing to do in it", name);
	free(copy);
	return good;
}

void
stage_script_release(struct stage_script *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->steps[i].text);
	free(s->steps);
	free(s->stand_in_file);
	*s = (struct stage_script){0};
}
