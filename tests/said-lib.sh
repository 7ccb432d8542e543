# said-lib.sh - what scripts that run a command and look at what it said share. It is sourced; "$dir/said" holds what was
# said, $status the exit status, $n counts.

# said NAME STATUS PATTERN…: it ended with the status, and each pattern is on a line of what it said.
said()
{
	name=$1 want=$2
	shift 2
	n=$((n + 1))
	wrong=
	[ "$status" -eq "$want" ] || wrong="status $status, not $want"
	for pattern; do
		grep -qE -e "$pattern" "$dir/said" || wrong="$wrong; no line like: $pattern"
	done
	if [ -n "$wrong" ]; then
		sed 's/^/# /' "$dir/said"
		echo "# $wrong"
		echo "not ok $n - $name"
	else
		echo "ok $n - $name"
	fi
}
