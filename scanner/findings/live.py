"""Which findings stand at objects of a cluster, and whose text may be shown for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Resource
from scanner.findings.model import Finding, Shown


def objects_at(findings: Sequence[Finding], resources: Sequence[Resource]) -> Mapping[str, Shown | None]:
    """Every place in a cluster at which a finding stands → the object whose text has its lines.

    None where findings count lines of several objects, as of pods of one owner that differ.
    """
    places: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        places[finding.location.uri].append(finding)
    candidates: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.origin, ClusterOrigin) and (uri := resource.origin.uri) in places:
            candidates[uri].append(resource)
    return {uri: _fitting(places[uri], found) for uri, found in candidates.items()}


def _fitting(findings: Sequence[Finding], candidates: Sequence[Resource]) -> Shown | None:
    found = [each for each in candidates if len(candidates) == 1 or _has_all(each, findings)]
    places = [finding.location for finding in findings if finding.rule.area == "secrets"]
    lines = frozenset(line for place in places for line in range(place.line, place.end_line + 1))
    return Shown(found[0], lines) if found else None


def _has_all(resource: Resource, findings: Sequence[Finding]) -> bool:
    """Whether the findings' lines are lines of this object."""
    places = [(resource.origin.locate(finding.path), finding.location) for finding in findings]
    if isinstance(resource.origin, ClusterOrigin):
        resource.origin.release()
    return all((one.line, one.snippet) == (other.line, other.snippet) for one, other in places)
