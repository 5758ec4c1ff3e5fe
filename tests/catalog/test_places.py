"""Where settings are made is told for the cluster's distribution."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Rule
from scanner.catalog.places import COMPONENTS, component_of, for_cluster, load_places
from scanner.errors import UsageError

UPSTREAM = Path(__file__).parents[2] / "policies" / "upstream"
PLACES = load_places(UPSTREAM / "places.yaml")


def rule(name: str) -> Rule:
    return catalogs.load().rules[name]


def test_every_component_has_places_of_known_platforms() -> None:
    known = {
        each["name"]
        for each in yaml.safe_load((UPSTREAM / "platforms.yaml").read_text(encoding="utf-8"))["platforms"]
    }
    assert set(PLACES) == set(COMPONENTS)
    for component, places in PLACES.items():
        assert set(places) <= known, component
        assert {"kubeadm", "k3s", "rke2"} <= set(places), component
        assert all(text.endswith(".") for text in places.values()), component


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("control_plane.api_server_profiling", "kube-apiserver"),
        ("control_plane.scheduler_profiling", "kube-scheduler"),
        ("control_plane.etcd_auto_tls", "etcd"),
        ("node.kubelet_anonymous_auth", "kubelet"),
        ("node.kube_proxy_metrics_exposed", "kube-proxy"),
        ("node.kubelet_kubeconfig_permissions", ""),
        ("workload.privileged", ""),
    ],
)
def test_the_component_of_a_rule(name: str, component: str) -> None:
    assert component_of(rule(name)) == component


def test_remedies_say_where_for_the_distribution_at_hand() -> None:
    before = [rule("control_plane.api_server_profiling"), rule("workload.privileged")]
    server, pods = for_cluster(before, PLACES, "k3s")
    assert server.remediation.startswith(before[0].remediation)
    assert "/etc/rancher/k3s/config.yaml" in server.remediation
    assert pods is before[1]
    assert for_cluster(before, PLACES, "") == before
    assert for_cluster(before, PLACES, "something else") == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kubelt: {k3s: a}", "'kubelet'"),
        ("kubelet: [k3s]", "kubelet"),
        ("kubelet: {k3s: 7}", "kubelet"),
        ("- kubelet", "mapping"),
        ("kubelet: [", "places.yaml:"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "places.yaml"
    path.write_text(text)
    with pytest.raises(UsageError) as raised:
        load_places(path)
    assert said in f"{raised.value.message} {raised.value.remedy}"
