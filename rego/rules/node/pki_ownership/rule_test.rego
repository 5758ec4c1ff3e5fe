package kubeassay.rules.node.pki_ownership_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.pki_ownership

_never := {"files": [], "unknown": "never looked"}

node(folder, certificates, keys) := {"facts": {"host_files": {"by_role": {
	"pki.dir": folder,
	"pki.cert": certificates,
	"pki.key": keys,
}}}}

held(at, user, group) := {"files": [{"at": at, "path": "/file", "user": user, "group": group}]}

test_root_passes if {
	here := node(held(0, "root", "root"), held(1, "root", "root"), held(2, "root", "root"))
	count(pki_ownership.fail) == 0 with input as here
	count(pki_ownership.unknown) == 0 with input as here
}

test_each_file_is_judged if {
	here := node(held(0, "root", "root"), held(1, "kube", "root"), held(2, "root", "kube"))
	found := pki_ownership.fail with input as here
	found == {
		{"message": "/file belongs to kube:root and not to root:root", "path": ["files", 1, "user"]},
		{"message": "/file belongs to root:kube and not to root:root", "path": ["files", 2, "group"]},
	}
}

test_one_file_shows_that_the_folder_was_listed if {
	count(pki_ownership.unknown) == 0 with input as node(held(0, "root", "root"), held(1, "root", "root"), _never)
}

test_folder_alone_is_not_enough if {
	here := node(held(0, "root", "root"), _never, _never)
	found := pki_ownership.unknown with input as here
	found == {{"message": "never looked", "path": ["files"]}}
}

test_unclear_is_unknown if {
	here := node({"files": [{"at": 0, "path": "/pki", "no_owner": "denied"}]}, held(1, "root", "root"), _never)
	count(pki_ownership.unknown) == 1 with input as here
}

test_nothing_to_judge_does_not_apply if {
	found := pki_ownership.not_applicable with input as testing.no_node_file({"pki.dir", "pki.key"}, "not_applicable")
	found == {{"message": "why", "path": []}}
}
