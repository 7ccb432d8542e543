/*
 * result.c - a result owns all that it carries.
 */
#include "store/result.h"

#include <stdlib.h>

void
store_result_free(struct store_result *r)
{
	if (!r)
		return;
	save_free(r->save);
	loaded_release(&r->loaded);
	if (r->question)
		r->question->free(r->question);
	for (size_t i = 0; i < r->n_prompts; i++)
		free(r->prompts[i]);
	free(r->prompts);
	free(r->notice);
	free(r->layout);
	free(r->draft);
	free(r);
}
