/*
 * bad.h - a round in a history of its own, whose disk goes bad at some moment: it is full, does not answer, or another
 * program has the history locked. flynn is told to quit then, and killed in the midst of that, or not. What was on its
 * screen is in the history, or in the file that flynn has put it into, which can be imported.
 */
#ifndef FLYNN_TESTS_TORTURE_BAD_H
#define FLYNN_TESTS_TORTURE_BAD_H

enum bad_disk {
	BAD_STALLED,
	BAD_FULL,
	BAD_LOCKED,
};

/* Below this folder; what was on the screen before the disk went bad may be missing from a flynn that was killed when it was
 * there for less than so many ms. Failures are reported. */
void bad_round(enum bad_disk, const char *folder, int round, int limit_ms);

#endif
