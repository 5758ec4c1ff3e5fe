# METADATA
# title: What looks like a credential, by name and by value
# description: >-
#   For the rules that look for secrets where they do not belong. Every pattern is free of look-around and
#   runs in time linear in the text. Nothing here yields the secret itself: messages name its key alone.
# scope: package
package kubeassay.lib.credentials

# METADATA
# title: What a setting gives away, such as "a GitHub token"; undefined if nothing is recognised
# description: >-
#   By the value if it is recognised, else by the name. The value may be a whole file or command: then the
#   names in it that are set to secrets are told.
exposed(name, value) := label if {
	suspect(concat("=", [name, value]))
	label := _exposed(name, value)
}

_exposed(name, value) := label if {
	label := kind(value)
} else := "a secret" if {
	is_secret(name, value)
} else := label if {
	names := assigned(name, value)
	count(names) > 0
	shown := [substring(found, 0, 40) | some found in array.slice(sort(names), 0, 3)]
	label := sprintf("a secret as %s", [concat(", ", shown)])
}

# METADATA
# title: A first look that is cheap; without it nothing is exposed
# description: The text may join many settings, in any notation.
suspect(text) if _may_assign(text)

suspect(text) if _may_be_known(text)

suspect(text) if _may_have_user_info(text)

_may_assign(text) if regex.match(`pass|pwd|secret|token|key|credential|identified by|curl`, lower(text))

# literals alone, which engines look for at once
_may_be_known(text) if {
	regex.match(`-----BEGIN|LS0tLS1CRUdJTi|AKIA|ASIA|eyJ|gh[oprsu]_|github_pat_|glpat-|gldt-|glrt-|glptt-|gloas-|glsoat-|xox|hooks\.slack|AIza|GOCSPX-|AccountKey=|SharedAccessKey=|_live_|npm_|pypi-|dckr_|hv[brs]\.|_v1_|SG\.|sk-|hf_|glsa_|AGE-SECRET|auths|uthorization`, text)
}

_may_have_user_info(text) if {
	contains(text, "://")
	regex.match(`://[^\s/]*@`, text)
}

# METADATA
# title: What kind of credential a text contains; undefined if none is recognised
kind(text) := label if {
	_may_be_known(text)
	unpublished := strings.replace_n(_published, text)
	labels := [label | some [label, pattern] in _kinds; regex.match(pattern, unpublished)]
	label := labels[0]
} else := "a URL with a password" if {
	_may_have_user_info(text)
	some [_, password] in regex.find_all_string_submatch_n(_url_password, text, 20)
	is_literal(password)
}

_kinds := [
	["a private key", `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)*[A-Za-z0-9+/]{4}`],
	# the same in base64, where "PRIVATE KEY" begins at one of the three places in a group of three bytes
	["a private key", `LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,24}(?:BSSVZBVEUgS0VZ|UFJJVkFURSBLRV|QUklWQVRFIEtFW)`],
	["an AWS access key", _apart(`(?:AKIA|ASIA)[A-Z2-7]{16}`)],
	["a JSON Web Token", _apart(`eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)],
	["a GitHub token", _apart(`(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})`)],
	["a GitLab token", _apart(`gl(?:pat|dt|rt|ptt|oas|soat)-[A-Za-z0-9_-]{20}`)],
	["a Slack token", _apart(`xox[abeoprs]-[A-Za-z0-9-]{10}`)],
	["a Slack webhook", `hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20}`],
	["a Google API key", _apart(`AIza[A-Za-z0-9_-]{35}`)],
	["a Google client secret", _apart(`GOCSPX-[A-Za-z0-9_-]{28}`)],
	["an Azure account key", `(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40}`],
	["a Stripe key", _apart(`[rs]k_live_[A-Za-z0-9]{16}`)],
	["an npm token", _apart(`npm_[A-Za-z0-9]{36}`)],
	["a PyPI token", _apart(`pypi-AgE[A-Za-z0-9_-]{50}`)],
	["a Docker Hub token", _apart(`dckr_[op]at_[A-Za-z0-9_-]{27}`)],
	["a HashiCorp Vault token", _apart(`hv[brs]\.[A-Za-z0-9_-]{24}`)],
	["a DigitalOcean token", _apart(`do[opr]_v1_[a-f0-9]{64}`)],
	["a SendGrid key", _apart(`SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`)],
	["an OpenAI key", _apart(`sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20}|[A-Za-z0-9]{20}T3BlbkFJ)`)],
	["an Anthropic key", _apart(`sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{20}`)],
	["a Hugging Face token", _apart(`hf_[A-Za-z]{34}`)],
	["a Grafana token", _apart(`glsa_[A-Za-z0-9]{32}_`)],
	["an age secret key", `AGE-SECRET-KEY-1[A-Z0-9]{58}`],
	["a registry login", `"auths"\s*:\s*\{[^}]*"auth"\s*:\s*"[A-Za-z0-9+/]{8,}=*"`],
	["an Authorization header", `(?i)authorization["']?[:=]?\s*["']?(?:basic|bearer)\s+[A-Za-z0-9+/=._~-]{12}`],
]

# within a longer word, such as a hash or a picture in base64, a match is chance
_apart(pattern) := concat("", [`(?:^|[^A-Za-z0-9_])`, pattern])

# by their makers, as examples
_published := {"AKIAIOSFODNN7EXAMPLE": ""}

_url_password := `://[^\s/:@"'<>]*:([^\s/@"'<>]+)@[A-Za-z0-9.\[$]`

# METADATA
# title: A name that says that its value is a secret, such as DB_PASSWORD, apiKey or auth.token
# description: Names that go on after that word, such as PASSWORD_FILE or secretName, say where a secret is.
names_secret(name) if {
	regex.match(_secret_name, name)
	not regex.match(_other_name, name)
}

_password_name := `(?i)(?:passw(?:or)?ds?|passphrase|pwd|(?:^|[^a-z0-9])pass|(?-i:[a-z]Pass))[_.-]?[0-9]*$`

_secret_name := concat("|", [
	_password_name,
	`(?i)(?:secrets?|credentials?|token)[_.-]?[0-9]*$`,
	`(?i)(?:api|access|secret|private|encryption|signing|master|auth|shared|account|hmac|jwt|license)[_.-]?key$`,
	`(?i)(?:client[_.-]?key[_.-]?data|secret[_.-]?key[_.-]?base|requirepass|masterauth)$`,
])

# these say where a secret is, or are tokens of a text and not of access
_other_name := concat("|", [
	`(?i)(?:existing|pull|tls|ssl|ca|cert|certificate|password|credentials?)[_.-]?secrets?$`,
	`(?i)(?:pad|eos|bos|unk|mask|sep|cls|stop|next|page|continuation|cancel|sync)[_.-]?token$`,
])

# METADATA
# title: A value that can be a secret itself, rather than a reference, a placeholder, a switch or prose
is_literal(value) if {
	text := trim(value, " \t\r\n\"'")
	count(text) > 2
	not lower(text) in _plain_words
	not regex.match(_reference, text)
}

# METADATA
# title: A value that stands there, rather than one that another tool puts in its place or has encrypted
is_filled_in(value) if {
	text := trim_space(value)
	text != ""
	not regex.match(_placeholder, text)
}

_placeholder := concat("|", [
	`^(?:\$\{[^{}]*\}|\$\([^()]*\)|\{\{.*\}\}|<[^<>]*>|\$[A-Z_][A-Z0-9_]*|%[A-Z0-9_]+%|\*+)$`,
	`^(?:ENC\[|ENC\(|\{cipher\}|vault:|ref\+[a-z0-9]+://)`,
])

_plain_words := {
	"true", "false", "yes", "off", "null", "none", "nil", "undefined", "enabled", "disabled", "enable", "disable",
	"required", "optional", "auto", "basic", "bearer", "jwt", "include", "omit", "same-origin", "redacted",
	"masked", "string", "str", "bytes", "object", "integer", "boolean",
}

_reference := concat("|", [
	# a path, an expansion, a URL, what another tool puts in its place
	`^(?:/|\./|\.\./|~|\$|<|%|\x60|[A-Za-z]:\\)`,
	`^[A-Za-z][A-Za-z0-9+]*://`,
	`(?i)^(?:file|env|vault|secret|secretref|awssm|arn|gcp|azurekeyvault|ref\+[a-z0-9]+|@microsoft\.keyvault):`,
	`(?i)^(?:projects/|@microsoft\.keyvault\(|enc[\[(]|\{cipher\})`,
	`\$[({]|\{\{|%[(sv]|<[^<>]*>|\*\*\*|xxxx|XXXX|\.\.\.`,
	# an expression of a program
	`^(?:self|this|process|os|env|config|cfg|settings|args|opts|options|request|req|ctx|params|input|data|var|local)\.`,
	# a file, a sentence
	`\.(?:pem|key|crt|p12|pfx|jks|json|ya?ml|txt|toml|ini|conf|properties|env)$`,
	`^\S+(?:\s+\S+){3}`,
])

# METADATA
# title: A name and a value that together are a secret in plain text
# description: >-
#   Digits alone may be a password, but are no token and no key. `db-secret` under a name that ends in
#   `secret` is the name of a Secret.
is_secret(name, value) if {
	names_secret(name)
	is_literal(value)
	_fits(name, trim(value, " \t\r\n\"'"))
}

_fits(name, text) if {
	regex.match(_password_name, name)
	not regex.match(`^(?:[0-9]{1,3}|[0-9.]+[a-z]{1,2})$`, text)
}

_fits(name, text) if {
	not regex.match(_password_name, name)
	not regex.match(`^[0-9.,:]+[a-z]{0,2}$`, text)
	not _names_object(name, text)
}

_names_object(name, text) if {
	regex.match(`(?i)secrets?$`, name)
	regex.match(`^[a-z0-9-]+/[a-z0-9.-]+$|^(?:[a-z0-9]+-)+(?:secrets?|credentials?|creds|tls|token|keys?)$`, text)
}

# METADATA
# title: The names that a text, such as a configuration file or a script, sets to secrets
# description: >-
#   `name=value`, `name: value`, JSON, `--name value`, XML elements, SQL and `user:password` of curl. Comments do
#   not count, and in a file that its name says is a program or a page, only literals in quotes do. At most 2,000
#   candidates of each kind are looked at.
assigned(file, text) := names if {
	_may_assign(text)
	names := {name | some [name, value] in _settings(text); is_secret(name, value); _is_value(file, value)}
} else := set()

_is_value(_, value) if regex.match(`^["']`, value)

_is_value(file, _) if not regex.match(_program, file)

_program := `(?i)\.(?:[cm]?[jt]s|cs|css|cue|go|groovy|html?|hcl|java|kt|lua|md|php|pl|ps1|py|rb|rego|tf|tmpl|tpl)$`

_settings(text) := array.concat(array.concat(equals, colons), array.concat(flags, array.concat(statements, elements))) if {
	code := regex.replace(text, `(?m)^[ \t]*(?:#|;|(?://|--)[ \t]|<!--).*$`, "")
	equals := [[name, value] | some [_, name, value] in _matches(_equals, code)]
	colons := [[concat("", [key, quoted]), concat("", [value, literal])] |
		some [_, key, value, quoted, literal] in _matches(_colon, code)
	]
	flags := [[name, value] | some [_, name, value] in _matches(_flag, code)]
	statements := [["password", sprintf("'%s%s'", [sql, curl])] | some [_, sql, curl] in _matches(_statement, code)]
	elements := [[name, sprintf("'%s'", [value])] | some [_, name, value] in _matches(_element, code)]
}

_matches(pattern, text) := regex.find_all_string_submatch_n(pattern, text, 2000)

_equals := concat("", [
	`(?im)(?:^|[\s{,;&?"'(])([a-z0-9_./:@-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)["']?`,
	`[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s"'=,;&{}()\[\]<>]+)(?:[\s"',;&})\]]|$)`,
])

# a plain value ends with its line, or it would be prose
_colon := concat("", [
	`(?im)(?:^|[\s{,])([a-z0-9_./:@-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)`,
	`[ \t]*:[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s"'=,;&{}()\[\]<>]+)[ \t]*(?:[,}\])#\r]|$)`,
	`|["']([a-z0-9_./:@-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)\\?["'][ \t]*:[ \t]*\\?("[^"\n]*"|'[^'\n]*')`,
])

_flag := concat("", [
	`(?i)(?:^|[\s"'])--?([a-z0-9_.-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)`,
	`[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s"'-][^\s"']*)`,
])

_statement := concat("|", [
	`(?i)(?:identified by|\bpassword)[ \t]+'([^'\n]+)'`,
	`curl[ \t][^\n]*(?:-u|--user)[ =]["']?[A-Za-z0-9_.@-]+:([^\s"']+)`,
])

_element := `(?i)<([a-z0-9_.:-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)>([^<\n]+)</`
