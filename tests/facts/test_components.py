"""Which running parts of Kubernetes are found, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.components import components, version

from .parts import cluster, facts, index, node, only, pod


def names(*resources: Resource) -> list[tuple[str, str]]:
    return [(component.name, component.node) for component in components(index(*resources))]


def test_pod_and_process_of_one_node_are_one_component() -> None:
    _, component = only(pod("kube-apiserver", "--a=1"), facts("/usr/bin/kube-apiserver", "--a=2"))
    assert component.resource.kind == "Pod"
    assert [argument for argument, _ in component.argv] == ["/usr/bin/kube-apiserver", "--a=2"]
    assert component.facts is not None


def test_process_of_another_node_is_another_component() -> None:
    found = names(pod("kube-apiserver"), facts("kube-apiserver", name="n2"))
    assert found == [("kube-apiserver", "n1"), ("kube-apiserver", "n2")]


def test_pod_that_names_no_node_is_the_one_process() -> None:
    manifest = pod("kube-apiserver")
    del manifest.body["spec"]["nodeName"]
    manifest.body["metadata"]["name"] = manifest.name = "apiserver"
    assert names(manifest, facts("kube-apiserver", name="n2")) == [("kube-apiserver", "n2")]


def test_an_environment_that_was_not_read_may_hold_anything() -> None:
    process = facts("etcd", "--name=a")
    process.body["processes"][0]["component"] = "etcd"
    process.body["processes"][0]["incomplete"] = "permission denied"
    _, component = only(process)
    assert component.environment.reason("ETCD_AUTO_TLS") == "permission denied"
    assert not component.hidden


def test_mirror_pod_is_called_after_its_node() -> None:
    manifest = pod("kube-apiserver", node="worker-7")
    del manifest.body["spec"]["nodeName"]
    assert names(manifest) == [("kube-apiserver", "worker-7")]


def test_arguments_of_a_process_stand_where_the_pod_has_them() -> None:
    _, component = only(pod("kube-apiserver", "--a=1"), facts("kube-apiserver", "--b=2", "--a=1"))
    assert dict(component.argv)["--a=1"] == ("spec", "containers", 0, "command", 1)
    assert dict(component.argv)["--b=2"] == ("spec", "containers", 0, "command")


@pytest.mark.parametrize(
    ("command", "container"),
    [
        (["/usr/local/bin/kube-apiserver", "--a=1"], {}),
        (["kube-apiserver"], {"args": ["--a=1"]}),
        (["--a=1"], {}),
        ([], {"args": ["--a=1"]}),
        (["/hyperkube", "apiserver", "--a=1"], {}),
        (["/hyperkube", "kube-apiserver", "--a=1"], {}),
        (["/go-runner", "--log-file=/x", "--also-stdout=false", "/usr/bin/kube-apiserver", "--a=1"], {}),
        (["/bin/sh", "-c", "exec /usr/bin/kube-apiserver --a=1 >>/var/log/x 2>&1"], {}),
        (["bash", "-ec"], {"args": ["sleep 1; nice -n -19 kube-apiserver \\\n  --a='1' | tee /log"]}),
        (["sh", "-c", "kube-apiserver --version; kube-apiserver --a=1 --b=2"], {}),
        (["/usr/bin/env", "kube-apiserver", "--a=1"], {}),
        (["/bin/bash", "-euxo", "pipefail", "-c"], {"args": ["exec hyperkube kube-apiserver --a=1 -v=2"]}),
        (
            ["/bin/bash", "-ec"],
            {
                "args": [
                    "echo 'waiting'\nwhile [ -n \"$(ss -Htan '( sport = 6443 )')\" ]; do sleep 1; done\n"
                    "exec watch-termination --graceful=15s -- hyperkube kube-apiserver \\\n  --a=1"
                ]
            },
        ),
    ],
)
def test_program_is_found_through_what_starts_it(command: list[str], container: dict[str, Any]) -> None:
    _, component = only(pod(*command, **container))
    assert component.name == "kube-apiserver"
    assert [use.value for use in component.flags["a"]] == ["1"]
    assert not component.hidden


def test_label_is_believed_less_than_the_program() -> None:
    _, component = only(pod("etcd", "--auto-tls", labels={"component": "kube-apiserver"}))
    assert component.name == "etcd"


@pytest.mark.parametrize(
    "other",
    [
        pod("sleep", "infinity", name="sleeper", labels={}),
        pod("grep", "kube-apiserver", name="x", labels={}),
        pod("kube-apiserver", namespace="shop"),
        pod("etcd", name="etcd", labels={"k8s-app": "calico-etcd"}),
        pod("sh", "-c", "exec etcd grpc-proxy start", name="etcd-metrics", labels={"component": "etcd"}),
        pod("sh", "-c", "echo kube-apiserver", name="x", labels={}),
    ],
)
def test_what_is_no_component_of_the_cluster(other: Resource) -> None:
    found = components(index(other))
    assert [one.name for one in found if not one.hidden] == []


def test_finished_pod_runs_nothing() -> None:
    ended = pod("kube-apiserver")
    ended.body["status"] = {"phase": "Failed"}
    assert names(ended) == []


def test_static_pod_is_seen_in_any_namespace() -> None:
    static = pod("kube-apiserver", namespace="control", labels={})
    static.body["metadata"]["annotations"] = {"kubernetes.io/config.mirror": "x"}
    assert names(static) == [("kube-apiserver", "n1")]


@pytest.mark.parametrize(
    ("command", "why"), [([], "states no arguments"), (["/start.sh"], "is started by /start.sh")]
)
def test_arguments_that_the_image_decides_are_not_known(command: list[str], why: str) -> None:
    _, component = only(pod(*command))
    assert why in component.hidden


def test_helper_beside_the_component_is_none() -> None:
    two = pod("kube-apiserver")
    two.body["spec"]["containers"].append({"name": "kms", "image": "kms:1", "command": ["/kms"]})
    assert names(two) == [("kube-apiserver", "n1")]


def arguments(*words: str, program: str = "k3s") -> Resource:
    return node("k", annotations={f"{program}.io/node-args": json.dumps(words)})


def test_server_of_k3s_has_the_control_plane_within() -> None:
    found = names(arguments("server", "--kube-apiserver-arg", "a=1"))
    assert [name for name, _ in found] == [
        *("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy")
    ]


def test_agent_of_k3s_has_the_parts_of_a_node() -> None:
    assert [name for name, _ in names(arguments("agent"))] == ["kubelet", "kube-proxy"]


@pytest.mark.parametrize("words", [["--cluster-init"], ["--server", "https://k3s:6443"]])
def test_k3s_with_etcd_within(words: list[str]) -> None:
    assert ("etcd", "k") in names(arguments("server", *words))


def test_label_tells_of_etcd_within_k3s() -> None:
    labelled = arguments("server")
    labelled.body["metadata"]["labels"] = {"node-role.kubernetes.io/etcd": "true"}
    assert ("etcd", "k") in names(labelled)


def test_parts_that_k3s_is_told_to_leave_out() -> None:
    assert ("kube-scheduler", "k") not in names(arguments("server", "--disable-scheduler"))
    assert ("kube-scheduler", "k") in names(arguments("server", "--disable-scheduler=false"))


def test_pods_of_rke2_go_before_its_annotation() -> None:
    found = components(index(pod("kube-apiserver", node="k"), arguments("server", program="rke2")))
    servers = [one for one in found if one.name == "kube-apiserver"]
    assert [one.resource.kind for one in servers] == ["Pod"]


def test_annotation_goes_before_the_process_of_k3s_that_hides_its_file() -> None:
    process = facts("/usr/local/bin/k3s", "server", component="k3s", name="k")
    found = components(index(process, arguments("server", "--kube-apiserver-arg=a=1")))
    (server,) = [one for one in found if one.name == "kube-apiserver"]
    assert server.resource.kind == "Node"
    assert "a" in server.flags
    assert not server.hidden
    (alone,) = [one for one in components(index(process)) if one.name == "kube-apiserver"]
    assert "configuration file" in alone.hidden


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([pod("kube-apiserver", image="x/kube-apiserver:v1.29.3")], (1, 29)),
        ([pod("kube-apiserver", image="x/hyper:v1.32.11-rke2r1")], (1, 32)),
        ([pod("kube-apiserver", image="host:5000/kube-apiserver")], (1, 34)),
        ([pod("kube-apiserver", image="a@sha256:00"), facts(kubernetesVersion="1.30.2")], (1, 30)),
        ([pod("kube-apiserver", image="a"), cluster(kubernetesVersion="1.31.0")], (1, 31)),
        (
            [pod("kube-apiserver", image="a"), node(status={"nodeInfo": {"kubeletVersion": "v1.33.1+k3s1"}})],
            (1, 33),
        ),
        ([pod("etcd", name="etcd", image="x/etcd:3.6.4-0")], (3, 6)),
        ([pod("etcd", name="etcd", image="x/etcd")], (3, 5)),
    ],
)
def test_version(resources: list[Resource], expected: tuple[int, int]) -> None:
    found = index(*resources)
    assert version(found, components(found)[0]) == expected


@pytest.mark.parametrize(
    "container",
    [
        {"command": None, "args": None},
        {"command": "kube-apiserver", "args": {"a": 1}},
        {"command": [None, 1, {"a": 1}, ["x"], True], "args": [1.5]},
        {"command": ["kube-apiserver", 8080, None, True], "env": "x"},
        {"env": [None, {"name": 1}, {"name": "A", "value": 2}, {"valueFrom": 3}], "envFrom": {}},
        {"command": ["sh", "-c", "'"], "image": 7},
        {"command": ["sh", "-c"]},
        {"command": ["kube-apiserver", ""]},
    ],
)
def test_hostile_pods(container: dict[str, Any]) -> None:
    bad = pod(**{"command": [], **container}) if "command" not in container else pod()
    bad.body["spec"]["containers"][0].update(container)
    for component in components(index(bad)):
        assert component.name == "kube-apiserver"


@pytest.mark.parametrize("value", [None, 1, "x", [1], {"a": 1}])
def test_hostile_facts(value: object) -> None:
    strange = facts("kube-apiserver")
    strange.body["processes"] = value
    assert names(strange) == []
    strange.body["processes"] = [{"component": value, "argv": value, "env": value, "source": value}]
    assert names(strange) in ([], [("x", "n1")])
    assert names(node(annotations={"k3s.io/node-args": value})) == []
