/*
 * endpoint.c - the forms of an endpoint, taken apart strictly: what a URL library would bend into shape is more often a
 * slip of the keyboard, so each refusal says what to write instead.
 */
#include "llama/endpoint.h"

#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/un.h>

#include "base/mem.h"
#include "base/utf8.h"

#define EXAMPLE "http://localhost:8080"

enum {
	TEXT_MAX = 2048,
	SHOWN_MAX = 200, /* bytes of the text that an error repeats */
	HOST_MAX = 253,  /* RFC 1035 */
	LABEL_MAX = 63,
	PORT_MAX = 65535,
};

/* A piece of the text. */
struct span {
	const char *s;
	size_t n;
};

/* The part after "://". */
struct parts {
	const char *text;
	bool tls;
	struct span authority, host, port, path; /* the host without brackets; path from its "/" */
	bool bracketed;
	char address[INET6_ADDRSTRLEN + 64]; /* a bracketed host in its one form, a zone after "%25" */
	bool loopback;
};

#define SPAN(x) (int)(x).n, (x).s

static int
shown_length(const char *text)
{
	return (int)utf8_floor(text, strnlen(text, SHOWN_MAX));
}

static bool
refuse(struct err *err, const char *text, const char *what, const char *instead)
{
	int n = shown_length(text);

	return err_set(err, ERR_CONFIG, "\"%.*s%s\" %s: write %s", n, text, text[n] ? "…" : "", what, instead);
}

static bool
begins(const char *s, const char *with)
{
	return strncasecmp(s, with, strlen(with)) == 0;
}

/* ---- unix sockets ---- */

static bool
parse_unix(struct endpoint *e, const char *path, struct err *err)
{
	const char *example = "unix:/path/llama.sock";

	while (path[0] == '/' && path[1] == '/')
		path++;
	if (path[0] != '/')
		return refuse(err, e->text, "is no path from the root", example);
	if (path[strlen(path) - 1] == '/')
		return refuse(err, e->text, "is a directory and no socket", example);
	if (strlen(path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return refuse(err, e->text, "is longer than the 107 bytes that a socket's path may have", example);
	e->unix_path = mem_strdup(path);
	e->root = mem_strdup("http://localhost");
	e->origin = mem_strdup(e->text);
	e->loopback = true;
	return true;
}

/* ---- hosts ---- */

static bool
all_digits(struct span x)
{
	for (size_t i = 0; i < x.n; i++)
		if (!isdigit((unsigned char)x.s[i]))
			return false;
	return x.n > 0;
}

static bool
is_loopback_name(struct span host)
{
	static const char name[] = "localhost";
	size_t n = sizeof(name) - 1;

	if (host.n > 0 && host.s[host.n - 1] == '.')
		host.n--;
	return host.n >= n && strncasecmp(host.s + host.n - n, name, n) == 0 &&
	       (host.n == n || host.s[host.n - n - 1] == '.');
}

static bool
check_label(const struct parts *p, struct span label, struct err *err)
{
	if (label.n == 0 || label.n > LABEL_MAX)
		return refuse(err, p->text, "has a host name that cannot be", EXAMPLE);
	for (size_t i = 0; i < label.n; i++) {
		unsigned char c = (unsigned char)label.s[i];

		if (c >= 0x80)
			return refuse(err, p->text, "has letters in its host that a URL cannot hold",
			        "its name in the form xn--…");
		if (!isalnum(c) && c != '-' && c != '_')
			return refuse(err, p->text, "has a host name that cannot be", EXAMPLE);
	}
	return true;
}

/* A name whose last label is a number is an address, or nothing (WHATWG URL, "ends in a number"). */
static bool
check_ipv4(struct parts *p, struct err *err)
{
	char host[INET_ADDRSTRLEN] = "";
	struct in_addr address;

	if (p->host.n < sizeof(host))
		memcpy(host, p->host.s, p->host.n);
	if (inet_pton(AF_INET, host, &address) != 1)
		return refuse(err, p->text, "has a host that is no IPv4 address", "four numbers from 0 to 255");
	p->loopback = ntohl(address.s_addr) >> 24 == 127;
	return true;
}

static bool
check_name(struct parts *p, struct err *err)
{
	struct span rest = p->host, label = {0};

	if (rest.n > HOST_MAX)
		return refuse(err, p->text, "has a host name longer than 253 characters", EXAMPLE);
	if (rest.s[rest.n - 1] == '.')
		rest.n--;
	for (;;) {
		const char *dot = memchr(rest.s, '.', rest.n);

		label = (struct span){rest.s, dot ? (size_t)(dot - rest.s) : rest.n};
		if (!check_label(p, label, err))
			return false;
		if (!dot)
			break;
		rest.n -= label.n + 1;
		rest.s = dot + 1;
	}
	p->loopback = is_loopback_name(p->host);
	return !all_digits(label) || check_ipv4(p, err);
}

static bool
is_ipv6(const char *s, size_t n, struct in6_addr *address)
{
	char text[INET6_ADDRSTRLEN] = "";

	if (n >= sizeof(text))
		return false;
	memcpy(text, s, n);
	return inet_pton(AF_INET6, text, address) == 1;
}

static bool
is_loopback_ipv6(const struct in6_addr *a)
{
	return IN6_IS_ADDR_LOOPBACK(a) || (IN6_IS_ADDR_V4MAPPED(a) && a->s6_addr[12] == 127);
}

/* "fe80::1%eth0", or "%25eth0" as RFC 6874 writes it. */
static bool
check_ipv6(struct parts *p, struct err *err)
{
	const char *percent = memchr(p->host.s, '%', p->host.n), *end = p->host.s + p->host.n;
	struct span zone = {end, 0};
	struct in6_addr address;

	if (percent) {
		zone.s = strncmp(percent, "%25", 3) == 0 && end - percent > 3 ? percent + 3 : percent + 1;
		zone.n = (size_t)(end - zone.s);
	}
	if (!is_ipv6(p->host.s, (size_t)((percent ? percent : end) - p->host.s), &address))
		return refuse(err, p->text, "has no IPv6 address between its brackets", "http://[::1]:8080");
	for (size_t i = 0; i < zone.n; i++)
		if (!isalnum((unsigned char)zone.s[i]) && !strchr("-._~", zone.s[i]))
			zone.n = 0;
	if (percent && (zone.n == 0 || zone.n > 32))
		return refuse(err, p->text, "has a bad zone after \"%\"", "http://[fe80::1%25eth0]:8080");
	inet_ntop(AF_INET6, &address, p->address, INET6_ADDRSTRLEN);
	if (percent) {
		strcat(p->address, "%25");
		strncat(p->address, zone.s, zone.n);
	}
	p->loopback = is_loopback_ipv6(&address);
	return true;
}

/* "::1" and "::1:8080" outside of brackets: says where they go. */
static bool
refuse_bare_ipv6(const struct parts *p, struct err *err)
{
	const char *s = p->authority.s, *scheme = p->tls ? "https" : "http";
	size_t n = p->authority.n, colon = n;
	struct in6_addr address;
	bool refused;
	char *instead;

	while (colon > 0 && s[--colon] != ':')
		;
	if (!is_ipv6(s, n, &address))
		instead = is_ipv6(s, colon, &address)
		                  ? mem_printf("%s://[%.*s]%.*s", scheme, (int)colon, s, (int)(n - colon), s + colon)
		                  : mem_strdup("http://[::1]:8080");
	else
		instead = mem_printf("%s://[%.*s]", scheme, (int)n, s);
	refused = refuse(err, p->text, "has an IPv6 address without brackets", instead);
	free(instead);
	return refused;
}

/* ---- the parts of a URL ---- */

static bool
check_port(const struct parts *p, struct err *err)
{
	long port;

	if (!p->port.s)
		return true;
	port = all_digits(p->port) && p->port.n <= 5 ? strtol(p->port.s, NULL, 10) : 0;
	if (port < 1 || port > PORT_MAX)
		return refuse(err, p->text, "has a bad port", "a port from 1 to 65535, as in " EXAMPLE);
	return true;
}

static bool
split_authority(struct parts *p, struct err *err)
{
	struct span a = p->authority;
	const char *close = a.n > 0 && a.s[0] == '[' ? memchr(a.s, ']', a.n) : NULL, *end = a.s + a.n, *colon;

	p->bracketed = close != NULL;
	p->host = close ? (struct span){a.s + 1, (size_t)(close - a.s - 1)} : a;
	colon = memchr(close ? close : a.s, ':', (size_t)(end - (close ? close : a.s)));
	if (!close && colon && memchr(colon + 1, ':', (size_t)(end - colon - 1)))
		return refuse_bare_ipv6(p, err);
	if (close && close + 1 != end && colon != close + 1)
		return refuse(err, p->text, "has something between \"]\" and the port", "http://[::1]:8080");
	if (colon) {
		p->port = (struct span){colon + 1, (size_t)(end - colon - 1)};
		if (!close)
			p->host.n = (size_t)(colon - a.s);
	}
	if (p->host.n == 0)
		return refuse(err, p->text, "has no host", EXAMPLE);
	return check_port(p, err);
}

static void
cut_end(struct span *path, const char *end)
{
	size_t n = strlen(end);

	if (path->n >= n && memcmp(path->s + path->n - n, end, n) == 0)
		path->n -= n;
}

static void
cut_slashes(struct span *path)
{
	while (path->n > 0 && path->s[path->n - 1] == '/')
		path->n--;
}

/* However often /v1 stands after it. */
static bool
ends_with_route(struct span path)
{
	static const char route[] = "/chat/completions";
	size_t n = sizeof(route) - 1, before;

	do {
		before = path.n;
		cut_slashes(&path);
		if (path.n >= n && memcmp(path.s + path.n - n, route, n) == 0)
			return true;
		cut_end(&path, "/v1");
	} while (path.n < before);
	return false;
}

static bool
check_path(struct parts *p, struct err *err)
{
	struct span *path = &p->path;

	for (size_t i = 0; i < path->n; i++)
		if ((unsigned char)path->s[i] >= 0x80 || strchr("\"<>\\^`{|}", path->s[i]))
			return refuse(err, p->text, "has a character in its path that a URL cannot hold",
			        "it as %XX, or leave the path out");
	if (ends_with_route(*path))
		return refuse(err, p->text, "is one route of the server", "the endpoint without /v1/chat/completions");
	cut_slashes(path);
	cut_end(path, "/v1");
	cut_slashes(path);
	return true;
}

/* A password or a key may follow any of these, so the error does not repeat the text. */
static bool
check_no_secrets(const struct parts *p, const char *rest, struct err *err)
{
	const char *scheme = p->tls ? "https" : "http", *at = strrchr(rest, '@'), *mark = strpbrk(rest, "?#");

	if (at)
		return err_set(err, ERR_CONFIG,
		        "an endpoint takes no user name and password: write %s://%.*s, and a token as auth_token",
		        scheme, (int)strcspn(at + 1, "?#"), at + 1);
	if (mark)
		return err_set(err, ERR_CONFIG, "an endpoint takes no %s: write %s://%.*s",
		        *mark == '?' ? "query (\"?\")" : "fragment (\"#\")", scheme, (int)(mark - rest), rest);
	return true;
}

static bool
refuse_scheme(const char *text, struct err *err)
{
	const char *colon = strstr(text, "://"), *host = text;
	bool secure = begins(text, "https:"), refused;
	char *instead;

	if (strpbrk(text, "@?#"))
		return err_set(err, ERR_CONFIG, "the endpoint has no scheme that flynn speaks: write " EXAMPLE);
	if (colon && colon > text)
		return refuse(err, text, "has a scheme that flynn does not speak", "http://… or https://…");
	if (begins(text, "http:") || secure)
		host = strchr(text, ':') + 1;
	host += strspn(host, ":/");
	instead = mem_printf("%s://%.*s", secure ? "https" : "http", shown_length(host), host);
	refused = refuse(err, text, "has no scheme", *host ? instead : EXAMPLE);
	free(instead);
	return refused;
}

static bool
split(struct parts *p, struct err *err)
{
	const char *rest;

	p->tls = begins(p->text, "https://");
	if (!p->tls && !begins(p->text, "http://"))
		return refuse_scheme(p->text, err);
	rest = strstr(p->text, "://") + 3;
	p->authority = (struct span){rest, strcspn(rest, "/?#")};
	p->path.s = rest + p->authority.n;
	p->path.n = strlen(p->path.s);
	return check_no_secrets(p, rest, err) && split_authority(p, err) &&
	       (p->bracketed ? check_ipv6(p, err) : check_name(p, err)) && check_path(p, err);
}

static void
build(struct endpoint *e, const struct parts *p)
{
	const char *scheme = p->tls ? "https" : "http";
	char *host = p->bracketed ? mem_printf("[%s]", p->address) : mem_strndup(p->host.s, p->host.n);
	long port = p->port.s ? strtol(p->port.s, NULL, 10) : p->tls ? 443 : 80;

	for (char *c = host; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	e->origin = mem_printf("%s://%s:%ld", scheme, host, port);
	if (p->port.s)
		e->root = mem_printf("%s%.*s", e->origin, SPAN(p->path));
	else
		e->root = mem_printf("%s://%s%.*s", scheme, host, SPAN(p->path));
	e->tls = p->tls;
	e->loopback = p->loopback;
	free(host);
}

static bool
check_text(const char *text, struct err *err)
{
	if (!*text)
		return err_set(err, ERR_CONFIG, "the endpoint is empty: write " EXAMPLE);
	if (strlen(text) > TEXT_MAX)
		return err_set(err, ERR_CONFIG, "the endpoint is longer than %d bytes: write " EXAMPLE, TEXT_MAX);
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f || (*c == ' ' && !begins(text, "unix:")))
			return err_set(
			        err, ERR_CONFIG, "the endpoint holds a space or a control character: write " EXAMPLE);
	return true;
}

bool
endpoint_parse(struct endpoint *e, const char *text, struct err *err)
{
	struct parts parts = {.text = text};

	*e = (struct endpoint){0};
	if (!check_text(text, err))
		return false;
	e->text = mem_strdup(text);
	if (begins(text, "unix:")) {
		if (parse_unix(e, text + strlen("unix:"), err))
			return true;
	} else if (split(&parts, err)) {
		build(e, &parts);
		return true;
	}
	endpoint_release(e);
	return false;
}

void
endpoint_release(struct endpoint *e)
{
	free(e->text);
	free(e->root);
	free(e->origin);
	free(e->unix_path);
	*e = (struct endpoint){0};
}

void
endpoint_copy(struct endpoint *to, const struct endpoint *from)
{
	*to = *from;
	to->text = mem_strdup(from->text);
	to->root = mem_strdup(from->root);
	to->origin = mem_strdup(from->origin);
	to->unix_path = mem_strdup(from->unix_path);
}

bool
endpoint_same_origin(const struct endpoint *a, const struct endpoint *b)
{
	if (a->unix_path || b->unix_path)
		return a->unix_path && b->unix_path && strcmp(a->unix_path, b->unix_path) == 0;
	return strcmp(a->origin, b->origin) == 0;
}

bool
endpoint_is_open(const struct endpoint *e)
{
	return !e->tls && !e->loopback;
}

char *
endpoint_url(const struct endpoint *e, const char *path)
{
	assert(path[0] == '/');
	return mem_printf("%s%s", e->root, path);
}
