/*
 * script.h - what the stand-in says: a small language of one command a line, turned into a flat list of steps by
 * script_reader.c, which connection.c plays.
 *
 * Blanks before a command and lines that begin with "#" do not count. "TEXT" is a string in double quotes with the
 * escapes \r \n \t \e \0 \" \\ \xHH, and "TEXT" * N is N of them; what is not quoted goes on to the end of its line, as
 * it stands.
 *
 *	on METHOD PATH     what follows answers such requests; "any" is every method, a final "*" every ending of a path
 *	   … while NAME    only as long as NAME holds (see `hold`)
 *	   … when "TEXT"   only where the last message of a chat holds TEXT, in whatever case
 *	   … with "TEXT"   only where the body of the request holds TEXT, as it stands
 *	on any             the same for every request but those for kept streams (/v1/stream…); a script without "on" begins with
 *	                   it
 *	on connect         played as soon as a connection is accepted, before anything is read from it
 *	then               the answer to the next request of the same route; the last one serves all that follow
 *
 * The first route that fits counts; where none fits the answer is llama-server's 404.
 *
 *	resumes            before the first "on": the answer to a request that names a stream (X-Conversation-Id) is kept as
 *	                   llama-server does it. GET /v1/stream goes on with it after a byte of its body: what was sent is passed
 *	                   over, with all delays and waits in it. DELETE forgets it, POST /v1/streams/lookup tells of it.
 *
 * The whole request is read before its answer begins. After the last step of an answer the connection is closed, unless
 * one of these ended it before:
 *
 *	keep               wait for the next request on the same connection ("on connect" ends so by itself)
 *	close              an orderly end: FIN, then read on until the client closes too
 *	reset              RST
 *	lose               RST, but for a connection that goes on with the answer from here
 *	hang               say nothing more, and stay until the client goes
 *
 * Bytes as they are:
 *
 *	send "TEXT"        raw
 *	file PATH          a whole recording, raw; the path is relative to the script's directory
 *	write "TEXT"       a piece of the body: one chunk of it after `stream`, else raw
 *	cut N              from here on send pieces of N bytes, a system call each; 0: no longer
 *
 * HTTP made easy:
 *
 *	status 502 Bad Gateway      header Name: value      blank      body "TEXT" (with its Content-Length)
 *	json 503 {"error":…}        a whole answer, as llama-server frames it
 *	count                       a whole answer to a chat: its input_tokens, which are its words (those of thoughts too), 4 a
 *	                            message, and 3 for the beginning of the reply
 *	stream                      the head of a chunked event stream, as llama-server sends it
 *	last                        the chunk that ends it
 *
 * Events of a chat stream, each a piece of the body:
 *
 *	role · token "TEXT" · think "TEXT" · finish REASON · usage PROMPT COMPLETION · progress TOTAL CACHED PROCESSED
 *	event JSON (any data, up to the end of the line) · ping · done ([DONE])
 *	likely "TEXT" PERCENT "OTHER" PERCENT …
 *	                   a token with its probability, and the other candidates, as a request with `logprobs` gets it; `likely-thought`
 *	words MS "TEXT"    a token for each word, MS milliseconds apart
 *	pace MS            how far apart the tokens of these three are:
 *	| TEXT             a line of the reply, raw up to its end: a token for each word, each wide character
 *	+ TEXT             goes on with the line before
 *	~ TEXT             a line of what the model thinks
 *	timings CACHED PROMPT
 *	                   usage and timings of the answer so far, after a prompt of so many tokens known and read; without the
 *	                   numbers as `count` counts the request, which knows all up to the last reply (not after `resumes`)
 *	model NAME         what the events after this line say the model is called
 *
 * The course of things:
 *
 *	delay MS           do nothing for so long
 *	wait               until the next standin_go
 *	until NAME         do nothing until NAME holds
 *	hold NAME MS       NAME holds from now on for so long, for every connection
 *	forget             all streams that are kept
 *	repeat [N] … end   N times, else endlessly
 *	shutdown           FIN, but stay
 *	refuse             listen no more; before the first "on": do not even begin
 */
#ifndef FLYNN_DEMO_SCRIPT_H
#define FLYNN_DEMO_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	SCRIPT_DEPTH_MAX = 4, /* of repeat in repeat */
};

/* Bytes that stand for numbers of the request. */
enum {
	SCRIPT_MARK_CACHED = 1, /* tokens that the server knew, */
	SCRIPT_MARK_READ,       /* that it read, */
	SCRIPT_MARK_PROMPT,     /* both, */
	SCRIPT_MARK_ALL,        /* and with the answer */
	SCRIPT_MARKS,
};

enum script_op {
	SCRIPT_SEND,  /* bytes; n: of them are a piece of the body, in a chunk of its own */
	SCRIPT_CUT,   /* n: bytes, 0 for whole */
	SCRIPT_DELAY, /* n: milliseconds */
	SCRIPT_WAIT,
	SCRIPT_UNTIL, /* bytes: its name */
	SCRIPT_COUNT,
	SCRIPT_TIMINGS, /* n: tokens of the answer; bytes: a piece of the body with a SCRIPT_MARK_… for each number */
	SCRIPT_HOLD,    /* bytes: its name; n: milliseconds */
	SCRIPT_REPEAT,  /* n: times, 0: endlessly */
	SCRIPT_END,     /* of the innermost repeat */
	SCRIPT_SHUTDOWN,
	SCRIPT_REFUSE,
	SCRIPT_FORGET,
	SCRIPT_LOSE,
	SCRIPT_KEEP, /* the rest ends an answer */
	SCRIPT_CLOSE,
	SCRIPT_RESET,
	SCRIPT_HANG,
};

struct script_step {
	enum script_op op;
	long n;
	char *bytes; /* `len` of them */
	size_t len;
};

struct script_route {
	char *method, *path; /* "any" or a method; a path, perhaps with a final "*" */
	char *during;        /* what must hold, or NULL */
	char *when;          /* what the last message must say, or NULL */
	char *with;          /* what the body must hold, or NULL */
	size_t *answers;     /* where each begins in the steps */
	size_t n_answers;
};

struct script {
	struct script_step *steps;
	size_t n_steps;
	struct script_route *routes;
	size_t n_routes;
	long connect;                  /* where "on connect" begins, -1: there is none */
	size_t not_found, bad_request; /* where our own answers begin: no route fits; it is not HTTP */
	size_t deleted;                /* … a stream is forgotten */
	size_t closing;                /* … nothing is left to be said */
	bool refuse, resumes;
};

void script_release(struct script *);

#endif
