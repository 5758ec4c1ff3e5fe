"""What a rule must leave open: kinds that could not be read, parts of Kubernetes that nothing tells of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scanner.catalog.model import Rule
from scanner.evaluate.interface import Fault, Outcome
from scanner.evaluate.judge import Judgement
from scanner.evaluate.projection import Unit, units
from scanner.facts import unseen_nodes
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.needs import NEEDS
from scanner.facts.platform import why_not_seen
from scanner.facts.pod_specs import CARRIERS
from scanner.facts.scope import scope_of

_CONSTRAINTS = ".constraints.gatekeeper.sh"
"""The group of kinds that users name themselves."""


def split(index: Index, rules: Sequence[Rule]) -> tuple[list[Rule], list[Judgement]]:
    """The rules that can be judged, and what is to be said of the cluster for want of facts.

    A rule whose facts come from kinds that were not read whole is not judged at all, for it might see faults
    that are none; one whose own kinds were not read whole is judged for those that were.
    """
    cluster = index.cluster
    if cluster is None:
        return list(rules), []
    run: list[Rule] = []
    said: list[Judgement] = []
    for rule in rules:
        outcome = _without_values(index, rule) or _blocked(index, rule)
        if outcome is None:
            run.append(rule)
            outcome = _missed(index, rule)
        if outcome is not None:
            said.append(Judgement(rule, [Unit(cluster)], outcome))
    return run, said


def needs(rules: Sequence[Rule]) -> Callable[[str], bool]:
    """Whether rules judge a kind (`Kind.group`) by name or work facts out from it."""
    kinds = {"Namespace", "Node", "Pod"}
    for rule in rules:
        kinds.update(CARRIERS if rule.over == "workload" else rule.kinds)
        kinds.update(_needed(rule))
    return lambda kind: kind in kinds or kind.endswith(_CONSTRAINTS)


def _needed(rule: Rule) -> list[str]:
    """The kinds that a rule's facts are worked out from."""
    return [kind for read in rule.reads for kind in NEEDS.get(read.removeprefix("facts."), ())]


def _blocked(index: Index, rule: Rule) -> Outcome | None:
    faults = _unread(index, _needed(rule))
    return Outcome(unknown=faults) if faults and units(index, rule) else None


def _missed(index: Index, rule: Rule) -> Outcome | None:
    match rule.over:
        case "component" | "node":
            return _unseen(index, rule, units(index, rule))
        case "workload":
            faults = _unread(index, rule.kinds or tuple(CARRIERS))
        case "namespace":
            faults = _unread(index, ["Namespace"])
        case _:
            faults = _unread(index, rule.kinds)
    return Outcome(unknown=faults) if faults else None


def _without_values(index: Index, rule: Rule) -> Outcome | None:
    kinds = index.metadata_only.intersection(rule.kinds)
    if not kinds or all(read.startswith("metadata.") or read in ("kind", "type") for read in rule.reads):
        return None
    names = ", ".join(sorted(kinds))
    return Outcome(
        not_applicable=[_fault(f"Judges the values of each {names}, which are not read from a cluster")]
    )


def _unseen(index: Index, rule: Rule, units: Sequence[Unit]) -> Outcome | None:
    """For parts of Kubernetes: which of them were not seen, and how to learn of them."""
    scope = scope_of(index)
    if scope is not None and scope.narrows:
        return Outcome(
            not_applicable=[_fault("Only some objects were asked for, not the cluster's own parts")]
        )
    wanted = rule.kinds or ("",) if rule.over == "component" else (NODE_FACTS,)
    unknown: list[Fault] = []
    not_applicable: list[Fault] = []
    for name in wanted:
        seen = [u for u in units if rule.over == "node" or u.component is None or u.component.name == name]
        if rule.over == "node":
            status, reason = unseen_nodes.why_not_seen(index, seen, "control-plane" in rule.tags)
        else:
            status, reason = why_not_seen(index, name, seen)
        if status == "unknown":
            unknown.append(_fault(reason))
        elif status == "not_applicable":
            not_applicable.append(_fault(reason))
    return Outcome(unknown=unknown, not_applicable=not_applicable) if unknown or not_applicable else None


def _unread(index: Index, kinds: Sequence[str]) -> list[Fault]:
    """One fault for each reason, with the kinds that it holds for."""
    reasons: dict[str, list[str]] = {}
    for kind in dict.fromkeys(kinds) if index.unread else ():
        name, _, group = kind.partition(".")
        reason = index.unread.get(kind) or (index.unread.get(f"*.{group}") if group else None)
        if reason:
            reasons.setdefault(reason, []).append(name)
    return [
        _fault(f"Not all objects of the kinds {', '.join(names)} could be read: {reason}")
        for reason, names in reasons.items()
    ]


def _fault(message: str) -> Fault:
    return {"message": message, "path": []}
