"""What is collected of a real cluster is what the API server has, for whoever asks; nothing is changed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.e2e.cluster import accounts
from tests.e2e.cluster.client import Client
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.proxy import Proxy
from tests.e2e.cluster.scanned import Object, Scanned, key

pytestmark = pytest.mark.e2e

Account = Callable[[str], Path]

SECRET = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {
        "name": "password",
        "namespace": "kubeassay",
        "annotations": {"kubectl.kubernetes.io/last-applied-configuration": '{"data": "c3Vubnk="}'},
    },
    "type": "kubernetes.io/dockerconfigjson",
    "stringData": {".dockerconfigjson": '{"auths": {"r.example.com": {"auth": "sunny"}}}'},
}


def test_everything_that_can_be_listed_is_read_and_counted(cluster: Cluster, account: Account) -> None:
    scanned = Scanned(account(accounts.READER))
    known = {}
    for path, resource in cluster.admin.kinds():
        group = resource["groupVersion"].rpartition("/")[0]
        name = f"{resource['name']}.{group}".rstrip(".")
        known[name] = len(cluster.admin.get(path)["items"])
    assert set(scanned.kinds) == set(known)
    assert {kind["status"] for kind in scanned.kinds.values()} == {"ok", "excluded"}
    read = {name: kind["count"] for name, kind in scanned.kinds.items() if kind["status"] == "ok"}
    assert read == {name: known[name] for name in read}
    assert {"pods", "configmaps", "deployments.apps", "secrets"} <= set(read)
    assert len(scanned.collection.resources) == sum(read.values()) + 1
    assert not scanned.collection.problems
    assert scanned.facts["kubernetesVersion"] == cluster.admin.get("/version")["gitVersion"][1:]
    assert scanned.facts["collector"]["account"] == accounts.user(accounts.READER)


@pytest.mark.parametrize(
    ("kind", "path", "fields"),
    [
        ("Pod", "/api/v1/pods", ["spec"]),
        ("Deployment", "/apis/apps/v1/deployments", ["spec"]),
        ("ReplicaSet", "/apis/apps/v1/replicasets", ["spec"]),
        ("ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles", ["rules", "aggregationRule"]),
        ("ConfigMap", "/api/v1/configmaps", ["data"]),
        ("ServiceAccount", "/api/v1/serviceaccounts", []),
    ],
)
def test_objects_are_as_the_server_has_them(
    cluster: Cluster, account: Account, kind: str, path: str, fields: list[str]
) -> None:
    def essence(obj: Object) -> Object:
        metadata = {k: v for k, v in obj["metadata"].items() if k != "managedFields"}
        return {"metadata": metadata} | {name: obj.get(name) for name in fields}

    collected = Scanned(account(accounts.READER)).objects(kind)
    for obj in cluster.admin.get(path)["items"]:
        assert essence(collected.pop(key(obj))) == essence(obj)
    assert not collected


def test_nothing_is_left_behind_and_no_secret_is_read(
    cluster: Cluster, through: Account, proxy: Proxy
) -> None:
    cluster.admin.create(SECRET)
    kubeconfig = through(accounts.READER)
    before = revisions(cluster)
    seen = len(list(cluster.audit(accounts.user(accounts.READER))))
    scanned = Scanned(kubeconfig)
    assert revisions(cluster) == before
    events = list(cluster.audit(accounts.user(accounts.READER)))[seen:]
    assert len(events) > 50
    for event in events:
        reviewed = event["requestURI"].startswith("/apis/authorization.k8s.io/v1/selfsubject")
        assert event["verb"] in {"get", "list"} or reviewed, event
    assert not proxy.writes()
    assert not proxy.secret_reads()
    text = msgspec.json.encode([resource.body for resource in scanned.collection.resources]).decode()
    for value in ("sunny", "c3Vubnk=", base64.b64encode(b'{"auths"').decode()[:8]):
        assert value not in text
    assert scanned.objects("Secret")["kubeassay/password"]["type"] == "kubernetes.io/dockerconfigjson"
    assert scanned.kinds["secrets"]["content"] == "metadata"


def revisions(cluster: Cluster) -> dict[str, str]:
    """The revision of every object, heartbeats aside."""
    found = {}
    for path, resource in cluster.admin.kinds():
        if resource["name"] not in {"leases", "componentstatuses"}:
            for obj in cluster.admin.get(path)["items"]:
                found[f"{path} {key(obj)}"] = obj["metadata"]["resourceVersion"]
    return found


def test_an_account_without_half_of_the_permissions(cluster: Cluster, account: Account) -> None:
    token = cluster.token(accounts.NAMESPACE, accounts.LIMITED)
    client = Client("127.0.0.1", cluster.port, cluster.certificates.ca, token=token)
    refused = set()
    for path, resource in cluster.admin.kinds():
        code, _ = client.request("GET", f"{path}?limit=1")
        assert code in {200, 403}
        if code == 403:
            group = resource["groupVersion"].rpartition("/")[0]
            refused.add(f"{resource['name']}.{group}".rstrip("."))
    scanned = Scanned(account(accounts.LIMITED))
    forbidden = {name for name, kind in scanned.kinds.items() if kind["status"] == "forbidden"}
    assert forbidden == {n for n in refused if scanned.kinds[n]["status"] != "excluded"}
    assert {"secrets", "roles.rbac.authorization.k8s.io", "daemonsets.apps"} <= forbidden
    assert 20 < len(forbidden) < len(scanned.kinds) - 15
    assert "cannot list resource" in scanned.kinds["secrets"]["reason"]
    assert scanned.status("pods") == ("ok", "")
    assert len(scanned.objects("Pod")) > 300
    assert not scanned.objects("Secret")
    assert [problem.code for problem in scanned.collection.problems] == ["cluster-forbidden"]


def test_an_account_of_one_namespace_reads_what_it_may(cluster: Cluster, account: Account) -> None:
    metadata = {"name": "mine", "namespace": accounts.CONFINED_TO}
    cluster.admin.create({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata})
    cluster.admin.create(SECRET | {"metadata": metadata})
    named = Scanned(account(accounts.CONFINED), namespaces=(accounts.CONFINED_TO,))
    status, reason = named.status("configmaps")
    assert status == "partial"
    assert f"only in the namespaces {accounts.CONFINED_TO}" in reason
    assert list(named.objects("ConfigMap")) == [f"{accounts.CONFINED_TO}/mine"]
    assert "data" not in named.objects("Secret")[f"{accounts.CONFINED_TO}/mine"]
    assert named.status("nodes")[0] == "forbidden"
    unnamed = Scanned(account(accounts.CONFINED))
    assert unnamed.status("configmaps")[0] == "forbidden"
    assert not unnamed.objects("ConfigMap")


def test_an_account_that_may_do_nothing_learns_just_that(account: Account) -> None:
    scanned = Scanned(account(accounts.STRANGER))
    assert {kind["status"] for kind in scanned.kinds.values()} <= {"forbidden", "excluded", "ok"}
    assert len([k for k in scanned.kinds.values() if k["status"] == "ok"]) <= 1
    assert scanned.collection.problems
