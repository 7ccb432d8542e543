/*
 * version_1.h - the first version of the history's tables, for files as older flynns have left them.
 */
#ifndef FLYNN_TESTS_STORE_VERSION_1_H
#define FLYNN_TESTS_STORE_VERSION_1_H

#include "store/schema.h"

extern const struct schema version_1;

#endif
