"""Who can reach whom in large clusters: time and memory, from parsed objects on.

    python -m tests.bench.network teams 10000 2000    # kind, pods, policies; prints the figures

Each row is measured in a process of its own, three times; what making the objects takes is left out.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.reach import Reach
from tests.facts.objects import Nowhere

ROOT = Path(__file__).parents[2]
RUNS = 3
CASES = (
    ("teams", 1_000, 200),
    ("teams", 2_500, 500),
    ("teams", 5_000, 1_000),
    ("teams", 10_000, 2_000),
    ("adversarial", 5_000, 1_000),
    ("admin", 5_000, 200),
)
"""Kind of cluster, pods and policies."""
NAMES = {
    "teams": "teams' namespaces",
    "adversarial": "every pod with labels of its own",
    "admin": "admin tiers and networks",
}
_PODS_OF_ONE = 10
_IN_NAMESPACE = 100
_BLOCKS = 200
Object = dict[str, Any]


def pod(number: int, namespace: str, labels: Mapping[str, str], owner: str = "") -> Object:
    """A running pod with an address."""
    metadata: Object = {"name": f"p{number}", "namespace": namespace, "labels": dict(labels)}
    if owner:
        reference = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "controller": True}
        metadata["ownerReferences"] = [reference]
    ports = [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}]
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {"nodeName": f"node-{number % 200}", "containers": [{"name": "main", "ports": ports}]},
        "status": {"phase": "Running", "podIP": address, "podIPs": [{"ip": address}]},
    }


def policy(number: int, namespace: str, **spec: Any) -> Object:
    """A NetworkPolicy."""
    metadata = {"name": f"np-{number}", "namespace": namespace}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}


def teams(pods: int, policies: int) -> Iterator[Object]:
    """Deployments of ten pods in namespaces of a hundred, each with a few policies, and 200 blocks in all."""
    rng = random.Random(1)
    count = max(1, pods // _IN_NAMESPACE)
    apps = _IN_NAMESPACE // _PODS_OF_ONE
    for number in range(count):
        labels = {"team": f"t{number % 20}", "stage": rng.choice(("dev", "prod"))}
        yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": f"ns{number}", "labels": labels}}
    for number in range(pods):
        namespace, app = f"ns{number // _IN_NAMESPACE}", number % _IN_NAMESPACE // _PODS_OF_ONE
        labels = {"app": f"app{app}", "tier": f"tier{app % 3}", "pod-template-hash": f"h{app}"}
        yield pod(number, namespace, labels, f"app{app}-h{app}")
    for number in range(policies):
        namespace = f"ns{number % count}"
        peers: list[Object] = [
            {"podSelector": {"matchLabels": {"app": f"app{rng.randrange(apps)}"}}},
            {"namespaceSelector": {"matchLabels": {"team": f"t{rng.randrange(20)}"}}},
            {"ipBlock": {"cidr": _block(number % _BLOCKS)}},
        ]
        chosen = {"matchLabels": {"app": f"app{rng.randrange(apps)}"}}
        rule = {
            "from": rng.sample(peers, 2),
            "ports": [
                rng.choice(({"port": "http"}, {"port": 9090}, {"port": 1000, "endPort": 2000 + number % 50}))
            ],
        }
        out = {"to": rng.sample(peers, 2), "ports": [{"port": 443}, {"port": 53, "protocol": "UDP"}]}
        yield policy(
            number,
            namespace,
            podSelector=chosen,
            policyTypes=["Ingress", "Egress"],
            ingress=[rule],
            egress=[out],
        )


def adversarial(pods: int, policies: int) -> Iterator[Object]:
    """Every pod has labels that no other has, and every policy is about pods all over the cluster."""
    rng = random.Random(2)
    for number in range(pods):
        labels = {"id": f"i{number}", **{f"k{at}": str(rng.randrange(4)) for at in range(12)}}
        yield pod(number, f"ns{number % 5}", labels)
    for number in range(policies):

        def chosen() -> Object:
            keys = rng.sample(range(12), 2)
            ids = {"key": "id", "operator": "NotIn", "values": [f"i{rng.randrange(pods)}" for _ in range(3)]}
            return {
                "matchLabels": {f"k{at}": str(rng.randrange(4)) for at in keys},
                "matchExpressions": [ids],
            }

        peer = {"namespaceSelector": {}, "podSelector": chosen()}
        rules = [{"from": [peer], "ports": [{"port": rng.randrange(1, 60_000)}]}]
        out = [{"to": [peer, {"ipBlock": {"cidr": _block(number % _BLOCKS)}}]}]
        yield policy(
            number,
            f"ns{number % 5}",
            podSelector=chosen(),
            policyTypes=["Ingress", "Egress"],
            ingress=rules,
            egress=out,
        )


def admin(pods: int, policies: int) -> Iterator[Object]:
    """The teams' namespaces below admin policies with many rules, named ports and networks."""
    rng = random.Random(3)
    yield from teams(pods, pods // 5)
    for number in range(policies):
        rules = []
        for _ in range(20):
            team = {"namespaces": {"matchLabels": {"team": f"t{rng.randrange(20)}"}}}
            network = {"networks": [_block(rng.randrange(_BLOCKS))]}
            port = {"portNumber": {"protocol": "TCP", "port": rng.randrange(1, 1_000)}}
            rules.append(
                {
                    "action": rng.choice(("Allow", "Deny", "Pass")),
                    "to": [rng.choice((team, network))],
                    "ports": [port],
                }
            )
        yield {
            "apiVersion": "policy.networking.k8s.io/v1alpha1",
            "kind": "AdminNetworkPolicy",
            "metadata": {"name": f"anp-{number}"},
            "spec": {
                "priority": number,
                "subject": {"namespaces": {"matchLabels": {"team": f"t{number % 20}"}}},
                "egress": rules,
            },
        }


def _block(number: int) -> str:
    return f"{11 + number}.{number}.0.0/16"


KINDS: Mapping[str, Callable[[int, int], Iterator[Object]]] = {
    "teams": teams,
    "adversarial": adversarial,
    "admin": admin,
}


def answer(index: Index) -> int:
    """What rules ask of every workload: who may come in, and where it may go. Returns how much there is."""
    reach = Reach(index)
    internet = reach.space.internet << reach.first_block
    found = 0
    for group in reach.groups.all:
        found += sum(ports & peers & internet != 0 for ports, peers in reach.sources(group))
        found += sum(ports & peers & internet != 0 for ports, peers in reach.destinations(group))
    return found


def main(kind: str, pods: int, policies: int) -> None:
    """Measure one case in this process: seconds, those of the processor, MB in all, MB of the objects."""
    objects = [Resource(each, Nowhere()) for each in KINDS[kind](pods, policies)]
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.monotonic()
    answer(Index(objects, snapshot=True))
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(wall, cpu, after.ru_maxrss / 1024, before.ru_maxrss / 1024)


def rows() -> Iterator[tuple[str, float, float, float, float]]:
    """Name, seconds, seconds of the processor, peak MB, and MB of them that the objects take."""
    for kind, pods, policies in CASES:
        command = [sys.executable, "-m", "tests.bench.network", kind, str(pods), str(policies)]
        runs = [
            list(map(float, subprocess.check_output(command, cwd=ROOT, text=True).split()))
            for _ in range(RUNS)
        ]
        wall, cpu, peak, objects = (statistics.median(column) for column in zip(*runs, strict=True))
        yield f"{NAMES[kind]}: {pods:,} pods, {policies:,} policies", wall, cpu, peak, objects


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
