"""The files of a git revision, without touching the working tree."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.collect.process import ProgramError, run
from scanner.errors import UsageError

PREFIX = "git:"
_SETTINGS = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.symlinks=false"),
    *("-c", "core.sparseCheckout=false"),
)
"""So that nothing of the repository is run, and no link is made."""
_REGULAR = "100"
"""How the modes of files begin that are neither links nor submodules."""


@contextmanager
def files_of(written: str, cwd: Path) -> Iterator[Path]:
    """A folder with the files of `git:REVISION` or `git:REVISION:PATH`, as long as the `with` block.

    Links and submodules are left out. Raises UsageError when there is no git, repository, revision or path.
    """
    revision, _, path = written.removeprefix(PREFIX).partition(":")
    program = shutil.which("git")
    if program is None:
        raise UsageError(f"{written}: git is not on PATH", "install git, or name folders")
    with TemporaryDirectory(prefix="kubeassay-") as folder:
        home, target = Path(folder) / "home", Path(folder) / "files"
        home.mkdir()
        target.mkdir()
        git = [program, "-C", str(cwd)]
        commit = _run(
            [*git, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"], home, written
        )
        repository = _run([*git, "rev-parse", "--absolute-git-dir"], home, written)
        git = [program, *_SETTINGS, "-C", str(target), f"--git-dir={repository}", f"--work-tree={target}"]
        # not by `git archive`, which leaves out what the repository marks as export-ignore
        _run([*git, "--literal-pathspecs", "checkout", "--quiet", commit, "--", path or "."], home, written)
        listed = _run([*git, "ls-files", "--stage", "-z"], home, written)
        for entry in filter(None, listed.split("\0")):
            mode, _, name = entry.partition(" ")[0], *entry.partition("\t")[1:]
            if not mode.startswith(_REGULAR):
                _remove(target / name)
        yield target / path if path else target


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _run(command: list[str], home: Path, written: str) -> str:
    try:
        done = run(command, home, environment={"GIT_INDEX_FILE": str(home / "index")})
    except ProgramError as error:
        raise UsageError(f"{written}: {error}") from error
    if done.code:
        said = (done.stderr.strip().splitlines() or ["git failed"])[0]
        raise UsageError(
            f"{written}: {said}", "write git:REVISION or git:REVISION:PATH, in a folder of the repository"
        )
    return done.stdout.strip()
