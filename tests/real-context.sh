#!/bin/sh
# real-context.sh - what the context counts, against a real llama-server (see real-lib.sh), on a screen of tmux: the gauge and the
# cost that the bar shows before a prompt is sent are together the prompt_tokens that the server tells of it afterwards.
set -u

. "$FLYNN_TESTS/real-lib.sh"
. "$FLYNN_TESTS/real-tmux-lib.sh"

# The two numbers beside each other in the status bar: tokens in the context, and what the prompt in the input adds.
gauge() { bar | sed -n 's/.*\(context\|ctx\) \([0-9]*\)\/4096.*/\2/p'; }
cost() { bar | sed -n 's/.*\(context\|ctx\) \([0-9]*\/\)*4096 +\([0-9]*\).*/\3/p'; }
has_cost() { [ -n "$(cost)" ]; }
has_no_estimate() { case $(bar) in *'~'* | *writing* | *thinking* | *reading* | *waiting*) false ;; *) idle ;; esac; }

# The prompt_tokens of the last reply that is saved, and how many there are.
prompt_tokens() { "$FLYNN" history export --all --format json 2>/dev/null | grep -o '"prompt_tokens":[0-9]*' | tail -n 1 | sed 's/.*://'; }
replies() { "$FLYNN" history export --all --format json 2>/dev/null | grep -o '"prompt_tokens":[0-9]*' | wc -l; }
has_replies() { [ "$(replies)" = "$1" ]; }

# Both numbers are those of now, and of all of the text: the input may come in parts.
is_weighed()
{
	numbers=$(gauge)+$(cost)
	case $(bar) in *'~'*) return 1 ;; esac
	input_has "$1" && [ "${numbers##*+}" ]
}

# weigh N TEXT: the N-th reply's prompt is what the bar had said of it before it was sent.
weigh()
{
	tmux send-keys -l "$2"
	wait_for 20 is_weighed "$2" || {
		wrong "$size: no cost of: $2"
		tmux capture-pane -p >>"$dir/wrong"
		return
	}
	want=$((${numbers#+}))
	tmux send-keys Enter
	wait_for 20 has_replies "$1" || {
		wrong "$size: $2: $(replies) replies are saved, not $1"
		tmux capture-pane -p >>"$dir/wrong"
	}
	[ "$(prompt_tokens)" = "$want" ] || wrong "$size: $2: the server read $(prompt_tokens) tokens, the bar said $want"
}

# The sum of the list of /context is what its heading says, and nothing in it is an estimate.
adds_up()
{
	tmux capture-pane -p | awk '
		/context: ~/ { exit 1 }
		/context: / { want = $2 }
		/room for the reply/ { room = 1; exit }
		/ %/ && !/cached/ { sub(/ +[0-9.]+ %.*/, ""); if ($NF ~ /~/) exit 1; sum += $NF }
		END { exit !(want > 0 && sum == want) }'
}

counts_less()
{
	left=$(gauge) # none while the page is open
	[ "$left" ] && [ "$left" != "$all" ] && has_no_estimate
}

counted()
{
	"$2" -n 60 -c 4096 --slots
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "$url" --system 'Be kind.'
	sees 'ready'
	weigh 1 'Tell me of a mouse'
	wait_for 20 has_no_estimate
	weigh 2 'And of: a house, 世界, ☕'
	wait_for 20 has_no_estimate
	weigh 3 'And?'
	wait_for 20 has_no_estimate
	before=$(gauge)
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	resume "$1" -e "$url" --system 'Be kind.'
	sees "$before/4096"
	weigh 4 'More'
	wait_for 20 has_no_estimate # what is saved of a reply may be there before its end
	tmux send-keys M-r
	wait_for 20 has_replies 5 || wrong "$1: no other reply"
	wait_for 20 has_no_estimate
	weigh 6 'after another reply'
	wait_for 20 has_no_estimate
	all=$(gauge)
	tmux send-keys F7
	wait_for 20 adds_up || {
		wrong "$1: the list does not add up"
		tmux capture-pane -p >>"$dir/wrong" 2>&1
	}
	tmux send-keys Down m
	sees 'muted'
	tmux send-keys Escape
	wait_for 20 counts_less || wrong "$1: a muted turn is counted: $(bar)"
	weigh 7 'without a turn'
	tmux send-keys C-q
	ok "$1: the context is what the server counts ($2)"
}

plain() { start -m "$model" "$@"; }
# A template that begins to think, unless it is asked not to.
thinks()
{
	cat >"$dir/think.jinja" <<'EOF'
{%- for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}{%- if m.reasoning_content %}{{ '<think>\n' + m.reasoning_content + '\n</think>\n\n' }}{%- endif %}{{ m.content + '<|im_end|>\n' }}{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{%- if enable_thinking is defined and enable_thinking is false %}{{ '<think>\n\n</think>\n\n' }}{%- else %}{{ '<think>\n' }}{%- endif %}{%- endif %}
EOF
	start -m "$model" --reasoning-budget 24 --chat-template-file "$dir/think.jinja" "$@"
}

# A reply that is stopped.
counted_stop()
{
	start -m "$model" -n 3000 --ignore-eos -c 4096 --slots
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me a long story'
	sees_text_come
	sleep 0.2
	tmux send-keys Escape
	sees '(stopped)'
	wait_for 20 has_no_estimate || wrong "$1: an estimate: $(bar)"
	tmux send-keys -l 'And then?'
	wait_for 20 has_cost || wrong "$1: no cost: $(bar)"
	want=$(($(gauge) + $(cost)))
	tmux send-keys Enter
	sees_text_come
	tmux send-keys Escape
	wait_for 20 has_replies 2 || wrong "$1: $(replies) replies"
	[ "$(prompt_tokens)" = "$want" ] || wrong "$1: the server read $(prompt_tokens) tokens, the bar said $want"
	tmux send-keys C-q
	ok "$1: the context after a reply was stopped"
}

# A router: counting loads no model, nor does it wake one.
status_of() { fetch "$url/models" | grep -o "\"id\":\"$1\".*" | grep -o '"status":{"value":"[a-z]*"' | head -n 1 | sed 's/.*"value":"//; s/"//'; }
has_status() { [ "$(status_of "$1")" = "$2" ]; }
adds() { [ -n "$(bar | sed -n 's/.*context .*+\([0-9]*\).*/\1/p')" ]; }

counted_router()
{
	mkdir -p "$dir/models"
	cp "$model" "$dir/models/small.gguf"
	rm -rf "$dir/home/.local/share/flynn"
	start --models-dir "$dir/models" --sleep-idle-seconds 3 -n 12
	open "$1" -e "$url" -m small
	sees 'ready'
	tmux send-keys -l 'Tell me of a mouse'
	sleep 1
	has_status small unloaded || wrong "$1: typing has loaded the model: $(status_of small)"
	adds && wrong "$1: a cost without a model: $(bar)"
	tmux send-keys Enter
	wait_for 20 has_status small loaded
	sees 'tok/s'
	tmux send-keys -l 'And'
	wait_for 20 adds || wrong "$1: no cost: $(bar)"
	wait_for 20 has_status small sleeping || wrong "$1: it does not sleep: $(status_of small)"
	tmux send-keys -l ' of a house'
	sleep 1
	has_status small sleeping || wrong "$1: typing has woken the model: $(status_of small)"
	tmux send-keys C-c C-q
	ok "$1: counting loads no model of a router"
}

# A server of one model, which falls asleep between two looks at its health.
is_asleep() { fetch "$url/props" | grep -q '"is_sleeping":true'; }

counted_asleep()
{
	start -m "$model" --slots --sleep-idle-seconds 3 -n 12
	open "$1" -e "$url"
	sees 'ready'
	wait_for 20 is_asleep || wrong "$1: it does not sleep"
	tmux send-keys -l 'Tell me of a mouse'
	sees 'sleeping'
	is_asleep || wrong "$1: typing has woken it"
	has_cost && wrong "$1: a cost of a server that sleeps: $(bar)"
	tmux send-keys Enter
	told
	shows 'sleeping' && wrong "$1: it has answered, and is said to sleep: $(bar)"
	tmux send-keys C-q
	ok "$1: counting wakes no server"
}

for size in 120x40 80x24; do
	counted $size plain
	counted $size thinks
	counted_stop $size
done
counted_router $size
counted_asleep $size
echo "1..$n"
