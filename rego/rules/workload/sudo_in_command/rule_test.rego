package kubeassay.rules.workload.sudo_in_command_test

import data.kubeassay.rules.workload.sudo_in_command

faults(fields) := found if {
	container := object.union({"path": ["spec", "containers", 0]}, fields)
	found := sudo_in_command.fail with input as {"containers": [container]}
}

test_sudo_fails if {
	every word in ["sudo", "/usr/bin/sudo", "sudo -u api api", "cd /app && sudo ./run", "x=`sudo id`"] {
		count(faults({"command": ["sh", "-c", word]})) == 1
	}
	{finding.path | some finding in faults({"args": ["a", "sudo"]})} == {["spec", "containers", 0, "args", 1]}
}

test_other_words_pass if {
	every word in ["pseudo", "/etc/sudoers", "--without-sudo=true", 5, "sudoku"] {
		count(faults({"command": [word]})) == 0
	}
}
