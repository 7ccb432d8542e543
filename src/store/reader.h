/*
 * reader.h - the thread that answers questions, over its own read-only connection. SQLite's write-ahead log lets it
 * see the history as it was when a question began, while the writer goes on; so no save waits for a search, however
 * long one step of that takes.
 */
#ifndef FLYNN_STORE_READER_H
#define FLYNN_STORE_READER_H

void *reader_run(void *store);

#endif
