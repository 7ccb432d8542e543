/*
 * model_input.h - what a model reads besides text, as its server tells it, and which attachments it cannot be sent.
 *
 * A set of inputs has a bit for each kind; 0: nobody has told. A set that was told has TEXT in it.
 */
#ifndef FLYNN_LLAMA_MODEL_INPUT_H
#define FLYNN_LLAMA_MODEL_INPUT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/compiler.h"
#include "base/err.h"
#include "llama/attachment.h"

struct model_client;

/* Bits, and their names in JSON. */
#define MODEL_INPUTS(X)                                                                                                \
	X(TEXT, 1, "text")                                                                                             \
	X(IMAGE, 2, "image")                                                                                           \
	X(AUDIO, 4, "audio")                                                                                           \
	X(VIDEO, 8, "video")

enum model_input {
#define X(input, bit, name) MODEL_READS_##input = bit,
	MODEL_INPUTS(X)
#undef X
};

/* Of `architecture` in a list of models: {"input_modalities":["text","image"]}. */
unsigned model_input_listed(const cJSON *architecture);
/* Of `modalities` in /props: {"vision":true,"audio":false}. */
unsigned model_input_of_props(const cJSON *modalities);

/* False: it is known that the model of this client does not take one of them, which is named with what can be done about it.
 * `model`: its name on a llama-server, or "" where it is not known; another server's is its name in the configuration. */
bool model_input_check(unsigned inputs, const struct model_client *, const char *model, const struct attachments *,
        struct err *) MUST_USE;

#endif
