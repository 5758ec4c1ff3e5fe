package kubeassay.rules.workload.git_sync_command_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.workload.git_sync_command

paths(fields) := found if {
	container := object.union({"path": ["spec", "containers", 0]}, object.remove(fields, ["image"]))
	image := object.get(fields, "image", "registry.k8s.io/git-sync/git-sync:v4.4.0")
	faults := git_sync_command.fail with input as object.union({"containers": [container]}, testing.pod(image))
	found := {array.slice(finding.path, 3, 6) | some finding in faults}
}

test_the_setting_fails if {
	paths({"args": ["--repo=https://git.example.com/a", "--git=/data/git"]}) == {["args", 1]}
	paths({"args": ["--git", "/data/git"]}) == {["args", 0]}
	paths({"env": [{"name": "A"}, {"name": "GITSYNC_GIT", "value": "/data/git"}]}) == {["env", 1, "name"]}
}

test_other_settings_and_programs_pass if {
	paths({"args": ["--git-config=a:b", 5], "env": [{"name": "GITSYNC_REPO"}, "nonsense"]}) == set()
	paths({"image": "registry.example.com/api:1.0.0", "args": ["--git"]}) == set()
}
