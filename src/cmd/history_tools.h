/*
 * history_tools.h - functions that the commands of `flynn history` share. Each returns the exit status: 0; 1 with words on standard
 * error; 2 for usage; 141, quietly, when nobody reads standard output any more.
 */
#ifndef FLYNN_CMD_HISTORY_TOOLS_H
#define FLYNN_CMD_HISTORY_TOOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "store/history.h"
#include "store/lookup.h"

/* Opens the history, or the file of --database. NULL with `*err` set: it cannot be opened. NULL with ERR_NONE: there is
 * none yet, which only HISTORY_CREATE changes. Says what opening did. From then on a disk that does
 * not answer ends the process (disk_limit.h). */
struct history *tools_open(const struct options *, enum history_mode, struct err *);
/* The same of one that is changed for trial (history_open_trial); NULL is an error. */
struct history *tools_open_trial(const struct options *, struct err *);
void tools_close(struct history *);       /* NULL is fine; ends what tools_open began */
char *tools_path(const struct options *); /* of that file; to be freed */

/* The number given with an option, at least 0; `otherwise` where it is not given. ERR_USAGE. */
bool tools_number(const char *option, const char *text, int64_t otherwise, int64_t *, struct err *) MUST_USE;

/* Each of the words as a conversation of the history (NULL: there are none). The rows are to be freed in any case. */
bool tools_rows(struct history *, const struct options *, struct lookup_rows *, struct err *) MUST_USE;

/* Standard output: text as it is, or cleaned on a terminal. The end gives the exit status. */
void tools_print(struct output *, const char *format, ...) PRINTF_LIKE(2, 3);
int tools_end(struct output *);

/* A text that must stay on its line, cleaned, cut after so many characters (0: not cut). */
void tools_put_line(struct output *, const char *text, size_t characters);

/* Asks on the terminal; yes with --yes. False, with `*status` set: no, or there is nobody to be asked. */
bool tools_ask(const struct options *, const char *question, int *status);

/* A line on standard error that is written over, where that is a terminal and a while has passed. Zeroed to begin with. */
struct progress {
	int64_t begun_ms, next_ms;
	bool shown;
};

void progress_tell(struct progress *, const char *format, ...) PRINTF_LIKE(2, 3);
void progress_end(struct progress *); /* takes it away */

/* "12 messages", "1 message". Borrowed until the fourth call after this one. */
const char *tools_count(int64_t n, const char *one, const char *many);

#endif
