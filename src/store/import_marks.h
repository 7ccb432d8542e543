/*
 * import_marks.h - the marks that ChatGPT has in its texts: between U+E200 and U+E201, in the area for private use, stands what
 * its page shows as a chip, a citation or a link. In exports of 2023 and 2024 citations are "【9†source】".
 */
#ifndef FLYNN_STORE_IMPORT_MARKS_H
#define FLYNN_STORE_IMPORT_MARKS_H

#include "store/import_part.h"

/* Puts the text without its marks, which are counted as citations; in their place stands what `references`
 * (content_references; NULL: none) has for them, and the name of what is called an entity. */
void import_marks_put(struct import_reading *, struct message *, const char *text, const cJSON *references);

#endif
