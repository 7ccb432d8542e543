/*
 * preset.h - a role of the configuration, used for a conversation.
 */
#ifndef FLYNN_APP_PRESET_H
#define FLYNN_APP_PRESET_H

#include <stdbool.h>

struct app;

/* The preset of that name for the conversation of the focused pane: its system text, parameters and model, all or none of
 * them. NULL: none any more. False: refused, which was said. */
bool preset_use(struct app *, const char *name);

#endif
