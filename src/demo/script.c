/*
 * script.c - a script owns the bytes of its steps and the words of its routes.
 */
#include "demo/script.h"

#include <stdlib.h>

void
script_release(struct script *s)
{
	for (size_t i = 0; i < s->n_steps; i++)
		free(s->steps[i].bytes);
	for (size_t i = 0; i < s->n_routes; i++) {
		free(s->routes[i].method);
		free(s->routes[i].path);
		free(s->routes[i].during);
		free(s->routes[i].when);
		free(s->routes[i].with);
		free(s->routes[i].answers);
	}
	free(s->steps);
	free(s->routes);
	*s = (struct script){.connect = -1};
}
