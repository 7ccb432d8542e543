/*
 * process.h - what the system tells about a running process.
 */
#ifndef FLYNN_BENCH_PROCESS_H
#define FLYNN_BENCH_PROCESS_H

#include <sys/types.h>

double process_cpu_ms(pid_t);   /* processor time of all its threads, */
double process_first_ms(pid_t); /* and of the first one; 0: the system does not tell */
long process_resident_kib(pid_t);
long process_peak_kib(pid_t); /* the most that was resident so far */
/* Resident pages that no other process shares through a library's file: all but the unchanged pages of shared libraries. -1: the
 * system does not tell. */
long process_own_kib(pid_t);
/* How often its threads have waited so far: the first, and all others. */
void process_waits(pid_t, long *first, long *others);

#endif
