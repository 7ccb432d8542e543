#!/bin/sh
# picture.sh - makes doc/screen-dark.png and doc/screen-light.png of the real screen: flynn demo in tmux, what tmux shows
# drawn cell by cell. Needs tmux, perl, ImageMagick and the DejaVu fonts.  usage: doc/picture.sh path/to/flynn
set -eu

flynn=${1:?usage: doc/picture.sh path/to/flynn}
doc=$(dirname "$0")
dir=$(mktemp -d)
trap 'tmux -S "$dir/tmux" kill-server 2>/dev/null || true; rm -rf "$dir"' EXIT

# What tmux shows once the reply is there. $1: the colours of COLORFGBG, $2: a file.
capture()
{
	tmux -S "$dir/tmux" -f /dev/null new-session -d -x 84 -y 18 \
		"env TERM=tmux-256color COLORFGBG='$1' XDG_CONFIG_HOME=$dir XDG_STATE_HOME=$dir XDG_DATA_HOME=$dir '$flynn' demo"
	sleep 1
	tmux -S "$dir/tmux" send-keys "What is this?" Enter
	sleep 6
	tmux -S "$dir/tmux" capture-pane -e -N -p >"$2"
	tmux -S "$dir/tmux" kill-server
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
		my ($fg, $bg, $bold, $dim, $reverse);
		while (my $line = <>) {
			my $col = 0;
			chomp $line;
			while ($line =~ /\G(?:\e\[([0-9;]*)m|\e.|(\X))/g) {
				if (!defined $2) {
					my @p = split /;/, $1 // "";
					@p = (0) unless @p;
					while (@p) {
						my $p = shift @p;
						if ($p == 0) { ($fg, $bg, $bold, $dim, $reverse) = () }
						elsif ($p == 1) { $bold = 1 }
						elsif ($p == 2) { $dim = 1 }
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
				if ($text eq "─") {
					printf "fill %s rectangle %d,%d %d,%d\n", $f, $x, $y + 11, $x + $w - 1, $y + 11;
				} elsif ($text ne " ") {
					$text =~ s/([\\\x27])/\\$1/g;
					printf "fill %s font %s text %d,%d \x27%s\x27\n", $f,
						$bold ? "DejaVu-Sans-Mono-Bold" : "DejaVu-Sans-Mono", $x, $y + 17, $text;
				}
				$col += $wide;
			}
			$row++;
		}' "$2" "$3" "$1"
}

# $1: dark or light, then COLORFGBG, foreground, background.
picture()
{
	capture "$2" "$dir/screen"
	draw "$dir/screen" "$3" "$4" >"$dir/commands"
	convert -size 868x420 "xc:$4" -pointsize 16 -draw "$(cat "$dir/commands")" -colors 64 -strip "$doc/screen-$1.png"
}

picture dark '15;0' '#d8dade' '#16181d'
picture light '0;15' '#22252b' '#ffffff'
