/*
 * notice.c - which sequence a terminal knows. Most know OSC 9; a few know only rxvt-unicode's.
 */
#include "tui/notice.h"

#include <string.h>

static const char bell[] = "\a";

static bool
knows_osc_777(const struct clipboard_env *env)
{
	return (env->vte_version && *env->vte_version) ||
	       (env->term && (strncmp(env->term, "rxvt", 4) == 0 || strncmp(env->term, "foot", 4) == 0));
}

/* After OSC 9 a digit and a semicolon would be another command of some terminals: "flynn" stands there. OSC 777 ends its title
 * with a semicolon. */
static void
put_sequence(const struct clipboard_env *env, const char *text, struct buf *out)
{
	buf_printf(out, knows_osc_777(env) ? "\x1b]777;notify;flynn;%s%s" : "\x1b]9;flynn: %s%s", text, bell);
}

void
notice_put(enum notice notice, const struct clipboard_env *env, const char *text, struct buf *bytes)
{
	enum clipboard_way way = clipboard_find(env).way;
	struct buf sequence = {0};

	if (notice == NOTICE_NONE)
		return;
	if (notice == NOTICE_BELL || way == CLIPBOARD_NONE) {
		buf_puts(bytes, bell);
		return;
	}
	put_sequence(env, text, &sequence);
	clipboard_wrap(way, &sequence, bytes);
	buf_release(&sequence);
}
