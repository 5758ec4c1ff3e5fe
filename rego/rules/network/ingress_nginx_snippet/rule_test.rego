package kubeassay.rules.network.ingress_nginx_snippet_test

import data.kubeassay.rules.network.ingress_nginx_snippet

ingress(name, content) := {"metadata": {"annotations": {name: content}}}

messages := {finding.message | some finding in ingress_nginx_snippet.fail}

test_snippets_fail if {
	name := "nginx.ingress.kubernetes.io/server-snippet"
	found := ingress_nginx_snippet.fail with input as ingress(name, "more_set_headers 'a: b';")
	{finding.path | some finding in found} == {["metadata", "annotations", name]}
	count(ingress_nginx_snippet.fail) == 1 with input as ingress("nginx.org/location-snippets", "deny all;")
}

test_message_names_the_worst if {
	name := "nginx.ingress.kubernetes.io/configuration-snippet"
	lua := messages with input as ingress(name, "content_by_lua_block { os.execute('id') }")
	lua == {"The snippet runs Lua in the ingress controller"}
	alias := messages with input as ingress(name, "location /x { alias /var/run/secrets/; }")
	alias == {"The snippet serves files of the ingress controller by alias or root"}
}

test_other_annotations_pass if {
	count(ingress_nginx_snippet.fail) == 0 with input as ingress("nginx.ingress.kubernetes.io/rewrite-target", "/")
	count(ingress_nginx_snippet.fail) == 0 with input as {}
}
