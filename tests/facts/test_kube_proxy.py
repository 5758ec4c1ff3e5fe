"""Where kube-proxy serves its metrics is found wherever it runs, and whatever configures it."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Collection, Resource
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.facts.kube_proxy import host
from scanner.findings.model import ScanResult
from scanner.pipeline import ScanPlan, scan

from .objects import resource

CATALOG = catalogs.load()
RULE = "node.kube_proxy_metrics_exposed"
CONFIG = "--config=/var/lib/kube-proxy/config.conf"


def judged(*resources: Resource) -> ScanResult:
    plan = ScanPlan(CATALOG, [CATALOG.rules[RULE]], (), snapshot=True, rules_asked=True)
    return scan(plan, Collection(resources=list(resources)), EmbeddedEngine())


def statuses(result: ScanResult) -> list[str]:
    found = [finding.status.value for finding in result.findings]
    return sorted([*found, *(entry.status.value for entry in result.looked for _ in entry.resources)])


def spec(*arguments: str, items: Any = None) -> dict[str, Any]:
    return {
        "containers": [
            {"name": "log", "image": "busybox", "command": ["sleep", "1d"]},
            {
                "name": "kube-proxy",
                "image": "registry.k8s.io/kube-proxy:v1.34.1",
                "command": ["/usr/local/bin/kube-proxy"],
                "args": list(arguments),
                "volumeMounts": [
                    {"name": "all", "mountPath": "/var"},
                    {"name": "own", "mountPath": "/var/lib/kube-proxy"},
                ],
            },
        ],
        "volumes": [
            {"name": "all", "hostPath": {"path": "/var"}},
            {"name": "own", "configMap": {"name": "kube-proxy", **({"items": items} if items else {})}},
        ],
    }


def daemon_set(*arguments: str, items: Any = None) -> Resource:
    template = {"metadata": {"labels": {"k8s-app": "kube-proxy"}}, "spec": spec(*arguments, items=items)}
    return resource("DaemonSet", "apps/v1", "kube-proxy", "kube-system", spec={"template": template})


def pod(name: str, *arguments: str) -> Resource:
    made = resource("Pod", "v1", name, "kube-system", {"k8s-app": "kube-proxy"}, spec=spec(*arguments))
    made.body["metadata"]["ownerReferences"] = [
        {"kind": "DaemonSet", "name": "kube-proxy", "controller": True}
    ]
    return made


def config_map(address: object, key: str = "config.conf") -> Resource:
    return resource(
        "ConfigMap", "v1", "kube-proxy", "kube-system", data={key: f"metricsBindAddress: {address}\n"}
    )


def facts(name: str = "node-1", argv: Any = None, config: Any = None) -> Resource:
    processes = [{"component": "kube-proxy", "source": "proc", "argv": argv}] if argv else []
    kubelet = {"component": "kubelet", "source": "proc", "argv": ["kubelet"]}
    configs = {"kubeProxy": config}
    return resource(
        "NodeFacts",
        "kubeassay.dev/v1",
        name,
        roles=["worker"],
        processes=[*processes, kubelet],
        configs=configs,
    )


def test_configuration_of_the_config_map_that_is_mounted() -> None:
    result = judged(daemon_set(CONFIG), config_map("0.0.0.0:10249"))
    (finding,) = result.findings
    assert (finding.status.value, finding.subject.kind) == ("fail", "DaemonSet")
    assert finding.path == ("spec", "template", "spec", "containers", 1, "args", 0)
    assert "kube-system/kube-proxy" in finding.message
    assert statuses(judged(daemon_set(CONFIG), config_map("127.0.0.1:10249"))) == ["pass"]


def test_key_that_is_mounted_under_another_name() -> None:
    items = [{"key": "proxy.yaml", "path": "config.conf"}]
    exposed = config_map("0.0.0.0", "proxy.yaml")
    assert statuses(judged(daemon_set(CONFIG, items=items), exposed)) == ["fail"]


def test_flag_counts_for_nothing_beside_a_file() -> None:
    flag = "--metrics-bind-address=0.0.0.0:10249"
    assert statuses(judged(daemon_set(CONFIG, flag), config_map("''"))) == ["pass"]
    assert statuses(judged(daemon_set(flag))) == ["fail"]


@pytest.mark.parametrize("held", [(), (config_map("[1]"),), (config_map("{"),), (config_map("x", "other"),)])
def test_configuration_that_is_not_at_hand_is_unknown(held: tuple[Resource, ...]) -> None:
    assert statuses(judged(daemon_set(CONFIG), *held)) == ["unknown"]


def test_pods_of_the_daemon_set_are_one_with_it() -> None:
    pods = [pod(f"kube-proxy-{number}", CONFIG) for number in range(3)]
    assert statuses(judged(*pods, daemon_set(CONFIG), config_map("0.0.0.0"))) == ["fail"]
    other = pod("kube-proxy-9", "--metrics-bind-address=0.0.0.0")
    assert statuses(judged(other, daemon_set(CONFIG), config_map("''"))) == ["fail", "pass"]
    (finding,) = judged(*pods, config_map("0.0.0.0")).findings
    assert len(finding.also) == 2


@pytest.mark.parametrize(
    ("argv", "config", "expected"),
    [
        (["kube-proxy", CONFIG], {"metricsBindAddress": "0.0.0.0:10249"}, "fail"),
        (["kube-proxy", CONFIG], {"metricsBindAddress": ""}, "pass"),
        (["kube-proxy", CONFIG], {"metricsBindAddress": 5}, "unknown"),
        (["kube-proxy", CONFIG], None, "unknown"),
        (["kube-proxy"], None, "pass"),
        (["kube-proxy", "--metrics-bind-address", "[::]:10249"], None, "fail"),
        (["kube-proxy", "--kubeconfig=/a"], None, "pass"),
        (None, {"metricsBindAddress": "10.0.0.1:10249"}, "fail"),
        (None, {}, "pass"),
    ],
)
def test_kube_proxy_of_a_node(argv: Any, config: Any, expected: str) -> None:
    assert statuses(judged(facts(argv=argv, config=config))) == [expected]


def test_no_kube_proxy_is_not_applicable_only_where_that_was_seen() -> None:
    node = resource("Node", "v1", "node-1")
    dns = resource(
        "Deployment",
        "apps/v1",
        "coredns",
        "kube-system",
        spec={"template": {"spec": {"containers": [{"name": "a"}]}}},
    )
    assert statuses(judged(dns, node)) == ["unknown"]
    assert statuses(judged(dns, node, facts())) == ["not_applicable"]
    assert statuses(judged(dns, node, resource("Node", "v1", "node-2"), facts())) == ["unknown"]
    cilium = resource(
        "ConfigMap", "v1", "cilium-config", "kube-system", data={"kube-proxy-replacement": "true"}
    )
    assert statuses(judged(dns, cilium)) == ["not_applicable"]
    cilium.body["data"]["kube-proxy-replacement"] = "false"
    assert statuses(judged(dns, cilium)) == ["unknown"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1:10249", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]:10249", "::1"),
        ("::1", "::1"),
        (":10249", ""),
        ("LOCALHOST:1", "localhost"),
        ("[::]:10249", "::"),
    ],
)
def test_host_of_an_address(address: str, expected: str) -> None:
    assert host(address) == expected
