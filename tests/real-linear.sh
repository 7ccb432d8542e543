#!/bin/sh
# real-linear.sh - `flynn --linear` against a real llama-server: on a pipe, and on a dumb terminal, tmux's. $LLAMA_SERVER and
# $LLAMA_MODEL as in real-lib.sh.
set -u

. "$FLYNN_TESTS/real-lib.sh"
. "$FLYNN_TESTS/real-tmux-lib.sh"

prompt='Once upon a time'

# The words of a text, a line each: however it is parted into lines.
words() { tr -s ' \n' '\n\n' | sed '/^$/d'; }

start -m "$model" --seed 7 --jinja
printf '{"messages":[{"role":"user","content":"%s"}],"stream":true,"max_tokens":60}' "$prompt" |
	fetch --data-binary @- "$url/v1/chat/completions" >"$dir/body"
{ values content <"$dir/body" && echo; } | words >"$dir/want"
[ -s "$dir/want" ] || wrong "curl got no text: $(cat "$dir/body")"
printf '%s\n' "$prompt" >"$dir/input"
background ask "$FLYNN" --linear -e "$url" --set max_tokens=60
end ask
[ "$status" = 0 ] || wrong "exit status $status"
sed '/^(end of reply, 60 tokens/d' "$dir/ask.out" | words | cmp - "$dir/want" >>"$dir/wrong" 2>&1
grep -q '^(end of reply, 60 tokens, [0-9.]* tokens a second: the token limit' "$dir/ask.out" || wrong "no end mark: $(cat "$dir/ask.out")"
ok 'a reply has the words that curl gets, and an end mark'

printf '/last\nAnd then?\n' >"$dir/input"
background ask "$FLYNN" --linear -C -e "$url" --set max_tokens=20
end ask
[ "$(grep -c '^(end of reply, ' "$dir/ask.out")" = 2 ] || wrong "it said: $(cat "$dir/ask.out")"
"$FLYNN" history list | grep -q ' 4  Once upon a time$' || wrong "the history has: $("$FLYNN" history list)"
ok '-C goes on with it'

# The first words of the reply that is kept, as far as the fourth token, whose second candidate was taken.
printf '/set max_tokens 24\n%s\n/lens again\n/lens 4\n2\n' "$prompt" >"$dir/input"
background ask "$FLYNN" --linear -e "$url"
end ask
[ "$status" = 0 ] || wrong "exit status $status: $(cat "$dir/ask.err")"
before=$(sed -n 's/^(token 4 of 24, .*\. After "\(.*\)")$/\1/p' "$dir/ask.out")
taken=$(sed -n 's/^(another version of the reply goes on with "\(.*\)")$/\1/p' "$dir/ask.out")
[ -n "$before" ] && [ -n "$taken" ] || wrong "it said: $(cat "$dir/ask.out")"
grep -q "^2\. \"$taken\", [0-9a-z ]*percent$" "$dir/ask.out" || wrong "not the second candidate: $taken"
"$FLYNN" history show 2 | grep -qF -e "$before$taken" || wrong "the history has no $before$taken: $("$FLYNN" history show 2)"
ok 'another candidate of a token is taken, and the reply goes on from there'

tells() { sed '1,/Tell me/d' "$dir/bytes" | grep -q '\.'; }

stop
start -m "$model" --seed 7 --jinja --ignore-eos -c 32768 -n 30000
size=40x12
printf "TERM=dumb exec '%s' -e '%s'" "$FLYNN" "$url" >"$dir/command"
screens=$((screens + 1))
tmux new-session -d -x 40 -y 12 "sh $dir/command" ';' pipe-pane "cat >>'$dir/bytes'"
sees 'the server is ready.'
say 'Tell me a story'
wait_for 20 tells || wrong 'no sentence comes'
tmux send-keys C-c
wait_for 20 grep -q '^(end of reply.*: stopped' "$dir/bytes" || wrong "not stopped: $(tail -n 3 "$dir/bytes")"
say /quit
wait_for 10 closed || wrong 'it does not end'
! grep -q "$(printf '\033')" "$dir/bytes" || wrong 'there is an escape'
ok 'on a dumb terminal: a prompt, Ctrl+C, /quit, and not one escape'

echo "1..$n"
