#!/bin/sh
# spin.sh - verifies tests/spin/queue.pml, and that it fails when the queue's order of memory is weakened.
set -u

model=${FLYNN_TESTS:-$(dirname "$0")}/spin/queue.pml
model=$(cd "$(dirname "$model")" && pwd)/queue.pml
cc=${CC:-cc}

for tool in spin ${cc%% *}; do
	if ! command -v "$tool" >/dev/null; then
		echo "1..0 # SKIP no $tool here"
		exit 0
	fi
done

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir" || exit 1

n=0
failed=0

# verify -D...: leaves what the verifier says in `out`.
verify() {
	rm -f pan pan.* out
	spin -P"$cc -E -x c" -a "$@" "$model" >out 2>&1 && $cc -DSAFETY -w -o pan pan.c >>out 2>&1 && ./pan -m10000 >>out 2>&1
}

has() {
	grep -q -e "$1" out
}

holds() {
	has 'Full statespace search' && has 'errors: 0$' && ! has 'Search not completed' && ! has 'depth too small' &&
		[ "$(grep -c '(0 of [0-9]* states)' out)" = 2 ] # writer and reader did all that they can do
}

loses_a_wake_up() {
	has 'invalid end state (' && has 'errors: 1$'
}

# check NAME VERDICT -D...
check() {
	name=$1 verdict=$2
	shift 2
	n=$((n + 1))
	verify "$@"
	if $verdict; then
		echo "ok $n - $name"
	else
		sed 's/^/# /' out
		echo "not ok $n - $name"
		failed=1
	fi
}

echo 1..3
check 'the queue loses no wake-up and no record' holds
check 'with release and acquire it does (negative control)' loses_a_wake_up -DWEAK
check 'and when only the wake-up of the writer has them' loses_a_wake_up -DWEAK_RELEASE -DWEAK_WAIT
exit $failed
