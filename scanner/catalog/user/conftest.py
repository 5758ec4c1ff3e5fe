"""conftest packages: `deny`, `violation` and `warn` over the object as it is.

https://www.conftest.dev/ : a result is a text, or an object with `msg`; names may go on after an
underscore (`deny_root`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scanner.catalog.model import Module, Rule, Severity
from scanner.catalog.rego import module, package
from scanner.catalog.user.ours import OURS

_RESULT = re.compile(r"^((?:deny|violation|warn)(?:_\w+)?)\b\s*(?:contains\b|\[|if\b|:?=|\{)", re.MULTILINE)


def rules(modules: Sequence[tuple[str, str]], bundle: str) -> list[Rule]:
    """One rule for each package and name; every rule carries all modules of the folder."""
    foreign = [(uri, text) for uri, text in modules if not package(text).startswith(OURS)]
    carried = tuple(module(uri, text) for uri, text in foreign)
    found: dict[str, Rule] = {}
    for uri, text in foreign:
        for result in _RESULT.findall(text):
            name = f"{package(text)}.{result}"
            if name not in found:
                found[name] = _rule(name, uri, result.startswith("warn"), bundle, carried)
    return list(found.values())


def _rule(name: str, uri: str, warning: bool, bundle: str, carried: tuple[Module, ...]) -> Rule:
    return Rule(
        id=name,
        name=f"conftest.{name}",
        title=f"{name} of {bundle}",
        description=f"A rule of your own, in {uri}.",
        severity=Severity.LOW if warning else Severity.MEDIUM,
        over="document",
        reads=("the whole object",),
        remediation=f"See {uri}.",
        uri=uri,
        entries=(("fail", f"data.{name}"),),
        modules=carried,
        bundle=bundle,
    )
