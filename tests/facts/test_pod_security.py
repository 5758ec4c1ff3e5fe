"""What pods namespaces would take, by labels, defaults of the API server and policies."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.pod_security import admission, exemptions
from tests.live import Body, live

ENFORCE = "pod-security.kubernetes.io/enforce"


def namespace(**labels: str) -> Body:
    found = {f"pod-security.kubernetes.io/{mode}": level for mode, level in labels.items()}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": found}}


def node(*flags: str, name: str = "n1", **configs: Any) -> Body:
    process = {"component": "apiserver", "source": "proc", "argv": ["kube-apiserver", *flags], "env": {}}
    return {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "NodeFacts",
        "metadata": {"name": name},
        "roles": ["control-plane"],
        "kubernetesVersion": "1.34.1",
        "processes": [process],
        "configs": configs,
    }


def defaults(enforce: str, *exempt: str) -> Body:
    configuration: Body = {"kind": "PodSecurityConfiguration", "defaults": {"enforce": enforce}}
    configuration["exemptions"] = {"namespaces": list(exempt), "usernames": ["jane"], "runtimeClasses": []}
    plugin = {"name": "PodSecurity", "configuration": configuration}
    return {"kind": "AdmissionConfiguration", "plugins": [plugin]}


FILE = "--admission-control-config-file=/etc/kubernetes/admission.yaml"


def told(of: Body, *others: Body) -> dict[str, Any]:
    resources = [live(body) for body in (of, *others)]
    return admission(Index(resources, snapshot=True), Unit(resources[0], namespace="shop"))


def level(of: Body, *others: Body) -> tuple[str, str]:
    found = told(of, *others)
    return found["level"], found["source"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({}, ("privileged", "none")),
        ({"warn": "restricted", "audit": "restricted"}, ("privileged", "none")),
        ({"enforce": "privileged"}, ("privileged", "label")),
        ({"enforce": "baseline"}, ("baseline", "label")),
        ({"enforce": "restricted"}, ("restricted", "label")),
        ({"enforce": "Baseline"}, ("restricted", "label")),
    ],
)
def test_labels(labels: dict[str, str], expected: tuple[str, str]) -> None:
    assert level(namespace(**labels)) == expected


def test_defaults_of_the_api_server_hold_where_labels_are_silent() -> None:
    server = node(FILE, admission=defaults("baseline"))
    assert level(namespace(), server) == ("baseline", "default")
    assert level(namespace(enforce="privileged"), server) == ("privileged", "label")


def test_of_two_api_servers_the_weaker_counts() -> None:
    strict, weak = node(FILE, admission=defaults("restricted")), node(name="n2")
    assert level(namespace(), strict, weak) == ("privileged", "none")


def test_an_exempt_namespace_takes_anything() -> None:
    server = node(FILE, admission=defaults("restricted", "shop"))
    assert level(namespace(enforce="restricted"), server) == ("privileged", "exempt")


def test_labels_do_nothing_where_the_plugin_does_not_run() -> None:
    server = node("--disable-admission-plugins=PodSecurity")
    assert level(namespace(enforce="restricted"), server) == ("privileged", "off")


def test_defaults_that_were_not_read_leave_it_open() -> None:
    found = told(namespace(), node(FILE, admission=None))
    assert "/etc/kubernetes/admission.yaml" in found["unknown"]
    assert found["topics"]["privileged"] == {"state": "unknown", "by": ""}
    assert told(namespace(enforce="restricted"), node(FILE, admission=None))["unknown"] == ""
    elsewhere = {"plugins": [{"name": "PodSecurity", "path": "pod-security.yaml"}]}
    assert told(namespace(), node(FILE, admission=elsewhere))["unknown"] == "pod-security.yaml was not read"


def test_each_danger_by_level() -> None:
    topics = told(namespace(enforce="baseline"))["topics"]
    assert topics["privileged"]["state"] == "held"
    assert topics["root"]["state"] == "general"
    assert {topic["state"] for topic in told(namespace(enforce="restricted"))["topics"].values()} == {"held"}


def gatekeeper(kind: str, match: Body | None = None, **parameters: Any) -> Body:
    return {
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": kind,
        "metadata": {"name": "pods"},
        "spec": {"match": match or {}, "parameters": parameters},
    }


@pytest.mark.parametrize(
    ("policy", "held"),
    [
        (gatekeeper("K8sPSPPrivilegedContainer"), {"privileged"}),
        (gatekeeper("K8sPSPPrivilegedContainer", exemptImages=["a/*"]), set()),
        (gatekeeper("K8sPSPPrivilegedContainer", {"labelSelector": {"matchLabels": {"a": "b"}}}), set()),
        (gatekeeper("K8sPSPHostNamespace"), {"host_pid", "host_ipc"}),
        (gatekeeper("K8sPSPHostNetworkingPorts", hostNetwork=True), {"host_ports"}),
        (gatekeeper("K8sPSPHostNetworkingPorts", min=80, max=9000), {"host_network"}),
        (gatekeeper("K8sPSPHostFilesystem", allowedHostPaths=[{"pathPrefix": "/"}]), set()),
        (gatekeeper("K8sPSPAllowedUsers", runAsUser={"rule": "MustRunAs"}), set()),
        (gatekeeper("K8sPSPAllowedUsers", runAsUser={"rule": "MustRunAsNonRoot"}), {"root"}),
        (gatekeeper("K8sPSPCapabilities", requiredDropCapabilities=["ALL"]), {"net_raw", "capabilities"}),
        (
            gatekeeper("K8sPSPCapabilities", requiredDropCapabilities=["ALL"], allowedCapabilities=["*"]),
            set(),
        ),
        (gatekeeper("K8sPSPCapabilities", requiredDropCapabilities=["NET_RAW"]), {"net_raw"}),
    ],
)
def test_what_the_library_of_gatekeeper_keeps_out(policy: Body, held: set[str]) -> None:
    topics = told(namespace(), policy)["topics"]
    assert {name for name, topic in topics.items() if topic["state"] == "held"} == held


def test_what_no_policy_is_about_is_open() -> None:
    topics = told(namespace(), gatekeeper("K8sPSPPrivilegedContainer"))["topics"]
    assert topics["host_path"]["state"] == "open"
    assert topics["privileged"] == {"state": "held", "by": "K8sPSPPrivilegedContainer pods"}


def test_policies_of_other_engines_are_not_worked_out() -> None:
    kubewarden: Body = {
        "apiVersion": "policies.kubewarden.io/v1",
        "kind": "ClusterAdmissionPolicy",
        "metadata": {"name": "no-privileged"},
        "spec": {
            "module": "registry://ghcr.io/kubewarden/policies/pod-privileged:v1.0.3",
            "rules": [{"apiGroups": [""], "resources": ["pods"], "operations": ["CREATE"]}],
        },
    }
    found = told(namespace(), kubewarden)
    assert found["topics"]["privileged"] == {
        "state": "unknown",
        "by": "ClusterAdmissionPolicy no-privileged",
    }
    kubewarden["spec"]["mode"] = "monitor"
    assert told(namespace(), kubewarden)["policies"] == []
    constraints: Body = {
        "apiVersion": "security.openshift.io/v1",
        "kind": "SecurityContextConstraints",
        "metadata": {"name": "restricted-v2"},
    }
    assert {topic["state"] for topic in told(namespace(), constraints)["topics"].values()} == {"unknown"}


def test_exemptions() -> None:
    resource = live(node(FILE, admission=defaults("baseline", "kube-system")))
    found = exemptions(Index([resource], snapshot=True), Unit(resource))
    assert found is not None
    assert (found["users"], found["runtime_classes"], found["namespaces"]) == (["jane"], [], ["kube-system"])
    plain = live(node())
    assert exemptions(Index([plain], snapshot=True), Unit(plain)) is None


def kyverno(pattern: Body, **rule: Any) -> Body:
    matched = {"any": [{"resources": {"kinds": ["Pod"]}}]}
    return {
        "apiVersion": "kyverno.io/v1",
        "kind": "ClusterPolicy",
        "metadata": {"name": "pods"},
        "spec": {
            "validationFailureAction": "Enforce",
            "rules": [{"name": "a", "match": matched, "validate": {"pattern": {"spec": pattern}}, **rule}],
        },
    }


def in_every_list(item: Body) -> Body:
    return {"containers": [item], "=(initContainers)": [item], "=(ephemeralContainers)": [item]}


NOT_PRIVILEGED = in_every_list({"=(securityContext)": {"=(privileged)": "false"}})
NO_ESCALATION = {"securityContext": {"allowPrivilegeEscalation": "false"}}


@pytest.mark.parametrize(
    ("pattern", "rule", "held"),
    [
        (
            {"=(hostPID)": "false", "=(hostIPC)": "false", "=(hostNetwork)": False},
            {},
            {"host_pid", "host_ipc", "host_network"},
        ),
        ({"=(volumes)": [{"X(hostPath)": "null"}]}, {}, {"host_path"}),
        (in_every_list({"=(ports)": [{"=(hostPort)": 0}]}), {}, {"host_ports"}),
        (NOT_PRIVILEGED, {}, {"privileged"}),
        (NOT_PRIVILEGED, {"preconditions": {"all": []}}, set()),
        ({"containers": [{"=(securityContext)": {"=(privileged)": "false"}}]}, {}, set()),
        ({**NOT_PRIVILEGED, "(serviceAccountName)": "api"}, {}, set()),
        (in_every_list(NO_ESCALATION), {}, {"privilege_escalation"}),
        (in_every_list({"=(securityContext)": {"allowPrivilegeEscalation": "false"}}), {}, set()),
        (in_every_list({"securityContext": {"=(allowPrivilegeEscalation)": "false"}}), {}, set()),
    ],
)
def test_patterns_of_kyverno(pattern: Body, rule: Body, held: set[str]) -> None:
    topics = told(namespace(), kyverno(pattern, **rule))["topics"]
    assert {name for name, topic in topics.items() if topic["state"] == "held"} == held
