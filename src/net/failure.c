/*
 * failure.c - the one place that turns a failure of curl into a sentence.
 */
#include "net/failure.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "llama/secret.h"
#include "net/timed_out.h"

static void
not_running(const struct http_request *r, const char *cause, struct err *err)
{
	const char *endpoint = r->endpoint.text, *name = http_server_name(r);

	if (cause)
		err_set(err, ERR_UNREACHABLE, "%s not running at %s (%s)", name, endpoint, cause);
	else
		err_set(err, ERR_UNREACHABLE, "%s not running at %s", name, endpoint);
}

static void
not_connected(const struct failure *f, struct err *err)
{
	if (f->os_errno == ECONNREFUSED)
		not_running(f->request, NULL, err);
	else
		not_running(f->request, f->os_errno ? strerror(f->os_errno) : f->detail, err);
}

static void
bad_certificates(const struct http_request *r, const char *why, struct err *err)
{
	err_set(err, ERR_TLS, "cannot use the certificates of ca_file: %s (%s)",
	        r->ca_file ? r->ca_file : "(the system's)", why);
}

static void
tls_refused(const struct failure *f, struct err *err)
{
	const char *endpoint = f->request->endpoint.text, *detail = f->detail;

	if (f->code == CURLE_SSL_CACERT_BADFILE)
		bad_certificates(f->request, detail, err);
	else if (f->code == CURLE_PEER_FAILED_VERIFICATION)
		err_set(err, ERR_TLS,
		        "the certificate of %s is not trusted (%s): name its authority with ca_file:, or accept it "
		        "unverified with insecure: true, in the configuration",
		        endpoint, detail);
	else
		err_set(err, ERR_TLS,
		        "TLS with %s failed (%s): if it speaks plain HTTP, say http://; else see ca_file: and "
		        "insecure: "
		        "in the configuration",
		        endpoint, detail);
}

/* curl's "Recv failure: Connection reset by peer", without what only a programmer asks for. */
static const char *
plain_detail(const char *detail)
{
	static const char *const prefixes[] = {"Recv failure: ", "Send failure: "};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (strncmp(detail, prefixes[i], strlen(prefixes[i])) == 0)
			return detail + strlen(prefixes[i]);
	return detail;
}

static bool
is_header_too_large(const struct failure *f)
{
	if (f->code == CURLE_OUT_OF_MEMORY) /* so curl calls one header line past its own bound */
		return !f->head_told || f->head_too_large;
	return f->code == CURLE_WRITE_ERROR && f->head_too_large;
}

static void
not_readable(const struct failure *f, struct err *err)
{
	const char *endpoint = f->request->endpoint.text, *detail = f->detail;

	if (is_header_too_large(f))
		err_set(err, ERR_LIMIT, "the header of the answer from %s is too large: is the endpoint right?",
		        endpoint);
	else if (f->head_told)
		err_set(err, ERR_INCOMPLETE, "the answer cannot be read (%s)", detail);
	else
		err_set(err, ERR_INCOMPLETE,
		        "what answers at %s does not speak HTTP as %s does (%s): is the endpoint right?", endpoint,
		        http_server_name(f->request), detail);
}

static void
set_broken(const struct failure *f, struct err *err)
{
	switch (f->code) {
	case CURLE_COULDNT_CONNECT:
		not_connected(f, err);
		break;
	case CURLE_COULDNT_RESOLVE_HOST:
		not_running(f->request, "host not found", err);
		break;
	case CURLE_COULDNT_RESOLVE_PROXY:
		not_running(f->request, "the proxy's host was not found", err);
		break;
	case CURLE_OPERATION_TIMEDOUT:
		timed_out(err, http_server_name(f->request), "no connection to", f->request->endpoint.text, 0);
		break;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_USE_SSL_FAILED:
		tls_refused(f, err);
		break;
	case CURLE_GOT_NOTHING:
		err_set(err, ERR_INCOMPLETE, "%s closed the connection without an answer%s", f->request->endpoint.text,
		        f->request->endpoint.tls ? "" : " (if it speaks TLS, say https://)");
		break;
	case CURLE_PARTIAL_FILE:
		err_set(err, ERR_INCOMPLETE, "the connection broke off");
		break;
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		err_set(err, ERR_INCOMPLETE, "the connection broke off (%s)", plain_detail(f->detail));
		break;
	default:
		not_readable(f, err);
		break;
	}
}

/* curl's own words may hold some of the server's, as of its certificate. */
void
failure_words(const struct failure *f, struct err *err)
{
	struct buf shown = {0};

	set_broken(f, err);
	secret_append_words(&shown, err->text, f->request->auth_token);
	err_set(err, err->code, "%s", buf_text(&shown));
	buf_release(&shown);
}

void
failure_of_file(const struct http_request *r, const char *why, struct err *err)
{
	if (r->endpoint.unix_path)
		not_running(r, why, err);
	else
		bad_certificates(r, why, err);
}

bool
failure_is_loss(CURLcode code)
{
	return code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_SEND_ERROR ||
	       code == CURLE_RECV_ERROR;
}
