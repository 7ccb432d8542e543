/*
 * conversation_export.h - /export: the conversation that is shown, as a new file.
 */
#ifndef FLYNN_APP_CONVERSATION_EXPORT_H
#define FLYNN_APP_CONVERSATION_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct app;

/* By the end of the file's name as Markdown, text or JSON; "": Markdown, in a file of the current folder that is named
 * after the title. The store writes it, and export_written says so. False: not begun, and why was said. */
bool export_run(struct app *, const char *file);
void export_written(struct app *, const struct err *, const char *path);

/* A file's name for a title and a time: "Boats-and-more-2026-01-31.md". */
void export_put_name(struct buf *, const char *title, int64_t ms);

#endif
