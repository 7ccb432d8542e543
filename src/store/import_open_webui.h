/*
 * import_open_webui.h - a chat of Open WebUI's export: a list of the rows of its table `chat`; of older versions also the object
 * in the column `chat` by itself.
 */
#ifndef FLYNN_STORE_IMPORT_OPEN_WEBUI_H
#define FLYNN_STORE_IMPORT_OPEN_WEBUI_H

#include "store/import_part.h"

bool import_open_webui_is(const cJSON *);
bool import_open_webui_read(const cJSON *, struct import_reading *) MUST_USE;
const char *import_open_webui_id(const cJSON *); /* NULL: it has none */

#endif
