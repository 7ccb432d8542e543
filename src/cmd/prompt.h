/*
 * prompt.h - the prompt: the words of the command line, and standard input below them.
 */
#ifndef FLYNN_CMD_PROMPT_H
#define FLYNN_CMD_PROMPT_H

#include "base/err.h"
#include "cmd/options.h"

enum {
	PROMPT_MAX = 64 * 1024 * 1024, /* bytes */
};

/*
 * The words joined by spaces; when standard input is no terminal, what it holds follows on a line of its own. CRLF
 * and CR become line feeds, a byte order mark is left out, and what is not UTF-8 becomes U+FFFD. To be freed by the caller; NULL with
 * ERR_USAGE when it is too long, or empty where no file is attached, with ERR_CANCELLED when `cancel_fd` became readable.
 */
char *prompt_read(const struct options *, int cancel_fd, struct err *);

#endif
