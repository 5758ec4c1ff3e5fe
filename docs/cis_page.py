"""The account of the CIS benchmarks in docs/cis.md, made from the frameworks and rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.catalog.account import Way, judged, needed, remedy, source, undecided, way, why
from scanner.catalog.model import Catalog, Control, Framework
from scanner.findings.fit import versions

FULL = "cis-kubernetes-1.12"
"""The benchmark that is told in full; the others are told by what differs."""
FAMILY = "cis-"
_NOT_DECIDED = {
    "provider": "the provider's interface tells it, Kubernetes does not",
    "node": "it lies on the nodes' hosts, where no rule looks for it",
    "control-plane": "it lies in settings that no rule reads",
    "cluster": "it is a matter of judgement",
    "": "it is a matter of judgement",
}
_INTRODUCTION = f"""# The CIS benchmarks

Every recommendation of the CIS benchmarks that the scanner knows: what decides it, from which facts, and
where it cannot be decided, why not. `kubeassay scan --framework cis-kubernetes` takes the version for the
cluster's Kubernetes; `kubeassay explain {FULL}/5.2.2` tells what is here of one control.

*Automated* and *manual* are what the benchmark's own text says. Rules decide many a manual one all the
same; where they find a fault that only a person can rule out, it is *rules and a person*. A control is
passed only if something was looked at and nothing was found; what could not be learnt is unknown, with the
reason. Of kubelets and hosts the scanner learns by `kubeassay node collect` or `--nodes=job`; of kubelets
also by `--nodes=api`.

Titles are those of the benchmarks, as kube-bench transcribes them. The rest is in our own words.
"""


def page(catalog: Catalog) -> str:
    """The whole page."""
    lines = [_INTRODUCTION]
    full = catalog.frameworks[FULL]
    others = [f for f in catalog.frameworks.values() if f.id.startswith(FAMILY) and f.id != FULL]
    lines += _contents([full, *others])
    lines += _in_full(full, catalog)
    for framework in others:
        lines += _what_differs(framework, full)
    lines += _places(catalog)
    return "\n".join(lines) + "\n"


def _contents(frameworks: Sequence[Framework]) -> Iterator[str]:
    yield "| benchmark | written for | controls | automated / manual in its text | decided by |"
    yield "| --- | --- | --- | --- | --- |"
    for framework in frameworks:
        clusters = ", ".join(framework.distributions)
        yield (
            f"| [`{framework.id}`](#{_anchor(framework.title)}) | {clusters or versions(framework)} "
            f"| {len(framework.controls)} | {_stated(framework.controls)} "
            f"| {_counted(framework.controls)} |"
        )
    yield ""


def _anchor(title: str) -> str:
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


def _stated(controls: Sequence[Control]) -> str:
    manual = sum(control.stated == "manual" for control in controls)
    return f"{len(controls) - manual} / {manual}"


def _counted(controls: Sequence[Control]) -> str:
    ways = [way(control) for control in controls]
    return ", ".join(f"{each.value} {ways.count(each)}" for each in Way if each in ways)


def _in_full(framework: Framework, catalog: Catalog) -> Iterator[str]:
    yield f"## {framework.title}"
    yield ""
    sections = _sections(framework)
    yield "| section | controls | automated / manual in its text | decided by | needs |"
    yield "| --- | --- | --- | --- | --- |"
    for section, controls in sections.items():
        sources = {source(catalog.rules[rule]) for control in controls for rule in control.rules}
        yield (
            f"| {section} {framework.sections.get(section, '')} | {len(controls)} | {_stated(controls)} "
            f"| {_counted(controls)} | {needed(sources)} |"
        )
    yield ""
    for section, controls in sections.items():
        yield f"### {section} {framework.sections.get(section, '')}"
        yield ""
        for control in controls:
            yield from _control(control, catalog)


def _sections(framework: Framework) -> dict[str, list[Control]]:
    found: dict[str, list[Control]] = {}
    for control in framework.controls:
        found.setdefault(control.id.rpartition(".")[0], []).append(control)
    return found


def _control(control: Control, catalog: Catalog) -> Iterator[str]:
    yield f"#### {control.id} {_text(control.title)}"
    yield ""
    rules = [catalog.rules[name] for name in control.rules]
    level = f"{control.level}, " if control.level else ""
    yield f"- {level}{control.stated or control.assessment} in its text; decided by {way(control).value}"
    if rules:
        yield f"- Needs {needed(map(source, rules))}"
    for rule in rules:
        yield f"- {rule.id} `{rule.name}`: {_text(rule.title)}. Judges {judged(rule)}"
    if reason := why(control, rules):
        yield f"- Why it matters: {_text(reason)}"
    for sentence in undecided(rules):
        yield f"- {sentence}"
    if way(control) is Way.PERSON:
        yield f"- Not decided, for {_NOT_DECIDED.get(control.needs, control.needs)}."
    if way(control) in (Way.PERSON, Way.PARTLY) and control.procedure:
        yield f"- How a person finds out: {_text(control.procedure)}"
    for name, text in control.remedies.items():
        yield f"- Remedy ({name}): {_text(text)}"
    if general := remedy(control, rules):
        yield f"- Remedy: {_text(general)}"
    yield ""


def _places(catalog: Catalog) -> Iterator[str]:
    yield "## Where settings are made"
    yield ""
    yield "Remedies of a scan add what stands here for the cluster's distribution."
    yield ""
    yield "| component | distribution | where |"
    yield "| --- | --- | --- |"
    for component, places in catalog.places.items():
        for distribution, text in places.items():
            yield f"| {component} | {distribution} | {_cell(text)} |"


def _what_differs(framework: Framework, full: Framework) -> Iterator[str]:
    yield f"## {framework.title}"
    yield ""
    theirs = {control.id: control for control in full.controls}
    own = [control for control in framework.controls if not _same(control, theirs.get(control.id))]
    alike = len(framework.controls) - len(own)
    gone = [number for number in theirs if number not in {control.id for control in framework.controls}]
    if alike > len(framework.controls) // 2:
        total = len(framework.controls)
        yield f"{alike} of its {total} recommendations are those of `{full.id}`, decided in the same way."
        if gone:
            yield f"It does not have {', '.join(gone)}."
        if own:
            yield "The others:"
        yield ""
    else:
        own = list(framework.controls)
    if own:
        yield "| control | title | level | in its text | decided by |"
        yield "| --- | --- | --- | --- | --- |"
        for control in own:
            yield (
                f"| {control.id} | {_cell(control.title)} | {control.level} "
                f"| {control.stated or control.assessment} | {_decided(control)} |"
            )
        yield ""


def _same(one: Control, other: Control | None) -> bool:
    return other is not None and (one.title, one.rules, one.assessment) == (
        other.title,
        other.rules,
        other.assessment,
    )


def _decided(control: Control) -> str:
    rules = ", ".join(f"`{rule}`" for rule in control.rules)
    match way(control):
        case Way.RULES:
            return rules
        case Way.PARTLY:
            return f"{rules}; that there is no fault, a person"
        case Way.PERSON:
            return f"a person: {_NOT_DECIDED.get(control.needs, control.needs)}"
        case Way.NOTHING:
            return "nothing yet"


def _text(text: str) -> str:
    """One line, without what Markdown would read as a tag."""
    return " ".join(text.split()).replace("<", "&lt;")


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|").rstrip(".")
