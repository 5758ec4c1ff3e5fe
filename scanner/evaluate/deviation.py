"""What of a verdict on deviating pods is their own: what their template has as well is said of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.catalog.model import Rule
from scanner.collect.interface import Path
from scanner.evaluate.interface import Fault, Outcome
from scanner.evaluate.projection import Unit
from scanner.facts.workload import Workload
from scanner.fields import field

_OF_OWNERS = ("workload.", "facts.autoscaling.", "facts.disruption.", "facts.metadata.", "facts.namespaces.")
"""Reads that tell of the object that carries a template, and not of its pods."""


def judges_pods(rule: Rule) -> bool:
    """Whether what a rule finds can differ from pod to pod of one owner."""
    return not any(read.startswith(_OF_OWNERS) for read in rule.reads)


def only_own(outcome: Outcome, unit: Unit, of_base: Outcome) -> Outcome:
    """The outcome of a deviating unit without what its base's outcome says too."""
    if unit.base is None or outcome.error:
        return outcome
    base = unit.base
    return Outcome(
        fail=_beyond(outcome.fail, unit.template, of_base.fail, base),
        unknown=_beyond(outcome.unknown, unit.template, of_base.unknown, base),
    )


def _beyond(
    faults: Sequence[Fault], deviating: Workload, known: Sequence[Fault], base: Workload
) -> Sequence[Fault]:
    if not faults:
        return ()
    said = {_identity(fault, base) for fault in known}
    return [fault for fault in faults if _identity(fault, deviating) not in said]


def _identity(fault: Fault, workload: Workload) -> tuple[Any, ...]:
    """A fault's words and place, where items of lists count by their names, as positions shift."""
    path = tuple(fault.get("path", ()))
    message = str(fault.get("message", ""))
    value = _at(workload, path) if "{value}" in message else None
    return message, str(value), *_named(path, {"spec": workload.spec, "metadata": workload.metadata})


def _at(workload: Workload, path: Path) -> object:
    return field({"spec": workload.spec, "metadata": workload.metadata}, *path)


def _named(path: Path, body: Mapping[str, Any]) -> list[str | int]:
    found: Any = body
    out: list[str | int] = []
    for key in path:
        found = field(found, key)
        name = field(found, "name") if isinstance(key, int) else None
        out.append(name if isinstance(name, str) else key)
    return out
