"""Of a template's annotations, those that choose a security profile are told apart from the rest."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Location, Path, Resource
from scanner.evaluate.projection import Unit
from scanner.facts import profiles
from scanner.facts.index import Index

APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"


class Nowhere:
    uri = "pod.yaml"

    def locate(self, path: Path) -> Location:
        return Location(self.uri)


def annotated(annotations: Any) -> tuple[Index, Unit]:
    body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "api", "annotations": annotations},
        "spec": {"containers": [{"name": "api"}], "ephemeralContainers": [{"name": "debugger"}]},
    }
    resource = Resource(body, Nowhere())
    index = Index([resource], snapshot=False)
    return index, Unit(resource, index.workloads[0])


def test_apparmor_has_every_container_named() -> None:
    chosen = {f"{APPARMOR}api": "unconfined", f"{APPARMOR}gone": "runtime/default"}
    found = profiles.apparmor(*annotated({**chosen, SECCOMP_POD: "unconfined", "checksum/config": "1"}))
    assert found == chosen


def test_seccomp_has_the_pod_and_its_own_containers() -> None:
    chosen = {SECCOMP_POD: "unconfined", f"{SECCOMP}api": "", f"{SECCOMP}debugger": "docker/default"}
    found = profiles.seccomp(*annotated({**chosen, f"{SECCOMP}gone": "x", f"{APPARMOR}api": "unconfined"}))
    assert found == chosen


@pytest.mark.parametrize("annotations", [None, "text", [], {f"{APPARMOR}api": None, SECCOMP_POD: 1}])
def test_what_is_no_annotation_is_left_out(annotations: Any) -> None:
    assert profiles.apparmor(*annotated(annotations)) == {}
    assert profiles.seccomp(*annotated(annotations)) == {}
