/*
 * session.h - a conversation and its running turn: what the app does with a prompt, and with what comes back.
 *
 * A session does no I/O. It says what to send; the app sends it over net/ with the session's stream id, and hands it
 * each event that carries this id.
 */
#ifndef FLYNN_CHAT_SESSION_H
#define FLYNN_CHAT_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "chat/conversation.h"
#include "chat/pace.h"
#include "llama/chat.h"

/* What happens now. */
enum session_state {
	SESSION_IDLE,
	SESSION_WAITING,  /* sent, and not a byte of the reply yet */
	SESSION_READING,  /* the server reads the prompt: see the reply's progress */
	SESSION_THINKING, /* reasoning arrives */
	SESSION_WRITING,  /* the reply arrives */
	SESSION_STOPPING, /* cancelled; the end is on its way */
};

struct session {
	struct conversation *conversation;
	uint64_t stream;       /* of the running turn, 0 while idle */
	struct message *reply; /* of the running turn, or NULL */
	struct message
	        *left;      /* the leaf before the running turn, or NULL: shown again when the turn comes to nothing */
	int64_t thought_ms; /* of the reply before it was continued */
	enum session_state state;
	int64_t unix_ms;       /* Unix time, when a turn is begun: set by the app as well */
	int64_t now_ms;        /* the time of the next event: set by the app, since nothing here asks a clock */
	int64_t sent_ms;       /* when the running turn was begun */
	int64_t heard_ms;      /* when the running turn last said something, or was sent */
	struct pace pace;      /* of the running turn's reply */
	bool usage_is_counted; /* the reply's usage is what was counted here, not what the server told */
	bool had_answer;       /* the reply had a thought and content before it was continued */
	struct buf reply_id;   /* the server's id of it; "": not known yet */
	struct err failed;     /* why the last turn left no reply; ERR_NONE: it did not fail so */
	bool gave_back;        /* the prompt of that turn */
	uint64_t version;      /* grows whenever something that can be seen changes */
};

void session_init(struct session *, const char *system);
void session_release(struct session *);

/* Adds the prompt (cleaned of what is no UTF-8 already) and an empty reply below it; the messages to send are then
 * conversation_request(.., session->reply->parent, ..). Only while idle. */
void session_send(struct session *, const char *prompt, uint64_t stream);

/* The same below another message than the leaf, NULL: at the top. A prompt that was changed becomes a sibling. */
void session_send_below(struct session *, struct message *parent, const char *prompt, uint64_t stream);

/* A reply again, as a sibling of that one: of this reply, or to this prompt (NULL: the leaf). Only while idle. False:
 * there is no prompt. */
bool session_retry(struct session *, struct message *, uint64_t stream);

/* Another version of a reply, with this text, beside it: complete, and marked as edited. It is the leaf. Only while idle. */
struct message *session_edit(struct session *, const struct message *reply, const char *text);

/* Whether the leaf is a reply that was cut short (message_can_continue). */
bool session_can_continue(const struct session *);

/* Such a reply goes on where it ends: the messages to send are conversation_request(.., session->reply, ..), the reply
 * itself being the last of them, and what comes is appended to it. Only while idle. False: there is none. */
bool session_continue(struct session *, uint64_t stream);

/* One event of the running turn. False, with ERR_LIMIT: the reply is past its bound, cancel the stream. */
bool session_event(struct session *, const struct chat_event *, struct err *) MUST_USE;

/* The person at the keyboard stops it; what came is kept when the end arrives. */
void session_stop(struct session *);

/* flynn is being ended: what came is kept as it is, and says so. */
void session_interrupt(struct session *);

/*
 * The stream ended: `why` has ERR_NONE for a complete reply, ERR_CANCELLED for a stopped one. Returns the prompt when
 * not a byte of its reply came, and takes both out of the conversation: the caller puts it back into the composer, and
 * frees it; `failed` then says why. With `keep_prompt` it stays in the transcript instead, its empty reply holding the
 * error. A prompt with another reply stays, and NULL is returned.
 */
char *session_end(struct session *, const struct err *why, bool keep_prompt);

#endif
