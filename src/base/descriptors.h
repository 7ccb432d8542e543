/*
 * descriptors.h - closing the files that a child of ours must not inherit.
 */
#ifndef FLYNN_BASE_DESCRIPTORS_H
#define FLYNN_BASE_DESCRIPTORS_H

/* Closes every descriptor from `first` on. Async-signal-safe. */
void descriptors_close_from(int first);

/* The same, one call each and at most 65,536 of them: where the system has no close_range(2). */
void descriptors_close_each(int first);

#endif
