"""What suggested policies would change, as text for a reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.facts.index import Index
from scanner.facts.network.cells import ports_for
from scanner.facts.network.pods import Pod, WorkloadName
from scanner.facts.network.ports import PortRange, words
from scanner.facts.network.reach import Reach, reach
from scanner.network.diff import compare
from scanner.network.diff_text import lines
from scanner.network.needs import Need, all_needs
from scanner.network.suggest import Suggestions, applied


def check(index: Index, suggestions: Suggestions) -> Iterator[str]:
    """What is needed and stays closed, what the policies open and close, and what stays open beyond needs."""
    after = reach(applied(index, suggestions))
    closed = list(_closed(index, after))
    yield f"Needed, and closed: {len(closed) or 'nothing'}"
    yield from (f"    {line}" for line in closed)
    yield from lines(compare(reach(index), after))
    yield f"Opens more than what was found to be needed: {len(suggestions.existing) or 'nothing'}"
    yield from (f"    {rule}" for rule in suggestions.existing)


def _closed(index: Index, after: Reach) -> Iterator[str]:
    """Needs between workloads that not all pods have."""
    pods: dict[WorkloadName, list[Pod]] = {}
    for pod in after.pods:
        pods.setdefault(pod.workload, []).append(pod)
    for needs in all_needs(index):
        for need in needs.needs:
            if need.direction == "egress" and need.peer is not None:
                ports = _left(after, pods[needs.workload], pods[need.peer], need)
                if ports:
                    closed = [
                        PortRange(*port, port[1]) for port in need.ports if after.ports.bit(*port) & ports
                    ]
                    yield f"{needs.workload} => {need.peer} : {words(closed)} ({need.why})"


def _left(after: Reach, clients: Sequence[Pod], servers: Sequence[Pod], need: Need) -> int:
    """The ports that some client cannot reach on some server."""
    of_pod, wanted, closed = after.groups.of_pod, 0, 0
    for protocol, port in need.ports:
        wanted |= after.ports.bit(protocol, port)
    for source in {g.number: g for pod in clients for g in of_pod[id(pod)]}.values():
        cells = after.destinations(source)
        for pod in servers:
            open_ports = 0
            for group in of_pod[id(pod)]:
                open_ports |= ports_for(cells, 1 << group.number)
            closed |= wanted & ~open_ports
    return closed
