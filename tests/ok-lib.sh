# ok-lib.sh - what scripts that note what is wrong share. It is sourced, when there is a folder "$dir"; $n counts.

n=0
: >"$dir/wrong"

wrong() { printf '%s\n' "$*" >>"$dir/wrong"; }

# The case is over: it passes when nothing was wrong.
ok()
{
	n=$((n + 1))
	if [ -s "$dir/wrong" ]; then
		sed 's/^/# /' "$dir/wrong"
		echo "not ok $n - $1"
	else
		echo "ok $n - $1"
	fi
	: >"$dir/wrong"
}
