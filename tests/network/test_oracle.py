"""What the API's text says of small cases: the slow evaluator keeps to it, and so does the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.network.compared import compare, judged
from tests.network.generate import Object, Question
from tests.network.oracle import Oracle

HERE = Path(__file__).parent
CLUSTER: list[Object] = list(yaml.safe_load_all((HERE / "cluster.yaml").read_text()))
ANSWERS = {"yes": True, "no": False, "unknown": None}
API_VERSIONS = {
    "NetworkPolicy": "networking.k8s.io/v1",
    "AdminNetworkPolicy": "policy.networking.k8s.io/v1alpha1",
    "BaselineAdminNetworkPolicy": "policy.networking.k8s.io/v1alpha1",
    "ClusterNetworkPolicy": "policy.networking.k8s.io/v1alpha2",
}


def _cases() -> Iterator[Any]:
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for case in yaml.safe_load(path.read_text()):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


def _objects(case: dict[str, Any]) -> list[Object]:
    return [*CLUSTER, *(_policy(at, each) for at, each in enumerate(case.get("policies", [])))]


def _policy(number: int, short: dict[str, Any]) -> Object:
    kind = short.get("kind", "NetworkPolicy")
    metadata = {"name": short.get("name", f"policy-{number}")}
    if kind == "NetworkPolicy":
        metadata["namespace"] = short.get("namespace", "shop")
    return {"apiVersion": API_VERSIONS[kind], "kind": kind, "metadata": metadata, "spec": short["spec"]}


def _flows(case: dict[str, Any]) -> Iterator[tuple[Question, bool | None, bool | None]]:
    """Each with the answer by the API's text, and the engine's, which may leave more open."""
    for flow in case["flows"]:
        source, destination, protocol, port, answer, *engine = flow.split()
        yield (
            (source, destination, protocol, int(port)),
            ANSWERS[answer],
            ANSWERS[engine[0] if engine else answer],
        )


@pytest.mark.parametrize("case", list(_cases()))
def test_the_evaluator_keeps_to_the_text(case: dict[str, Any]) -> None:
    oracle = Oracle(_objects(case), case.get("ipblock_pods", False))
    for question, answer, _ in _flows(case):
        assert oracle.can(*question) is answer, question


@pytest.mark.parametrize("case", list(_cases()))
def test_the_engine_keeps_to_the_text(case: dict[str, Any]) -> None:
    ipblock_pods = case.get("ipblock_pods", False)
    flows = list(_flows(case))
    told = judged(_objects(case), [question for question, _, _ in flows], ipblock_pods)
    for (question, _, answer), found in zip(flows, told, strict=True):
        assert found is answer, question
    same = [question for question, answer, engine in flows if answer is engine]
    assert list(compare(_objects(case), same, ipblock_pods)) == []


def test_a_pod_that_has_finished_is_no_pod() -> None:
    with pytest.raises(KeyError, match="bank/done"):
        Oracle(CLUSTER).can("bank/done", "shop/db", "TCP", 80)


def test_an_operator_that_is_none_is_an_error() -> None:
    selector = {"matchExpressions": [{"key": "app", "operator": "Is"}]}
    policy = _policy(0, {"spec": {"podSelector": selector}})
    with pytest.raises(AssertionError, match="Is"):
        Oracle([*CLUSTER, policy]).can("bank/web", "shop/db", "TCP", 80)
