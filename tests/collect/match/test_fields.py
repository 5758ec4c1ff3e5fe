"""Fields of live objects, found again in their sources."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.match.fields import MISSING, mapped, position
from scanner.collect.match.values import covers, is_default, same


@pytest.mark.parametrize(
    ("live", "source"),
    [
        ("1", "1000m"),
        ("500m", 0.5),
        ("1Gi", "1024Mi"),
        ("1e3", "1k"),
        (True, "true"),
        (8080, "8080"),
        (None, ""),
        ("settings-4k47f4m4k4", "settings-fh6hhg9d9m"),
    ],
)
def test_same_in_other_words(live: Any, source: Any) -> None:
    assert same(live, source)
    assert same(source, live)


@pytest.mark.parametrize(
    ("live", "source"), [("1", "100m"), ("1Gi", "1G"), (True, False), ("web:1.1", "web:1.0"), (0, None)]
)
def test_not_the_same(live: Any, source: Any) -> None:
    assert not same(live, source)


def test_live_value_may_have_more_in_another_order() -> None:
    assert covers({"a": [1, 2], "b": 3}, {"a": [2]})
    assert not covers({"a": [1]}, {"a": [1, 2]})
    assert not covers({"a": {"b": 1}}, {"a": 1})


def test_only_what_the_server_fills_in_is_a_default() -> None:
    assert is_default("imagePullPolicy", "Always")
    assert is_default("securityContext", {})
    assert is_default("strategy", {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%"}})
    assert is_default("annotations", {"meta.helm.sh/release-name": "blue"})
    assert is_default("policyTypes", ["Ingress"])
    assert not is_default("labels", {"pod-security.kubernetes.io/enforce": "privileged"})
    assert not is_default("imagePullPolicy", "Never")
    assert not is_default("privileged", True)


@pytest.mark.parametrize(
    ("item", "others", "where"),
    [
        ({"name": "b"}, [{"name": "a"}, {"name": "b"}], 1),
        ({"name": "c"}, [{"name": "a"}, {"name": "b"}], None),
        ({"containerPort": 80, "protocol": "TCP"}, [{"containerPort": 53}, {"containerPort": 80}], 1),
        ({"containerPort": 53, "protocol": "UDP"}, [{"containerPort": 53}], None),
        ({"mountPath": "/a", "name": "v"}, [{"mountPath": "/b", "name": "v"}], 0),
        ({"kind": "User", "name": "x"}, [{"kind": "Group", "name": "x"}, {"kind": "User", "name": "x"}], 1),
        (
            {"verbs": ["get"], "apiGroups": [""]},
            [{"verbs": ["list"]}, {"verbs": ["get"], "apiGroups": [""]}],
            1,
        ),
        ("b", ["a", "b"], 1),
    ],
)
def test_items_are_found_by_what_tells_them_apart(item: Any, others: list[Any], where: int | None) -> None:
    assert position(0, [item], others) == where


def test_two_mounts_of_a_volume_are_told_apart() -> None:
    mounts = [{"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/b"}]
    assert [position(n, mounts[::-1], mounts) for n in (0, 1)] == [1, 0]


def test_changed_item_of_a_list_without_names_keeps_its_place() -> None:
    assert position(1, [{"verbs": ["get"]}, {"verbs": ["*"]}], [{"verbs": ["get"]}, {"verbs": ["list"]}]) == 1
    assert position(5, [1], [1]) is None


def test_path_ends_at_the_list_that_lacks_an_item() -> None:
    live = {"containers": [{"name": "a"}, {"name": "sidecar", "image": "x"}]}
    found = mapped(("containers", 1, "image"), live, {"containers": [{"name": "a", "image": "y"}]})
    assert (found.path, found.live, found.source) == (("containers",), "x", MISSING)


def test_path_through_what_neither_has() -> None:
    found = mapped(("spec", "a", "b"), {"spec": {}}, {"spec": {}})
    assert (found.path, found.live, found.source) == (("spec", "a", "b"), MISSING, MISSING)
