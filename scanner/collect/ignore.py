"""What `.gitignore` files leave out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Ignores:
    """The `.gitignore` files that hold in a folder, the outermost first."""

    files: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    """Folders, with what the file in each says."""

    @classmethod
    def above(cls, folder: Path) -> Ignores:
        """Those between the repository's root and a folder; none when the folder itself is left out.

        For somebody who names an ignored folder wants it.
        """
        ignores = cls()
        parents = [*folder.parents]
        roots = [index for index, each in enumerate((folder, *parents)) if (each / ".git").exists()]
        for parent in reversed(parents[: roots[0]] if roots else ()):
            ignores = ignores.inside(str(parent))
        return cls() if ignores.leave_out(f"{folder}{os.sep}") else ignores

    def inside(self, folder: str) -> Ignores:
        """With the file of a folder below, if there is one."""
        try:
            text = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return self
        return Ignores((*self.files, (folder, GitIgnoreSpec.from_lines(text.splitlines()))))

    def leave_out(self, path: str) -> bool:
        """Whether a file, or a folder with a slash at its end, is ignored: the nearest file decides."""
        for folder, spec in reversed(self.files):
            decision = spec.check_file(path[len(folder) :].lstrip(os.sep)).include
            if decision is not None:
                return decision
        return False
