#!/bin/sh
# real-server.sh - flynn against a real llama-server, which $LLAMA_SERVER names (or PATH has) with the model
# $LLAMA_MODEL, a small .gguf; skipped where there is none.
#
# One server runs at a time, on a port of its own choice. Greedy, and without its cache, it gives everybody the same
# text for the same prompt: what curl gets is what flynn must write. Replies that have to last (--ignore-eos) are ended
# by the test itself, so that nothing depends on speed.
set -u

. "$FLYNN_TESTS/real-lib.sh"

# ---- the same question, by curl and by flynn ----

system='Du antwortest auf Deutsch: "Grüße, 世界 👋🏽"'
prompt='Erzähl mir, was im ☕-Haus geschah.'

# by_curl STREAM MAX_TOKENS: the text to be expected goes to `want`.
by_curl()
{
	printf '{"messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"}],"stream":%s,"max_tokens":%d}' \
		"$(printf %s "$system" | sed 's/"/\\"/g')" "$prompt" "$1" "$2" |
		fetch -H 'Authorization: Bearer right-key' --data-binary @- "$url/v1/chat/completions" >"$dir/body"
	values content <"$dir/body" >"$dir/want"
	[ -s "$dir/want" ] || wrong "curl got no text: $(cat "$dir/body")"
}

# by_router MAX_TOKENS: the same of the model tiny-b.
by_router()
{
	printf '{"model":"tiny-b","temperature":0,"messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"}],"stream":true,"max_tokens":%d}' \
		"$(printf %s "$system" | sed 's/"/\\"/g')" "$prompt" "$1" |
		fetch --data-binary @- "$url/v1/chat/completions" >"$dir/body"
	values content <"$dir/body" >"$dir/want"
	[ -s "$dir/want" ] || wrong "curl got no text: $(cat "$dir/body")"
}

# ask ARGS...: what flynn writes goes to ask.out and ask.err.
ask()
{
	background ask "$FLYNN" ask -e "$url" "$@"
	end ask
}

doctor()
{
	background ask "$FLYNN" doctor -e "$url" --timeout 5
	end ask
}

# exits STATUS [LINE]: and says just this line.
exits()
{
	[ "$status" = "$1" ] || wrong "exit status $status, not $1"
	case ${2+said}:$(head -n 1 "$dir/ask.err") in
	: | "said:flynn: ${2-}"*) ;;
	*) wrong "it said: $(cat "$dir/ask.err")" ;;
	esac
}

# says WORDS: among others.
says() { grep -qF "$1" "$dir/ask.err" || wrong "not \"$1\" but: $(cat "$dir/ask.err")"; }

# reports WORDS: a line of doctor.
reports() { grep -qF "$1" "$dir/ask.out" || wrong "not \"$1\" but: $(cat "$dir/ask.out")"; }

writes_nothing() { [ ! -s "$dir/ask.out" ] || wrong "it wrote: $(cat "$dir/ask.out")"; }

writes_what_curl_got()
{
	cmp "$dir/want" "$dir/ask.out" >>"$dir/wrong" 2>&1
}

# What was kept of a reply that was broken off is the beginning of what curl gets.
writes_a_beginning()
{
	kept=$(wc -c <"$dir/ask.out")
	whole=$(wc -c <"$dir/want")
	[ "$kept" -gt 0 ] || wrong 'nothing was kept'
	[ "$kept" -lt "$whole" ] || kept=$whole
	head -c "$kept" "$dir/ask.out" >"$dir/kept"
	head -c "$kept" "$dir/want" | cmp - "$dir/kept" >>"$dir/wrong" 2>&1
}

# ---- a reply ----

start -m "$model" --seed 7

by_curl true 200
ask --system "$system" --max-tokens 200 "$prompt"
writes_what_curl_got
ok 'a streamed reply is what curl gets'

by_curl false 200
ask --no-stream --system "$system" --max-tokens 200 "$prompt"
writes_what_curl_got
ok 'a whole reply is what curl gets'

printf 'Grüße,\n\t世界 \\ 👋🏽' >"$dir/input"
ask --max-tokens 2 'Was heißt' '"das"?'
: >"$dir/input"
fetch "$url/slots" >"$dir/slots"
if grep -q '"prompt":' "$dir/slots"; then
	grep -qF 'Was heißt \"das\"?\nGrüße,\n\t世界 \\ 👋🏽' "$dir/slots" || wrong "$(cat "$dir/slots")"
	ok 'the server reads the prompt as it was typed'
else
	skip 'the server reads the prompt as it was typed' 'it does not tell'
fi

doctor
exits 0
reports "server         ready at $url"
ok 'doctor finds it'

# ---- parameters: on the wire, and in the server ----

# request NAME ARGS...: the body of what flynn sends goes to NAME.body, the slot afterwards to NAME.slot.
request()
{
	into=$dir/$1
	shift
	: >"$dir/wire"
	background ask "$FLYNN" ask -e "http://127.0.0.1:$(cat "$dir/tap.out")" --no-history "$@" hello
	end ask
	[ "$status" = 0 ] || wrong "$*: status $status, $(cat "$dir/ask.err")"
	sed '1,/^\r*$/d' "$dir/wire" >"$into.body"
	fetch "$url/slots" >"$into.slot"
}

# slot_value FILE NAME: the server's value, as its JSON has it.
slot_value() { sed -n "s/.*\"params\":{.*[{,]\"$2\":\(.*\)/\1/p" "$1" | sed 's/,"[a-z_.]*":.*//'; }

# sample NAME TYPE LEAST STEP CHOICE CHOICE: a value of that type.
sample()
{
	case $2,$5 in
	number,* | integer,*) awk "BEGIN { printf \"%.12g\", $3 + $4 }" ;;
	switch,*) echo on ;;
	choice,*) echo "$5" ;;
	text,*) echo 'root ::= "a" | "b"' ;;
	list,-) echo END,STOP ;;
	list,*) echo "$5,$6" ;;
	bias,*) echo '{"Hello": -1}' ;;
	object,*) echo '{"type": "integer"}' ;;
	esac
}

# Those of another form on the wire than `"NAME":VALUE`.
wire_form()
{
	case $1 in
	thinking) echo '"chat_template_kwargs":{"enable_thinking":true}' ;;
	logprobs) echo '"logprobs":true,"top_logprobs":1' ;;
	json_schema) echo '"response_format":{"type":"json_schema",*' ;;
	*) echo "\"$1\":*" ;;
	esac
}

# What stands in NAME.body and not in none.body, which is the same otherwise; without the comma before it.
added()
{
	awk 'NR == FNR { none = $0; next }
	{
		for (i = 1; i <= length(none) && substr($0, i, 1) == substr(none, i, 1); i++)
			;
		while (i > 1 && substr($0, i, 1) != ",")
			i--
		rest = substr(none, i)
		if (substr($0, length($0) - length(rest) + 1) == rest)
			print substr($0, i + 1, length($0) - length(rest) - i)
	}' "$dir/none.body" "$dir/$1.body"
}

is_taken() # NAME VALUE: as it was sent, as the same number, or not what it is otherwise
{
	now=$(slot_value "$dir/set.slot" "$1")
	[ -n "$now" ] || return 1
	told=$((told + 1))
	[ "$now" = "$2" ] || [ "$now" != "$(slot_value "$dir/none.slot" "$1")" ] ||
		awk "BEGIN { exit !($now - $2 < 1e-6 && $2 - $now < 1e-6) }" 2>/dev/null
}

start -m "$model" -c 512 -n 8
background tap "$FLYNN_BUILD/tests/wiretap" "${url##*:}" "$dir/wire"
wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
request none
"$FLYNN_BUILD/doc/tables" parameter-lines >"$dir/parameters"
[ -s "$dir/parameters" ] || wrong 'no parameters'
told=0
while read -r parameter type least step first second; do
	! grep -q "\"$parameter\"" "$dir/none.body" || wrong "$parameter is sent though it is not set"
	request set --set "$parameter=$(sample "$parameter" "$type" "$least" "$step" "$first" "$second")"
	new=$(added set)
	# shellcheck disable=SC2254
	case $new in
	$(wire_form "$parameter")) ;;
	*) wrong "$parameter: sent as $new" ;;
	esac
	if [ -n "$(slot_value "$dir/none.slot" "$parameter")" ]; then
		is_taken "$parameter" "${new#*:}" || wrong "$parameter: sent as $new, taken as $(slot_value "$dir/set.slot" "$parameter")"
	fi
done <"$dir/parameters"
[ "$told" -ge 20 ] || wrong "the server told of $told parameters"
ok "every parameter is on the wire when it is set, and only then; the server tells of $told"

printf '{"messages":[{"role":"user","content":"hello"}],"stream":true,"stream_options":{"include_usage":true},"return_progress":true}' >"$dir/want"
cmp "$dir/want" "$dir/none.body" >>"$dir/wrong" 2>&1
ok 'a request without parameters, byte for byte'

# ---- a unix socket; loading, then ready; text beyond ASCII ----

stop
url=unix:$dir/llama.sock
doctor
[ "$status" = 1 ] || wrong "exit status $status"
reports "not running: llama-server not running at $url"
ok 'a server that is not there is not running'

# Which states doctor sees, each once, in a row.
watch_it_start()
{
	doctor
	state=$(sed -n 's/.* server  *\(not running\|loading\|ready\).*/\1/p' "$dir/ask.out")
	[ "$state" = "${states##*, }" ] || states="$states, $state"
	[ "$state" = ready ]
}

states='not running'
background server "$server" -t 1 -np 1 -m "$model" --host "$dir/llama.sock" \
	--grammar 'root ::= "Grüße, 世界 👋🏽\n\n\t\"\\" "e\u0301 👩‍👩‍👧"'
wait_for 60 watch_it_start || wrong 'it was never ready'
echo "# seen: $states"
case $states in
'not running, ready' | 'not running, loading, ready') ;;
*) wrong "the states seen: $states" ;;
esac
ok 'it goes from not running over loading to ready'

printf 'Grüße, 世界 👋🏽\n\n\t"\\e\314\201 👩‍👩‍👧' >"$dir/want"
ask hello
exits 0
writes_what_curl_got
ok 'streamed text beyond ASCII, over a unix socket'

ask --no-stream hello
exits 0
writes_what_curl_got
ok 'whole text beyond ASCII, over a unix socket'

# ---- keys ----

start -m "$model" -c 4096 --ignore-eos --api-key right-key,other-key

hold_back() # the token must be nowhere: FILE...
{
	if grep -l 'right-key\|wrong-key' "$@" >"$dir/found"; then
		wrong "the key is in $(cat "$dir/found")"
	fi
}

FLYNN_AUTH_TOKEN=right-key
export FLYNN_AUTH_TOKEN
by_curl true 20
ask --system "$system" --max-tokens 20 --log "$dir/log" "$prompt"
exits 0 'the reply stops at --max-tokens 20'
writes_what_curl_got
hold_back "$dir/ask.err" "$dir/log"
ok 'the right key, from the environment'

doctor
exits 0
reports 'ready'
hold_back "$dir/ask.out"
ok 'doctor with the right key'

unset FLYNN_AUTH_TOKEN
printf 'models:\n  it:\n    endpoint: %s\n    auth_token: other-key\n' "$url" >"$dir/config.yaml"
chmod 600 "$dir/config.yaml"
background ask "$FLYNN" ask -c "$dir/config.yaml" --max-tokens 20 hello
end ask
exits 0 'the reply stops at --max-tokens 20'
ok 'the right key, from the configuration'

ask hello
exits 1 'Invalid API Key'
writes_nothing
ok 'no key'

FLYNN_AUTH_TOKEN=wrong-key
export FLYNN_AUTH_TOKEN
ask --log "$dir/log" hello
exits 1 'Invalid API Key'
writes_nothing
hold_back "$dir/ask.err" "$dir/log"
ask --no-stream hello
exits 1 'Invalid API Key'
ok 'a wrong key'

doctor
[ "$status" = 1 ] || wrong "exit status $status"
reports 'unauthorised: Invalid API Key'
hold_back "$dir/ask.out" "$dir/ask.err"
ok 'doctor with a wrong key'

# ---- replies that are stopped, by either side ----

FLYNN_AUTH_TOKEN=right-key
by_curl false 200

# A reply that would go on for long, once it has begun.
begin()
{
	background ask "$FLYNN" ask -e "$url" --system "$system" --log "$dir/log" "$@" "$prompt"
	wait_for 20 test -s "$dir/ask.out" || wrong 'the reply does not begin'
}

slot_is() { fetch -H 'Authorization: Bearer right-key' "$url/slots" | grep -q "\"is_processing\":$1"; }

begin
if [ -r "/proc/$(cat "$dir/ask.pid")/cmdline" ]; then
	tr '\0' ' ' <"/proc/$(cat "$dir/ask.pid")/cmdline" >"$dir/cmdline"
	hold_back "$dir/cmdline"
	ok 'the key is not among the arguments'
else
	skip 'the key is not among the arguments' 'no /proc'
fi

slot_is true || wrong 'the slot is not busy'
signal INT ask
wait_for 1 slot_is false || wrong 'the slot is still busy'
end ask
exits 130
writes_a_beginning
ok 'SIGINT keeps what came, and the slot is free within a second'

begin
background other "$FLYNN" ask -e "$url" --max-tokens 5 hello
signal TERM ask
end ask
exits 143
writes_a_beginning
end other
[ "$status" = 0 ] || wrong "the other: $status, $(cat "$dir/other.err")"
[ -s "$dir/other.out" ] || wrong 'the other got no reply'
ok 'who waits for the slot gets it after SIGTERM'

begin --timeout 1
signal STOP server
end ask
signal CONT server
exits 4 'llama-server request timed out (nothing came from'
writes_a_beginning
ok 'a server that stands still in mid-reply'

incomplete='the connection broke off; the reply is incomplete'

begin
signal KILL server
end ask
exits 1 "$incomplete"
writes_a_beginning
hold_back "$dir/ask.err" "$dir/log"
ok 'a server that is killed in mid-reply'

ask hello
exits 3 "llama-server not running at $url"
ok 'and is not running then'

start -m "$model" -c 4096 --ignore-eos
# Told to stop in mid-reply, llama-server 0.7.0 sometimes makes no more tokens, but goes on sending pings for ever:
# whoever started it kills it then.
begin
signal TERM server
ends ask 3 || signal KILL server
end ask
exits 1 "$incomplete"
writes_a_beginning
ok 'a server that is stopped in mid-reply'

# ---- connections that are lost ----

# cut WITHIN SEED: a proxy that cuts replies (tests/cutter.h); its endpoint goes to `cut_url`.
cut()
{
	background tap "$FLYNN_BUILD/tests/cutting_proxy" "${url##*:}" "$2" "$1"
	wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
	cut_url=http://127.0.0.1:$(cat "$dir/tap.out")
}

replies=${RESUME_REPLIES-20} seed=${RESUME_SEED-1}
start -m "$model" --slots -c 4096 --seed 7
by_curl true 150
rm -f "$dir/log"
cut "$(wc -c <"$dir/body")" "$seed"
i=0
while [ $i -lt "$replies" ]; do
	i=$((i + 1))
	background ask "$FLYNN" ask -e "$cut_url" --no-history --log "$dir/log" --system "$system" --max-tokens 150 "$prompt"
	end ask
	exits 0 'the reply stops at --max-tokens 150'
	writes_what_curl_got || wrong "reply $i of seed $seed is another"
done
cuts=$(grep -c 'the connection was lost' "$dir/log")
[ "$cuts" -ge "$replies" ] || wrong "$cuts cuts of $replies replies"
ok "$replies replies, cut $cuts times, are what curl gets (RESUME_REPLIES, RESUME_SEED)"
signal TERM tap
end tap

slot_is_free() { fetch "$url/slots" | grep -q '"is_processing":false'; }
is_kept() { fetch -d "{\"conversation_ids\":[\"$1\"]}" "$url/v1/streams/lookup" | grep -q conversation_id; }
is_forgotten() { ! is_kept "$1"; }

start -m "$model" --slots -c 4096 --ignore-eos
background tap "$FLYNN_BUILD/tests/wiretap" "${url##*:}" "$dir/wire"
wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
for how in KILL INT HUP; do
	: >"$dir/wire"
	background ask "$FLYNN" ask -e "http://127.0.0.1:$(cat "$dir/tap.out")" --no-history "$prompt"
	wait_for 20 test -s "$dir/ask.out" || wrong 'the reply does not begin'
	id=$(sed -n 's/^X-Conversation-Id: \([-0-9a-f]*\).*/\1/p' "$dir/wire")
	is_kept "$id" || wrong "the server does not keep $id"
	signal $how ask
	end ask
	case $how in
	KILL)
		! slot_is_free || wrong 'the server does not go on after SIGKILL'
		is_kept "$id" || wrong 'the server does not keep it after SIGKILL'
		fetch -X DELETE "$url/v1/stream?conv_id=$id"
		;;
	*)
		wait_for 5 is_forgotten "$id" || wrong "SIG$how: the server still keeps the reply"
		;;
	esac
	wait_for 1 slot_is_free || wrong "SIG$how: the slot is still busy"
done
signal TERM tap
end tap
ok 'the server goes on after SIGKILL; SIGINT and SIGHUP tell it to stop'

background tap "$FLYNN_BUILD/tests/wiretap" "${url##*:}" "$dir/wire"
wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
: >"$dir/wire"
background ask "$FLYNN" ask -e "http://127.0.0.1:$(cat "$dir/tap.out")" "$prompt"
wait_for 20 test -s "$dir/ask.out" || wrong 'the reply does not begin'
id=$(sed -n 's/^X-Conversation-Id: \([-0-9a-f]*\).*/\1/p' "$dir/wire")
saved() { "$FLYNN" history export --all --format json 2>/dev/null | grep -q '"role":"assistant","content":"..'; }
wait_for 5 saved || wrong 'nothing is saved'
signal KILL ask
end ask
is_kept "$id" || wrong 'the server does not keep it after SIGKILL'
background ask "$FLYNN" ask -C -e "http://127.0.0.1:$(cat "$dir/tap.out")" --max-tokens 5 'And then?'
end ask
[ "$status" = 0 ] || wrong "exit status $status"
wait_for 5 is_forgotten "$id" || wrong 'the server still makes the reply before'
signal TERM tap
end tap
ok 'ask -C stops the reply that a kill has left on the server'

printf 'models:\n  it:\n    endpoint: %s\n    resume: false\n' "$url" >"$dir/config.yaml"
background ask "$FLYNN" ask -c "$dir/config.yaml" --no-history "$prompt"
wait_for 20 test -s "$dir/ask.out" || wrong 'the reply does not begin'
signal KILL ask
end ask
wait_for 1 slot_is_free || wrong 'the server goes on'
ok 'resume: false: a reply ends with its connection'

begin
signal KILL server
ends server 5
background server "$server" -t 1 -np 1 -m "$model" --host 127.0.0.1 --port "${url##*:}"
wait_for 60 ready_or_gone || wrong 'it does not start again'
end ask
exits 1 "$incomplete"
writes_a_beginning
ok 'a server that was started again has forgotten the reply: what came is kept'

# ---- the context ----

start -m "$model" -c 256 --ignore-eos

by_curl true 4000
ask --system "$system" "$prompt"
exits 0 'the reply stops at the length limit of the server or its context'
writes_what_curl_got
ok 'a context that is full in mid-reply'

long=$(awk 'BEGIN { for (i = 0; i < 600; i++) printf "word " }')
printf '{"messages":[{"role":"user","content":"%s"}]}' "$long" |
	fetch --data-binary @- "$url/v1/chat/completions" >"$dir/body"
words=$(values message <"$dir/body")
[ -n "$words" ] || wrong "curl got no error: $(cat "$dir/body")"
ask "$long"
exits 1 "$words"
writes_nothing
ask --no-stream "$long"
exits 1 "$words"
writes_nothing
ok 'a prompt longer than the context: the words of the server'

url=https://${url#http://}
# It waits for the end of what it takes for a line of HTTP.
ask --timeout 1 hello
exits 4 'llama-server request timed out (nothing came from'
writes_nothing
doctor
reports 'if it speaks no TLS, its address begins with http://'
ok 'https:// to a server without TLS'

# ---- TLS, and a path prefix ----

certificate()
{
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
		-keyout "$dir/key.pem" -out "$dir/cert.pem" >"$dir/openssl" 2>&1
}

configure() # LINE: with it in the configuration
{
	printf 'models:\n  it:\n    endpoint: %s\n    %s\n' "$url" "$1" >"$dir/config.yaml"
	background ask "$FLYNN" ask -c "$dir/config.yaml" --system "$system" --max-tokens 20 "$prompt"
	end ask
}

tls()
{
	start -m "$model" --ssl-key-file "$dir/key.pem" --ssl-cert-file "$dir/cert.pem" --api-prefix /llm
	url=https://localhost:${url##*:}/llm
	by_curl true 20

	ask hello
	[ "$status" = 3 ] || wrong "exit status $status"
	says 'name its authority with ca_file:, or accept it unverified with insecure: true'
	writes_nothing
	ok 'a certificate that nobody vouches for'

	configure "ca_file: cert.pem"
	exits 0 'the reply stops at --max-tokens 20'
	writes_what_curl_got
	ok 'ca_file: trusts it'

	configure "insecure: true"
	exits 0 'the reply stops at --max-tokens 20'
	writes_what_curl_got
	ok 'insecure: true takes it'

	url=https://127.0.0.1:${url##*:}
	configure "ca_file: cert.pem"
	[ "$status" = 3 ] || wrong "exit status $status"
	says "no alternative certificate subject name matches"
	writes_nothing
	ok 'a certificate of another host'

	url=http://localhost:${url##*:}
	ask hello
	exits 1 "$url closed the connection without an answer (if it speaks TLS, say https://)"
	writes_nothing
	ok 'http:// to a server with TLS'
}

if certificate; then
	tls
else
	skip 'TLS' 'openssl makes no certificate here'
fi

# ---- several models ----

loaded() { fetch "$url/models" | tr '}' '\n' | grep "\"id\":\"$1\"" | grep -q '"value":"loaded"'; }

models()
{
	case $1 in
	load | unload)
		set -- "$1" -e "$url" "$2"
		;;
	*)
		set -- -e "$url" "$@"
		;;
	esac
	background ask "$FLYNN" models "$@"
	end ask
}

router()
{
	mkdir "$dir/models"
	ln -s "$(realpath "$model")" "$dir/models/tiny-a.gguf"
	ln -s "$(realpath "$model")" "$dir/models/tiny-b.gguf"
	head -c 1000 "$model" >"$dir/models/broken.gguf"
	start --models-dir "$dir/models" -c 512

	doctor
	exits 0
	reports "ready at $url (it serves several models)"
	ok 'doctor knows a router'

	ask -m tiny-b --max-tokens 5 hello
	exits 0 'the reply stops at --max-tokens 5'
	[ -s "$dir/ask.out" ] || wrong 'no reply'
	loaded tiny-b || wrong 'tiny-b is not loaded'
	! loaded tiny-a || wrong 'tiny-a is loaded'
	ok '-m picks the model'

	configure 'model: tiny-a'
	exits 0 'the reply stops at --max-tokens 20'
	loaded tiny-a || wrong 'tiny-a is not loaded'
	ok 'model: picks the model'

	by_router 120
	cut "$(wc -c <"$dir/body")" "$seed"
	for i in 1 2 3; do
		background ask "$FLYNN" ask -e "$cut_url" -m tiny-b --no-history --set temperature=0 --system "$system" --max-tokens 120 "$prompt"
		end ask
		writes_what_curl_got || wrong "reply $i is another"
	done
	signal TERM tap
	end tap
	ok 'replies through a router, cut, are what curl gets'

	ask hello
	exits 1 'model name is missing from the request'
	writes_nothing
	ok 'no model: the words of the router'

	ask -m tiny-c hello
	exits 1 "model 'tiny-c' not found"
	writes_nothing
	ok 'an unknown model: the words of the router'

	models unload tiny-a
	exits 0
	! loaded tiny-a || wrong 'tiny-a is loaded'
	models unload tiny-b
	models load tiny-a
	exits 0
	[ ! -s "$dir/ask.err" ] || wrong "it said: $(cat "$dir/ask.err")"
	loaded tiny-a || wrong 'tiny-a is not loaded'
	models load tiny-a
	exits 0
	models unload tiny-b
	exits 0
	ok 'models are loaded and unloaded'

	models load broken
	exits 1 'model "broken" failed to load'
	models load tiny-c
	exits 1 'the server has no model "tiny-c"'
	ok 'a model that fails, and one that is not there'

	models --json -m tiny-a
	exits 0
	reports '{"name":"tiny-a","server":"'"$url"'","state":"loaded","context":512,"modalities":["text"],"size":'
	reports '"name":"tiny-b","server":"'"$url"'","state":"unloaded","context":'
	reports '"name":"broken","server":"'"$url"'","state":"failed","context":null'
	models --endpoint "$url"
	reports 'tiny-a  loaded · context 512 · '
	reports 'broken  failed: exit code '
	ok 'all models of a router'
}

if "$server" --help 2>&1 | grep -q -e --models-dir; then
	router
else
	skip 'several models' 'this llama-server is no router'
fi

# ---- no endpoint configured ----

nobody_at() { fetch -o "$dir/body" "http://localhost:$1/" || [ $? -eq 7 ]; }

stop
if nobody_at 8080 && nobody_at 9931; then
	background ask "$FLYNN" ask hello
	end ask
	exits 3 'llama-server not running at http://localhost:8080 (nor at http://localhost:9931)'
	ok 'no endpoint configured, and no server'

	start -m "$model" --port 9931
	background ask "$FLYNN" ask --max-tokens 5 hello
	end ask
	[ "$status" = 0 ] || wrong "exit status $status"
	[ -s "$dir/ask.out" ] || wrong 'no reply'
	says 'no endpoint is configured: using http://localhost:9931'
	ok 'no endpoint configured: the default port of llama-server'
else
	skip 'no endpoint configured' 'the default ports are taken'
fi

echo "1..$n"
