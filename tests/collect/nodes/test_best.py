"""Several accounts of one node."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.collect.nodes.best import best_facts
from scanner.facts.cluster import WholeSource


def facts(node: str, mode: Any, **members: Any) -> Resource:
    body = {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "NodeFacts",
        "metadata": {"name": node},
        "collector": {"mode": mode},
        **members,
    }
    return Resource(body, WholeSource(f"{mode}.yaml"))


CONFIGZ = {"effective": {"maxPods": 110}, "effectiveSource": "configz"}


def test_the_host_knows_most_whatever_the_order() -> None:
    job, none = facts("n1", "job", files=[1]), facts("n1", "none")
    assert best_facts([none, job]) == [job]
    assert best_facts([job, none]) == [job]


def test_nodes_and_other_objects_stay_apart() -> None:
    pod = Resource({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "n1"}}, WholeSource("x"))
    one, two = facts("n1", "none"), facts("n2", "none")
    assert best_facts([one, pod, two]) == [pod, one, two]


def test_what_a_kubelet_says_completes_what_its_host_tells() -> None:
    (joined,) = best_facts(
        [facts("n1", "api", kubelet=CONFIGZ), facts("n1", "job", kubelet={"flags": {"v": "2"}})]
    )
    assert joined.body["collector"]["mode"] == "job"
    assert joined.body["kubelet"] == {"flags": {"v": "2"}, **CONFIGZ}
    assert joined.origin.uri == "job.yaml"


@pytest.mark.parametrize("mode", [None, 5, ["job"]])
def test_a_mode_that_is_none(mode: Any) -> None:
    good = facts("n1", "job")
    assert best_facts([facts("n1", mode), good]) == [good]
