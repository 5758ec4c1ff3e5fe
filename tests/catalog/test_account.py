"""How a control is decided is told from its rules."""

from __future__ import annotations

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.account import Source, Way, judged, needed, remedy, source, undecided, way, why
from scanner.catalog.model import Control, Rule


def rule(name: str) -> Rule:
    return catalogs.load().rules[name]


def test_what_decides_a_control() -> None:
    assert way(Control("1", "A", ("workload.privileged",))) is Way.RULES
    assert way(Control("1", "A", ("workload.privileged",), "manual")) is Way.PARTLY
    assert way(Control("1", "A", (), "manual")) is Way.PERSON
    assert way(Control("1", "A")) is Way.NOTHING


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("workload.privileged", Source.OBJECTS),
        ("rbac.bind", Source.OBJECTS),
        ("control_plane.api_server_profiling", Source.COMPONENTS),
        ("node.kube_proxy_metrics_exposed", Source.COMPONENTS),
        ("node.kubelet_anonymous_auth", Source.KUBELETS),
        ("node.kubelet_kubeconfig_permissions", Source.HOSTS),
    ],
)
def test_where_facts_come_from(name: str, expected: Source) -> None:
    assert source(rule(name)) is expected


def test_what_is_needed_is_said_once_and_in_order() -> None:
    assert needed([Source.HOSTS, Source.OBJECTS, Source.HOSTS]) == "no host; facts of hosts"
    assert needed(iter([])) == ""


def test_what_is_judged() -> None:
    assert judged(rule("control_plane.api_server_profiling")) == "every kube-apiserver: `settings.profiling`"
    assert judged(rule("workload.host_pid")).startswith("every pod template: `")
    assert judged(rule("rbac.system_masters_group")).startswith("every RoleBinding.")
    assert judged(rule("node.pki_ownership")) == "every node's facts: `facts.host_files.by_role`"


def test_when_nothing_is_decided() -> None:
    server = " ".join(undecided([rule("control_plane.api_server_anonymous_auth")]))
    assert "no kube-apiserver is found" in server
    assert "a provider runs the control plane" in server
    assert "Left to a person" in server
    proxy = " ".join(undecided([rule("node.kube_proxy_metrics_exposed")]))
    assert "a provider runs" not in proxy
    files = " ".join(undecided([rule("node.pki_ownership")]))
    assert "no facts are at hand" in files
    assert "no such file" in files
    absence = " ".join(undecided([rule("network.network_policy_missing")]))
    assert "mere manifests" in absence
    assert undecided([]) == []


def test_reason_and_remedy_are_the_controls_own_else_those_of_its_rules() -> None:
    rules = [rule("workload.host_pid"), rule("workload.host_ipc"), rule("workload.host_ipc")]
    own = Control("1", "A", rationale="Because", remediation="Do", remedies={"k3s": "Do it there"})
    assert why(own, rules) == "Because"
    assert (remedy(own, rules), remedy(own, rules, "k3s")) == ("Do", "Do it there")
    without = Control("1", "A")
    assert why(without, rules).count(rule("workload.host_ipc").description) == 1
    assert remedy(without, rules, "k3s").startswith(rule("workload.host_pid").remediation)
