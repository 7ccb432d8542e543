/*
 * paths.h - where flynn's files are (XDG Base Directory Specification 0.8). Every path is the caller's to free.
 */
#ifndef FLYNN_CONFIG_PATHS_H
#define FLYNN_CONFIG_PATHS_H

/* A relative $XDG_… counts as unset, as the specification says, and so does a relative $HOME. No directory is made. */
char *paths_config(void);  /* …/flynn/config.yaml */
char *paths_data(void);    /* …/flynn, under $XDG_DATA_HOME (~/.local/share) */
char *paths_history(void); /* the database, in the data folder */
char *paths_prompts(void); /* the prompts to recall, in the state folder */
char *paths_state(void);   /* …/flynn, under $XDG_STATE_HOME (~/.local/state) */

/* What a file calls `name`: relative to that file's own folder; ~ and ~/… under the home folder. */
char *paths_beside(const char *file, const char *name);

#endif
