/*
 * app.h - all state of the full screen. Everything here runs on the UI thread.
 *
 * Keys and events change state and mark the screen stale, or its texts; loop.c draws it once per turn.
 */
#ifndef FLYNN_APP_APP_H
#define FLYNN_APP_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/command.h"
#include "base/err.h"
#include "base/queue.h"
#include "config/config.h"
#include "net/worker.h"
#include "system/editor.h"
#include "system/grammar_reader.h"
#include "system/programs.h"
#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/key.h"
#include "tui/keymap.h"
#include "tui/layout.h"
#include "tui/recall.h"
#include "tui/term.h"

struct attach;
struct attach_send;
struct calls;
struct compact;
struct context;
struct context_list;
struct keeper;
struct link;
struct models;
struct net_log;
struct opener;
struct opening;
struct glimpse;
struct held_keys;
struct pane;
struct path_complete;
struct pictures;
struct prompt_reader;
struct replay;
struct talk;
struct tagging;
struct titles;
struct token_counts;
struct view;
struct view_state;

/* What help calls the keys of these actions; NULL: the action has none. */
struct action_keys {
	char *retry, *send, *end, *begin, *compact, *context;
	char *go_on;  /* two keys from the composer, else the command */
	char *change; /* two keys from the composer: the last message is changed */
};

struct app_message {
	char *text; /* cleaned; NULL: none */
	bool is_error;
	const struct link *about; /* the model whose server's failure it tells; NULL: none's */
};

struct app_mouse {
	bool is_on;                 /* its events are ours */
	int row, col;               /* its position while a mouse event is handled, else -1 */
	struct layout_node *border; /* that it drags; NULL: none */
};

/* See app/view.h. */
struct view_stack {
	const struct view **open; /* the chat is the first */
	size_t n;
	struct view_state *states; /* of all views there are */
	size_t n_states;
};

/* Bytes of long texts that are read for a frame. */
struct text_budget {
	size_t frame; /* that each begins with; 0: none was drawn yet */
	size_t left;  /* 0: there may be more to read */
};

struct app_code {
	bool is_plain;                /* code has none */
	struct grammars grammars;     /* of the languages that code was met in */
	struct grammar_reader reader; /* fills them */
};

/* What waits for the first look at a server (app/first_look.h). */
struct first_look {
	struct talk *talk; /* NULL: nothing does */
	void (*again)(struct app *);
};

struct app {
	const struct config *config; /* outlives the app */
	struct net *net;
	bool net_is_late;        /* it does not come back from a call to the disk */
	bool net_was_left;       /* at the end, for that: it may still use the links */
	struct net_log *net_log; /* the last network events */
	struct term *term;       /* NULL in tests of what needs none */

	struct link **links; /* the models that conversations use, in the order they were first asked for */
	size_t n_links;
	uint64_t last_watch; /* of a link's server */

	struct talk **talks; /* the open conversations; the focused pane's is the last */
	size_t n_talks;
	struct pane **panes; /* which are looked at */
	size_t n_panes;
	struct pane *pane;    /* the focused one */
	struct layout layout; /* where they stand, by their numbers */
	unsigned last_pane;
	uint64_t last_title;     /* key of a pane's title */
	struct compact *compact; /* sums a conversation up */
	struct models *models;   /* of all servers; NULL in tests of what needs none */
	struct calls *calls;     /* small requests that wait for their answers */
	struct context *context; /* how full it is */
	struct context_list *context_list;
	struct token_counts *token_counts;
	struct keeper *keeper;   /* saves conversations */
	struct opening *opening; /* brings them back one by one */
	struct glimpse *glimpse; /* the end of it, before it is there */
	struct titles *titles;   /* asks for one */
	struct tagging *tagging; /* knows the names of tags; NULL in tests of what needs none */
	struct replay *replay;   /* of a conversation; NULL: none */
	int replay_time;         /* enum replay_time: of replays that begin */
	struct view_stack views;
	struct composer composer;
	struct composer *aside; /* that of the focused pane's conversation, while it shows a glimpse; else NULL */
	struct attach *attach;  /* files that go with prompts, */
	struct attach_send *attach_send; /* and are looked at before */
	struct first_look first_look;
	struct path_complete *path_complete; /* Tab looks for names; NULL: it does not */
	struct recall recall;
	struct editor editor;     /* while it runs the terminal is not ours */
	uint64_t editor_message;  /* whose text it has; 0: the composer's */
	struct programs programs; /* that run beside us */
	struct text_budget budget;
	struct app_code code;                /* in colours */
	struct opener *opener;               /* of files; NULL: none was opened yet */
	struct pictures *pictures;           /* that are drawn; NULL in tests of what needs none */
	struct prompt_reader *prompt_reader; /* of the library of prompts */
	struct commands commands;            /* the slash commands */
	struct keymap keymap;
	struct keymap default_keymap; /* where an action belongs, whatever its key is */
	struct action_keys keys;      /* as hints in the chat name them */
	struct key key;               /* that is being obeyed */
	struct held_keys *held;       /* that wait */
	struct key chord;             /* the first of two keys, while the second is waited for; KEYN_NONE: none */
	struct app_message message;   /* in the status bar until the next key */
	bool offered;                 /* Enter sends the input as it is, though it looks like a command */
	bool completes_late;          /* Tab found no whole word, and no key was pressed since */
	bool words_refused;           /* Enter sends words such as @a.pdf without the files, which cannot be attached */
	bool excess_said;             /* Enter sends the prompt though it does not fit into the context */
	int64_t ctrl_c_ms;            /* when Ctrl+C was pressed on empty input; 0: not */

	bool statistics; /* shown below each reply */
	/* While the names of models are hidden (app/hidden.h): appends words without them; else NULL. */
	void (*hide_names)(const struct app *, const char *words, struct buf *out);
	bool is_blind_in_turn; /* until the vote on replies that come one after the other (app/blind.h) */
	struct app_mouse mouse;

	bool unfocused;       /* the terminal reports that its keys go elsewhere */
	bool stale;           /* a redraw is due, */
	bool texts_grew;      /* or one of the texts of replies: nothing else has changed since the last one */
	int64_t next_draw_ms; /* when to redraw without an event; 0: never */
	bool quit;
	int status; /* exit status, once `quit` */
};

bool app_is_stale(const struct app *); /* a redraw of any kind is due */
void app_quit(struct app *, int status);
void app_suspend(struct app *);                               /* returns when the program goes on */
void app_say(struct app *, bool is_error, const char *words); /* in the status bar; cleaned here */
bool app_refuse(struct app *, const char *why);               /* says it as an error; false */

#endif
