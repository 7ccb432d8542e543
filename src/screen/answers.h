/*
 * answers.h - who waits for what comes from the store.
 */
#ifndef FLYNN_SCREEN_ANSWERS_H
#define FLYNN_SCREEN_ANSWERS_H

struct keeper_above;

const struct keeper_above *answers(void); /* for keeper_init */

#endif
