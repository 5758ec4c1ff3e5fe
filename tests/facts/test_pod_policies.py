"""Which namespaces the policies of policy engines cover."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.pod_policies import covering_policies

from .objects import resource

BASELINE = {"podSecurity": {"level": "baseline"}}


def kyverno(match: dict[str, Any], kind: str = "ClusterPolicy", **rule: Any) -> Resource:
    matched = {"any": [{"resources": {"kinds": ["Pod"], **match}}]}
    rules = [{"match": matched, "validate": BASELINE, **rule}]
    spec = {"validationFailureAction": "Enforce", "rules": rules}
    return resource(
        kind, "kyverno.io/v1", name="pods", namespace="shop" if kind == "Policy" else "", spec=spec
    )


def gatekeeper(match: dict[str, Any], **spec: Any) -> Resource:
    api_version = "constraints.gatekeeper.sh/v1beta1"
    return resource("K8sPSPHostNamespace", api_version, name="pods", spec={"match": match, **spec})


def levels(namespace: str, *policies: Resource) -> list[str]:
    declared = resource("Namespace", "v1", name=namespace, labels={"env": "prod"})
    index = Index([declared, *policies], snapshot=True)
    return [policy.level for policy in covering_policies(index, namespace)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (kyverno({}), ["baseline"]),
        (kyverno({"namespaces": ["sh*"]}), ["baseline"]),
        (kyverno({"namespaces": ["bank"]}), []),
        (kyverno({"namespaceSelector": {"matchLabels": {"env": "prod"}}}), ["baseline"]),
        (kyverno({"namespaceSelector": {"matchLabels": {"env": "test"}}}), []),
        (kyverno({}, exclude={"any": [{"resources": {"namespaces": ["shop"]}}]}), []),
        (kyverno({}, exclude={"any": [{"resources": {"namespaces": ["shop"], "names": ["a"]}}]}), [""]),
        (kyverno({"selector": {"matchLabels": {"app": "api"}}}), [""]),
        (kyverno({}, validate={**BASELINE, "failureAction": "Audit"}), []),
        (kyverno({}, validate={"podSecurity": {"level": "baseline", "exclude": [{}]}}), [""]),
        (kyverno({"kinds": ["Deployment"]}), []),
        (kyverno({"kinds": ["v1/Pod"]}), ["baseline"]),
        (kyverno({}, "Policy"), ["baseline"]),
        (gatekeeper({}), [""]),
        (gatekeeper({"kinds": [{"apiGroups": ["apps"], "kinds": ["Deployment"]}]}), []),
        (gatekeeper({"excludedNamespaces": ["shop"]}), []),
        (gatekeeper({"namespaces": ["bank"]}), []),
        (gatekeeper({}, enforcementAction="dryrun"), []),
    ],
)
def test_coverage(policy: Resource, expected: list[str]) -> None:
    assert levels("shop", policy) == expected


def test_namespaced_policy_covers_its_own_namespace() -> None:
    assert levels("bank", kyverno({}, "Policy")) == []
