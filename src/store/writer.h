/*
 * writer.h - the thread that owns the connection over which the history is written, and the file of prompts. It does what
 * is commanded, in that order, and waits for nothing but the disk: questions are the reader's.
 */
#ifndef FLYNN_STORE_WRITER_H
#define FLYNN_STORE_WRITER_H

void *writer_run(void *store);

#endif
