"""What an engine does: run Rego rules over inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scanner.catalog.model import Rule
from scanner.errors import ScannerError

Fault = Mapping[str, Any]
"""What a rule yields: `message`, `path` (a list of keys) and optionally `root`, `key` and `at`: the `kind`
(`Kind` or `Kind.group`), `namespace` and `name` of another object that is the cause: the path is then in
that one. Subjects whose faults have the same cause, message and `key` are one finding.
"""


class EngineError(ScannerError):
    """The engine cannot be had, or does not take the rules."""


class EngineLost(EngineError):
    """The engine went away in the middle: what it did not judge stays unknown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of one input; with none of the five, the input passes."""

    fail: Sequence[Fault] = ()
    unknown: Sequence[Fault] = ()
    manual: Sequence[Fault] = ()
    """What was found, which only a person can judge."""
    not_applicable: Sequence[Fault] = ()
    error: str = ""
    """The rule broke: the engine's message."""


class Engine(Protocol):
    """One way to run Rego."""

    forkable: bool
    """A forked process may go on with the engine as it was loaded."""

    @property
    def name(self) -> str:
        """The engine and its version, for the report."""

    def load(self, data: Mapping[str, Any], rules: Sequence[Rule]) -> None:
        """Take the data document, and note the rules that will be run, before any judging."""

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """Run every rule over every input (JSON texts).

        Raises EngineError when a module of a rule does not compile, EngineLost when the engine goes away.

        Yields the index of the input, the index of the rule and the outcome, for those alone that do
        not pass.
        """

    def close(self) -> None:
        """Stop what the engine started."""
