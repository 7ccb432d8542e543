/*
 * play.c - puts together what `flynn` puts together (cmd/chat.c), but for the terminal.
 */
#include "tests/play.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/notify.h"
#include "app/pane.h"
#include "app/pictures.h"
#include "app/random.h"
#include "app/replay.h"
#include "app/status_activity.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/signals.h"
#include "cmd/options.h"
#include "config/config_load.h"
#include "demo/standin.h"
#include "net/slot_watch.h"
#include "screen/screen.h"
#include "system/attachment_file.h"
#include "store/worker.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/play_disk.h"
#include "tests/play_files.h"
#include "tests/play_history.h"
#include "tests/term_script.h"

enum {
	ARGS_MAX = 16,
	TIMES_SOONER = 4, /* than in flynn a server is asked for its slots, and a reply has taken long */
	PORT_AT = sizeof("http://127.0.0.1") - 1,
	WATCH = 1,
	TIMES_FASTER = 20,  /* than a person who waits for a connection */
	DECODER_MS = 60000, /* for a picture, on a machine that has much else to do */
	NEVER_MS = 24 * 3600 * 1000,
	TRIES = 3, /* to draw a frame twice within the same moment */
};

struct stage {
	const struct play *play;
	struct standin *standin;
	struct app app;
	char *history;          /* its path */
	struct grid last, kept; /* frames */
	struct grid redrawn;    /* the last frame again, drawn from nothing */
	long differs;           /* frames that are not what they would be so */
	struct buf where;       /* of the first of them: the cells that differ */
};

void
play_init(void)
{
	static const int signals[] = {SIGWINCH, SIGCHLD};
	struct err err;

	setlocale(LC_ALL, "C.UTF-8");
	net_hasten(TIMES_FASTER);
	slot_watch_hasten(TIMES_SOONER);
	notify_hasten(TIMES_SOONER);
	status_set_silence(NEVER_MS); /* a slow machine says no other words than a fast one */
	random_end();
	setenv("XDG_CONFIG_HOME", "/proc/0", 1);
	if (!signals_init(signals, ARRAY_LEN(signals), &err)) {
		printf("Bail out! %s\n", err.text);
		exit(1);
	}
}

/* ---- lines of the script ---- */

static enum term_script_answer
wait_for(bool holds)
{
	return holds ? TERM_SCRIPT_DONE : TERM_SCRIPT_WAIT;
}

static enum term_script_answer
do_server(struct stage *s, const char *what)
{
	if (strcmp(what, "go") == 0)
		standin_go(s->standin);
	else if (strcmp(what, "down") == 0)
		standin_listen(s->standin, false);
	else if (strcmp(what, "up") == 0)
		standin_listen(s->standin, true);
	else if (strcmp(what, "probe") != 0)
		return TERM_SCRIPT_WRONG;
	if (strcmp(what, "go") != 0)
		net_probe(s->app.net, WATCH);
	return TERM_SCRIPT_DONE;
}

static bool
was_sent(struct stage *s, const char *quoted)
{
	char *text = mem_strndup(quoted + 1, strlen(quoted) - 2), *request;
	bool found = false;

	for (size_t i = 0; !found && (request = standin_request(s->standin, i, NULL)) != NULL; i++) {
		found = strstr(request, text) != NULL;
		free(request);
	}
	free(text);
	return found;
}

static struct message *
last_prompt(struct stage *s)
{
	size_t n;
	struct message *const *path = conversation_path(s->app.pane->talk->session.conversation, &n);

	while (n > 0 && path[n - 1]->role != CHAT_USER)
		n--;
	return n > 0 ? path[n - 1] : NULL;
}

/* Nobody shares it yet. */
static void
rename_attachment(struct attachment *a, const char *name)
{
	free(a->name);
	free(a->path);
	a->name = mem_strdup(name);
	a->path = NULL;
}

static enum term_script_answer
do_attach(struct stage *s, const char *words)
{
	struct attachment_limits limits = attachment_default_limits();
	const char *as = strstr(words, " as ");
	int n = as ? (int)(as - words) : (int)strlen(words);
	char *path = mem_printf("%s/%.*s", getenv("FLYNN_TESTS"), n, words);
	struct message *prompt = last_prompt(s);
	struct err err;
	struct attachment *a = prompt ? attachment_file_read(path, &limits, &err) : NULL;

	free(path);
	if (!a)
		return TERM_SCRIPT_WRONG;
	if (as)
		rename_attachment(a, as + strlen(" as "));
	attachments_add(&prompt->attachments, a);
	s->app.stale = true;
	return TERM_SCRIPT_DONE;
}

static void
use_decoder(struct app *app, const char *program)
{
	char *path = mem_printf("%s/tests/%s", getenv("FLYNN_BUILD"), program);

	pictures_use(app, path, DECODER_MS);
	free(path);
}

static enum term_script_answer
do_decoder(struct stage *s, const char *what)
{
	use_decoder(&s->app, strcmp(what, "missing") == 0 ? "missing" : "picture_stand_in");
	setenv("PICTURE_STAND_IN", what, 1);
	return TERM_SCRIPT_DONE;
}

static void
copy_frame(struct grid *to, const struct grid *from)
{
	grid_resize(to, from->rows, from->cols);
	memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->cols * sizeof(*to->cells));
	to->cursor_row = from->cursor_row;
	to->cursor_col = from->cursor_col;
}

/* But for the bar. */
static bool
is_as_kept(const struct stage *s)
{
	const struct grid *a = &s->last, *b = &s->kept;
	size_t n = (size_t)(a->rows - 1) * (size_t)a->cols;

	return a->rows == b->rows && a->cols == b->cols && memcmp(a->cells, b->cells, n * sizeof(*a->cells)) == 0 &&
	       a->cursor_row == b->cursor_row && a->cursor_col == b->cursor_col;
}

static enum term_script_answer
do_line(void *arg, const char *line)
{
	struct stage *s = arg;
	size_t n;

	if (strncmp(line, "server ", 7) == 0)
		return do_server(s, line + 7);
	if (strncmp(line, "disk ", 5) == 0 && play_disk_knows(line + 5))
		return wait_for(play_disk_set(s->history, line + 5));
	if (play_files_knows(line))
		return play_files_do(line) ? TERM_SCRIPT_DONE : TERM_SCRIPT_WRONG;
	if (strncmp(line, "attach ", 7) == 0)
		return do_attach(s, line + 7);
	if (strncmp(line, "decoder ", 8) == 0)
		return do_decoder(s, line + 8);
	if (strcmp(line, "keep") == 0) {
		copy_frame(&s->kept, &s->last);
		return TERM_SCRIPT_DONE;
	}
	if (strcmp(line, "as kept") == 0)
		return wait_for(is_as_kept(s));
	if (sscanf(line, "plays %zu", &n) == 1) {
		replay_tell(&s->app, (int64_t)n);
		return TERM_SCRIPT_DONE;
	}
	if (sscanf(line, "answered %zu", &n) == 1)
		return wait_for(standin_count(s->standin, STANDIN_ANSWERED) >= n);
	if (sscanf(line, "left %zu", &n) == 1)
		return wait_for(standin_count(s->standin, STANDIN_LEFT) >= n);
	if (strcmp(line, "saved") == 0)
		return wait_for(store_busy_ms(s->app.keeper->store, clock_ms()) < 0);
	if (strncmp(line, "sent \"", 6) == 0)
		return wait_for(was_sent(s, line + 5));
	return s->play->line ? s->play->line(s->play->arg, line) : TERM_SCRIPT_WRONG;
}

/* ---- setting up ---- */

static void
replace(struct buf *text, const char *from, const char *to)
{
	for (const char *at; (at = strstr(buf_text(text), from)) != NULL;) {
		struct buf changed = {0};

		buf_put(&changed, text->data, (size_t)(at - text->data));
		buf_puts(&changed, to);
		buf_puts(&changed, at + strlen(from));
		buf_release(text);
		*text = changed;
	}
}

static char *
write_config(const char *dir, const char *text, const char *endpoint)
{
	char *path = mem_printf("%s/config.yaml", dir);
	FILE *file = fopen(path, "w");
	struct buf config = {0};

	buf_puts(&config, text);
	replace(&config, "{endpoint}", endpoint);
	replace(&config, "{tests}", getenv("FLYNN_TESTS"));
	if (!file || fputs(buf_text(&config), file) < 0 || fclose(file) != 0) {
		printf("Bail out! cannot write %s\n", path);
		exit(1);
	}
	buf_release(&config);
	return path;
}

/* Both paths are those of programs at different ports. */
static void
seek(const char *paths, const char *endpoint)
{
	static char endpoints[2][128];
	char path[2][32];

	if (sscanf(paths, "%31s %31s", path[0], path[1]) != 2)
		return;
	for (int i = 0; i < 2; i++)
		snprintf(endpoints[i], sizeof(endpoints[i]), "%s%s", endpoint, path[i]);
	config_seek_at(endpoints[0], endpoints[1]);
}

static bool
configure(struct config *config, const struct play *p, const char *endpoint, struct err *err)
{
	char program[] = "flynn", *argv[ARGS_MAX] = {program}, *dir = p->config ? child_dir() : NULL, *path = NULL;
	struct buf args = {0};
	struct options options;
	int argc = 1;
	bool done;

	if (p->seeks)
		seek(p->seeks, endpoint);
	buf_puts(&args, p->args ? p->args : p->config || p->seeks ? "" : "-e {endpoint}");
	replace(&args, "{endpoint}", endpoint);
	for (char *word = args.data ? strtok(args.data, " \n") : NULL; word && argc < ARGS_MAX - 1;
	        word = strtok(NULL, " \n"))
		argv[argc++] = word;
	done = options_parse(&options, argc, argv, FOR_CHAT, err);
	if (done && p->config)
		options.config.file = path = write_config(dir, p->config, endpoint);
	done = done && config_load(config, &options.config, err);
	options_release(&options);
	if (dir)
		child_dir_remove(dir);
	free(dir);
	free(path);
	buf_release(&args);
	return done;
}

/* The port stands in screens as 00000. */
static void
set_port(struct term_script_host *host, const char *endpoint, char *stands_for)
{
	host->varies = endpoint + PORT_AT;
	stands_for[0] = ':';
	memset(stands_for + 1, '0', strlen(host->varies) - 1);
	stands_for[strlen(host->varies)] = '\0';
	host->stands_for = stands_for;
}

/* The bottom row tells the time: it may be another already. */
static bool
is_drawn_anew(struct stage *s, const struct grid *shown)
{
	size_t n = (size_t)(shown->rows - 1) * (size_t)shown->cols;

	grid_resize(&s->redrawn, shown->rows, shown->cols);
	screen_draw(&s->app, &s->redrawn);
	return memcmp(s->redrawn.cells, shown->cells, n * sizeof(*shown->cells)) == 0 &&
	       s->redrawn.cursor_row == shown->cursor_row && s->redrawn.cursor_col == shown->cursor_col;
}

/* Cells that were blanked and cells that hold a blank look alike. */
static void
say_cell(struct buf *out, const struct cell *cell)
{
	buf_printf(out, " %u\"", cell->style);
	if (cell->style == STYLE_PICTURE)
		buf_printf(
		        out, "%.8s %d %d", cell->picture.character, cell->picture.foreground, cell->picture.background);
	else
		buf_puts(out, cell->text);
	buf_putc(out, '"');
}

/* Those of one frame, then of the other, with their styles; not of the bottom row. */
static void
say_where(struct buf *out, const struct grid *shown, const struct grid *anew)
{
	enum { CELLS_SAID = 12 };
	int said = 0;

	buf_printf(out, "cursor %d %d, drawn anew %d %d", shown->cursor_row, shown->cursor_col, anew->cursor_row,
	        anew->cursor_col);
	for (int i = 0; i < (shown->rows - 1) * shown->cols && said < CELLS_SAID; i++) {
		if (memcmp(&shown->cells[i], &anew->cells[i], sizeof(*shown->cells)) == 0)
			continue;
		buf_printf(out, "; row %d column %d:", i / shown->cols, i % shown->cols);
		say_cell(out, &shown->cells[i]);
		say_cell(out, &anew->cells[i]);
		said++;
	}
}

/* So do the titles of panes. What is wrong in a frame stays in one that is drawn over it, what was late does not. */
static bool
stays_wrong(struct stage *s, const struct grid *shown)
{
	size_t n = (size_t)shown->rows * (size_t)shown->cols;
	struct grid over;
	bool wrong = true;

	grid_init(&over, shown->rows, shown->cols);
	memcpy(over.cells, shown->cells, n * sizeof(*over.cells));
	memcpy(over.keys, shown->keys, n * sizeof(*over.keys));
	for (int i = 0; i < TRIES && wrong; i++) {
		screen_draw(&s->app, &over);
		wrong = !is_drawn_anew(s, &over);
	}
	if (wrong && s->where.len == 0)
		say_where(&s->where, &over, &s->redrawn);
	grid_release(&over);
	return wrong;
}

/* Of a long text each frame reads a part: drawn again, this one would read what belongs to the next, and the loop would have
 * nothing to draw that for. */
static bool
is_followed_at_once(const struct app *app)
{
	return app->next_draw_ms != 0 && app->next_draw_ms <= clock_ms();
}

/* It drew texts that grew over the frame before. Above a single conversation there is no title that tells the time. */
static bool
is_of_texts(const struct app *app)
{
	return !app->stale && app->n_panes == 1;
}

static void
see_frame(void *arg, const struct grid *shown)
{
	struct stage *s = arg;

	copy_frame(&s->last, shown);
	if (s->play->frame)
		s->play->frame(s->play->arg, shown);
	if (!is_followed_at_once(&s->app) && !is_drawn_anew(s, shown))
		s->differs += is_of_texts(&s->app) || stays_wrong(s, shown);
}

static bool
run_app(struct stage *s, const struct play *p, struct buf *why, struct buf *written, struct err *err)
{
	char port[16];
	struct term_script_host host = {
	        .arg = s, .line = do_line, .frame = see_frame, .frame_arg = s, .write = p->write};
	bool held = false;

	do_decoder(s, "frame");
	replay_use_time(&s->app, REPLAY_AS_TOLD);
	set_port(&host, standin_endpoint(s->standin), port);
	if (p->begins)
		p->begins(p->arg, &s->app);
	s->app.term = p->terminal ? p->terminal(p->arg, &s->app, &host, err)
	                          : term_script_new(p->script, p->rows, p->cols, &host, err);
	if (s->app.term) {
		bool ran = screen_run(&s->app, NULL, err);

		held = ran && (p->terminal || term_script_ended(s->app.term, s->app.status, why));
		if (written)
			buf_puts(written, term_script_text(s->app.term));
		term_free(s->app.term);
	}
	grid_release(&s->redrawn);
	grid_release(&s->last);
	grid_release(&s->kept);
	if (s->differs > 0)
		buf_printf(why, "%ld frames would be others, were they redrawn: %s\n", s->differs, buf_text(&s->where));
	buf_release(&s->where);
	return held && s->differs == 0;
}

/* With a history of its own, where there is to be one. */
static bool
start_app(struct stage *s, const struct play *p, const struct config *config, const char *dir, struct err *err)
{
	struct keeper_options keep = {0};
	bool good;

	s->history = mem_printf("%s/history.db", dir);
	good = !p->history || play_history_make(s->history, p->history, standin_endpoint(s->standin), &keep.row, err);
	keep.history = s->history;
	keep.fresh = keep.row == 0;
	if (keep.row == PLAY_HISTORY_PANES)
		keep.row = 0;
	return good && screen_init(&s->app, config, p->history ? &keep : NULL, NULL, err);
}

bool
play_run(const struct play *p, struct buf *why, struct buf *written)
{
	char *dir = harness_path(""), *own = child_dir();
	struct stage stage = {.play = p};
	struct config config;
	struct err err = {.code = ERR_NONE};
	bool held = false, all_saved;

	play_disk_begin();
	setenv("XDG_STATE_HOME", own, 1);
	stage.standin = standin_new(p->server, dir, NULL, &err);
	if (stage.standin && configure(&config, p, standin_endpoint(stage.standin), &err)) {
		if (start_app(&stage, p, &config, own, &err)) {
			held = run_app(&stage, p, why, written, &err);
			all_saved = screen_end(&stage.app) == NULL;
			screen_release(&stage.app);
			held = (!p->ended || p->ended(p->arg, all_saved ? stage.history : NULL, why)) && held;
		}
		config_release(&config);
	}
	if (err.code != ERR_NONE)
		buf_printf(why, "%s\n", err.text);
	play_disk_end();
	play_files_end();
	standin_free(stage.standin);
	child_dir_remove(own);
	free(stage.history);
	free(own);
	free(dir);
	return held;
}
