/*
 * state.h - what the line by line front end keeps besides the app: private to src/linear/. It is the state of the lowest view, so that
 * commands, which are given the app alone, find it.
 */
#ifndef FLYNN_LINEAR_STATE_H
#define FLYNN_LINEAR_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/blind.h"
#include "app/command.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "linear/lines.h"
#include "linear/out.h"

struct app;
struct linear;
struct link;
struct message;
struct spoken;
struct talk;
struct view;

enum {
	CHOICES_MAX = 100,
};

/* A question that the next line answers. */
struct question {
	/* With a number: of which choice, from 0. It may ask again. NULL: none is asked. */
	void (*chosen)(struct app *, size_t which);
	size_t n;                 /* choices */
	int64_t ids[CHOICES_MAX]; /* what they are, as far as the asker needs it */
	char *names[CHOICES_MAX];
	void (*written)(struct app *, const char *text); /* without choices: any text */
	void (*dropped)(struct app *);                   /* none was chosen; or NULL */
	const char *drop_word;                           /* what that is called; NULL: none */
};

/* A reply that is being told. */
struct telling {
	bool on;              /* a turn is running */
	uint64_t message;     /* its reply; 0: it has none yet */
	size_t from;          /* of its content: what stood there when the turn began */
	unsigned moves;       /* of its text, when it was looked at last */
	bool thought_is_told; /* that it has thought */
	struct spoken *spoken;
	unsigned ends; /* of the talk's turns, when this one began */
};

/* The same prompt several times, one after the other: /best and /compare. */
struct series {
	size_t left, n;               /* replies that are still to come, and all of them */
	bool compares;                /* with another model each time, */
	bool is_blind;                /* whose name is hidden until a vote: */
	size_t at;                    /* the model in turn */
	struct link *before;          /* the model before; to be used again */
	size_t order[BLIND_MOST];     /* the models, by chance, */
	uint64_t replies[BLIND_MOST]; /* and their messages: of those that have come */
	size_t n_replies;
};

/* Words that the app's own wait for. */
enum waits_for {
	WAITS_FOR_NOTHING,
	WAITS_FOR_SAVES,   /* then the history is asked: */
	WAITS_FOR_HISTORY, /* its answer */
	WAITS_FOR_MODELS,
	WAITS_FOR_PROMPTS,
	WAITS_FOR_TEXT, /* of a prompt of the library */
	WAITS_FOR_EXPORT,
};

struct linear {
	bool typed; /* standard input is a terminal: there are prompts, and failures end nothing */
	struct lines in;
	struct out out;
	struct command *commands; /* all there are; see commands.h */
	bool prompted;            /* the prompt is the last that was written */
	bool started;             /* the first lines were said */
	bool was_down;            /* it was said that the server is not there */
	bool excused;             /* it was said that lines wait */
	bool keeps_waiting;       /* the draft holds lines that wait */
	bool confirms_end;        /* the last that came was Ctrl+C */
	int status;               /* of the first prompt or command that failed */
	int64_t quiet_ms;         /* when something was said last */
	int next_wait_ms;         /* so long after that it is said what is waited for */
	const struct talk *talk;  /* the conversation shown, as it was said */
	size_t n_attached;        /* files, as it was said */
	char *trouble;            /* of the keeper, as it was said; or NULL */
	struct telling telling;
	struct question question;
	struct series series;
	enum waits_for waits_for;
	int64_t waits_until_ms;
	bool (*ask)(struct app *);         /* the history, */
	int64_t asked_ms;                  /* about what was there then, */
	char *asked_words;                 /* and with these words; or NULL */
	void (*after_model)(struct app *); /* one was chosen; or NULL */
	uint64_t lens_reply;               /* whose tokens are asked about; */
	size_t lens_token;                 /* and which of them, from 1 */
	char *template_text;               /* of the library: the next line goes into it; or NULL */
	size_t template_at;
};

const struct view *linear_view(void);
struct linear *linear_of(const struct app *);

/* ---- say.c ---- */

void linear_put(struct app *, const char *text, size_t n);                 /* as it is, to standard output */
void linear_put_text(struct app *, const char *text);                      /* cleaned, with a line feed at its end */
void linear_line(struct app *, const char *format, ...) PRINTF_LIKE(2, 3); /* a line, cleaned */
void linear_note(struct app *, const char *format, ...)
        PRINTF_LIKE(2, 3); /* the same in brackets: what flynn itself says */
void linear_warn(struct app *, const char *format, ...) PRINTF_LIKE(2, 3); /* "flynn: …" on standard error */
void linear_prompt(struct app *);                                          /* where one is due */
void linear_failed(struct app *, int status);                              /* flynn ends with it, where nobody types */

#endif
