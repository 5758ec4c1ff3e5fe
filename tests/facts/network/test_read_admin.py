"""Admin policies as they are read: what their APIs have, what they refuse, and what fails closed."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.network.policies import NamedPort
from scanner.facts.network.ports import LAST_PORT, PortRange
from tests.facts.network.shapes import EVERYONE, admin, baseline, cluster, read, refused

RULE = "spec.egress.0"


def admin_rule(**rule: Any) -> dict[str, Any]:
    return {"priority": 1, "subject": EVERYONE, "egress": [{"action": "Allow", "to": [EVERYONE], **rule}]}


def cluster_rule(**rule: Any) -> dict[str, Any]:
    body = {"action": "Accept", "to": [EVERYONE], **rule}
    return {"tier": "Admin", "priority": 1, "subject": EVERYONE, "egress": [body]}


def old_port(body: Any) -> Resource:
    return admin(admin_rule(ports=[body]))


def new_port(body: Any) -> Resource:
    return cluster(cluster_rule(protocols=[body]))


REFUSED: list[tuple[str, Resource, list[str]]] = [
    ("no spec", admin(None), ["spec.priority", "spec.subject"]),
    ("tier of an older kind", admin({**admin_rule(), "tier": "Admin"}), ["spec.tier"]),
    ("priority of a baseline", baseline({"priority": 1, "subject": EVERYONE}), ["spec.priority"]),
    ("name of a baseline", baseline({"subject": EVERYONE}, "other"), ["metadata.name"]),
    ("tier", cluster({**cluster_rule(), "tier": "admin"}), ["spec.tier"]),
    ("tier of another type", cluster({**cluster_rule(), "tier": ["Admin"]}), ["spec.tier"]),
    ("priority", admin({**admin_rule(), "priority": 1001}), ["spec.priority"]),
    ("priority of another type", admin({**admin_rule(), "priority": "1"}), ["spec.priority"]),
    ("subject", admin({**admin_rule(), "subject": "all"}), ["spec.subject"]),
    ("no subject", admin({**admin_rule(), "subject": {}}), ["spec.subject"]),
    ("two subjects", admin({**admin_rule(), "subject": {"namespaces": {}, "pods": {}}}), ["spec.subject"]),
    ("pods", admin({**admin_rule(), "subject": {"pods": {}}}), ["spec.subject.pods", "spec.subject.pods"]),
    ("pods of a newer kind", cluster({**cluster_rule(), "subject": {"pods": {}}}), ["spec.subject.pods"]),
    ("action", admin(admin_rule(action="Accept")), [f"{RULE}.action"]),
    ("action of a newer kind", cluster(cluster_rule(action="Allow")), [f"{RULE}.action"]),
    ("action of another type", cluster(cluster_rule(action=["Accept"])), [f"{RULE}.action"]),
    ("name", admin(admin_rule(name="x" * 101)), [f"{RULE}.name"]),
    ("no peers", admin(admin_rule(to=[])), [RULE]),
    ("peers", admin(admin_rule(to={})), [f"{RULE}.to"]),
    ("peer", admin(admin_rule(to=["all"])), [f"{RULE}.to.0"]),
    ("empty peer", admin(admin_rule(to=[{}])), [f"{RULE}.to.0"]),
    ("two peers in one", admin(admin_rule(to=[{**EVERYONE, "nodes": {}}])), [f"{RULE}.to.0"]),
    (
        "networks of ingress",
        admin({**admin_rule(), "egress": [], "ingress": [{"action": "Deny", "from": [{"networks": []}]}]}),
        ["spec.ingress.0.from.0.networks", "spec.ingress.0.from.0"],
    ),
    ("no networks", admin(admin_rule(to=[{"networks": []}])), [f"{RULE}.to.0.networks"]),
    ("network", admin(admin_rule(to=[{"networks": ["ten"]}])), [f"{RULE}.to.0.networks.0"]),
    ("networks", admin(admin_rule(to=[{"networks": ["10.0.0.0/8"] * 26}])), [f"{RULE}.to.0.networks"]),
    (
        "bits beyond a prefix",
        cluster(cluster_rule(to=[{"networks": ["10.0.0.1/8"]}]), "v1beta1"),
        [f"{RULE}.to.0.networks.0"],
    ),
    ("domain name", admin(admin_rule(to=[{"domainNames": ["a.*.b"]}])), [f"{RULE}.to.0.domainNames.0"]),
    (
        "domain names of a baseline",
        baseline({"subject": EVERYONE, "egress": [{"action": "Allow", "to": [{"domainNames": ["a.b"]}]}]}),
        [f"{RULE}.to.0.domainNames", f"{RULE}.to.0"],
    ),
    (
        "old namespaces",
        admin(admin_rule(to=[{"namespaces": {"namespaceSelector": {}}}])),
        [f"{RULE}.to.0.namespaces.namespaceSelector"],
    ),
    (
        "same labels",
        admin(admin_rule(to=[{"namespaces": {"sameLabels": ["team"]}}])),
        [f"{RULE}.to.0.namespaces.sameLabels"],
    ),
    (
        "old pods",
        admin(admin_rule(to=[{"pods": {"namespaces": {"namespaceSelector": {}}, "podSelector": {}}}])),
        [f"{RULE}.to.0.pods.namespaces"],
    ),
    ("rules", admin({**admin_rule(), "egress": admin_rule()["egress"] * 101}), ["spec.egress"]),
    (
        "newer rules",
        cluster({**cluster_rule(), "egress": cluster_rule()["egress"] * 26}),
        ["spec.egress"],
    ),
    ("no ports", admin(admin_rule(ports=[])), [f"{RULE}.ports"]),
    ("ports", admin(admin_rule(ports={})), [f"{RULE}.ports"]),
    ("newer field", admin(admin_rule(protocols=[])), [f"{RULE}.protocols"]),
    ("port", old_port(80), [f"{RULE}.ports.0"]),
    ("empty port", old_port({}), [f"{RULE}.ports.0"]),
    ("two ports in one", old_port({"namedPort": "a", "portNumber": {"port": 1}}), [f"{RULE}.ports.0"]),
    ("number", old_port({"portNumber": 80}), [f"{RULE}.ports.0.portNumber"]),
    ("no number", old_port({"portNumber": {}}), [f"{RULE}.ports.0.portNumber.port"]),
    (
        "protocol of an older kind",
        old_port({"portNumber": {"protocol": "tcp", "port": 1}}),
        [f"{RULE}.ports.0.portNumber.protocol"],
    ),
    (
        "range upside down of an older kind",
        old_port({"portRange": {"start": 2, "end": 1}}),
        [f"{RULE}.ports.0.portRange.end"],
    ),
    ("name of a port", old_port({"namedPort": 80}), [f"{RULE}.ports.0.namedPort"]),
    (
        "name on a network",
        admin(admin_rule(to=[{"networks": ["10.0.0.0/8"]}], ports=[{"namedPort": "http"}])),
        [f"{RULE}.ports.0"],
    ),
    ("protocols in one", new_port({"tcp": {}, "udp": {}}), [f"{RULE}.protocols.0"]),
    ("no protocol", new_port({"tcp": None}), [f"{RULE}.protocols.0"]),
    ("newer number", new_port({"tcp": 80}), [f"{RULE}.protocols.0.tcp"]),
    ("newer port", new_port({"tcp": {"destinationPort": 80}}), [f"{RULE}.protocols.0.tcp.destinationPort"]),
    ("empty port", new_port({"tcp": {"destinationPort": {}}}), [f"{RULE}.protocols.0.tcp.destinationPort"]),
    (
        "range of one",
        new_port({"tcp": {"destinationPort": {"range": {"start": 2, "end": 2}}}}),
        [f"{RULE}.protocols.0.tcp.destinationPort.range.end"],
    ),
]


@pytest.mark.parametrize(
    ("policy", "places"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_admin_policies_are_refused_at_the_field(policy: Resource, places: list[str]) -> None:
    assert refused(policy) == places


UNKNOWN: list[dict[str, Any]] = [
    {"to": [{}]},
    {"to": [{"services": {}}]},
    {"to": [EVERYONE, {"namespaces": {"namespaceSelector": {}}}]},
    {"to": [{"namespaces": {"sameLabels": ["team"]}}]},
    {"to": [{"namespaces": {"matchExpressions": [{"key": "a", "operator": "Is", "values": ["b"]}]}}]},
    {"to": [{"pods": {"namespaces": {}, "podSelector": {}}}]},
    {"to": [{"networks": ["ten"]}]},
    {"to": []},
    {"to": None},
    {"ports": [{"portNumber": {"port": 0}}]},
    {"ports": {}},
]


@pytest.mark.parametrize("rule", UNKNOWN, ids=str)
def test_a_rule_with_a_part_that_is_not_known_fails_closed(rule: dict[str, Any]) -> None:
    (allow,) = read(admin(admin_rule(**rule))).egress or ()
    assert (allow.action, allow.peers) == ("allow", ())
    for action in ("Deny", "Pass"):
        (other,) = read(admin(admin_rule(**rule, action=action))).egress or ()
        assert (other.action, other.peers, other.ports) == ("deny", None, None)


def test_every_way_to_name_a_port_is_read() -> None:
    for policy, expected in (
        (old_port({"portNumber": {"port": 80}}), PortRange("TCP", 80, 80)),
        (old_port({"portRange": {"protocol": "SCTP", "start": 1, "end": 1}}), PortRange("SCTP", 1, 1)),
        (old_port({"namedPort": "http"}), NamedPort("http", "")),
        (new_port({"udp": {}}), PortRange("UDP", 1, LAST_PORT)),
        (new_port({"udp": {"destinationPort": None}}), PortRange("UDP", 1, LAST_PORT)),
        (new_port({"sctp": {"destinationPort": {"number": 9}}}), PortRange("SCTP", 9, 9)),
        (
            new_port({"tcp": {"destinationPort": {"range": {"start": 1, "end": 2}}}}),
            PortRange("TCP", 1, 2),
        ),
        (new_port({"destinationNamedPort": "http"}), NamedPort("http", "")),
    ):
        found = read(policy)
        assert not found.flaws
        (rule,) = found.egress or ()
        assert rule.ports == (expected,)


def test_the_newest_version_of_the_api_is_read_as_the_one_before() -> None:
    spec = cluster_rule(protocols=[{"tcp": {"destinationPort": {"number": 80}}}])
    old, new = read(cluster(spec)), read(cluster(spec, "v1beta1"))
    assert not new.flaws
    assert (new.tier, new.priority, new.subjects) == (old.tier, old.priority, old.subjects)
