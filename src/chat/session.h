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
#include "chat/session_event.h"
#include "chat/session_state.h"
#include "chat/token_branch.h"

void session_init(struct session *, const char *system);
void session_release(struct session *);

/* Adds the prompt (cleaned of what is no UTF-8 already) and an empty reply below it; the messages to send are then
 * conversation_request(.., session->reply->parent, ..). Only while idle. */
void session_send(struct session *, const char *prompt, uint64_t stream);

/* The same below another message than the leaf, NULL: at the top. A prompt that was changed becomes a sibling. The files (NULL:
 * none) go with it, and are held. */
void session_send_below(
        struct session *, struct message *parent, const char *prompt, const struct attachments *files, uint64_t stream);

/* A reply again, as a sibling of that one: of this reply, or to this prompt (NULL: the leaf). Only while idle. False:
 * there is no prompt. */
bool session_retry(struct session *, struct message *, uint64_t stream);

/* Another version of a reply, with this text, beside it: complete, and marked as edited. It is the leaf. Only while idle. */
struct message *session_edit(struct session *, struct message *reply, const char *text);

/* Another version of a reply, beside it, that begins so and goes on there: the messages to send are as with session_continue. Its
 * beginning is marked as edited. Takes the branch. Only while idle. */
void session_branch(struct session *, struct message *reply, struct token_branch *, uint64_t stream);

/* Whether the leaf is a reply that was cut short (message_can_continue). */
bool session_can_continue(const struct session *);

/* Such a reply goes on where it ends: the messages to send are conversation_request(.., session->reply, ..), the reply
 * itself being the last of them, and what comes is appended to it. Only while idle. False: there is none. */
bool session_continue(struct session *, uint64_t stream);

/* The server keeps the reply of the running turn under this name, from here on. */
void session_keep_stream(struct session *, const char *id);
/* It does so no longer. */
void session_forget_stream(struct session *);

/* A reply of the history whose server may still have all of its stream, from the beginning: what comes is compared to what there
 * is, and takes its place once it is as much; so nothing is lost when it ends before. Only while idle. */
void session_take_up(struct session *, struct message *, uint64_t stream);

/* A reply of which nothing is there comes once more: events are told as they were (chat/player.h). No server is asked. Only while
 * idle. */
void session_replay(struct session *, struct message *);

/* The person at the keyboard stops it; what came is kept when the end arrives. */
void session_stop(struct session *);

/* flynn is being ended: what came is kept as it is, and says so; and the name of its stream, for the next flynn. */
void session_interrupt(struct session *);

/*
 * The stream ended: `why` has ERR_NONE for a complete reply, ERR_CANCELLED for a stopped one. Returns the prompt when
 * not a byte of its reply came, and takes both out of the conversation: the caller puts it back into the composer, and
 * frees it; `failed` then says why. With `keep_prompt` it stays in the transcript instead, its empty reply holding the
 * error. A prompt with another reply stays, and NULL is returned. The files that went with a prompt that is returned are in
 * `files_back`, until the next end.
 */
char *session_end(struct session *, const struct err *why, bool keep_prompt);

#endif
