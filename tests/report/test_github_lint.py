"""The linter of GitHub's limits finds each of them."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from scanner.report.formats import sarif_github
from scanner.report.github_lint import lint
from tests.report import build

GOOD = json.loads(build.rendered(sarif_github, build.result([build.finding()])))
Change = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], object]


def test_our_own_output_is_good() -> None:
    assert lint(GOOD) == []


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ("results: is missing", lambda run, _rule, _found: run.pop("results")),
        ("no category", lambda run, _rule, _found: run["automationDetails"].update(id="kubeassay")),
        ("driver.rules: are missing", lambda run, _rule, _found: run["tool"]["driver"].pop("rules")),
        ("driver.name", lambda run, _rule, _found: run["tool"]["driver"].update(name="")),
        ("extensions", lambda run, _rule, _found: run["tool"].update(extensions=[{}] * 101)),
        ("stands twice", lambda run, rule, _found: run["tool"]["driver"]["rules"].append(rule)),
        (".id: is missing", lambda _run, rule, _found: rule.update(id="")),
        (".name: is longer", lambda _run, rule, _found: rule.update(name="x" * 256)),
        ("shortDescription", lambda _run, rule, _found: rule["shortDescription"].update(text="x" * 1025)),
        ("fullDescription", lambda _run, rule, _found: rule.pop("fullDescription")),
        ("help.text", lambda _run, rule, _found: rule.pop("help")),
        (
            "Configuration.level",
            lambda _run, rule, _found: rule["defaultConfiguration"].update(level="high"),
        ),
        ("tags", lambda _run, rule, _found: rule["properties"].update(tags=["x"] * 11)),
        ("precision", lambda _run, rule, _found: rule["properties"].update(precision="exact")),
        (
            "problem.severity",
            lambda _run, rule, _found: rule["properties"].update({"problem.severity": "note"}),
        ),
        (
            "security-severity",
            lambda _run, rule, _found: rule["properties"].update({"security-severity": 9.5}),
        ),
        (
            "security-severity",
            lambda _run, rule, _found: rule["properties"].update({"security-severity": "nan"}),
        ),
        ("ruleIndex", lambda _run, _rule, found: found.update(ruleIndex=7)),
        ("ruleIndex", lambda _run, _rule, found: found.update(ruleId="KA-X-0001")),
        ("message.text", lambda _run, _rule, found: found["message"].update(text="")),
        (".level", lambda _run, _rule, found: found.update(level="critical")),
        (".kind", lambda _run, _rule, found: found.update(kind="open")),
        (".suppressions", lambda _run, _rule, found: found.update(suppressions=[{"kind": "external"}])),
        (".locations", lambda _run, _rule, found: found.update(locations=[])),
        (".locations", lambda _run, _rule, found: found.update(locations=found["locations"] * 1001)),
        ("uri: is empty", lambda _run, _rule, found: found["locations"][0].pop("physicalLocation")),
        ("uri: is empty", lambda _run, _rule, found: place(found, uri="")),
        ("uri: ", lambda _run, _rule, found: place(found, uri="/etc/a.yaml")),
        ("uri: ", lambda _run, _rule, found: place(found, uri="file:///a.yaml")),
        ("uri: ", lambda _run, _rule, found: place(found, uri="../a.yaml")),
        ("uri: ", lambda _run, _rule, found: place(found, uri="a b.yaml")),
        ("uri: ", lambda _run, _rule, found: place(found, uri="100%.yaml")),
        ("region: is missing", lambda _run, _rule, found: physical(found).pop("region")),
        ("region: lines", lambda _run, _rule, found: physical(found)["region"].update(startLine=0)),
        ("region: lines", lambda _run, _rule, found: physical(found)["region"].update(endLine=1)),
        ("LineHash", lambda _run, _rule, found: found.pop("partialFingerprints")),
        ("hidden by it", lambda run, _rule, found: run["results"].append(copy.deepcopy(found))),
    ],
)
def test_violation_is_found(expected: str, change: Change) -> None:
    document = copy.deepcopy(GOOD)
    (run,) = document["runs"]
    change(run, run["tool"]["driver"]["rules"][0], run["results"][0])
    faults = lint(document)
    assert len(faults) >= 1
    assert any(expected in fault for fault in faults), faults


def physical(found: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = found["locations"][0]["physicalLocation"]
    return place


def place(found: dict[str, Any], uri: str) -> None:
    physical(found)["artifactLocation"]["uri"] = uri


def test_runs_are_few_and_of_different_categories() -> None:
    document = copy.deepcopy(GOOD)
    document["runs"] *= 2
    assert "runs[1]: tool and category ('kubeassay', 'kubeassay/manifests') stand twice" in lint(document)
    document["runs"] *= 11
    assert "runs: 22 are more than 20" in lint(document)
    assert lint({"version": "2.1.0", "runs": []}) == ["runs: there are none"]
    assert lint({"version": "2.0.0", "runs": []})[0] == "version: is not 2.1.0"


def test_25_000_results_take_less_than_half_a_second() -> None:
    document = copy.deepcopy(GOOD)
    (found,) = document["runs"][0]["results"]
    document["runs"][0]["results"] = [
        {**found, "partialFingerprints": {"primaryLocationLineHash": f"{number:x}:1"}}
        for number in range(25_000)
    ]
    begin = time.process_time()
    faults = lint(document)
    assert time.process_time() - begin < 0.5
    assert faults == ["runs[0].results: 25000 are more than the 5000 that are kept"]
