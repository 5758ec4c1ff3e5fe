"""The embedded engine: regorus' interpreter.

Its compiled programs (the package's `Program` and `Rvm`) are twice as fast, but there an assignment of an
undefined value holds (`x := input.missing` goes on), which the language forbids: a verdict could be wrong.
The interpreter follows the language, and errors of built-ins are errors, never a silent pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from scanner.catalog.model import Module, Rule
from scanner.catalog.rego import package
from scanner.evaluate.builtins import BUILTINS
from scanner.evaluate.interface import EngineError, Outcome

_TEST = re.compile(r"^(test_\w+)\b", re.MULTILINE)
_ENTRY = "data.kubeassay_judge.outcomes"


class EmbeddedEngine:
    """One interpreter for each group of rules: a run costs more the more modules it holds.

    Raises EngineError where the platform has no wheel of regorus.
    """

    forkable = True

    def __init__(self) -> None:
        try:
            import regorus
        except ImportError as error:
            raise EngineError(
                f"the embedded Rego engine is not installed: {error}",
                "install the package gordon-to-regorus, or use an OPA server: --engine opa",
            ) from error
        self._regorus = regorus
        self._base: Any = None
        self._parsed: dict[tuple[Module, ...], Any] = {}

    @property
    def name(self) -> str:
        """The package and its version."""
        from importlib.metadata import version

        return f"regorus {version('gordon-to-regorus')}"

    def load(self, data: Mapping[str, Any], rules: Sequence[Rule] = ()) -> None:
        """Take the data and our own built-ins."""
        self._base = self._regorus.Engine()
        self._parsed = {}
        for name, (arity, function) in BUILTINS.items():
            self._base.add_extension(name, arity, function)
        self._base.add_data_json(msgspec.json.encode(data).decode())

    def _with(self, library: tuple[Module, ...]) -> Any:
        """An engine that holds these modules, which many groups of rules share: they are parsed once."""
        if library not in self._parsed:
            engine = self._base.clone()
            for module in library:
                _add(engine, module)
            self._parsed[library] = engine
        return self._parsed[library]

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """All rules in one run for each input; one by one where a run breaks."""
        if not inputs and all(rule.bundle == "kubeassay" for rule in rules):
            return  # users' rules are compiled all the same: what does not compile is an error
        modules = dict.fromkeys(module for rule in rules for module in rule.modules)
        library = tuple(module for module in modules if module.uri.startswith("rego/lib/"))
        engine = self._with(library).clone()
        for module in modules:
            if module not in library:
                _add(engine, module)
        _add(engine, Module("judge.rego", _entry(rules)))
        decode = msgspec.json.Decoder().decode
        nothing = None
        for index, text in enumerate(inputs):
            try:
                engine.set_input_json(text)
                result = engine.eval_rule_as_json(_ENTRY)
            except Exception:  # noqa: BLE001 - the package raises plain exceptions
                yield from self._one_by_one(engine, rules, index, text)
                continue
            if result == nothing:
                continue
            outcomes = decode(result)
            if not any(any(outcome.values()) for outcome in outcomes):
                nothing = result
                continue
            for number, outcome in enumerate(outcomes):
                if any(outcome.values()):
                    yield index, number, Outcome(**outcome)

    def _one_by_one(
        self, engine: Any, rules: Sequence[Rule], index: int, text: str
    ) -> Iterator[tuple[int, int, Outcome]]:
        for number, rule in enumerate(rules):
            try:
                engine.set_input_json(text)
                found = {
                    outcome: msgspec.json.decode(engine.eval_rule_as_json(reference))
                    for outcome, reference in rule.entries
                }
            except Exception as error:  # noqa: BLE001 - one crashing rule must not stop the scan
                yield index, number, Outcome(error=_cause(error))
                continue
            if any(found.values()):
                yield index, number, Outcome(**found)

    def syntax(self, module: Module) -> str:
        """The syntax tree of one module, as JSON.

        Raises EngineError when it does not parse.
        """
        engine = self._regorus.Engine()
        _add(engine, module)
        tree: str = engine.get_ast_as_json()
        return tree

    def run_tests(self, modules: Sequence[Module], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every `test_…` rule of the modules: its reference, and why it failed (empty: it passed).

        Raises EngineError when a module does not compile.
        """
        self.load(data)
        for module in modules:
            _add(self._base, module)
        for module in modules:
            name = package(module.text)
            for test in dict.fromkeys(_TEST.findall(module.text)):
                reference = f"data.{name}.{test}"
                try:
                    held = self._base.eval_rule_as_json(reference) == "true"
                except Exception as error:  # noqa: BLE001 - one broken test must not stop the others
                    yield reference, _cause(error)
                    continue
                yield reference, "" if held else "it does not hold"

    def close(self) -> None:
        """Nothing was started."""


def _entry(rules: Sequence[Rule]) -> str:
    """A module that yields the outcomes of all rules, in their order."""
    lines = [
        "{" + ", ".join(f'"{outcome}": {reference}' for outcome, reference in rule.entries) + "},"
        for rule in rules
    ]
    return "\n".join(["package kubeassay_judge", "outcomes := [", *lines, "]"])


def _add(engine: Any, module: Module) -> None:
    try:
        engine.set_rego_v0(module.v0)
        engine.add_policy(module.uri, module.text)
    except Exception as error:  # the package raises plain exceptions
        raise EngineError(f"{module.uri} does not compile: {_cause(error)}", "mend the Rego") from error


def _cause(error: Exception) -> str:
    return str(error).partition("Stack backtrace:")[0].strip()
