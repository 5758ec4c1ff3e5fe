"""Every manifest, chart and overlay below the given paths is found once, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.collect.discover import Found, discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.helm.source import HelmChart
from scanner.collect.kustomize.source import Overlay
from scanner.collect.manifests import ManifestFile
from scanner.collect.sources import sources
from scanner.errors import UsageError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def uris(found: Found) -> list[str]:
    return [each.uri if isinstance(each, ManifestFile) else "-" for each in found.manifests]


def find(root: Path, *paths: str, exclude: tuple[str, ...] = (), gitignore: bool = True) -> Found:
    return discover(paths or (".",), exclude, gitignore, root)


def test_folders_are_searched_in_order_for_manifests(tree: Path) -> None:
    write(tree, "b/x.yaml", "a/y.json", "c.yml", "C.YAML", "notes.txt", "go.mod", "node_modules/z.yaml")
    assert uris(find(tree)) == ["C.YAML", "a/y.json", "b/x.yaml", "c.yml"]


def test_files_are_taken_whatever_they_are_called(tree: Path) -> None:
    write(tree, "manifest.txt", "a.yaml")
    assert uris(find(tree, "manifest.txt", "a.yaml", "./a.yaml", ".")) == ["manifest.txt", "a.yaml"]


def test_globs(tree: Path) -> None:
    write(tree, "a/x.yaml", "b/c/x.yaml", "b/y.yaml")
    assert uris(find(tree, "**/x.yaml")) == ["a/x.yaml", "b/c/x.yaml"]
    assert uris(find(tree, f"{tree}/b/*.yaml")) == ["b/y.yaml"]
    with pytest.raises(UsageError, match="matches no file"):
        find(tree, "*.yml")


def test_name_with_the_signs_of_a_glob_is_a_name(tree: Path) -> None:
    write(tree, "a[1].yaml", "a1.yaml")
    assert uris(find(tree, "a[1].yaml")) == ["a[1].yaml"]


def test_missing_path_names_the_nearest(tree: Path) -> None:
    write(tree, "deploy/app.yaml")
    with pytest.raises(UsageError) as error:
        find(tree, "deploy/ap.yaml")
    assert "app.yaml" in error.value.remedy


def test_standard_input_is_read_once(tree: Path) -> None:
    assert uris(find(tree, "-", "-")) == ["-"]


def test_paths_outside_of_the_working_folder_are_absolute(tree: Path) -> None:
    write(tree, "in/x.yaml", "out/y.yaml")
    assert uris(discover(("../out",), cwd=tree / "in")) == [f"{tree}/out/y.yaml"]


def test_gitignore_of_the_repository_and_of_folders_the_nearest_decides(tree: Path) -> None:
    write(
        tree,
        ".git/config",
        "a.yaml",
        "keep.yaml",
        "in/a.yaml",
        "in/keep.yaml",
        "in/deep/b.yaml",
        "out/c.yaml",
    )
    (tree / ".gitignore").write_text("*.yaml\n!keep.yaml\n/out/\n")
    (tree / "in" / ".gitignore").write_text("keep.yaml\n!a.yaml\n")
    (tree / "in" / "deep" / ".gitignore").write_text("!/b.yaml\n")
    found = find(tree)
    assert uris(found) == ["in/a.yaml", "in/deep/b.yaml", "keep.yaml"]
    assert found.passed_over.skipped == {"ignored by .gitignore": 3}
    assert uris(find(tree, "in")) == ["in/a.yaml", "in/deep/b.yaml"]
    assert "out/c.yaml" in uris(find(tree, gitignore=False))


def test_what_is_named_is_not_ignored(tree: Path) -> None:
    write(tree, ".git/config", "build/a.yaml", "build/b.yaml")
    (tree / ".gitignore").write_text("build/\n")
    (tree / "build" / ".gitignore").write_text("b.yaml\n")
    assert uris(find(tree)) == []
    assert uris(find(tree, "build")) == ["build/a.yaml"]
    assert uris(find(tree, "build/b.yaml")) == ["build/b.yaml"]


def test_gitignore_outside_of_the_repository_does_not_count(tree: Path) -> None:
    write(tree, "repository/.git/config", "repository/a.yaml", "loose/b.yaml")
    (tree / ".gitignore").write_text("*.yaml\n")
    assert uris(find(tree, "repository", "loose")) == ["repository/a.yaml", "loose/b.yaml"]


def test_exclude_has_the_syntax_of_gitignore(tree: Path) -> None:
    write(tree, "a.yaml", "test/b.yaml", "x/test/c.yaml", "x/d.json")
    found = find(tree, exclude=("/test/", "*.json"))
    assert uris(found) == ["a.yaml", "x/test/c.yaml"]
    assert found.passed_over.skipped == {"excluded": 2}


def test_links_are_followed_inside_of_the_tree_only_and_once(tree: Path) -> None:
    write(tree, "in/a.yaml", "out/b.yaml")
    for name, target in {
        "up": "..",
        "again.yaml": "a.yaml",
        "b.yaml": "../out/b.yaml",
        "out": "../out",
        "nowhere.yaml": "nothing",
        "self.yaml": "self.yaml",
        "here": ".",
    }.items():
        (tree / "in" / name).symlink_to(target)
    found = find(tree, "in")
    assert uris(found) == ["in/a.yaml"]
    assert found.passed_over.skipped == {"link out of the tree, or to nothing": 5}
    assert uris(find(tree, "in/b.yaml")) == ["in/b.yaml"]


def test_pipes_do_not_block(tree: Path) -> None:
    os.mkfifo(tree / "pipe.yaml")
    found = find(tree)
    assert found.manifests == []
    assert found.passed_over.skipped == {"neither file nor folder": 1}


def test_unreadable_folder_is_a_problem(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "closed/a.yaml", "open/b.yaml")
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)  # root may list any folder
    found = find(tree)
    assert uris(found) == ["open/b.yaml"]
    assert [(each.code, each.uri) for each in found.passed_over.problems] == [("unreadable-folder", "closed")]


def test_odd_names(tree: Path) -> None:
    write(tree, "line\nbreak.yaml", ".hidden/x.yaml", " .yaml")
    (tree / os.fsdecode(b"\xff.yaml")).write_text("")
    assert len(find(tree).manifests) == 4


def test_charts_are_one_source_and_what_lies_beside_them_is_found(tree: Path) -> None:
    write(
        tree,
        "chart/Chart.yaml",
        "chart/values.yaml",
        "chart/values-prod.yaml",
        "chart/templates/a.yaml",
        "chart/charts/sub/Chart.yaml",
        "chart/crds/c.yaml",
        "chart/argo/app.yaml",
        "vendor/x-1.0.0.tgz",
    )
    found = find(tree)
    assert [each.name for each in found.charts] == ["chart"]
    assert uris(found) == ["chart/argo/app.yaml"]
    named = find(tree, "chart/Chart.yaml", "chart", "vendor/x-1.0.0.tgz")
    assert [each.name for each in named.charts] == ["chart", "x-1.0.0.tgz"]


def test_sources_of_an_overlay_are_no_manifests_of_their_own(tree: Path) -> None:
    write(tree, "base/pod.yaml", "base/other.yaml", "prod/patch.yaml", "chart/Chart.yaml")
    (tree / "base" / "kustomization.yaml").write_text("resources: [pod.yaml]\n")
    (tree / "prod" / "kustomization.yaml").write_text("resources: [../base]\npatches: [{path: patch.yaml}]\n")
    found = find(tree)
    known = sources(found, HelmOptions(), tree)
    assert [each.uri for each in known if isinstance(each, ManifestFile)] == ["base/other.yaml"]
    assert [each.uri for each in known if isinstance(each, Overlay)] == ["prod"]
    assert [each.uri for each in known if isinstance(each, HelmChart)] == ["chart"]


def test_missing_values_file_names_the_nearest(tree: Path) -> None:
    write(tree, "values-prod.yaml")
    with pytest.raises(UsageError) as error:
        sources(find(tree), HelmOptions(values=(Path("values-prd.yaml"),)), tree)
    assert "values-prod.yaml" in error.value.remedy
