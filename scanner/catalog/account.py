"""How controls are decided, in words: told from the rules that decide them, so that it stays true."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from scanner.catalog.model import Control, Rule
from scanner.catalog.places import component_of

_CONTROL_PLANE = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd")


class Way(StrEnum):
    """What decides a control."""

    RULES = "rules"
    PARTLY = "rules and a person"
    """Rules find faults; that there is none, only a person can tell."""
    PERSON = "a person"
    NOTHING = "nothing yet"


class Source(StrEnum):
    """Where the facts of a rule come from, by what it costs to get at them."""

    OBJECTS = "objects of the API"
    """What any scan sees: manifests, a snapshot, a cluster."""
    COMPONENTS = "settings of the components"
    """Static Pods, OpenShift's ConfigMaps, k3s' annotations; the files that flags name need the host."""
    KUBELETS = "settings of kubelets"
    """The hosts, or the kubelets' own reports (`--nodes=api`)."""
    HOSTS = "the nodes' hosts"
    """Files and processes, which only a program on the node sees."""


_NEEDED = {
    Source.OBJECTS: "no host",
    Source.COMPONENTS: "no host, but for files that flags name",
    Source.KUBELETS: "kubelets' own reports (`--nodes=api`) or facts of hosts",
    Source.HOSTS: "facts of hosts",
}
_OVER = {"workload": "every pod template", "namespace": "every namespace", "cluster": "the cluster"}
_MANAGED = "a provider runs the control plane and shows none of it"


def way(control: Control) -> Way:
    """What decides a control."""
    if control.rules:
        return Way.PARTLY if control.assessment == "manual" else Way.RULES
    return Way.PERSON if control.assessment == "manual" else Way.NOTHING


def source(rule: Rule) -> Source:
    """Where a rule's facts come from."""
    if component_of(rule) == "kubelet":
        return Source.KUBELETS
    if rule.over == "component":
        return Source.COMPONENTS
    if rule.over == "node":
        return Source.HOSTS
    return Source.OBJECTS


def needed(sources: Iterable[Source]) -> str:
    """What a scan must reach to have all of these, in words."""
    wanted = set(sources)
    return "; ".join(_NEEDED[one] for one in Source if one in wanted)


def judged(rule: Rule) -> str:
    """What one judgement of a rule is about, and what it reads of it."""
    reads = ", ".join(f"`{read}`" for read in rule.reads)
    if rule.over == "component":
        return f"every {' and '.join(rule.kinds) or 'component'}: {reads}"
    if rule.over == "object":
        return f"every {', '.join(rule.kinds) or 'object'}: {reads}"
    if rule.over == "node":
        return f"every node's facts: {reads}"
    return f"{_OVER.get(rule.over, rule.over)}: {reads}"


def undecided(rules: Iterable[Rule]) -> list[str]:
    """When these rules say unknown, not applicable or leave it to a person: a sentence each."""
    rules = list(rules)
    sources = {source(rule) for rule in rules}
    outcomes = {outcome for rule in rules for outcome in rule.outcomes}
    kinds = sorted({kind for rule in rules if rule.over == "component" for kind in rule.kinds})
    found = []
    if Source.OBJECTS in sources:
        found.append("Unknown where objects that it is decided by could not be read.")
    if Source.COMPONENTS in sources:
        found.append(
            f"Unknown where no {' or '.join(kinds)} is found in Pods or facts of nodes, or what it is set to "
            "cannot be told."
        )
    if Source.KUBELETS in sources:
        found.append("Unknown for nodes whose kubelet nobody asked and of whose host no facts are at hand.")
    if Source.HOSTS in sources:
        found.append("Unknown for nodes of whose host no facts are at hand.")
    if any(kind in _CONTROL_PLANE for kind in kinds):
        found.append(f"Not applicable where {_MANAGED}.")
    if any("facts.host_files.by_role" in rule.reads for rule in rules):
        found.append("Not applicable to nodes that have no such file, and do not need one.")
    if "manual" in outcomes:
        found.append("Left to a person where the value is neither plainly wrong nor plainly right.")
    if any(rule.snapshot_only for rule in rules):
        found.append("Not applicable to mere manifests, which cannot show what is absent from a cluster.")
    return found


def why(control: Control, rules: Iterable[Rule]) -> str:
    """Why a control matters: in its own words, else in those of its rules."""
    return control.rationale or " ".join(dict.fromkeys(_sentence(rule.description) for rule in rules))


def remedy(control: Control, rules: Iterable[Rule], distribution: str = "") -> str:
    """How to mend what fails a control: in its own words, else in those of its rules."""
    own = control.remedy(distribution)
    return own or " ".join(dict.fromkeys(_sentence(rule.remediation) for rule in rules))


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
