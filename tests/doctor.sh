#!/bin/sh
# doctor.sh - flynn doctor against the stand-in: what is good, what is bad, what it advises, and its exit status.
set -u

. "$FLYNN_TESTS/standin-lib.sh"
. "$FLYNN_TESTS/said-lib.sh"

ln -s "$FLYNN_TESTS/wire" "$dir/wire"

examine()
{
	"$FLYNN" doctor "$@" >"$dir/said" 2>&1
	status=$?
}

echo 1..34

serve <<'END'
on GET /health
file wire/health-ready.http
on GET /props
file wire/props.http
END
examine -e "$endpoint"
said 'all is well' 0 "^good  server +ready at $endpoint" '^good  server build +b11669' '^good  model +tiny-stories' \
	'^good  context +[0-9]+ tokens' '^good  locale +UTF-8' '^good  history' '^good  state' \
	'^good  code colours +18 languages, in /.*/syntax$'

(TERM=xterm-256color; export TERM; "$FLYNN" doctor -e "$endpoint") >"$dir/said" 2>&1
status=$?
said 'the terminal is known' 0 '^good  terminal +xterm-256color$'
(TERM=no-such-terminal; export TERM; "$FLYNN" doctor -e "$endpoint") >"$dir/said" 2>&1
status=$?
said 'the terminal is not known' 0 '^good  terminal +TERM=no-such-terminal is unknown: used as xterm-256color' \
	'ncurses-term'
(unset TERM; "$FLYNN" doctor -e "$endpoint") >"$dir/said" 2>&1
status=$?
said 'there is no terminal' 0 '^good  terminal +TERM= shows no full screen'

serve <<'END'
on any
file wire/health-loading.http
END
examine -e "$endpoint"
said 'the model is being loaded' 1 '^BAD   server +loading: Loading model' 'wait, and ask again'

serve <<'END'
on GET /health
file wire/health-ready.http
on any
file wire/key-none-get-props.http
END
examine -e "$endpoint"
said 'the key is missing' 1 '^BAD   server +unauthorised: Invalid API Key' 'auth_token: in .*config.yaml, or FLYNN_AUTH_TOKEN'

stop
examine -e "unix:$dir/nobody.sock"
said 'nobody is there' 1 "^BAD   server +not running: llama-server not running at unix:$dir/nobody.sock" 'systemctl --user start'

mkdir -p "$dir/.config/flynn"
cat >"$dir/.config/flynn/config.yaml" <<END
models:
  mine:
    endpoint: unix:$dir/nobody.sock
    auth_token: secret-of-mine
END
chmod 644 "$dir/.config/flynn/config.yaml"
examine
said 'others can read the token' 1 '^good  configuration +/.*config.yaml, model "mine"' '^BAD   auth token' "chmod 600 '/.*config.yaml'"

if grep -q secret-of-mine "$dir/said"; then printf 'not '; fi
n=$((n + 1))
echo "ok $n - the token is not shown"

cat >"$dir/.config/flynn/config.yaml" <<END
models:
  mine:
    endpoint: unix:$dir/nobody.sock
END
chmod 644 "$dir/.config/flynn/config.yaml"
FLYNN_AUTH_TOKEN=secret-of-mine
export FLYNN_AUTH_TOKEN
examine
unset FLYNN_AUTH_TOKEN
if grep -q 'others on this machine' "$dir/said"; then printf 'not '; fi
n=$((n + 1))
echo "ok $n - a token of the environment stands in no file"

cat >"$dir/.config/flynn/config.yaml" <<END
models:
  near:
    endpoint: unix:$dir/nobody.sock
    auth_token: secret-of-mine
  safe:
    endpoint: https://far.invalid
    auth_token: secret-of-mine
  far:
    endpoint: http://far.invalid:8080
    auth_token: secret-of-mine
  open:
    endpoint: http://farther.invalid:8080
END
chmod 600 "$dir/.config/flynn/config.yaml"
examine
said 'a token goes over plain http' 1 '^BAD   auth token +goes to http://far.invalid:8080 unencrypted' 'ssh -L'
[ "$(grep -c unencrypted "$dir/said")" -eq 1 ] || printf 'not '
n=$((n + 1))
echo "ok $n - and only that one"

echo 'modles: {}' >"$dir/.config/flynn/config.yaml"
examine
said 'the configuration is wrong' 1 '^BAD   configuration +/.*config.yaml:1: .*"modles".*"models"' '^good  locale'

examine --server
said '--server: the configuration is wrong' 2 '^BAD   configuration '

rm "$dir/.config/flynn/config.yaml"
examine --server -e "unix:$dir/nobody.sock"
said '--server: nobody is there' 3 '^BAD   server +not running: '

serve <<'END'
on any
file wire/health-ready.http
END
examine --server -e "$endpoint"
said '--server: it is ready' 0 "^good  server +ready at $endpoint"

if grep -qE '^[a-zA-Z]+ +(locale|history|state) ' "$dir/said"; then printf 'not '; fi
n=$((n + 1))
echo "ok $n - --server looks for nothing else"

# ---- parameters, presets, prompts ----

config=$dir/.config/flynn/config.yaml
prompts=$dir/.config/flynn/prompts

echo "syntax_folder: $FLYNN_TESTS/grammars" >"$config"
examine -e "$endpoint"
said 'syntax files of the person' 0 "^good  code colours +4 languages, in $FLYNN_TESTS/grammars$" \
	'^good  code colours +18 languages'
grep 'code colours' "$dir/said" | head -n 1 | grep -q grammars || printf 'not '
n=$((n + 1))
echo "ok $n - before flynn's"

cat >"$config" <<END
models:
  near:
    endpoint: $endpoint
    parameters: {temperature: 0.7, top_p: 0.8}
    extra: {user: secret-of-mine}
presets:
  translator:
    system: secret-of-mine, too
    parameters: {temperature: 0.2}
    model: near
  empty:
END
examine
said 'a preset without keys: file and line' 1 '^BAD   configuration +/.*config.yaml:11: preset "empty" has no keys'
sed -i.before '$d' "$config"
examine
said 'parameters and presets' 0 '^good  parameters +model "near": temperature 0.7 · top_p 0.8' \
	'^good  extra +model "near": [0-9]+ bytes of JSON' \
	'^good  preset +"translator": system prompt of 19 characters · temperature 0.2 · model near' \
	"^good  prompts +0 in $prompts"
if grep -q secret-of-mine "$dir/said"; then printf 'not '; fi
n=$((n + 1))
echo "ok $n - no system prompt is shown, and nothing of extra:"

mkdir -p "$prompts/mail"
echo 'Review this' >"$prompts/review.md"
echo 'Reply' >"$prompts/mail/reply.md"
examine
said 'the library of prompts' 0 "^good  prompts +2 in $prompts"
mkfifo "$prompts/pipe.md"
ln -s nowhere "$prompts/broken.md"
: >"$prompts/empty.md"
examine
said 'prompts that cannot be read' 1 "^BAD   prompts +$prompts/pipe.md: cannot be read" \
	"^BAD   prompts +$prompts/broken.md: cannot be read" "^BAD   prompts +$prompts/empty.md: it is empty" \
	"^good  prompts +2 in $prompts"
rm -r "$prompts"
echo text >"$prompts"
examine
said 'the library is no folder' 1 "^BAD   prompts +$prompts: cannot be read"

sed -i.before 's/temperature: 0.7/temperatur: 0.7/' "$config"
examine
said 'a parameter that is none: file and line' 1 '^BAD   configuration +/.*config.yaml:4: .*temperatur.*temperature'
rm "$config" "$prompts"

# ---- the history ----

history=$dir/.local/share/flynn/history.db

# import: one conversation with one message.
import()
{
	rm -rf "$dir/.local"
	echo '{"format":"flynn-history","version":1,"conversations":[{"messages":[{"id":1,"parent":null,"role":"user",
		"content":"Hello"}]}]}' | "$FLYNN" history import - >/dev/null
}

# overwrite OFFSET: with the bytes of standard input.
overwrite() { dd of="$history" bs=1 seek="$1" conv=notrunc 2>/dev/null; }

import
examine -e "$endpoint"
said 'history: how much there is' 0 "^good  history +$history: conversations 1, messages 1, 0\.2 MB, no damage found"

printf 'old' >"$history.damaged-2026-01-31T00-00-00Z"
printf 'old' >"$history.damaged-2026-01-31T00-00-00Z-wal"
printf 'old' >"$history.v1.bak"
examine -e "$endpoint"
said 'history: what stands beside it' 0 "^good  kept aside +$history.damaged-2026-01-31T00-00-00Z: was damaged" \
	"flynn history export --all --database '$history.damaged-" "^good  kept aside +$history.v1.bak: before an update"

chmod 644 "$history"
chmod 755 "$dir/.local/share/flynn"
examine -e "$endpoint"
said 'history: others can read it' 1 "^BAD   history +others on this machine can read $history" "chmod 600 '$history'"

mkfifo "$dir/slow"
"$FLYNN" history import - <"$dir/slow" >/dev/null 2>&1 &
importer=$!
exec 3>"$dir/slow"
printf '{' >&3 # it waits for the first byte before it locks the history
until
	examine -e "$endpoint"
	grep -q 'locked for writing' "$dir/said" || ! kill -0 $importer
do :; done
exec 3>&-
wait $importer
said 'history: another one writes' 1 "^BAD   history +locked for writing, nothing is saved; open in: (process $importer|another)"

import
printf '\000\000\000\143' | overwrite 60
examine -e "$endpoint"
said 'history: of a newer flynn' 1 '^BAD   history +history is of a newer flynn \(its version 99' 'nothing is saved until'

printf 'other' | overwrite 68
examine -e "$endpoint"
said 'history: of another program' 1 '^BAD   history +this is a database, but not a history of flynn'

import
head -c 60000 /dev/zero | tr '\000' 'x' | overwrite 4200
examine -e "$endpoint"
said 'history: damaged' 1 '^BAD   history +history is damaged' "flynn history export --all --database '$history' -o rescued.json"

echo nonsense >"$history"
examine -e "$endpoint"
said 'history: no database' 1 '^BAD   history +history is damaged'
