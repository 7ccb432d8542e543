/*
 * import_chatgpt.h - a conversation of ChatGPT's export, `conversations.json`. OpenAI documents it nowhere; what is read here is
 * what exports have been seen to hold until 2026.
 */
#ifndef FLYNN_STORE_IMPORT_CHATGPT_H
#define FLYNN_STORE_IMPORT_CHATGPT_H

#include "store/import_part.h"

bool import_chatgpt_is(const cJSON *);
bool import_chatgpt_read(const cJSON *, struct import_reading *) MUST_USE;

/* Its id there; NULL: it has none. */
const char *import_chatgpt_id(const cJSON *);

#endif
