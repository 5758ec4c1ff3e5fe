"""Frameworks are read strictly, and may be made from others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.catalog import find_framework
from scanner.catalog.frameworks import load_frameworks
from scanner.catalog.model import Catalog, Framework
from scanner.errors import UsageError

Load = Callable[..., dict[str, Framework]]
BASE = """
id: house-1
title: House rules
version: "1"
manual: ["9.9"]
controls:
  - id: "9.9"
    title: No privileged pods
    level: L1
    rules: [workload.privileged]
    rationale: They own the node.
    remediation: {k3s: Ask Rancher, default: Ask the owner}
  - {id: "9.10", title: No host network, rules: [workload.host_network], needs: cluster}
  - {id: "9.11", title: Doors are shut, assessment: manual, procedure: Go and look}
"""


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return catalogs.load()


@pytest.fixture
def load(tmp_path: Path, shipped: Catalog) -> Load:
    folder = tmp_path / "benchmarks"
    folder.mkdir()

    def read(*texts: str) -> dict[str, Framework]:
        for number, text in enumerate(texts):
            (folder / f"{number}.yaml").write_text(text)
        return load_frameworks(folder, shipped.rules)

    return read


def test_a_framework_extends_another(load: Load) -> None:
    made = load(
        BASE,
        """
        id: flat-2
        title: Flat rules
        version: "2"
        extends: house-1
        without: ["9.11"]
        controls:
          - {id: "9.10", title: No host ports, rules: [workload.host_port]}
          - {id: "9.2", title: Windows are shut, assessment: manual, procedure: Look up}
        """,
    )["flat-2"]
    assert [control.id for control in made.controls] == ["9.2", "9.9", "9.10"]
    _, taken, replaced = made.controls
    assert (taken.title, taken.rules) == ("No privileged pods", ("workload.privileged",))
    assert (replaced.title, replaced.rules, replaced.needs) == ("No host ports", ("workload.host_port",), "")


def test_a_control_like_another_keeps_all_that_it_does_not_state(load: Load) -> None:
    made = load(
        BASE,
        """
        id: yard-1
        title: Yard
        version: "1"
        controls:
          - {id: "1", title: Nobody is privileged, like: house-1/9.9, remediation: Ask the gardener}
          - {id: "2", like: house-1/9.9, assessment: manual, rules: []}
        """,
    )["yard-1"]
    first, second = made.controls
    assert (first.id, first.title, first.level) == ("1", "Nobody is privileged", "L1")
    assert (first.rules, first.rationale) == (("workload.privileged",), "They own the node.")
    assert first.remedy("k3s") == first.remedy("") == "Ask the gardener"
    assert (second.title, second.assessment, second.rules) == ("No privileged pods", "manual", ())
    assert second.remedy("k3s") == "Ask Rancher"
    assert second.remedy("rke2") == "Ask the owner"


def test_like_without_a_framework_means_the_one_that_is_extended(load: Load) -> None:
    made = load(
        BASE,
        'id: yard-1\ntitle: Yard\nversion: "1"\nextends: house-1\n'
        'controls: [{id: "9.10", like: "9.9"}, {id: "9.11", like: "9.10"}]\n',
    )["yard-1"]
    # what they are like is what the base has under that number, not what this file makes of it
    assert [c.rules for c in made.controls[1:]] == [("workload.privileged",), ("workload.host_network",)]


def test_what_the_text_states_goes_along_unless_the_file_lists_it(load: Load) -> None:
    made = load(
        BASE,
        'id: a-1\ntitle: A\nversion: "1"\nextends: house-1\n',
        'id: b-1\ntitle: B\nversion: "1"\nextends: house-1\nmanual: ["9.10"]\n',
    )
    assert [c.stated for c in made["a-1"].controls] == ["manual", "automated", "automated"]
    assert [c.stated for c in made["b-1"].controls] == ["automated", "manual", "automated"]


HEAD = 'id: yard-1\ntitle: Yard\nversion: "1"\n'
WRONG = {
    "an unknown key": (HEAD + "extend: house-1\n", "'extends'"),
    "an unknown key of a control": (HEAD + 'controls: [{id: "1", title: A, rule: []}]', "'rules'"),
    "an unknown base": (HEAD + "extends: hous-1\n", "'house-1'"),
    "an unknown framework to be like": (HEAD + 'controls: [{id: "1", like: house-2/9.9}]', "'house-1'"),
    "like nothing": (HEAD + 'controls: [{id: "1", like: "9.9"}]', "<framework>/<control>"),
    "an unknown control to be like": (HEAD + 'controls: [{id: "1", like: house-1/9.8}]', "'9.9'"),
    "an unknown control to leave out": (HEAD + 'extends: house-1\nwithout: ["9.12"]\n', "'9.1"),
    "leaving out of nothing": (HEAD + 'without: ["9.9"]\ncontrols: [{id: "1", title: A}]', "extends"),
    "an unknown manual control": (HEAD + 'extends: house-1\nmanual: ["9.8"]\n', "'9.9'"),
    "a control without title": (HEAD + 'controls: [{id: "1", level: L1}]', "like"),
    "an unknown rule": (HEAD + 'controls: [{id: "1", title: A, rules: [workload.privilegd]}]', "privileged'"),
    "an unknown distribution": (HEAD + "extends: house-1\ndistributions: [k4s]\n", "k3s"),
    "an unknown family to replace": (HEAD + "extends: house-1\ninstead_of: huose\n", "'house'"),
    "an unknown version": (HEAD + "extends: house-1\nkubernetes: {since: 1.x}\n", "kubernetes.since"),
    "a control twice": (HEAD + 'controls: [{id: "1", title: A}, {id: "1", title: B}]', "twice"),
    "no controls": (HEAD, "controls"),
    "itself": (HEAD + "extends: yard-1\n", "yard-1 → yard-1"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_file_and_a_remedy(load: Load, text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        load(BASE, text)
    assert raised.value.message.startswith("benchmarks/1.yaml")
    assert said in f"{raised.value.message} {raised.value.remedy}"


def test_a_circle_is_refused(load: Load) -> None:
    a = 'id: a-1\ntitle: A\nversion: "1"\nextends: b-1\n'
    b = 'id: b-1\ntitle: B\nversion: "1"\ncontrols: [{id: "1", like: a-1/1}]\n'
    with pytest.raises(UsageError, match="a-1 → b-1 → a-1"):
        load(a, b)


def test_the_version_is_chosen_by_that_of_kubernetes(shipped: Catalog) -> None:
    chosen = {minor: find_framework(shipped, "cis-kubernetes", minor).version for minor in (29, 31, 33, 37)}
    assert chosen == {29: "1.11", 31: "1.11", 33: "1.12", 37: "2.0.1"}
    assert find_framework(shipped, "cis-kubernetes").version == "2.0.1"
    assert find_framework(shipped, "cis-kubernetes-1.12", 29).version == "1.12"


def test_an_unknown_framework_gets_a_list(shipped: Catalog) -> None:
    with pytest.raises(UsageError) as raised:
        find_framework(shipped, "cis")
    assert "cis-kubernetes-1.12" in raised.value.remedy
