"""Kustomize overlays: built, their objects traced back to bases, patches and kustomizations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scanner.collect.discover import uri_of
from scanner.collect.interface import Collection, Problem, Resource, objects_in
from scanner.collect.kustomize.lines import OverlayOrigin, Sources
from scanner.collect.kustomize.render import BuildError, Kustomize, find_kustomize
from scanner.collect.kustomize.tags import Tags, without_tags
from scanner.collect.kustomize.tree import Tree, tree
from scanner.collect.manifests import ItemOrigin
from scanner.yaml import read


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder with a kustomization that no other builds on."""

    path: Path
    uri: str
    cwd: Path

    def collect(self) -> Collection:
        """The objects it builds."""
        found = tree(self._folder)
        if found.problems:
            return Collection(
                problems=[replace(each, uri=uri_of(Path(each.uri), self.cwd)) for each in found.problems]
            )
        kustomize = find_kustomize()
        if kustomize is None:
            problem = Problem(
                "kustomize-missing",
                "the overlay cannot be built: Kustomize is not there",
                self._uri_of(found),
                remedy="install kustomize or kubectl, or the package: pip install 'kubeassay[charts]'",
            )
            return Collection(problems=[problem])
        try:
            with TemporaryDirectory(prefix="kubeassay-") as folder:
                return self._collect(kustomize, found, Path(folder))
        except OSError as error:
            return Collection(problems=[self._problem(str(error), found)])

    @property
    def _folder(self) -> Path:
        return self.cwd / self.path

    def _uri_of(self, found: Tree) -> str:
        return uri_of(found.kustomizations[-1].file, self.cwd) if found.kustomizations else self.uri

    def _collect(self, kustomize: Kustomize, found: Tree, temporary: Path) -> Collection:
        tags = Tags(self.cwd)
        copy, home = temporary / "copy", temporary / "home"
        home.mkdir()
        tags.write(found, copy)
        output, other = kustomize.build([self._folder, copy.joinpath(*self._folder.parts[1:])], home)
        if isinstance(output, BuildError):
            return Collection(problems=[self._problem(output.message, found)])
        built = _documents(output)
        tagged = _documents(other) if isinstance(other, str) else []
        sources = Sources(found, tags, self.cwd)
        files = {reference.target for each in found.kustomizations for reference in each.references()}
        collection = Collection(files=len(found.kustomizations) + sum(file.is_file() for file in files))
        for index, document in enumerate(built):
            twin = tagged[index] if len(tagged) == len(built) else None
            origin = OverlayOrigin(document, twin if without_tags(twin) == document else None, sources)
            objects = list(objects_in(document))
            if not objects:
                collection.skip("not a Kubernetes object")
            collection.resources += [
                Resource(body, ItemOrigin(origin, base) if base else origin) for body, base in objects
            ]
        return collection

    def _problem(self, message: str, found: Tree) -> Problem:
        """Kustomize's message as a problem, on the line that names the file it is about."""
        uri, line, length = self._uri_of(found), None, 0
        for each in found.kustomizations:
            for reference in each.references():
                if len(reference.text) > length and f"'{reference.text}'" in message.replace('"', "'"):
                    uri, length = uri_of(each.file, self.cwd), len(reference.text)
                    line = each.line(reference.path)
        return Problem("kustomize-failed", message.replace(str(self._folder), self.uri), uri, line)


def _documents(output: str) -> list[dict[str, Any]]:
    return [document.value for document in read(output.encode()).documents]
