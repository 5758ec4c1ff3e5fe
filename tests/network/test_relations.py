"""What must hold between answers, whatever the policies are: of random clusters, and of changes to them."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from scanner.facts.network.addresses import Block
from scanner.facts.network.pods import Address, parse_address
from scanner.facts.network.verdict import Judge
from scanner.network.connections import Connection, Member, connections
from tests.network.compared import SAMPLES, open_between, reach_of
from tests.network.generate import OUTSIDE, Generator, Object
from tests.network.oracle import Oracle

seeds = pytest.mark.parametrize("seed", range(30))


@seeds
def test_the_order_of_objects_changes_nothing(seed: int) -> None:
    objects = Generator(seed).cluster()
    shuffled = copy.deepcopy(objects)
    random.Random(seed).shuffle(shuffled)
    assert open_between(objects) == open_between(shuffled)


@seeds
def test_names_change_nothing(seed: int) -> None:
    objects = Generator(seed).cluster()
    names = {o["metadata"]["name"]: _other_name(o["metadata"]["name"]) for o in objects}
    names |= {o["metadata"]["namespace"]: _other_name(o["metadata"]["namespace"]) for o in _pods(objects)}
    # which of two equal priorities the engine takes to be first follows their names
    names |= {
        o["metadata"]["name"]: o["metadata"]["name"] for o in objects if "priority" in o.get("spec", {})
    }
    renamed = open_between(_renamed(objects, names))
    assert {(names[one], names[two], port) for one, two, port in open_between(objects)} == renamed


@seeds
def test_another_rule_of_a_network_policy_closes_nothing(seed: int) -> None:
    objects = Generator(seed).cluster()
    more = copy.deepcopy(objects)
    for policy in _of("NetworkPolicy", more):
        types = policy["spec"].get("policyTypes", ["Ingress"])
        policy["spec"].setdefault(types[0].lower(), []).append({"ports": [{"port": 80}]})
    assert open_between(objects) <= open_between(more)


@seeds
def test_another_policy_for_pods_that_are_isolated_closes_nothing(seed: int) -> None:
    objects = Generator(seed).cluster()
    more = copy.deepcopy(objects)
    for policy in _of("NetworkPolicy", objects):
        spec = policy["spec"]
        types = spec.get("policyTypes", ["Ingress", *(["Egress"] if spec.get("egress") else [])])
        other: Object = {"podSelector": spec["podSelector"], "policyTypes": types}
        if seed % 2:
            other["ingress"] = [{"from": [{"podSelector": {}}]}]
        metadata = {**policy["metadata"], "name": f"{policy['metadata']['name']}-more"}
        more.append({**policy, "metadata": metadata, "spec": other})
    assert open_between(objects) <= open_between(more)
    if seed % 2 == 0:
        assert open_between(objects) == open_between(more)


@seeds
def test_another_allowing_rule_of_administrators_closes_nothing(seed: int) -> None:
    objects, rng = Generator(seed).cluster(), random.Random(seed)
    more = copy.deepcopy(objects)
    everyone: Object = {"namespaces": {}}
    for policy in more:
        rules = policy["spec"].get("ingress") if policy["kind"] in _ALLOWING else None
        if rules:
            rule = {"action": _ALLOWING[policy["kind"]], "from": [everyone]}
            rules.insert(rng.randint(0, len(rules)), rule)
    assert open_between(objects) <= open_between(more)


_ALLOWING = {
    "AdminNetworkPolicy": "Allow",
    "BaselineAdminNetworkPolicy": "Allow",
    "ClusterNetworkPolicy": "Accept",
}


@seeds
def test_a_template_is_answered_for_as_its_pods(seed: int) -> None:
    objects = [copy.deepcopy(each) for each in Generator(seed).cluster()]
    alone: list[Object] = []
    templates: list[Object] = []
    made: list[Object] = []
    for each in objects:
        if each["kind"] != "Pod":
            for others in (alone, templates, made):
                others.append(each)
            continue
        if each["status"]["phase"] in ("Succeeded", "Failed"):
            continue
        each["spec"].pop("nodeName", None)
        each["status"] = {}
        template = _template(each)
        owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": each["metadata"]["name"]}
        metadata = {**each["metadata"], "ownerReferences": [{**owner, "controller": True}]}
        alone.append(each)
        templates.append(template)
        made += [template, {**each, "metadata": metadata}]
    expected = open_between(alone)
    assert open_between(templates) == expected
    assert open_between(made) == expected


def _template(pod: Object) -> Object:
    metadata, labels = pod["metadata"], pod["metadata"]["labels"]
    spec = {
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": pod["spec"]},
    }
    metadata = {"name": metadata["name"], "namespace": metadata["namespace"]}
    return {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec}


@seeds
def test_a_pod_reaches_itself(seed: int) -> None:
    reach = reach_of(Generator(seed).cluster())
    judge = Judge(reach)
    for pod in reach.pods:
        for end in (pod, *(() if pod.host_network else pod.addresses)):
            assert judge.verdict(pod, end, "TCP", 80).allowed is True


@seeds
def test_sources_are_the_destinations_seen_from_the_other_end(seed: int) -> None:
    reach = reach_of(Generator(seed).cluster())
    groups = [group for group in reach.groups.all if group.pods]
    for one in groups:
        for two in groups:
            forth = _ports(reach.destinations(one), two.number)
            assert forth == _ports(reach.sources(two), one.number)


def _ports(cells: Any, peer: int) -> int:
    found = 0
    for ports, peers in cells:
        found |= ports if peers >> peer & 1 else 0
    return found


@seeds
def test_the_list_of_connections_is_what_is_open(seed: int) -> None:
    objects = Generator(seed).cluster()
    oracle, reach = Oracle(objects), reach_of(objects)
    listed: dict[tuple[str, str], list[Connection]] = {}
    for each in connections(reach, "pod").found:
        listed.setdefault((_shown(each.source), _shown(each.destination)), []).append(each)
    ends = [*oracle.pods, *OUTSIDE]
    for one in ends:
        for two in ends:
            if one == two or not {one, two} & oracle.pods.keys():
                continue
            for protocol, number in SAMPLES[seed % 3 :: 3]:
                answer = oracle.can(one, two, protocol, number)
                if answer is not None:
                    found = _is_listed(listed, (one, two), reach.ports.bit(protocol, number))
                    assert found is answer, (one, two, protocol, number)


def _is_listed(listed: dict[tuple[str, str], list[Connection]], ends: tuple[str, str], port: int) -> bool:
    one, two = (end if "/" in end else "" for end in ends)
    address = next((parse_address(end) for end in ends if "/" not in end), None)
    return any(
        each.ports & port and (address is None or (each.block is not None and _is_in(each.block, address)))
        for each in listed.get((one, two), [])
    )


def _is_in(block: Block, address: Address) -> bool:
    return block.version == address.version and block.low <= int(address) <= block.high


def _shown(member: Member) -> str:
    return f"{member.namespace}/{member.name}" if member.namespace else ""


def _of(kind: str, objects: list[Object]) -> list[Object]:
    return [each for each in objects if each["kind"] == kind]


def _pods(objects: list[Object]) -> list[Object]:
    return _of("Pod", objects)


def _other_name(name: str) -> str:
    return f"x{name[::-1]}"


def _renamed(given: Any, names: dict[str, str]) -> Any:
    if isinstance(given, dict):
        return {key: _renamed(value, names) for key, value in given.items()}
    if isinstance(given, list):
        return [_renamed(each, names) for each in given]
    return names.get(given, given) if isinstance(given, str) else given
