"""A fault whose cause stands in another object is placed there, and stays its subject's finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Location, Path, Resource
from scanner.evaluate.interface import Outcome
from scanner.evaluate.judge import Judgement
from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.findings.build import FindingBuilder
from scanner.findings.model import Finding


@dataclass
class Lines:
    """A file in which every path has a line of its own."""

    uri: str

    def locate(self, path: Path) -> Location:
        return Location(self.uri, line=1 + len(path))


def made(kind: str, name: str, **body: Any) -> Resource:
    version = "networking.k8s.io/v1" if kind == "NetworkPolicy" else "v1"
    metadata = {"name": name, "namespace": "shop"}
    return Resource(
        {"apiVersion": version, "kind": kind, "metadata": metadata, **body}, Lines(f"{name}.yaml")
    )


WEB, POLICY = made("Service", "web"), made("NetworkPolicy", "open", spec={"ingress": [{}]})
OTHER = made("Service", "api")
RULE = next(rule for rule in catalogs.load().rules.values() if rule.over == "object")


def finding(**at: str) -> Finding:
    index = Index([WEB, POLICY], snapshot=True)
    builder = FindingBuilder({}, find=index.get)
    fault = {"message": "open", "path": ["spec", "ingress", 0], **({"at": at} if at else {})}
    builder.add(Judgement(RULE, [Unit(WEB)], Outcome(fail=[fault])))
    (found,) = builder.findings()
    return found


def test_the_place_is_the_causes_and_the_subject_stays() -> None:
    found = finding(kind="NetworkPolicy.networking.k8s.io", namespace="shop", name="open")
    assert (found.location.uri, found.location.line) == ("open.yaml", 4)
    assert str(found.subject) == "Service shop/web"


def test_a_cause_that_is_not_at_hand_leaves_the_finding_at_its_subject() -> None:
    found = finding(kind="NetworkPolicy.networking.k8s.io", namespace="shop", name="gone")
    assert found.location.uri == "web.yaml"


def test_findings_with_other_causes_are_told_apart() -> None:
    caused = finding(kind="NetworkPolicy.networking.k8s.io", namespace="shop", name="open")
    assert caused.fingerprint != finding().fingerprint


def shared(*keys: str, live: bool = False) -> list[Finding]:
    index = Index([WEB, OTHER, POLICY], snapshot=True)
    builder = FindingBuilder({}, live=live, find=index.get)
    at = {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "open"}
    for subject, key in zip((WEB, OTHER), keys, strict=True):
        fault = {"message": "open", "path": ["spec", "ingress", 0], "at": at, "key": key}
        builder.add(Judgement(RULE, [Unit(subject)], Outcome(fail=[fault])))
    return builder.findings()


@pytest.mark.parametrize("live", [True, False])
def test_subjects_with_one_cause_and_key_are_one_finding_of_the_first_by_name(live: bool) -> None:
    (found,) = shared("TCP 80", "TCP 80", live=live)
    assert (found.subject.name, [subject.name for subject in found.also]) == ("api", ["web"])


def test_subjects_with_other_keys_have_findings_of_their_own() -> None:
    found = shared("TCP 80", "TCP 81")
    assert sorted(each.subject.name for each in found) == ["api", "web"]
    assert len({each.fingerprint for each in found}) == 2


@pytest.mark.parametrize("live", [True, False])
def test_what_another_process_found_of_the_same_cause_is_the_same_finding(live: bool) -> None:
    index = Index([WEB, OTHER, POLICY], snapshot=True)
    at = {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "open"}
    fault = {"message": "open", "path": ["spec", "ingress", 0], "at": at, "key": "TCP 80"}
    here, there = (FindingBuilder({}, live=live, find=index.get) for _ in range(2))
    here.add(Judgement(RULE, [Unit(WEB)], Outcome(fail=[fault])))
    there.add(Judgement(RULE, [Unit(OTHER)], Outcome(fail=[fault])))
    here.unpack(there.packed({}), [], {RULE.name: RULE})
    (found,) = here.findings()
    assert (found.subject.name, [subject.name for subject in found.also]) == ("api", ["web"])
