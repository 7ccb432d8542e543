/*
 * endpoint.c - the forms of an endpoint, and what is said of others.
 */
#include "llama/endpoint.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
takes_every_form(void)
{
	static const struct {
		const char *text, *root, *unix_path;
		bool tls, loopback;
	} rows[] = {
	        {"http://localhost:8080", "http://localhost:8080", NULL, false, true},
	        {"http://localhost:8080/", "http://localhost:8080", NULL, false, true},
	        {"http://localhost:8080/v1", "http://localhost:8080", NULL, false, true},
	        {"http://localhost:8080/v1/", "http://localhost:8080", NULL, false, true},
	        {"http://localhost:8080//v1//", "http://localhost:8080", NULL, false, true},
	        {"http://localhost", "http://localhost", NULL, false, true},
	        {"http://LOCALHOST:08080", "http://localhost:8080", NULL, false, true},
	        {"http://localhost.:1", "http://localhost.:1", NULL, false, true},
	        {"http://llama.localhost", "http://llama.localhost", NULL, false, true},
	        {"http://notlocalhost", "http://notlocalhost", NULL, false, false},
	        {"http://localhost.example.org", "http://localhost.example.org", NULL, false, false},
	        {"HTTPS://Example.ORG/llm/V", "https://example.org/llm/V", NULL, true, false},
	        {"https://example.org/llm/v1/", "https://example.org/llm", NULL, true, false},
	        {"https://example.org/v1/llm", "https://example.org/v1/llm", NULL, true, false},
	        {"https://example.org/llmv1", "https://example.org/llmv1", NULL, true, false},
	        {"http://example.org/v1/v1", "http://example.org/v1", NULL, false, false},
	        {"http://a_b-c.x:65535/%7Eme", "http://a_b-c.x:65535/%7Eme", NULL, false, false},
	        {"http://127.0.0.1:9931", "http://127.0.0.1:9931", NULL, false, true},
	        {"http://127.255.1.2", "http://127.255.1.2", NULL, false, true},
	        {"http://128.0.0.1", "http://128.0.0.1", NULL, false, false},
	        {"http://192.168.1.5:8080", "http://192.168.1.5:8080", NULL, false, false},
	        {"http://[::1]:8080", "http://[::1]:8080", NULL, false, true},
	        {"http://[0:0:0::1]", "http://[::1]", NULL, false, true},
	        {"http://[::ffff:127.0.0.1]", "http://[::ffff:127.0.0.1]", NULL, false, true},
	        {"http://[::ffff:127.255.0.2]", "http://[::ffff:127.255.0.2]", NULL, false, true},
	        {"http://[::ffff:10.0.0.1]", "http://[::ffff:10.0.0.1]", NULL, false, false},
	        {"http://[::ffff:126.0.0.1]", "http://[::ffff:126.0.0.1]", NULL, false, false},
	        {"http://[::ffff:128.0.0.1]", "http://[::ffff:128.0.0.1]", NULL, false, false},
	        {"http://[64:ff9b::127.0.0.1]", "http://[64:ff9b::7f00:1]", NULL, false, false},
	        {"http://[::2]", "http://[::2]", NULL, false, false},
	        {"http://126.0.0.1", "http://126.0.0.1", NULL, false, false},
	        {"http://128.0.0.1", "http://128.0.0.1", NULL, false, false},
	        {"http://[2001:DB8::5]:1/p/v1", "http://[2001:db8::5]:1/p", NULL, false, false},
	        {"http://[fe80::1%25eth0]:8080", "http://[fe80::1%25eth0]:8080", NULL, false, false},
	        {"http://[fe80::1%eth0]", "http://[fe80::1%25eth0]", NULL, false, false},
	        {"unix:/run/llama.sock", "http://localhost", "/run/llama.sock", false, true},
	        {"unix:///run/llama.sock", "http://localhost", "/run/llama.sock", false, true},
	        {"unix:/home/me/my models/l.sock", "http://localhost", "/home/me/my models/l.sock", false, true},
	        {"UNIX:/v1", "http://localhost", "/v1", false, true},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct endpoint e, copy;
		struct err err;

		if (!endpoint_parse(&e, rows[i].text, &err)) {
			HARNESS_CHECK(0, "%s: %s", rows[i].text, err.text);
			continue;
		}
		endpoint_copy(&copy, &e);
		endpoint_release(&e);
		HARNESS_EQUAL(copy.text, rows[i].text);
		HARNESS_EQUAL(copy.root, rows[i].root);
		HARNESS_EQUAL(copy.unix_path ? copy.unix_path : "-", rows[i].unix_path ? rows[i].unix_path : "-");
		HARNESS_CHECK(copy.tls == rows[i].tls, "%s: tls", rows[i].text);
		HARNESS_CHECK(copy.loopback == rows[i].loopback, "%s: loopback", rows[i].text);
		HARNESS_CHECK(endpoint_is_open(&copy) == (!rows[i].loopback && !rows[i].tls), "%s: open", rows[i].text);
		endpoint_release(&copy);
	}
}

static void
says_what_would_be_right(void)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
	        {"", "the endpoint is empty: write http://localhost:8080"},
	        {"localhost:8080", "\"localhost:8080\" has no scheme: write http://localhost:8080"},
	        {"localhost", "\"localhost\" has no scheme: write http://localhost"},
	        {"//localhost:1/x", "\"//localhost:1/x\" has no scheme: write http://localhost:1/x"},
	        {"http:localhost", "\"http:localhost\" has no scheme: write http://localhost"},
	        {"https:/host", "\"https:/host\" has no scheme: write https://host"},
	        {"http:", "\"http:\" has no scheme: write http://localhost:8080"},
	        {"ftp://host", "\"ftp://host\" has a scheme that flynn does not speak: write http://… or https://…"},
	        {"http://", "\"http://\" has no host: write http://localhost:8080"},
	        {"http:///v1", "\"http:///v1\" has no host: write http://localhost:8080"},
	        {"http://:8080", "\"http://:8080\" has no host: write http://localhost:8080"},
	        {"http://[]", "\"http://[]\" has no host: write http://localhost:8080"},
	        {"http://h:",
	                "\"http://h:\" has a bad port: write a port from 1 to 65535, as in http://localhost:8080"},
	        {"http://h:0",
	                "\"http://h:0\" has a bad port: write a port from 1 to 65535, as in http://localhost:8080"},
	        {"http://h:65536",
	                "\"http://h:65536\" has a bad port: write a port from 1 to 65535, as in http://localhost:8080"},
	        {"http://h:80a",
	                "\"http://h:80a\" has a bad port: write a port from 1 to 65535, as in http://localhost:8080"},
	        {"http://h:-1",
	                "\"http://h:-1\" has a bad port: write a port from 1 to 65535, as in http://localhost:8080"},
	        {"http://me:pass@h:8080/p?q", "an endpoint takes no user name and password: write http://h:8080/p, and "
	                                      "a token as auth_token"},
	        {"http://me:pa/ss@h",
	                "an endpoint takes no user name and password: write http://h, and a token as auth_token"},
	        {"me:pass@h", "the endpoint has no scheme that flynn speaks: write http://localhost:8080"},
	        {"ftp://me:pass@h", "the endpoint has no scheme that flynn speaks: write http://localhost:8080"},
	        {"http://h/p?key=s", "an endpoint takes no query (\"?\"): write http://h/p"},
	        {"http://h/#top", "an endpoint takes no fragment (\"#\"): write http://h/"},
	        {"http://a b", "the endpoint holds a space or a control character: write http://localhost:8080"},
	        {"http://h\n", "the endpoint holds a space or a control character: write http://localhost:8080"},
	        {"unix:/a\nb", "the endpoint holds a space or a control character: write http://localhost:8080"},
	        {"http://a..b", "\"http://a..b\" has a host name that cannot be: write http://localhost:8080"},
	        {"http://a%20b", "\"http://a%20b\" has a host name that cannot be: write http://localhost:8080"},
	        {"http://a\\b", "\"http://a\\b\" has a host name that cannot be: write http://localhost:8080"},
	        {"http://.", "\"http://.\" has a host name that cannot be: write http://localhost:8080"},
	        {"http://m\xc3\xbcller",
	                "\"http://m\xc3\xbcller\" has letters in its host that a URL cannot hold: write its name in "
	                "the form xn--…"},
	        {"http://300.1.1.1",
	                "\"http://300.1.1.1\" has a host that is no IPv4 address: write four numbers from 0 to 255"},
	        {"http://127.1",
	                "\"http://127.1\" has a host that is no IPv4 address: write four numbers from 0 to 255"},
	        {"http://::1", "\"http://::1\" has an IPv6 address without brackets: write http://[::1]"},
	        {"http://fe80::1:8080",
	                "\"http://fe80::1:8080\" has an IPv6 address without brackets: write http://[fe80::1:8080]"},
	        {"https://1:2:3:4:5:6:7:8:8080",
	                "\"https://1:2:3:4:5:6:7:8:8080\" has an IPv6 address without brackets: write "
	                "https://[1:2:3:4:5:6:7:8]:8080"},
	        {"http://a:b:c", "\"http://a:b:c\" has an IPv6 address without brackets: write http://[::1]:8080"},
	        {"http://[::1", "\"http://[::1\" has an IPv6 address without brackets: write http://[::1]:8080"},
	        {"http://[::1]x:1",
	                "\"http://[::1]x:1\" has something between \"]\" and the port: write http://[::1]:8080"},
	        {"http://[::1]8080",
	                "\"http://[::1]8080\" has something between \"]\" and the port: write http://[::1]:8080"},
	        {"http://[1.2.3.4]",
	                "\"http://[1.2.3.4]\" has no IPv6 address between its brackets: write http://[::1]:8080"},
	        {"http://[fe80::1%]",
	                "\"http://[fe80::1%]\" has a bad zone after \"%\": write http://[fe80::1%25eth0]:8080"},
	        {"http://[fe80::1%a/b]",
	                "\"http://[fe80::1%a/b]\" has an IPv6 address without brackets: write http://[::1]:8080"},
	        {"http://h/a|b", "\"http://h/a|b\" has a character in its path that a URL cannot hold: write it as "
	                         "%XX, or leave "
	                         "the path out"},
	        {"http://h/v1/chat/completions",
	                "\"http://h/v1/chat/completions\" is one route of the server: write the endpoint without "
	                "/v1/chat/completions"},
	        {"http://h/v1/chat/completions/v1/",
	                "\"http://h/v1/chat/completions/v1/\" is one route of the server: write the endpoint without "
	                "/v1/chat/completions"},
	        {"http://h/v1/chat/completions/v1//v1/", "\"http://h/v1/chat/completions/v1//v1/\" is one route of the "
	                                                 "server: write the endpoint without "
	                                                 "/v1/chat/completions"},
	        {"unix:", "\"unix:\" is no path from the root: write unix:/path/llama.sock"},
	        {"unix:llama.sock", "\"unix:llama.sock\" is no path from the root: write unix:/path/llama.sock"},
	        {"unix:/run/", "\"unix:/run/\" is a directory and no socket: write unix:/path/llama.sock"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct endpoint e;
		struct err err = {0};

		if (endpoint_parse(&e, rows[i].text, &err)) {
			HARNESS_CHECK(0, "%s was taken as %s", rows[i].text, e.root);
			endpoint_release(&e);
			continue;
		}
		HARNESS_EQUAL(err.text, rows[i].error);
		CU_ASSERT(err.code == ERR_CONFIG);
		CU_ASSERT_PTR_NULL(e.text);
	}
}

static void
bounds_names_and_paths(void)
{
	char label[80] = "", host[300] = "http://", path[300] = "unix:/", longest[4000] = "http://h/";
	struct endpoint e;
	struct err err;
	char *url;

	memset(label, 'a', 64);
	url = mem_printf("http://%s", label);
	CU_ASSERT_FALSE(endpoint_parse(&e, url, &err));
	url[strlen(url) - 1] = '\0';
	CU_ASSERT_TRUE(endpoint_parse(&e, url, &err));
	endpoint_release(&e);
	free(url);

	for (int i = 0; i < 127; i++)
		strcat(host, "a.");
	CU_ASSERT_FALSE(endpoint_parse(&e, host, &err)); /* 254 */
	HARNESS_EQUAL(strstr(err.text, "longer") ? "longer" : err.text, "longer");
	host[strlen(host) - 1] = '\0';
	CU_ASSERT_TRUE(endpoint_parse(&e, host, &err));
	endpoint_release(&e);

	memset(path + 6, 'a', 106);
	CU_ASSERT_TRUE(endpoint_parse(&e, path, &err)); /* 107 with the slash: sun_path */
	endpoint_release(&e);
	path[112] = 'a';
	CU_ASSERT_FALSE(endpoint_parse(&e, path, &err));

	memset(longest + 9, 'a', 3000);
	CU_ASSERT_FALSE(endpoint_parse(&e, longest, &err));
	HARNESS_EQUAL(err.text, "the endpoint is longer than 2048 bytes: write http://localhost:8080");
}

static void
knows_an_origin(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
	        {"http://h", "http://h:80/p", true},
	        {"http://H:8080/x", "http://h:8080", true},
	        {"https://h", "https://h:443", true},
	        {"http://h", "https://h", false},
	        {"http://h:443", "https://h", false},
	        {"http://h:8080", "http://h:8081", false},
	        {"http://h", "http://g", false},
	        {"http://[::1]", "http://[0:0::1]:80", true},
	        {"http://localhost", "http://127.0.0.1", false},
	        {"unix:/a", "unix:///a", true},
	        {"unix:/a", "unix:/b", false},
	        {"unix:/a", "http://localhost", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct endpoint a, b;
		struct err err;

		CU_ASSERT_TRUE_FATAL(endpoint_parse(&a, rows[i].a, &err));
		CU_ASSERT_TRUE_FATAL(endpoint_parse(&b, rows[i].b, &err));
		HARNESS_CHECK(endpoint_same_origin(&a, &b) == rows[i].same, "%s and %s", rows[i].a, rows[i].b);
		HARNESS_CHECK(endpoint_same_origin(&b, &a) == rows[i].same, "%s and %s", rows[i].b, rows[i].a);
		endpoint_release(&a);
		endpoint_release(&b);
	}
}

static void
makes_urls(void)
{
	struct endpoint e;
	struct err err;
	char *url;

	CU_ASSERT_TRUE_FATAL(endpoint_parse(&e, "http://h:1/llm/v1/", &err));
	url = endpoint_url(&e, "/v1/chat/completions");
	HARNESS_EQUAL(url, "http://h:1/llm/v1/chat/completions");
	free(url);
	endpoint_release(&e);
	endpoint_release(&e);
}

CU_TestInfo endpoint_tests[] = {
        {"takes every form", takes_every_form},
        {"says what would be right", says_what_would_be_right},
        {"bounds names and paths", bounds_names_and_paths},
        {"knows an origin", knows_an_origin},
        {"makes URLs", makes_urls},
        CU_TEST_INFO_NULL,
};
