"""An engine that remembers: what it judged in the last round it does not judge again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from scanner.catalog.model import Rule
from scanner.evaluate.interface import Engine, Outcome

_Said = list[tuple[int, Outcome]]
"""What the rules of a group say of one input: those alone that do not pass."""


class RememberingEngine:
    """Wraps an engine for scans that follow each other, as while a cluster is watched.

    Equal inputs have equal outcomes, for a rule sees nothing but its input and the data. What a round did
    not ask for is forgotten after it, so that memory follows the size of a scan and not of its history.
    """

    forkable = False
    """A second process would remember for itself alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._loaded = b""
        self._last: dict[tuple[str, ...], dict[bytes, _Said]] = {}
        self._now: dict[tuple[str, ...], dict[bytes, _Said]] = {}
        self.judged = 0
        """How many inputs the engine itself has judged, each by a group of rules."""

    @property
    def name(self) -> str:
        """The engine's."""
        return self._engine.name

    def load(self, data: Mapping[str, Any], rules: Sequence[Rule]) -> None:
        """Begin a round; with other data or rules nothing of the last one holds."""
        loaded = hashlib.blake2b(msgspec.json.encode((data, [rule.name for rule in rules]), order="sorted"))
        self._last, self._now = self._now, {}
        if loaded.digest() != self._loaded:
            self._engine.load(data, rules)
            self._loaded, self._last = loaded.digest(), {}

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """Every rule over every input; the engine is asked for those alone that are new."""
        group = tuple(rule.name for rule in rules)
        keys = [
            hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in inputs
        ]
        last, now = self._last.get(group, {}), self._now.setdefault(group, {})
        for key in keys:
            if key in last:
                now[key] = last[key]
        new = [index for index, key in enumerate(keys) if key not in now]
        if new or not inputs:
            found: dict[int, _Said] = {index: [] for index in new}
            for at, number, outcome in self._engine.judge(rules, [inputs[index] for index in new]):
                found[new[at]].append((number, outcome))
            self.judged += len(new)
            for index, said in found.items():
                now[keys[index]] = said
        for index, key in enumerate(keys):
            for number, outcome in now[key]:
                yield index, number, outcome
        for key in {key for key in keys if any(outcome.error for _, outcome in now[key])}:
            del now[key]  # it may go better the next time

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()
