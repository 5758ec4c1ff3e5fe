"""Selectors in bulk answer as one selector after the other would."""

from __future__ import annotations

import random
from typing import Any

from scanner.facts.index import selects
from scanner.facts.selection import Labelled, Selectors


def some_labels(choose: random.Random) -> dict[str, Any]:
    return {key: choose.choice(["a", "b", "c"]) for key in choose.sample(["app", "tier", "zone"], 2)}


def some_selector(choose: random.Random) -> dict[str, Any]:
    selector: dict[str, Any] = {}
    if choose.random() < 0.7:
        selector["matchLabels"] = some_labels(choose)
    if choose.random() < 0.5:
        operator = choose.choice(["In", "NotIn", "Exists", "DoesNotExist"])
        values = choose.sample(["a", "b", "c"], 2)
        key = choose.choice(["app", "tier", "zone"])
        selector["matchExpressions"] = [{"key": key, "operator": operator, "values": values}]
    return selector


def test_equal_to_trying_each() -> None:
    choose = random.Random(7)
    selectors = [(some_selector(choose), number) for number in range(200)]
    things = [(some_labels(choose), number) for number in range(200)]
    by_selector, by_labels = Selectors(selectors), Labelled(things)
    for labels, _ in things:
        expected = [number for selector, number in selectors if selects(selector, labels)]
        assert sorted(by_selector.matching(labels)) == expected
    for selector, _ in selectors:
        assert list(by_labels.matching(selector)) == [n for labels, n in things if selects(selector, labels)]


def test_what_is_no_selector_matches_nothing() -> None:
    labelled = Labelled([({"app": "a"}, 1)])
    assert list(labelled.matching(None)) == []
    assert list(Selectors([(None, 1), ("app=a", 2)]).matching({"app": "a"})) == []


def test_only_candidates_are_tried() -> None:
    things = [({"app": str(number), "part-of": "shop"}, number) for number in range(10_000)]
    assert list(Labelled(things).matching({"matchLabels": {"part-of": "shop", "app": "77"}})) == [77]
    selectors = [({"matchLabels": {"part-of": "shop", "app": str(n)}}, n) for n in range(10_000)]
    tried = Selectors(selectors)
    assert list(tried.matching({"part-of": "shop", "app": "77"})) == [77]
    assert max(len(found) for found in tried._by_label.values()) == 1
