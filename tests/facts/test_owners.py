"""Which objects speak for which others."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.owners import Owners
from scanner.facts.selection import pods_in
from tests.live import Body, container, controller, live, made, pod, replica_set, spec


def owners(*bodies: Body) -> Owners:
    return Index([live(body) for body in bodies], snapshot=True).owners


def judged(found: Owners) -> list[str]:
    return [_name(workload.resource) for workload in found.judged]


def deviating(found: Owners) -> list[tuple[str, str, int]]:
    return [
        (_name(each.top), _name(each.workload.resource), 1 + len(each.others)) for each in found.deviations
    ]


def _name(resource: Resource) -> str:
    return f"{resource.kind} {resource.name}"


def deployment(*containers: Body, **more: Any) -> tuple[Body, Body]:
    top = controller("Deployment", "web", spec(*containers, **more), replicas=3)
    return top, replica_set(top, replicas=3)


def test_a_deployment_speaks_for_its_replica_sets_and_pods() -> None:
    top, current = deployment()
    old = replica_set(top, mark="5c9f8d", replicas=0)
    old["spec"]["template"]["spec"]["hostPID"] = True
    found = owners(pod(current, "web-1"), old, current, pod(current, "web-2"), top)
    assert judged(found) == ["Deployment web"]
    assert deviating(found) == []
    assert len(found.owned) == 4


def test_pods_of_every_controller_are_made_as_the_api_server_makes_them() -> None:
    data = {"metadata": {"name": "data"}, "spec": {}}
    mounted = container(volumeMounts=[{"name": "data", "mountPath": "/data"}])
    stateful = controller("StatefulSet", "db", spec(mounted), volumeClaimTemplates=[data])
    port = {"containerPort": 9100, "protocol": "TCP"}
    daemon = controller("DaemonSet", "agent", spec(container(ports=[port]), hostNetwork=True))
    agent = pod(daemon, "agent-x", affinity={"nodeAffinity": {}})
    agent["spec"]["containers"][0]["ports"] = [{**port, "hostPort": 9100}]
    job = controller("Job", "once", spec(restartPolicy="Never"))
    index = {"name": "JOB_COMPLETION_INDEX", "valueFrom": {"fieldRef": {"fieldPath": "metadata.x"}}}
    worker = pod(job, "once-0", hostname="once-0")
    worker["spec"]["containers"][0]["env"] = [index]
    found = owners(stateful, pod(stateful, "db-0"), pod(stateful, "db-1"), daemon, agent, job, worker)
    assert judged(found) == ["StatefulSet db", "DaemonSet agent", "Job once"]
    assert deviating(found) == []


def test_a_template_without_defaults_has_pods_with_them() -> None:
    image = "registry.example.com/app:1"
    top = controller("Deployment", "web", {"containers": [{"name": "app", "image": image}]})
    live_pod = pod(controller("Deployment", "web", spec(container(image=image))), "web-1")
    found = owners(top, live_pod)
    assert judged(found) == ["Deployment web"]
    assert deviating(found) == []


SIDECAR = container("proxy", "registry.example.com/proxy:2", securityContext={"privileged": True})
DEBUG = {"name": "debugger", "image": "busybox", "targetContainerName": "app"}


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["containers"].append(SIDECAR),
        lambda s: s.setdefault("ephemeralContainers", []).append(DEBUG),
        lambda s: s["containers"][0].update(image="registry.example.com/other:1"),
        lambda s: s["containers"][0].update(securityContext={"privileged": True}),
        lambda s: s.update(hostNetwork=True),
        lambda s: s.update(serviceAccountName="admin", serviceAccount="admin"),
        lambda s: s["volumes"].append({"name": "root", "hostPath": {"path": "/"}}),
        lambda s: s["volumes"].append({"name": "kube-api-access-abcde", "hostPath": {"path": "/"}}),
        lambda s: s["containers"][0]["volumeMounts"].append({"name": "x", "mountPath": "/x"}),
    ],
)
def test_a_pod_that_differs_from_its_template_is_seen(change: Any) -> None:
    top, current = deployment()
    plain, other = pod(current, "web-1"), pod(current, "web-2")
    change(other["spec"])
    found = owners(top, current, plain, other)
    assert judged(found) == ["Deployment web"]
    assert deviating(found) == [("Deployment web", "Pod web-2", 1)]


def test_pods_that_differ_alike_are_one() -> None:
    top, current = deployment()
    pods = [pod(current, f"web-{number}") for number in range(5)]
    for each in pods:
        each["spec"]["containers"].append(copy.deepcopy(SIDECAR))
    assert deviating(owners(top, current, *pods)) == [("Deployment web", "Pod web-0", 5)]


def test_an_old_replica_set_that_still_runs_pods_is_judged_for_what_differs() -> None:
    top, current = deployment()
    old = replica_set(top, mark="5c9f8d", replicas=1)
    old["spec"]["template"]["spec"]["hostPID"] = True
    found = owners(top, current, old, pod(old, "web-old"), pod(current, "web-new"))
    assert deviating(found) == [("Deployment web", "ReplicaSet web-5c9f8d", 1)]
    old["spec"]["replicas"] = 0  # its last pod is still there
    assert deviating(owners(top, current, old, pod(old, "web-old"))) == [
        ("Deployment web", "ReplicaSet web-5c9f8d", 1)
    ]


def test_a_cron_job_speaks_for_its_jobs_and_finished_ones_say_nothing() -> None:
    template = {"metadata": {"labels": {}}, "spec": spec(restartPolicy="Never")}
    top = made("CronJob", "batch/v1", "nightly", spec={"jobTemplate": {"spec": {"template": template}}})
    running = controller("Job", "nightly-2", spec(restartPolicy="Never"), owned_by=top)
    finished = controller("Job", "nightly-1", spec(restartPolicy="Never", hostPID=True), owned_by=top)
    finished["status"] = {"conditions": [{"type": "Complete", "status": "True"}]}
    done = pod(running, "nightly-2-a", hostPID=True)
    done["status"]["phase"] = "Succeeded"
    found = owners(top, running, finished, pod(running, "nightly-2-b"), done)
    assert judged(found) == ["CronJob nightly"]
    assert deviating(found) == []


def test_without_its_replica_sets_a_deployment_knows_its_pods_by_their_hash() -> None:
    top, current = deployment()
    assert judged(owners(top, pod(current, "web-1"))) == ["Deployment web"]


def test_pods_whose_owner_is_not_at_hand_are_judged_once_for_each_spec() -> None:
    _, current = deployment()
    pods = [pod(current, f"web-{number}") for number in range(4)]
    pods[3]["spec"]["hostPID"] = True
    found = owners(*pods)
    assert judged(found) == ["Pod web-0", "Pod web-3"]
    assert [resource.name for resource in found.alike[id(found.judged[0].resource)]] == ["web-1", "web-2"]


def test_an_owner_of_the_same_name_and_another_uid_is_another() -> None:
    top, current = deployment()
    orphan = pod(current, "web-1")
    orphan["metadata"]["ownerReferences"][0]["uid"] = "11111111-2222-3333-4444-555555555555"
    orphan["metadata"]["labels"].pop("pod-template-hash")
    assert judged(owners(top, current, orphan)) == ["Deployment web", "Pod web-1"]


def test_an_operators_object_without_a_template_leaves_its_stateful_set_to_be_judged() -> None:
    operator = made("Prometheus", "monitoring.coreos.com/v1", "main", spec={"replicas": 1})
    stateful = controller("StatefulSet", "prometheus-main", spec(), owned_by=operator)
    found = owners(operator, stateful, pod(stateful, "prometheus-main-0"))
    assert judged(found) == ["StatefulSet prometheus-main"]
    assert found.topmost(live(pod(stateful, "x"))).kind == "Prometheus"


def test_static_pods_are_judged_themselves() -> None:
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1", "uid": "u"}}
    pods = [made("Pod", "v1", f"etcd-n{number}", node, "kube-system", spec=spec()) for number in range(2)]
    assert judged(owners(node, *pods)) == ["Pod etcd-n0", "Pod etcd-n1"]


def test_owners_in_a_circle_lose_nothing() -> None:
    first = controller("ReplicaSet", "a", spec(hostPID=True))
    second = controller("ReplicaSet", "b", spec(), owned_by=first)
    first["metadata"]["ownerReferences"] = [
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "b", "controller": True}
    ]
    found = owners(first, second)
    assert len(found.judged) + len(found.deviations) == 2


def test_labels_of_pods_that_are_not_judged_are_found_by_selectors() -> None:
    stateful = controller("StatefulSet", "db", spec())
    bodies = [stateful, pod(stateful, "db-0"), pod(stateful, "db-1")]
    index = Index([live(body) for body in bodies], snapshot=True)
    selector = {"matchLabels": {"statefulset.kubernetes.io/pod-name": "db-1"}}
    assert [w.resource.name for w in pods_in(index, "shop").matching(selector)] == ["db-1"]


def test_ten_thousand_pods_of_a_hundred_workloads_leave_a_hundred_to_judge() -> None:
    bodies: list[Body] = []
    for number in range(100):
        top = controller("Deployment", f"web-{number}", spec())
        current = replica_set(top, replicas=100)
        bodies += [top, current, *(pod(current, f"web-{number}-{each}") for each in range(100))]
    found = owners(*bodies)
    assert (len(found.judged), len(found.deviations), len(found.labelled)) == (100, 0, 200)
