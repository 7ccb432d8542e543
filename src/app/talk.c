/*
 * talk.c - making one, and letting go of it.
 */
#include "app/talk.h"

#include <stdlib.h>
#include <string.h>

#include "app/copy_job.h"
#include "app/sent.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/saver.h"

struct talk *
talk_new(struct conversation *conversation, const char *system)
{
	struct talk *talk = mem_alloc(sizeof(*talk));

	talk->summing_up = -1;
	session_init(&talk->session, system);
	if (conversation) {
		conversation_free(talk->session.conversation);
		talk->session.conversation = conversation;
	}
	return talk;
}

void
talk_free(struct talk *talk)
{
	if (!talk)
		return;
	session_release(&talk->session);
	prompt_queue_release(&talk->prompts);
	talk_forget_system(talk);
	attachments_release(&talk->attached);
	free(talk->set_aside);
	attachments_release(&talk->files_aside);
	saver_free(talk->saver);
	copy_job_free(talk->copying);
	sent_free(talk->sent);
	free(talk->draft);
	pasted_release(&talk->draft_pasted);
	pasted_release(&talk->pasted_aside);
	free(talk);
}

/* ---- the system text ---- */

void
talk_forget_system(struct talk *talk)
{
	free(talk->system.text);
	talk->system = (struct talk_system){0};
}

static void
keep(struct talk *talk, const char *text)
{
	char *copy = text ? mem_strdup(text) : NULL;

	talk_forget_system(talk);
	talk->system = (struct talk_system){.is_kept = true, .text = copy};
}

void
talk_keep_system(struct talk *talk)
{
	keep(talk, conversation_system(talk->session.conversation));
}

bool
talk_bring_system_back(struct talk *talk)
{
	if (!talk->system.is_kept)
		return false;
	conversation_set_system(talk->session.conversation, talk->system.text);
	talk->system_said = true;
	talk_forget_system(talk);
	return true;
}

void
talk_copy_system(struct talk *talk, const struct talk *from)
{
	talk->system_said = from->system_said;
	if (from->system.is_kept)
		keep(talk, from->system.text);
}

/* ---- its draft ---- */

void
talk_set_draft(struct talk *talk, const char *text)
{
	free(talk->draft);
	talk->draft = mem_strdup(text);
	pasted_release(&talk->draft_pasted);
	if (text)
		pasted_add(&talk->draft_pasted, text, 0, strlen(text), false);
}

/* ---- time and state ---- */

void
talk_now(struct talk *talk)
{
	talk->session.now_ms = clock_ms();
	talk->session.unix_ms = clock_unix_ms();
}

int64_t
talk_clock_ms(const struct talk *talk)
{
	return talk->is_told ? talk->told_ms : clock_ms();
}

bool
talk_is_idle(const struct talk *talk)
{
	return talk->session.state == SESSION_IDLE && talk->summing_up < 0;
}

bool
talk_is_empty(const struct talk *talk)
{
	return talk_is_idle(talk) && !conversation_leaf(talk->session.conversation);
}
