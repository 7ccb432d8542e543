#!/bin/sh
# run.sh PROGRAM... - runs each benchmark in turn; each prints lines of its own, which README.md here explains.
set -u

failed=0
echo "machine: $(uname -m), $(getconf _NPROCESSORS_ONLN) processors, load $(uptime | sed 's/.*load average[s]*: *//')"
for program; do
	"$program" || {
		echo "$program: failed with status $?"
		failed=1
	}
done
exit $failed
