/*
 * logprobs.h - the tokens of a chunk with their probabilities and candidates: `logprobs` of a choice, which comes where the
 * request has asked for it. llama-server's has the id of each token besides what OpenAI's has, and `prob` and `top_probs` with
 * `post_sampling_probs`.
 */
#ifndef FLYNN_LLAMA_LOGPROBS_H
#define FLYNN_LLAMA_LOGPROBS_H

#include <cjson/cJSON.h>
#include <stddef.h>

/* Calls with each token, packed (token_pack.h). What is odd is left out: no text is lost by that. */
void logprobs_tell(const cJSON *choice, void (*tell)(void *arg, const char *packed, size_t n), void *arg);

#endif
