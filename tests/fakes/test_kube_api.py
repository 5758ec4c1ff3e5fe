"""The imitation of an API server answers as the real one does."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.kube_api import KubeApi

METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"


def config_map(name: str, namespace: str = "default", **labels: str) -> dict[str, Any]:
    metadata = {"name": name, "namespace": namespace, "labels": labels}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"key": "value"}}


SECRET = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "key", "namespace": "default"},
    "type": "Opaque",
    "data": {"password": "aHVudGVyMg=="},
}
WIDGETS = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "widgets.example.com"},
    "spec": {
        "group": "example.com",
        "scope": "Cluster",
        "names": {"kind": "Widget", "plural": "widgets"},
        "versions": [{"name": "v1", "served": True, "storage": True}],
    },
}


class Client:
    """A plain client."""

    def __init__(self, api: KubeApi) -> None:
        self.api = api

    def open(self, path: str, accept: str = "", body: Any = None, **headers: str) -> http.client.HTTPResponse:
        host = self.api.url.partition("://")[2]
        context = ssl.create_default_context(cadata=self.api.ca.decode())
        connection = http.client.HTTPSConnection(host, timeout=10, context=context)
        sent = {"Authorization": f"Bearer {self.api.token}", "Accept": accept, **headers}
        connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, sent)
        return connection.getresponse()

    def get(self, path: str, accept: str = "", body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.open(path, accept, body, **headers)
        return answer.status, json.loads(answer.read())


@pytest.fixture
def api() -> Iterator[KubeApi]:
    with KubeApi([config_map(f"c{n}", team="a" if n % 2 else "b") for n in range(5)] + [SECRET]) as server:
        yield server


@pytest.fixture
def client(api: KubeApi) -> Client:
    return Client(api)


def test_pages_show_one_revision(api: KubeApi, client: Client) -> None:
    _, first = client.get("/api/v1/configmaps?limit=2")
    api.store.apply(config_map("c2x"))
    _, second = client.get(f"/api/v1/configmaps?limit=9&continue={first['metadata']['continue']}")
    assert [i["metadata"]["name"] for i in first["items"]] == ["c0", "c1"]
    assert first["metadata"]["remainingItemCount"] == 3
    assert [i["metadata"]["name"] for i in second["items"]] == ["c2", "c3", "c4"]
    assert second["metadata"] == {"resourceVersion": first["metadata"]["resourceVersion"]}
    assert "kind" not in first["items"][0]


def test_an_old_token_is_gone_and_a_new_one_is_offered(api: KubeApi, client: Client) -> None:
    _, first = client.get("/api/v1/configmaps?limit=2")
    api.store.compact()
    code, gone = client.get(f"/api/v1/configmaps?continue={first['metadata']['continue']}")
    assert (code, gone["reason"]) == (410, "Expired")
    assert client.get(f"/api/v1/configmaps?continue={gone['metadata']['continue']}")[0] == 200


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/v1/configmaps?labelSelector=team%3Da", ["c1", "c3"]),
        ("/api/v1/configmaps?labelSelector=team!%3Da", ["c0", "c2", "c4"]),
        ("/api/v1/configmaps?labelSelector=team,!other&fieldSelector=metadata.name%3Dc4", ["c4"]),
        ("/api/v1/secrets?fieldSelector=type%3DOpaque", ["key"]),
        ("/api/v1/secrets?fieldSelector=type!%3DOpaque", []),
        ("/api/v1/namespaces/other/configmaps", []),
    ],
)
def test_selectors(client: Client, path: str, names: list[str]) -> None:
    assert [item["metadata"]["name"] for item in client.get(path)[1]["items"]] == names


def test_metadata_only_has_no_values(api: KubeApi, client: Client) -> None:
    _, found = client.get("/api/v1/secrets", METADATA)
    assert found["kind"] == "PartialObjectMetadataList"
    assert [set(item) for item in found["items"]] == [{"kind", "apiVersion", "metadata"}]
    assert not api.secret_reads()
    client.get("/api/v1/secrets", f"{METADATA},application/json")
    assert len(api.secret_reads()) == 1


@pytest.mark.parametrize("version", ["v2", "v2beta1"])
def test_aggregated_discovery(api: KubeApi, client: Client, version: str) -> None:
    api.discovery = (version,)
    api.down.add("apps/v1")
    form = f"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList"
    answer = client.open("/apis", f"{form},application/json")
    assert answer.headers["Content-Type"] == form
    groups = {item["metadata"]["name"]: item["versions"] for item in json.loads(answer.read())["items"]}
    assert groups["apps"] == [{"version": "v1", "freshness": "Stale", "resources": []}]
    assert [v["version"] for v in groups["autoscaling"]] == ["v2", "v1"]


def test_classic_discovery(api: KubeApi, client: Client) -> None:
    api.discovery = ()
    api.down.add("apps/v1")
    accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
    assert client.get("/api", accept)[1]["kind"] == "APIVersions"
    groups = [g["name"] for g in client.get("/apis", accept)[1]["groups"]]
    assert "apps" in groups
    assert "" not in groups
    assert client.get("/apis/apps/v1")[0] == 503
    names = {r["name"]: r["namespaced"] for r in client.get("/api/v1")[1]["resources"]}
    assert names["nodes"] is False
    assert "pods/status" in names


def test_a_definition_brings_its_kind_and_takes_it_away(api: KubeApi, client: Client) -> None:
    api.store.apply(WIDGETS)
    api.store.apply({"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}})
    assert client.get("/apis/example.com/v1/widgets")[1]["items"][0]["kind"] == "Widget"
    api.store.delete(WIDGETS)
    assert client.open("/apis/example.com/v1/widgets").read() == b"404 page not found\n"


def test_a_watch_brings_changes_and_bookmarks(api: KubeApi, client: Client) -> None:
    since = client.get("/api/v1/configmaps")[1]["metadata"]["resourceVersion"]
    stream = client.open(f"/api/v1/configmaps?watch=1&resourceVersion={since}&allowWatchBookmarks=true")
    api.store.apply(config_map("new"))
    api.store.apply(SECRET)
    api.store.apply(config_map("new", team="x"))
    api.store.bookmark()
    api.store.delete(config_map("new"))
    events = [json.loads(stream.readline()) for _ in range(4)]
    assert [e["type"] for e in events] == ["ADDED", "MODIFIED", "BOOKMARK", "DELETED"]
    assert events[1]["object"]["metadata"]["labels"] == {"team": "x"}
    api.end_watches()
    with pytest.raises((http.client.IncompleteRead, ConnectionError, ssl.SSLError)):
        stream.read()


def test_a_watch_from_a_forgotten_revision_is_gone(api: KubeApi, client: Client) -> None:
    api.store.compact()
    event = json.loads(client.open("/api/v1/pods?watch=1&resourceVersion=1").read())
    assert (event["type"], event["object"]["code"]) == ("ERROR", 410)


def test_what_is_forbidden_is_refused_and_reviews_say_so(api: KubeApi, client: Client) -> None:
    api.forbid("configmaps", except_in=["kube-public"])
    code, refused = client.get("/api/v1/configmaps")
    assert code == 403
    assert 'cannot list resource "configmaps" in API group "" at the cluster scope' in refused["message"]
    assert client.get("/api/v1/namespaces/kube-public/configmaps")[0] == 200
    asked = {"spec": {"resourceAttributes": {"verb": "list", "resource": "configmaps"}}}
    path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    assert client.get(path, body=asked)[1]["status"] == {"allowed": False}
    rules = client.get(path.replace("access", "rules"), body={"spec": {"namespace": "default"}})[1]["status"]
    verbs = {r["resources"][0]: r["verbs"] for r in rules["resourceRules"] if r["apiGroups"] == [""]}
    assert "list" not in verbs["configmaps"]
    assert "list" in verbs["pods"]
    path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
    assert client.get(path, body={"spec": {}})[1]["status"]["userInfo"]["username"] == api.user
    assert not api.writes()


def test_faults_hit_as_told(api: KubeApi, client: Client) -> None:
    api.fault("/api/v1/pods", status=429, headers={"Retry-After": "3"}, skip=1, times=1)
    codes = [client.open("/api/v1/pods") for _ in range(3)]
    assert [a.status for a in codes] == [200, 429, 200]
    assert codes[1].headers["Retry-After"] == "3"
    api.fault("/api/v1/services", body=b'{"items": [')
    assert client.open("/api/v1/services").read() == b'{"items": ['
    api.fault("/api/v1/configmaps", cut=10)
    with pytest.raises(http.client.IncompleteRead):
        client.open("/api/v1/configmaps").read()
    api.fault("/version", delay=0.2)
    start = time.monotonic()
    assert client.get("/version")[1]["gitVersion"] == "v1.34.1"
    assert time.monotonic() - start >= 0.2


def test_everything_that_was_asked_is_known(api: KubeApi, client: Client) -> None:
    client.get("/api/v1/configmaps?limit=1", **{"User-Agent": "me"})
    assert client.get("/api/v1/configmaps", body=config_map("c"))[0] == 405
    assert client.get("/api/v1/configmaps", Authorization="Bearer wrong")[0] == 401
    assert [(r.method, r.path) for r in api.writes()] == [("POST", "/api/v1/configmaps")]
    assert (api.requests[0].query, api.requests[0].headers["user-agent"]) == ({"limit": "1"}, "me")


def test_configuration_of_kubelets(api: KubeApi, client: Client) -> None:
    api.configz["n1"] = {"readOnlyPort": 0}
    path = "/api/v1/nodes/n1/proxy/configz"
    assert client.get(path)[1] == {"kubeletconfig": {"readOnlyPort": 0}}
    api.forbid("nodes/proxy")
    assert client.get(path)[0] == 403


def test_large_answers_are_compressed(api: KubeApi, client: Client) -> None:
    api.store.apply(config_map("big") | {"data": {"x": "x" * 200_000}})
    answer = client.open("/api/v1/configmaps", **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.read()) < 10_000


def test_a_kubeconfig_and_a_stop_that_waits_for_nobody(tmp_path: Path) -> None:
    with KubeApi(tls=False) as api:
        config = json.loads(api.kubeconfig(tmp_path / "config").read_text())
        assert config["clusters"][0]["cluster"] == {"server": api.url}
        api.fault("/version", delay=60)
        host = api.url.partition("://")[2]
        slow = http.client.HTTPConnection(host, timeout=10)
        asking = threading.Thread(target=lambda: slow.request("GET", "/version"))
        asking.start()
        start = time.monotonic()
    assert time.monotonic() - start < 2
    asking.join()
