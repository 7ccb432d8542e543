/*
 * preset_list.h - the presets of the configuration, to choose one for the conversation of the focused pane, or none.
 */
#ifndef FLYNN_PAGES_PRESET_LIST_H
#define FLYNN_PAGES_PRESET_LIST_H

struct app;

void preset_list_open(struct app *); /* without any it says how to write one */

#endif
