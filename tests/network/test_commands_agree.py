"""The commands agree with each other on random clusters, down to the edges of ports and addresses."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Iterator

import pytest

from scanner.facts.index import Index
from scanner.facts.network.pods import node_addresses
from scanner.facts.network.reach import Reach
from scanner.network.connections import EXTERNAL, connections
from scanner.network.diff import compare
from scanner.network.ends import find_destination, find_source
from scanner.network.question import ask
from scanner.network.suggest import applied, suggest
from tests.network.compared import reach_of
from tests.network.generate import NAMES, NUMBERS, Generator, Object


@pytest.mark.parametrize("chunk", range(5))
def test_a_question_is_answered_as_the_list_has_it(chunk: int) -> None:
    for seed in range(chunk, 50, 5):
        reach = reach_of(Generator(seed).cluster(), ipblock_pods=seed % 2 == 0)
        listed = list(_listed(reach))
        open_ports = {(source, destination): ports for source, destination, ports in listed}
        assert len(open_ports) == len(listed)
        asked = list(itertools.product(_pairs(reach), _edges(reach)))
        for (source, destination), (protocol, port) in random.Random(seed).sample(
            asked, min(150, len(asked))
        ):
            ends = find_source(reach, source), find_destination(reach, destination, protocol, port)
            found = ask(reach, *ends, protocol).allowed
            wanted = bool(open_ports.get((source, destination), 0) & reach.ports.bit(protocol, port))
            assert found in (wanted, None), (seed, source, destination, protocol, port)


def _listed(reach: Reach) -> Iterator[tuple[str, str, int]]:
    """The connections, those with addresses outside once for each range that some policy tells apart."""
    for each in connections(reach, "pod").found:
        source, destination = str(each.source), str(each.destination)
        if each.block is None:
            yield source, destination, each.ports
            continue
        low, high = each.block.low, each.block.high
        for block in reach.blocks:
            if block.version == each.block.version and low <= block.low and block.high <= high:
                first = str(block.first)
                yield (
                    (first, destination, each.ports)
                    if each.source.kind == EXTERNAL
                    else (source, first, each.ports)
                )


def _pairs(reach: Reach) -> Iterator[tuple[str, str]]:
    """Pods with each other, and with each range of addresses outside."""
    pods = [f"{pod.namespace}/{pod.resource.name}[Pod]" for pod in reach.pods]
    yield from itertools.permutations(pods, 2)
    known = {str(address) for pod in reach.pods for address in pod.addresses}
    for node in reach.index.by_kind.get("Node", ()):
        known.update(map(str, node_addresses(node)))
    for address in {str(block.first) for block in reach.blocks} - known:
        yield from itertools.chain.from_iterable(((pod, address), (address, pod)) for pod in pods)


def _edges(reach: Reach) -> Iterator[tuple[str, int]]:
    for at in range(reach.ports.all.bit_length()):
        for ports in reach.ports.ranges(1 << at):
            yield from dict.fromkeys((ports.protocol, port) for port in (ports.low, ports.high))


@pytest.mark.parametrize("chunk", range(4))
def test_nothing_differs_from_itself(chunk: int) -> None:
    for seed in range(chunk, 100, 4):
        objects = Generator(seed).cluster()
        one, other = reach_of(objects), reach_of(objects[::-1])
        found = compare(one, other)
        assert (found.changes, found.added, found.removed) == ([], [], []), seed


@pytest.mark.parametrize("chunk", range(4))
def test_applying_what_is_suggested_twice_changes_nothing_more(chunk: int) -> None:
    for seed in range(chunk, 40, 4):
        start = Index(reach_of(_with_services(seed)).index.resources, snapshot=True)
        once = applied(start, suggest(start))
        twice = applied(once, suggest(once))
        found = compare(Reach(once), Reach(twice))
        assert found.changes == [], (seed, found.changes[:3])


@pytest.mark.parametrize("seed", range(20))
def test_what_is_suggested_opens_nothing_where_there_was_no_policy(seed: int) -> None:
    objects = [each for each in _with_services(seed) if not each["kind"].endswith("Policy")]
    start = reach_of(objects).index
    assert compare(Reach(start), Reach(applied(start, suggest(start)))).opened == []


def _with_services(seed: int) -> list[Object]:
    """A random cluster with Services, which some of its pods name."""
    rng = random.Random(seed)
    objects = copy.deepcopy(Generator(seed).cluster())
    pods = [each for each in objects if each["kind"] == "Pod"]
    services: list[Object] = []
    for number in range(rng.randint(1, 4)):
        namespace, labels = (rng.choice(pods)["metadata"][key] for key in ("namespace", "labels"))
        ports = [
            {"name": f"port-{port}", "port": port, "targetPort": rng.choice((*NAMES, *NUMBERS))}
            for port in rng.sample(NUMBERS, rng.randint(1, 2))
        ]
        spec = {"selector": labels or {"app": "a"}, "ports": ports}
        spec |= rng.choice(({}, {}, {"type": "LoadBalancer"}, {"clusterIP": "None"}))
        metadata = {"name": f"service-{number}", "namespace": namespace}
        services.append({"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec})
        for pod in rng.sample(pods, rng.randint(0, 2)):
            value = f"http://service-{number}.{namespace}:{rng.choice(ports)['port']}"
            pod["spec"]["containers"][0].setdefault("env", []).append({"name": "PEER", "value": value})
    return [*objects, *services]
