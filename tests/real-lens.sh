#!/bin/sh
# real-lens.sh - the token lens against a real llama-server (see real-lib.sh), on a screen of tmux at three sizes: Alt+K asks for a
# reply again with its tokens; the second candidate of a token in the middle of a word begins another version, which goes on
# from exactly those bytes. What counts is what the server says of its prompt, and what the history has.
set -u

. "$FLYNN_TESTS/real-lib.sh"
. "$FLYNN_TESTS/real-tmux-lib.sh"

# The text of the first tokens, and the second candidate of the last of them, as the server tells them when it is asked directly.
ask_tokens()
{
	fetch "$url/v1/chat/completions" -H 'Content-Type: application/json' -d '{"messages":[{"role":"user","content":"'"$prompt"'"}],
		"stream":true,"max_tokens":'"$1"',"logprobs":true,"top_logprobs":2}' >"$dir/tokens"
}
first_text() { ask_tokens "$1" && values content <"$dir/tokens"; }
second_candidate()
{
	ask_tokens "$1" && grep '"top_logprobs"' "$dir/tokens" | tail -n 1 | sed 's/.*"token"/"token"/' | values token
}

# The prompt of the server's slot, decoded.
asked() { fetch "$url/slots" | values prompt; }
exported() { "$FLYNN" history export --all --format json 2>/dev/null; }

# has_asked TEXT: the server was to go on with it. (The template has the answer begin after a thought without text.)
has_asked() { case $(asked) in *"
$1") true ;; *) false ;; esac; }
has_saved() { exported | grep -qF -e "\"content\":\"$(printf %s "$1" | sed 's/["\\]/\\&/g')"; }

is_in_a_word() { printf '%s/%s\n' "$1" "$2" | grep -q '[a-z]/[a-z]'; }

second_candidates()
{
	rm -rf "$dir/home/.local"
	start -m "$model" --slots -n 24 -c 4096
	prompt='Once upon a time'
	k=4
	prefix=$(first_text $((k - 1)))
	candidate=$(second_candidate $k)
	is_in_a_word "$prefix" "$candidate" || wrong "$1: not in the middle of a word: $prefix/$candidate"
	open "$1" -e "$url"
	sees 'ready'
	say '/set max_tokens 24'
	sees 'max_tokens'
	say "$prompt"
	told
	wait_for 20 idle || wrong "$1: the first reply does not end"
	tmux send-keys M-k
	sees "token 24 of 24"
	tmux send-keys Home
	sees "token 1 of 24"
	tmux send-keys Right Right Right
	sees "token $k of 24"
	tmux send-keys Down Enter
	wait_for 20 has_asked "$prefix$candidate" || wrong "$1: asked to go on with: $(asked)"
	wait_for 20 idle || wrong "$1: the version does not end"
	sees 'token 28 of 28'
	wait_for 20 has_saved "$prefix$candidate" || wrong "$1: not in the history: $prefix$candidate"
	tmux send-keys Escape
	sees 'version 3 of 3'
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	resume "$1" -e "$url"
	sees 'version 3 of 3'
	say '/lens'
	sees 'token 1 of 28'
	tmux send-keys Right Right Right
	sees 'taken by you'
	ok "$1: the second candidate in the middle of a word, $prefix/$candidate"
}

for at in 40x12 80x24 120x40; do
	second_candidates "$at"
done

echo "1..$n"
