"""Where settings are made in which distribution: `policies/upstream/places.yaml`, which remedies draw on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from scanner.catalog.model import Rule
from scanner.errors import UsageError, nearest

COMPONENTS = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "kube-proxy")


def load_places(path: Path) -> dict[str, dict[str, str]]:
    """Component → distribution → a sentence that says where its settings are made.

    Raises UsageError for a file that is wrong.
    """
    uri = path.name
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{uri}:{line}: {error.problem}", "mend the YAML") from error
    if not isinstance(table, dict):
        raise UsageError(f"{uri}: is no mapping", "map components to distributions")
    for component, places in table.items():
        if component not in COMPONENTS:
            raise UsageError(f"{uri}: unknown component {component!r}", nearest(str(component), COMPONENTS))
        if not isinstance(places, dict) or not all(isinstance(text, str) for text in places.values()):
            raise UsageError(f"{uri}: {component}: is no mapping of distributions to text", "mend it")
    return table


def component_of(rule: Rule) -> str:
    """The component whose settings a rule judges; empty for rules on anything else."""
    if rule.over == "component" and len(rule.kinds) == 1:
        return rule.kinds[0]
    if rule.over == "node" and all(read.startswith("facts.kubelet.") for read in rule.reads):
        return "kubelet"
    return ""


def for_cluster(
    rules: Iterable[Rule], places: Mapping[str, Mapping[str, str]], distribution: str
) -> list[Rule]:
    """The rules, with remedies that say where the settings are made in a cluster of this distribution."""
    found = []
    for rule in rules:
        place = places.get(component_of(rule), {}).get(distribution, "")
        found.append(replace(rule, remediation=f"{rule.remediation} {place}") if place else rule)
    return found
