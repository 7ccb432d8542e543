#!/bin/sh
# token-path.sh PROFILER FLYNN - prints src/token_path.ld anew: flynn's functions that a token passes through, then those
# that one token in fifty does (saving it, a row that is full). The profiler is bench/token-path; callgrind is valgrind's.
set -u

profile=$(mktemp) || exit 1
trap 'rm -f "$profile"' EXIT
"$1" "$2" "$profile" || exit 1

# In callgrind's file a name is given once, after a number that stands for it from then on. "fn=" begins a function of the
# object above it, "cfn=" says which one it calls, the next line how often. What has run since before the first token is
# called by none.
awk -v tokens=400 '
	function number(word) { return substr(word, 1, index(word, ")")) }
	function learn(names, word) {
		if (index(word, ") "))
			names[number(word)] = substr(word, index(word, ") ") + 2)
		return number(word)
	}
	/^ob=/ { object = learn(objects, substr($0, 4)) }
	/^cob=/ { learn(objects, substr($0, 5)) }
	/^fn=/ { home[learn(functions, substr($0, 4))] = object }
	/^cfn=/ { called = learn(functions, substr($0, 5)) }
	/^calls=/ { calls[called] += substr($0, 7) + 0 }
	END {
		for (f in home) {
			if (objects[home[f]] !~ /(\/flynn|\?\?\?)$/) # the latter: behind its first section of code
				continue
			name = functions[f]
			sub(/[.\047].*/, "", name) # a part that the compiler made of it, or a recursion
			n = f in calls ? calls[f] : tokens
			if (name ~ /^[a-z][a-z0-9_]*$/ && name != "main" && n > most[name])
				most[name] = n
		}
		for (name in most)
			if (most[name] >= tokens / 50)
				print most[name] < tokens / 2, name
	}' "$profile" | LC_ALL=C sort | awk '
	BEGIN {
		print "/*"
		print " * token_path.ld - for the linker: the functions that a token of a reply passes through, side by side, then those"
		print " * that some do. At 100 tokens a second they have left the caches before each, and what is on few pages is there"
		print " * sooner. `make token-path` writes it."
		print " */"
		print "SECTIONS\n{\n\t.text_token_path :\n\t{"
	}
	{ printf "\t\t*(.text.%s .text.%s.*)\n", $2, $2 }
	END { print "\t}\n}\nINSERT BEFORE .text;" }'
