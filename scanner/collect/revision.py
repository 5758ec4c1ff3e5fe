"""The files of a git revision, without touching the working tree."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from scanner.collect.process import ProgramError, run
from scanner.errors import UsageError

PREFIX = "git:"


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
        archive = Path(folder) / "files.tar"
        git = [program, "-C", str(cwd)]
        commit = _run(
            [*git, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"], home, written
        )
        top = _run([*git, "rev-parse", "--show-toplevel"], home, written)
        command = [program, "-C", top, "archive", "--format=tar", "-o", str(archive), commit]
        _run([*command, "--", path] if path else command, home, written)
        _unpack(archive, target)
        yield target / path if path else target


def _run(command: list[str], home: Path, written: str) -> str:
    try:
        done = run(command, home)
    except ProgramError as error:
        raise UsageError(f"{written}: {error}") from error
    if done.code:
        said = (done.stderr.strip().splitlines() or ["git failed"])[0]
        raise UsageError(
            f"{written}: {said}", "write git:REVISION or git:REVISION:PATH, in a folder of the repository"
        )
    return done.stdout.strip()


def _unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            file = tar.extractfile(member) if member.isfile() else None
            if file is None or name.is_absolute() or ".." in name.parts:
                continue
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                shutil.copyfileobj(file, out)
