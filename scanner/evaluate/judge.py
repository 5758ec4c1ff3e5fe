"""Runs rules over everything they judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from scanner.catalog.model import Rule
from scanner.evaluate.deviation import judges_pods, only_own
from scanner.evaluate.interface import Engine, EngineLost, Fault, Outcome
from scanner.evaluate.projection import Projector, Unit, units
from scanner.facts.index import Index

PASS = Outcome()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says of all units that look the same to it."""

    rule: Rule
    units: Sequence[Unit]
    outcome: Outcome


def judge(
    engine: Engine,
    rules: Sequence[Rule],
    index: Index,
    progress: Callable[[int], None] = lambda _: None,
    share: Callable[[Unit], bool] | None = None,
) -> Iterator[Judgement]:
    """Every rule over every unit, or over those in the `share`; `progress` is told how many rules are done.

    When the engine goes away, what it did not judge is an error, never a pass.
    """
    projector = Projector(index)
    groups: dict[Hashable, list[Rule]] = defaultdict(list)
    for rule in rules:
        # every constraint of Gatekeeper has objects and parameters of its own
        own = rule.name if rule.over == "review" else ""
        groups[rule.over, rule.kinds, rule.reads, rule.bundle, own].append(rule)
    found: dict[Hashable, list[Unit]] = {}
    done = 0
    lost = ""
    for group in groups.values():
        first = group[0]
        key = (first.over, first.kinds, first.name if first.over == "review" else "")
        if key not in found:
            everything = units(index, first)
            found[key] = everything if share is None else list(filter(share, everything))
        inputs, members = projector.distinct(found[key], first)
        said: dict[tuple[int, int], Outcome] = {}
        if not lost:
            try:
                said = {(item, rule): outcome for item, rule, outcome in engine.judge(group, inputs)}
            except EngineLost as error:
                lost = error.message
        bases = _bases(members)
        for number, rule in enumerate(group):
            for item, alike in enumerate(members):
                outcome = Outcome(error=lost) if lost else said.get((item, number), PASS)
                if not bases:
                    yield Judgement(rule, alike, normalised(outcome))
                    continue
                plain = [unit for unit in alike if unit.base is None]
                if plain:
                    yield Judgement(rule, plain, normalised(outcome))
                if len(plain) == len(alike) or outcome is PASS or not judges_pods(rule):
                    continue
                for unit in alike:
                    if unit.base is not None:
                        of_base = said.get((bases.get(id(unit.base), -1), number), PASS)
                        left = only_own(normalised(outcome), unit, normalised(of_base))
                        if left.fail or left.unknown or left.error:
                            yield Judgement(rule, [unit], left)
        done += len(group)
        progress(done)


def _bases(members: Sequence[Sequence[Unit]]) -> dict[int, int]:
    """`id` of each template from which judged pods deviate → the number of the input that it is part of."""
    wanted = {id(unit.base) for alike in members for unit in alike if unit.base is not None}
    found = (
        {id(unit.workload): item for item, alike in enumerate(members) for unit in alike} if wanted else {}
    )
    return {base: found.get(base, -1) for base in wanted}


def normalised(outcome: Outcome) -> Outcome:
    """The outcome with every fault as an object: conftest and Gatekeeper yield texts and `msg`."""
    if outcome is PASS or outcome.error:
        return outcome
    try:
        return Outcome(
            fail=[_fault(fault) for fault in outcome.fail],
            unknown=[_fault(fault) for fault in outcome.unknown],
            manual=[_fault(fault) for fault in outcome.manual],
            not_applicable=[_fault(fault) for fault in outcome.not_applicable],
        )
    except ValueError as error:
        return Outcome(error=str(error))


def _fault(fault: object) -> Fault:
    if isinstance(fault, str):
        return {"message": fault}
    if isinstance(fault, dict):
        message = fault.get("message", fault.get("msg"))
        path = fault.get("path", [])
        if isinstance(message, str) and isinstance(path, list):
            return {**fault, "message": message, "path": path}
    raise ValueError(f"the rule yields {fault!r:.100}, and not an object with a message and a path")
