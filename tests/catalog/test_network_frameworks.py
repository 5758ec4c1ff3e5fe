"""The standards of which only the network's part is here: judged where somebody asks, and honest about it."""

from __future__ import annotations

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.account import Way, way
from scanner.cli.selection import select

CATALOG = catalogs.load()
PARTS = ("nist-800-53-rev5", "nist-800-190-2017", "pci-dss-4.0.1")


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_standard_says_so_and_is_judged_on_request(name: str) -> None:
    framework = CATALOG.frameworks[name]
    assert framework.on_request
    assert " only" in framework.title
    assert framework not in select(CATALOG, {}, [], [], [], None).frameworks
    assert select(CATALOG, {}, [framework.family], [], [], None).frameworks == (framework,)


@pytest.mark.parametrize("name", PARTS)
def test_every_control_is_decided_by_rules_or_says_how_a_person_does_it(name: str) -> None:
    for control in CATALOG.frameworks[name].controls:
        assert way(control) is not Way.NOTHING, control.id
        assert control.title[0].isupper(), control.id
        assert not control.title.endswith("."), control.id
        assert (control.assessment == "manual") == bool(control.procedure), control.id


def test_all_other_frameworks_are_judged_without_being_named() -> None:
    named = {framework.id for framework in select(CATALOG, {}, [], [], [], None).frameworks}
    assert named == CATALOG.frameworks.keys() - set(PARTS)


def test_every_rule_on_policies_counts_for_a_standard() -> None:
    counted = {rule for name in PARTS for c in CATALOG.frameworks[name].controls for rule in c.rules}
    rules = {rule.name for rule in CATALOG.rules.values() if "KA-N-0110" <= rule.id <= "KA-N-0149"}
    assert rules - counted <= {"network.dns_unreachable"}
