"""What kubelets say of themselves through the API server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanner.collect.interface import Collection
from scanner.collect.nodes.api import ApiNodes
from tests.collect.nodes.conftest import Connect
from tests.fakes.kube_jobs import JobApi, node

CONFIG = {"readOnlyPort": 0, "authentication": {"anonymous": {"enabled": False}}}


@pytest.fixture
def api() -> Iterator[JobApi]:
    with JobApi([node("n1"), node("n2")], version="v1.36.0") as server:
        server.configz = {"n1": CONFIG, "n2": {"staticPodURLHeader": {"Authorization": ["SECRETHEADER"]}}}
        yield server


def asked(api: JobApi) -> list[str]:
    return [path for path in api.paths() if "/nodes/" in path]


def collect(api: JobApi, connected: Connect) -> Collection:
    return ApiNodes(connected(api), parallel=1).collect()


def test_configuration_that_kubelets_run_with(api: JobApi, connected: Connect) -> None:
    collection = collect(api, connected)
    assert collection.problems == []
    facts = collection.resources[0].body
    assert facts["kubelet"]["effective"] == CONFIG
    assert facts["kubelet"]["effectiveSource"] == "configz"
    assert facts["collector"]["mode"] == "api"
    assert {each["status"] for each in facts["files"]} == {"not_collected"}
    assert "SECRETHEADER" not in str(collection.resources[1].body)
    assert api.writes() == []


def test_flags_that_kubelets_show(api: JobApi, connected: Connect) -> None:
    api.flagz["n1"] = {"hostname-override": "", "v": "2", "bootstrap-token": "SECRETTOKEN"}
    first, second = (each.body for each in collect(api, connected).resources)
    [kubelet] = first["processes"]
    assert (kubelet["component"], kubelet["source"]) == ("kubelet", "flagz")
    assert kubelet["argv"] == ["kubelet", "--hostname-override=", "--v=2", "--bootstrap-token=REDACTED"]
    assert second["processes"] == []
    [request] = [each for each in api.requests if each.path == "/api/v1/nodes/n1/proxy/flagz"]
    assert "as=Flagz" in request.headers["accept"]


def test_an_older_kubelet_is_not_asked_for_flags(connected: Connect) -> None:
    with JobApi([node("n1")], version="v1.34.1") as api:
        api.configz = {"n1": CONFIG}
        collection = collect(api, connected)
    assert asked(api) == ["/api/v1/nodes/n1/proxy/configz"]
    assert collection.resources[0].body["kubelet"]["effective"] == CONFIG


def test_what_is_forbidden_is_one_problem_for_all_nodes(api: JobApi, connected: Connect) -> None:
    api.forbid("nodes/proxy")
    collection = collect(api, connected)
    assert collection.resources == []
    [problem] = collection.problems
    assert "of 2 nodes is not known (n1, n2): 403: nodes/proxy is forbidden" in problem.message
    assert "--nodes=job" in problem.remedy


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"kubeletconfig": []}', b"null", b"\xff"])
def test_a_kubelet_that_answers_nonsense(api: JobApi, connected: Connect, body: bytes) -> None:
    api.fault("/api/v1/nodes/n1/*", body=body)
    collection = collect(api, connected)
    assert [each.name for each in collection.resources] == ["n2"]
    assert "the kubelet's answer is no configuration" in collection.problems[0].message


def test_nodes_that_may_not_be_listed(api: JobApi, connected: Connect) -> None:
    api.forbid("nodes")
    [problem] = collect(api, connected).problems
    assert problem.message.startswith("the nodes cannot be listed: 403")


def test_pages_of_nodes(connected: Connect) -> None:
    with JobApi([node(f"n{number}") for number in range(450)], version="v1.36.0") as api:
        api.configz = {f"n{number}": CONFIG for number in range(450)}
        assert len(ApiNodes(connected(api), parallel=4).collect().resources) == 450
