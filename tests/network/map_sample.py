"""Documents of the map: clusters of any size, with shops, teams and a few hostile names."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

NAMESPACES = (
    "edge", "shop", "payments", "catalog", "search", "data", "monitoring", "kube-system", "identity", "mail",
    "warehouse", "analytics", "staging", "ci", "support", "fraud", "media", "reports", "legacy", "sandbox",
)  # fmt: skip
NAMES = ("web", "api", "worker", "db", "cache", "queue", "jobs", "proxy", "admin", "exporter", "sync", "auth")
KINDS = {"db": "StatefulSet", "cache": "StatefulSet", "exporter": "DaemonSet", "jobs": "CronJob"}
HOSTILE = (
    "</script><img src=x onerror=document.title='owned'>",
    "\"quotes\" & 'more' `ticks`",
    "\u202eright-to-left override\u202c",
    "مرحبا-بالعالم",
    "very-long-" + "x" * 240,
    "<!--<script>",
    "line\u2028separator\u2029\n\t\x00",
)
ANY4 = "0.0.0.0-255.255.255.255[External]"
ANY6 = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]"
OFFICE = "10.20.0.0-10.20.255.255[External]"


def empty() -> dict[str, Any]:
    """A cluster without anything."""
    return {
        "schema": "kubeassay.network-map/v1",
        "title": "Who can reach whom",
        "generated_from": [],
        "workloads": [],
        "outside": [],
        "edges": [],
        "notes": [],
    }


def sample(size: int, guarded: float = 0.7, hostile: bool = False, seed: int = 5) -> dict[str, Any]:
    """A cluster of so many workloads, of whose namespaces a part is guarded by policies."""
    rng = random.Random(seed)
    spaces = NAMESPACES[: max(2, min(len(NAMESPACES), size // 4))]
    workloads = [_workload(at, spaces, rng, guarded) for at in range(size)]
    if hostile:
        for name, each in zip(HOSTILE, workloads, strict=False):
            each["name"] = each["uncertain"] = name
            each["uncertain"] = [f"policy {name} could not be read"]
            each["entries"] = [{"kind": "Ingress", "name": f"shop/{name}", "ports": "TCP 8080"}]
            each["id"] = f"{each['namespace']}/{name}[{each['kind']}]"
        for each in workloads[len(spaces) :: len(spaces)]:
            each["namespace"] = HOSTILE[0]
    for each in workloads:
        each.setdefault("id", f"{each['namespace']}/{each['name']}[{each['kind']}]")
    return {
        **empty(),
        "title": f"Who can reach whom in {HOSTILE[0] if hostile else 'production'}",
        "generated_from": ["deploy/production", "snapshot.kas"],
        "workloads": workloads,
        "outside": [
            {"id": ANY4, "label": "Anywhere (IPv4)", "public": True},
            {"id": ANY6, "label": "Anywhere (IPv6)", "public": True},
            {"id": OFFICE, "label": "10.20.0.0/16", "public": False},
        ],
        "edges": list(_edges(workloads, rng)),
        "notes": ["Traffic between a pod and its own node is always allowed and not drawn."],
    }


def _workload(at: int, spaces: tuple[str, ...], rng: random.Random, guarded: float) -> dict[str, Any]:
    space = at % len(spaces)
    turn = at // len(spaces)
    name = NAMES[turn % len(NAMES)] + (f"-{turn // len(NAMES)}" if turn >= len(NAMES) else "")
    isolated = space < guarded * len(spaces)
    return {
        "namespace": spaces[space],
        "name": name,
        "kind": KINDS.get(name, "Deployment"),
        "pods": rng.choice((1, 2, 3)),
        "isolated": {"ingress": isolated, "egress": isolated and space % 2 == 0},
        "host_network": name == "exporter",
        "uncertain": ["CiliumNetworkPolicy data/db is not worked out"] if rng.random() < 0.03 else [],
        "entries": [{"kind": "Ingress", "name": f"{spaces[space]}/front", "ports": "TCP 8080"}]
        if name == "web" and space < 3
        else [],
    }


def _edges(workloads: list[dict[str, Any]], rng: random.Random) -> Iterable[dict[str, Any]]:
    free = [each["id"] for each in workloads if not any(each["isolated"].values())]
    goes = [each["id"] for each in workloads if not each["isolated"]["egress"]]
    takes = [each["id"] for each in workloads if not each["isolated"]["ingress"]]
    if free:
        why = ["no policy isolates it"]
        yield _edge(goes, [*takes, ANY4, ANY6, OFFICE], "All Connections", why, why, open_by_default=True)
        yield _edge([ANY4, ANY6, OFFICE], takes, "All Connections", [], why, open_by_default=True)
    guarded: dict[str, list[str]] = {}
    for each in workloads:
        if each["isolated"]["ingress"]:
            guarded.setdefault(each["namespace"], []).append(each["id"])
    spaces = list(guarded)
    for at, (space, members) in enumerate(guarded.items()):
        inside = f"NetworkPolicy {space}/inside"
        yield _edge(members, members, "TCP 8080", [f"{inside}#egress[0]"], [f"{inside}#ingress[0]"])
        for other in rng.sample(spaces[at + 1 :], min(rng.choice((0, 1, 2)), len(spaces) - at - 1)):
            some = rng.sample(members, min(2, len(members)))
            target = guarded[other][:2]
            out, into = [f"NetworkPolicy {space}/out#egress[0]"], [f"NetworkPolicy {other}/in#ingress[{at}]"]
            yield _edge(some, target, "TCP 443,5432,UDP 53", out, into, uncertain=rng.random() < 0.15)
    if "kube-system" in guarded and "monitoring" in guarded:
        asking = [each for space in spaces for each in guarded[space] if space != "kube-system"]
        dns, every = guarded["kube-system"][:1], ["NetworkPolicy */dns#egress[0]"]
        yield _edge(asking, dns, "TCP 53,UDP 53", every, ["NetworkPolicy kube-system/dns#ingress[0]"])
        seen = [each for space in spaces for each in guarded[space][:3] if space != "monitoring"]
        yield _edge(guarded["monitoring"][1:2], seen, "TCP 9090", ["NetworkPolicy monitoring/out#egress[0]"],
                    ["ClusterNetworkPolicy metrics#ingress[0]"])  # fmt: skip
    if spaces:
        front = guarded[spaces[0]][:2]
        yield _edge([ANY4, ANY6], front, "TCP 443", [], [f"NetworkPolicy {spaces[0]}/front#ingress[0]"])
        yield _edge(front, [OFFICE], "TCP 25", [f"NetworkPolicy {spaces[0]}/mail#egress[0]"], [])


def _edge(
    sources: list[str],
    targets: list[str],
    ports: str,
    egress: list[str],
    ingress: list[str],
    open_by_default: bool = False,
    uncertain: bool = False,
) -> dict[str, Any]:
    return {
        "from": sources,
        "to": targets,
        "ports": ports,
        "because": {"egress": egress, "ingress": ingress},
        "open_by_default": open_by_default,
        "uncertain": uncertain,
    }
