package main

test_root_is_denied if {
	deny with input as {"kind": "Deployment", "metadata": {"name": "x"}, "spec": {"template": {"spec": {}}}}
}

test_other_kinds_pass if {
	count(deny) == 0 with input as {"kind": "Service"}
}
