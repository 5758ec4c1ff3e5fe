"""What components are set to, in every way that their settings may be given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.components import components
from scanner.facts.settings import Setting, setting

from .objects import resource
from .parts import facts, index, node, only, pod


def read(name: str, *resources: Resource, minor: int = 34) -> Setting:
    found = index(*resources, minor=minor)
    result = setting(found, components(found)[0], name)
    assert result is not None
    return result


def value(name: str, *command: Any, **container: Any) -> str | None:
    return read(name, pod("kube-apiserver", *command, **container)).get("value")


@pytest.mark.parametrize(
    "command",
    [
        ["--audit-log-path=/a"],
        ["--audit-log-path", "/a"],
        ["-audit-log-path=/a"],
        ["--audit_log_path=/a"],
        ["--audit-log-path=/b", "--audit-log-path=/a"],
        ["--v=2", "-v", "5", "--audit-log-path=/a"],
        ["--profiling", "--audit-log-path=/a"],
        ["--unknown", "x", "--audit-log-path=/a"],
    ],
)
def test_forms_of_a_flag(command: list[str]) -> None:
    assert value("audit-log-path", *command) == "/a"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["--profiling"], "true"),
        (["--profiling=false"], "false"),
        (["--profiling=F"], "false"),
        (["--profiling=1"], "true"),
        (["--profiling", "false"], "true"),  # a flag of this kind takes no value from the next argument
        (["--profiling=false", "--profiling"], "true"),
        (["--profiling="], ""),
        (["--", "--profiling=false"], "true"),
    ],
)
def test_booleans(command: list[str], expected: str) -> None:
    assert value("profiling", *command) == expected


def test_lists_are_joined() -> None:
    assert (
        value("authorization-mode", "--authorization-mode=Node", "--authorization-mode", "RBAC")
        == "Node,RBAC"
    )
    assert value("authorization-mode", "--authorization-mode=Node, RBAC") == "Node,RBAC"


def test_value_that_looks_like_a_flag_is_a_value() -> None:
    assert value("audit-log-path", "--audit-log-path", "-", "--profiling=false") == "-"
    assert value("profiling", "--audit-log-path", "-", "--profiling=false") == "false"


def test_numbers_and_nulls_among_the_arguments() -> None:
    assert value("audit-log-maxage", "--audit-log-maxage", 30) == "30"
    assert value("audit-log-maxage", None, "--audit-log-maxage=7", None) == "7"


def test_flag_without_its_value_is_not_known() -> None:
    assert "without the value" in read("audit-log-path", pod("kube-apiserver", "--audit-log-path"))["unknown"]


def test_flag_within_another_argument_is_not_known() -> None:
    found = read("token-auth-file", pod("kube-apiserver", "--tls-cert-file=/x --token-auth-file=/y"))
    assert "inside of another argument" in found["unknown"]


def test_variables_are_replaced_as_the_kubelet_does() -> None:
    env = [{"name": "DIR", "value": "/var"}, {"name": "LOG", "value": "$(DIR)/log"}]
    assert value("audit-log-path", "--audit-log-path=$(LOG)/a", env=env) == "/var/log/a"
    assert value("audit-log-path", "--audit-log-path=$$(LOG)", env=env) == "$(LOG)"
    assert value("audit-log-path", "--audit-log-path=$(NOBODY)", env=env) == "$(NOBODY)"


@pytest.mark.parametrize(
    "container",
    [
        {"env": [{"name": "X", "valueFrom": {"secretKeyRef": {}}}]},
        {"env": [{"name": "X", "value": "/a"}, {"name": "X", "valueFrom": {}}]},
        {"envFrom": [{"configMapRef": {"name": "c"}}]},
    ],
)
def test_variables_from_elsewhere_are_not_known(container: dict[str, Any]) -> None:
    found = read("audit-log-path", pod("kube-apiserver", "--audit-log-path=$(X)", **container))
    assert "value" not in found
    assert found["unknown"]
    assert found["learn"]
    assert found["path"] == ["spec", "containers", 0, "command", 1]


@pytest.mark.parametrize("last", ["$MORE", "$(cat /flags)", "`cat /flags`"])
def test_arguments_that_a_shell_makes_may_be_anything(last: str) -> None:
    shell = pod("sh", "-c", f"exec kube-apiserver --profiling=false {last}")
    assert read("profiling", shell)["value"] == "false"
    assert "not known" in read("audit-log-path", shell)["unknown"]


def test_variable_of_a_shell_that_holds_several_arguments() -> None:
    env = [{"name": "OPTS", "value": "--profiling=false --audit-log-path=/a"}]
    shell = pod("sh", "-c", "kube-apiserver $OPTS", env=env)
    assert read("profiling", shell)["value"] == "false"
    assert read("audit-log-path", shell)["value"] == "/a"


def test_variable_of_a_shell() -> None:
    env = [{"name": "LOG", "value": "/var/log"}]
    shell = pod(
        "sh", "-c", "exec kube-apiserver --audit-log-path=${LOG}/a --token-auth-file=$(date)", env=env
    )
    assert read("audit-log-path", shell)["value"] == "/var/log/a"
    assert "output of a command" in read("token-auth-file", shell)["unknown"]


def test_path_of_what_is_given_and_of_what_is_not() -> None:
    whole = pod("kube-apiserver", args=["--profiling=false"])
    assert read("profiling", whole)["path"] == ["spec", "containers", 0, "args", 0]
    assert read("anonymous-auth", whole)["path"] == ["spec", "containers", 0, "command"]


def test_default_follows_the_version() -> None:
    old, new = (pod("kube-apiserver", image=f"kube-apiserver:v1.{minor}.0") for minor in (35, 36))
    assert read("audit-log-maxage", old) == {
        "value": "0",
        "source": "default",
        "path": ["spec", "containers", 0, "command"],
    }
    assert read("audit-log-maxage", new)["value"] == "366"


def test_flag_that_the_version_does_not_have() -> None:
    found, component = only(pod("kube-apiserver", image="kube-apiserver:v1.28.0"))
    assert setting(found, component, "authorization-config") is None


def test_what_all_flags_list_is_a_default_when_it_is_the_default() -> None:
    listed = facts("kube-apiserver", "--profiling=true", "--anonymous-auth=false", source="flagz")
    assert read("profiling", listed)["source"] == "default"
    assert read("anonymous-auth", listed)["source"] == "flag"


@pytest.mark.parametrize(
    ("gates", "expected"),
    [
        ([], "true"),
        (["--feature-gates=RotateKubeletServerCertificate=false"], "false"),
        (["--feature-gates=A=true,RotateKubeletServerCertificate=false"], "false"),
        (["--feature-gates=RotateKubeletServerCertificate=false", "--feature-gates=A=true"], "false"),
        (["--feature-gates=AllBeta=false"], "false"),
        (["--feature-gates=kube:RotateKubeletServerCertificate=false"], "false"),
        (["--feature-gates=other:RotateKubeletServerCertificate=false"], "true"),
        (["--feature-gates=RotateKubeletServerCertificate=true,AllBeta=false"], "true"),
    ],
)
def test_feature_gate(gates: list[str], expected: str) -> None:
    manager = pod("kube-controller-manager", *gates, name="kube-controller-manager")
    assert read("RotateKubeletServerCertificate", manager)["value"] == expected


CONFIGURED = "--authentication-config=/a", "--authorization-config=/b"


def with_files(*command: str, **configs: Any) -> list[Resource]:
    return [pod("kube-apiserver", *command), facts("kube-apiserver", *command, configs=configs)]


def test_authorizers_of_a_file_go_before_the_flag() -> None:
    authorizers = [{"type": "Node"}, {"type": "Webhook"}]
    given = with_files(*CONFIGURED, "--authorization-mode=RBAC", authorization={"authorizers": authorizers})
    assert read("authorization-mode", *given)["value"] == "Node,Webhook"


@pytest.mark.parametrize("content", [None, {}, {"authorizers": []}, {"authorizers": [{"type": 1}]}, [1]])
def test_authorizers_that_cannot_be_told(content: Any) -> None:
    assert "unknown" in read("authorization-mode", *with_files(*CONFIGURED, authorization=content))


def test_file_whose_node_was_not_looked_at() -> None:
    found = read("authorization-mode", pod("kube-apiserver", *CONFIGURED))
    assert "no facts of its node" in found["unknown"]
    assert "kubeassay node collect" in found["learn"]


@pytest.mark.parametrize(
    ("anonymous", "expected"), [({"enabled": True}, "true"), ({"enabled": False}, "false"), ({}, "false")]
)
def test_anonymous_of_a_file(anonymous: Any, expected: str) -> None:
    found = read("anonymous-auth", *with_files(*CONFIGURED, authentication={"anonymous": anonymous}))
    assert (found["value"], found["source"]) == (expected, "file")


def test_anonymous_for_some_paths() -> None:
    anonymous = {"enabled": True, "conditions": [{"path": "/livez"}, None, {"path": 1}]}
    found = read("anonymous-auth", *with_files(*CONFIGURED, authentication={"anonymous": anonymous}))
    assert found["conditions"] == ["/livez"]


def test_file_that_does_not_speak_of_anonymous_leaves_the_flag() -> None:
    given = with_files(*CONFIGURED, authentication={"jwt": []})
    assert read("anonymous-auth", *given)["source"] == "default"


def etcd(*command: str, **container: Any) -> Resource:
    return pod("etcd", *command, name="etcd", image="registry.k8s.io/etcd:3.6.4-0", **container)


def test_etcd_by_its_environment() -> None:
    env = [{"name": "ETCD_CLIENT_CERT_AUTH", "value": "1"}, {"name": "ETCD_CERT_FILE", "value": ""}]
    assert read("client-cert-auth", etcd(env=env)) == {
        "value": "true",
        "source": "env",
        "path": ["spec", "containers", 0, "env", 0],
    }
    assert read("client-cert-auth", etcd("--client-cert-auth=false", env=env))["value"] == "false"
    assert read("cert-file", etcd(env=env))["source"] == "default"


def test_variable_of_etcd_from_elsewhere_is_not_known() -> None:
    env = [{"name": "ETCD_CERT_FILE", "valueFrom": {"fieldRef": {}}}]
    assert "ETCD_CERT_FILE" in read("cert-file", etcd(env=env))["unknown"]
    assert "unknown" in read("cert-file", etcd(envFrom=[{"configMapRef": {"name": "etcd"}}]))


@pytest.mark.parametrize("as_text", [False, True])
def test_file_of_etcd_goes_before_flags_and_variables(as_text: bool) -> None:
    content = {
        "client-transport-security": {"client-cert-auth": True},
        "peer-transport-security": {"auto-tls": "t"},
    }
    file = {"role": "etcd.config", "path": "/e", "status": "ok"}
    command = ("--config-file=/e", "--auto-tls", "--client-cert-auth=false")
    given = [
        etcd(*command),
        facts(
            "etcd",
            *command,
            component="etcd",
            files=[file | {"content": json.dumps(content) if as_text else content}],
        ),
    ]
    assert read("client-cert-auth", *given)["value"] == "true"
    assert read("peer-auto-tls", *given)["value"] == "true"
    assert read("auto-tls", *given) == {
        "value": "false",
        "source": "file",
        "path": ["spec", "containers", 0, "command", 1],
    }


@pytest.mark.parametrize(
    "file",
    [
        {"role": "etcd.config", "path": "/e", "status": "denied"},
        {"role": "etcd.config", "path": "/e", "status": "ok", "content": "a: ["},
        {"role": "etcd.config", "path": "/e", "status": "ok", "content": None},
        {"role": "other", "path": "/f", "status": "ok", "content": {}},
    ],
)
def test_file_of_etcd_that_was_not_read(file: dict[str, Any]) -> None:
    given = [etcd("--config-file=/e"), facts("etcd", "--config-file=/e", component="etcd", files=[file])]
    assert "names a file" in read("cert-file", *given)["unknown"]


def test_file_of_the_scheduler_goes_before_its_flag() -> None:
    command = ("--config=/s", "--profiling=false")
    scheduler = pod("kube-scheduler", *command, name="kube-scheduler")
    assert "unknown" in read("profiling", scheduler)
    file = {"role": "scheduler.config", "path": "/s", "status": "ok", "content": {"kind": "x"}}
    seen = facts("kube-scheduler", *command, component="scheduler", files=[file])
    assert read("profiling", scheduler, seen)["value"] == "true"


def openshift(config: Any) -> list[Resource]:
    server = pod("kube-apiserver", "--openshift-config=/c", namespace="openshift-kube-apiserver", labels={})
    map_ = resource("ConfigMap", "v1", "config", "openshift-kube-apiserver", data={"config.yaml": config})
    return [server, map_]


def test_openshift_by_its_config_map() -> None:
    config = {
        "apiServerArguments": {"anonymous-auth": ["false"], "authorization-mode": ["Scope", "RBAC", "Node"]},
        "servingInfo": {"clientCA": "/ca.crt", "cipherSuites": ["A", "B"]},
    }
    given = openshift(json.dumps(config))
    assert read("anonymous-auth", *given)["value"] == "false"
    assert read("authorization-mode", *given)["value"] == "Scope,RBAC,Node"
    assert read("tls-cipher-suites", *given)["value"] == "A,B"
    assert read("client-ca-file", *given)["value"] == "/ca.crt"
    assert read("profiling", *given)["source"] == "default"


@pytest.mark.parametrize("config", [None, "", "a: [", "[]", 1])
def test_openshift_whose_config_map_cannot_be_read(config: Any) -> None:
    assert "not at hand" in read("anonymous-auth", *openshift(config))["unknown"]
    assert "ConfigMaps of openshift-kube-apiserver" in read("anonymous-auth", *openshift(config))["learn"]


def test_scheduler_of_openshift_by_its_config_map() -> None:
    scheduler = pod(
        *("kube-scheduler", "--config=/c"), name="kube-scheduler", namespace="openshift-kube-scheduler"
    )
    config = json.dumps({"enableProfiling": False})
    map_ = resource("ConfigMap", "v1", "config", "openshift-kube-scheduler", data={"config.yaml": config})
    assert read("profiling", scheduler, map_)["value"] == "false"
    assert "unknown" in read("profiling", scheduler)


def k3s(*words: str) -> Resource:
    return node("k", annotations={"k3s.io/node-args": json.dumps(["server", *words])})


@pytest.mark.parametrize(
    "words", [["--kube-apiserver-arg", "profiling=true"], ["--kube-apiserver-arg=profiling=true"]]
)
def test_arguments_that_k3s_passes_on(words: list[str]) -> None:
    found = read("profiling", k3s(*words))
    assert (found["value"], found["source"]) == ("true", "flag")
    assert found["path"] == ["metadata", "annotations", "k3s.io/node-args"]


def test_arguments_that_k3s_gives_of_its_own() -> None:
    assert read("anonymous-auth", k3s()) == {
        "value": "false",
        "source": "distribution",
        "path": ["metadata", "annotations", "k3s.io/node-args"],
    }
    assert read("audit-log-path", k3s())["source"] == "default"
    assert read("encryption-provider-config", k3s())["value"] == ""
    assert read("encryption-provider-config", k3s("--secrets-encryption"))["value"].endswith(".json")


@pytest.mark.parametrize(
    ("words", "servers"),
    [
        ([], "unix://"),
        (["--datastore-endpoint", "mysql://db/k3s"], "unix://"),
        (["--datastore-endpoint=https://etcd.example:2379"], "https://etcd.example"),
        (["--cluster-init"], "https://127.0.0.1"),
    ],
)
def test_where_k3s_keeps_its_data(words: list[str], servers: str) -> None:
    assert read("etcd-servers", k3s(*words))["value"].startswith(servers)


def test_file_of_the_etcd_within_k3s_goes_before_its_defaults() -> None:
    content = {"client-transport-security": {"client-cert-auth": False}}
    file = {"role": "etcd.config", "path": "/var/lib/etcd/config", "status": "ok", "content": content}
    found = index(k3s("--cluster-init"), facts(component="kubelet", name="k", files=[file]))
    (etcd,) = [one for one in components(found) if one.name == "etcd"]
    assert setting(found, etcd, "client-cert-auth") == {
        "value": "false",
        "source": "file",
        "path": ["metadata", "annotations", "k3s.io/node-args"],
    }


def test_error_of_the_collector_is_the_reason() -> None:
    errors = ["/b: permission denied", "/other: no such file"]
    given = facts("kube-apiserver", *CONFIGURED, collector={"mode": "job", "errors": errors})
    found = read("authorization-mode", pod("kube-apiserver", *CONFIGURED), given)
    assert "/b: permission denied" in found["unknown"]


def test_structured_authorization_of_k3s_has_no_default_of_its_own() -> None:
    given = k3s(
        "--kube-apiserver-arg=authorization-config=/a", "--kube-apiserver-arg=authentication-config=/b"
    )
    assert "unknown" in read("authorization-mode", given)
    assert "unknown" in read("anonymous-auth", given)


@pytest.mark.parametrize("name", ["profiling", "authorization-mode", "anonymous-auth", "audit-log-path"])
@pytest.mark.parametrize("configs", [None, 1, "x", [1], {"authentication": [1], "authorization": "x"}])
def test_hostile_facts(name: str, configs: Any) -> None:
    strange = facts("kube-apiserver", *CONFIGURED, files=configs, configs=configs, collector=configs)
    assert {"value", "unknown"} & read(name, pod("kube-apiserver", *CONFIGURED), strange).keys()
