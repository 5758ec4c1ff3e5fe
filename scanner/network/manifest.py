"""Suggested policies as YAML, with the reason above each rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from scanner.network.suggest import Rule, Suggestion, Suggestions
from scanner.text import one_line


def manifest(suggestions: Suggestions) -> str:
    """One stream of documents, to be reviewed."""
    lines = [
        "# Suggested from what the objects at hand tell of their needs. Review before applying.",
        "# Probes need no rule: they come from the pod's own node, which no policy blocks.",
    ]
    for title, said in (
        ("No policy is suggested for", suggestions.left_out),
        (
            "These rules, which are there already, open more than what was found to be needed",
            suggestions.existing,
        ),
        (
            "Policies that are there already say who reaches these ports, of which no client was found",
            suggestions.limited,
        ),
    ):
        if said:
            lines.append(f"# {title}:")
            lines += [f"#   {one_line(each)}" for each in said]
    for policy in suggestions.policies:
        lines += ["---", *_policy(policy)]
    return "\n".join(lines) + "\n"


def _policy(policy: Suggestion) -> Iterator[str]:
    for note in policy.notes:
        yield f"# May need more: {one_line(note)}."
    body = policy.body
    for direction in policy.rules:
        body["spec"].pop(direction, None)
    yield from _dumped(body)
    for direction, rules in policy.rules.items():
        if rules:
            yield f"  {direction}:"
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    for why in rule.why:
        yield f"    # {one_line(why)}"
    for line in _dumped([dict(rule.body)]):
        yield f"    {line}"


def _dumped(body: Any) -> list[str]:
    text: str = yaml.dump(body, Dumper=_Dumper, sort_keys=False, width=10_000, default_flow_style=False)
    return text.rstrip("\n").split("\n")


class _Dumper(yaml.SafeDumper):
    """Writes equal parts out each time, not as anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
