# real-tmux-lib.sh - flynn on a screen of tmux, for the scripts against a real llama-server that look at it. It is sourced, after
# real-lib.sh; without tmux the script that sources this is skipped.

command -v tmux >/dev/null || skip_all 'no tmux here'

# Each screen has a tmux server of its own: one that is asked to end takes its time.
screens=0
tmux() { command tmux -f /dev/null -S "$dir/tmux$screens" "$@"; }
trap 'tmux kill-server 2>/dev/null; stop; rm -rf "$dir"' EXIT

# ---- the screen ----

# open SIZE ARGS...: flynn on a screen of COLSxROWS, with a new conversation; resume: where it was left.
open()
{
	at=$1
	shift
	resume "$at" --new "$@"
}

resume()
{
	size=$1
	shift
	tmux kill-server 2>/dev/null
	screens=$((screens + 1))
	printf 'exec' >"$dir/command"
	printf " '%s'" "$FLYNN" "$@" >>"$dir/command"
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

idle() { fetch "$url/slots" | grep -q '"is_processing":false'; }

closed() { ! tmux has-session 2>/dev/null; }

# input_has TEXT: of one line, above the last row.
input_has() { [ "$(tmux capture-pane -p | sed '/^ *$/d' | tail -n 2 | head -n 1)" = "> $1" ]; }

# The last row.
bar() { tmux capture-pane -p | sed '/^ *$/d' | tail -n 1; }

# told: the bar tells what a reply came to: its rate, where there is room for that beside the model and the context.
told()
{
	if [ "${size%x*}" -ge 60 ]; then
		sees 'tok/s'
	else
		wait_for 20 tells_share || wrong "$size: no share of the context: $(bar)"
	fi
}

tells_share() { bar | grep -q 'ctx [0-9]'; }

# sees_text_come: "writing 812.4 tok/s", or less of it where the row is narrow.
sees_text_come() { wait_for 20 tells_rate || wrong "$size: nothing comes: $(bar)"; }
tells_rate()
{
	case $(bar) in *writing* | *tok/s*) true ;; *) false ;; esac
}
