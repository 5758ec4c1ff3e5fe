"""A cluster in which nobody did anything yet has nothing in its roles to be found."""

from __future__ import annotations

import pytest

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Collection
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.findings.model import Status
from scanner.pipeline import ScanPlan, scan
from tests.e2e.cluster.harness import Cluster, Tools
from tests.live import Body, live
from tests.tools.build import build

pytestmark = pytest.mark.e2e
_GROUP = "/apis/rbac.authorization.k8s.io/v1"
_KINDS = {
    "clusterroles": "ClusterRole",
    "clusterrolebindings": "ClusterRoleBinding",
    "roles": "Role",
    "rolebindings": "RoleBinding",
}


def test_no_rule_fails_on_what_the_api_server_makes_and_each_on_what_is_added() -> None:
    with Cluster(Tools(build("kube-apiserver"), build("etcd"))) as cluster:
        bodies: list[Body] = [
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, **item}
            for plural, kind in _KINDS.items()
            for item in cluster.admin.get(f"{_GROUP}/{plural}")["items"]
        ]
    assert len(bodies) > 100
    catalog = catalogs.load()
    rules = [rule for rule in catalog.rules.values() if rule.area == "rbac"]

    def failed() -> set[tuple[str, str]]:
        plan = ScanPlan(catalog, rules, (), snapshot=True)
        result = scan(plan, Collection([live(body) for body in bodies]), EmbeddedEngine())
        found = (finding for finding in result.findings if finding.status is not Status.UNKNOWN)
        # service accounts of the controllers are the controller manager's to make, which does not run here
        return {
            (finding.rule.name, finding.subject.name)
            for finding in found
            if finding.rule.name != "rbac.dangling_subject"
        }

    assert failed() == set()
    changed = next(body for body in bodies if body["metadata"]["name"] == "system:discovery")
    changed["rules"].append({"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]})
    assert failed() == {("rbac.secrets_access", "system:discovery")}
