/*
 * talk.h - an open conversation: its session, and what the person at the keyboard has prepared for it. Panes show some of
 * them; in the others replies go on all the same.
 */
#ifndef FLYNN_APP_TALK_H
#define FLYNN_APP_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "app/prompt_queue.h"
#include "base/err.h"
#include "chat/session.h"
#include "net/events.h"
#include "tui/pasted.h"

struct copy_job;
struct link;

/* What the server counted of the conversation (app/context.h), and what it was as of then. */
struct talk_counted {
	const struct link *link; /* NULL: it was not counted */
	unsigned starts;         /* of its server */
	uint64_t changes;        /* of the conversation */
	int64_t tokens;          /* or TOKENS_REFUSED */
};

/* The system text that a preset's has taken the place of. */
struct talk_system {
	bool is_kept;
	char *text; /* NULL: there was to be none */
};

/* An event in a conversation that did not have the keyboard. */
enum talk_news {
	NEWS_NONE,
	NEWS_DONE,
	NEWS_FAILED,
};

/* A reply that was stopped. */
enum talk_stop {
	STOP_NONE,
	STOP_WATCHED, /* its slot on the server is looked at */
	STOP_DONE,    /* which is free */
	STOP_WORKS,   /* which still works on it */
};

/* A turn that waits until a server was found. */
struct talk_search {
	struct link *link; /* whose server is sought; NULL: none is */
	uint64_t last;     /* the message that is the last one of the request, */
	bool with_tokens;  /* for whose reply tokens are wanted */
};

struct talk {
	struct session session;
	unsigned number; /* among the open ones, from 1; 0: not yet */
	enum talk_news news;
	int64_t news_ms;             /* since when */
	struct link *link;           /* the model it talks to; set once it is open */
	struct prompt_queue prompts; /* that wait for the reply to end */
	struct attachments attached; /* files that go with the next prompt (app/attach.h) */
	struct talk_counted counted;
	bool is_blind;                  /* it waits for a vote (app/blind.h) */
	unsigned best;                  /* its reply's number among those of /best (app/best.h), from 1; 0: none; */
	bool is_best;                   /* it is the one that is kept */
	uint64_t best_prompt;           /* what all of them answer */
	const struct talk *merged_into; /* its reply is a version there now; NULL: it is not */
	long seed;                      /* of its next turn; 0: as the parameters say */
	int summing_up;                 /* percent of it that is done; -1: it is not being summed up */
	bool system_said;               /* by /system: a model's own text does not take its place, */
	struct talk_system system;      /* and a preset's only while it is used */
	bool looks_for_rest;            /* its last reply may be on its server, which is not up yet */
	bool preset_missed;             /* it was said that its preset is configured no longer */
	bool slots_told;                /* while it waits for a byte, the server was asked what its slots do, */
	struct net_slots slots;         /* which it said */
	enum talk_stop stop;            /* of its last turn */
	uint64_t stop_id;               /* of what watches that; 0: nothing does */
	unsigned ends;                  /* how many of its turns have ended here, */
	enum err_code ended;            /* and how the last of them did */
	struct talk_search search;      /* what the running turn waits for */
	struct err cut;                 /* why we ended the running turn ourselves; ERR_NONE: we did not */
	uint64_t edited;                /* the prompt being changed in the composer; 0: none */
	uint64_t changed;               /* the one that the running turn's prompt was made from; 0: none */
	char *set_aside;                /* meanwhile: what stood there before; else NULL */
	struct pasted pasted_aside;     /* of that, */
	struct attachments files_aside; /* and what was attached */
	bool is_leaving;                /* it is deleted once the history has all of it, unless it is shown before */
	bool is_told;                   /* it is a replay, whose time is told: */
	int64_t told_ms;                /* this is it */
	struct saver *saver;            /* its saved state; NULL: nothing is saved */
	uint64_t handle;                /* the saver's */
	struct copy_job *copying;       /* a long code block of it; NULL: none */
	struct sent *sent;              /* its last request; NULL: none yet */
	char *draft; /* the composer's text while another conversation has it; NULL: none, or this one has it */
	struct pasted draft_pasted; /* of that */
};

/* Takes the conversation; NULL: a new one with this system text (or NULL). */
struct talk *talk_new(struct conversation *, const char *system);
void talk_free(struct talk *);

/* The system text stays in mind while a preset has its place; it comes back, if there is one (else false); it does not. */
void talk_keep_system(struct talk *);
bool talk_bring_system_back(struct talk *);
void talk_forget_system(struct talk *);
void talk_copy_system(struct talk *, const struct talk *from); /* and whether /system has said it */

/* Of the history, which does not tell what was typed. NULL: none. */
void talk_set_draft(struct talk *, const char *text);

void talk_now(struct talk *);               /* tells its session the time */
int64_t talk_clock_ms(const struct talk *); /* the time in it: clock_ms(), but for a replay */
bool talk_is_idle(const struct talk *);
bool talk_is_empty(const struct talk *); /* nothing was said in it yet */

#endif
