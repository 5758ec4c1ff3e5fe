"""The embedded engine: regorus, compiled once, the program kept between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from scanner import cache
from scanner.catalog.model import Rule
from scanner.evaluate.interface import EngineError, Outcome


class EmbeddedEngine:
    """regorus' register machine over one program of all rules.

    Raises EngineError where the platform has no wheel of it.
    """

    def __init__(self) -> None:
        try:
            import regorus
        except ImportError as error:
            raise EngineError(
                f"the embedded Rego engine is not installed: {error}",
                "install the package gordon-to-regorus, or use an OPA server: --engine opa",
            ) from error
        self._regorus = regorus
        self._entry_points: dict[str, list[tuple[str, str]]] = {}
        self._program: Any = None
        self._data = "{}"
        self._vm: Any = None

    @property
    def name(self) -> str:
        """The package and its version."""
        from importlib.metadata import version

        return f"regorus {version('gordon-to-regorus')}"

    def load(self, modules: Mapping[str, str], rules: Sequence[Rule], data: Mapping[str, Any]) -> None:
        """Compile the modules, or take the program that an earlier run compiled from the same texts."""
        self._entry_points = {
            rule.name: [(outcome, f"data.{rule.package}.{outcome}") for outcome in rule.outcomes]
            for rule in rules
        }
        entry_points = [entry for outcomes in self._entry_points.values() for _, entry in outcomes]
        sources = sorted(modules.items())
        key = hashlib.sha256(msgspec.json.encode([self.name, sources, entry_points])).hexdigest()
        kept = cache.read(f"program-{key}")
        if kept is not None:
            self._program = self._deserialized(kept)
        if self._program is None:
            self._program = self._compile(sources, entry_points)
            cache.write(f"program-{key}", self._program.serialize_binary())
        self._data = msgspec.json.encode(data).decode()
        self._start()

    def _deserialized(self, kept: bytes) -> Any:
        try:
            program, partial = self._regorus.Program.deserialize_binary(kept)
        except Exception:  # noqa: BLE001 - a damaged file in the cache is compiled anew
            return None
        return None if partial else program

    def _compile(self, sources: Sequence[tuple[str, str]], entry_points: Sequence[str]) -> Any:
        try:
            return self._regorus.Program.compile_from_modules("{}", list(sources), list(entry_points))
        except Exception as error:  # the package raises plain exceptions
            raise EngineError(f"the rules do not compile: {error}".strip()) from error

    def _start(self) -> None:
        self._vm = self._regorus.Rvm()
        self._vm.load_program(self._program)
        self._vm.set_data_json(self._data)

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """One run of the machine for each input and outcome."""
        plans = [(number, self._entry_points[rule.name]) for number, rule in enumerate(rules)]
        for index, text in enumerate(inputs):
            self._vm.set_input_json(text)
            execute = self._vm.execute_entry_point
            for number, entries in plans:
                found: dict[str, Any] = {}
                try:
                    for outcome, entry in entries:
                        result = execute(entry)
                        if result != "[]":
                            found[outcome] = msgspec.json.decode(result)
                except Exception as error:  # noqa: BLE001 - one crashing rule must not stop the scan
                    yield index, number, Outcome(error=str(error).strip())
                    self._start()
                    self._vm.set_input_json(text)
                    execute = self._vm.execute_entry_point
                    continue
                if found:
                    yield index, number, Outcome(**found)

    def close(self) -> None:
        """Nothing was started."""
