/*
 * held_keys.c - a buffer of keys, consumed from its front.
 */
#include "app/held_keys.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_send.h"
#include "app/first_look.h"
#include "app/glimpse.h"
#include "app/path_complete.h"
#include "base/mem.h"

enum {
	HELD_MAX = 10000, /* keys that wait; more are not typed in so short a time */
};

struct held_keys {
	struct buf held; /* struct held_key, one after the other */
	size_t taken;    /* bytes of them */
};

void
held_keys_init(struct app *app)
{
	app->held = mem_alloc(sizeof(*app->held));
}

void
held_keys_release(struct app *app)
{
	struct held_keys *h = app->held;
	struct held_key held;

	if (!h)
		return;
	for (; h->taken < h->held.len; h->taken += sizeof(held)) {
		memcpy(&held, h->held.data + h->taken, sizeof(held));
		free(held.paste);
	}
	buf_release(&h->held);
	free(h);
}

bool
held_keys_wait(const struct app *app)
{
	return glimpse_is_on(app) || attach_keeps_keys(app) || path_complete_is_on(app) || first_look_is_awaited(app);
}

static void
hold(struct held_keys *h, struct held_key held)
{
	if (h->held.len < HELD_MAX * sizeof(held))
		buf_put(&h->held, (const char *)&held, sizeof(held));
	else
		free(held.paste);
}

/* Behind another one it waits too. */
static bool
may_pass(const struct app *app, enum key_effect effect)
{
	bool has_draft = glimpse_is_on(app) && !attach_keeps_keys(app) && !path_complete_is_on(app) &&
	                 !first_look_is_awaited(app);

	return app->held->held.len == 0 && (effect == KEY_LOOKS || (effect == KEY_WRITES && has_draft));
}

bool
held_keys_hold(struct app *app, struct key key, enum key_effect effect)
{
	if (!held_keys_wait(app) || may_pass(app, effect))
		return false;
	hold(app->held, (struct held_key){.key = key});
	return true;
}

bool
held_keys_hold_paste(struct app *app, const char *text, size_t n)
{
	if (!held_keys_wait(app) || may_pass(app, KEY_WRITES))
		return false;
	hold(app->held, (struct held_key){.paste = mem_strndup(text, n), .n = n});
	return true;
}

static void
break_lines(struct held_keys *h)
{
	struct held_key held;

	for (size_t at = h->taken; at < h->held.len; at += sizeof(held)) {
		memcpy(&held, h->held.data + at, sizeof(held));
		if (!held.paste && key_same(held.key, (struct key){KEYN_ENTER, 0}))
			held.key.mods = KEY_ALT_BIT;
		memcpy(h->held.data + at, &held, sizeof(held));
	}
}

bool
held_keys_give_up(struct app *app)
{
	if (!attach_give_up(app) && !path_complete_give_up(app) && !first_look_give_up(app))
		return false;
	break_lines(app->held);
	return true;
}

bool
held_keys_next(struct app *app, struct held_key *held)
{
	struct held_keys *h = app->held;

	if (!h || held_keys_wait(app) || h->taken == h->held.len)
		return false;
	memcpy(held, h->held.data + h->taken, sizeof(*held));
	h->taken += sizeof(*held);
	if (h->taken == h->held.len) {
		buf_clear(&h->held);
		h->taken = 0;
	}
	return true;
}
