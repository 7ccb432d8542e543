#!/bin/sh
# real-screen.sh - the full screen against a real llama-server (see real-lib.sh), in tmux at three sizes: a chat of ten
# turns, the server stopped and started again under it, a wrong key, a full context. What counts is what stands on the
# screen. Skipped without tmux.
set -u

. "$FLYNN_TESTS/real-lib.sh"
command -v tmux >/dev/null || skip_all 'no tmux here'

# Each screen has a tmux server of its own: one that is asked to end takes its time.
screens=0
tmux() { command tmux -f /dev/null -S "$dir/tmux$screens" "$@"; }
trap 'tmux kill-server 2>/dev/null; stop; rm -rf "$dir"' EXIT

# ---- the screen ----

# open SIZE ARGS...: flynn on a screen of COLSxROWS.
open()
{
	size=$1
	shift
	tmux kill-server 2>/dev/null
	screens=$((screens + 1))
	printf 'exec' >"$dir/command"
	printf " '%s'" "$FLYNN" --new "$@" >>"$dir/command"
	tmux new-session -d -x "${size%x*}" -y "${size#*x}" "sh $dir/command"
}

# The screen as one line, so that what is wrapped is found too.
screen() { tmux capture-pane -p 2>/dev/null | tr '\n' ' ' | tr -s ' '; }

shows() { screen | grep -qF -e "$1"; }

# sees TEXT: the screen comes to show it.
sees()
{
	wait_for 20 shows "$1" || {
		wrong "$size: not on the screen: $1"
		tmux capture-pane -p >>"$dir/wrong" 2>&1
	}
}

say()
{
	tmux send-keys -l "$1"
	tmux send-keys Enter
}

# What the server has answered so far, by its own count of processed prompts.
answers() { fetch "$url/metrics" | sed -n 's/^llamacpp:tokens_predicted_total //p'; }

idle() { fetch "$url/slots" | grep -q '"is_processing":false'; }

# ---- the cases ----

ten_turns()
{
	start -m "$model" --metrics --slots -n 12 -c 4096
	open "$1" -e "$url"
	sees 'ready'
	for turn in 1 2 3 4 5 6 7 8 9 10; do
		say "turn $turn"
		sees "> turn $turn"
		wait_for 20 idle || wrong "$1: turn $turn does not end"
		sees 'tok/s'
	done
	[ "$(answers)" = 120 ] || wrong "$1: the server made $(answers) tokens, not 120"
	tmux send-keys M-Home
	sees '> turn 1'
	tmux send-keys M-End
	sees '> turn 10'
	ok "$1: a chat of ten turns"
}

stopped_and_started()
{
	port=${url##*:}
	stop
	say 'turn 11'
	sees 'not running'
	start -m "$model" --metrics --slots -n 12 --port "$port"
	sees 'ready'
	tmux send-keys Enter # the prompt went back to where it was typed
	wait_for 20 answered || wrong "$1: no answer after the restart"
	wait_for 20 idle || wrong "$1: turn 11 does not end"
	sees 'tok/s'
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	ok "$1: the server stopped and started again under it"
}

answered() { [ "$(answers)" = 12 ]; }

closed() { ! tmux has-session 2>/dev/null; }

wrong_key()
{
	start -m "$model" --api-key right
	FLYNN_AUTH_TOKEN=wrong open "$1" -e "$url"
	sees 'unauthorised'
	say 'let me in'
	sees 'Invalid API Key'
	ok "$1: a wrong key"
}

full_context()
{
	start -m "$model" -c 256 -n 8
	open "$1" -e "$url"
	sees 'ready'
	# Some 600 tokens; the composer takes them as one paste.
	awk 'BEGIN { for (i = 0; i < 100; i++) printf "once upon a time " }' >"$dir/long"
	tmux load-buffer "$dir/long"
	tmux paste-buffer -p
	tmux send-keys Enter
	sees 'exceeds the available context size'
	ok "$1: a full context"
}

echo 1..12
for size in 120x40 80x24 40x12; do
	ten_turns $size
	stopped_and_started $size
	wrong_key $size
	full_context $size
done
