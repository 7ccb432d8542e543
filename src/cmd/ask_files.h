/*
 * ask_files.h - the files that `flynn ask` sends along: read before anything else is done, and shown to no model that is known not
 * to take them.
 */
#ifndef FLYNN_CMD_ASK_FILES_H
#define FLYNN_CMD_ASK_FILES_H

#include "base/compiler.h"
#include "base/err.h"
#include "config/config.h"
#include "config/config_load.h"
#include "net/client.h"

struct conversation;

/* ERR_USAGE: one cannot be attached. */
bool ask_files_read(
        const struct config_list *paths, const struct attachment_limits *, struct attachments *, struct err *) MUST_USE;

/* Asks the server what its model reads where there are pictures or sounds, those of the conversation's earlier prompts too. A server
 * that does not tell is no reason to refuse. False: it takes one of them not, or ERR_CANCELLED. */
bool ask_files_check(struct net *, const struct model_client *, struct conversation *, const struct attachments *,
        int cancel_fd, struct err *) MUST_USE;

#endif
