/*
 * writer.h - the thread that owns the connection over which the history is written, and the file of prompts. It
 * carries out commands in their order, and waits for nothing but the disk; the reader answers the questions.
 */
#ifndef FLYNN_STORE_WRITER_H
#define FLYNN_STORE_WRITER_H

void *writer_run(void *store);

#endif
