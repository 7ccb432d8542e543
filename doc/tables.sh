#!/bin/sh
# tables.sh - a manual page with its tables made anew:
#
#	doc/tables.sh TABLES PAGE
#
# writes PAGE to standard output, and in it between the lines `.\" table NAME` and `.\" end` what `TABLES NAME` says; in
# Markdown these lines are `<!-- table NAME -->` and `<!-- end -->`.
set -eu
exec awk -v tables="$1" '
/^(\.\\"|<!--) table / {
	print
	skip = 1
	command = "\"" tables "\" " $3
	while ((command | getline line) > 0)
		print line
	if (close(command) != 0)
		exit 1
}
/^(\.\\" end|<!-- end -->)$/ { skip = 0 }
!skip
' "$2"
