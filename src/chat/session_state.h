/*
 * session_state.h - the members of a session. Others include session.h.
 */
#ifndef FLYNN_CHAT_SESSION_STATE_H
#define FLYNN_CHAT_SESSION_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "chat/conversation.h"
#include "chat/pace.h"
#include "chat/recording.h"
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

struct token_align;

struct session {
	struct conversation *conversation;
	uint64_t stream;       /* of the running turn, 0 while idle */
	struct message *reply; /* of the running turn, or NULL */
	struct message
	        *left;      /* the leaf before the running turn, or NULL: shown again when the turn comes to nothing */
	int64_t thought_ms; /* of the reply before it was continued */
	enum session_state state;
	bool lost; /* the connection of the running turn is: it is being taken up again */
	struct message *
	        again; /* what the server tells once more of a reply that is taken up, while that is less than the reply has; or NULL */
	enum message_state was;        /* the state of that reply, if nothing comes of it */
	bool taken_up;                 /* the running turn was begun by an earlier flynn */
	int64_t unix_ms;               /* Unix time, when a turn is begun: set by the app as well */
	int64_t now_ms;                /* the time of the next event: set by the app, since nothing here asks a clock */
	int64_t sent_ms;               /* when the running turn was begun */
	int64_t heard_ms;              /* when the running turn last said something, or was sent */
	struct pace pace;              /* of the running turn's reply */
	struct recorder recorder;      /* of the same, as it comes */
	bool usage_is_counted;         /* the reply's usage is what was counted here, not what the server told */
	bool had_answer;               /* the reply had a thought and content before it was continued */
	bool comes_whole;              /* the reply does: nobody sees its first token come */
	struct token_align *align;     /* of the reply's tokens; NULL: none came */
	struct buf reply_id;           /* the server's id of it; "": not known yet */
	struct err failed;             /* why the last turn left no reply; ERR_NONE: it did not fail so */
	bool gave_back;                /* the prompt of that turn, */
	struct attachments files_back; /* and what went with it */
	uint64_t version;              /* grows whenever something that can be seen changes */
};

#endif
