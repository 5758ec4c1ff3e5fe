"""The cluster of these tests is a real and careful one, and the imitation for unit tests resembles it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cluster import accounts
from tests.e2e.cluster.client import Client, Refusal
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.population import node
from tests.fakes.kube_api import KubeApi
from tests.tools.build import pinned_version

pytestmark = pytest.mark.e2e

DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"


def config_map(name: str, **labels: str) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "kubeassay", "labels": labels}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"key": "value"}}


@pytest.fixture
def as_account(cluster: Cluster) -> Callable[[str], Client]:
    def client(name: str) -> Client:
        token = cluster.token(accounts.NAMESPACE, name)
        return Client("127.0.0.1", cluster.port, cluster.certificates.ca, token=token)

    return client


def test_the_server_has_the_pinned_version(cluster: Cluster) -> None:
    version = cluster.admin.get("/version")
    pinned = pinned_version("kube-apiserver")
    assert version["gitVersion"] == pinned
    assert f"v{version['major']}.{version['minor']}." in pinned


def test_secrets_are_encrypted_in_etcd(cluster: Cluster) -> None:
    metadata = {"name": "encrypted", "namespace": "kubeassay"}
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": {"a": "clear text"}}
    cluster.admin.create(secret)
    stored = cluster.stored("/registry/secrets/kubeassay/encrypted")
    assert stored
    assert stored.startswith(b"k8s:enc:aescbc:v1:key1:")
    assert b"clear text" not in stored


@pytest.mark.parametrize(
    ("account", "path", "code"),
    [
        (accounts.READER, "/api/v1/secrets", 200),
        (accounts.READER, "/apis/rbac.authorization.k8s.io/v1/roles", 200),
        (accounts.LIMITED, "/api/v1/pods", 200),
        (accounts.LIMITED, "/api/v1/secrets", 403),
        (accounts.LIMITED, "/apis/apps/v1/daemonsets", 403),
        (accounts.CONFINED, "/api/v1/pods", 403),
        (accounts.CONFINED, f"/api/v1/namespaces/{accounts.CONFINED_TO}/pods", 200),
        (accounts.STRANGER, "/api/v1/namespaces", 403),
    ],
)
def test_accounts_may_do_what_they_should(
    as_account: Callable[[str], Client], account: str, path: str, code: int
) -> None:
    assert as_account(account).request("GET", path)[0] == code


def test_nobody_comes_in_without_a_name(cluster: Cluster) -> None:
    nobody = Client("127.0.0.1", cluster.port, cluster.certificates.ca)
    assert nobody.request("GET", "/readyz")[0] == 200
    assert nobody.request("GET", "/version")[0] == 401


def test_a_node_sees_no_secret_of_others(cluster: Cluster) -> None:
    certificate = cluster.certificates.client("node-0", "system:node:node-0", "system:nodes")
    kubelet = Client("127.0.0.1", cluster.port, cluster.certificates.ca, certificate)
    assert kubelet.request("GET", "/api/v1/nodes/node-0")[0] == 200
    assert kubelet.request("GET", "/api/v1/namespaces/kubeassay/secrets/encrypted")[0] == 403
    with pytest.raises(Refusal, match=r"403.*NodeRestriction|403.*not allowed to|403.*cannot create"):
        kubelet.create(node("another"))


def test_pods_are_as_the_api_server_makes_them(cluster: Cluster) -> None:
    pods = cluster.admin.get("/api/v1/pods?labelSelector=pod-template-hash")["items"]
    assert {pod["status"]["phase"] for pod in pods} == {"Running"}
    mounting = next(p for p in pods if p["spec"].get("automountServiceAccountToken") is not False)
    assert any(v["name"].startswith("kube-api-access-") for v in mounting["spec"]["volumes"])
    assert {t["key"] for t in mounting["spec"]["tolerations"]} >= {"node.kubernetes.io/not-ready"}
    assert mounting["metadata"]["ownerReferences"][0]["kind"] == "ReplicaSet"


def test_mirror_pods_show_the_flags_of_what_runs(cluster: Cluster) -> None:
    path = "/api/v1/namespaces/kube-system/pods/kube-apiserver-control-plane"
    command = cluster.admin.get(path)["spec"]["containers"][0]["command"]
    assert command[0] == "kube-apiserver"
    assert f"--encryption-provider-config={cluster.flags['encryption-provider-config']}" in command


def test_the_audit_log_tells_who_asked_for_what(
    cluster: Cluster, as_account: Callable[[str], Client]
) -> None:
    as_account(accounts.LIMITED).request("GET", "/api/v1/secrets?limit=7")
    events = list(cluster.audit(accounts.user(accounts.LIMITED)))
    asked = [e for e in events if e["requestURI"] == "/api/v1/secrets?limit=7"]
    assert [(e["verb"], e["responseStatus"]["code"]) for e in asked] == [("list", 403)]


def test_a_killed_server_comes_back_with_its_objects(cluster: Cluster) -> None:
    before = cluster.admin.get("/api/v1/namespaces/kubeassay")
    cluster.kill_apiserver()
    with pytest.raises(OSError, match="refused"):
        cluster.admin.get("/version")
    cluster.start_apiserver()
    assert cluster.admin.get("/api/v1/namespaces/kubeassay") == before


class Pair:
    """The imitation and the real server, with the same objects."""

    def __init__(self, fake: KubeApi, cluster: Cluster, folder: Path) -> None:
        ca = folder / "ca.crt"
        ca.write_bytes(fake.ca)
        port = int(fake.url.rpartition(":")[2])
        self.fake = Client("127.0.0.1", port, ca, token=fake.token)
        self.real = cluster.admin

    def ask(self, path: str, accept: str = "application/json") -> tuple[Any, Any]:
        (fake_code, fake), (real_code, real) = (
            client.request("GET", path, Accept=accept) for client in (self.fake, self.real)
        )
        assert fake_code == real_code
        return json.loads(fake), json.loads(real)


@pytest.fixture(scope="module")
def pair(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    objects = [config_map(f"alike-{n}", alike=str(n % 2), set="alike") for n in range(5)]
    cluster.admin.create_all(objects)
    with KubeApi(objects, version=pinned_version("kube-apiserver")) as fake:
        yield Pair(fake, cluster, tmp_path_factory.mktemp("pair"))


def shape(value: Any) -> Any:
    """Keys and types, so that answers with different revisions and names can be compared."""
    if isinstance(value, dict):
        return {key: shape(v) for key, v in value.items() if key not in {"managedFields", "selfLink"}}
    return [shape(v) for v in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("accept", ["application/json", METADATA])
@pytest.mark.parametrize(
    "query",
    [
        "labelSelector=set%3Dalike",
        "labelSelector=set%3Dalike,alike!%3D1",
        "labelSelector=set%3Dalike&limit=2",
        "fieldSelector=metadata.name%3Dalike-3",
        "fieldSelector=spec.nonsense%3D1",
        "limit=3",
        "continue=nonsense",
        "watch=1&resourceVersion=0&timeoutSeconds=1&labelSelector=set%3Dnothing",
    ],
)
def test_the_imitation_lists_as_the_real_server(pair: Pair, query: str, accept: str) -> None:
    path = f"/api/v1/namespaces/kubeassay/configmaps?{query}"
    if "watch" in query:
        codes = [client.request("GET", path, Accept=accept) for client in (pair.fake, pair.real)]
        assert codes == [(200, b"")] * 2
        return
    fake, real = pair.ask(path, accept)
    if fake["kind"] == "Status":
        assert (fake["code"], fake["reason"]) == (real["code"], real["reason"])
    else:
        assert shape(fake) == shape(real)


def test_the_imitation_is_discovered_as_the_real_server(pair: Pair) -> None:
    for path in ("/api", "/apis"):
        fake, real = pair.ask(path, DISCOVERY)
        known = {item["metadata"].get("name", ""): item for item in real["items"]}
        assert fake["apiVersion"] == real["apiVersion"]
        for item in fake["items"]:
            served = known[item["metadata"].get("name", "")]
            for version in item["versions"]:
                twin = next(v for v in served["versions"] if v["version"] == version["version"])
                resources = {r["resource"]: r for r in twin["resources"]}
                for resource in version["resources"]:
                    other = resources[resource["resource"]]
                    for key in ("scope", "singularResource", "responseKind"):
                        assert shape(resource[key]) == shape(other[key])
                    assert resource["scope"] == other["scope"]
                    assert set(resource["verbs"]) <= set(other["verbs"])


@pytest.mark.parametrize("path", ["/apis/example.com/v1/widgets", "/apis/apps/v1/widgets", "/api/v1/widgets"])
def test_the_imitation_says_of_unknown_kinds_what_the_real_server_says(pair: Pair, path: str) -> None:
    (fake_code, fake), (code, real) = (client.request("GET", path) for client in (pair.fake, pair.real))
    assert fake_code == code == 404
    if real.startswith(b"{"):
        assert shape(json.loads(real)) == shape(json.loads(fake)) | {"details": {}}
    else:
        assert fake == real
