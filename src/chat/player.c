/*
 * player.c - one thing after the other, each at its time; going to a turn brings back what was played of the others.
 */
#include "chat/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/typing.h"
#include "base/utf8.h"

enum {
	TYPING_MS_MOST = 2000,  /* a prompt, however long it is, */
	TYPED_CHARACTERS = 500, /* which is typed up to this length; a longer one is there at once */
	REST_MS = 1000,         /* between two turns where it is not known how long it was; else at least */
	REST_MS_LEAST = 300,    /* so long, */
	REST_MS_MOST = 2000,    /* and at most */
};

/* ---- messages ---- */

/* What stands for it in the session's conversation. */
static struct message *
copy_of(const struct player *p, const struct message *m)
{
	return conversation_find(p->session->conversation, m->id);
}

static void
forget_end(struct message *m)
{
	buf_clear(&m->model);
	buf_clear(&m->finish_reason);
	free(m->error);
	m->error = NULL;
	buf_release(&m->pieces);
}

/* As it was before anything of it came. */
static void
empty(struct message *m)
{
	m->moves += m->content.len > 0 || m->reasoning.len > 0;
	buf_release(&m->content);
	buf_release(&m->reasoning);
	forget_end(m);
	m->progress = (struct chat_progress){0};
	m->usage = (struct chat_usage){-1, -1, -1};
	m->timings = (struct chat_timings){0};
	m->thought_tokens = m->thought_ms = 0;
	m->tool_calls = false;
	m->state = MESSAGE_COMPLETE;
}

static void
fill(struct buf *to, struct buf *from)
{
	if (to->len == from->len)
		return;
	buf_release(to);
	buf_share(to, from);
}

/* All of it, whatever of it was played. */
static void
restore(const struct player *p, struct message *source)
{
	struct message *m = copy_of(p, source);

	fill(&m->content, &source->content);
	fill(&m->reasoning, &source->reasoning);
	forget_end(m);
	buf_share(&m->pieces, &source->pieces);
	buf_puts(&m->model, buf_text(&source->model));
	buf_puts(&m->finish_reason, buf_text(&source->finish_reason));
	m->state = source->state;
	m->usage = source->usage;
	m->timings = source->timings;
	m->thought_tokens = source->thought_tokens;
	m->thought_ms = source->thought_ms;
	m->tool_calls = source->tool_calls;
	if (source->error) {
		m->error = mem_alloc(sizeof(*m->error));
		*m->error = *source->error;
	}
	conversation_touch(p->session->conversation, m);
	p->session->version++;
}

static void
show_path_to(const struct player *p, const struct message *last)
{
	conversation_set_leaf(p->session->conversation, last ? copy_of(p, last) : NULL);
	p->session->version++;
}

/* ---- a prompt ---- */

static size_t
count_characters(const char *text, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n && count <= TYPED_CHARACTERS; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static void
begin_typing(struct player *p, const struct message *prompt)
{
	size_t n = count_characters(buf_text(&prompt->content), prompt->content.len);

	p->phase = PLAYER_TYPES;
	p->typed = n > TYPED_CHARACTERS ? prompt->content.len : 0;
	p->character_ms = TYPING_CHARACTER_MS;
	if (n > 0 && n * TYPING_CHARACTER_MS > TYPING_MS_MOST)
		p->character_ms = (int)(TYPING_MS_MOST / n);
	p->due_ms += TYPING_KEY_MS;
}

/* The next character; true: there was none, and the prompt is sent. */
static bool
type_on(struct player *p)
{
	const struct message *prompt = p->path[p->at];
	size_t left = prompt->content.len - p->typed;
	uint32_t character;

	if (left == 0)
		return true;
	p->typed += utf8_decode(prompt->content.data + p->typed, left, &character);
	p->due_ms += p->typed < prompt->content.len ? typing_pause_ms(&p->random, p->character_ms, character)
	                                            : TYPING_KEY_MS;
	return false;
}

/* ---- a reply ---- */

static void
next_step(struct player *p)
{
	if (reply_times_next(&p->times, &p->step)) {
		p->due_ms = p->sent_ms + p->step.ms;
		return;
	}
	p->step.text = NULL;
}

static void
begin_reply(struct player *p, struct message *source)
{
	struct message *reply = copy_of(p, source);

	p->phase = PLAYER_ANSWERS;
	p->sent_ms = p->session->now_ms = p->due_ms;
	empty(reply);
	conversation_set_leaf(p->session->conversation, reply);
	session_replay(p->session, reply);
	reply_times_init(&p->times, source);
	next_step(p);
}

static void
tell(struct player *p, enum chat_event_type type, const char *text, size_t len)
{
	struct chat_event event = {.type = type, .text = text, .len = len};
	struct err too_long;

	if (len > 0 && !session_event(p->session, &event, &too_long))
		return; /* it fitted before */
}

static void
tell_step(struct player *p)
{
	const struct message *source = p->path[p->at];

	p->session->now_ms = p->due_ms;
	tell(p, CHAT_EVENT_MODEL, buf_text(&source->model), source->model.len);
	tell(p, p->step.is_thought ? CHAT_EVENT_REASONING : CHAT_EVENT_CONTENT, p->step.text, p->step.len);
}

static void
end_reply(struct player *p)
{
	static const struct err complete = {.code = ERR_NONE};

	free(session_end(p->session, &complete, true));
	restore(p, p->path[p->at]);
}

/* ---- one after the other ---- */

static bool
begins_turn(const struct player *p, size_t at)
{
	return at == 0 || p->path[at]->role == CHAT_USER;
}

static void
begin_message(struct player *p)
{
	struct message *m = p->path[p->at];

	if (m->role == CHAT_USER)
		begin_typing(p, m);
	else if (m->role == CHAT_ASSISTANT)
		begin_reply(p, m);
	else
		p->phase = PLAYER_SHOWS;
}

/* As long as it was then, within bounds. What is typed takes time too. */
static int64_t
rest_before(const struct player *p, size_t at)
{
	int64_t before = p->path[at - 1]->created_ms, next = p->path[at]->created_ms, took = p->due_ms - p->sent_ms;
	int64_t ms = before > 0 && next > before ? next - before - took : REST_MS;

	return ms < REST_MS_LEAST ? REST_MS_LEAST : ms > REST_MS_MOST ? REST_MS_MOST : ms;
}

static void
go_on(struct player *p)
{
	p->at++;
	if (p->at == p->n) {
		p->phase = PLAYER_IS_OVER;
	} else if (begins_turn(p, p->at)) {
		p->phase = PLAYER_RESTS;
		p->due_ms += rest_before(p, p->at);
	} else {
		begin_message(p);
	}
}

static void
do_next(struct player *p)
{
	switch (p->phase) {
	case PLAYER_TYPES:
		if (!type_on(p))
			return;
		show_path_to(p, p->path[p->at]);
		break;
	case PLAYER_SHOWS:
		show_path_to(p, p->path[p->at]);
		break;
	case PLAYER_ANSWERS:
		if (p->step.text) {
			tell_step(p);
			next_step(p);
			return;
		}
		end_reply(p);
		break;
	case PLAYER_RESTS:
		p->begun_ms = p->due_ms;
		begin_message(p);
		return;
	case PLAYER_IS_OVER:
		return;
	}
	go_on(p);
}

int64_t
player_next_ms(const struct player *p)
{
	return p->phase == PLAYER_IS_OVER ? -1 : p->due_ms;
}

bool
player_advance(struct player *p, int64_t now_ms)
{
	bool any = false;

	while (p->phase != PLAYER_IS_OVER && p->due_ms <= now_ms) {
		do_next(p);
		any = true;
	}
	return any;
}

/* ---- turns ---- */

size_t
player_turn(const struct player *p)
{
	size_t turn = p->n_turns - 1;

	while (turn > 0 && p->turns[turn] > p->at)
		turn--;
	return turn;
}

void
player_go(struct player *p, size_t turn, int64_t now_ms)
{
	size_t first = turn < p->n_turns ? p->turns[turn] : p->n;

	if (p->session->reply)
		session_interrupt(p->session);
	for (size_t i = 0; i < first; i++)
		restore(p, p->path[i]);
	show_path_to(p, first > 0 ? p->path[first - 1] : NULL);
	p->at = first;
	p->begun_ms = p->due_ms = now_ms;
	p->typed = 0;
	p->random = 1;
	p->phase = PLAYER_IS_OVER;
	if (first < p->n)
		begin_message(p);
}

const struct message *
player_typed(const struct player *p, size_t *len)
{
	*len = p->typed;
	return p->phase == PLAYER_TYPES ? p->path[p->at] : NULL;
}

void
player_init(struct player *p, struct conversation *source, struct session *session, int64_t now_ms)
{
	*p = (struct player){.source = source, .session = session};
	p->path = conversation_path(source, &p->n);
	for (size_t i = 0; i < p->n; i++)
		if (p->path[i]->state == MESSAGE_STREAMING)
			p->path[i]->state = MESSAGE_INTERRUPTED; /* another flynn is writing it: what there is so far */
	p->turns = mem_alloc((p->n + 1) * sizeof(*p->turns));
	for (size_t i = 0; i < p->n; i++)
		if (begins_turn(p, i))
			p->turns[p->n_turns++] = i;
	player_go(p, 0, now_ms);
}

void
player_release(struct player *p)
{
	conversation_free(p->source);
	free(p->turns);
	*p = (struct player){0};
}
