/*
 * import_llama_ui.h - conversations of llama.cpp's own web page. It has exported them in two forms: JSON, one object
 * {"conv":…,"messages":[…]} or a list of them; and since 2026 JSON Lines, where a record of the type "session" has the
 * members of `conv`, and each record of the type "message" after it a message.
 */
#ifndef FLYNN_STORE_IMPORT_LLAMA_UI_H
#define FLYNN_STORE_IMPORT_LLAMA_UI_H

#include "store/import_part.h"

bool import_llama_ui_is(const cJSON *);
bool import_llama_ui_read(const cJSON *, struct import_reading *) MUST_USE;
const char *import_llama_ui_id(const cJSON *); /* NULL: it has none */

/* Whether it is a record of the second form, and whether it begins a conversation; the conversation that it begins (yours), and
 * the same with another record, which is taken. False: it is of no known type, and not taken. */
bool import_llama_ui_is_record(const cJSON *);
bool import_llama_ui_begins(const cJSON *record);
cJSON *import_llama_ui_begin(cJSON *takes);
bool import_llama_ui_add(cJSON *conversation, cJSON *record);

#endif
