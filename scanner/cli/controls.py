"""What there is to say of frameworks and their controls, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from scanner.catalog.account import Way, remedy, undecided, way, why
from scanner.catalog.catalog import find_framework
from scanner.catalog.model import Catalog, Control, Framework, Rule
from scanner.catalog.places import component_of
from scanner.errors import UsageError, nearest
from scanner.findings.fit import versions

_ID_WIDTH = 10


def listing(catalog: Catalog) -> Iterator[str]:
    """Every framework: its controls, what it is written for, its title."""
    for framework in catalog.frameworks.values():
        count = f"{len(framework.controls)} controls"
        window = f" ({versions(framework)})" if framework.since or framework.until else ""
        yield f"{framework.id:<23}{count:<15}{framework.title}{window}"


def details(framework: Framework) -> Iterator[str]:
    """A framework's controls, each with what decides it."""
    yield f"{framework.title} ({framework.id})"
    if framework.since or framework.until:
        yield f"written for {versions(framework)}"
    if framework.distributions:
        yield f"for clusters of {', '.join(framework.distributions)} alone"
    yield framework.url
    yield summary(framework)
    yield ""
    for control in framework.controls:
        yield f"{control.id:<{_indent(framework)}}{control.title}{_marks(control)}"
        for line in textwrap.wrap(_how(control), 100 - _indent(framework), break_on_hyphens=False):
            yield f"{'':<{_indent(framework)}}{click.style(line, dim=True)}"
    yield ""
    yield f"kubeassay explain {framework.id}/{framework.controls[0].id} says more of a control."


def summary(framework: Framework) -> str:
    """How many controls are decided by what."""
    ways = [way(control) for control in framework.controls]
    parts = [f"{ways.count(each)} by {each.value}" for each in Way if each in ways]
    return f"{len(ways)} controls, decided: {', '.join(parts)}"


def _indent(framework: Framework) -> int:
    return max(_ID_WIDTH, *(len(control.id) + 2 for control in framework.controls))


def _marks(control: Control) -> str:
    marks = [mark for mark in (control.level, control.stated and f"{control.stated} in its text") if mark]
    return f"  [{', '.join(marks)}]" if marks else ""


def _how(control: Control) -> str:
    match way(control):
        case Way.RULES:
            return ", ".join(control.rules)
        case Way.PARTLY:
            return f"{', '.join(control.rules)}; that there is no fault, a person has to tell"
        case Way.PERSON:
            return "a person has to tell"
        case Way.NOTHING:
            return "no rule decides it yet"


def find_control(catalog: Catalog, name: str) -> tuple[Framework, Control] | None:
    """A control by `<framework>/<control>`; None where the name does not begin with a framework's.

    Raises UsageError with the nearest number for a control that the framework does not have.
    """
    start, _, number = name.partition("/")
    if not number or not any(start in (f.id, f.family) for f in catalog.frameworks.values()):
        return None
    framework = find_framework(catalog, start)
    for control in framework.controls:
        if control.id == number:
            return framework, control
    numbers = [control.id for control in framework.controls]
    raise UsageError(
        f"{framework.id} has no control {number!r}",
        nearest(number, numbers) or f"see `kubeassay frameworks {framework.id}`",
    )


def explanation(framework: Framework, control: Control, catalog: Catalog) -> str:
    """What there is to say of a control."""
    rules = [catalog.rules[name] for name in control.rules]
    parts = [f"{framework.id}/{control.id}{_marks(control)}", control.title]
    if reason := why(control, rules):
        parts += ["", "Why", _wrap(reason)]
    parts += ["", "Decided by"]
    parts += [f"  {rule.id:<11}{rule.name:<44}  {rule.title}" for rule in rules]
    if way(control) is not Way.RULES:
        parts.append(f"  {_how(control).rpartition('; ')[2]}")
    parts += [_wrap(sentence) for sentence in undecided(rules)]
    if control.procedure:
        parts += ["", "How to find out", _wrap(control.procedure)]
    parts += ["", "Remedy", *map(_wrap, _remedies(framework, control, rules, catalog))]
    if framework.url:
        parts += ["", "See also", f"  {framework.url}"]
    return "\n".join(parts)


def _remedies(framework: Framework, control: Control, rules: list[Rule], catalog: Catalog) -> Iterator[str]:
    """How to mend what fails a control, in each distribution that its framework is written for."""
    own = {name: text for name, text in control.remedies.items() if _is_for(framework, name)}
    yield from (f"{name}: {text}" for name, text in own.items())
    general = remedy(control, rules)
    if general and not (framework.distributions and own):
        yield f"Elsewhere: {general}" if own else general
    for component in dict.fromkeys(map(component_of, rules)) if not (own or control.remediation) else ():
        for name, text in catalog.places.get(component, {}).items():
            if _is_for(framework, name):
                yield text


def _is_for(framework: Framework, distribution: str) -> bool:
    return not framework.distributions or distribution in framework.distributions


def _wrap(text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()), 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
