package kubeassay.lib.credentials_test

import data.kubeassay.lib.credentials

# samples are put together here, so that no scanner takes this file for a leak
repeat(text, times) := concat("", [text | some _ in numbers.range(1, times)])

samples := {
	"an AWS access key": concat("", ["AKIA", repeat("Q", 16)]),
	"a JSON Web Token": concat(".", ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", repeat("s", 43)]),
	"a GitHub token": concat("", ["ghp_", repeat("a1", 18)]),
	"a GitLab token": concat("", ["glpat-", repeat("a1", 10)]),
	"a Slack token": concat("", ["xoxb-", repeat("12", 10)]),
	"a Slack webhook": concat("", ["https://hooks.slack.com/services/", repeat("T1", 12)]),
	"a Google API key": concat("", ["AIza", repeat("b", 35)]),
	"a Google client secret": concat("", ["GOCSPX-", repeat("c", 28)]),
	"an Azure account key": concat("", ["AccountName=a;AccountKey=", repeat("k", 86), "=="]),
	"a Stripe key": concat("", ["sk_live_", repeat("d", 24)]),
	"an npm token": concat("", ["npm_", repeat("e", 36)]),
	"a PyPI token": concat("", ["pypi-AgE", repeat("f", 60)]),
	"a Docker Hub token": concat("", ["dckr_pat_", repeat("g", 27)]),
	"a HashiCorp Vault token": concat("", ["hvs.", repeat("h", 24)]),
	"a DigitalOcean token": concat("", ["dop_v1_", repeat("a", 64)]),
	"a SendGrid key": concat("", ["SG.", repeat("i", 22), ".", repeat("j", 43)]),
	"an OpenAI key": concat("", ["sk-proj-", repeat("k", 40)]),
	"an Anthropic key": concat("", ["sk-ant-api03-", repeat("l", 40)]),
	"a Hugging Face token": concat("", ["hf_", repeat("m", 34)]),
	"a Grafana token": concat("", ["glsa_", repeat("n", 32), "_1234abcd"]),
	"an age secret key": concat("", ["AGE-SECRET-KEY-1", repeat("Q", 58)]),
	"a registry login": `{"auths": {"registry.example.com": {"auth": "dXNlcjpwYXNz"}}}`,
	"an Authorization header": "Authorization: Basic dXNlcjpwYXNzd29yZA==",
	"a URL with a password": "postgres://shop:hunter2@db:5432/shop",
}

test_kind_recognises_every_sample_alone_and_in_a_text if {
	every label, sample in samples {
		credentials.kind(sample) == label
		credentials.kind(concat("", ["first line\nvalue: ", sample, " # last"])) == label
	}
}

pem(type) := sprintf("-----BEGIN %sPRIVATE KEY-----\nMIIEvQIBADANBg", [type])

test_kind_recognises_private_keys if {
	every type in {"", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "} {
		credentials.kind(pem(type)) == "a private key"
		credentials.kind(base64.encode(pem(type))) == "a private key"
		credentials.kind(json.marshal({"private_key": pem(type)})) == "a private key"
	}
}

test_kind_leaves_alone_what_only_resembles if {
	every text in {
		"",
		"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE",
		base64.encode("-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE"),
		"grep -q '-----BEGIN PRIVATE KEY-----' key.pem",
		"AKIAIOSFODNN7EXAMPLE",
		concat("", ["zzAKIA", repeat("Q", 16)]),
		"eyJhbGciOiJIUzI1NiJ9",
		"eyJhbGciOiJIUzI1NiJ9..c2lnbmF0dXJl",
		"ghp_short",
		"https://db.example.com:5432/shop?user=shop",
		"https://user@example.com/",
		"postgres://shop:$(DB_PASSWORD)@db/shop",
		"postgres://shop:${DB_PASSWORD}@db/shop",
		"postgres://shop:{{ .Values.password }}@db/shop",
		"postgres://shop:<password>@db/shop",
		"postgres://shop:%s@db/shop",
		"postgres://shop:****@db/shop",
		"oci://registry.example.com:5000/app@sha256:0123",
		"Authorization: Bearer ${TOKEN}",
		`{"auths": {}}`,
	} {
		not credentials.kind(text)
	}
}

secret_names := {
	"PASSWORD", "DB_PASSWORD", "PGPASSWORD", "MYSQL_ROOT_PASSWORD", "password1", "spring.datasource.password",
	"dbPassword", "db-passwd", "SMTP_PASS", "smtpPass", "Pwd", "SSH_PASSPHRASE", "CLIENT_SECRET", "secret",
	"JWT_SECRET", "SECRET_KEY", "SECRET_KEY_BASE", "API_KEY", "apiKey", "apikey", "AWS_SECRET_ACCESS_KEY",
	"GITHUB_TOKEN", "auth.token", "_authToken", "token", "private_key", "ENCRYPTION_KEY", "credentials",
	"client-key-data", "NEW_RELIC_LICENSE_KEY", "requirepass",
}

other_names := {
	"", "PASSWORD_FILE", "PASSWORD_PATH", "passwordSecretName", "SECRET_NAME", "secretKeyRef", "TOKEN_URL",
	"MAX_TOKENS", "max_new_tokens", "TOKEN_TTL", "tokenizer", "COMPASS", "BYPASS", "PASSENGER", "pass_through",
	"PUBLIC_KEY", "KEY", "MONKEY", "SORT_KEY", "existingSecret", "imagePullSecret", "TLS_SECRET", "EOS_TOKEN",
	"pad_token", "next_token", "ACCESS_KEY_ID", "SECRETARY", "API_KEY_HEADER",
}

test_names_secret if {
	every name in secret_names {
		credentials.names_secret(name)
	}
	every name in other_names {
		not credentials.names_secret(name)
	}
}

literals := {"hunter2", "changeme", "password", "s3cr3t!", "\"quoted\"", "p@ss/w0rd", "correct horse battery", "admin"}

references := {
	"", " ", "\"\"", "x", "true", "False", "none", "enabled", "/run/secrets/db", "./token", "~/.token", "$(DB_PASSWORD)",
	"$DB_PASSWORD", "${DB_PASSWORD}", "pre-${DB_PASSWORD}", "{{ .Values.password }}", "<password>", "%PASSWORD%",
	"https://example.com/token", "file:/run/secrets/db", "vault:secret/data/db#password", "ref+vault://db",
	"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", "projects/1/secrets/db", "ENC[AES256_GCM,data:abc]",
	"ENC(abcdef)", "{cipher}abcdef", "********", "xxxxxxxx", "tls.key", "credentials.json", "C:\\secrets\\db",
	"process.env.TOKEN", "self.password", "Ask the operator for it", "string",
}

test_is_literal if {
	every value in literals {
		credentials.is_literal(value)
	}
	every value in references {
		not credentials.is_literal(value)
	}
}

test_is_filled_in if {
	every value in {"hunter2", "x", "a: b\nc: d", "pre-${PASSWORD}", "<a> and <b>"} {
		credentials.is_filled_in(value)
	}
	every value in {
		"", " \n", "${PASSWORD}", "$(PASSWORD)", "$PASSWORD", "{{ .Values.password }}", "<password>", "%PASSWORD%",
		"********", "ENC[AES256_GCM,data:abc]", "vault:secret/data/db#password", "ref+vault://db#password",
	} {
		not credentials.is_filled_in(value)
	}
}

test_is_secret_weighs_name_and_value if {
	credentials.is_secret("DB_PASSWORD", "hunter2")
	credentials.is_secret("DB_PASSWORD", "123456")
	credentials.is_secret("JWT_SECRET", "s3cr3t")
	not credentials.is_secret("DB_PASSWORD", "12")
	not credentials.is_secret("REFRESH_PASSWORD", "30s")
	not credentials.is_secret("ACCESS_TOKEN", "3600")
	not credentials.is_secret("ACCESS_TOKEN", "15m")
	not credentials.is_secret("DB_SECRET", "db-credentials")
	not credentials.is_secret("DB_SECRET", "shop/db")
	not credentials.is_secret("DB_HOST", "hunter2")
}

# text → names that it sets
texts := {
	"spring.datasource.password=hunter2": {"spring.datasource.password"},
	"user: shop\npassword: hunter2\nport: 5432": {"password"},
	"password: \"two words\"": {"password"},
	"{\"db\":{\"user\":\"a\",\"password\":\"hunter2\"}}": {"password"},
	"export DB_PASSWORD='hunter2' && run": {"DB_PASSWORD"},
	"Server=db;User Id=shop;Password=hunter2;": {"Password"},
	"jdbc:postgresql://db/shop?user=shop&password=hunter2": {"password"},
	"-Xmx1g -Djavax.net.ssl.keyStorePassword=hunter2": {"-Djavax.net.ssl.keyStorePassword"},
	"--password=hunter2": {"--password"},
	"run --user shop --password hunter2 --verbose": {"password"},
	"<server><password>hunter2</password></server>": {"password"},
	"org.example.LoginModule required username=\"a\" password=\"hunter2\";": {"password"},
	"CREATE USER shop IDENTIFIED BY 'hunter2';": {"password"},
	"ALTER ROLE shop WITH PASSWORD 'hunter2';": {"password"},
	"curl -s -u shop:hunter2 https://example.com": {"password"},
	"//registry.example.com/:_authToken=abcdef123": {"//registry.example.com/:_authToken"},
	"maxmemory 1gb\nrequirepass: hunter2": {"requirepass"},
	"a_password=hunter2\nb_token=abcdef": {"a_password", "b_token"},
	"# password=hunter2": set(),
	"  // password = hunter2": set(),
	"; password = hunter2": set(),
	"<!-- <password>hunter2</password> -->": set(),
	"password=${DB_PASSWORD}": set(),
	"password: {{ .password }}": set(),
	"password: /run/secrets/db": set(),
	"password:\n  secretKeyRef: {name: db, key: password}": set(),
	"password = os.environ[\"DB_PASSWORD\"]": set(),
	"password = get_password(user)": set(),
	"token = request.headers[0]": set(),
	"if password == \"hunter2\":": set(),
	"password: str = None": set(),
	"password_file: /run/secrets/db": set(),
	"token_ttl: 3600": set(),
	"existingSecret: shop-db": set(),
	"--password-file /run/secrets/db": set(),
	"--token --verbose": set(),
	"curl -u \"$USER:$PASSWORD\" https://example.com": set(),
	"curl -u shop:${PASSWORD} https://example.com": set(),
	"{\"X-Api-Key\": api_key}": set(),
	"raise ValueError(\"token: missing\")": set(),
	"TOKEN=`cat /run/token`": set(),
	"echo \"password: set\"": set(),
	"Set the password: see the manual": set(),
	"\"description\": \"password: the password\"": set(),
	"{\\\"password\\\": \\\"hunter2\\\"}": {"password"},
	"password: hunter2 # until Monday": {"password"},
	"nothing of that sort": set(),
	"": set(),
}

test_assigned_reads_settings_of_many_syntaxes if {
	every text, names in texts {
		credentials.assigned("app.conf", text) == names
	}
}

test_programs_and_pages_set_secrets_in_quotes_alone if {
	every file in {"app.py", "setup.js", "README.md", "main.tf"} {
		credentials.assigned(file, "password = hunter2") == set()
		credentials.assigned(file, "password = \"hunter2\"") == {"password"}
		credentials.assigned(file, "'password': 'hunter2'") == {"password"}
	}
	credentials.assigned("run.sh", "password=hunter2") == {"password"}
}

test_exposed_prefers_what_it_recognises if {
	credentials.exposed("TOKEN", samples["a GitHub token"]) == "a GitHub token"
	credentials.exposed("TOKEN", "abcdefgh") == "a secret"
	credentials.exposed("app.properties", "a.password=hunter2\nb.token=abcdef") == "a secret as a.password, b.token"
	not credentials.exposed("HOST", "db.example.com")
}

test_suspect_overlooks_nothing if {
	every sample in samples {
		credentials.suspect(json.marshal([["NAME", sample]]))
	}
	every name in secret_names {
		credentials.suspect(json.marshal([[name, "hunter2"]]))
	}
	every text, names in texts {
		_exposes_nothing_or_suspect(text, names)
	}
	not credentials.suspect(`[["HOST", "db.example.com"], ["URL", "https://example.com/a"]]`)
}

_exposes_nothing_or_suspect(_, names) if count(names) == 0

_exposes_nothing_or_suspect(text, _) if credentials.suspect(text)
