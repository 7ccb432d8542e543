/*
 * two_replies.h - two replies whose words are compared.
 */
#ifndef FLYNN_APP_TWO_REPLIES_H
#define FLYNN_APP_TWO_REPLIES_H

#include <stdbool.h>

struct app;
struct message;

/* Zeroed to begin with. */
struct two_replies {
	struct message *replies[2]; /* the conversation's */
	char *words[2];             /* which they are */
};

bool two_replies_versions(
        const struct app *, struct two_replies *); /* the last reply, and the version before it; false: there is none */
bool two_replies_compare(struct app *, const struct two_replies *); /* whether they can be compared; false: said why */
void two_replies_release(struct two_replies *);

#endif
