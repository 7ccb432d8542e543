/*
 * notify.h - calls the person who looks elsewhere when a reply has ended that took long: the terminal does (notify:), or a command
 * of their own (notify_command:).
 */
#ifndef FLYNN_APP_NOTIFY_H
#define FLYNN_APP_NOTIFY_H

#include "base/err.h"

struct app;
struct talk;

/* A reply of this conversation has ended so. Nothing happens where it is in view, or has not taken long. */
void notify_ended(struct app *, const struct talk *, const struct err *why);

/* For tests: so many times sooner a reply has taken long. */
void notify_hasten(int times);

#endif
