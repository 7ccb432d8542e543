#!/bin/sh
# picture.sh - makes the pictures of the real screen in doc, dark and light, from panes-dark.png to stage-light.png: flynn in
# tmux, and the cells that tmux shows drawn one by one. The servers are two stand-ins with written replies, doc/picture*.script.
# Needs tmux, perl, ImageMagick, the DejaVu fonts, nano's syntax files, and build/tests/standin (`make -C build check TESTS=`).
# usage: [pictures="panes browser"] doc/picture.sh path/to/flynn
set -eu

flynn=${1:?usage: doc/picture.sh path/to/flynn}
doc=$(dirname "$0")
dir=$(mktemp -d)
servers=
trap 'tmux -S "$dir/tmux" kill-server 2>/dev/null || true; kill $servers 2>/dev/null || true; rm -rf "$dir"' EXIT

export XDG_CONFIG_HOME="$dir" XDG_STATE_HOME="$dir" XDG_DATA_HOME="$dir"

# A stand-in that plays doc/$1.script, as a model of the configuration with the name $2.
serve()
{
	"$(dirname "$flynn")/tests/standin" "$doc/$1.script" >"$dir/address" &
	servers="$servers $!"
	sleep 1
	printf '  %s:\n    endpoint: %s\n' "$2" "$(cat "$dir/address")" >>"$dir/flynn/config.yaml"
}

# start COLS ROWS COLORFGBG ARGS...: flynn in tmux.
start()
{
	cols=$1 rows=$2 colours=$3
	shift 3
	tmux -S "$dir/tmux" -f /dev/null new-session -d -x "$cols" -y "$rows" "env TERM=tmux-256color COLORFGBG='$colours' '$flynn' $*"
	sleep 1
}

# What is on it goes to this file, and flynn ends.
take()
{
	tmux -S "$dir/tmux" capture-pane -e -N -p >"$1"
	tmux -S "$dir/tmux" kill-server
}

# Until the screen shows it, half a minute at the most.
wait_for()
{
	for _ in $(seq 300); do
		! tmux -S "$dir/tmux" capture-pane -p | grep -qF -e "$1" || return 0
		sleep 0.1
	done
	echo "picture.sh: \"$1\" is not shown" >&2
	return 1
}

keys() { tmux -S "$dir/tmux" send-keys "$@"; }

# Some conversations of the last days. $1: days ago, $2: title and prompt, $3: reply.
conversations=0
conversation()
{
	conversations=$((conversations + 1))
	when=$(date -u -d "$1 days ago" +%Y-%m-%dT10:00:00.000Z)
	[ $conversations = 1 ] || printf ',\n'
	printf '{"id":%d,"uuid":"00000000-0000-4000-8000-%012d","title":"%s","created":"%s","updated":"%s","leaf":2,"messages":[' \
		$conversations $conversations "$2" "$when" "$when"
	printf '{"id":1,"parent":null,"role":"user","content":"%s","state":"complete","created":"%s"},' "$2" "$when"
	printf '{"id":2,"parent":1,"role":"assistant","content":"%s","state":"complete","created":"%s",' "$3" "$when"
	printf '"model":"qwen2.5-14b-instruct"}]}'
}

fill_history()
{
	{
		printf '{"format":"flynn-history","version":1,"conversations":[\n'
		conversation 1 'Why is the sky blue?' "Sunlight holds all colours. Air scatters its short waves far more than its \
long ones: that is Rayleigh scattering, and it grows with the fourth power of the frequency. So blue light reaches you from \
all over the sky, while red goes straight on.\\n\\nAt sunset the light comes a long way through the air. The blue is gone by \
then, and the sky is red."
		conversation 2 'A name for a cat' 'Miso, Pixel or Clementine.'
		conversation 3 'Convert a list to a set in C' 'There is no set in C. Sort the array, then drop what is there twice.'
		conversation 5 'Plan a night of stars' 'Look at the sky away from towns, at new moon, an hour after sunset.'
		conversation 8 'Translate a letter into German' 'Sehr geehrte Frau Lindqvist, vielen Dank.'
		conversation 12 'Why do my tomatoes split?' 'They drink too much at once after a dry week. Water little and often.'
		conversation 20 'Colours of other skies' 'On Mars the sky is butterscotch by day, and blue around the setting sun.'
		conversation 31 'Explain git rebase' 'It takes your commits off, moves to where the other branch ends, and puts them on again.'
		printf '\n]}\n'
	} >"$dir/history.json"
	"$flynn" history import "$dir/history.json" >"$dir/said"
}

# take_markdown COLORFGBG FILE, and the others alike
take_markdown()
{
	start 88 26 "$1" --new -m coder
	keys "When does an index help a query?" Enter
	sleep 8
	take "$2"
}

take_browser()
{
	start 104 18 "$1" --new -e http://127.0.0.1:1
	keys F3
	sleep 1
	keys sky
	sleep 1
	keys Down Down Down
	sleep 1
	take "$2"
}

take_panes()
{
	start 116 23 "$1" --new -m coder
	keys M-w v
	sleep 1
	keys "/model small" Enter
	sleep 1
	keys "/compare How do I drop repeats from a list in Python?" Enter
	sleep 6
	take "$2"
}

# The tour, which brings its own server.
take_tour()
{
	start 88 20 "$1" demo
	keys hello Enter
	sleep 5
	take "$2"
}

take_diff()
{
	start 100 14 "$1" --new -m coder
	keys M-w v
	sleep 1
	keys "/model small" Enter
	sleep 1
	keys "/compare Why is the sky blue?" Enter
	sleep 4
	keys M-1
	sleep 1
	keys "/diff" Enter
	sleep 1
	take "$2"
}

take_lens()
{
	start 100 14 "$1" --new -m coder
	keys "/set logprobs 5" Enter
	sleep 1
	keys "A name for my cat" Enter
	wait_for 'for it.'
	sleep 1
	keys "/lens" Enter
	wait_for 'token 1 of'
	keys Right Right Right Right Right Right Right Right Right Right
	sleep 1
	keys Down
	sleep 1
	take "$2"
}

# The names are hidden.
take_blind()
{
	start 100 16 "$1" --new -m coder
	keys M-w v
	sleep 1
	keys "/model small" Enter
	sleep 1
	keys "/compare --blind Why is the sky blue?" Enter
	wait_for 'vote for the best'
	sleep 4
	take "$2"
}

take_best()
{
	start 100 16 "$1" --new -m coder
	keys "/best 3 Name a boat for a lighthouse keeper." Enter
	sleep 6
	take "$2"
}

take_replay()
{
	start 88 14 "$1" replay 1
	wait_for 'Rayleigh scattering'
	take "$2"
}

# While it says what is seen.
take_stage()
{
	start 100 24 "$1" demo "$doc/panes.stage"
	wait_for 'The same prompt went to both'
	take "$2"
}

take_parameters()
{
	start 96 25 "$1" --new -m coder --preset reviewer --set top_p=0.8
	keys M-p
	sleep 1
	keys Down Down
	sleep 1
	take "$2"
}

take_presets()
{
	start 96 16 "$1" --new -m coder --preset reviewer
	keys "/preset" Enter
	sleep 1
	take "$2"
}

# A configuration of its own: a router beside the two others.
take_models()
{
	start 96 16 "$1" --new -c "$dir/router.yaml" -m home/qwen3-8b
	keys "/model" Enter
	sleep 2
	take "$2"
}

# A conversation with two pictures, which ImageMagick paints.
paint()
{
	convert -size 480x300 gradient:'#2f6fc0-#f4c98a' -fill '#ffdf70' -draw 'circle 150,150 150,112' \
		-fill '#5b6f8f' -draw 'polygon 0,210 90,120 180,205 290,95 400,200 480,150 480,300 0,300' \
		-fill '#3f8f4a' -draw 'path "M 0,240 Q 130,190 260,245 T 480,225 L 480,300 0,300 Z"' -strip "$dir/valley.png"
	convert -size 300x300 xc:none -fill none -stroke '#d20f0f' -strokewidth 44 -draw 'circle 150,150 150,52' \
		-fill '#d20f0f' -stroke none -draw 'circle 150,150 150,118' -strip "$dir/target.png"
}

attachment() { printf '{"name":"%s","data":"%s"}' "$1" "$(base64 "$dir/$1" | tr -d '\n')"; }

fill_files()
{
	when=$(date -u +%Y-%m-%dT09:00:00.000Z)
	{
		printf '{"format":"flynn-history","version":1,"conversations":[{"id":1,"uuid":"00000000-0000-4000-8000-000000000100",'
		printf '"title":"Pictures","created":"%s","updated":"%s","leaf":4,"messages":[' "$when" "$when"
		printf '{"id":1,"parent":null,"role":"user","content":"Where may this be?","state":"complete","attachments":[%s]},' \
			"$(attachment valley.png)"
		printf '{"id":2,"parent":1,"role":"assistant","content":"%s","state":"complete"},' \
			'Somewhere in the Alps, in the **evening**: the sun is low, and the peaks are in the shade already.'
		printf '{"id":3,"parent":2,"role":"user","content":"And this?","state":"complete","attachments":[%s]},' \
			"$(attachment target.png)"
		printf '{"id":4,"parent":3,"role":"assistant","content":"A ring around a disc, both red: a target.","state":"complete"}]}]}\n'
	} >"$dir/files.json"
	"$flynn" history import "$dir/files.json" >"$dir/said"
}

take_files()
{
	start 88 36 "$1" resume 00000000-0000-4000-8000-000000000100 -m coder
	sleep 2
	take "$2"
}

take_files_small()
{
	start 40 12 "$1" resume 00000000-0000-4000-8000-000000000100 -m coder
	sleep 2
	take "$2"
}

# Cells as drawing commands of ImageMagick. $1: the capture, $2: foreground, $3: background.
draw()
{
	perl -CSD -e '
		my ($own_fg, $own_bg) = splice @ARGV, 0, 2;
		my @base = qw(#2e3436 #cc0000 #4e9a06 #c4a000 #3465a4 #a347ba #06989a #d3d7cf
			#555753 #ef2929 #8ae234 #fce94f #729fcf #ad7fa8 #34e2e2 #eeeeec);
		sub colour {
			my $n = shift;
			return $base[$n] if $n < 16;
			return sprintf "#%02x%02x%02x", (8 + 10 * ($n - 232)) x 3 if $n >= 232;
			$n -= 16;
			return sprintf "#%02x%02x%02x", map { $_ ? 55 + 40 * $_ : 0 } int($n / 36), int($n / 6) % 6, $n % 6;
		}
		my ($w, $h, $row) = (10, 22, 0);
		my ($fg, $bg, $bold, $dim, $italic, $under, $struck, $reverse);
		while (my $line = <>) {
			my $col = 0;
			chomp $line;
			while ($line =~ /\G(?:\e\[([0-9;]*)m|\e.|(\X))/g) {
				if (!defined $2) {
					my @p = split /;/, $1 // "";
					@p = (0) unless @p;
					while (@p) {
						my $p = shift @p;
						if ($p == 0) { ($fg, $bg, $bold, $dim, $italic, $under, $struck, $reverse) = () }
						elsif ($p == 1) { $bold = 1 }
						elsif ($p == 2) { $dim = 1 }
						elsif ($p == 3) { $italic = 1 }
						elsif ($p == 4) { $under = 1 }
						elsif ($p == 9) { $struck = 1 }
						elsif ($p == 7) { $reverse = 1 }
						elsif ($p == 38) { shift @p; $fg = colour(shift @p) }
						elsif ($p == 48) { shift @p; $bg = colour(shift @p) }
						elsif ($p == 39) { $fg = undef }
						elsif ($p == 49) { $bg = undef }
						elsif ($p >= 30 && $p <= 37) { $fg = colour($p - 30) }
						elsif ($p >= 40 && $p <= 47) { $bg = colour($p - 40) }
						elsif ($p >= 90 && $p <= 97) { $fg = colour($p - 82) }
					}
					next;
				}
				my ($text, $f, $b) = ($2, $fg // $own_fg, $bg // $own_bg);
				my $wide = $text =~ /^[\x{1100}-\x{115f}\x{2e80}-\x{a4cf}\x{ac00}-\x{d7a3}\x{ff00}-\x{ff60}\x{1f300}-\x{1faff}]/ ? 2 : 1;
				my ($x, $y) = (14 + $col * $w, 12 + $row * $h);
				($f, $b) = ($b, $f) if $reverse;
				printf "fill %s rectangle %d,%d %d,%d\n", $b, $x, $y, $x + $wide * $w - 1, $y + $h - 1 if $b ne $own_bg;
				printf "fill %s rectangle %d,%d %d,%d\n", $f, $x, $y + 19, $x + $w - 1, $y + 19 if $under;
				printf "fill %s rectangle %d,%d %d,%d\n", $f, $x, $y + 12, $x + $w - 1, $y + 12 if $struck;
				my $lines = {"├" => "udr", "└" => "ur", "┌" => "dr", "┐" => "dl", "┘" => "ul", "┤" => "udl"}->{$text} // "";
				my ($left, $right) = ($lines =~ /l/ ? $x : $x + 5, $lines =~ /r/ ? $x + $w - 1 : $x + 5);
				my ($up, $down) = ($lines =~ /u/ ? $y : $y + 11, $lines =~ /d/ ? $y + $h - 1 : $y + 11);
				my ($u, $v) = ($x + $w / 2, $y + $h / 2);
				if ($text =~ /^[\x{2580}-\x{2590}\x{2594}-\x{259f}]$/) {
					my $n = ord($text) - 0x2580;
					my @quarters = (4, 8, 1, 13, 9, 7, 11, 2, 6, 14);
					my @r = $n == 0 ? ([$x, $y, $x + $w, $v])
						: $n <= 8 ? ([$x, $y + $h * (8 - $n) / 8, $x + $w, $y + $h])
						: $n <= 15 ? ([$x, $y, $x + $w * (16 - $n) / 8, $y + $h])
						: $n == 16 ? ([$u, $y, $x + $w, $y + $h])
						: $n == 20 ? ([$x, $y, $x + $w, $y + $h / 8])
						: $n == 21 ? ([$x + $w * 7 / 8, $y, $x + $w, $y + $h]) : ();
					if ($n >= 22) {
						my $q = $quarters[$n - 22];
						push @r, [$x, $y, $u, $v] if $q & 1;
						push @r, [$u, $y, $x + $w, $v] if $q & 2;
						push @r, [$x, $v, $u, $y + $h] if $q & 4;
						push @r, [$u, $v, $x + $w, $y + $h] if $q & 8;
					}
					printf "fill %s rectangle %.0f,%.0f %.0f,%.0f\n", $f, $$_[0], $$_[1], $$_[2] - 1, $$_[3] - 1 for @r;
				} elsif ($lines) {
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $left, $y + 11, $right, $y + 11;
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $x + 5, $up, $x + 5, $down;
				} elsif ($text eq "━") {
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $x, $y + 10, $x + $w - 1, $y + 12;
				} elsif ($text =~ /^[─│┼]$/) {
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $x, $y + 11, $x + $w - 1, $y + 11 if $text ne "│";
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $x + 5, $y, $x + 5, $y + $h - 1 if $text ne "─";
				} elsif ($text ne " ") {
					$text =~ s/([\\\x27])/\\$1/g;
					printf "fill %s font %s text %d,%d \x27%s\x27\n", $f,
						"DejaVu-Sans-Mono" . ($bold || $italic ? "-" : "") . ($bold ? "Bold" : "") .
						($italic ? "Oblique" : ""), $x, $y + 17, $text;
				}
				$col += $wide;
			}
			$row++;
		}' "$2" "$3" "$1"
}

# picture WHAT NAME COLORFGBG FOREGROUND BACKGROUND: doc/WHAT-NAME.png
picture()
{
	"take_$(echo "$1" | tr - _)" "$3" "$dir/screen"
	draw "$dir/screen" "$4" "$5" >"$dir/commands"
	convert -size $((28 + 10 * cols))x$((24 + 22 * rows)) "xc:$5" -pointsize 16 -draw "$(cat "$dir/commands")" -colors 64 -strip "$doc/$1-$2.png"
}

mkdir -p "$dir/flynn"
printf 'default: coder\nmodels:\n' >"$dir/flynn/config.yaml"
serve picture coder
serve picture-small small
cat >>"$dir/flynn/config.yaml" <<'END'
presets:
  reviewer:
    system: You review C code. Name the line and the rule it breaks.
    parameters: {temperature: 0.2, reasoning_effort: high}
  translator:
    system: Translate what I write into English. Keep names and code.
    parameters: {temperature: 0.3, thinking: off}
    model: small
  extractor:
    parameters: {json_schema: {type: object, properties: {names: {type: array}}}}
END
"$(dirname "$flynn")/tests/standin" "$doc/picture-router.script" >"$dir/router" &
servers="$servers $!"
sleep 1
{
	printf 'models:\n  home:\n    endpoint: %s\n' "$(cat "$dir/router")"
	sed -n '/^  coder:/,/endpoint/p' "$dir/flynn/config.yaml"
} >"$dir/router.yaml"
fill_history
paint
fill_files
for what in ${pictures:-panes markdown browser parameters presets models files files-small tour diff lens stage blind best replay}; do
	picture $what dark '15;0' '#d8dade' '#16181d'
	picture $what light '0;15' '#22252b' '#ffffff'
done
