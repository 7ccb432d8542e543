/*
 * records.h - what a server says, made here and not sent: for a reply that is waited for.
 */
#ifndef FLYNN_TESTS_KEYS_FUZZ_RECORDS_H
#define FLYNN_TESTS_KEYS_FUZZ_RECORDS_H

#include "app/app.h"

/* One record, to one of the conversations that wait for a reply, if there is any. False: its text is not there then. */
bool records_put(struct app *, volatile long *count);

#endif
