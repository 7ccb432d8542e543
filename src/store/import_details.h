/*
 * import_details.h - the text of a reply in Open WebUI: its thoughts, the tools that it called and what these gave stand in it as
 * HTML, <details type="reasoning" done="true" duration="7">…</details>.
 */
#ifndef FLYNN_STORE_IMPORT_DETAILS_H
#define FLYNN_STORE_IMPORT_DETAILS_H

#include "store/import_part.h"

void import_details_put(struct import_reading *, struct message *, const char *text);

#endif
