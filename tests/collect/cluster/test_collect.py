"""What a scan of a live cluster brings, and what it says of what it could not read."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.collect.cluster import ClusterOptions, LiveCluster, client, connect, lists, source
from scanner.collect.cluster.discovery import discover
from tests.collect.cluster.conftest import collect, deployment, facts, kind_of, names, namespace, secret
from tests.fakes.kube_api import KubeApi
from tests.fakes.kube_store import KINDS, Kind

DEPLOYMENTS = "/apis/apps/v1/deployments"
WIDGET = Kind("example.com", "v1", "Widget", "widgets", custom=True)


def widget(name: str, **spec: object) -> dict[str, object]:
    return {
        "apiVersion": "example.com/v1",
        "kind": "Widget",
        "metadata": {"name": name, "namespace": "default"},
        "spec": spec,
    }


def fill(api: KubeApi, count: int) -> list[str]:
    wanted = [f"d{number:04}" for number in range(count)]
    for name in wanted:
        api.store.apply(deployment(name))
    return wanted


def test_objects_say_what_they_are_and_where(api: KubeApi, tmp_path: Path) -> None:
    api.store.apply(deployment("web", "prod"))
    collection = collect(api, tmp_path)
    assert collection.problems == []
    [found] = [r for r in collection.resources if r.kind == "Deployment"]
    assert (found.api_version, found.namespace, found.name) == ("apps/v1", "prod", "web")
    assert found.origin.uri == "cluster/test/prod/Deployment.apps/web.yaml"
    assert api.writes() == []


def test_cluster_facts(api: KubeApi, tmp_path: Path) -> None:
    api.version = "v1.34.1+k3s1"
    fill(api, 3)
    asked = ClusterOptions(
        kubeconfig=str(api.kubeconfig(tmp_path / "config")),
        namespaces=("prod",),
        except_namespaces=("dev",),
        selector="app=web",
    )
    moment = datetime(2026, 11, 25, 19, 34, tzinfo=UTC)
    collection = LiveCluster(connect(asked), asked, now=lambda: moment).collect()
    found = facts(collection)
    assert collection.resources[0].body is found
    kinds = found.pop("kinds")
    assert found == {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "ClusterFacts",
        "metadata": {"name": "test"},
        "kubernetesVersion": "1.34.1",
        "gitVersion": "v1.34.1+k3s1",
        "server": api.url,
        "collectedAt": "2026-11-25T19:34:00Z",
        "collector": {"version": found["collector"]["version"], "account": ""},
        "scope": {"namespaces": ["prod"], "exceptNamespaces": ["dev"], "selector": "app=web"},
    }
    assert {
        "group": "apps",
        "version": "v1",
        "kind": "Deployment",
        "resource": "deployments",
        "namespaced": True,
        "status": "ok",
        "reason": "",
        "cause": "",
        "content": "full",
        "count": 3,
        "resourceVersion": str(api.store.revision),
    } in kinds


def test_noise_is_left_out_with_the_reason(api: KubeApi, tmp_path: Path) -> None:
    collection = collect(api, tmp_path)
    excluded = {
        (each["group"], each["kind"]): each["reason"]
        for each in facts(collection)["kinds"]
        if each["status"] == "excluded"
    }
    assert excluded["", "Event"] == excluded["events.k8s.io", "Event"] == "events, no settings"
    assert ("coordination.k8s.io", "Lease") in excluded
    asked = api.paths()
    assert not [path for path in asked if "events" in path or "leases" in path or "reviews" in path]


def test_a_group_and_resource_is_listed_once(api: KubeApi, tmp_path: Path) -> None:
    collect(api, tmp_path)
    autoscalers = [path for path in api.paths() if "horizontalpodautoscalers" in path]
    assert autoscalers == ["/apis/autoscaling/v2/horizontalpodautoscalers"]


def test_what_extensions_serves_again_is_not_listed_twice(tmp_path: Path) -> None:
    again = Kind("extensions", "v1beta1", "Ingress", "ingresses")
    with KubeApi([namespace("default")], kinds=[*KINDS, again]) as api:
        collection = collect(api, tmp_path)
        assert not [path for path in api.paths() if path.startswith("/apis/extensions")]
    reasons = [k["reason"] for k in facts(collection)["kinds"] if k["group"] == "extensions"]
    assert reasons == ["the same objects as those of networking.k8s.io"]


@pytest.mark.parametrize("forms", [("v2", "v2beta1"), ("v2beta1",), ()])
def test_all_forms_of_discovery_agree(tmp_path: Path, forms: tuple[str, ...]) -> None:
    with KubeApi([namespace("default")], discovery=forms) as api:
        kinds = facts(collect(api, tmp_path))["kinds"]
    listed = {(k["group"], k["version"], k["resource"], k["namespaced"]) for k in kinds}
    assert ("rbac.authorization.k8s.io", "v1", "clusterroles", False) in listed
    assert ("apps", "v1", "deployments", True) in listed
    assert len(listed) == len(kinds) > 35


@pytest.mark.parametrize("forms", [("v2",), ()])
def test_aggregated_api_that_is_down(tmp_path: Path, forms: tuple[str, ...]) -> None:
    with KubeApi([deployment("web")], kinds=[*KINDS, WIDGET], discovery=forms) as api:
        api.down.add("example.com/v1")
        collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == ["web"]
    [lost] = [each for each in facts(collection)["kinds"] if each["kind"] == "*"]
    assert (lost["group"], lost["status"]) == ("example.com", "failed")
    assert "503" in lost["reason"]
    [problem] = collection.problems
    assert problem.code == "cluster-failed"
    assert problem.message.startswith("1 group cannot be read: every kind of example.com: 503: ")


def test_metrics_api_that_is_down_is_not_missed(tmp_path: Path) -> None:
    metrics = Kind("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", verbs=("get", "list"))
    with KubeApi(kinds=[*KINDS, metrics]) as api:
        api.down.add("metrics.k8s.io/v1beta1")
        assert collect(api, tmp_path).problems == []


def test_pages_are_put_together(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    wanted = fill(api, 95)
    assert names(collect(api, tmp_path), "Deployment") == wanted
    assert api.paths().count(DEPLOYMENTS) == 10


@pytest.mark.parametrize("status", [429, 500, 503])
def test_passing_trouble_is_waited_out(api: KubeApi, tmp_path: Path, status: int) -> None:
    wanted = fill(api, 3)
    api.fault(DEPLOYMENTS, status=status, times=3)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_retry_after_is_heeded(api: KubeApi, tmp_path: Path) -> None:
    wanted = fill(api, 1)
    api.fault(DEPLOYMENTS, status=429, headers={"Retry-After": "1"}, times=1)
    began = time.monotonic()
    assert names(collect(api, tmp_path), "Deployment") == wanted
    assert time.monotonic() - began > 1


def test_lasting_trouble_fails_that_kind_alone(api: KubeApi, tmp_path: Path) -> None:
    fill(api, 1)
    api.fault(DEPLOYMENTS, status=500, message="etcd is slow")
    collection = collect(api, tmp_path)
    assert kind_of(collection, "Deployment")["status"] == "failed"
    assert kind_of(collection, "Deployment")["reason"] == "500: etcd is slow"
    assert api.paths().count(DEPLOYMENTS) == 2 + 5
    [problem] = collection.problems
    assert problem.message == "1 kind cannot be read: Deployment.apps: 500: etcd is slow"
    assert kind_of(collection, "Namespace")["count"] == 2


def test_connection_cut_in_a_page(api: KubeApi, tmp_path: Path) -> None:
    wanted = fill(api, 20)
    api.fault(DEPLOYMENTS, cut=300, times=2)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_connection_always_cut_in_the_second_page(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    wanted = fill(api, 20)
    api.fault(DEPLOYMENTS, cut=300, skip=1)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted[:10]
    found = kind_of(collection, "Deployment")
    assert found["status"] == "partial"
    assert found["reason"].startswith("only the first 10 objects could be read: the connection was cut")
    assert [problem.code for problem in collection.problems] == ["cluster-partial"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"<html>",
        b'{"kind":"Status"}',
        b'{"kind":"DeploymentList"}',
        b'{"kind":"DeploymentList","items":[3]}',
        b'{"kind":"DeploymentList","items":[{"metadata":[]}]}',
    ],
)
def test_malformed_answer(api: KubeApi, tmp_path: Path, body: bytes) -> None:
    api.fault(DEPLOYMENTS, body=body)
    found = kind_of(collect(api, tmp_path), "Deployment")
    assert found["status"] == "failed"
    assert "the answer cannot be used" in found["reason"]


def test_malformed_answer_once(api: KubeApi, tmp_path: Path) -> None:
    wanted = fill(api, 2)
    api.fault(DEPLOYMENTS, body=b'{"kind":"Deployme', times=1)
    assert names(collect(api, tmp_path), "Deployment") == wanted


def test_expired_token_begins_again(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    wanted = fill(api, 25)
    api.fault(DEPLOYMENTS, status=410, skip=2, times=1)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []
    assert api.paths().count(DEPLOYMENTS) == 6


def test_list_that_keeps_expiring_goes_on_inconsistently(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    wanted = fill(api, 45)
    page = api.store.page
    continued = 0

    def compacted(kind: Kind, namespace: str, query: dict[str, str]) -> object:
        nonlocal continued
        continued += "continue" in query
        if "continue" in query and continued % 2:
            api.store.apply(deployment("z-new"))
            api.store.compact()
        return page(kind, namespace, query)

    monkeypatch.setattr(api.store, "page", compacted)
    collection = collect(api, tmp_path)
    found = names(collection, "Deployment")
    assert [name for name in found if name != "z-new"] == wanted
    assert len(set(found)) == len(found)
    assert collection.problems == []


def test_list_that_expires_at_every_page_fails(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    fill(api, 45)
    api.fault(DEPLOYMENTS, status=410, skip=1)
    assert kind_of(collect(api, tmp_path), "Deployment")["status"] == "failed"


def test_kind_removed_during_the_scan(tmp_path: Path) -> None:
    with KubeApi([widget("one")], kinds=[*KINDS, WIDGET]) as api:
        api.fault("/apis/example.com/v1*", status=404)
        collection = collect(api, tmp_path)
    found = kind_of(collection, "Widget")
    assert (found["status"], found["count"]) == ("ok", 0)
    assert "removed during the scan" in found["reason"]
    assert collection.problems == []


def test_kind_that_is_listed_and_not_found(tmp_path: Path) -> None:
    with KubeApi([widget("one"), deployment("web")], kinds=[*KINDS, WIDGET]) as api:
        api.fault("/apis/example.com/v1/widgets", status=404)
        api.fault(DEPLOYMENTS, status=404)
        collection = collect(api, tmp_path)
    assert kind_of(collection, "Widget")["status"] == kind_of(collection, "Deployment")["status"] == "failed"


@pytest.mark.parametrize("body", [b"null", b"{}", b'{"kind":"Status"}', b'{"kind":"APIGroupDiscoveryList"}'])
def test_discovery_that_says_nothing(api: KubeApi, tmp_path: Path, body: bytes) -> None:
    api.fault("/apis", body=body)
    collection = collect(api, tmp_path)
    assert kind_of(collection, "*")["status"] == "failed"
    assert [problem.code for problem in collection.problems] == ["cluster-failed"]


def test_million_byte_field_of_a_custom_resource(tmp_path: Path) -> None:
    huge, small = widget("huge", blob="x" * 1_000_000), widget("small", blob="x")
    with KubeApi([huge, small], kinds=[*KINDS, WIDGET]) as api:
        collection = collect(api, tmp_path)
    assert names(collection, "Widget") == ["small"]
    found = kind_of(collection, "Widget")
    assert found["status"] == "partial"
    assert found["reason"] == "1 object is too large and left out: default/huge"


def test_pages_that_are_too_large_are_asked_for_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_PAGE_BYTES", 400_000)
    objects = [widget(f"w{n:02}", blob=str(n) * 50_000) for n in range(30)]
    with KubeApi(objects, kinds=[*KINDS, WIDGET]) as api:
        collection = collect(api, tmp_path)
    assert len(names(collection, "Widget")) == 30
    assert collection.problems == []


def test_custom_kind_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 5)
    monkeypatch.setattr(lists, "_CUSTOM_BYTES", 100_000)
    objects = [widget(f"w{n:02}", blob="x" * 10_000) for n in range(30)]
    with KubeApi(objects, kinds=[*KINDS, WIDGET]) as api:
        collection = collect(api, tmp_path)
    assert len(names(collection, "Widget")) == 10
    assert kind_of(collection, "Widget")["status"] == "partial"


def test_half_of_the_kinds_forbidden(api: KubeApi, tmp_path: Path) -> None:
    denied = [kind for kind in KINDS if "list" in kind.verbs and kind.resource != "namespaces"][::2]
    api.forbid(*(kind.name for kind in denied))
    collection = collect(api, tmp_path)
    kinds = facts(collection)["kinds"]
    forbidden = [each for each in kinds if each["status"] == "forbidden"]
    assert len(forbidden) > 15
    assert all("403: " in each["reason"] and "cannot list" in each["reason"] for each in forbidden)
    [problem] = collection.problems
    assert problem.code == "cluster-forbidden"
    assert problem.message.startswith(f"{len(forbidden)} kinds may not be listed: ")
    assert "and 8 more" not in problem.message
    assert len(problem.message) < 800
    assert "kubeassay cluster access" in problem.remedy
    assert facts(collection)["collector"]["account"] == api.user


def test_some_namespaces_may_be_read(api: KubeApi, tmp_path: Path) -> None:
    for name in ("default", "prod"):
        api.store.apply(deployment("web", name))
        api.store.apply(secret("key", "kubernetes.io/tls", name))
    api.forbid("deployments.apps", "secrets", except_in=["prod"])
    collection = collect(api, tmp_path)
    assert [r.namespace for r in collection.resources if r.kind in ("Deployment", "Secret")] == ["prod"] * 2
    found = kind_of(collection, "Deployment")
    assert found["status"] == "partial"
    assert found["reason"].startswith("only in the namespaces prod: 403: deployments.apps is forbidden")
    assert [r.body["type"] for r in collection.resources if r.kind == "Secret"] == ["kubernetes.io/tls"]
    assert api.secret_reads() == []


def test_named_namespaces_are_read_where_none_may_be_listed(api: KubeApi, tmp_path: Path) -> None:
    for name in ("default", "prod"):
        api.store.apply(deployment("web", name))
    api.forbid("*", except_in=["prod"])
    api.fault("/api/v1/namespaces/prod", body=json.dumps(namespace("prod")).encode())
    collection = collect(api, tmp_path, namespaces=("prod",))
    assert names(collection, "Namespace") == ["prod"]
    assert kind_of(collection, "Namespace")["status"] == "partial"
    assert [r.namespace for r in collection.resources if r.kind == "Deployment"] == ["prod"]


def test_many_forbidden_namespaces_are_not_all_tried(api: KubeApi, tmp_path: Path) -> None:
    for number in range(200):
        api.store.apply(namespace(f"n{number:03}"))
    api.forbid("deployments.apps", "pods", "jobs.batch", "cronjobs.batch", "services", "configmaps")
    collect(api, tmp_path)
    assert len([path for path in api.paths() if "/namespaces/" in path]) <= 6 * 50


def test_unknown_namespace_is_a_problem(api: KubeApi, tmp_path: Path) -> None:
    [problem] = collect(api, tmp_path, namespaces=("prd",)).problems
    assert problem.message == "no namespace is called 'prd'"
    assert problem.remedy == "did you mean 'prod'?"


def test_interrupt_ends_quickly(api: KubeApi, tmp_path: Path) -> None:
    api.fault("/api*", delay=30)
    api.fault("/apis/*", delay=30)
    asked = ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    connection = connect(asked)
    api.faults.clear()

    def interrupted(step: str, done: int, total: int) -> None:
        api.fault("/*", delay=30)
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        LiveCluster(connection, asked, progress=interrupted).collect()
    assert time.monotonic() - began < 3
    assert connection.stopped
    while any(thread.name.startswith("kubeassay-list") for thread in threading.enumerate()):
        assert time.monotonic() - began < 35
        api.stopping = True
        time.sleep(0.05)


def test_progress_is_told(api: KubeApi, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    asked = ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    LiveCluster(connect(asked), asked, lambda *step: told.append(step)).collect()
    total = told[0][2]
    assert told == [("collecting", done, total) for done in range(2, total + 1)]


def test_restarted_server_that_denies_at_first(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_START", 0.01)
    wanted = fill(api, 2)
    api.fault("/api/v1/configmaps", cut=10, times=1)
    api.fault(DEPLOYMENTS, status=403, times=1)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_server_that_goes_away_is_not_waited_for_by_every_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_START", 0.01)
    monkeypatch.setattr(client, "_RESTART", 0.5)
    with KubeApi([namespace("default")]) as api:
        asked = ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
        connection = connect(asked)
        discovered = discover(connection)
        connection.close()
    monkeypatch.setattr(source, "discover", lambda _: discovered)
    began = time.monotonic()
    collection = LiveCluster(connection, asked).collect()
    assert time.monotonic() - began < 4
    [problem] = collection.problems
    assert problem.message.startswith("39 kinds cannot be read: ")
    assert "cannot reach" in problem.message


def test_a_fault_of_ours_costs_one_kind(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise IndexError("oh")

    monkeypatch.setattr(source, "list_secrets", broken)
    found = kind_of(collect(api, tmp_path), "Secret")
    assert (found["status"], found["reason"]) == ("failed", "internal error: IndexError('oh')")


def test_nothing_is_allowed(api: KubeApi, tmp_path: Path) -> None:
    api.fault("/api*", status=403, message='User "system:anonymous" cannot get path "/api"')
    collection = collect(api, tmp_path)
    assert len(collection.resources) == 1
    assert {each["status"] for each in facts(collection)["kinds"]} == {"forbidden"}
    [problem] = collection.problems
    assert problem.message.startswith("2 groups may not be listed: every kind of the core group, all other")
    assert facts(collection)["collector"]["account"] == "system:anonymous"


def test_slow_server_is_asked_for_less_at_once(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 20)
    monkeypatch.setattr(lists, "_SMALL_PAGE", 5)
    wanted = fill(api, 23)
    api.fault(DEPLOYMENTS, status=504, query={"limit": "20"})
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_busy_server_is_waited_for(api: KubeApi, tmp_path: Path) -> None:
    wanted = fill(api, 1)
    api.fault(DEPLOYMENTS, status=429, times=9)
    assert names(collect(api, tmp_path), "Deployment") == wanted


def test_server_that_is_always_busy(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_BUSY", 0.2)
    api.fault(DEPLOYMENTS, status=429, message="too many requests")
    found = kind_of(collect(api, tmp_path), "Deployment")
    assert (found["status"], found["reason"]) == ("failed", "429: too many requests")


def test_malformed_page_in_the_middle_once(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 10)
    wanted = fill(api, 35)
    api.fault(DEPLOYMENTS, body=b'{"kind":', skip=2, times=1)
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_all_kinds_are_of_one_moment(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = fill(api, 5)
    page = api.store.page

    def changing(kind: Kind, where: str, query: dict[str, str]) -> object:
        if kind.resource == "pods":
            api.store.apply(deployment("later"))
        return page(kind, where, query)

    monkeypatch.setattr(api.store, "page", changing)
    collection = collect(api, tmp_path, parallel=1)
    assert names(collection, "Deployment") == wanted
    versions = {kind["resourceVersion"] for kind in facts(collection)["kinds"] if kind["status"] == "ok"}
    assert len(versions) == 1


@pytest.mark.parametrize("status", [400, 410, 500, 504])
def test_moment_that_the_server_does_not_know(api: KubeApi, tmp_path: Path, status: int) -> None:
    wanted = fill(api, 5)
    api.fault("*", status=status, query={"resourceVersionMatch": "Exact"})
    collection = collect(api, tmp_path)
    assert names(collection, "Deployment") == wanted
    assert collection.problems == []


def test_custom_kinds_are_of_their_own_moment(tmp_path: Path) -> None:
    with KubeApi([widget("one"), namespace("default")], kinds=[*KINDS, WIDGET]) as api:
        collect(api, tmp_path)
        [asked] = [request for request in api.requests if request.path.endswith("/widgets")]
    assert "resourceVersion" not in asked.query
