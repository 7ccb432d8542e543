/*
 * samples.h - measurements, with their median and extremes.
 */
#ifndef FLYNN_BENCH_SAMPLES_H
#define FLYNN_BENCH_SAMPLES_H

#include <stddef.h>

enum {
	SAMPLES_MAX = 20000, /* more are not kept */
};

/* Zeroed to begin with. */
struct samples {
	double of[SAMPLES_MAX];
	size_t n;
};

void samples_add(struct samples *, double);
/* The sample below which so much of them lie: 0.5 is the median; 0 when there is none. Sorts them. */
double samples_quantile(struct samples *, double q);

void samples_print_ratio(struct samples *);
void samples_print_ms(struct samples *);

#endif
