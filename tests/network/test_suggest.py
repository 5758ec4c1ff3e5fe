"""Suggested policies keep what is needed, close the rest, and take the findings away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.collect.manifests import from_bytes
from scanner.facts.index import Index
from scanner.facts.network.reach import Reach
from scanner.network.check import check
from scanner.network.connections import connections
from scanner.network.diff import compare
from scanner.network.manifest import manifest
from scanner.network.suggest import applied, suggest

APP = (Path(__file__).parent / "app.yaml").read_text(encoding="utf-8")


def index_of(text: str) -> Index:
    return Index(from_bytes(text.encode(), "app.yaml").resources, snapshot=True)


def open_now(index: Index) -> set[str]:
    """Connections between workloads, as text."""
    reach = Reach(index)
    return {
        f"{c.source.name} => {c.destination.name} : {reach.ports.text(c.ports)}"
        for c in connections(reach).found
        if c.block is None
    }


def objects(text: str) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all(text) if each]


def test_what_is_needed_stays_open_and_the_rest_is_closed() -> None:
    index = index_of(APP)
    after = open_now(applied(index, suggest(index)))
    kept = {
        "proxy => web : TCP 8080",
        "web => api : TCP 9000",
        "web => cache : TCP 6379",
        "cache => cache : TCP 6379",
        *(f"{name} => coredns : TCP 53,UDP 53" for name in ("proxy", "web", "api", "cache")),
    }
    # what no policy was asked for: the host's network, and the system's own namespace
    rest = {line for line in after if "agent" not in line and not line.startswith("coredns => coredns")}
    assert rest == kept


def test_the_declared_port_without_a_client_stays_open_within_its_namespace() -> None:
    index = index_of(APP)
    (api,) = [policy for policy in suggest(index).policies if policy.name == "allow-api"]
    why = [rule.why for rule in api.rules["ingress"]]
    assert ("a declared port, of which no client was found: open within the namespace",) in why


def test_the_yaml_is_the_policies_with_a_reason_above_each_rule() -> None:
    index = index_of(APP)
    suggestions = suggest(index)
    text = manifest(suggestions)
    assert objects(text) == [policy.body for policy in suggestions.policies]
    assert text == manifest(suggest(index))
    for words in (
        "    # ingress app/shop\n    - from:",
        "    # Service app/api, named in env API_URL of app/web[Deployment]\n",
        "    # Service app/cache, named in ConfigMap web, CACHE of app/web[Deployment]\n",
        "    # names mail.provider.example (env MAIL), whose addresses a policy cannot name\n",
        "# May need more: its environment comes from Secrets that are not read: mail.\n",
        "#   app/agent[DaemonSet]: no policy selects pods of the host's network\n",
        "    # load-balancer edge/proxy\n",
    ):
        assert words in text, words


def test_the_clouds_metadata_service_stays_closed() -> None:
    (web,) = [p for p in suggest(index_of(APP)).policies if p.name == "allow-web"]
    blocks = [
        peer["ipBlock"] for rule in web.rules["egress"] for peer in rule.body["to"] if "ipBlock" in peer
    ]
    assert blocks == [
        {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]},
        {"cidr": "::/0", "except": ["fd00:ec2::254/128"]},
    ]


def test_labels_that_change_with_a_release_are_not_selected_by() -> None:
    (web,) = [p for p in suggest(index_of(APP)).policies if p.name == "allow-web"]
    assert web.selector == {"matchLabels": {"app": "web"}}


def test_a_rule_that_is_there_already_and_opens_more_is_named() -> None:
    existing = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "allow-api", "namespace": "app"},
        "spec": {
            "podSelector": {"matchLabels": {"app": "api"}},
            "ingress": [{"from": [{"podSelector": {}}]}],
        },
    }
    suggestions = suggest(index_of(f"{APP}---\n{yaml.safe_dump(existing)}"))
    assert suggestions.existing == ["NetworkPolicy/app/allow-api#ingress[0]"]
    assert "allow-api-2" in [policy.name for policy in suggestions.policies]


def policy(name: str, spec: dict[str, Any], namespace: str = "app") -> str:
    metadata = {"name": name, "namespace": namespace}
    return "---\n" + yaml.safe_dump(
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}
    )


def test_what_policies_close_today_is_not_opened_for_a_guess() -> None:
    web = {"podSelector": {"matchLabels": {"app": "web"}}}
    limits = policy("api", {"podSelector": {"matchLabels": {"app": "api"}}, "ingress": [{"from": [web]}]})
    suggestions = suggest(index_of(APP + limits))
    assert suggestions.limited == ["app/api[Deployment]: TCP 9001"]
    assert "#   app/api[Deployment]: TCP 9001\n" in manifest(suggestions)
    index = index_of(APP + limits)
    assert compare(Reach(index), Reach(applied(index, suggestions))).opened == []


def test_what_rules_that_may_stay_open_is_not_suggested_again() -> None:
    web = {"podSelector": {"matchLabels": {"app": "web"}}}
    kept = policy(
        "api",
        {
            "podSelector": {"matchLabels": {"app": "api"}},
            "ingress": [{"from": [web], "ports": [{"port": 9000}]}],
        },
    )
    suggestions = suggest(index_of(APP + kept))
    assert suggestions.existing == []
    assert "allow-api" not in [each.name for each in suggestions.policies]


def test_a_rule_that_names_a_port_without_a_known_client_is_left_to_decide() -> None:
    office = {"namespaceSelector": {"matchLabels": {"team": "metrics"}}}
    limits = policy(
        "api",
        {
            "podSelector": {"matchLabels": {"app": "api"}},
            "ingress": [{"from": [office], "ports": [{"port": 9001}]}],
        },
    )
    pod = """\
---
apiVersion: v1
kind: Namespace
metadata: {name: metrics, labels: {team: metrics}}
---
apiVersion: v1
kind: Pod
metadata: {name: scraper, namespace: metrics, labels: {app: scraper}}
spec: {containers: [{name: a, image: a}]}
"""
    suggestions = suggest(index_of(APP + limits + pod))
    assert suggestions.existing == []
    assert suggestions.limited == ["app/api[Deployment]: TCP 9001"]


def test_applying_twice_adds_nothing() -> None:
    index = index_of(APP)
    first = manifest(suggest(index))
    again = suggest(index_of(f"{APP}---\n{first}"))
    assert (again.policies, again.existing) == ([], [])


def test_pods_that_are_not_at_hand_are_said_to_be_closed_too() -> None:
    service = """\
---
apiVersion: v1
kind: Service
metadata: {name: metrics, namespace: app}
spec: {selector: {app: of-an-operator}, ports: [{port: 80}]}
"""
    text = manifest(suggest(index_of(APP + service)))
    assert "# May need more: it closes pods that are not at hand too: those of metrics.\n" in text


def test_one_workload_is_closed_by_its_own_policy() -> None:
    index = index_of(APP)
    suggestions = suggest(index, workloads=["app/cache"])
    assert [each.name for each in suggestions.policies] == ["allow-cache"]
    after = open_now(applied(index, suggestions))
    assert {line for line in after if "cache" in line and "agent" not in line} == {
        "web => cache : TCP 6379",
        "cache => cache : TCP 6379",
        "cache => coredns : TCP 53,UDP 53",
    }


def test_a_check_says_what_is_needed_and_closed_by_others() -> None:
    deny = """\
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: no-cache}
spec:
  priority: 1
  subject: {namespaces: {}}
  ingress:
    - {name: none, action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 6379}}]}
"""
    index = index_of(APP + deny)
    found = list(check(index, suggest(index)))
    assert found[0] == "Needed, and closed: 2"
    web = "    app/web[Deployment] => app/cache[StatefulSet] : TCP 6379 (Service app/cache, named in "
    assert any(line.startswith(web) for line in found[1:3])
    index = index_of(APP)
    found = list(check(index, suggest(index)))
    assert found[:2] == ["Needed, and closed: nothing", "Opened: nothing"]
    assert found[-1] == "Opens more than what was found to be needed: nothing"


def test_only_what_comes_in_is_closed_where_that_is_asked_for() -> None:
    for policy in suggest(index_of(APP), mode="ingress").policies:
        assert policy.types == ("Ingress",)
        assert "egress" not in policy.body["spec"]


def test_one_namespace_is_suggested_for() -> None:
    assert {policy.namespace for policy in suggest(index_of(APP), ["edge"]).policies} == {"edge"}


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        (
            "ValidatingWebhookConfiguration",
            {"webhooks": [{"name": "a", "clientConfig": {"service": {"namespace": "app", "name": "hook"}}}]},
        ),
        ("APIService", {"spec": {"service": {"namespace": "app", "name": "hook"}}}),
    ],
)
def test_what_the_api_server_calls_stays_open_to_anyone(kind: str, spec: dict[str, Any]) -> None:
    group = "admissionregistration.k8s.io" if "Webhook" in kind else "apiregistration.k8s.io"
    caller = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": "a"}, **spec}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "hook", "namespace": "app", "labels": {"app": "hook"}},
        "spec": {"containers": [{"name": "hook", "image": "registry.example/hook:1"}]},
    }
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "hook", "namespace": "app"},
        "spec": {"selector": {"app": "hook"}, "ports": [{"port": 443, "targetPort": 9443}]},
    }
    index = index_of(yaml.safe_dump_all([caller, pod, service]))
    (policy,) = [policy for policy in suggest(index).policies if policy.name == "allow-hook"]
    assert [dict(rule.body) for rule in policy.rules["ingress"]] == [
        {"ports": [{"protocol": "TCP", "port": 9443}]}
    ]
