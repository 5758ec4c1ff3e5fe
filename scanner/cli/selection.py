"""Which rules and frameworks a scan runs, from what the user asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scanner.catalog.catalog import find_framework, find_rule
from scanner.catalog.model import Catalog, Framework, Rule, Severity
from scanner.errors import UsageError, nearest
from scanner.pipeline import LATEST_MINOR

if TYPE_CHECKING:
    from scanner.config import RuleSettings

_VERSION = re.compile(r"v?1\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?")


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules to run and frameworks to report on."""

    catalog: Catalog
    """With the severities that the configuration changes."""
    rules: tuple[Rule, ...]
    frameworks: tuple[Framework, ...]
    parameters: dict[str, dict[str, Any]]


def select(
    catalog: Catalog,
    changes: Mapping[str, RuleSettings],
    frameworks: Sequence[str],
    rules: Sequence[str],
    skip_rules: Sequence[str],
    severity: Severity | None,
    minor: int | None = None,
) -> Selection:
    """Every rule, or those of the frameworks and rules that were named, less those to be skipped.

    A framework that was named without its version is the one that is for Kubernetes 1.`minor`.

    Raises UsageError for a name that is not known, with the nearest one.
    """
    catalog, parameters = _configured(catalog, changes)
    named = [find_framework(catalog, name, minor) for name in frameworks]
    chosen_frameworks = tuple({framework.id: framework for framework in named}.values())
    wanted = {find_rule(catalog, name).name for name in rules}
    if frameworks:
        wanted |= {r for f in chosen_frameworks for control in f.controls for r in control.rules}
    skipped = {find_rule(catalog, name).name for name in skip_rules}
    chosen = [
        rule
        for rule in catalog.rules.values()
        if (not (rules or frameworks) or rule.name in wanted)
        and rule.name not in skipped
        and (severity is None or rule.severity.rank <= severity.rank)
    ]
    if not chosen and not frameworks:
        raise UsageError("no rule is left to run", "name fewer in --skip-rule, or a lower --severity")
    chosen.sort(key=lambda rule: rule.id)
    if not frameworks:
        narrowed = bool(rules or skip_rules or severity)
        names = {rule.name for rule in chosen}
        everything = [framework for framework in catalog.frameworks.values() if not framework.on_request]
        reported = [_decided_by(framework, names) for framework in everything] if narrowed else everything
        chosen_frameworks = tuple(framework for framework in reported if framework.controls)
    return Selection(catalog, tuple(chosen), chosen_frameworks, parameters)


def _decided_by(framework: Framework, rules: set[str]) -> Framework:
    """The framework with the controls alone that the rules decide: nobody asked for the others."""
    decided = [c for c in framework.controls if c.rules and rules.issuperset(c.rules)]
    return replace(framework, controls=tuple(decided))


def _configured(
    catalog: Catalog, changes: Mapping[str, RuleSettings]
) -> tuple[Catalog, dict[str, dict[str, Any]]]:
    rules = dict(catalog.rules)
    parameters: dict[str, dict[str, Any]] = {}
    for name, setting in changes.items():
        rule = find_rule(catalog, name)
        if setting.severity is not None:
            rules[rule.name] = replace(rule, severity=setting.severity)
        for key in setting.parameters:
            if key not in rule.parameters:
                known = ", ".join(rule.parameters) or "none"
                raise UsageError(
                    f"rule {rule.id} has no parameter {key!r}",
                    nearest(key, rule.parameters) or f"it has: {known}",
                )
        parameters[rule.name] = setting.parameters
    return replace(catalog, rules=rules), parameters


def kubernetes_minor(text: str) -> int:
    """The minor version of `latest`, `1.34`, `v1.34.2`.

    Raises UsageError for anything else, and for a version newer than the rules know.
    """
    if text == "latest":
        return LATEST_MINOR
    found = _VERSION.fullmatch(text)
    if found is None:
        raise UsageError(f"{text!r} is no Kubernetes version", "write 1.34, or latest")
    minor = int(found.group(1))
    if minor > LATEST_MINOR:
        raise UsageError(
            f"Kubernetes 1.{minor} is newer than the rules know", f"the newest is 1.{LATEST_MINOR}"
        )
    return minor
