"""Which findings stand at objects of a cluster, and whose text may be shown for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Resource
from scanner.findings.model import Finding, subject_of


def objects_at(findings: Sequence[Finding], resources: Sequence[Resource]) -> Mapping[str, Resource | None]:
    """Every place in a cluster at which a finding stands → the object whose text has its lines.

    None where findings count lines of several objects, as of pods of one owner that differ; and where a
    secret may stand in the text.
    """
    places = {finding.location.uri for finding in findings}
    about: dict[str, set[str]] = {}
    for finding in findings:
        hidden = finding.rule.area == "secrets"
        about.setdefault(finding.location.uri, set()).add("" if hidden else str(finding.subject))
    found: dict[str, Resource | None] = {}
    for resource in resources:
        if isinstance(resource.origin, ClusterOrigin) and (uri := resource.origin.uri) in places:
            if about[uri] == {str(subject_of(resource))}:
                found[uri] = resource
            else:
                found.setdefault(uri, None)
    return found
