"""How suggested policies and those that are there already go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from scanner.facts.network.cells import take
from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import Direction, Policy, Rule
from scanner.facts.network.ports import PortRange
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions
from scanner.fields import field, mapping
from scanner.network.needs import Needs

IsOurs = Callable[[Policy], bool]


def selects_all(policy: Policy) -> bool:
    """Whether it selects every pod that its namespace has or will have."""
    return not mapping(policy.resource.body, "spec", "podSelector")


def _is_same(some: Bound, other: Bound) -> bool:
    """Whether a rule is written like another, of a policy that selects the same pods or more."""
    written = [field(bound.policy.resource.body, *bound.rule.path) for bound in (some, other)]
    return written[0] == written[1] and not some.subject & ~other.subject


class Existing:
    """The rules for some namespaces, with the suggested policies beside those that are there already."""

    def __init__(
        self, reach: Reach, directions: Sequence[Direction], namespaces: Set[str], is_ours: IsOurs
    ) -> None:
        self._reach = reach
        self._ours: dict[Direction, list[Bound]] = {}
        self._others: dict[Direction, list[Bound]] = {}
        for direction in directions:
            bounds = [
                b for b in reach.sides[direction].tiers["namespace"] if b.policy.namespace in namespaces
            ]
            self._ours[direction] = [bound for bound in bounds if is_ours(bound.policy)]
            self._others[direction] = [bound for bound in bounds if not is_ours(bound.policy)]

    def opening_more(self, needs: Sequence[Needs]) -> list[Bound]:
        """Rules that are there already and open more than the suggested ones.

        Ports of which no client was found, and whose clients they already limit, are left to them.
        """
        limited = self._limited(needs)
        return [
            bound
            for direction, bounds in self._others.items()
            for bound in bounds
            if self._leaves(bound, self._ours[direction], limited if direction == "ingress" else {})
        ]

    def spare(self, more: Sequence[Bound]) -> Iterator[tuple[Direction, Policy, Rule]]:
        """Suggested rules that open nothing beyond those of policies that may stay as they are."""
        changing = {bound.policy for bound in more}
        for direction, bounds in self._ours.items():
            staying = [bound for bound in self._others[direction] if bound.policy not in changing]
            for bound in bounds:
                alike = [
                    other for other in staying if selects_all(other.policy) or not selects_all(bound.policy)
                ]
                same = any(_is_same(bound, other) for other in alike)
                # what nothing at hand matches can be compared by its text alone
                if same or (alike and bound.subject and bound.peers and not self._leaves(bound, alike, {})):
                    yield direction, bound.policy, bound.rule

    def _leaves(self, bound: Bound, others: Sequence[Bound], limited: Mapping[int, int]) -> bool:
        """Whether a rule opens what others do not, or cannot be compared."""
        if bound.perhaps or bound.policy.refused:
            return True
        for at in positions(bound.subject):
            ports = ~limited.get(at, 0)
            left = [(bound.ports & ports, bound.peers)]
            left += [(port & ports, bound.peers & groups) for port, groups in bound.named]
            for other in others:
                if other.subject >> at & 1 and not other.policy.refused:
                    _, left = take(left, other.ports_at(at), other.peers)
            if any(ports and peers for ports, peers in left):
                return True
        return False

    def _limited(self, needs: Sequence[Needs]) -> dict[int, int]:
        """Group → its ports of which no client was found, and whose clients policies limit."""
        found: dict[int, int] = {}
        ports = self._reach.ports
        by_workload = {each.workload: each.limited for each in needs if each.limited}
        for group in self._reach.groups.all:
            for workload in {pod.workload for pod in group.pods}:
                for protocol, number in by_workload.get(workload, ()):
                    bit = ports.bit(protocol, number)
                    # else no rule names the port: those that open it open its neighbours as well
                    if list(ports.ranges(bit)) == [PortRange(protocol, number, number)]:
                        found[group.number] = found.get(group.number, 0) | bit
        return found
