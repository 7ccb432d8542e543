#!/bin/sh
# token-path.sh PROFILER FLYNN - prints src/token_path.ld anew: flynn's functions that a token passes through, then those
# that one token in fifty does (saving it, a row that is full); each where it is first called, as far as the profile tells, for what comes
# next in memory is there sooner than what lies elsewhere. The profiler is bench/token-path; callgrind is valgrind's.
set -u

profile=$(mktemp) || exit 1
trap 'rm -f "$profile"' EXIT
"$1" "$2" "$profile" || exit 1

# In callgrind's file a name is given once, after a number that stands for it from then on. "fn=" begins a function of the
# object above it, "cfn=" says which one it calls, the next line how often; calls are in the order of the code. What has run since
# before the first token is called by none.
awk -v tokens=400 '
	function number(word) { return substr(word, 1, index(word, ")")) }
	function learn(names, word) {
		if (index(word, ") "))
			names[number(word)] = substr(word, index(word, ") ") + 2)
		return number(word)
	}
	function name_of(f,  name) {
		if (objects[home[f]] !~ /(\/flynn|\?\?\?)$/) # the latter: behind its first section of code
			return ""
		name = functions[f]
		sub(/[.\047].*/, "", name) # a part that the compiler made of it, or a recursion
		return name ~ /^[a-z][a-z0-9_]*$/ && name != "main" ? name : ""
	}
	function visit(f,  i) {
		if (f in visited)
			return
		visited[f]
		order[++n_order] = f
		for (i = 1; i <= n_called[f]; i++)
			visit(calls_of[f, i])
	}
	/^ob=/ { object = learn(objects, substr($0, 4)) }
	/^cob=/ { learn(objects, substr($0, 5)) }
	/^fn=/ { f = learn(functions, substr($0, 4)); home[f] = object; have[++n_have] = f }
	/^cfn=/ { called = learn(functions, substr($0, 5)); calls_of[f, ++n_called[f]] = called }
	/^calls=/ { calls[called] += substr($0, 7) + 0 }
	END {
		for (i = 1; i <= n_have; i++)
			if (!(have[i] in calls))
				visit(have[i])
		for (i = 1; i <= n_order; i++) {
			name = name_of(order[i])
			n = order[i] in calls ? calls[order[i]] : tokens
			if (name != "" && n > most[name])
				most[name] = n
		}
		for (often = 1; often >= 0; often--)
			for (i = 1; i <= n_order; i++) {
				name = name_of(order[i])
				if (name != "" && most[name] >= tokens / 50 && (most[name] >= tokens / 2) == often && !printed[name]++)
					print name
			}
	}' "$profile" | awk '
	BEGIN {
		print "/*"
		print " * token_path.ld - for the linker: the functions that a token of a reply passes through, side by side, then those"
		print " * that some do. At 100 tokens a second they have left the caches before each, and what is on few pages is there"
		print " * sooner. `make token-path` writes it."
		print " */"
		print "SECTIONS\n{\n\t.text_token_path :\n\t{"
	}
	{ printf "\t\t*(.text.%s .text.%s.*)\n", $1, $1 }
	END { print "\t}\n}\nINSERT BEFORE .text;" }'
