/*
 * save.c - frees a save.
 */
#include "store/save.h"

#include <stdlib.h>

static void
release(struct save_message *m)
{
	buf_release(&m->content);
	buf_release(&m->reasoning);
	buf_release(&m->tokens);
	buf_release(&m->model);
	buf_release(&m->endpoint);
	buf_release(&m->parameters);
	buf_release(&m->finish_reason);
	buf_release(&m->stream);
	buf_release(&m->pieces);
	attachments_release(&m->attachments);
	free(m->error);
}

static void
free_one(struct save *save)
{
	for (size_t i = 0; i < save->n_messages; i++)
		release(&save->messages[i]);
	buf_release(&save->title);
	buf_release(&save->system);
	buf_release(&save->draft);
	buf_release(&save->preset);
	parameters_release(&save->parameters);
	tags_release(&save->tagged);
	tags_release(&save->untagged);
	buf_release(&save->told_draft);
	free(save->messages);
	free(save->removed);
	free(save);
}

void
save_free(struct save *save)
{
	while (save) {
		struct save *next = save->next;

		free_one(save);
		save = next;
	}
}
