/*
 * terminfo.h - which of the machine's descriptions of terminals is used.
 */
#ifndef FLYNN_TUI_TERMINFO_H
#define FLYNN_TUI_TERMINFO_H

/* The terminal's description on this machine: TERM's own, or that of the terminal which a TERM that is not known here is
 * taken for. NULL: it can show no full screen. */
const char *term_description(void);

#endif
