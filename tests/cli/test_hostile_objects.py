"""Objects that are YAML and no more: every report of them is whole, valid and safe to show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scanner.cli.app import run

ROOT = Path(__file__).parents[2]
SARIF = ROOT / "tests" / "report" / "schemas" / "sarif-2.1.0.json"
RESULT = ROOT / "docs" / "schemas" / "result.v1.json"
HOSTILE = "\x1b[31m\u202e😀\u2028\x00\x07\x85\n::error::|`<b>"
LONG = "n" * 1_000_000
CONTAINER = {"name": "app", "image": "x", "securityContext": {"privileged": True}}


def pod(**fields: Any) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "p"},
        "spec": {"containers": [CONTAINER]},
        **fields,
    }


def listed(items: Any, kind: str = "List") -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": kind, "items": items}


PRIVILEGED: dict[str, Any] = {
    "no metadata": pod(metadata=None),
    "metadata as text": pod(metadata="x"),
    "number as name": pod(metadata={"name": 5, "namespace": 5}),
    "mapping as name": pod(metadata={"name": {"a": 1}, "namespace": [1]}),
    "list as labels": pod(metadata={"name": "p", "labels": ["a"], "annotations": "x"}),
    "hostile name": pod(metadata={"name": HOSTILE, "namespace": HOSTILE}),
    "long name": pod(metadata={"name": LONG, "namespace": LONG}),
    "hostile container": pod(spec={"containers": [{**CONTAINER, "name": HOSTILE, "image": HOSTILE}]}),
    "long container": pod(spec={"containers": [{**CONTAINER, "name": LONG, "image": LONG}]}),
    "half a surrogate": pod(metadata={"name": "a\ud800"}),
    "list of anything": listed([None, 1, "x", [], {}, {"kind": 5}, listed(None), pod()]),
    "typed list": listed([None, {"metadata": None, "spec": {"containers": [CONTAINER]}}], "PodList"),
}
OTHERS: dict[str, Any] = {
    "no spec": pod(spec=None),
    "text as spec": pod(spec="x"),
    "no template": {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": None}},
    "hostile kind": pod(kind=HOSTILE),
    "long kind": pod(kind=LONG),
    "version and no more": pod(apiVersion="v1/"),
    "version of three parts": pod(apiVersion="a/b/c"),
    "number as version": pod(apiVersion=1),
    "no items": listed(None),
    "text as items": listed("x"),
    "numbers in a Namespace": {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": 7, "labels": {"pod-security.kubernetes.io/enforce": 5}},
    },
    "long key": {"apiVersion": "v1", "kind": "ConfigMap", "data": {LONG: "password: Tr0ub4dor&3xyz"}},
}


@pytest.mark.parametrize("snapshot", [[], ["--snapshot"]])
def test_reports_of_hostile_objects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, body in (PRIVILEGED | OTHERS).items():
        Path("in", f"{name}.json").write_text(json.dumps(body))
    formats = ["table", "json", "sarif", "sarif-github"]
    outputs = [option for name in formats for option in ("--output", f"{name}=out.{name}")]
    assert run(["scan", "in", "-q", "--fail-on", "none", *outputs, *snapshot]) == 3
    result = json.loads(Path("out.json").read_text())
    assert not result["notifications"]  # what is unknown are the hostile images
    privileged = {f["location"]["uri"] for f in result["findings"] if f["rule"] == "KA-W-0001"}
    assert privileged == {f"in/{name}.json" for name in PRIVILEGED}
    assert not [f for f in result["findings"] if f["status"] == "error" or len(f["message"]) > 501]
    for name, schema in (("json", RESULT), ("sarif", SARIF), ("sarif-github", SARIF)):
        validator = jsonschema_rs.validator_for(json.loads(schema.read_text()), validate_formats=True)
        validator.validate(json.loads(Path(f"out.{name}").read_text()))
    lines = Path("out.table").read_text().split("\n")
    assert all(line.isprintable() and len(line) < 5_000 for line in lines)


def test_values_that_engines_cannot_take_are_a_problem(tmp_path: Path) -> None:
    deep = f"apiVersion: v1\nkind: Any\nmetadata:\n  annotations: {'{a: ' * 190}1{'}' * 190}\n"
    (tmp_path / "deep.yaml").write_text(deep)
    (tmp_path / "pod.json").write_text(json.dumps(pod()))
    out = tmp_path / "out.json"
    assert run(["scan", str(tmp_path), "-q", "--fail-on", "none", "--output", f"json={out}"]) == 3
    assert [note["code"] for note in json.loads(out.read_text())["notifications"]] == ["yaml-syntax"]
