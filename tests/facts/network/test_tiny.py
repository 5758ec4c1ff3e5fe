"""Facts about rules beside a slow search, connection by connection, over random clusters."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.network.pods import Pod, parse_address
from scanner.facts.network.reach import reach, reach_with_pods
from scanner.facts.network.verdict import Judge
from scanner.facts.network_conflicts import bypasses, equal_priorities
from scanner.facts.network_plugin import depends_on_plugin
from scanner.facts.network_shadowing import shadowed
from tests.facts.network.tiny import PORTS, Connection, End, Rule, Tiny, is_port

CLUSTERS = range(120)
Place = tuple[str, tuple[str | int, ...]]


def place(rule: Rule) -> Place:
    return rule.policy.name, tuple(rule.path)


def before(rule: Rule, rules: list[Rule]) -> list[Rule]:
    """Rules of the tier that are asked before it for sure."""
    return [
        other
        for other in rules
        if other.direction == rule.direction
        and (other.priority < rule.priority or (other.policy is rule.policy and other.number < rule.number))
    ]


def at_hand(tiny: Tiny, rule: Rule) -> set[Connection]:
    return {each for each in rule.about if tiny.nowhere not in each}


@pytest.mark.parametrize("seed", CLUSTERS)
def test_shadowed_rules(seed: int) -> None:
    tiny = Tiny(seed)
    index = Index(tiny.resources, snapshot=True)
    expected: set[Place] = set()
    rules = list(tiny.rules(tiny.admin))
    for rule in rules:
        decided = {each for other in before(rule, rules) for each in other.about}
        if at_hand(tiny, rule) and rule.about <= decided:
            expected.add(place(rule))
    allowing = [rule for rule in tiny.rules(tiny.namespaced) if at_hand(tiny, rule)]
    for number, rule in enumerate(allowing):
        for other_number, other in enumerate(allowing):
            if other is not rule and _replaces(other, rule, other_number < number):
                expected.add(place(rule))
    found = {
        (policy.name, tuple(each["path"]))
        for policy in (*tiny.admin, *tiny.namespaced)
        for each in shadowed(index, Unit(policy))
    }
    assert found == expected


def _replaces(other: Rule, rule: Rule, is_earlier: bool) -> bool:
    same = (other.policy.namespace, other.direction) == (rule.policy.namespace, rule.direction)
    if not same or not rule.subject <= other.subject or not rule.about <= other.about:
        return False
    return is_earlier or (other.subject, other.about) != (rule.subject, rule.about)


@pytest.mark.parametrize("seed", CLUSTERS)
def test_equal_priorities(seed: int) -> None:
    tiny = Tiny(seed)
    index = Index(tiny.resources, snapshot=True)
    rules = list(tiny.rules(tiny.admin))
    expected: set[tuple[str, str]] = set()
    for rule in rules:
        for other in rules:
            if (
                other.policy is rule.policy
                or (other.priority, other.direction) != (rule.priority, rule.direction)
                or other.action == rule.action
            ):
                continue
            earlier = (*before(rule, rules), *before(other, rules))
            decided = {each for first in earlier for each in first.about}
            if (at_hand(tiny, rule) & at_hand(tiny, other)) - decided:
                expected.add((rule.policy.name, f"AdminNetworkPolicy/{other.policy.name}"))
    found = {
        (policy.name, each["policy"])
        for policy in tiny.admin
        for each in equal_priorities(index, Unit(policy))
    }
    assert found == expected


@pytest.mark.parametrize("seed", CLUSTERS)
def test_bypasses(seed: int) -> None:
    tiny = Tiny(seed)
    index = Index(tiny.resources, snapshot=True)
    opening = list(tiny.rules(tiny.namespaced))
    selected: set[End] = {end for policy in tiny.namespaced for end in tiny._subject(policy)}
    rules = list(tiny.rules(tiny.admin))
    expected: dict[Place, set[str]] = {}
    for at, rule in enumerate(rules):
        first = [other for other in rules[:at] if other.direction == rule.direction]
        left = at_hand(tiny, rule) - {each for other in first for each in other.about}
        left -= {each for other in opening if other.direction == rule.direction for each in other.about}
        namespaces = {subject.namespace for subject, _, _ in left if subject in selected}
        if rule.action == "allow" and namespaces:
            expected[place(rule)] = namespaces
    found = {
        (policy.name, tuple(each["path"])): set(each["namespaces"])
        for policy in tiny.admin
        for each in bypasses(index, Unit(policy))
    }
    assert found == expected


@pytest.mark.parametrize("seed", CLUSTERS)
def test_what_depends_on_the_plugin(seed: int) -> None:
    tiny = Tiny(seed, addresses=True)
    tiny.admin = tiny.admin[:1]  # with equal priorities either answer would be right
    index = Index(tiny.resources, snapshot=True)
    pods = {pod.workload.name: pod for pod in reach(index).pods}
    without, known = Judge(reach(index)), Judge(reach_with_pods(index))

    def depends(direction: str, subject: Pod, peer: Pod, port: tuple[str, int]) -> bool:
        source, destination = (peer, subject) if direction == "ingress" else (subject, peer)
        return (
            known.verdict(source, destination, *port).allowed is True
            and without.verdict(source, destination, *port).allowed is False
        )

    expected: set[tuple[str, tuple[str | int, ...]]] = set()
    for rule in tiny.rules(tiny.namespaced):
        key = "from" if rule.direction == "ingress" else "to"
        for number, peer in enumerate(rule.body.get(key, ())):
            if "ipBlock" not in peer:
                continue
            network = ip_network(peer["ipBlock"]["cidr"])
            inside = {end for end in tiny.ends if parse_address(end.address) in network}
            ports = rule.body.get("ports")
            if any(
                depends(rule.direction, pods[own.name], pods[end.name], port)
                for own in rule.subject - {tiny.nowhere}
                for end in inside
                for port in PORTS
                if ports is None or any(is_port(p, own if key == "from" else end, port) for p in ports)
            ):
                expected.add((rule.policy.name, (*rule.path, key, number, "ipBlock")))
    found = {
        (policy.name, tuple(each["path"]))
        for policy in tiny.namespaced
        for each in depends_on_plugin(index, Unit(policy))
    }
    assert found == expected
