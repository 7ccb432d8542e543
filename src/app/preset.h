/*
 * preset.h - a role of the configuration, used for a conversation.
 */
#ifndef FLYNN_APP_PRESET_H
#define FLYNN_APP_PRESET_H

#include <stdbool.h>

#include "base/buf.h"
#include "config/config.h"

enum {
	PRESET_WORD_MAX = 80, /* bytes with the NUL */
};

struct app;
struct talk;

/* The preset of that name for the conversation of the focused pane: its system text, parameters and model, all or none of
 * them. NULL: none any more. False: refused, which was said. */
bool preset_use(struct app *, const char *name);

/* The parameters and the preset of the command line, for a conversation of the history that is shown at the start: as if they
 * had been set there. */
void preset_of_command_line(struct app *, struct talk *);
/* That preset names the model, and no option does. */
bool preset_chooses_model(const struct app *);

/* "Translate into English. · temperature 0.2 · model small": what it has, on one line; appends. */
void preset_put_words(const struct config_preset *, struct buf *);

/* "translator", "translator is gone": which one the conversation uses, cleaned; "": none. */
void preset_word(const struct app *, const struct talk *, char word[static PRESET_WORD_MAX]);

/* Says it, once for a conversation, where its preset is configured no longer. */
void preset_miss(struct app *, struct talk *);

#endif
