/*
 * samples.c - sorting and printing.
 */
#include "samples.h"

#include <stdio.h>
#include <stdlib.h>

void
samples_add(struct samples *s, double x)
{
	if (s->n < SAMPLES_MAX)
		s->of[s->n++] = x;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
samples_quantile(struct samples *s, double q)
{
	size_t i = (size_t)(q * (double)s->n);

	qsort(s->of, s->n, sizeof(*s->of), compare);
	return s->n == 0 ? 0 : s->of[i < s->n ? i : s->n - 1];
}

void
samples_print_ratio(struct samples *s)
{
	printf("%.2f (median of %zu, %.2f to %.2f)", samples_quantile(s, 0.5), s->n, samples_quantile(s, 0),
	        samples_quantile(s, 1));
}

void
samples_print_ms(struct samples *s)
{
	printf("%.2f ms (%.2f to %.2f)", samples_quantile(s, 0.5), samples_quantile(s, 0), samples_quantile(s, 1));
}
