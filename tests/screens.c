/*
 * screens.c - the screen tests in plain files: tests/screens/NAME.screen each, played as tests/play.h says. A section is
 * a line "name: value", or "name:" and lines after tabs:
 *
 *	size: 60x12        columns and rows, if others
 *	args, config       as in tests/play.h
 *	seeks: /a /b       no endpoint is configured, and these paths on the stand-in are tried
 *	history:           a history (tests/play_history.h), which may be empty; without it flynn has none
 *	server: | chat:    the stand-in's script: all of it, or what answers a chat request of a server that is fine
 *	script:            what happens; the last section
 *
 * The first line is a comment that says what it shows. FLYNN_SCREENS_WRITE=1 writes the screens that are seen into the
 * files, in place of those that stand there: to be read before they are committed. By hand: screens_test 'screens/a*'.
 * Without an argument this program plays every other file, and tests/other_screens_test the others.
 */
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/play.h"
#include "tests/sections.h"

#define SECTIONS(X)                                                                                                    \
	X(SIZE, "size")                                                                                                \
	X(ARGS, "args")                                                                                                \
	X(SEEKS, "seeks")                                                                                              \
	X(CONFIG, "config")                                                                                            \
	X(HISTORY, "history")                                                                                          \
	X(SERVER, "server")                                                                                            \
	X(CHAT, "chat")                                                                                                \
	X(SCRIPT, "script")

enum section_index {
#define X(section, name) SECTION_##section,
	SECTIONS(X)
#undef X
	        N_SECTIONS
};

#ifdef OTHER_SCREENS
enum { FIRST = 1 };
#else
enum { FIRST = 0 };
#endif

struct screen {
	char *path, *name, *text;
	struct section sections[N_SECTIONS];
};

static void
read_screen(struct screen *s)
{
	static const char *const names[] = {
#define X(section, name) name,
	        SECTIONS(X)
#undef X
	};
	size_t len;

	for (size_t i = 0; i < N_SECTIONS; i++)
		s->sections[i].name = names[i];
	s->text = harness_read(s->path, &len);
	s->name = sections_read(s->path, s->sections, N_SECTIONS);
}

/* The file again, with another script in it. */
static void
write_screen(const struct screen *s, const char *script)
{
	const char *section = strstr(s->text, "\nscript:\n");
	FILE *file = section ? fopen(s->path, "w") : NULL;

	if (!file)
		sections_bail_out(s->path, "cannot write", "script:");
	fprintf(file, "%.*s\nscript:\n", (int)(section - s->text), s->text);
	for (size_t n; *script; script += n + (script[n] == '\n')) {
		n = strcspn(script, "\n");
		fprintf(file, "%s%.*s\n", n > 0 ? "\t" : "", (int)n, script);
	}
	fclose(file);
}

static void
say_why(const char *why)
{
	for (size_t n; *why; why += n + (why[n] == '\n')) {
		n = strcspn(why, "\n");
		printf("# %.*s\n", (int)n, why);
	}
}

static const char *
section_or_null(const struct screen *s, enum section_index section)
{
	return s->sections[section].text.len > 0 ? buf_text(&s->sections[section].text) : NULL;
}

static void
the_screen_is_as_it_says(void)
{
	const struct screen *s = harness_arg();
	const char *write = getenv("FLYNN_SCREENS_WRITE"), *server = section_or_null(s, SECTION_SERVER);
	char *chat = mem_printf("%s%s", PLAY_CHAT, buf_text(&s->sections[SECTION_CHAT].text));
	struct buf why = {0}, written = {0};
	struct play play = {.server = server ? server : chat,
	        .script = buf_text(&s->sections[SECTION_SCRIPT].text),
	        .args = section_or_null(s, SECTION_ARGS),
	        .seeks = section_or_null(s, SECTION_SEEKS),
	        .config = section_or_null(s, SECTION_CONFIG),
	        .history = s->sections[SECTION_HISTORY].given ? buf_text(&s->sections[SECTION_HISTORY].text) : NULL,
	        .rows = 12,
	        .cols = 60,
	        .write = write && *write};
	bool held;

	sscanf(buf_text(&s->sections[SECTION_SIZE].text), "%dx%d", &play.cols, &play.rows);
	held = play_run(&play, &why, &written);
	if (!held)
		say_why(buf_text(&why));
	else if (play.write)
		write_screen(s, buf_text(&written));
	CU_ASSERT(held);
	buf_release(&why);
	buf_release(&written);
	free(chat);
}

static void
release(struct screen *s)
{
	for (size_t i = 0; i < N_SECTIONS; i++)
		buf_release(&s->sections[i].text);
	free(s->path);
	free(s->name);
	free(s->text);
}

int
main(int argc, char **argv)
{
	char *pattern = harness_path(argc == 2 ? argv[1] : "screens/*.screen");
	struct screen *screens;
	size_t n = 0, step = argc == 2 ? 1 : 2;
	glob_t found;
	int status;

	if (glob(pattern, 0, NULL, &found) != 0)
		sections_bail_out(pattern, "no files", "screens");
	screens = mem_alloc(found.gl_pathc * sizeof(*screens));
	for (size_t i = FIRST % step; i < found.gl_pathc; i += step) {
		struct screen *s = &screens[n++];

		s->path = mem_strdup(found.gl_pathv[i]);
		read_screen(s);
		harness_add("screens", s->name, the_screen_is_as_it_says, s);
	}
	signal(SIGPIPE, SIG_IGN);
	play_init();
	status = harness_main(NULL);
	for (size_t i = 0; i < n; i++)
		release(&screens[i]);
	free(screens);
	globfree(&found);
	free(pattern);
	return status;
}
