#!/bin/sh
# real-openai.sh - `provider: openai` against a real llama-server, which speaks that API too: replies, its key, the list of models, the
# screen, and that it is asked for nothing else. $LLAMA_SERVER and $LLAMA_MODEL as in real-lib.sh.
set -u

. "$FLYNN_TESTS/real-lib.sh"
. "$FLYNN_TESTS/real-tmux-lib.sh"

prompt='Erzähl mir, was im ☕-Haus geschah.'

by_curl()
{
	printf '{"model":"tiny","messages":[{"role":"user","content":"%s"}],"stream":%s,"max_tokens":60}' "$prompt" "$1" |
		fetch -H 'Authorization: Bearer right-key' --data-binary @- "$url/v1/chat/completions" >"$dir/body"
	values content <"$dir/body" >"$dir/want"
	[ -s "$dir/want" ] || wrong "curl got no text: $(cat "$dir/body")"
}

# configure KEY: the tapped server, as openai.
configure()
{
	mkdir -p "$HOME/.config/flynn"
	cat >"$HOME/.config/flynn/config.yaml" <<-END
		models:
		  gpt:
		    provider: openai
		    endpoint: http://127.0.0.1:$(cat "$dir/tap.out")/v1/
		    model: tiny
		    auth_token: $1
	END
}

flynn()
{
	background ask "$FLYNN" "$@"
	end ask
}

says() { grep -qF -e "$1" "$dir/ask.err" "$dir/ask.out" || wrong "not \"$1\" but: $(cat "$dir/ask.err" "$dir/ask.out")"; }

# leave TEXT: Esc closes the page that shows it.
leave()
{
	tmux send-keys Escape
	wait_for 10 hides "$1" || wrong "$size: it stays: $1"
}

hides() { ! shows "$1"; }

start -m "$model" --seed 7 --alias tiny --api-key right-key --jinja
background tap "$FLYNN_BUILD/tests/wiretap" "${url##*:}" "$dir/wire"
wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
configure right-key

by_curl true
flynn ask --max-tokens 60 "$prompt"
cmp "$dir/want" "$dir/ask.out" >>"$dir/wrong" 2>&1
ok 'a streamed reply is what curl gets'

flynn history show --json 1
says '"usage":{"prompt_tokens":'
ok 'the history has its usage'

by_curl false
flynn ask --no-stream --max-tokens 60 "$prompt"
cmp "$dir/want" "$dir/ask.out" >>"$dir/wrong" 2>&1
ok 'a whole reply is what curl gets'

flynn ask --max-tokens 5 --set temperature=0 --set top_p=0.9 --set presence_penalty=0.1 --set frequency_penalty=0.1 \
	--set seed=3 --set stop=xyz --set logprobs=2 --set 'logit_bias=[[5,-1]]' --set reasoning_effort=low hello
[ "$status" = 0 ] || wrong "exit status $status: $(cat "$dir/ask.err")"
ok 'every parameter of that API is taken'

printf '{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}' >"$dir/schema"
flynn ask --schema "$dir/schema" --max-tokens 100 hello
case $(cat "$dir/ask.out") in
{*) ;;
*) wrong "no JSON: $(cat "$dir/ask.out")" ;;
esac
ok 'a schema'

flynn doctor
says "ready at http://127.0.0.1:$(cat "$dir/tap.out")/v1"
flynn models
says 'gpt  '
says 'loaded'
ok 'the server is found by its list of models'

configure wrong-key
flynn ask hello
[ "$status" = 1 ] || wrong "exit status $status"
says 'flynn: Invalid API Key'
says 'to a key of the server'
flynn doctor
says 'unauthorised'
ok 'a wrong key'
configure right-key

for size in 80x24 120x40; do
	open "$size"
	sees 'ready'
	say "$prompt"
	sees 'tok/s' # on a busy machine both lines would come at once, which is a paste
	say '/request'
	sees '"model": "tiny"'
	tmux send-keys Tab
	sees 'Only a llama-server'
	leave 'Only a llama-server'
	say '/stats'
	sees 'only a llama-server'
	leave 'only a llama-server'
	say '/quit'
	wait_for 10 closed || wrong "$size: it does not quit"
done
ok 'the screen'

signal TERM tap
end tap
LC_ALL=C grep -aoE '^(GET|POST|DELETE|PUT) [^ ]*' "$dir/wire" | sort -u >"$dir/asked"
printf 'GET /v1/models\nPOST /v1/chat/completions\n' | cmp - "$dir/asked" >>"$dir/wrong" 2>&1 || cat "$dir/asked" >>"$dir/wrong"
if LC_ALL=C grep -aqiE 'return_progress|reasoning_control|X-Conversation-Id' "$dir/wire"; then
	wrong 'a field of llama-server alone was sent'
fi
ok 'nothing else was asked for'

echo "1..$n"
