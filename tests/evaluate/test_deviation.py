"""What is found in live objects that others own, and to whom it is said."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog
from scanner.collect.interface import Collection
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.interface import Engine
from scanner.findings.model import Finding, ScanResult, Status
from scanner.pipeline import ScanPlan, scan
from tests.live import Body, container, controller, live, pod, replica_set, spec


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalogs.load()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = EmbeddedEngine()
    yield engine
    engine.close()


def judged(catalog: Catalog, engine: Engine, bodies: list[Body], *rules: str) -> ScanResult:
    chosen = [catalog.rules[name] for name in rules] or list(catalog.rules.values())
    plan = ScanPlan(catalog, chosen, (), snapshot=True)
    return scan(plan, Collection([live(body) for body in bodies]), engine)


def failed(result: ScanResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.status is Status.FAIL]


PROXY = container("proxy", "registry.example.com/proxy:2", securityContext={"privileged": True})


def sidecars(count: int) -> list[Body]:
    top = controller("Deployment", "web", spec(container(securityContext={"privileged": True})))
    current = replica_set(top, replicas=count)
    pods = [pod(current, f"web-{number}") for number in range(count)]
    for number, each in enumerate(pods):
        each["spec"]["containers"].insert(0, copy.deepcopy(PROXY))
        each["spec"]["containers"][0]["env"] = [{"name": "POD", "value": f"web-{number}"}]
    return [top, current, *pods]


def test_equal_differences_over_many_pods_are_one_finding_of_their_owner(
    catalog: Catalog, engine: Engine
) -> None:
    result = judged(catalog, engine, sidecars(60), "workload.privileged")
    template, injected = failed(result)
    assert [str(template.subject), str(injected.subject)] == ["Deployment shop/web"] * 2
    assert template.message == 'Container "app" runs privileged'
    assert injected.message == (
        'Container "proxy" runs privileged (in Pod web-0, web-1 and 58 more, not in the template)'
    )
    assert [subject.name for subject in injected.also] == [f"web-{number}" for number in range(50)]
    assert injected.fingerprint != template.fingerprint


def test_the_fingerprint_does_not_change_with_the_pods(catalog: Catalog, engine: Engine) -> None:
    first = failed(judged(catalog, engine, sidecars(3), "workload.privileged"))
    bodies = sidecars(3)
    later = failed(judged(catalog, engine, [*bodies[:2], *bodies[4:]], "workload.privileged"))
    assert [f.fingerprint for f in first] == [f.fingerprint for f in later]


def test_pods_as_their_template_add_nothing_to_what_all_rules_say(catalog: Catalog, engine: Engine) -> None:
    top = controller("Deployment", "web", spec(container(), hostNetwork=True), replicas=2)
    current = replica_set(top, replicas=2)
    alone = judged(catalog, engine, [top])
    together = judged(catalog, engine, [top, current, pod(current, "web-1"), pod(current, "web-2")])
    assert [(f.rule.name, f.message) for f in failed(together)] == [
        (f.rule.name, f.message) for f in failed(alone)
    ]
    assert sum(len(entry.resources) for entry in together.looked) == sum(
        len(entry.resources) for entry in alone.looked
    )


def test_a_changed_image_is_a_finding_although_the_templates_was_one_too(
    catalog: Catalog, engine: Engine
) -> None:
    top = controller("Deployment", "web", spec(container(image="registry.example.com/app:latest")))
    current = replica_set(top)
    changed = pod(current, "web-1")
    changed["spec"]["containers"][0]["image"] = "registry.example.com/evil:latest"
    result = judged(catalog, engine, [top, current, changed], "supply_chain.image_tag_mutable")
    assert [f.message.partition(" (in")[0].rpartition(": ")[2] for f in failed(result)] == [
        "registry.example.com/app:latest",
        "registry.example.com/evil:latest",
    ]


def test_pods_that_stand_for_their_owner_name_each_other(catalog: Catalog, engine: Engine) -> None:
    top = controller("Deployment", "web", spec(hostPID=True))
    current = replica_set(top)
    pods = [pod(current, f"web-{number}") for number in range(3)]
    (finding,) = failed(judged(catalog, engine, pods, "workload.host_pid"))
    assert str(finding.subject) == "Pod shop/web-0"
    assert [str(subject) for subject in finding.also] == ["Pod shop/web-1", "Pod shop/web-2"]


def test_rules_over_objects_leave_owned_ones_to_their_owner(catalog: Catalog, engine: Engine) -> None:
    top = controller("Deployment", "web", spec())
    current = replica_set(top)
    one = pod(current, "web-1")
    for body in (top, current, one):
        body["metadata"]["namespace"] = "default"
        body["metadata"]["annotations"] = {"password": "hunter2-hunter2"}
    result = judged(
        catalog,
        engine,
        [top, current, one],
        "namespace.default_namespace_used",
        "secrets.secret_in_annotation",
        "workload.naked_pod",
    )
    assert {str(f.subject) for f in failed(result)} == {"Deployment default/web"}
