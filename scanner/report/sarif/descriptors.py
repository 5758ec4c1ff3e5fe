"""Rules, bundles of rules and frameworks, described once and referred to by index."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence

from scanner import __version__
from scanner.catalog.account import remedy, why
from scanner.catalog.model import Framework, Rule, Severity
from scanner.fields import text as text_at
from scanner.findings.model import ControlResult, ScanResult, Status
from scanner.report.sarif.model import (
    Component,
    ComponentReference,
    Configuration,
    Descriptor,
    DescriptorReference,
    Message,
    Relationship,
)

TOOL = "kubeassay"
INFORMATION_URI = "https://kubeassay.dev"
LANGUAGE = "en-US"
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
RANKS = {
    Severity.CRITICAL: 95.0,
    Severity.HIGH: 80.0,
    Severity.MEDIUM: 55.0,
    Severity.LOW: 20.0,
    Severity.INFO: 5.0,
}
_SECURITY_SEVERITIES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
_LINK = re.compile(r"https?://[!#-;=?-\[\]_a-z~%]+")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "kubeassay.dev")


def guid(*parts: str) -> str:
    """A UUID (version 5) that is the same in every scan."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts).encode("utf-8", "replace").decode()))


def automation_id(result: ScanResult) -> str:
    """The category, and a `/`: an upload replaces the one before it that has the same.

    A cluster has its own, so that scans of it and of manifests leave each other's alerts alone.
    """
    if result.cluster is None:
        return f"{TOOL}/manifests/"
    name = text_at(result.cluster, "metadata", "name")
    return f"{TOOL}/cluster-{re.sub(r'[^A-Za-z0-9._-]+', '-', name).strip('-') or 'unnamed'}/"


def driver() -> Component:
    """The tool itself, without its rules."""
    return Component(
        TOOL,
        guid=guid("tool"),
        full_name=f"{TOOL} {__version__}",
        version=__version__,
        semantic_version=__version__,
        information_uri=INFORMATION_URI,
        short_description=Message("Policy-as-code compliance scanner for Kubernetes."),
        language=LANGUAGE,
        contents=["localizedData", "nonLocalizedData"],
    )


class NotificationKinds:
    """The kinds of notifications that a scan gives, each described when it is first used."""

    def __init__(self) -> None:
        self.described: list[Descriptor] = []
        self._known: dict[str, DescriptorReference] = {}

    def reference(self, code: str) -> DescriptorReference:
        """The reference to one kind."""
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = DescriptorReference(code, len(self.described))
            text = Message(f"{code.replace('-', ' ').capitalize()}.")
            self.described.append(
                Descriptor(
                    code,
                    guid("notification", code),
                    short_description=text,
                    full_description=text,
                    help=text,
                )
            )
        return known


class Descriptors:
    """Everything of a result that others refer to, with the references."""

    def __init__(self, result: ScanResult) -> None:
        self._distribution = result.distribution
        self.controls: dict[str, list[ControlResult]] = {}
        """Rule name → the controls that it serves."""
        for control in result.controls:
            for name in control.control.rules:
                self.controls.setdefault(name, []).append(control)
        self.taxonomies = [
            _taxonomy(
                framework,
                [c for c in result.controls if c.framework.id == framework.id],
                result,
            )
            for framework in result.frameworks
        ]
        self.taxa = {
            f"{taxonomy.name}/{taxon.id}": DescriptorReference(
                taxon.id, position, ComponentReference(taxonomy.name, index, taxonomy.guid)
            )
            for index, taxonomy in enumerate(self.taxonomies)
            for position, taxon in enumerate(taxonomy.taxa)
        }
        self.kinds = NotificationKinds()
        self.driver = driver()
        self.driver.notifications = self.kinds.described
        self.driver.supported_taxonomies = [
            ComponentReference(taxonomy.name, index, taxonomy.guid)
            for index, taxonomy in enumerate(self.taxonomies)
        ]
        self.extensions: list[Component] = []
        self.rules: dict[str, DescriptorReference] = {}
        """Rule name → the reference to its description."""
        for rule in result.rules:
            self._add_rule(rule)
        for control in result.controls:
            if control.status is Status.MANUAL:
                self._add_manual(control)

    def _add_rule(self, rule: Rule) -> None:
        component, reference = self.driver, None
        if rule.bundle != TOOL:
            component, reference = self._extension(rule.bundle)
        self.rules[rule.name] = DescriptorReference(rule.id, len(component.rules), reference)
        descriptor = describe(rule, self.controls.get(rule.name, ()))
        descriptor.guid = guid("rule", rule.bundle, rule.name)
        descriptor.relationships = [
            Relationship(self.taxa[control_name(control)], ["relevant"])
            for control in self.controls.get(rule.name, ())
        ]
        component.rules.append(descriptor)

    def _extension(self, bundle: str) -> tuple[Component, ComponentReference]:
        for index, extension in enumerate(self.extensions):
            if extension.name == bundle:
                return extension, ComponentReference(bundle, index, extension.guid)
        extension = Component(
            bundle,
            guid=guid("bundle", bundle),
            language=LANGUAGE,
            contents=["localizedData", "nonLocalizedData"],
        )
        self.extensions.append(extension)
        return extension, ComponentReference(bundle, len(self.extensions) - 1, extension.guid)

    def _add_manual(self, result: ControlResult) -> None:
        name, control = control_name(result), result.control
        self.rules[name] = DescriptorReference(name, len(self.driver.rules))
        self.driver.rules.append(
            Descriptor(
                name,
                guid("control", name),
                short_description=Message(control.title),
                full_description=Message(control.rationale or control.title),
                help=Message(_join(control.procedure, control.remedy(self._distribution)) or control.title),
                help_uri=_link(result.framework.url),
                default_configuration=Configuration("none"),
                relationships=[Relationship(self.taxa[name], ["equal"])],
            )
        )


def describe(rule: Rule, controls: Sequence[ControlResult]) -> Descriptor:
    """A rule with its help, as people read it."""
    level = LEVELS[rule.severity]
    text, markdown = _help(rule, controls)
    properties = {
        "name": rule.name,
        "severity": rule.severity.value,
        "tags": _tags(rule, controls),
        "precision": "high",
        "problem.severity": _PROBLEM_SEVERITIES[level],
        "reads": rule.reads,
    }
    if rule.severity in _SECURITY_SEVERITIES:
        properties["security-severity"] = _SECURITY_SEVERITIES[rule.severity]
    return Descriptor(
        rule.id,
        name=pascal(rule.name),
        short_description=Message(sentence(rule.title)),
        full_description=Message(sentence(rule.description)),
        help=Message(text, markdown),
        help_uri=next(filter(None, map(_link, rule.references)), None),
        default_configuration=Configuration(level, RANKS[rule.severity]),
        properties=properties,
    )


def control_name(result: ControlResult) -> str:
    """`<framework>/<control>`, as findings name it."""
    return f"{result.framework.id}/{result.control.id}"


def pascal(name: str) -> str:
    """`WorkloadHostIpc` for `workload.host_ipc`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W|_", name))


def sentence(text: str) -> str:
    """The text with a full stop, as the standard wants messages."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _link(text: str) -> str | None:
    """The text where it is a link; users may refer to whatever they like."""
    return text if _LINK.fullmatch(text) else None


def _taxonomy(framework: Framework, controls: Iterable[ControlResult], scan: ScanResult) -> Component:
    rules = {rule.name: rule for rule in scan.rules}
    return Component(
        framework.id,
        guid=guid("framework", framework.id),
        full_name=framework.title,
        version=framework.version,
        information_uri=_link(framework.url),
        short_description=Message(sentence(framework.title)),
        language=LANGUAGE,
        contents=["localizedData", "nonLocalizedData"],
        taxa=[_taxon(result, rules, scan.distribution) for result in controls],
    )


def _taxon(result: ControlResult, rules: Mapping[str, Rule], distribution: str) -> Descriptor:
    control = result.control
    own = [rules[name] for name in control.rules if name in rules]
    text = _join(control.procedure, remedy(control, own, distribution))
    reason = why(control, own)
    facts = {
        "assessment": control.stated or control.assessment,
        "level": control.level,
        "needs": control.needs,
        "status": result.status.value,
        "reason": result.reason,
    }
    return Descriptor(
        control.id,
        guid("control", control_name(result)),
        short_description=Message(sentence(control.title)),
        full_description=Message(sentence(reason)) if reason else None,
        help=Message(text) if text else None,
        properties={name: fact for name, fact in facts.items() if fact},
    )


def _tags(rule: Rule, controls: Sequence[ControlResult]) -> list[str]:
    own = () if rule.severity is Severity.INFO else ("security",)
    return list(dict.fromkeys((*own, "kubernetes", rule.area, *rule.tags, *map(control_name, controls))))


def _help(rule: Rule, controls: Sequence[ControlResult]) -> tuple[str, str]:
    served = [
        (f"{result.framework.title} {result.control.id}: {result.control.title}", result.framework.url)
        for result in controls
    ]
    reads = ", ".join(rule.reads)
    text = [f"Why: {rule.description}", f"Remedy: {rule.remediation}"]
    markdown = [f"**Why:** {rule.description}", f"**Remedy:** {rule.remediation}"]
    if served:
        text.append("\n".join(["Controls:", *(f"- {control}" for control, _ in served)]))
        linked = (f"- [{control}]({url})" if url else f"- {control}" for control, url in served)
        markdown.append("\n".join(["**Controls:**\n", *linked]))
    text.append(f"Looks at: {reads}")
    markdown.append(f"**Looks at:** {', '.join(f'`{read}`' for read in rule.reads)}")
    if rule.references:
        text.append("\n".join(["See:", *(f"- {reference}" for reference in rule.references)]))
        markdown.append("\n".join(["**See:**\n", *(f"- <{reference}>" for reference in rule.references)]))
    return "\n\n".join(text), "\n\n".join(markdown)


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
