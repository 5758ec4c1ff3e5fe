"""The files of a git revision, without touching the working tree."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from scanner.collect.process import ProgramError, run
from scanner.errors import UsageError

PREFIX = "git:"
_AS_THEY_ARE = "* -export-ignore -export-subst -text -eol -ident -filter -working-tree-encoding\n"
"""Attributes that let no file be left out or changed, and no program run."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a revision, in a folder of their own."""

    path: Path
    """What was asked for."""
    submodules: tuple[str, ...]
    """Folders of other repositories, of which a revision has the name alone."""
    root: Path
    """The folder that stands for the revision."""
    revision: str

    def uri(self, path: str) -> str:
        """How a path in the revision is written."""
        return f"{PREFIX}{self.revision}:{path}"

    def named(self, message: str) -> str:
        """A message with the revision in place of the folder that stands for it."""
        return message.replace(f"{self.root}/", self.uri("")).replace(str(self.root), self.uri("")[:-1])


@contextmanager
def files_of(written: str, cwd: Path) -> Iterator[Files]:
    """The files of `git:REVISION` or `git:REVISION:PATH`, as long as the `with` block.

    Links that lead out of the repository are left out. Raises UsageError when there is no git, repository,
    revision or path.
    """
    revision, _, path = written.removeprefix(PREFIX).partition(":")
    program = shutil.which("git")
    if program is None:
        raise UsageError(f"{written}: git is not on PATH", "install git, or name folders")
    with TemporaryDirectory(prefix="kubeassay-") as folder:
        home, target = Path(folder) / "home", Path(folder).resolve() / "files"
        home.mkdir()
        target.mkdir()
        archive = Path(folder) / "files.tar"
        git = [program, "-C", str(cwd)]
        commit = _run(
            [*git, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"], home, written
        )
        objects = cwd / _run([*git, "rev-parse", "--git-path", "objects"], home, written)
        bare = _bare(Path(folder) / "bare", objects.resolve(), sha256=len(commit) == 64)
        command = [program, f"--git-dir={bare}", "archive", "--format=tar", "-o", str(archive), commit]
        _run(command, home, written)  # all of it: an overlay is made of files beside its folder
        submodules = _unpack(archive, target)
        wanted = PurePosixPath(path)
        if str(wanted) in submodules:
            raise UsageError(f"{written}: is a submodule", "ask for a revision in a folder of the submodule")
        if wanted.is_absolute() or ".." in wanted.parts or not (target / wanted).exists():
            raise UsageError(f"{written}: no such file or folder", "a path begins at the repository's root")
        within = tuple(each for each in submodules if PurePosixPath(each).is_relative_to(wanted))
        yield Files(target / wanted, within, target, revision)


def _bare(folder: Path, objects: Path, sha256: bool) -> Path:
    """A repository that has the objects of another, and neither its configuration nor its attributes."""
    for name in ("refs", "objects/info", "info"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (folder / "objects/info/alternates").write_text(f"{objects}\n", encoding="utf-8")
    (folder / "info/attributes").write_text(_AS_THEY_ARE, encoding="utf-8")
    if sha256:
        config = "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n"
        (folder / "config").write_text(config, encoding="utf-8")
    return folder


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


def _unpack(archive: Path, target: Path) -> tuple[str, ...]:
    """Write the files and the links that lead to some of them; the folders of submodules, which are empty."""
    links: list[tuple[Path, str]] = []
    folders: set[PurePosixPath] = set()
    filled: set[PurePosixPath] = set()
    with tarfile.open(archive) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if name.is_absolute() or ".." in name.parts:
                continue
            path = target / name
            filled.update(name.parents)
            if member.isdir():
                folders.add(name)
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if member.issym():
                links.append((path, member.linkname))
            elif (file := tar.extractfile(member)) is not None:
                with path.open("wb") as out:
                    shutil.copyfileobj(file, out)
    for path, to in links:  # after all files, so that none is written through a link
        if (path.parent / to).resolve().is_relative_to(target) and not path.exists():
            path.symlink_to(to)
    return tuple(sorted(str(name) for name in folders - filled))
