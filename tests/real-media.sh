#!/bin/sh
# real-media.sh - files that are attached, against a real llama-server (see real-lib.sh) with a projector for pictures and sounds,
# which $LLAMA_MMPROJ names ($LLAMA_MMPROJ_PICTURES: one for pictures alone; without it those cases are skipped). What goes over the
# wire is what was recorded of another client for the same files, and the tokens that the server read are those that it had counted.
set -u

. "$FLYNN_TESTS/real-lib.sh"

mmproj=${LLAMA_MMPROJ-}
[ -r "$mmproj" ] || skip_all 'LLAMA_MMPROJ names no projector'

# ---- files, out of the recordings ----

wire=$FLYNN_TESTS/wire

# data NAME N: the N-th Base64 of a recorded request.
data() { grep -oE '(base64,|"data": ")[A-Za-z0-9+/=]+' "$wire/$1.request" | sed -n "$2s/.*[,\"]//p"; }

data media-two-images-stream 1 | base64 -d >"$dir/a.png"
data media-two-images-stream 2 | base64 -d >"$dir/b.png"
data media-audio-and-image-stream 1 | base64 -d >"$dir/s.wav"
data media-image-large-stream 1 | base64 -d >"$dir/large.png"
data media-image-jpeg 1 | base64 -d >"$dir/j.jpg"
head -c 200 "$dir/a.png" >"$dir/cut.png"
printf 'A mouse lived\nin a `house`.' >"$dir/notes.md"
# 8000 by 6000 pixels of one bit.
{
	printf 'BM\276\215\133\000\000\000\000\000\076\000\000\000\050\000\000\000\100\037\000\000\160\027\000\000\001\000\001\000'
	printf '\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\002\000\000\000\000\000\000\000'
	printf '\000\000\000\000\377\377\377\000'
	head -c 6000000 /dev/zero
} >"$dir/huge.bmp"

# ---- asking ----

listen()
{
	rm -f "$dir/wire"
	: >"$dir/wire"
	background tap "$FLYNN_BUILD/tests/wiretap" "${url##*:}" "$dir/wire"
	wait_for 5 test -s "$dir/tap.out" || wrong 'nobody listens'
	tapped=http://127.0.0.1:$(cat "$dir/tap.out")
}

unlisten()
{
	signal TERM tap
	end tap
}

ask()
{
	: >"$dir/wire"
	background ask "$FLYNN" ask -e "$tapped" --max-tokens 4 "$@"
	end ask
}

works() { [ "$status" = 0 ] || wrong "exit status $status: $(cat "$dir/ask.err")"; }

# fails STATUS WORDS
fails()
{
	[ "$status" = "$1" ] || wrong "exit status $status, not $1"
	grep -qF "$2" "$dir/ask.err" || wrong "not \"$2\" but: $(cat "$dir/ask.err")"
}

sends_nothing() { grep -q '^POST ' "$dir/wire" && wrong 'something was sent'; }

# The body of the last request: no line feed in it.
sent() { tail -n 1 "$dir/wire"; }

# The messages of a recorded request, written as flynn writes.
recorded() { sed 's/^.*"messages": \(\[{.*}\]\), "max_tokens.*/\1/; s/": /":/g; s/", "/","/g; s/}, {/},{/g' "$wire/$1.request"; }

sends() { sent | grep -qF "\"messages\":$(recorded "$1")" || wrong "$1: not what was recorded"; }

# The server has read as many tokens as it had counted of the same request.
counted()
{
	want=$(sent | fetch -H 'Content-Type: application/json' --data-binary @- "$url/v1/chat/completions/input_tokens" | sed 's/.*"input_tokens"://; s/[^0-9].*//')
	have=$("$FLYNN" history export --all --format json | grep -o '"prompt_tokens":[0-9]*' | tail -n 1 | sed 's/.*://')
	[ "${want:-0}" -gt 0 ] && [ "$have" = "$want" ] || wrong "the server read $have tokens, and had counted $want"
}

# ---- a model that sees and hears ----

start -m "$model" --mmproj "$mmproj" -c 4096
listen

ask -f "$dir/a.png" 'What is this?'
works
sends media-image
counted
ok 'a picture'

ask -f "$dir/a.png" -f "$dir/b.png" 'What is this?'
works
sends media-two-images-stream
counted
ok 'two pictures'

ask -f "$dir/s.wav" 'What is this?'
works
sent | grep -qF "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"$(data media-audio-and-image-stream 1)\",\"format\":\"wav\"}}]" ||
	wrong 'the sound is not there'
counted
ok 'a sound'

ask -f "$dir/s.wav" -f "$dir/a.png" 'What is this?'
works
sends media-audio-and-image-stream
counted
ok 'a sound and a picture'

ask -f "$dir/j.jpg" 'What is this?'
works
sends media-image-jpeg
counted
ask -f "$dir/a.png"
works
sends media-image-only
counted
ok 'a JPEG picture, and a picture without a prompt'

ask -f "$dir/notes.md" 'Go on:'
works
sent | grep -qF '"messages":[{"role":"user","content":"Go on:\n\nnotes.md\n```\nA mouse lived\nin a `house`.\n```"}]' ||
	wrong "not as a fenced text: $(sent)"
counted
ok 'a text'

ask -f "$dir/notes.md" -f "$dir/a.png" 'What is this?'
works
counted
ask -C 'Sure?'
works
sent | grep -qF "data:image/png;base64,$(data media-image 1)\"}}]},{\"role\":\"assistant\"" || wrong 'the picture is not sent again'
counted
ok 'a picture is sent again with the next prompt'

# On a screen: the tokens that the chip and the bar tell before the prompt is sent.
chip() { tmux capture-pane -p | sed -n 's/.*1 a\.png (.*[ ,]\([0-9]*\) tokens).*/\1/p'; }
cost() { bar | sed -n 's/.*context \([0-9]*\/\)*4096 +\([0-9]*\).*/\2/p'; }
weighed() { [ -n "$(chip)" ] && [ -n "$(cost)" ] && [ "$(cost)" -gt "$(chip)" ]; }
saved() { [ "$("$FLYNN" history export --all --format json 2>/dev/null | grep -c '"prompt_tokens":[0-9]')" != 0 ]; }
text_tokens() { fetch -H 'Content-Type: application/json' -d '{"messages":[{"role":"user","content":"What is this?"}]}' "$url/v1/chat/completions/input_tokens" | sed 's/.*"input_tokens"://; s/[^0-9].*//'; }

if command -v tmux >/dev/null; then
	. "$FLYNN_TESTS/real-tmux-lib.sh"
	rm -rf "$dir/home/.local/share/flynn"
	: >"$dir/wire"
	open 120x40 -e "$tapped"
	sees 'ready'
	say "/attach $dir/a.png"
	sees '1 a.png ('
	tmux send-keys -l 'What is this?'
	wait_for 20 weighed || {
		wrong "no tokens of the chip ($(chip)), or of the prompt ($(cost))"
		tmux capture-pane -p >>"$dir/wrong"
	}
	want=$(cost) text=$(text_tokens) tokens=$(chip)
	[ "$((text + tokens))" = "$want" ] || wrong "the chip says $tokens tokens, the prompt $want, its text alone is $text"
	tmux send-keys Enter
	wait_for 20 saved || wrong 'no reply is saved'
	grep -qF "\"messages\":$(recorded media-image)" "$dir/wire" || wrong 'not what was recorded'
	have=$("$FLYNN" history export --all --format json | grep -o '"prompt_tokens":[0-9]*' | tail -n 1 | sed 's/.*://')
	[ "$have" = "$want" ] || wrong "the server read $have tokens, the bar said $want"
	tmux send-keys C-q
	wait_for 5 closed || wrong 'Ctrl+Q does not end it'
	ok 'the chip of a picture says what the server reads'
else
	skip 'the chip of a picture says what the server reads' 'no tmux here'
fi

ask -f "$dir/huge.bmp" 'What is this?'
works
counted
ok '48 megapixels'

for name in none.png . ; do
	ask -f "$dir/a.png" -f "$dir/$name" 'What is this?'
	[ "$status" = 2 ] || wrong "$name: exit status $status"
	sends_nothing
done
printf 'RIFF\000\000\000\377WEBPVP8 ' >"$dir/w.png"
ask -f "$dir/w.png" 'What is this?'
fails 2 'seems to be a WebP picture'
sends_nothing
ok 'nothing is sent where a file cannot be attached'

ask -f "$dir/cut.png" 'What is this?'
fails 1 'the server cannot read cut.png'
ask "What is $(fetch "$url/props" | grep -o '<__media_[A-Za-z0-9]*__>')?"
fails 1 'a text holds a marker that the server uses itself'
ok 'what the server refuses is said in words'

ask -f "$dir/large.png" -f "$dir/large.png" -f "$dir/large.png" -f "$dir/large.png" -f "$dir/large.png" 'What is this?'
fails 1 'what does not fit into the context is the 5 pictures'
ok 'pictures that are too much for the context'
unlisten

# ---- models that do not ----

start -m "$model"
listen
ask -f "$dir/a.png" 'What is this?'
fails 1 'the model takes no pictures'
sends_nothing
ask -f "$dir/s.wav" 'What is this?'
fails 1 'the model takes no sounds'
sends_nothing
ask -f "$dir/notes.md" 'Go on:'
works
ok 'a model without eyes is sent no picture'
unlisten

if [ -r "${LLAMA_MMPROJ_PICTURES-}" ]; then
	start -m "$model" --mmproj "$LLAMA_MMPROJ_PICTURES"
	listen
	ask -f "$dir/s.wav" 'What is this?'
	fails 1 'the model takes no sounds'
	sends_nothing
	ask -f "$dir/a.png" 'What is this?'
	works
	ok 'a model with eyes alone is sent no sound'
	unlisten
else
	skip 'a model with eyes alone is sent no sound' 'LLAMA_MMPROJ_PICTURES names no projector'
fi

# ---- a router ----

status_of() { fetch "$url/models" | grep -o "\"id\":\"$1\".*" | grep -o '"status":{"value":"[a-z]*"' | head -n 1 | sed 's/.*"value":"//; s/"//'; }

mkdir -p "$dir/models/seer"
cp "$model" "$dir/models/blind.gguf"
cp "$model" "$dir/models/seer/seer.gguf"
cp "$mmproj" "$dir/models/seer/mmproj-seer.gguf"
start --models-dir "$dir/models"
listen
ask -m blind -f "$dir/a.png" 'What is this?'
fails 1 'blind takes no pictures'
sends_nothing
[ "$(status_of blind)" = unloaded ] || wrong 'asking what it reads has loaded the model'
ask -m seer -f "$dir/a.png" 'What is this?'
works
sends media-image
ok 'a router is asked what its models read'
unlisten

echo "1..$n"
