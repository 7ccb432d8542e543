/*
 * import_lost.h - what an export of another program holds and a history of flynn cannot: counted by its kind, so that the
 * import's report names it.
 */
#ifndef FLYNN_STORE_IMPORT_LOST_H
#define FLYNN_STORE_IMPORT_LOST_H

#include <stddef.h>

/* Kind, its name in the report's JSON, and its words for one and for many. */
#define IMPORT_LOST(X)                                                                                                 \
	X(TOOL_CALL, "tool_calls", "tool call, kept as text", "tool calls, kept as text")                              \
	X(TOOL_RESULT, "tool_results", "result of a tool", "results of tools")                                         \
	X(PICTURE, "pictures", "picture that is not in the export", "pictures that are not in the export")             \
	X(FILE, "files", "attached file that is not in the export", "attached files that are not in the export")       \
	X(KIND, "kinds", "attached file of a kind that flynn does not take",                                           \
	        "attached files of kinds that flynn does not take")                                                    \
	X(REPLY_FILE, "reply_files", "file or picture of a reply", "files and pictures of replies")                    \
	X(CITATION, "citations", "citation", "citations")                                                              \
	X(SOURCE, "sources", "list of sources", "lists of sources")                                                    \
	X(RATING, "ratings", "rating of a reply", "ratings of replies")                                                \
	X(PART, "parts", "part of a message of an unknown kind", "parts of messages of unknown kinds")                 \
	X(ROLE, "roles", "message of an unknown role, kept as a reply", "messages of unknown roles, kept as replies")  \
	X(HIDDEN, "hidden", "message that is hidden there", "messages that are hidden there")                          \
	X(PARAMETER, "parameters", "parameter that flynn has not", "parameters that flynn has not")                    \
	X(TAG, "tags", "tag that can be none here", "tags that can be none here")                                      \
	X(RECORD, "records", "line of an unknown kind", "lines of unknown kinds")

enum import_lost_kind {
#define X(kind, name, one, many) IMPORT_LOST_##kind,
	IMPORT_LOST(X)
#undef X
	        IMPORT_LOST_N
};

struct import_lost {
	size_t n[IMPORT_LOST_N];
};

const char *import_lost_name(enum import_lost_kind);
const char *import_lost_words(enum import_lost_kind, size_t n);

void import_lost_add(struct import_lost *to, const struct import_lost *);

#endif
