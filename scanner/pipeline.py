"""The one place that joins the steps: collect, facts, evaluate, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.catalog.model import Catalog, Framework, Rule
from scanner.collect.interface import Collection, Problem
from scanner.evaluate.interface import Engine
from scanner.evaluate.judge import judge
from scanner.facts.gatekeeper import inventory
from scanner.facts.index import Index
from scanner.findings.build import FindingBuilder
from scanner.findings.controls import controls_of, roll_up
from scanner.findings.model import Finding, ScanResult, Status

LATEST_MINOR = 37
"""The newest Kubernetes minor version that the rules know."""


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What to judge, and how."""

    catalog: Catalog
    rules: Sequence[Rule]
    frameworks: Sequence[Framework]
    kubernetes_minor: int = LATEST_MINOR
    snapshot: bool = False
    """All objects of a cluster are at hand, so that absence means something."""
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Rule name → settings that differ from the rule's defaults."""
    sources: Sequence[str] = ()


def scan(
    plan: ScanPlan,
    collection: Collection,
    engine: Engine,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
) -> ScanResult:
    """Judge what was collected.

    Raises EngineError when the rules do not compile or the engine cannot be reached. `progress` is
    told the step, how much is done and how much there is.
    """
    problems = list(collection.problems)
    runnable = [rule for rule in plan.rules if plan.snapshot or not rule.snapshot_only]
    wanted = any("data.inventory" in module.text for rule in runnable for module in rule.modules)
    stored = inventory(collection.resources) if wanted else {}
    engine.load({"scan": _data(plan), "inventory": stored}, runnable)
    index = Index(collection.resources, plan.snapshot)
    builder = FindingBuilder(controls_of(plan.frameworks, plan.kubernetes_minor))
    for judgement in judge(engine, runnable, index, lambda done: progress("judging", done, len(runnable))):
        builder.add(judgement)
    findings, looked = builder.findings(), builder.looked()
    problems.extend(_broken_rules(findings))
    return ScanResult(
        findings=findings,
        looked=looked,
        controls=roll_up(
            plan.frameworks,
            plan.kubernetes_minor,
            {rule.name: rule for rule in plan.rules},
            findings,
            looked,
            plan.snapshot,
        ),
        problems=problems,
        rules=plan.rules,
        frameworks=plan.frameworks,
        kubernetes_version=f"1.{plan.kubernetes_minor}",
        engine=engine.name,
        snapshot=plan.snapshot,
        objects=len(collection.resources),
        files=collection.files,
        skipped=collection.skipped,
        sources=plan.sources,
    )


def _data(plan: ScanPlan) -> dict[str, Any]:
    parameters = {}
    for rule in plan.catalog.rules.values():
        settings = {name: parameter.default for name, parameter in rule.parameters.items()}
        parameters[rule.name] = settings | plan.parameters.get(rule.name, {})
    return {
        "kubernetes": {"major": 1, "minor": plan.kubernetes_minor},
        "snapshot": plan.snapshot,
        "parameters": parameters,
    }


def _broken_rules(findings: Sequence[Finding]) -> list[Problem]:
    """One problem for each way in which rules broke, with the rules that did."""
    broken: dict[str, list[Rule]] = {}
    for finding in findings:
        if finding.status is Status.ERROR:
            broken.setdefault(finding.message, []).append(finding.rule)
    problems = []
    for message, rules in broken.items():
        names = ", ".join(dict.fromkeys(f"{rule.id} {rule.name}" for rule in rules[:3]))
        others = f" and {len(rules) - 3} more" if len(rules) > 3 else ""
        problems.append(
            Problem(
                "rule-error",
                f"not judged by {names}{others}: {message}",
                rules[0].uri,
                remedy="what these rules judge is unknown; mend the cause and scan again",
            )
        )
    return problems
