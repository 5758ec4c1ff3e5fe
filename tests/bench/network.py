"""Who can reach whom in large clusters: time and memory, from parsed objects on.

    python -m tests.bench.network answer teams 10000 2000    # work, kind, pods, policies

Each row is measured in a process of its own, three times; what making the objects takes is left out.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.reach import Reach
from scanner.network.connections import connections
from tests.bench.network_clusters import KINDS
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
    ("tiers", 5_000, 20),
    ("named", 5_000, 500),
    ("ranges", 5_000, 500),
    ("addresses", 10_000, 64),
    ("alone", 10_000, 2_000),
    ("nodes", 10_000, 2_000),
)
"""Kind of cluster, pods and policies."""
LISTED = (("nodes", 4_000, 800),)
"""Clusters of which every connection is listed, by workload."""
WHOLE = (("manifests", 400, 50), ("manifests", 800, 50))
"""Kind of folder, workloads and policies, for the whole command."""
NAMES = {
    "teams": "teams' namespaces",
    "adversarial": "every pod with labels of its own",
    "admin": "admin tiers and networks",
    "tiers": "admin policies of 100 rules",
    "named": "ports by name, other numbers",
    "ranges": "overlapping ranges of ports",
    "addresses": "networks of the pods' own addresses",
    "alone": "a namespace for every pod",
    "nodes": "Services, and agents on 200 nodes",
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


def listed(index: Index) -> int:
    """Every connection between workloads. Returns how many there are."""
    return len(connections(Reach(index)).found)


def main(work: str, kind: str, pods: int, policies: int) -> None:
    """Measure one case in this process: seconds, those of the processor, MB in all."""
    objects = [Resource(each, Nowhere()) for each in KINDS[kind](pods, policies)]
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.monotonic()
    WORK[work](Index(objects, snapshot=True))
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(wall, cpu, after.ru_maxrss / 1024)


WORK = {"answer": answer, "listed": listed}
TITLES = {"answer": "who can reach whom", "listed": "all connections"}


def rows() -> Iterator[tuple[str, str, float, float, float]]:
    """Name, what is done, seconds, seconds of the processor, and peak MB with those of the objects."""
    for work, cases in (("answer", CASES), ("listed", LISTED)):
        for kind, pods, policies in cases:
            command = [sys.executable, "-m", "tests.bench.network", work, kind, str(pods), str(policies)]
            runs = [
                list(map(float, subprocess.check_output(command, cwd=ROOT, text=True).split()))
                for _ in range(RUNS)
            ]
            wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
            yield f"{NAMES[kind]}: {pods:,} pods, {policies:,} policies", TITLES[work], wall, cpu, peak


def inputs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and folder of each input of the whole command."""
    for kind, workloads, policies in WHOLE:
        target = folder / f"{kind}-{workloads}"
        target.mkdir()
        with (target / "cluster.yaml").open("w", encoding="utf-8") as file:
            for made in KINDS[kind](workloads, policies):
                file.write(f"---\n{json.dumps(made, indent=1)}\n")
        yield f"{workloads:,} Deployments, {policies:,} policies", target


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
