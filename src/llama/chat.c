/*
 * chat.c - names and sums of the plain values in chat.h.
 */
#include "llama/chat.h"

const char *
chat_role_name(enum chat_role role)
{
	static const char *const names[] = {
	        [CHAT_SYSTEM] = "system",
	        [CHAT_USER] = "user",
	        [CHAT_ASSISTANT] = "assistant",
	};

	return names[role];
}

int
chat_progress_percent(const struct chat_progress *p)
{
	double all = (double)p->total - (double)p->cached, read = (double)p->processed - (double)p->cached;

	/* A prompt that is cached whole has nothing to read. */
	if (all <= 0 || read >= all)
		return 100;
	return read <= 0 ? 0 : (int)(read / all * 100);
}
