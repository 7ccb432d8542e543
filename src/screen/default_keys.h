/*
 * default_keys.h - the keys of the full screen while nobody has changed them, in the text that tui/keymap.h reads.
 */
#ifndef FLYNN_SCREEN_DEFAULT_KEYS_H
#define FLYNN_SCREEN_DEFAULT_KEYS_H

const char *default_keys(void);

#endif
