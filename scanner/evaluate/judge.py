"""Runs rules over everything they judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scanner.catalog.model import Rule
from scanner.evaluate.interface import Engine, EngineLost, Outcome
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
    engine: Engine, rules: Sequence[Rule], index: Index, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Judgement]:
    """Every rule over every unit; `progress` is told how many rules are done.

    When the engine goes away, what it did not judge is an error, never a pass.
    """
    projector = Projector(index)
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Rule]] = defaultdict(list)
    for rule in rules:
        groups[rule.over, rule.kinds, rule.reads].append(rule)
    found: dict[tuple[str, tuple[str, ...]], list[Unit]] = {}
    done = 0
    lost = ""
    for (over, kinds, _), group in groups.items():
        if (over, kinds) not in found:
            found[over, kinds] = units(index, over, kinds)
        inputs, members = projector.distinct(found[over, kinds], group[0])
        said: dict[tuple[int, int], Outcome] = {}
        if not lost:
            try:
                said = {(item, rule): outcome for item, rule, outcome in engine.judge(group, inputs)}
            except EngineLost as error:
                lost = error.message
        for number, rule in enumerate(group):
            for item, alike in enumerate(members):
                outcome = Outcome(error=lost) if lost else said.get((item, number), PASS)
                yield Judgement(rule, alike, outcome)
        done += len(group)
        progress(done)
