"""What is read of a Git checkout, without git."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.report.repository import Checkout, find_root, read_checkout

REVISION = "0123456789abcdef" * 2 + "01234567"


def checkout(folder: Path, url: str, head: str = "ref: refs/heads/feature/x") -> Path:
    git = folder / ".git"
    (git / "refs/heads/feature").mkdir(parents=True)
    (git / "HEAD").write_text(f"{head}\n")
    (git / "refs/heads/feature/x").write_text(f"{REVISION}\n")
    (git / "config").write_text(
        f'[core]\n\tbare = false\n[remote "fork"]\n\turl = x\n[remote "origin"]\n\turl = {url}\n'
    )
    return folder


@pytest.mark.parametrize(
    ("remote", "uri"),
    [
        ("https://example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://user:token@example.org:8443/a b.git?x=1#y", "https://example.org:8443/a%20b.git"),
        ("git@example.org:a/b.git", "ssh://example.org/a/b.git"),
        ("ssh://git@example.org:22/a.git", "ssh://example.org:22/a.git"),
        ("/srv/git/a.git", ""),
        ("file:///srv/git/a.git", ""),
        ("../a.git", ""),
        ("https://[broken/a.git", ""),
    ],
)
def test_origin_is_a_uri_without_credentials(tmp_path: Path, remote: str, uri: str) -> None:
    assert read_checkout(checkout(tmp_path, remote)) == Checkout(uri, REVISION, "feature/x")


def test_detached_head(tmp_path: Path) -> None:
    found = read_checkout(checkout(tmp_path, "https://example.org/a", head=REVISION))
    assert (found.revision, found.branch) == (REVISION, "")


def test_worktree_shares_its_repository(tmp_path: Path) -> None:
    main = checkout(tmp_path / "main", "https://example.org/a")
    own = main / ".git/worktrees/side"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/feature/x\n")
    (own / "commondir").write_text("../..\n")
    side = tmp_path / "side"
    side.mkdir()
    (side / ".git").write_text(f"gitdir: {own}\n")
    assert read_checkout(side) == Checkout("https://example.org/a", REVISION, "feature/x")


def test_new_repository_has_no_revision(tmp_path: Path) -> None:
    checkout(tmp_path, "https://example.org/a", head="ref: refs/heads/unborn")
    assert read_checkout(tmp_path) == Checkout("https://example.org/a", "", "unborn")


def test_damaged_repository_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_checkout(tmp_path) == Checkout("", "", "")


def test_root_is_found_upward(tmp_path: Path) -> None:
    checkout(tmp_path, "x")
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    assert find_root(below) == tmp_path
    assert find_root(Path("/nowhere/at/all")) is None
