#!/bin/sh
# real-screen.sh - the full screen against a real llama-server (see real-lib.sh), in tmux at three sizes: a chat of ten
# turns, four panes with a server each, the server stopped and started again under it, a wrong key, a full context, branches, a router, flynn killed in the midst
# of a reply, and connections cut. What counts is what stands on the screen, and what the server has read. Skipped without tmux.
set -u

. "$FLYNN_TESTS/real-lib.sh"
. "$FLYNN_TESTS/real-tmux-lib.sh"

# What the server has answered so far, by its own count of processed prompts.
answers() { fetch "$url/metrics" | sed -n 's/^llamacpp:tokens_predicted_total //p'; }

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
		told
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
	told
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	ok "$1: the server stopped and started again under it"
}

answered() { [ "$(answers)" = 12 ]; }

wrong_key()
{
	start -m "$model" --api-key right
	FLYNN_AUTH_TOKEN=wrong open "$1" -e "$url"
	sees 'unauthorised'
	say 'let me in'
	sees 'Invalid API Key'
	ok "$1: a wrong key"
}

# Where the prompt was counted before Enter, that is said first, and Enter sends it all the same.
is_refused()
{
	! shows 'too many' || tmux send-keys Enter
	shows 'exceeds the available context size'
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
	wait_for 20 is_refused || wrong "$1: $(bar)"
	ok "$1: a full context"
}

# What the server read last, and what it wrote then, as they stand in its JSON.
read_last() { fetch "$url/slots" | sed -n 's/.*"prompt":"\(.*\)","generated":".*/\1/p'; }
wrote_last() { fetch "$url/slots" | sed -n 's/.*"generated":"\(.*\)"}.*/\1/p'; }

# has_read WHAT TEXT: the server has read a prompt, and it is this one.
is_read() { [ "$(read_last)" = "$1" ] && idle; }
has_read() { wait_for 20 is_read "$2" || wrong "$size: $1: read $(read_last), not $2"; }

# flynn may still be at the end of the reply that the server has ended.
is_read_again()
{
	! tmux capture-pane -p | grep -q 'a reply is streaming' || tmux send-keys M-r
	is_read "$prompt"
}

has_continued()
{
	case $(read_last) in "$prompt"*"$wrote") idle ;; *) false ;; esac
}

branches()
{
	start -m "$model" --slots -n 8
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me of a dog'
	sees 'limit or the end'
	wait_for 20 idle
	prompt=$(read_last)
	wrote=$(wrote_last)
	case $prompt in *'Tell me of a dog'*) ;; *) skip "$1: another reply, another prompt, more of a reply" 'it does not tell' && return ;; esac
	say '/continue'
	# Between the two the server's template may put an empty thought.
	wait_for 20 has_continued || wrong "$1: continue: read $(read_last), not $prompt and then $wrote"
	sees 'ready'
	tmux send-keys M-r
	wait_for 20 is_read_again || wrong "$1: again: the same prompt: read $(read_last), not $prompt"
	sees 'version 2 of 2'
	say '/edit'
	wait_for 20 input_has 'Tell me of a dog' || wrong "$1: the prompt is not in the input"
	say ' and a cat'
	has_read 'another prompt' "$(printf %s "$prompt" | sed 's/of a dog/of a dog and a cat/')"
	sees '> Tell me of a dog and a cat'
	ok "$1: another reply, another prompt, more of a reply"
}

# The screen is ended in the midst of a reply by this signal.
end_in_a_reply()
{
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me a long story'
	sees_text_come
	wait_for 5 is_saved || wrong "$1: nothing is saved"
	kill "-$2" "$(tmux display-message -p '#{pane_pid}')"
	wait_for 5 closed || wrong "$1: it is not dead"
}

story() { "$FLYNN" history export --all --format json | values content; }
is_saved() { [ "$(story 2>/dev/null | wc -c)" -gt 100 ]; }
is_whole() { story | cmp -s - "$dir/want"; }

# The server goes on with the reply, which the next screen shows to its end: while it is still being made, or once it is done.
killed()
{
	start -m "$model" --slots -c 4096 --ignore-eos -n 3000
	by_hand_streamed 'Tell me a long story'
	for how in KILL HUP; do
		rm -rf "$dir/home/.local/share/flynn"
		end_in_a_reply "$1" $how
		[ $how = HUP ] || wait_for 20 idle
		is_whole && wrong "$1: all of it was there before"
		resume "$1" -e "$url"
		sees 'limit or the end'
		wait_for 5 is_whole || wrong "$1: SIG$how: the reply is not what the server says: $(story | wc -c) bytes of $(wc -c <"$dir/want")"
		tmux send-keys M-Home
		sees '> Tell me a long story'
		tmux send-keys C-q
		wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	done
	ok "$1: killed in the midst of a reply, and its terminal closed: the next one shows the whole reply"
}

# What the server says to a prompt: it and its answer go to `want`.
by_hand_streamed()
{
	printf '{"messages":[{"role":"user","content":"%s"}],"stream":true}' "$1" | fetch --data-binary @- "$url/v1/chat/completions" >"$dir/body"
	printf %s "$1" >"$dir/want"
	values content <"$dir/body" >>"$dir/want"
}

# A server that was started again has it no longer: what came is there.
killed_with_the_server()
{
	start -m "$model" -c 4096 --ignore-eos -n 3000
	rm -rf "$dir/home/.local/share/flynn"
	end_in_a_reply "$1" KILL
	port=${url##*:}
	stop
	resume "$1" -e "$url"
	sees 'not running'
	sees '(interrupted)'
	start -m "$model" -c 4096 --ignore-eos -n 12 --port "$port"
	sees 'ready'
	sees '(interrupted)'
	tmux send-keys Tab c
	sees 'limit or the end'
	tmux send-keys C-q
	ok "$1: killed in the midst of a reply, and its server too: what came is there, and goes on"
}

# However a reply is given up, the server works on it no longer, though it goes on without a connection.
given_up()
{
	start -m "$model" --slots -c 4096 --ignore-eos -n 3000
	for how in Escape C-c C-q /quit TERM; do
		open "$1" -e "$url"
		sees 'ready'
		say 'Tell me a long story'
		sees_text_come
		! idle || wrong "$1: $how: the server does nothing"
		case $how in
		TERM) kill -TERM "$(tmux display-message -p '#{pane_pid}')" ;;
		/quit) say /quit ;;
		*) tmux send-keys $how ;;
		esac
		wait_for 1 idle || wrong "$1: $how: the server is still working on it"
	done
	ok "$1: Esc, Ctrl+C, Ctrl+Q, /quit and SIGTERM free the slot"
}

# A proxy that cuts connections costs nothing.
lost()
{
	start -m "$model" --slots -c 4096 --ignore-eos -n 400
	by_hand_streamed 'Tell me a long story'
	background tap "$FLYNN_BUILD/tests/cutting_proxy" "${url##*:}" 5 "$(wc -c <"$dir/body")"
	wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "http://127.0.0.1:$(cat "$dir/tap.out")" --log "$dir/log"
	sees 'ready'
	say 'Tell me a long story'
	sees 'reconnecting'
	sees 'limit or the end'
	wait_for 5 is_whole || wrong "$1: the reply is not what the server says"
	tmux send-keys C-q
	grep -q 'the connection was lost' "$dir/log" || wrong "$1: no connection was cut"
	signal TERM tap
	end tap
	ok "$1: connections that are cut cost nothing"
}

# A server that is killed is seen to be gone, with what broke off beside it; then what came goes on.
server_killed()
{
	start -m "$model" --slots -c 4096 --ignore-eos -n 3000
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me a long story'
	sees_text_come
	prompt=$(read_last)
	signal KILL server
	sees 'not running'
	wait_for 15 says_both || wrong "$1: the bar does not say both: $(bar)"
	sees 'Tab c continues it'
	port=${url##*:}
	start -m "$model" --slots -c 4096 -n 12 --port "$port"
	sees 'ready'
	tmux send-keys Tab c
	wait_for 20 has_read_more || wrong "$1: the reply does not go on"
	ok "$1: a server killed in the midst of a reply"
}

# ---- slots ----

bar_says() { case $(bar) in *"$1"*) ;; *) false ;; esac; }

other_clients='other1 other2 other3 other4'

# Clients that wait for one another, each with a long reply.
others_ask()
{
	printf '{"messages":[{"role":"user","content":"Tell me a long story"}],"stream":true,"max_tokens":3900}' >"$dir/other"
	for each in $other_clients; do
		background "$each" curl -sN --noproxy '*' -d "@$dir/other" "$url/v1/chat/completions"
	done
}

others_leave()
{
	for each in $other_clients; do
		[ -s "$dir/$each.status" ] || signal KILL "$each" 2>/dev/null
	done
}

# One slot and several clients: the prompt waits, and says so; then it has its turn, and Esc frees the slot.
waited()
{
	start -m "$model" --slots -np 1 -c 4096 --ignore-eos -n 3900
	others_ask
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me of a dog'
	wait_for 20 bar_says 'waiting for a' || wrong "$1: it does not say that it waits: $(bar)"
	bar_says 'ready' || wrong "$1: no reachability beside it: $(bar)"
	others_leave
	wait_for 20 bar_says 'tok/s' || wrong "$1: its turn does not come: $(bar)"
	tmux send-keys Escape
	wait_for 5 idle || wrong "$1: Esc does not free the slot"
	wait_for 5 bar_says 'stopped' || wrong "$1: it does not say that the server has stopped: $(bar)"
	tmux send-keys C-q
	ok "$1: a prompt waits for the only slot, and Esc frees it"
}

# A server that reads a prompt looks up at the end of a batch only.
slow()
{
	case_is="$1: a slow server still works on what was stopped"
	[ -r "${LLAMA_SLOW_MODEL-}" ] || { skip "$case_is" 'LLAMA_SLOW_MODEL names no slow model' && return; }
	start -m "$LLAMA_SLOW_MODEL" --slots -np 1 -c 4096 -n 50
	open "$1" -e "$url"
	sees 'ready'
	awk 'BEGIN { for (i = 0; i < 300; i++) printf "once upon a time " }' >"$dir/long"
	tmux load-buffer "$dir/long"
	tmux paste-buffer -p
	tmux send-keys Enter
	wait_for 20 bar_says 'reading' || wrong "$1: it does not read: $(bar)"
	tmux send-keys Escape
	wait_for 5 bar_says 'stopping' || wrong "$1: it does not stop: $(bar)"
	wait_for 10 bar_says 'still working' || wrong "$1: it does not say that the server works: $(bar)"
	tmux send-keys -l 'abc'
	sees 'abc'
	tmux send-keys C-q
	ok "$case_is"
}

bar() { tmux capture-pane -p | sed '/^ *$/d' | tail -n 1; }
says_both() { case $(bar) in *'not running'*' · the connection'*) ;; *) false ;; esac; }
has_read_more() { case $(read_last) in "$prompt"?*) idle ;; *) false ;; esac; }

# A template that begins to think, unless it is asked not to.
thinks()
{
	cat >"$dir/think.jinja" <<'EOF'
{%- for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}{%- if m.reasoning_content %}{{ '<think>\n' + m.reasoning_content + '\n</think>\n\n' }}{%- endif %}{{ m.content + '<|im_end|>\n' }}{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{%- if enable_thinking is defined and enable_thinking is false %}{{ '<think>\n\n</think>\n\n' }}{%- else %}{{ '<think>\n' }}{%- endif %}{%- endif %}
EOF
	start -m "$model" --slots --chat-template-file "$dir/think.jinja" "$@"
}

has_gone_on() { [ "$(read_last)" = "$prompt$wrote" ] && idle; }

# Where the thought was cut it goes on, byte for byte.
# The thought that the history has last, as it stands in JSON.
last_thought() { "$FLYNN" history export --all --format json 2>/dev/null | grep -o '"reasoning":"[^"]*"' | tail -n 1; }

# What the server makes of the same beginning when it is asked by hand: the thought so far, as a message to be continued.
by_hand()
{
	thought=$(echo "$1" | sed 's/^"reasoning"/"reasoning_content"/')
	printf '{"messages":[{"role":"user","content":"Tell me of a dog"},{"role":"assistant","content":"",%s}]}' "$thought" >"$dir/hand"
	fetch -d "@$dir/hand" "$url/v1/chat/completions" >"$dir/hand.reply"
}

thought()
{
	thinks -n 24 --temp 0
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me of a dog'
	sees 'Tab c continues it'
	wait_for 20 idle
	prompt=$(read_last)
	wrote=$(wrote_last)
	wait_for 5 has_thought || wrong "$1: the thought is not saved"
	before=$(last_thought)
	tmux send-keys Tab c
	wait_for 20 has_gone_on || wrong "$1: read $(read_last), not $prompt and then $wrote"
	went_on=$(wrote_last)
	by_hand "$before"
	[ -n "$went_on" ] && [ "$(wrote_last)" = "$went_on" ] || wrong "$1: by hand it goes on with $(wrote_last), here with $went_on"
	tmux send-keys Escape C-q
	ok "$1: a thought that was cut goes on"
}

is_titled() { "$FLYNN" history list | grep -v 'Tell me of a cat' | grep -q '[a-z]'; }

has_thought() { last_thought | grep -q '"reasoning":"..'; }

# A server slow enough to be told something while it thinks.
answered_now()
{
	thinks -n 3000 --ignore-eos -c 4096
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me of a bird'
	sees 'thinking'
	tmux send-keys M-e
	sees 'the thought ends'
	sees 'thought'
	wait_for 20 idle || wrong "$1: the answer does not end"
	wait_for 5 has_both || wrong "$1: the history has not both: $("$FLYNN" history export --all --format json | tail -c 300)"
	tmux send-keys C-q
	ok "$1: a thought is ended, and the answer comes"
}

has_both() { "$FLYNN" history export --all --format json | grep -q '"role":"assistant","content":"[^"]..*","reasoning":"[^"]'; }

# Ten turns are over this context; their summary is not.
summed_up()
{
	start -m "$model" --slots -c 512 -n 60 --ignore-eos
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "$url"
	sees 'ready'
	turn=0
	while [ $turn -lt 10 ] && ! shows 'exceeds the available context size'; do
		turn=$((turn + 1))
		say "Tell me of a cat, $turn"
		wait_for 20 idle
		sees "a cat, $turn"
		sleep 0.2
	done
	sees 'exceeds the available context size'
	tmux send-keys F8
	sees '· summed up: '
	tmux send-keys Enter
	wait_for 20 idle
	told
	shows 'exceeds' && wrong "$1: the next prompt does not fit"
	"$FLYNN" history export --all --format json >"$dir/summed.json"
	grep -q '"kind":"summary"' "$dir/summed.json" || wrong "$1: no summary in the history"
	grep -q 'a cat, 1"' "$dir/summed.json" || wrong "$1: the long branch is gone"
	tmux send-keys C-q
	ok "$1: a conversation over the context is summed up, and goes on"
}

titled()
{
	thinks -n 400
	rm -rf "$dir/home/.local/share/flynn"
	printf 'model_titles: true\nmodels:\n  one:\n    endpoint: %s\n' "$url" >"$dir/titles.yaml"
	open "$1" -c "$dir/titles.yaml"
	sees 'ready'
	say 'Tell me of a cat'
	sees 'thought'
	wait_for 20 is_titled || wrong "$1: no title: $("$FLYNN" history list)"
	tmux send-keys C-q
	ok "$1: a title by a model that thinks"
}

# ---- what was sent, and how fast it came ----

# The last rate of that kind ("prompt eval", "eval") that the server has written down, to two digits.
server_rate()
{
	grep -h "[|] *$1 time =" "$dir/server.err" "$dir/server.out" |
		sed -n 's/.*ms per token, *\([0-9.]*\) tokens per second.*/\1/p' | tail -n 1
}

# rounded RATE: what the page may show for it, which has one digit of a number that has more.
rounded() { awk -v rate="$1" 'BEGIN { printf "%.1f\n%.1f\n", rate + 0.005, rate - 0.005 }'; }

shows_rate()
{
	for each in $(rounded "$1"); do
		shows " $each " && return
	done
	return 1
}

# The same number, as far as the server has written it.
is_rate() { awk -v have="$1" -v want="$2" 'BEGIN { exit !(want > 0 && have - want < 0.006 && want - have < 0.006) }'; }

# has_rate NAME KIND: the history has it.
has_rate() { is_rate "$(in_stats "$1")" "$(server_rate "$2")"; }

# in_stats NAME: a number of the only model.
in_stats() { "$FLYNN" history stats --json | sed -n 's/.*"'"$1"'":\([^,}]*\).*/\1/p'; }

measured()
{
	start -m "$model" --slots -n 40 -c 4096 --ignore-eos
	rm -rf "$dir/home/.local/share/flynn"
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me of a fish'
	told
	wait_for 20 idle || wrong "$1: the reply does not end"
	say '/stats'
	sees '1 reply · 40 tokens'
	sees '0 of 1 busy'
	wait_for 5 shows_rate "$(server_rate ' eval')" ||
		wrong "$1: the server wrote $(server_rate ' eval') tokens a second: $(screen)"
	wait_for 5 has_rate tokens_per_second ' eval' ||
		wrong "$1: stats says $(in_stats tokens_per_second), the server $(server_rate ' eval')"
	tmux send-keys Right Right
	wait_for 5 shows_rate "$(server_rate 'prompt eval')" ||
		wrong "$1: the server read $(server_rate 'prompt eval') tokens a second: $(screen)"
	wait_for 5 has_rate prompt_tokens_per_second 'prompt eval' ||
		wrong "$1: stats says $(in_stats prompt_tokens_per_second), the server $(server_rate 'prompt eval')"
	[ "$(in_stats tokens)" = 40 ] || wrong "$1: stats says $(in_stats tokens) tokens, not 40"
	[ "$(in_stats draft_tokens)" = null ] || wrong "$1: stats says $(in_stats draft_tokens) drafted tokens"
	tmux send-keys C-q
	ok "$1: statistics with the server's own numbers"
}

slot_at_work()
{
	start -m "$model" --slots -n 100000 -c 4096 --ignore-eos --context-shift
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me a story without an end'
	sees 'tok/s'
	say '/stats'
	sees 'This conversation' # what comes at once with an Enter inside is a paste
	tmux send-keys G
	sees 'Slots of'
	sees 'writing, '
	tmux send-keys q
	sees_text_come
	tmux send-keys Escape
	sees 'stopped'
	say '/stats'
	sees 'This conversation'
	tmux send-keys G
	sees 'idle · keeps'
	tmux send-keys C-q
	ok "$1: a slot at work, and idle"
}

content_of_stream() { sed -n 's/.*"delta":{"content":"\(.*\)"}}.*/\1/p' | tr -d '\n'; }

last_content() { "$FLYNN" history export --all --format json | sed -n 's/.*"role":"assistant","content":"\(.*\)","reasoning":.*/\1/p' | tail -n 1 | tr -d '\n'; }

requested()
{
	start -m "$model" --slots -n 40 -c 4096 --api-key right-key
	rm -rf "$dir/home/.local/share/flynn" "$dir/copied"
	printf 'copy_command: "cat >%s/part && mv %s/part %s/copied"\nmodels:\n  one:\n    endpoint: %s\n' \
		"$dir" "$dir" "$dir" "$url" >"$dir/copy.yaml"
	FLYNN_AUTH_TOKEN=right-key
	export FLYNN_AUTH_TOKEN
	open "$1" -c "$dir/copy.yaml" --system 'Be "so"'
	sees 'ready'
	say "What's \`a\` \$HOME \"goat\" \\n 日本語?"
	told
	wait_for 20 idle_with_key || wrong "$1: the reply does not end"
	say '/request'
	sees 'POST http'
	sees '"role": "system"'
	tmux send-keys Tab
	sees '<|im_start|>assistant'
	sees ' tokens'
	tokens=$("$FLYNN" history export --all --format json | sed -n 's/.*"prompt_tokens":\([0-9]*\).*/\1/p' | tail -n 1)
	shows "$tokens tokens" || wrong "$1: the prompt has $tokens tokens"
	tmux send-keys y
	wait_for 10 test -s "$dir/copied" || wrong "$1: nothing was copied"
	grep -q right-key "$dir/copied" && wrong "$1: the command has the key"
	sh "$dir/copied" 2>/dev/null | content_of_stream >"$dir/have"
	last_content >"$dir/want"
	[ -s "$dir/want" ] && cmp -s "$dir/have" "$dir/want" ||
		wrong "$1: the command brings \"$(cat "$dir/have")\", flynn had \"$(cat "$dir/want")\""
	unset FLYNN_AUTH_TOKEN
	tmux send-keys C-q
	ok "$1: the request, its prompt, and the same reply by the command"
}

idle_with_key() { fetch -H 'Authorization: Bearer right-key' "$url/slots" | grep -q '"is_processing":false'; }

# ---- four panes, each with a server of its own ----

# one NAME ARGS...: one more server, on a free port or that of `--port`; its endpoint goes into NAME.url.
one()
{
	which=$1
	shift
	background "$which" "$server" -t 1 -np 1 --temp 0 --no-cache-prompt --host 127.0.0.1 -m "$model" -c 4096 --ignore-eos \
		-n 3000 "$@"
	wait_for 60 one_is_ready "$which" || wrong "$which does not start"
}

one_is_ready()
{
	sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$dir/$1.err" "$dir/$1.out" | head -n 1 >"$dir/$1.url"
	[ -s "$dir/$1.url" ] && [ "$(fetch -o "$dir/health" -w '%{http_code}' "$(cat "$dir/$1.url")/health")" = 200 ]
}

stop_all()
{
	for each in one two three four; do
		[ ! -s "$dir/$each.pid" ] || [ -s "$dir/$each.status" ] || signal KILL "$each"
	done
	stop
}
trap 'tmux kill-server 2>/dev/null; stop_all; rm -rf "$dir"' EXIT

configuration()
{
	mkdir -p "$dir/home/.config/flynn"
	echo 'models:'
	for each in one two three four; do
		printf '  %s:\n    endpoint: %s\n' "$each" "$(cat "$dir/$each.url")"
	done
}

# The reply at the end of a conversation of the history.
reply_of() { "$FLYNN" history show "$1" | awk '/^--- / { n = NR } { line[NR] = $0 } END { while (++n <= NR) print line[n] }'; }

all_are_idle()
{
	for each in "$@"; do
		fetch "$(cat "$dir/$each.url")/slots" | grep -q '"is_processing":false' || return 1
	done
}

# resized WHILE...: the window changes as long as the command fails.
resized()
{
	until "$@"; do
		for at in 120x40 90x30 150x44 100x24; do
			tmux resize-window -x "${at%x*}" -y "${at#*x}"
			sleep 0.1
		done
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
	done
	tmux resize-window -x 120 -y 40
}

# What each said is whole: with a temperature of 0 it is what the server says again.
four_panes()
{
	stop
	for each in one two three four; do one $each --port 0 --slots; done
	configuration >"$dir/four.yaml"
	open "$1" -c "$dir/four.yaml"
	sees 'ready'
	tmux send-keys M-w v
	say '/model two'
	sees 'uses two now'
	tmux send-keys M-w s
	say '/model three'
	sees 'uses three now'
	tmux send-keys M-1
	tmux send-keys M-w s
	say '/model four'
	sees 'uses four now'
	say '/compare Tell me a long story'
	sees 'to 4 conversations'
	for each in one two three four; do sees "$each · "; done
	sees 'tok/s'
	signal KILL three
	sees 'three · not running'
	sees 'the reply is incomplete'
	shows 'one · not running' && wrong "$1: the error of one server stands in the pane of another"
	shows 'four · not running' && wrong "$1: the error of one server stands in the pane of another"
	port=$(sed 's/.*://' "$dir/three.url")
	one three --port "$port" --slots
	sees 'three · failed'
	tmux send-keys M-3 M-r
	tries=200
	resized all_are_idle one two three four || wrong "$1: the replies do not end"
	sees 'limit or the end'
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	"$FLYNN" ask --no-history -e "$(cat "$dir/one.url")" 'Tell me a long story' >"$dir/story" 2>/dev/null
	[ "$(wc -c <"$dir/story")" -gt 3000 ] || wrong "$1: a short story"
	"$FLYNN" history list | awk '/Tell me a long story/ { print $1 }' >"$dir/ids"
	[ "$(wc -l <"$dir/ids")" = 4 ] || wrong "$1: $(wc -l <"$dir/ids") conversations were saved, not 4"
	while read -r id; do
		reply_of "$id" >"$dir/reply"
		tr -d '\n ' <"$dir/reply" >"$dir/have"
		tr -d '\n ' <"$dir/story" >"$dir/want"
		cmp -s "$dir/have" "$dir/want" || wrong "$1: conversation $id is not what the server says: $(wc -c <"$dir/have") bytes of $(wc -c <"$dir/want")"
	done <"$dir/ids"
	resume "$1" -c "$dir/four.yaml"
	for each in one two three four; do sees "$each · "; done
	tmux send-keys C-q
	stop_all
	ok "$1: four panes, each with a server of its own, one of them killed and started again"
}

# ---- a router ----

is_loaded() { fetch "$url/models" | tr '}' '\n' | grep "\"id\":\"$1\"" | grep -q '"value":"loaded"'; }
hides() { ! shows "$1"; }
is_unloaded() { ! is_loaded "$1"; }

routed()
{
	[ -d "$dir/models" ] || {
		mkdir "$dir/models"
		ln -s "$(realpath "$model")" "$dir/models/tiny-a.gguf"
		ln -s "$(realpath "$model")" "$dir/models/tiny-b.gguf"
		head -c 1000 "$model" >"$dir/models/broken.gguf"
	}
	start --models-dir "$dir/models" -c 512
	open "$1" -e "$url"
	sees 'ready'
	say 'Tell me a story'
	sees 'choose a model to answer'
	sees 'tiny-b'
	tmux send-keys Escape
	sees '> Tell me a story'
	tmux send-keys Enter
	sees 'tiny-b'
	tmux send-keys -l 'tiny-a'
	sees '> tiny-a unl'
	tmux send-keys Enter
	wait_for 20 is_loaded tiny-a || wrong "$1: tiny-a is not loaded"
	sees 'tiny-a'
	say '/model'
	sees '>* tiny-a loaded'
	tmux send-keys Up M-l
	sees '> broken failed'
	tmux send-keys Down Down M-l
	sees '> tiny-b loaded'
	is_loaded tiny-b || wrong "$1: tiny-b is not loaded"
	tmux send-keys M-u
	sees '> tiny-b unl'
	is_unloaded tiny-b || wrong "$1: tiny-b is loaded"
	tmux send-keys Up M-u
	sees 'a conversation uses tiny-a'
	is_loaded tiny-a || wrong "$1: tiny-a was unloaded without a question"
	tmux send-keys M-u
	sees '>* tiny-a unl'
	tmux send-keys Escape
	wait_for 20 hides '── models' || wrong "$1: Esc does not close the page"
	tmux send-keys C-q
	wait_for 5 closed || wrong "$1: Ctrl+Q does not end it"
	ok "$1: a router with three models, one broken: chosen, loaded, unloaded"
}

# ---- all of them ----

cases='ten_turns stopped_and_started wrong_key full_context branches killed killed_with_the_server given_up lost server_killed
	thought answered_now summed_up titled measured slot_at_work requested routed waited slow'

four_panes 120x40
for size in 120x40 80x24 40x12; do
	for each_case in $cases; do
		if command -v "$each_case" >/dev/null; then
			"$each_case" $size
		else
			wrong "there is no such case"
			ok "$size: $each_case"
		fi
	done
done
echo "1..$n"
