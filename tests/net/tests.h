/*
 * tests.h - the test tables of this directory, one per file, and what they share.
 */
#ifndef FLYNN_TESTS_NET_TESTS_H
#define FLYNN_TESTS_NET_TESTS_H

#include <CUnit/CUnit.h>

#include "demo/standin.h"
#include "llama/model_client.h"
#include "net/worker.h"

extern CU_TestInfo call_tests[];
extern CU_TestInfo head_tests[];
extern CU_TestInfo curl_command_tests[];
extern CU_TestInfo process_tests[];
extern CU_TestInfo resume_tests[];
extern CU_TestInfo slot_watch_tests[];
extern CU_TestInfo sockets_tests[];
extern CU_TestInfo stream_tests[];
extern CU_TestInfo token_command_tests[];
extern CU_TestInfo watch_tests[];
extern CU_TestInfo client_tests[];

enum {
	PATIENCE_MS = 10000, /* after which a test has failed */
};

/* A stand-in that plays the script, a net thread, and a client of it. */
struct rig {
	struct standin *server;
	struct net *net;
	struct model_client *client;
};

void rig_init(struct rig *, const char *script, long timeout_ms);
void rig_release(struct rig *);

/* Sends one prompt on stream `id`. */
void rig_ask(struct rig *, uint64_t id, const char *prompt, bool stream);

/* An order of one prompt that cannot be encoded: ERR_LIMIT. */
struct chat_order *rig_bad_order(void);

/* The same; the server is to keep the reply under this name. */
void rig_ask_kept(struct rig *, uint64_t id, const char *stream_id);

/* The next event, waited for; NULL when none comes in time. Borrowed until net_consume. */
const struct queue_record *rig_event(struct rig *);

/* Until the net thread has done what it was told, and what follows from all bytes that were there for it to read. */
void rig_turn(struct rig *);

/* Reads events until one of this type, which it drops. */
void rig_wait(struct rig *, enum net_event_type);

/* Reads events of the stream until its NET_END, which goes to `end`; the text that came is the caller's to free. */
char *rig_read(struct rig *, uint64_t id, struct err *end);

#endif
