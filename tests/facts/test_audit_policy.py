"""What audit policies record and what they leave out."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.audit_policy import review
from scanner.facts.components import components

from .parts import facts, index, pod

COMMAND = ("kube-apiserver", "--audit-policy-file=/a")
METADATA = {"level": "Metadata"}
SECRETS = {"group": "", "resources": ["secrets", "configmaps"]}
CAREFUL = [
    {"level": "Metadata", "resources": [SECRETS]},
    {"level": "Metadata", "resources": [{"group": "authentication.k8s.io", "resources": ["tokenreviews"]}]},
]


def gaps(*rules: Any, **policy: Any) -> list[str]:
    found = index(facts(*COMMAND, configs={"auditPolicy": {"rules": list(rules), **policy}}))
    said = review(found, Unit(components(found)[0].resource, component=components(found)[0]))
    assert "unknown" not in said
    return [gap["message"] for gap in said["gaps"]]


@pytest.mark.parametrize(
    "rules",
    [
        [METADATA],
        [*CAREFUL, {"level": "RequestResponse"}],
        [{"level": "None", "users": ["system:kube-proxy"], "verbs": ["watch"]}, METADATA],
        [{"level": "None", "userGroups": ["system:nodes"], "resources": [{"group": ""}]}, METADATA],
        [{"level": "None", "nonResourceURLs": ["/healthz*"]}, METADATA],
        [{"level": "None", "resources": [{"group": "", "resources": ["events"]}]}, METADATA],
        [{"level": "None", "verbs": ["get"], "resources": [{"group": "", "resources": ["pods"]}]}, METADATA],
        [{"level": "Request", "verbs": ["get", "list"], "resources": [SECRETS]}, METADATA],
        [{"level": "Metadata", "userGroups": ["system:authenticated"]}],
        [{"level": "RequestResponse", "resources": [{"group": "apps"}]}, METADATA],
    ],
)
def test_policies_that_record_what_matters(rules: list[Any]) -> None:
    assert gaps(*rules) == []


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], "has no rules"),
        ([{"level": "None"}], "leaves out access to Secrets"),
        ([{"level": "RequestResponse"}], "what is in Secrets (level RequestResponse)"),
        ([{"level": "Request"}], "what is in Secrets (level Request)"),
        ([{"level": "Request", "resources": [{"group": "*", "resources": ["*"]}]}], "what is in Secrets"),
        (
            [{"level": "Request", "resources": [{"group": "", "resources": ["configmaps"]}]}, METADATA],
            "ConfigMaps",
        ),
        (
            [{"level": "Request", "namespaces": ["kube-system"], "resources": [{"group": ""}]}, METADATA],
            "what is in Secrets",
        ),
        ([{"level": "None", "namespaces": ["shop"]}, METADATA], "leaves out access to Secrets"),
        ([{"level": "None", "users": ["alice"]}, METADATA], "leaves out access to Secrets"),
        ([{"level": "None", "userGroups": ["system:masters"]}, METADATA], "leaves out access to Secrets"),
        ([{"level": "None", "resources": [{"group": "", "resources": ["pods/*"]}]}, METADATA], "pods/exec"),
        (
            [{"level": "None", "resources": [{"group": "", "resources": ["*/proxy"]}]}, METADATA],
            "services/proxy",
        ),
        ([{"level": "None", "resources": [{"group": "apps"}]}, METADATA], "changes of Deployments"),
        ([{"level": "Metadata", "verbs": ["get", "list", "watch"]}], "No rule of the audit policy records"),
        (
            [{"level": "Metadata", "users": ["alice"]}],
            "No rule of the audit policy records access to Secrets",
        ),
        (
            [
                {
                    "level": "Metadata",
                    "resources": [{"group": "", "resources": ["secrets"], "resourceNames": ["a"]}],
                }
            ],
            "No rule of the audit policy records access to Secrets",
        ),
        ([{"level": "Metadata", "omitStages": ["RequestReceived", "ResponseComplete"]}], "leaves out"),
        ([{"level": "metadata"}], "leaves out"),
    ],
)
def test_policies_with_gaps(rules: list[Any], said: str) -> None:
    assert any(said in gap for gap in gaps(*rules)), gaps(*rules)


def test_first_rule_that_matches_decides() -> None:
    assert gaps(METADATA, {"level": "RequestResponse"}) == []
    assert gaps({"level": "RequestResponse"}, METADATA) != []


def test_stages_that_the_policy_leaves_out_count_for_every_rule() -> None:
    assert gaps(METADATA, omitStages=["RequestReceived"]) == []
    assert gaps(METADATA, omitStages=["RequestReceived", "ResponseComplete"]) != []


def test_gaps_stand_in_the_policy_or_at_the_flag() -> None:
    policy = {"rules": [METADATA, 1, {"level": "None"}][::-1]}
    alone = index(facts(*COMMAND, configs={"auditPolicy": policy}))
    (component,) = components(alone)
    assert review(alone, Unit(component.resource, component=component))["gaps"][0]["path"] == [
        *("configs", "auditPolicy", "rules", 0)
    ]
    both = index(pod(*COMMAND), facts(*COMMAND, configs={"auditPolicy": policy}))
    (component,) = components(both)
    assert review(both, Unit(component.resource, component=component))["gaps"][0]["path"] == [
        *("spec", "containers", 0, "command", 1)
    ]


@pytest.mark.parametrize("value", [None, 1, "x", [1], {"a": [1]}])
def test_hostile_policies(value: Any) -> None:
    keys = (
        "level",
        "users",
        "userGroups",
        "verbs",
        "namespaces",
        "resources",
        "nonResourceURLs",
        "omitStages",
    )
    for key in keys:
        gaps({**METADATA, key: value}, omitStages=value)
    gaps({"level": "Metadata", "resources": [{"group": value, "resources": value, "resourceNames": value}]})
    gaps(value)
