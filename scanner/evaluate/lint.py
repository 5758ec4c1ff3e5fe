"""Traps in Rego that make two engines disagree, or a rule pass by accident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from scanner.catalog.model import Module
from scanner.evaluate.embedded import EmbeddedEngine

_CALLS = ("Call", "Membership")


@dataclass(frozen=True, slots=True)
class Warned:
    """One trap, with its place."""

    uri: str
    line: int
    message: str
    remedy: str


def negated_references(module: Module, engine: EmbeddedEngine) -> Iterator[Warned]:
    """Every `not f(a.b)` and `not a.b in c`.

    Where `a.b` is undefined OPA evaluates the reference before the negation, so that the expression does
    not hold; the embedded engine lets it hold.
    """
    for syntax in msgspec.json.decode(engine.syntax(module)):
        for statement in _negations(syntax.get("ast")):
            reference = _reference_in(statement)
            if reference:
                line = _line(statement)
                yield Warned(
                    module.uri,
                    line,
                    f"a negated call reads {reference}, which may be undefined: engines disagree then",
                    "negate a helper over something defined (`not allowed(container)`), or use object.get",
                )


def _negations(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        negated = node.get("NotExpr")
        if isinstance(negated, dict):
            expression = negated.get("expr", {})
            if isinstance(expression, dict) and any(call in expression for call in _CALLS):
                yield expression
        for child in node.values():
            yield from _negations(child)
    elif isinstance(node, list):
        for child in node:
            yield from _negations(child)


def _reference_in(expression: Any) -> str:
    """The first reference of two parts or more among the arguments, as text."""
    call = expression.get("Call")
    arguments = call["params"] if call else [expression["Membership"]["value"]]
    for argument in arguments:
        text = _text(argument)
        if "." in text:
            return text
    return ""


def _text(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    if "Var" in node:
        return str(node["Var"]["value"])
    if "RefDot" in node:
        field = node["RefDot"]["field"]
        return f"{_text(node['RefDot']['refr'])}.{field[-1]}"
    if "RefBrack" in node:
        return f"{_text(node['RefBrack']['refr'])}.[…]"
    return ""


def _line(node: Any) -> int:
    if isinstance(node, dict):
        if isinstance(node.get("line"), int):
            return int(node["line"])
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            found = _line(child)
            if found:
                return found
    return 0
