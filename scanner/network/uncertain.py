"""Where a list of connections may be wrong, by workload or pod, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from scanner.facts.cni import plugins
from scanner.facts.network.foreign import foreign_to
from scanner.facts.network.pods import Pod
from scanner.facts.network.policies import DIRECTIONS, Addresses, Direction, peers_of
from scanner.facts.network.reach import Reach
from scanner.facts.plugin_support import plugins_matching_pods
from scanner.network.connections import Member, Peers, member_of
from scanner.network.notes import by_domain, refused


def uncertain(reach: Reach, members: Collection[Member], peers: Peers = "workload") -> list[str]:
    """A line for each reason, about these workloads or pods.

    `uncertain: shop/web[Deployment] ingress: …` where a policy is not worked out or would be refused (what is
    wrong with that, and where, stands before them), `note: shop.yaml:3 …` for what in a policy does not mean
    what its author meant, and one where no plugin enforces any, or where the cluster's matches pods by
    `ipBlock`.
    """
    wanted = set(members)
    at_hand = [(member_of(pod, peers), pod) for pod in reach.pods]
    shown = [(member, pod) for member, pod in at_hand if member in wanted]
    found = {
        f"uncertain: {member} {direction}: {why}": None
        for member, pod in sorted(_unlike(reach, shown), key=lambda each: str(each[0]))
        for direction in DIRECTIONS
        for why in _doubts(reach, pod, direction)
    }
    return [
        *_idle(reach),
        *_blocks(reach),
        *refused(reach),
        *by_domain(reach),
        *found,
        *_flaws(reach, [pod for _, pod in shown]),
    ]


def _unlike(reach: Reach, shown: Sequence[tuple[Member, Pod]]) -> list[tuple[Member, Pod]]:
    """One of the pods of each that no policy tells apart."""
    found = {
        (member, _bits(reach, [pod]), foreign_to(reach.index, pod)): (member, pod) for member, pod in shown
    }
    return list(found.values())


def _bits(reach: Reach, pods: Sequence[Pod]) -> int:
    numbers = {group.number for pod in pods for group in reach.groups.of_pod[id(pod)] if not group.host}
    return sum(1 << number for number in numbers)


def _doubts(reach: Reach, pod: Pod, direction: Direction) -> Iterator[str]:
    groups = [group for group in reach.groups.of_pod[id(pod)] if not group.host]
    isolated = any(reach.isolated(group, direction) for group in groups)
    limited = isolated or any(reach.bounds(group, direction) for group in groups)
    for each in foreign_to(reach.index, pod):
        more = limited and each.changes(direction, False)
        less = each.changes(direction, True, by_rule=isolated)
        if more or less:
            yield each.doubt(more, less)
    bits = _bits(reach, [pod])
    for policy in reach.doubtful(direction, bits):
        yield f"{policy}, which the API server may not take, may allow more or less"


def _flaws(reach: Reach, pods: Sequence[Pod]) -> Iterator[str]:
    bits = _bits(reach, pods)
    for policy in reach.policies:
        for flaw in policy.flaws:
            if not flaw.refused and reach.touched(policy) & bits:
                place = policy.resource.origin.locate(flaw.path)
                at = ":".join(str(part) for part in (place.uri, place.line) if part)
                yield f"note: {at} {flaw.message}"


def _idle(reach: Reach) -> Iterator[str]:
    known = plugins(reach.index)
    if known and not any(plugin.enforces for plugin in known.values()):
        verb = "enforces" if len(known) == 1 else "enforce"
        yield f"note: {' and '.join(sorted(known))} {verb} no policies: as it stands everything is open"


def _blocks(reach: Reach) -> Iterator[str]:
    matching = () if reach.ipblock_pods else plugins_matching_pods(reach.index)
    peers = (peer for policy in reach.policies for peer in peers_of(policy))
    if matching and any(isinstance(peer, Addresses) and not peer.with_pods for peer in peers):
        yield f"note: {matching[0]} matches pods by ipBlock: --ipblock-pods yes shows what that opens"
