/*
 * tree_json.h - a part of the configuration file as JSON: what is sent to a server as it stands there.
 */
#ifndef FLYNN_CONFIG_TREE_JSON_H
#define FLYNN_CONFIG_TREE_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "config/yaml.h"

/* Appends. A plain scalar that is a number, true, false or null in YAML's JSON schema (YAML 1.2, 10.2) is one in JSON; all others
 * are strings, and all are with `texts`. */
void tree_put_json(const struct tree *, bool texts, struct buf *);

#endif
