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
    return [path for path in api.paths() if "configz" in path]


def collect(api: JobApi, connected: Connect) -> Collection:
    return ApiNodes(connected(api), parallel=1).collect()


def test_the_narrow_permission_is_used_where_there_is_one(api: JobApi, connected: Connect) -> None:
    collection = collect(api, connected)
    assert collection.problems == []
    assert asked(api) == ["/api/v1/nodes/n1/configz", "/api/v1/nodes/n2/configz"]
    facts = collection.resources[0].body
    assert facts["kubelet"]["effective"] == CONFIG
    assert facts["kubelet"]["effectiveSource"] == "configz"
    assert facts["collector"]["mode"] == "api"
    assert {each["status"] for each in facts["files"]} == {"not_collected"}
    assert "SECRETHEADER" not in str(collection.resources[1].body)
    assert api.writes() == []


def test_an_older_server_is_asked_through_the_proxy(connected: Connect) -> None:
    with JobApi([node("n1")], version="v1.34.1") as api:
        api.configz = {"n1": CONFIG}
        collection = collect(api, connected)
    assert asked(api) == ["/api/v1/nodes/n1/proxy/configz"]
    assert collection.resources[0].body["kubelet"]["effective"] == CONFIG


def test_a_newer_server_without_the_narrow_one(api: JobApi, connected: Connect) -> None:
    api.subresources = {"proxy/configz"}
    collection = collect(api, connected)
    assert collection.problems == []
    assert asked(api)[:2] == ["/api/v1/nodes/n1/configz", "/api/v1/nodes/n1/proxy/configz"]


def test_what_is_forbidden_is_one_problem_for_all_nodes(api: JobApi, connected: Connect) -> None:
    api.forbid("nodes/proxy", "nodes/configz")
    collection = collect(api, connected)
    assert collection.resources == []
    [problem] = collection.problems
    assert "of 2 nodes is not known (n1, n2): 403: nodes/configz is forbidden" in problem.message
    assert "nodes/configz" in problem.remedy


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
