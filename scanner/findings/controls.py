"""Rolls findings up to the controls of frameworks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from scanner.catalog.families import covers
from scanner.catalog.model import Control, Framework, Rule
from scanner.findings.model import Aspect, ControlResult, Finding, Looked, Status

OBSERVED, ADMISSION = "observed", "admission"
"""The two sides of a control; a rule with the tag `admission` is about what would be let in."""
_NEEDS = {
    "node": "decided on the nodes' hosts, which manifests do not show",
    "control-plane": "decided by the control plane's settings, which manifests do not show",
    "cluster": "decided by what runs in a whole cluster, which manifests do not show",
    "provider": "decided by the provider's settings, which Kubernetes does not show",
}

_MOST_REASONS = 3
"""More different reasons than this are counted, not told."""


def controls_of(frameworks: Iterable[Framework], minor: int) -> dict[str, tuple[str, ...]]:
    """Rule name → the controls in force that it decides, as `<framework>/<control>`."""
    found: dict[str, list[str]] = {}
    for framework in frameworks:
        for control in framework.controls:
            if covers(control, minor):
                for rule in control.rules:
                    found.setdefault(rule, []).append(f"{framework.id}/{control.id}")
    return {rule: tuple(controls) for rule, controls in found.items()}


def roll_up(
    frameworks: Sequence[Framework],
    minor: int,
    rules: Mapping[str, Rule],
    idle: Set[str],
    findings: Iterable[Finding],
    looked: Iterable[Looked],
    snapshot: bool,
    asked: bool,
    unread: bool,
    evidence: Mapping[str, str],
) -> list[ControlResult]:
    """The status of every control in force: the worst that its rules say, never a pass by absence.

    `rules` are those that were run; `idle` ones were not, for nothing is known of what they judge. `asked`
    says that the user named the frameworks, and not only has them shown; `unread` that there is input which
    could not be read, so that nothing can be called a pass. `evidence` is what facts tell a person, by name.
    """
    counts: dict[str, Counter[Status]] = {}
    reasons: dict[tuple[str, Status], set[str]] = {}
    for finding in findings:
        counts.setdefault(finding.rule.name, Counter())[finding.status] += 1
        if finding.status in (Status.UNKNOWN, Status.MANUAL):
            reasons.setdefault((finding.rule.name, finding.status), set()).add(finding.message)
    for entry in looked:
        counts.setdefault(entry.rule.name, Counter())[entry.status] += len(entry.resources)
        if entry.status is Status.NOT_APPLICABLE:
            reasons.setdefault((entry.rule.name, entry.status), set()).add(entry.reason)
    return [
        _result(framework, control, rules, idle, counts, reasons, snapshot, asked, unread, evidence)
        for framework in frameworks
        for control in framework.controls
        if covers(control, minor)
    ]


def _result(
    framework: Framework,
    control: Control,
    rules: Mapping[str, Rule],
    idle: Set[str],
    counts: Mapping[str, Counter[Status]],
    reasons: Mapping[tuple[str, Status], set[str]],
    snapshot: bool,
    asked: bool,
    unread: bool,
    evidence: Mapping[str, str],
) -> ControlResult:
    total: Counter[Status] = Counter()
    for name in control.rules:
        total.update(counts.get(name, {}))
    status, reason = _decide(control, rules, total, snapshot, unread)
    said = {message for name in control.rules for message in reasons.get((name, status), ())}
    if status is not Status.MANUAL and total[status] and said:
        causes = {message.partition(" is not known: ")[2] or message for message in said}
        if len(causes) == 1:
            reason = min(said)
        elif len(said) <= _MOST_REASONS:
            reason = "; ".join(sorted(said))
    left_out = any(name not in rules for name in control.rules)
    if left_out and status is not Status.FAIL:
        status, reason = Status.UNKNOWN, "not all of its rules were selected"
        if not idle.isdisjoint(control.rules):
            reason = "no facts of nodes and components were asked for (see --nodes, or name the framework)"
    unasked = left_out or not (asked or control.rules)
    aspects = tuple(_aspects(control, rules, counts, snapshot, unread))
    if status is Status.FAIL and aspects:
        reason = ", ".join(f"{aspect.name}: {aspect.status.value}" for aspect in aspects)
    if status in (Status.MANUAL, Status.PASS):
        reason = " ".join(filter(None, (reason, evidence.get(control.evidence, ""))))
    if status is Status.MANUAL:
        found = {
            message
            for name in control.rules
            for told in (Status.MANUAL, Status.NOT_APPLICABLE)
            for message in reasons.get((name, told), ())
        }
        reason = " ".join(filter(None, (reason, *sorted(found)[:_MOST_REASONS])))
    return ControlResult(framework, control, status, reason, total, unasked, aspects)


def _aspects(
    control: Control,
    rules: Mapping[str, Rule],
    counts: Mapping[str, Counter[Status]],
    snapshot: bool,
    unread: bool,
) -> Iterator[Aspect]:
    """What runs and what would be let in, each by its rules, of a control that has rules for both."""
    known = [name for name in control.rules if name in rules]
    by_admission = [name for name in known if ADMISSION in rules[name].tags]
    observed = [name for name in known if name not in by_admission]
    if not by_admission or not observed:
        return
    for title, names in ((OBSERVED, observed), (ADMISSION, by_admission)):
        total: Counter[Status] = Counter()
        for name in names:
            total.update(counts.get(name, {}))
        yield Aspect(title, *_decide(replace(control, rules=tuple(names)), rules, total, snapshot, unread))


def _decide(
    control: Control, rules: Mapping[str, Rule], total: Counter[Status], snapshot: bool, unread: bool
) -> tuple[Status, str]:
    if total[Status.FAIL]:
        return Status.FAIL, ""
    if control.needs and not total and not snapshot:
        return Status.NOT_APPLICABLE, _NEEDS.get(control.needs, control.needs)
    if total[Status.ERROR]:
        return Status.UNKNOWN, "a rule of this control broke"
    if total[Status.UNKNOWN]:
        return Status.UNKNOWN, f"{total[Status.UNKNOWN]} subjects could not be judged"
    if total[Status.MANUAL]:
        return (
            Status.MANUAL,
            control.procedure or f"{total[Status.MANUAL]} findings are for a person to judge",
        )
    run = [name for name in control.rules if name in rules]
    waiting = [name for name in run if rules[name].snapshot_only and not snapshot]
    if control.assessment == "manual":
        return Status.MANUAL, control.procedure
    if not run:
        return Status.UNKNOWN, ": ".join(filter(None, ("no rule decides it yet", control.procedure)))
    if waiting:
        return (
            Status.NOT_APPLICABLE,
            "judges what is absent, which a part of a cluster's objects cannot show; use --snapshot",
        )
    if unread:
        return Status.UNKNOWN, "no fault was found, but part of the input could not be read"
    if total[Status.PASS]:
        reads = sorted({read for name in run for read in rules[name].reads})
        return Status.PASS, f"{total[Status.PASS]} judgements passed, by {', '.join(reads)}"
    if total[Status.NOT_APPLICABLE]:
        return Status.NOT_APPLICABLE, "applies to none of the objects at hand"
    return Status.NOT_APPLICABLE, "no object of the kinds that it judges"
