"""Controls that are decided twice: by what runs, and by what would be let in."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog
from scanner.collect.interface import Collection
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.interface import Engine
from scanner.evaluate.projection import fact
from scanner.findings.model import ControlResult, ScanResult
from scanner.pipeline import ScanPlan, scan
from scanner.report.formats import json as json_format
from scanner.report.formats import table
from scanner.report.interface import ReportOptions
from tests.live import Body, container, controller, live, made, spec

FRAMEWORK = "cis-kubernetes-1.12"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalogs.load()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = EmbeddedEngine()
    yield engine
    engine.close()


def namespace(level: str = "") -> Body:
    labels = {"pod-security.kubernetes.io/enforce": level} if level else {}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}}


def workload(*, privileged: bool = False) -> Body:
    context = {"securityContext": {"privileged": True}} if privileged else {}
    return controller("Deployment", "web", spec(container(**context)))


def judged(catalog: Catalog, engine: Engine, *bodies: Body) -> ScanResult:
    framework = catalog.frameworks[FRAMEWORK]
    rules = [catalog.rules[name] for name in dict.fromkeys(r for c in framework.controls for r in c.rules)]
    plan = ScanPlan(catalog, rules, (framework,), kubernetes_minor=34, snapshot=True)
    return scan(plan, Collection([live(body) for body in bodies]), engine)


def control(result: ScanResult, number: str) -> ControlResult:
    return next(each for each in result.controls if each.control.id == number)


@pytest.mark.parametrize(
    ("level", "privileged", "status", "reason"),
    [
        ("baseline", False, "pass", None),
        ("baseline", True, "fail", "observed: fail, admission: pass"),
        ("", False, "fail", "observed: pass, admission: fail"),
        ("", True, "fail", "observed: fail, admission: fail"),
    ],
)
def test_a_control_says_which_of_the_two_failed(
    catalog: Catalog, engine: Engine, level: str, privileged: bool, status: str, reason: str | None
) -> None:
    result = judged(catalog, engine, namespace(level), workload(privileged=privileged))
    found = control(result, "5.2.2")
    assert found.status == status
    assert [aspect.name for aspect in found.aspects] == ["observed", "admission"]
    if reason is not None:
        assert found.reason == reason


def test_restricted_dangers_need_the_restricted_standard(catalog: Catalog, engine: Engine) -> None:
    result = judged(catalog, engine, namespace("baseline"))
    statuses = {aspect.name: aspect.status.value for aspect in control(result, "5.2.7").aspects}
    assert statuses == {"observed": "not_applicable", "admission": "fail"}
    assert control(judged(catalog, engine, namespace("restricted")), "5.2.7").status == "pass"


def test_one_policy_decides_its_own_control_alone(catalog: Catalog, engine: Engine) -> None:
    policy = {
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": "K8sPSPPrivilegedContainer",
        "metadata": {"name": "pods"},
        "spec": {},
    }
    result = judged(catalog, engine, namespace(), policy)
    assert control(result, "5.2.1").status == "pass"
    assert control(result, "5.2.2").status == "pass"
    assert control(result, "5.2.3").status == "fail"


def test_every_control_of_5_2_but_the_first_is_decided_twice(catalog: Catalog, engine: Engine) -> None:
    result = judged(catalog, engine, namespace("restricted"), workload())
    twice = {each.control.id for each in result.controls if each.aspects}
    assert twice >= {f"5.2.{number}" for number in range(2, 13)}
    assert "5.2.1" not in twice


def test_reports_show_the_aspects(catalog: Catalog, engine: Engine) -> None:
    result = judged(catalog, engine, namespace(), workload(privileged=True))
    document = msgspec.json.decode(b"".join(json_format.render(result, ReportOptions())))
    shown = next(each for each in document["controls"] if each["id"] == "5.2.2")
    assert [(each["name"], each["status"]) for each in shown["aspects"]] == [
        ("observed", "fail"),
        ("admission", "fail"),
    ]
    assert all("aspects" not in each for each in document["controls"] if each["id"].startswith("5.1."))
    text = b"".join(table.render(result, ReportOptions())).decode()
    assert "admission" in text


def test_manual_controls_show_what_was_found(catalog: Catalog, engine: Engine) -> None:
    store = made("SecretStore", "external-secrets.io/v1", "vault", spec={})
    secret = made("Secret", "v1", "token", type="Opaque")
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"}
    binding = made("RoleBinding", "rbac.authorization.k8s.io/v1", "readers", roleRef=reference, subjects=[])
    result = judged(catalog, engine, namespace(), workload(), store, secret, binding)
    stores, spaces = control(result, "5.4.2"), control(result, "5.6.1")
    assert (stores.status, spaces.status) == ("manual", "manual")
    assert "External Secrets Operator (1), beside 1 Secrets" in stores.reason
    assert "shop (1)" in spaces.reason
    assert "cannot be seen in it" in control(result, "5.1.7").reason


def test_image_provenance_fails_only_where_the_control_plane_was_seen(
    catalog: Catalog, engine: Engine
) -> None:
    assert control(judged(catalog, engine, namespace()), "5.5.1").status == "manual"
    server = {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "NodeFacts",
        "metadata": {"name": "n1"},
        "roles": ["control-plane"],
        "kubernetesVersion": "1.34.1",
        "processes": [{"component": "apiserver", "source": "proc", "argv": ["kube-apiserver"], "env": {}}],
    }
    assert control(judged(catalog, engine, namespace(), server), "5.5.1").status == "fail"
    policy = {
        "apiVersion": "policy.sigstore.dev/v1beta1",
        "kind": "ClusterImagePolicy",
        "metadata": {"name": "signed"},
        "spec": {"mode": "warn"},
    }
    found = control(judged(catalog, engine, namespace(), server, policy), "5.5.1")
    assert found.status == "manual"
    assert "ClusterImagePolicy signed of Sigstore, which warns alone" in found.reason


def test_every_evidence_of_a_control_is_a_fact(catalog: Catalog) -> None:
    names = {c.evidence for framework in catalog.frameworks.values() for c in framework.controls}
    assert len(names) > 3
    assert all(callable(fact(f"facts.{name}")) for name in names if name)


def test_rules_on_admission_judge_namespaces_or_nodes(catalog: Catalog) -> None:
    rules = [rule for rule in catalog.rules.values() if "admission" in rule.tags]
    assert len(rules) >= 14
    assert {rule.over for rule in rules} == {"namespace", "node"}
