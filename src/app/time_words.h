/*
 * time_words.h - when something was, in as few words as a list has room for.
 */
#ifndef FLYNN_APP_TIME_WORDS_H
#define FLYNN_APP_TIME_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum {
	AGO_MAX = 32, /* bytes with the NUL */
};

/* Unix times in milliseconds; days are local ones. "now", "5 min", "3 h", "yesterday", "4 days", "12 Mar", "Mar 2024";
 * nine cells at the most. 0: not known, "". */
void ago_say(int64_t now_ms, int64_t then_ms, char words[static AGO_MAX]);

/* "2026-03-12 14:03" */
void ago_say_date(int64_t then_ms, char words[static AGO_MAX]);

#endif
