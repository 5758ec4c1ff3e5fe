package kubeassay.lib.label_selector_test

import data.kubeassay.lib.label_selector

labels := {"app": "api", "tier": "web"}

expression(key, operator, values) := {"matchExpressions": [{"key": key, "operator": operator, "values": values}]}

test_match_labels if {
	label_selector.matches({}, labels)
	label_selector.matches({"matchLabels": {"app": "api"}}, labels)
	not label_selector.matches({"matchLabels": {"app": "db"}}, labels)
	not label_selector.matches({"matchLabels": {"zone": "a"}}, labels)
}

test_match_expressions if {
	label_selector.matches(expression("app", "In", ["api", "db"]), labels)
	not label_selector.matches(expression("app", "In", ["db"]), labels)
	not label_selector.matches(expression("zone", "In", ["a"]), labels)
	label_selector.matches(expression("app", "NotIn", ["db"]), labels)
	not label_selector.matches(expression("app", "NotIn", ["api"]), labels)
	label_selector.matches(expression("zone", "NotIn", ["a"]), labels)
	label_selector.matches(expression("app", "Exists", []), labels)
	not label_selector.matches(expression("zone", "Exists", []), labels)
	label_selector.matches(expression("zone", "DoesNotExist", []), labels)
	not label_selector.matches(expression("app", "DoesNotExist", []), labels)
}
