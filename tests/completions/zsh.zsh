# zsh.zsh LINE - what an interactive zsh, on a pseudo-terminal of its own (zpty), offers for the line.
zmodload zsh/zpty zsh/zselect

await()
{
	local -i tries=1000
	local screen

	until [[ -e $1 ]] || ((--tries == 0)); do
		zpty -r -t shell screen || zselect -t 2
	done
}

: >$TELL
rm -f $TELL.ready $TELL.done
zpty shell zsh -i
await $TELL.ready
zpty -w -n shell "$1"$'\t'
await $TELL.done
zpty -d shell
cat $TELL
