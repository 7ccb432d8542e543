/*
 * stats_page.h - statistics (/stats) over the whole screen: how fast each reply of this conversation came, how fast each model's
 * replies came in all of the history, and what the slots of the server do.
 */
#ifndef FLYNN_PAGES_STATS_PAGE_H
#define FLYNN_PAGES_STATS_PAGE_H

struct app;
struct store_result;
struct view;

const struct view *stats_page(void);

void stats_page_open(struct app *);
void stats_page_close(struct app *);
void stats_page_lines(struct app *, int way);
void stats_page_screens(struct app *, int way);
void stats_page_end(struct app *, int way);
void stats_page_columns(struct app *, int way); /* the measures that do not fit beside each other */
void stats_page_section(struct app *);          /* the next one, and round again */

/* The history's answer about its models. */
void stats_page_answer(struct app *, const struct store_result *);

#endif
