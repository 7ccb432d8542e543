/*
 * libcurl.h - libcurl's functions, found in its file while flynn runs. Private to transport.c, curl_request.c and failure.c.
 *
 * libcurl brings some thirty other libraries along, which take longer to load than everything else that is done before the
 * first frame. So flynn is not linked with it: the net thread loads it. curl/curl.h says what the functions look like.
 */
#ifndef FLYNN_NET_LIBCURL_H
#define FLYNN_NET_LIBCURL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/err.h"

/* Those that are used, without their curl_. */
#define LIBCURL_FUNCTIONS(X)                                                                                           \
	X(easy_cleanup)                                                                                                \
	X(easy_getinfo)                                                                                                \
	X(easy_init)                                                                                                   \
	X(easy_pause)                                                                                                  \
	X(easy_setopt)                                                                                                 \
	X(easy_strerror)                                                                                               \
	X(global_init)                                                                                                 \
	X(multi_add_handle)                                                                                            \
	X(multi_cleanup)                                                                                               \
	X(multi_info_read)                                                                                             \
	X(multi_init)                                                                                                  \
	X(multi_remove_handle)                                                                                         \
	X(multi_setopt)                                                                                                \
	X(multi_socket_action)                                                                                         \
	X(slist_append)                                                                                                \
	X(slist_free_all)

struct libcurl {
#define X(name) __typeof__(curl_##name) *name;
	LIBCURL_FUNCTIONS(X)
#undef X
};

/* Loads it and prepares it for use, once in a program. It stays loaded until the program ends. */
bool libcurl_load(struct libcurl *, struct err *) MUST_USE;

#endif
