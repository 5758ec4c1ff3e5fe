"""One question: may this reach that on this port, and which rule decides it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scanner.facts.network.compile import Bound
from scanner.facts.network.foreign import foreign_to
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Address, Pod, node_addresses
from scanner.facts.network.policies import Action, Direction, Policy, Rule, Tier
from scanner.facts.network.reach import Reach

_DOMAINS_IN: tuple[tuple[Action, ...], ...] = (("allow",), ("deny", "pass"))
"""The rules whose domain names are taken to stand for an address: what opens most, and what closes most."""

End = Pod | Address
"""A pod, or an address; the address of a pod is that pod."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the policies of one end say."""

    direction: Direction
    allowed: bool | None
    """None where it cannot be told."""
    tier: Tier | None
    """The tier that decides; None where no policy does."""
    because: tuple[str, ...]
    """The rules that decide, as `NetworkPolicy/shop/web#ingress[0]`, or words where none does."""
    rules: tuple[tuple[Policy, Rule | None], ...] = ()
    """The same, to be found in the policies; a policy alone where it isolates and no rule of it allows."""
    subject: bool = True
    """The end is a pod that policies can select."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a connection is let through."""

    allowed: bool | None
    """None where it cannot be told."""
    steps: tuple[Step, ...]
    """Egress of the source and ingress of the destination; none where policies have no say."""
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """One end of a question: a group's bit, or a block's."""

    pod: Pod | None
    group: Group | None
    bit: int
    version: int
    """4 or 6 where it can speak no other; else 0."""


class Judge:
    """Answers questions about single connections."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    @cached_property
    def _by_address(self) -> dict[Address, Pod]:
        return {
            address: pod
            for pod in reversed(self._reach.pods)
            if not pod.host_network
            for address in pod.addresses
        }

    @cached_property
    def _node_of(self) -> dict[Address, str]:
        nodes = self._reach.index.by_kind.get("Node", ())
        return {address: node.name for node in nodes for address in node_addresses(node)}

    def verdict(self, source: End, destination: End, protocol: str, port: int) -> Verdict:
        """Whether the source may reach a port of a protocol (TCP, UDP or SCTP) of the destination."""
        source, source_address = self._end(source)
        destination, destination_address = self._end(destination)
        if why := self._exempt(source, destination):
            return Verdict(True, (), (why,))
        bit = self._reach.ports.bit(protocol, port)
        verdicts = [
            self._one(one, other, bit)
            for one in self._questions(source, source_address)
            for other in self._questions(destination, destination_address)
            if not one.version or not other.version or one.version == other.version
        ]
        for wanted in (True, None):
            for verdict in verdicts:
                if verdict.allowed is wanted:
                    return verdict
        return verdicts[0] if verdicts else Verdict(False, (), ("they have no IP version in common",))

    def _end(self, end: End) -> tuple[End, Address | None]:
        if isinstance(end, Pod):
            return end, None
        return self._by_address.get(end, end), end

    def _exempt(self, source: End, destination: End) -> str:
        """Why policies have no say, if they have none; two pods of one template are asked as others are."""
        if source is destination and isinstance(source, Pod) and source.live:
            return "a pod always reaches itself"
        one, other = self._node(source), self._node(destination)
        if one and one == other and (self._is_node(source) or self._is_node(destination)):
            return "traffic between a pod and its own node cannot be blocked"
        return ""

    def _node(self, end: End) -> str:
        return end.node if isinstance(end, Pod) else self._node_of.get(end, "")

    def _is_node(self, end: End) -> bool:
        return end.host_network if isinstance(end, Pod) else True

    def _questions(self, end: End, address: Address | None) -> Iterator[_Question]:
        if not isinstance(end, Pod):
            position = self._reach.first_block + self._reach.space.position(end)
            yield _Question(None, None, 1 << position, end.version)
            return
        one_of_two = address is not None and len({each.version for each in end.addresses}) > 1
        for group in self._reach.groups.of_pod[id(end)]:
            if address is None or group.version in (0, address.version):
                version = address.version if address and one_of_two else group.version
                yield _Question(end, group, 1 << group.number, version)

    def _one(self, source: _Question, destination: _Question, port: int) -> Verdict:
        steps = (
            self._step("egress", source, destination, destination, port),
            self._step("ingress", destination, source, destination, port),
        )
        answers = [step.allowed for step in steps]
        allowed = False if False in answers else None if None in answers else True
        telling = [step for step in steps if step.allowed is allowed] if allowed is not True else steps
        return Verdict(allowed, steps, tuple(why for step in telling for why in step.because))

    def _step(
        self, direction: Direction, subject: _Question, peer: _Question, destination: _Question, port: int
    ) -> Step:
        if subject.group is None:
            return Step(
                direction, True, None, ("no policy selects addresses outside of the cluster",), subject=False
            )
        if subject.group.host:
            return Step(
                direction, True, None, ("no policy selects pods of the host's network",), subject=False
            )
        step = self._told(direction, subject.bit, peer.bit, destination, port, refused=True)
        doubtful = self._reach.doubtful(direction, subject.bit)
        if doubtful:
            other = self._told(direction, subject.bit, peer.bit, destination, port, refused=False)
            known = all(
                not policy.contested and self._reach.selected(policy) & subject.bit for policy in doubtful
            )
            if other.allowed is not step.allowed or not known:
                why = tuple(policy.doubt for policy in doubtful)
                return Step(direction, None, None, why, tuple((policy, None) for policy in doubtful))
        return self._with_foreign(subject.pod, step)

    def _with_foreign(self, pod: Pod | None, step: Step) -> Step:
        """The step as it is left by policies of plugins' own kinds, which may turn it round."""
        if pod is None or step.allowed is None:
            return step
        by_rule, allowed = step.tier == "namespace", step.allowed
        why = tuple(
            each.doubt(more=not allowed, less=allowed)
            for each in foreign_to(self._reach.index, pod)
            if each.changes(step.direction, allowed, by_rule)
        )
        return replace(step, allowed=None, because=why, rules=()) if why else step

    def _told(
        self,
        direction: Direction,
        subject: int,
        peer: int,
        destination: _Question,
        port: int,
        refused: bool,
    ) -> Step:
        """What the policies say, whether or not domain names stand for the peer's address."""
        step, *others = (
            self._decided(direction, subject, peer, destination, port, refused, actions)
            for actions in ((), *(_DOMAINS_IN if peer & self._of_domains else ()))
        )
        for other in others:
            if other.allowed is not step.allowed:
                return Step(direction, None, other.tier, other.because, other.rules)
        return step

    @cached_property
    def _of_domains(self) -> int:
        """The peers that domain names may stand for."""
        found = 0
        for side in self._reach.sides.values():
            for bound in (*side.tiers["admin"], *side.tiers["baseline"]):
                found |= bound.perhaps
        return found

    def _decided(
        self,
        direction: Direction,
        subject: int,
        peer: int,
        destination: _Question,
        port: int,
        refused: bool,
        domains_in: tuple[Action, ...],
    ) -> Step:
        """What the policies say, with or without those that the API server would refuse; domain names stand
        for the peer in rules of some actions.
        """
        side = self._reach.sides[direction]

        def matching(tier: Tier) -> Iterator[Bound]:
            for bound in side.tiers[tier]:
                if not bound.subject & subject or (bound.policy.refused and not refused):
                    continue
                at = destination.group.number if destination.group else None
                ports = bound.ports if at is None else bound.ports_at(at)
                peers = bound.peers | (bound.perhaps if bound.rule.action in domains_in else 0)
                if ports & port and peers & peer:
                    yield bound

        found = _first(direction, "admin", matching("admin"))
        if found is not None:
            return found
        isolating = [
            policy
            for selected, policy in side.isolating
            if selected & subject and (refused or not policy.refused)
        ]
        if isolating:
            opening = list(matching("namespace"))
            if opening:
                return _step(direction, True, "namespace", opening)
            why = tuple(f"{policy} selects it, and no rule allows this" for policy in isolating)
            return Step(direction, False, "namespace", why, tuple((policy, None) for policy in isolating))
        found = _first(direction, "baseline", matching("baseline"))
        if found is not None:
            return found
        return Step(direction, True, None, (f"no policy isolates it for {direction}",))


def _first(direction: Direction, tier: Tier, matching: Iterator[Bound]) -> Step | None:
    """What the first rule that matches decides; None where it passes on, or none does."""
    bound = next(matching, None)
    if bound is None:
        return None
    rivals = _rivals(bound, matching)
    if rivals:
        return _step(direction, None, tier, [bound, *rivals])
    if bound.rule.action == "pass":
        return None
    return _step(direction, bound.rule.action == "allow", tier, [bound])


def _rivals(first: Bound, matching: Iterator[Bound]) -> list[Bound]:
    """First matching rules of other policies with the same priority that would decide otherwise."""
    found: dict[int, Bound] = {}
    for bound in matching:
        if bound.policy.priority != first.policy.priority:
            break
        if bound.policy is not first.policy:
            found.setdefault(id(bound.policy), bound)
    return [bound for bound in found.values() if bound.rule.action != first.rule.action]


def _step(direction: Direction, allowed: bool | None, tier: Tier, bounds: Sequence[Bound]) -> Step:
    return Step(
        direction,
        allowed,
        tier,
        tuple(bound.policy.named(bound.rule) for bound in bounds),
        tuple((bound.policy, bound.rule) for bound in bounds),
    )
