/*
 * app.h - all state of the full screen. Everything here runs on the UI thread.
 *
 * Keys and events change state and mark the screen stale; loop.c draws it once per turn.
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

struct calls;
struct compact;
struct context;
struct context_list;
struct keeper;
struct link;
struct models;
struct net_log;
struct opening;
struct pane;
struct prompt_reader;
struct talk;
struct titles;
struct token_counts;
struct view;
struct view_state;

struct app {
	const struct config *config; /* outlives the app */
	struct net *net;
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
	uint64_t last_title;       /* key of a pane's title */
	struct compact *compact;   /* sums a conversation up */
	struct models *models;     /* of all servers; NULL in tests of what needs none */
	struct calls *calls;       /* small requests that wait for their answers */
	struct context *context;   /* how full it is */
	struct context_list *context_list;
	struct token_counts *token_counts;
	struct keeper *keeper;     /* saves conversations */
	struct opening *opening;   /* brings them back one by one */
	struct titles *titles;     /* asks for one */
	const struct view **views; /* that are open, the chat at the start; see app/view.h */
	size_t n_views;
	struct view_state *states; /* of all views there are */
	size_t n_states;
	struct composer composer;
	struct recall recall;
	struct editor editor;                 /* while it runs the terminal is not ours */
	uint64_t editor_message;              /* whose text it has; 0: the composer's */
	struct programs programs;             /* that run beside us */
	size_t frame_budget;                  /* that each frame begins with; 0: none was drawn yet */
	size_t text_budget;                   /* left of what a frame may read of long texts; 0: there may be more */
	struct grammars grammars;             /* of the languages that code was met in, */
	struct grammar_reader grammar_reader; /* which fills it */
	struct prompt_reader *prompt_reader;  /* of the library of prompts */
	bool plain_code;                      /* no colours in code */
	struct commands commands;             /* the slash commands */
	struct keymap keymap;
	struct keymap default_keymap;                     /* where an action belongs, whatever its key is */
	char *key_retry, *key_send, *key_end, *key_begin, *key_compact; /* of these actions, as help says them; NULL: none has one */
	char *key_context;                                /* the same */
	char *key_continue;                               /* from the composer: two keys, else the command */
	struct key key;                                   /* that is being obeyed */
	struct key chord; /* the first of two keys, while the second is waited for; KEYN_NONE: none */
	char *message;    /* in the status bar until the next key; cleaned; or NULL */
	bool message_is_error;
	const struct link *message_about; /* the model whose server's failure it tells; NULL: none's */
	bool offered;                     /* Enter sends the input as it is, though it looks like a command */
	bool excess_said;                 /* Enter sends the prompt though it does not fit into the context */
	int64_t ctrl_c_ms;                /* when Ctrl+C was pressed on empty input; 0: not */

	bool statistics;             /* shown below each reply */
	bool mouse;                  /* it is ours */
	int mouse_row, mouse_col;    /* its position while a mouse event is handled, else -1 */
	struct layout_node *dragged; /* the border that it holds; NULL: none */

	bool unfocused;       /* the terminal reports that its keys go elsewhere */
	bool stale;           /* a redraw is due */
	int64_t next_draw_ms; /* when to redraw without an event; 0: never */
	bool quit;
	int status; /* exit status, once `quit` */
};

void app_quit(struct app *, int status);
void app_suspend(struct app *);                               /* returns when the program goes on */
void app_say(struct app *, bool is_error, const char *words); /* in the status bar; cleaned here */
bool app_refuse(struct app *, const char *why);               /* says it as an error; false */

#endif
