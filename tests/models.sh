#!/bin/sh
# models.sh - flynn models against the stand-in: the list as text and JSON, and models that are loaded and unloaded.
set -u

. "$FLYNN_TESTS/standin-lib.sh"
. "$FLYNN_TESTS/said-lib.sh"

models()
{
	"$FLYNN" models "$@" >"$dir/said" 2>&1
	status=$?
}

# A router: tiny-b is loaded, tiny-a when it was asked for, broken never.
router()
{
	cat <<'END'
on GET /v1/models while a-loaded
json 200 {"data":[{"id":"tiny-a","aliases":["first"],"status":{"value":"loaded"},"architecture":{"input_modalities":["text","image"]},"meta":{"n_ctx":512,"size":1174272}},{"id":"broken","status":{"value":"unloaded","failed":true,"exit_code":1}}]}
on GET /v1/models while a-loading
json 200 {"data":[{"id":"tiny-a","aliases":["first"],"status":{"value":"loading"}},{"id":"broken","status":{"value":"unloaded"}}]}
on GET /v1/models while broken-loading
json 200 {"data":[{"id":"tiny-a","status":{"value":"unloaded"}},{"id":"broken","status":{"value":"loading"}}]}
on GET /v1/models
json 200 {"data":[{"id":"tiny-a","aliases":["first"],"status":{"value":"unloaded"},"context_length":4096},{"id":"broken","status":{"value":"unloaded","failed":true,"exit_code":1}}]}
END
}

# and how it loads them, with its events
loads()
{
	cat <<'END'
on POST /models/load with "tiny-a"
hold a-loading 60000
json 200 {"success":true}
on POST /models/load with "broken"
hold broken-loading 200
json 200 {"success":true}
on POST /models/unload
hold a-loaded 0
json 200 {"success":true}
END
}

events()
{
	cat <<'END'
on GET /models/sse while a-loaded
stream
hang
on GET /models/sse
stream
repeat
until a-loading
write "data: {\"model\":\"tiny-a\",\"event\":\"status_change\",\"data\":{\"status\":\"loading\",\"progress\":{\"stages\":[\"text_model\"],\"current\":\"text_model\",\"value\":0.43}}}\n\n"
hold a-loaded 60000
hold a-loading 0
write "data: {\"model\":\"tiny-a\",\"event\":\"status_change\",\"data\":{\"status\":\"loaded\"}}\n\n"
end
END
}

ln -s "$FLYNN_TESTS/wire" "$dir/wire"

echo 1..29

serve <<'END'
on GET /v1/models
file wire/models-v1.http
on GET /props
file wire/props.http
END
models -e "$endpoint"
said 'the only model of a server' 0 "^\* tiny-stories  loaded · context 4096 · 1.1 MiB · text · $endpoint$"
models -e "$endpoint" --json
said 'the same as JSON' 0 "^{\"name\":\"tiny-stories\",\"server\":\"$endpoint\",\"state\":\"loaded\",\"context\":4096,\"modalities\":\[\"text\"\],\"size\":1174272,\"used\":true}\]}$"
models load -e "$endpoint" tiny-stories
said 'it is loaded' 0
models load -e "$endpoint" nope
said 'no other' 1 'flynn: the server has no model "nope": it has tiny-stories'
models unload -e "$endpoint" tiny-stories
said 'and stays' 1 'keeps the model that it was started with'

serve <<'END'
on GET /v1/models
file wire/models-v1.http
on GET /props
file wire/sleeping-props.http
END
models -e "$endpoint" --json
said 'it sleeps' 0 '"state":"sleeping"'

serve <<'END'
on GET /v1/models
file wire/models-while-loading.http
then
file wire/models-while-loading.http
then
file wire/models-v1.http
on GET /props
file wire/props.http
END
models -e "$endpoint"
said 'it is being loaded' 0 '^\* default  loading: Loading model · '
models load -e "$endpoint" tiny-stories
said 'which is waited for' 0

serve <<'END'
on any
file wire/key-none-get-v1-models.http
END
models -e "$endpoint"
said 'the key is missing' 0 '^\* default  unreachable: Invalid API Key · '
models load -e "$endpoint" x
said 'and for loading' 1 '^flynn: Invalid API Key$'

serve <<END
$(router)
$(loads)
$(events)
END
models -e "$endpoint"
said 'a router' 0 "^  tiny-a  unloaded · context 4096 · $endpoint$" '^  broken  failed: exit code 1 · '
models -e "$endpoint" --json
said 'a router as JSON' 0 '^{"name":"tiny-a","server":"http://127.0.0.1:[0-9]+","state":"unloaded","context":4096,"modalities":\[\],"size":null,"used":false},$' \
	'"name":"broken",.*"state":"failed","context":null'
models -e "$endpoint" -m tiny-a
said 'one that is asked for' 0 '^\* tiny-a  unloaded'
models load -e "$endpoint" nope
said 'a model that it does not have' 1 'flynn: the server has no model "nope": it has tiny-a, broken'
models load -e "$endpoint" tiny-a
said 'a model is loaded' 0
models -e "$endpoint" --json
said 'and is there' 0 '"name":"tiny-a".*"state":"loaded","context":512,"modalities":\["text","image"\],"size":1174272'
models load -e "$endpoint" first
said 'loaded already, by its other name' 0
models unload -e "$endpoint" tiny-a
said 'it is unloaded' 0
models -e "$endpoint"
said 'and is gone' 0 '^  tiny-a  unloaded'
models unload -e "$endpoint" tiny-a
said 'unloaded already' 0

# Without events: it is looked at.
serve <<END
$(router)
on POST /models/load with "tiny-a"
hold a-loading 300
hold a-loaded 600000
json 200 {"success":true}
on POST /models/load with "broken"
hold broken-loading 300
json 200 {"success":true}
END
models load -e "$endpoint" broken
said 'a model fails' 1 '^flynn: model "broken" failed to load: exit code 1$'
models load -e "$endpoint" tiny-a
said 'a router without events' 0

serve <<END
$(router)
on POST /models/load
file wire/router-load-again.http
END
models load -e "$endpoint" tiny-a
said 'it says that it is running, and it is not' 1 'was not loaded'

serve <<END
$(router)
on POST /models/load
json 400 {"error":{"code":400,"message":"there is no room for it","type":"invalid_request_error"}}
END
models load -e "$endpoint" tiny-a
said 'in the words of the server' 1 '^flynn: model "tiny-a": there is no room for it$'

stop
models -e "$endpoint"
said 'nobody is there' 0 '^\* default  unreachable: llama-server not running at'
models load -e "$endpoint" tiny-a
said 'and for loading' 3 'llama-server not running at'

# Of several servers, each called as -m takes it.
serve <<END
$(router)
$(loads)
END
mkdir -p "$dir/.config/flynn"
cat >"$dir/.config/flynn/config.yaml" <<END
models:
  one:
    endpoint: http://127.0.0.1:1
  big:
    endpoint: $endpoint
  fast:
    endpoint: $endpoint
    model: tiny-a
END
models
said 'several servers' 0 '^\* one +unreachable: .* · http://127.0.0.1:1$' '^  fast +unloaded' '^  big/broken +failed'
models load big/broken
said 'one of another server' 1 'model "broken"'

models load
said 'which one?' 2 'missing argument: flynn models load'
