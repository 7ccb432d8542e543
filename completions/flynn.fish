# Made by completions/generate of flynn's tables: make manual writes it anew.

function __flynn_command
	set -l words (commandline -opc)
	set -l command ''
	if set -q words[2]; and not string match -q -- '-*' $words[2]
		set command $words[2]
		if set -q words[3]; and contains -- "$words[2] $words[3]" 'history list' 'history search' 'history show' 'history export' 'history import' 'history delete' 'history prune' 'history stats' 'models load' 'models unload'
			set command "$words[2] $words[3]"
		end
	end
	echo $command
end

function __flynn_is
	set -l command (__flynn_command)
	contains -- "$command" $argv
end

# No word stands after the command but the one that is completed.
function __flynn_begins
	set -l words (commandline -opc)
	test (count $words) -eq (math 1 + (count (string split -n ' ' -- (__flynn_command))))
end

function __flynn_ids
	flynn history list 2>/dev/null | string match -r '^ *[0-9]+ .*' | string replace -r '^ *([0-9]+) +[^ ]+ +[^ ]+ +[0-9]+ +' '$1\t'
end

function __flynn_parameters
	printf '%s\n' temperature= top_k= top_p= min_p= typical_p= top_n_sigma= xtc_probability= xtc_threshold= dynatemp_range= dynatemp_exponent= mirostat= mirostat_tau= mirostat_eta= samplers= seed= logit_bias= repeat_penalty= repeat_last_n= presence_penalty= frequency_penalty= dry_multiplier= dry_base= dry_allowed_length= dry_penalty_last_n= max_tokens= stop= ignore_eos= thinking= reasoning_effort= thinking_budget_tokens= json_schema= grammar= logprobs= cache_prompt= id_slot= n_keep=
end

complete -c flynn -f
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a ask -d 'ask once; the reply goes to standard output. Standard input is added below the prompt'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a resume -d 'open the last conversation, or one by its number or the beginning of its uuid'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a replay -d 'play the last conversation again as it came, or one by its number or the beginning of its uuid; no server is needed'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a history -d 'saved conversations: list, search, show, export, import, delete, prune, stats'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a list -d 'list conversations, pinned ones first, then by last change'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a search -d 'find messages with all these words; model:, before:, after:, role:, in:, is:, tag: filter'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a show -d 'print a conversation as text, the branch that the screen shows'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a export -d 'write conversations as Markdown, plain text, or JSON (every branch; for import)'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a import -d 'add the conversations of a file, all or none: of flynn, ChatGPT, Open WebUI, llama-ui or llm'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a delete -d 'delete conversations for good'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a prune -d 'delete unpinned conversations unchanged for so long, and shrink the file'
complete -c flynn -n "__flynn_is 'history'; and __flynn_begins" -a stats -d 'count conversations and messages; sizes, dates, and how fast each model was'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a models -d 'list the models of all configured servers; load, unload'
complete -c flynn -n "__flynn_is 'models'; and __flynn_begins" -a load -d 'have a server of several models load one, and wait until it is there'
complete -c flynn -n "__flynn_is 'models'; and __flynn_begins" -a unload -d 'have it unload one, and wait until it is gone'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a demo -d 'a tour of the full screen, without a server; with a file: play that stage script, see doc/stage.md'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a keys -d 'list the keys of the full screen and their actions'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a names -d 'print the names of the configuration'\''s models or presets, or of tags, one a line; no server is asked'
complete -c flynn -n "__flynn_is ''; and __flynn_begins" -a doctor -d 'check everything, and say what to do'
complete -c flynn -n "__flynn_is 'resume'" -k -a '(__flynn_ids)'
complete -c flynn -n "__flynn_is 'replay'" -k -a '(__flynn_ids)'
complete -c flynn -n "__flynn_is 'history show'" -k -a '(__flynn_ids)'
complete -c flynn -n "__flynn_is 'history export'" -k -a '(__flynn_ids)'
complete -c flynn -n "__flynn_is 'history import'" -F
complete -c flynn -n "__flynn_is 'history delete'" -k -a '(__flynn_ids)'
complete -c flynn -n "__flynn_is 'demo'" -F
complete -c flynn -n "__flynn_is 'names'; and __flynn_begins" -a 'models presets tags'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'models' 'models load' 'models unload' 'demo' 'doctor'" -s e -l endpoint -x -d 'the server'\''s address: http://HOST:PORT, https://…, unix:/PATH.sock'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'replay' 'models' 'models load' 'models unload' 'demo' 'keys' 'names' 'doctor'" -s c -l config -r -F -d 'read this configuration'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'models' 'demo' 'doctor'" -s m -l model -x -a '(flynn names models 2>/dev/null)' -d 'a model of the configuration, MODEL/NAME for another one of its server, else a name that the server knows'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'doctor'" -l timeout -x -d 'give up when the server is silent that long; 0: never (default 60)'
complete -c flynn -n "__flynn_is 'ask'" -s f -l file -r -F -d 'attach this text, picture or sound; any number of times'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l system -x -d 'the system prompt'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l set -x -a '(__flynn_parameters)' -d 'a parameter of the requests, such as temperature=0.7; any number of times'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l preset -x -a '(flynn names presets 2>/dev/null)' -d 'a preset of the configuration: its system prompt, parameters and model; -: none'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l schema -r -F -d 'the reply is JSON by this JSON schema'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l grammar -r -F -d 'the reply follows this GBNF grammar'
complete -c flynn -n "__flynn_is '' 'ask' 'resume'" -l log -r -F -d 'append network events to this file'
complete -c flynn -n "__flynn_is '' 'resume'" -l linear -d 'chat line by line, for screen readers, braille and slow lines; see flynn(1)'
complete -c flynn -n "__flynn_is ''" -l new -d 'start with a new conversation; restore no panes'
complete -c flynn -n "__flynn_is '' 'ask'" -l no-history -d 'neither read nor write the history'
complete -c flynn -n "__flynn_is '' 'ask'" -s C -l continue -d 'continue the last conversation'
complete -c flynn -n "__flynn_is 'ask'" -l no-stream -d 'request the whole reply at once'
complete -c flynn -n "__flynn_is 'ask'" -l max-tokens -x -d 'stop the reply after N tokens'
complete -c flynn -n "__flynn_is 'ask'" -l show-reasoning -d 'show the model'\''s reasoning, on standard error'
complete -c flynn -n "__flynn_is 'doctor'" -l server -d 'check only the server; exit status 3: it is not running'
complete -c flynn -n "__flynn_is 'replay' 'demo'" -l speed -x -d 'play N times as fast, from 0.25 on: a conversation up to 64, a script up to 1000, whose waits for replies stay as they are'
complete -c flynn -n "__flynn_is 'replay' 'demo'" -l cast -r -F -d 'play to this new file (-: standard output), an asciicast that asciinema plays, instead of on the terminal'
complete -c flynn -n "__flynn_is 'replay' 'demo'" -l size -x -d 'how large the screen of --cast is (default: 80x24)'
complete -c flynn -n "__flynn_is 'keys'" -l test -d 'show what the terminal sends for each key pressed, and its action'
complete -c flynn -n "__flynn_is 'history list' 'history search'" -l limit -x -d 'show at most N; 0: all (default: all, search 50)'
complete -c flynn -n "__flynn_is 'history list' 'history search'" -l tag -x -a '(flynn names tags 2>/dev/null)' -d 'conversations with this tag, or one below it; given again: with all of them'
complete -c flynn -n "__flynn_is 'history list'" -l archived -d 'list archived conversations'
complete -c flynn -n "__flynn_is 'history export'" -l all -d 'every conversation, archived ones too'
complete -c flynn -n "__flynn_is 'history export'" -l format -x -a 'md txt json' -d 'md, txt or json (default: the ending of FILE, else md)'
complete -c flynn -n "__flynn_is 'history export'" -s o -l output -r -F -d 'write to this new file'
complete -c flynn -n "__flynn_is 'history export'" -l force -d 'replace an existing file'
complete -c flynn -n "__flynn_is 'history prune'" -l older-than -x -d 'conversations last changed more than DAYS ago'
complete -c flynn -n "__flynn_is 'history import'" -l dry-run -d 'say what would come, and change nothing'
complete -c flynn -n "__flynn_is 'history delete' 'history prune'" -s y -l yes -d 'delete without asking'
complete -c flynn -n "__flynn_is 'history list' 'history search' 'history show' 'history export' 'history stats'" -l database -r -F -d 'read this file instead of the history: a copy, or a damaged one'
complete -c flynn -n "__flynn_is 'history list' 'history search' 'history show' 'history export' 'history import' 'history delete' 'history prune' 'history stats' 'models' 'keys'" -l json -d 'one JSON document'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'replay' 'history' 'history list' 'history search' 'history show' 'history export' 'history import' 'history delete' 'history prune' 'history stats' 'models' 'models load' 'models unload' 'demo' 'keys' 'names' 'doctor'" -s h -l help -d 'show this'
complete -c flynn -n "__flynn_is '' 'ask' 'resume' 'replay' 'history' 'history list' 'history search' 'history show' 'history export' 'history import' 'history delete' 'history prune' 'history stats' 'models' 'models load' 'models unload' 'demo' 'keys' 'names' 'doctor'" -s V -l version -d 'show the version'
