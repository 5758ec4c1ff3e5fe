"""Who can reach whom: for each group of pods what may come in and what may go out, once both sides agree.

An answer is worked out for one group and all its peers at a time, and once for all groups that the same
rules are about, so that the cost follows the groups and never the pairs of pods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from scanner.facts.index import Index
from scanner.facts.network.addresses import AddressSpace, Block
from scanner.facts.network.cells import Cells, both, joined, take, within
from scanner.facts.network.compile import Bound, Compiler, Side, networks_of
from scanner.facts.network.groups import Group, Groups
from scanner.facts.network.pods import Pod, pods
from scanner.facts.network.policies import DIRECTIONS, TIERS, Direction, Peer, Policy, Tier
from scanner.facts.network.read import policies
from scanner.facts.network.selectors import positions
from scanner.facts.subject import once

_Numbers = tuple[int, ...]
_MOST_KEPT = 4_096


class _Rows:
    """For each group, the rules of one direction that are about it, on one of their two ends."""

    def __init__(self, side: Side, end: str, count: int) -> None:
        numbers: list[list[int]] = [[] for _ in range(count)]
        self.bounds: list[tuple[Tier, Bound]] = []
        for tier in TIERS:
            for bound in side.tiers[tier]:
                number = len(self.bounds)
                self.bounds.append((tier, bound))
                members = bound.subject if end == "subject" else bound.peers & ((1 << count) - 1)
                if end == "peers" and not bound.subject:
                    continue
                for at in positions(members):
                    numbers[at].append(number)
        lists: dict[_Numbers, int] = {}
        self._list_of = [lists.setdefault(tuple(found), len(lists)) for found in numbers]
        self._lists = tuple(lists)

    def of(self, group: int) -> _Numbers:
        """The numbers of the rules, in the order in which they are asked."""
        return self._lists[self._list_of[group]]

    def list_of(self, group: int) -> int:
        """The same for groups that the same rules are about, and for no others."""
        return self._list_of[group]


class Reach:
    """Effective connectivity of everything at hand."""

    def __init__(self, index: Index, ipblock_pods: bool = False) -> None:
        """`ipblock_pods`: an `ipBlock` matches the addresses of pods too, as with some network plugins."""
        self.index = index
        self.ipblock_pods = ipblock_pods
        self.pods: Sequence[Pod] = pods(index)
        self.policies: Sequence[Policy] = policies(index)
        self.space = AddressSpace(networks_of(index, self.policies))
        self.groups = Groups(index, self.pods, self.policies, self.space, ipblock_pods)
        self._compiler = Compiler(index, self.policies, self.groups, self.space, ipblock_pods)
        self.ports = self._compiler.ports
        self.sides = self._compiler.sides
        self.first_block = len(self.groups.all)
        """The position of the bit of the first block of addresses, behind those of the groups."""
        self.outside = self.space.all << self.first_block
        """The bits of all addresses outside of the cluster."""
        self.everyone = self._compiler.everyone
        self._open: Cells = ((self.ports.all, self.everyone),)
        self._rows: dict[tuple[object, ...], Cells] = {}

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of addresses, in the order of their bits."""
        return self.space.blocks

    def selected(self, policy: Policy) -> int:
        """The groups that a policy selects."""
        return self._compiler.subject(policy)

    def touched(self, policy: Policy) -> int:
        """The groups that a policy may select if what cannot be read of its selectors selects all."""
        return self._compiler.touched(policy)

    @cached_property
    def refused(self) -> Sequence[Policy]:
        """The policies that the API server would refuse."""
        return [policy for policy in self.policies if policy.refused]

    def doubtful(self, direction: Direction, groups: int) -> list[Policy]:
        """Those of them that may be about some groups in a direction."""
        return [
            policy for policy in self.refused if policy.concerns(direction) and self.touched(policy) & groups
        ]

    def peer(self, policy: Policy, peer: Peer) -> int:
        """The groups and blocks that a peer of a policy stands for."""
        return self._compiler.peer(policy, peer)

    def isolated(self, group: Group, direction: Direction) -> bool:
        """Whether some NetworkPolicy selects the pods for the direction."""
        return self.sides[direction].isolated >> group.number & 1 == 1

    def bounds(self, group: Group, direction: Direction) -> list[tuple[Tier, Bound]]:
        """The rules of the policies that select the pods, in the order in which they are asked."""
        rows = self._about[direction, "subject"]
        return [rows.bounds[number] for number in rows.of(group.number)]

    @cached_property
    def _about(self) -> dict[tuple[Direction, str], _Rows]:
        count = len(self.groups.all)
        return {
            (direction, end): _Rows(self.sides[direction], end, count)
            for direction in DIRECTIONS
            for end in ("subject", "peers")
        }

    def destinations(self, group: Group) -> Cells:
        """What pods of a group can connect to: their egress and the destination's ingress both allow it."""
        return self._effective("egress", group)

    def sources(self, group: Group) -> Cells:
        """What can connect to pods of a group: their ingress and the source's egress both allow it."""
        return self._effective("ingress", group)

    def allowed(self, group: Group, direction: Direction) -> Cells:
        """What the policies that select the pods let in or out, whatever those at the other end say."""
        if group.host:
            return self._open
        isolated = self.everyone if self.isolated(group, direction) else 0
        return self._asked(group, direction, "subject", self.everyone, isolated)

    def _others(self, group: Group, direction: Direction) -> Cells:
        """Whom policies at the other end let connect with the group: `direction` is theirs."""
        return self._asked(group, direction, "peers", self.groups.pods, self.sides[direction].isolated)

    def _asked(self, group: Group, direction: Direction, end: str, everyone: int, isolated: int) -> Cells:
        """What all rules that have the group at one end decide of everyone at the other."""
        rows = self._about[direction, end]
        is_destination = (direction == "ingress") == (end == "subject")
        key = (direction, end, rows.list_of(group.number), isolated, group.ports if is_destination else ())
        found = self._rows.get(key)
        if found is None:
            hits = []
            for number in rows.of(group.number):
                tier, bound = rows.bounds[number]
                others = bound.peers if end == "subject" else bound.subject
                if is_destination:
                    parts = [(bound.ports_at(group.number), others)]
                else:
                    parts = [(bound.ports, others), *((port, others & on) for port, on in bound.named)]
                hits.append((tier, bound, parts))
            decided = self._decided(everyone, isolated, hits)
            # what is no pod with a network of its own has no policies
            found = self._keep(key, joined([*decided, (self.ports.all, self.everyone & ~everyone)]))
        return found

    def _effective(self, own: Direction, group: Group) -> Cells:
        other: Direction = "ingress" if own == "egress" else "egress"
        key = (own, group.host, group.version, group.ports, *self._rules_about(group))
        found = self._rows.get(key)
        if found is None:
            mine, theirs = self.allowed(group, own), self._others(group, other)
            speakers = self.groups.with_version(group.version) if group.version else self.groups.everything
            speakers |= self.outside
            if own == "egress":
                speakers &= ~1  # an unknown controller is never a destination
            found = self._keep(key, both(within(mine, speakers), theirs))
        return found

    def _rules_about(self, group: Group) -> Iterator[object]:
        """What tells groups apart for which other rules decide."""
        for direction in DIRECTIONS:
            yield self.isolated(group, direction)
        for rows in self._about.values():
            yield rows.list_of(group.number)

    def _keep(self, key: tuple[object, ...], cells: Cells) -> Cells:
        """Remember an answer; not too many, where all groups have answers of their own."""
        if len(self._rows) >= _MOST_KEPT:
            self._rows.clear()
        self._rows[key] = cells
        return cells

    def _decided(
        self, everyone: int, isolated: int, hits: Iterable[tuple[Tier, Bound, list[tuple[int, int]]]]
    ) -> list[tuple[int, int]]:
        """The ports and peers that rules, in their order, allow; `isolated` is for whom the policies of
        namespaces are final.
        """
        by_tier: dict[Tier, list[tuple[Bound, list[tuple[int, int]]]]] = {tier: [] for tier in TIERS}
        for tier, bound, parts in hits:
            by_tier[tier].append((bound, parts))
        undecided = [(self.ports.all, everyone)]
        allowed, passed = self._in_order(by_tier["admin"], undecided)
        final, open_ = take(passed, self.ports.all, isolated)
        allowed += _in_any(final, [part for _, parts in by_tier["namespace"] for part in parts])
        more, left = self._in_order(by_tier["baseline"], open_)
        return [*allowed, *more, *left]

    def _in_order(
        self, rules: Iterable[tuple[Bound, list[tuple[int, int]]]], undecided: list[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """What rules that are asked one after the other allow, and what they leave to the next tier."""
        allowed, passed = [], []
        for bound, parts in rules:
            for ports, peers in parts:
                hit, undecided = take(undecided, ports, peers)
                if bound.rule.action == "allow":
                    allowed += hit
                elif bound.rule.action == "pass":
                    passed += hit
        return allowed, [*undecided, *passed]


def _in_any(cells: list[tuple[int, int]], parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of cells is in at least one of some parts."""
    merged = _merged(parts)
    seen, apart = 0, True
    for ports, _ in merged:
        apart = apart and not seen & ports
        seen |= ports
    found = []
    for ports, peers in merged:
        hit, rest = take(cells, ports, peers)
        found += hit
        if not apart:
            cells = rest
    return found


def _merged(parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts with the same ports as one."""
    by_ports: dict[int, int] = {}
    for ports, peers in parts:
        by_ports[ports] = by_ports.get(ports, 0) | peers
    return list(by_ports.items())


@once
def reach(index: Index) -> Reach:
    """The connectivity of a scan, an `ipBlock` matching no pods."""
    return Reach(index)


@once
def reach_with_pods(index: Index) -> Reach:
    """The same as network plugins see it that match the addresses of pods with an `ipBlock`."""
    return Reach(index, ipblock_pods=True)
