/*
 * best_command.c - a number and a prompt.
 */
#include "screen/best_command.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_send.h"
#include "app/best.h"
#include "app/model.h"
#include "pages/models_page.h"

static const char spaces[] = " \t\n";

/* The prompt; NULL: there is none, or no such number. */
static const char *
read_number(const char *argument, unsigned *n)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || !*end || !strchr(spaces, *end) || number < BEST_LEAST ||
	        number > BEST_MOST)
		return NULL;
	*n = (unsigned)number;
	end += strspn(end, spaces);
	return *end ? end : NULL;
}

bool
best_command(struct app *app, const char *argument, void (*again)(struct app *))
{
	unsigned n = 0;
	const char *prompt = read_number(argument, &n);

	if (!prompt)
		return app_refuse(app, "write how many replies, 2 to 6, and the prompt: /best 3 PROMPT");
	if (model_names_wait(app) || models_page_comes_first(app, again) || attach_comes_first(app, again))
		return false;
	return best_begin(app, n, prompt);
}
