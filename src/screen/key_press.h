/*
 * key_press.h - a key was pressed: the action that it is bound to where the keyboard is, else text for the line there, else a
 * word on where the keyboard is.
 */
#ifndef FLYNN_SCREEN_KEY_PRESS_H
#define FLYNN_SCREEN_KEY_PRESS_H

#include "tui/key.h"

struct app;

void press_key(struct app *, struct key);

#endif
