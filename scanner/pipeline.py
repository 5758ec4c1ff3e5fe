"""The one place that joins the steps: collect, facts, evaluate, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scanner import parallel
from scanner.catalog.families import fitting, judged_otherwise
from scanner.catalog.model import Catalog, Framework, Rule
from scanner.catalog.places import for_cluster
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Collection, Origin, Problem, Resource
from scanner.collect.manifests import DocumentOrigin, ItemOrigin
from scanner.collect.match.origin import SourceOrigin
from scanner.evaluate import absent
from scanner.evaluate.interface import Engine
from scanner.evaluate.judge import Judgement, judge
from scanner.evaluate.projection import Unit, fact
from scanner.facts import holders
from scanner.facts.cluster import minor_of, stand_in
from scanner.facts.gatekeeper import inventory
from scanner.facts.index import CLUSTER_FACTS, OWN_GROUP, Index
from scanner.facts.index import LATEST_MINOR as LATEST_MINOR
from scanner.facts.platform import platform
from scanner.findings.build import FindingBuilder
from scanner.findings.controls import controls_of, roll_up
from scanner.findings.fit import misfits
from scanner.findings.live import objects_at
from scanner.findings.model import Finding, Looked, ScanResult, Status

_WORTH_SHARING = 400
_PLAIN = (DocumentOrigin, ItemOrigin, ClusterOrigin)
_LIVE = (ClusterOrigin, SourceOrigin)
_OTHERWISE = ("cluster-", "source-")
"""Problems after which it is known which objects were not judged: by kind, or none of them."""


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What to judge, and how."""

    catalog: Catalog
    rules: Sequence[Rule]
    frameworks: Sequence[Framework]
    kubernetes_minor: int = LATEST_MINOR
    frameworks_asked: bool = True
    """The frameworks were named by the user: a control that cannot be decided is missing. Else those of
    them are taken that fit the cluster.
    """
    snapshot: bool = False
    """All objects of a cluster are at hand, so that absence means something."""
    rules_asked: bool = True
    """The rules or frameworks were named by the user: a rule on parts of Kubernetes that nothing is known of
    is unknown; else it is passed over.
    """
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
    index = Index(_with_cluster(plan, collection.resources), plan.snapshot, plan.kubernetes_minor)
    known = platform(index)
    distribution = known.name if known is not None else ""
    plan = _for_cluster(plan, distribution)
    runnable = [rule for rule in plan.rules if plan.snapshot or not rule.snapshot_only]
    wanted = any("data.inventory" in module.text for rule in runnable for module in rule.modules)
    stored = inventory(collection.resources) if wanted else {}
    runnable, said = absent.split(index, runnable)
    engine.load({"scan": _data(plan), "inventory": stored}, runnable)
    builder = _judged(plan, runnable, said, index, engine, progress)
    findings, looked = builder.findings(), builder.looked()
    idle = frozenset() if plan.rules_asked else _idle(index, findings, looked)
    if idle:
        findings = [finding for finding in findings if finding.rule.name not in idle]
        collection.skip("rules on parts of Kubernetes that nothing is known of (see --nodes)", len(idle))
    problems.extend(_broken_rules(findings))
    return ScanResult(
        findings=findings,
        looked=looked,
        controls=roll_up(
            plan.frameworks,
            plan.kubernetes_minor,
            {rule.name: rule for rule in plan.rules if rule.name not in idle},
            idle,
            findings,
            looked,
            plan.snapshot,
            plan.frameworks_asked,
            unread=any(not problem.code.startswith(_OTHERWISE) for problem in collection.problems),
            evidence=_evidence(index, plan.frameworks),
        ),
        problems=problems,
        rules=plan.rules,
        frameworks=plan.frameworks,
        notes=misfits(plan.frameworks, minor_of(index), distribution) if plan.frameworks_asked else [],
        distribution=distribution,
        kubernetes_version=f"1.{plan.kubernetes_minor}",
        engine=engine.name,
        snapshot=plan.snapshot,
        objects=sum(resource.group != OWN_GROUP for resource in collection.resources),
        files=collection.files,
        skipped=collection.skipped,
        sources=plan.sources,
        matched=collection.matched,
        live=objects_at(findings, collection.resources),
        cluster=index.cluster.body if index.cluster and index.cluster.body.get("kinds") else None,
    )


def _evidence(index: Index, frameworks: Sequence[Framework]) -> dict[str, str]:
    """What facts tell of the cluster for a person to see, by their names."""
    if index.cluster is None:
        return {}
    names = {control.evidence for framework in frameworks for control in framework.controls}
    cluster = Unit(index.cluster)
    return {name: str(fact(f"facts.{name}")(index, cluster)) for name in names if name}


def _idle(index: Index, findings: Sequence[Finding], looked: Sequence[Looked]) -> frozenset[str]:
    """Rules on parts of Kubernetes of which nothing could be told: nobody asked for those parts.

    What could not be read of a cluster was asked for, and stays unknown.
    """
    over = ("component", "node") if index.unread else ("component", "node", "cluster")
    parts = {f.rule.name for f in findings if f.rule.over in over}
    told = {f.rule.name for f in findings if f.status is not Status.UNKNOWN}
    return frozenset(parts - told - {entry.rule.name for entry in looked if entry.status is Status.PASS})


def _for_cluster(plan: ScanPlan, distribution: str) -> ScanPlan:
    """The plan with remedies for the cluster's distribution and, unless others were asked for, with the
    version of each benchmark that is for this cluster, and the rules that suit it.
    """
    frameworks, rules = plan.frameworks, plan.rules
    if not plan.frameworks_asked:
        frameworks = fitting(frameworks, plan.kubernetes_minor, distribution)
    if not plan.rules_asked:
        otherwise = judged_otherwise(plan.catalog.frameworks.values(), frameworks)
        rules = [rule for rule in rules if rule.name not in otherwise]
    return replace(plan, frameworks=frameworks, rules=for_cluster(rules, plan.catalog.places, distribution))


def _with_cluster(plan: ScanPlan, resources: Sequence[Resource]) -> Sequence[Resource]:
    """The objects, and something that stands for their cluster if they are all of a cluster's."""
    if not plan.snapshot or any(resource.group_kind == CLUSTER_FACTS for resource in resources):
        return resources
    return [*resources, stand_in(plan.sources[0] if plan.sources else "snapshot")]


def _judged(
    plan: ScanPlan,
    rules: Sequence[Rule],
    said: Sequence[Judgement],
    index: Index,
    engine: Engine,
    progress: Callable[[str, int, int], None],
) -> FindingBuilder:
    """All rules over all objects; many objects are shared with a second process."""

    resources = index.resources
    live = any(isinstance(resource.origin, _LIVE) for resource in resources)

    def note(rule: Rule, resource: Resource) -> str:
        named = plan.snapshot and rule.area == "rbac" and not rule.snapshot_only
        return holders.note(index, resource) if named else ""

    def build(share: Callable[[Unit], bool] | None, said: Sequence[Judgement] = said) -> FindingBuilder:
        controls = controls_of(plan.frameworks, plan.kubernetes_minor)
        builder = FindingBuilder(controls, note, live, index.get)
        for judgement in said:
            builder.add(judgement)
        for judgement in judge(
            engine, rules, index, lambda done: progress("judging", done, len(rules)), share
        ):
            builder.add(judgement)
        return builder

    theirs = _second_half(resources) if engine.forkable and parallel.cores() > 1 else frozenset()
    if not theirs:
        return build(None)
    numbers = {id(resource): number for number, resource in enumerate(resources)}

    def others(unit: Unit) -> bool:
        # what is not known of several nodes is said once, so their facts and parts stay together
        together = unit.component is not None or unit.resource.group == OWN_GROUP
        return unit.namespace is None and not together and id(unit.subject) in theirs

    child = parallel.Child(lambda: build(others, ()).packed(numbers))
    try:
        builder = build(lambda unit: not others(unit))
        builder.place()
        builder.unpack(child.result(), resources, {rule.name: rule for rule in rules})
    except parallel.ChildError:
        return build(None)
    finally:
        child.stop()
    return builder


def _second_half(resources: Sequence[Resource]) -> frozenset[int]:
    """Which objects (by `id`) a second process judges: none of few, for a process costs time as well.

    Objects that several sources may share lines of stay together in this one.
    """
    plain = [resource for resource in resources if isinstance(_innermost(resource), _PLAIN)]
    if len(plain) < _WORTH_SHARING:
        return frozenset()
    return frozenset(id(resource) for resource in plain[len(plain) // 2 :])


def _innermost(resource: Resource) -> Origin:
    origin = resource.origin
    return origin.document if isinstance(origin, SourceOrigin) else origin


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
