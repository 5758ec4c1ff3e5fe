"""Rules over workloads see what has the type that the API demands, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.shape import shaped


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"volumes": None, "hostPID": None}, {}),
        ({"env": "A=b", "securityContext": [], "resources": "small"}, {}),
        ({"env": [None, {"name": "A", "value": None}]}, {"env": [None, {"name": "A"}]}),
        (
            {"securityContext": {"capabilities": {"add": "NET_ADMIN", "drop": ["ALL"]}}},
            {"securityContext": {"capabilities": {"drop": ["ALL"]}}},
        ),
        ({"hostPID": "yes", "runAsUser": "0"}, {"hostPID": "yes", "runAsUser": "0"}),
    ],
)
def test_null_and_wrong_types_are_missing(given: Any, seen: Any) -> None:
    assert shaped(given) == seen


def test_the_users_own_keys_may_be_called_as_fields_are() -> None:
    labels = {"env": "prod", "ports": "many", "os": "linux", "empty": None}
    kept = {"env": "prod", "ports": "many", "os": "linux"}
    for key in ("labels", "annotations", "nodeSelector", "selector"):
        assert shaped({key: labels}) == {key: kept}
    assert shaped({"selector": {"matchLabels": labels, "matchExpressions": "none"}}) == {
        "selector": {"matchLabels": kept}
    }


def test_text_without_quotes_is_text() -> None:
    given = {"labels": {"on": True, "port": 80, "bad": []}, "name": 5, "restartPolicy": {}, "replicas": "3"}
    assert shaped(given) == {"labels": {"on": "true", "port": "80"}, "name": "5"}
    assert shaped({"limits": {"cpu": 1}, "replicas": 3}) == {"limits": {"cpu": 1}, "replicas": 3}
