/*
 * whole.h - what is done in one piece or not at all: an import, and the way to a newer schema, killed at any moment.
 */
#ifndef FLYNN_TESTS_TORTURE_WHOLE_H
#define FLYNN_TESTS_TORTURE_WHOLE_H

/* Imports conversations into the history, is killed; sometimes the same again, up to its end. Failures are reported.
 * Nobody has the history open. */
void whole_import(const char *history, int round);

/* Brings a copy of the history, made in this folder, to a schema that only this test knows; killed, and once more. */
void whole_migrate(const char *history, const char *folder);

#endif
