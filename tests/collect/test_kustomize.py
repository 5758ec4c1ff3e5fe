"""Overlays are built as Kustomize does it, and each field is found on the line that gave it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scanner.collect.interface import Collection
from scanner.collect.kustomize import source as kustomize_source
from scanner.collect.kustomize.source import Overlay
from scanner.collect.kustomize.tags import Tags
from scanner.collect.kustomize.tree import leaves
from tests.collect.conftest import FIXTURES
from tests.collect.overlays import LINES, POD
from tests.collect.places import Place, check

OVERLAYS = FIXTURES / "overlays"


def collect(name: str, root: Path = OVERLAYS) -> Collection:
    return Overlay(root / name, name, root).collect()


@pytest.fixture(scope="module")
def prod() -> Collection:
    return collect("prod")


@pytest.mark.parametrize("place", LINES, ids=str)
def test_line(prod: Collection, place: Place) -> None:
    check(prod, place, OVERLAYS)


def test_objects_are_those_of_the_overlay(prod: Collection) -> None:
    assert sorted(f"{each.kind}/{each.namespace}/{each.name}" for each in prod.resources) == [
        "ConfigMap/prod/prod-settings-4k47f4m4k4",
        "CustomResourceDefinition//widgets.example.com",
        "Deployment/prod/prod-app",
        "Pod/prod/prod-extra",
        "Secret/prod/prod-keys-fh6hhg9d9m",
        "Service/prod/prod-app",
        "ServiceAccount/prod/prod-runner",
    ]
    assert not prod.problems
    assert "zzkubeassay" not in str([each.body for each in prod.resources])


def test_base_gives_equal_lines_in_every_overlay(prod: Collection) -> None:
    staging = collect("staging")
    places = [
        each.origin.locate(("spec", "template", "spec", "hostPID"))
        for found in (prod, staging)
        for each in found.resources
        if each.kind == "Deployment"
    ]
    assert places[0] == places[1]


def test_without_tags_the_base_still_tells_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tags, "write", lambda *_: None)
    found = collect("prod")
    check(found, Place(f"{POD}.hostPID", "base/app.yaml", "hostPID: true"), OVERLAYS)
    check(found, Place(f"{POD}.hostIPC", "base/app.yaml", "spec:", True), OVERLAYS)


def test_the_users_folder_is_left_alone(tmp_path: Path) -> None:
    shutil.copytree(OVERLAYS, tmp_path / "x")
    before = sorted(tmp_path.rglob("*"))
    assert collect("prod", tmp_path / "x").resources
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_remote_missing_or_helm_is_a_problem_on_its_line() -> None:
    found = collect("remote")
    assert not found.resources
    assert [(each.code, each.uri, each.line) for each in found.problems] == [
        ("kustomize-helm", "remote/kustomization.yaml", 5),
        ("kustomize-remote", "remote/kustomization.yaml", 2),
        ("kustomize-remote", "remote/kustomization.yaml", 3),
        ("kustomize-failed", "remote/kustomization.yaml", 4),
    ]


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "kustomization.yaml").write_text("resources:\n  - pod.yaml\n")
    (tmp_path / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n")
    return tmp_path


def test_kustomizations_that_build_on_each_other(overlay: Path) -> None:
    (overlay / "a").mkdir()
    (overlay / "a" / "kustomization.yaml").write_text("resources: [../b]\n")
    (overlay / "b").mkdir()
    (overlay / "b" / "kustomization.yaml").write_text("resources: [../a]\n")
    assert leaves([overlay / "a", overlay / "b"]).roots == (overlay / "a",)
    [problem] = collect("a", overlay).problems
    assert problem.code == "kustomize-failed"
    assert "cycle" in problem.message


def test_files_outside_of_the_kustomization_are_refused(overlay: Path) -> None:
    (overlay / "inner").mkdir()
    (overlay / "inner" / "kustomization.yaml").write_text("resources:\n\n  - ../pod.yaml\n")
    [problem] = collect("inner", overlay).problems
    assert (problem.code, problem.uri, problem.line) == (
        "kustomize-failed",
        "inner/kustomization.yaml",
        3,
    )
    assert "not in or below" in problem.message


def test_broken_kustomization_has_its_line(overlay: Path) -> None:
    (overlay / "kustomization.yaml").write_text("resources:\n  - pod.yaml\nresources: []\n")
    [problem] = collect(".", overlay).problems
    assert (problem.code, problem.uri, problem.line) == ("yaml-syntax", "kustomization.yaml", 3)


def test_programs_named_by_an_overlay_are_not_run(overlay: Path) -> None:
    (overlay / "kustomization.yaml").write_text("generators: [plugin.yaml]\n")
    (overlay / "plugin.yaml").write_text(
        "apiVersion: v1\nkind: Run\nmetadata:\n  name: x\n  annotations:\n"
        f"    config.kubernetes.io/function: |\n      exec: {{path: {overlay}/run.sh}}\n"
    )
    (overlay / "run.sh").write_text(f"#!/bin/sh\ntouch {overlay}/ran\n")
    (overlay / "run.sh").chmod(0o755)
    assert collect(".", overlay).problems[0].code == "kustomize-failed"
    assert not (overlay / "ran").exists()


def test_without_kustomize_the_overlay_is_a_problem_with_a_remedy(
    overlay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kustomize_source, "find_kustomize", lambda: None)
    [problem] = collect(".", overlay).problems
    assert (problem.code, problem.uri) == ("kustomize-missing", "kustomization.yaml")
    assert problem.remedy


def test_only_what_nothing_builds_on_is_built() -> None:
    folders = [OVERLAYS / name for name in ("alone", "base", "prod", "remote", "sidecar", "staging")]
    found = leaves(folders)
    assert [folder.name for folder in found.roots] == ["prod", "remote", "staging"]
    assert found.components == 1
    consumed = {file.relative_to(OVERLAYS).as_posix() for file in found.consumed}
    assert consumed >= {
        "base/app.yaml",
        "base/things.json",
        "base/notes.txt",
        "base/settings.env",
        "prod/merge.yaml",
        "prod/operations.yaml",
        "sidecar/sidecar.yaml",
        "remote/charts/redis",
    }
