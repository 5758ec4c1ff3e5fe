"""Gives each live object the origin of what it was made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scanner.collect.interface import Collection, Resource
from scanner.collect.match.candidates import Candidates, Choice
from scanner.collect.match.origin import SourceOrigin
from scanner.collect.match.owners import Owners, way_to
from scanner.collect.match.repository import Contents, Repository

OWNER, AMBIGUOUS, UNMATCHED = "owner", "several sources fit equally", "not in the repository"
_OWN_GROUP = "kubeassay.dev"


def match(live: Collection, repository: Repository) -> Collection:
    """The live objects, those whose source stands in the repository with its files and lines.

    `matched` counts them by what led to their source. Nothing of the repository is judged itself; what could
    not be read of it is a problem all the same, for findings point elsewhere because of it.
    """
    contents = repository.contents(live.resources)
    matcher = _Matcher(live, contents)
    return replace(
        live,
        resources=[matcher.with_source(resource) for resource in live.resources],
        problems=[*live.problems, *contents.problems],
        files=live.files + contents.files,
        skipped={**contents.skipped, **live.skipped},
        matched=dict(matcher.matched),
    )


class _Matcher:
    def __init__(self, live: Collection, contents: Contents) -> None:
        self.matched: Counter[str] = Counter()
        self._candidates = Candidates(contents)
        self._owners = Owners(live.resources)
        self._choices: dict[tuple[str, str, str], Choice | None] = {}
        direct = [self._best(resource) for resource in live.resources]
        self._guests = Counter(id(choice.resource) for choice in direct if choice and choice.unplaced)

    def with_source(self, resource: Resource) -> Resource:
        """A live object with the origin of its source, where it has one."""
        if resource.group == _OWN_GROUP:
            return resource
        origin, by = self._origin(resource)
        self.matched[by] += 1
        if origin is None:
            return resource
        if origin.vague and by != OWNER:
            self.matched[AMBIGUOUS] += 1
        found = Resource(resource.body, origin)
        found.namespace = resource.namespace
        return found

    def _origin(self, resource: Resource) -> tuple[SourceOrigin | None, str]:
        if choice := self._best(resource):
            vague = self._is_vague(choice)
            return SourceOrigin(resource, choice.resource, vague=vague, settled=choice.settled), choice.by
        for owner in self._owners.above(resource):
            if choice := self._best(owner):
                way, same = way_to(resource.kind, choice.resource)
                vague = self._is_vague(choice) or not same
                return SourceOrigin(resource, choice.resource, way, vague, choice.settled), OWNER
        return None, UNMATCHED

    def _is_vague(self, choice: Choice) -> bool:
        """Another source fits as well, or it is the source of one object in each of several namespaces."""
        return choice.vague or (choice.unplaced and self._guests[id(choice.resource)] > 1)

    def _best(self, resource: Resource) -> Choice | None:
        key = (resource.group_kind, resource.namespace, resource.name)
        if key not in self._choices:
            self._choices[key] = self._candidates.best(resource)
        return self._choices[key]
