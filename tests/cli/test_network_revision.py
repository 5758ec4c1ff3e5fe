"""The files of a git revision are those of the revision: none left out, none changed, none from elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scanner.cli.app import run
from scanner.collect.revision import files_of
from scanner.errors import UsageError

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: "registry.example/web:1"}]}
"""


def git(*arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("my app/pod.yaml", "hidden/pod.yaml"):
        Path(name).parent.mkdir()
        Path(name).write_text(f"{POD}# $Format:%H$\n", encoding="utf-8")
    Path(".gitattributes").write_text("hidden export-ignore\n* export-subst filter=x\n", encoding="utf-8")
    Path("near.yaml").symlink_to("my app/pod.yaml")
    Path("far.yaml").symlink_to("/etc/passwd")
    Path("up").symlink_to("../..")
    git("init", "-q")
    git("config", "filter.x.smudge", "touch started")
    git("add", ".")
    git("commit", "-qm", "first")
    return tmp_path


def test_attributes_neither_hide_nor_change_files(repository: Path) -> None:
    with files_of("git:HEAD", repository) as files:
        for name in ("my app/pod.yaml", "hidden/pod.yaml"):
            assert (files.path / name).read_text(encoding="utf-8").endswith("# $Format:%H$\n")
    assert not Path("started").exists()


def test_only_links_to_files_of_the_revision_are_kept(repository: Path) -> None:
    with files_of("git:HEAD", repository) as files:
        assert (files.path / "near.yaml").read_text(encoding="utf-8").startswith(POD)
        assert not (files.path / "far.yaml").is_symlink()
        assert not (files.path / "up").is_symlink()


def test_a_part_has_what_stands_beside_it(repository: Path) -> None:
    with files_of("git:HEAD:my app", repository / "hidden") as files:
        assert [path.name for path in files.path.iterdir()] == ["pod.yaml"]
        assert (files.path / "../hidden/pod.yaml").exists()


def test_a_submodule_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},vendor/x")
    git("commit", "-qm", "second")
    with files_of("git:HEAD", repository) as files:
        assert files.submodules == ("vendor/x",)
    with files_of("git:HEAD:my app", repository) as files:
        assert files.submodules == ()
    with (
        pytest.raises(UsageError, match="git:HEAD:vendor/x: is a submodule"),
        files_of("git:HEAD:vendor/x", repository),
    ):
        pass
    assert run(["network", "diff", "git:HEAD", "my app"]) == 3
    assert "not read: git:HEAD:vendor/x: the revision does not hold" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["gone", "/etc", "../x", "far.yaml", "up"])
def test_a_path_that_is_not_there_is_an_error(repository: Path, path: str) -> None:
    with (
        pytest.raises(UsageError, match=f"git:HEAD:{path}: no such file"),
        files_of(f"git:HEAD:{path}", repository),
    ):
        pass


def test_what_cannot_be_read_is_told_by_the_revision(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("my app/bad.yaml").write_text("kind: [", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "bad")
    Path("my app/bad.yaml").unlink()
    assert run(["network", "diff", "git:HEAD", "my app"]) == 3
    assert "kubeassay: not read: git:HEAD:my app/bad.yaml:1: " in capsys.readouterr().err
    assert run(["network", "diff", "git:HEAD:.gitattributes", "my app"]) in (2, 3)
    assert "/tmp" not in capsys.readouterr().err
