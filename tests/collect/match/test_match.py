"""Live objects find what they were made from in files."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from scanner.collect.discover import Found, discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Collection, Problem, Resource
from scanner.collect.match import Repository, match
from tests.collect.match.build import (
    DEPLOYMENT,
    Live,
    deployment,
    is_matched,
    live,
    matched,
    owned,
    place,
    write,
)
from tests.rules.junk import junk

POD = ("spec", "template", "spec")
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  type: NodePort\n"


def test_fields_are_found_by_name_not_by_place(tmp_path: Path) -> None:
    write(tmp_path, deploy__api=DEPLOYMENT)
    found = matched(tmp_path, deployment())
    assert place(found, "api", *POD, "containers", 1, "securityContext", "privileged") == "deploy/api.yaml:18"
    assert place(found, "api", *POD, "containers", 0, "image") == "deploy/api.yaml:22"
    assert place(found, "api", *POD, "containers", 0, "env", 1, "value") == "deploy/api.yaml:25"
    assert found.matched == {"name": 1}
    assert found.files == 1


def test_rewritten_quantity_and_defaults_are_no_drift(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    found = matched(tmp_path, deployment())
    assert place(found, "api", *POD, "containers", 1, "resources", "limits", "cpu") == "api.yaml:16"
    assert place(found, "api", *POD, "containers", 1, "imagePullPolicy") == "api.yaml:13"
    assert place(found, "api", *POD, "dnsPolicy") == "api.yaml:11"


def test_field_that_neither_has_is_at_its_nearest_ancestor(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    found = matched(tmp_path, deployment())
    assert place(found, "api", *POD, "containers", 1, "securityContext", "runAsNonRoot") == "api.yaml:17"


def test_what_somebody_changed_by_hand_is_drift(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    body = deployment()
    web = body["spec"]["template"]["spec"]["containers"][1]
    web["image"] = "example.com/web:1.1"
    web["securityContext"]["capabilities"]["add"] = ["SYS_TIME", "NET_ADMIN", "SYS_ADMIN"]
    del web["securityContext"]["privileged"]
    body["spec"]["template"]["spec"]["hostNetwork"] = True
    body["spec"]["template"]["spec"]["containers"].append({"name": "proxy", "image": "mesh"})
    found = matched(tmp_path, body)
    assert place(found, "api", *POD, "containers", 1, "image") == "api.yaml:14? changed"
    security = (*POD, "containers", 1, "securityContext")
    assert place(found, "api", *security, "capabilities", "add") == "api.yaml:20? changed"
    assert place(found, "api", *security, "privileged") == "api.yaml:18? removed"
    assert place(found, "api", *POD, "hostNetwork") == "api.yaml:11? added"
    assert place(found, "api", *POD, "containers", 2, "image") == "api.yaml:12? added"
    assert place(found, "api", *POD, "containers", 2, "securityContext") == "api.yaml:12"
    assert place(found, "api", *security) == "api.yaml:17"


def test_reordered_list_of_words_is_no_drift(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    body = deployment()
    web = body["spec"]["template"]["spec"]["containers"][1]
    web["securityContext"]["capabilities"]["add"].reverse()
    found = matched(tmp_path, body)
    path = (*POD, "containers", 1, "securityContext", "capabilities", "add")
    assert place(found, "api", *path) == "api.yaml:20"
    assert place(found, "api", *path, 0) == "api.yaml:20"


def test_fields_of_the_server_are_no_drift(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    body = deployment() | {"status": {"replicas": 3}}
    found = matched(tmp_path, body)
    assert place(found, "api", "status", "replicas") == "api.yaml:1"
    assert place(found, "api", "metadata", "uid") == "api.yaml:3"


def test_namespace_decides(tmp_path: Path) -> None:
    write(tmp_path, a=DEPLOYMENT, b=DEPLOYMENT.replace("namespace: prod", "namespace: test"))
    found = matched(tmp_path, deployment(namespace="test"), deployment(namespace="other", name="api"))
    assert [resource.origin.uri for resource in found.resources] == ["b.yaml", "cluster/other/api.yaml"]
    assert found.matched == {"name": 1, "not in the repository": 1}


def test_manifest_without_namespace_is_the_only_one_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, service=SERVICE)
    service = yaml.safe_load(SERVICE)
    service["metadata"]["namespace"] = "prod"
    found = matched(tmp_path, service)
    assert place(found, "api", "spec", "type") == "service.yaml:6"


def test_manifest_without_namespace_may_be_of_several(tmp_path: Path) -> None:
    write(tmp_path, service=SERVICE)
    services = [yaml.safe_load(SERVICE) for _ in range(2)]
    for body, namespace in zip(services, ("prod", "test"), strict=True):
        body["metadata"]["namespace"] = namespace
    found = matched(tmp_path, *services)
    assert [each.origin.locate(()).approximate for each in found.resources] == [True, True]
    assert found.matched == {"name": 2, "several sources fit equally": 2}


def test_two_equal_sources_are_ambiguous_and_the_first_counts(tmp_path: Path) -> None:
    write(tmp_path, one=DEPLOYMENT, two=DEPLOYMENT)
    found = matched(tmp_path, deployment())
    assert place(found, "api", "spec", "replicas") == "one.yaml:7?"
    assert found.matched == {"name": 1, "several sources fit equally": 1}


def test_older_group_of_the_same_kind_matches(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT.replace("apps/v1", "extensions/v1beta1"))
    assert place(matched(tmp_path, deployment()), "api", "spec", "replicas") == "api.yaml:7"


def test_other_group_of_the_same_kind_does_not(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT.replace("apps/v1", "serving.example.com/v1"))
    assert not is_matched(matched(tmp_path, deployment()).resources[0])


def test_cluster_wide_object_matches_whatever_namespace_its_manifest_names(tmp_path: Path) -> None:
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "reader"},
    }
    body = role | {"rules": [{"verbs": ["get"]}]}
    write(tmp_path, role=yaml.safe_dump(body | {"metadata": {"name": "reader", "namespace": "prod"}}))
    assert is_matched(matched(tmp_path, body).resources[0])


def test_hash_of_a_generated_name_may_differ(tmp_path: Path) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings-4k47f4m4k4, namespace: prod}\n"
    write(tmp_path, settings=text)
    body = yaml.safe_load(text)
    body["metadata"]["name"] = "settings-fh6hhg9d9m"
    assert place(matched(tmp_path, body), "settings-fh6hhg9d9m") == "settings.yaml:1"


def test_pod_leads_through_its_replica_set_to_the_template(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    parent = deployment()
    template = parent["spec"]["template"]
    middle = owned("ReplicaSet", "api-5d4f", parent, template=template)
    pod = owned("Pod", "api-5d4f-x2x2x", middle, **template["spec"])
    pod["spec"]["containers"].append({"name": "proxy", "securityContext": {"privileged": True}})
    found = matched(tmp_path, parent, middle, pod)
    web = ("spec", "containers", 1, "securityContext", "privileged")
    assert place(found, "api-5d4f-x2x2x", *web) == "api.yaml:18"
    assert place(found, "api-5d4f-x2x2x", "spec", "containers", 2, "securityContext", "privileged") == (
        "api.yaml:12? added"
    )
    assert place(found, "api-5d4f", *POD, "containers", 1, "image") == "api.yaml:14"
    assert place(found, "api-5d4f-x2x2x", "metadata", "name") == "api.yaml:1?"
    assert found.matched == {"name": 1, "owner": 2}


def test_pod_whose_owners_were_not_read_leads_there_by_its_hash(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    parent = deployment()
    middle = owned("ReplicaSet", "api-5d4f", parent)
    pod = owned("Pod", "api-5d4f-x2x2x", middle, **parent["spec"]["template"]["spec"])
    pod["metadata"]["labels"] = {"app": "api", "pod-template-hash": "5d4f"}
    found = matched(tmp_path, pod)
    assert place(found, "api-5d4f-x2x2x", "spec", "containers", 1, "image") == "api.yaml:14"
    assert place(found, "api-5d4f-x2x2x", "metadata", "labels", "app") == "api.yaml:10"


def test_pod_of_a_job_leads_to_the_cron_job(tmp_path: Path) -> None:
    text = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: prod}
spec:
  jobTemplate:
    spec:
      ttlSecondsAfterFinished: 60
      template:
        spec:
          containers:
            - name: run
              image: job:1
"""
    write(tmp_path, nightly=text)
    parent = yaml.safe_load(text)
    job = owned("Job", "nightly-29012345", parent, **parent["spec"]["jobTemplate"]["spec"])
    pod = owned("Pod", "nightly-29012345-abcde", job, containers=[{"name": "run", "image": "job:1"}])
    found = matched(tmp_path, pod)
    assert place(found, "nightly-29012345-abcde", "spec", "containers", 0, "image") == "nightly.yaml:12"
    found = matched(tmp_path, parent, job)
    assert place(found, "nightly-29012345", "spec", "ttlSecondsAfterFinished") == "nightly.yaml:7"


def test_what_an_operator_made_points_roughly_to_its_custom_resource(tmp_path: Path) -> None:
    text = "apiVersion: db.example.com/v1\nkind: Postgres\nmetadata:\n  name: main\n  namespace: prod\n"
    write(tmp_path, db=text)
    parent = yaml.safe_load(text)
    made = owned("StatefulSet", "main-db", parent, template={"spec": {"containers": [{"name": "pg"}]}})
    found = matched(tmp_path, parent, made)
    assert place(found, "main-db", "spec", "template", "spec", "hostPID") == "db.yaml:1?"
    assert found.matched == {"name": 1, "owner": 1}


def test_owners_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT)
    one = owned(
        "StatefulSet", "one", {"apiVersion": "v1", "kind": "StatefulSet", "metadata": {"name": "two"}}
    )
    two = owned("StatefulSet", "two", one)
    for body in (one, two):
        body["metadata"]["namespace"] = "prod"
        body["metadata"]["ownerReferences"][0]["uid"] = ""
    assert not any(map(is_matched, matched(tmp_path, one, two).resources))


def test_facts_of_the_cluster_have_no_source(tmp_path: Path) -> None:
    text = "apiVersion: kubeassay.dev/v1\nkind: ClusterFacts\nmetadata: {name: c}\n"
    write(tmp_path, facts=text)
    found = matched(tmp_path, yaml.safe_load(text))
    assert not is_matched(found.resources[0])
    assert found.matched == {}


def test_what_cannot_be_read_of_the_repository_is_said(tmp_path: Path) -> None:
    write(tmp_path, api=DEPLOYMENT, broken="a: [")
    found = matched(tmp_path, deployment())
    assert [problem.code for problem in found.problems] == ["source-yaml-syntax"]
    assert is_matched(found.resources[0])


def test_live_problems_and_counts_stay(tmp_path: Path) -> None:
    problem = Problem("cluster-forbidden", "403")
    found = match(Collection([live(deployment())], [problem]), Repository(Found(), HelmOptions(), tmp_path))
    assert (found.problems, found.matched) == ([problem], {"not in the repository": 1})


def test_objects_without_metadata_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, odd="apiVersion: v1\nkind: Pod\nmetadata: []\n", api=DEPLOYMENT)
    odd = deployment(labels=[1], annotations="x", ownerReferences=[3, {"kind": None}])
    assert is_matched(matched(tmp_path, odd).resources[0])


def test_object_with_a_generated_name_is_found_by_its_beginning(tmp_path: Path) -> None:
    write(tmp_path, run="apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n")
    body = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "migrate-x7x7x", "generateName": "migrate-", "namespace": "prod"},
    }
    assert place(matched(tmp_path, body), "migrate-x7x7x", "metadata") == "run.yaml:3"


def test_nonsense_in_objects_and_manifests_does_no_harm(tmp_path: Path) -> None:
    bodies = junk(3, 400)
    (tmp_path / "junk.json").write_text("\n---\n".join(json.dumps(body) for body in junk(4, 400)))
    resources = [Resource(body, Live("cluster/x")) for body in bodies]
    found = match(Collection(resources), Repository(discover(["."], cwd=tmp_path), HelmOptions(), tmp_path))
    assert sum(map(is_matched, found.resources)) > 20
    for resource in found.resources:
        for path in (
            (),
            ("spec", "containers", 0, "image"),
            ("rules", 3, "verbs", 0),
            ("metadata", "name", "x"),
        ):
            assert resource.origin.locate(path).uri
