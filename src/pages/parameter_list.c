/*
 * parameter_list.c - the items of a list that are on, in their order, and after them those that may be.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_put.h"
#include "base/compiler.h"
#include "pages/parameter_state.h"

/* What llama-server does where it does not tell: all but those that are for special models. */
static bool
is_usual(const char *name)
{
	static const char *const special[] = {"infill", "adaptive_p"};

	for (size_t i = 0; i < ARRAY_LEN(special); i++)
		if (strcmp(special[i], name) == 0)
			return false;
	return true;
}

static const char *
find_choice(const struct parameter *p, const char *name)
{
	const char *choice;

	for (size_t i = 0; (choice = parameter_candidate(p, i)) != NULL; i++)
		if (strcmp(choice, name) == 0)
			return choice;
	return NULL;
}

static bool
has_item(const struct parameter_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i].name, name) == 0)
			return true;
	return false;
}

static void
add_item(struct parameter_list *list, const char *name, bool on)
{
	if (name && !has_item(list, name) && list->n < PARAMETER_ITEMS_MAX)
		list->items[list->n++] = (struct parameter_item){name, on};
}

/* A list of words without quotes in them: what parameter_show makes of the value, between commas. */
static void
add_words(struct parameter_list *list, const char *shown)
{
	while (*shown) {
		size_t n = strcspn(shown, ", ");
		char word[64];

		if (n > 0 && n < sizeof(word)) {
			memcpy(word, shown, n);
			word[n] = '\0';
			add_item(list, find_choice(list->parameter, word), true);
		}
		shown += n + strspn(shown + n, ", ");
	}
}

void
parameter_list_open(struct parameter_list *list, const struct parameter *p, const char *json)
{
	char *shown = json ? parameter_show(p, json) : NULL;
	const char *choice;

	*list = (struct parameter_list){.parameter = p};
	if (shown)
		add_words(list, shown);
	for (size_t i = 0; (choice = parameter_candidate(p, i)) != NULL; i++)
		add_item(list, choice, !shown && is_usual(choice));
	free(shown);
}

void
parameter_list_move(struct parameter_list *list, long rows)
{
	long at = (long)list->at + rows, last = (long)list->n - 1;

	list->at = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

void
parameter_list_carry(struct parameter_list *list, long rows)
{
	size_t from = list->at;
	struct parameter_item item = list->items[from];

	parameter_list_move(list, rows);
	list->items[from] = list->items[list->at];
	list->items[list->at] = item;
}

char *
parameter_list_json(const struct parameter_list *list)
{
	struct buf out = {0};

	buf_putc(&out, '[');
	for (size_t i = 0; i < list->n; i++) {
		if (!list->items[i].on)
			continue;
		json_put_comma(&out);
		json_put_string(&out, list->items[i].name, strlen(list->items[i].name));
	}
	buf_putc(&out, ']');
	return buf_take(&out);
}
