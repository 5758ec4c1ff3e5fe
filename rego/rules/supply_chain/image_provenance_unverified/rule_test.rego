package kubeassay.rules.supply_chain.image_provenance_unverified_test

import data.kubeassay.rules.supply_chain.image_provenance_unverified as rule

cluster(found, seen, managed) := {"facts": {"image_provenance": {"verification": {
	"found": found,
	"seen": seen,
	"managed": managed,
}}}}

test_nothing_found_fails_where_the_control_plane_is_seen if {
	count(rule.fail) == 1 with input as cluster([], true, "")
}

test_what_is_found_passes if {
	count(rule.not_applicable) == 0 with input as cluster(["Ratify"], false, "")
	count(rule.fail) == 0 with input as cluster(["Ratify"], true, "")
}

test_an_unseen_control_plane_leaves_it_open if {
	count(rule.fail) == 0 with input as cluster([], false, "")
	count(rule.not_applicable) == 1 with input as cluster([], false, "")
	count(rule.not_applicable) == 1 with input as cluster([], false, "Amazon runs it.")
}
