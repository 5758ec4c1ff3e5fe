"""Command lines of Kubernetes' components, taken apart as they do it themselves."""

from __future__ import annotations

from collections.abc import Sequence

_JOINED = {"feature-gates", "tls-cipher-suites", "node-labels"}


def parse(argv: Sequence[str]) -> dict[str, str]:
    """Flag → value, without the program's name; of a flag that is repeated the last value counts.

    `--name=value`, `--name value` and etcd's `-name value` are alike, `_` is `-`, and a flag without a value
    is `true`.
    """
    flags: dict[str, str] = {}
    rest = list(argv[1:])
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("-") or argument in ("-", "--"):
            continue
        name, equals, value = argument.lstrip("-").partition("=")
        name = name.replace("_", "-")
        if not equals:
            value = rest.pop(0) if rest and not rest[0].startswith("-") else "true"
        if name in _JOINED and name in flags:
            value = f"{flags[name]},{value}"
        flags[name] = value
    return flags
