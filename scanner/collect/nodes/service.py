"""How the node's init system starts a program: its unit of systemd with the drop-ins, or OpenRC's script."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from scanner.collect.nodes.layout import UNIT_FOLDERS
from scanner.collect.nodes.root import NotRead, Root, escaped
from scanner.collect.nodes.walk import below

_REDIRECTIONS = (">", "2>", "1>", "<", "&>")


@dataclass(slots=True)
class Unit:
    """The files of a unit."""

    paths: list[str] = field(default_factory=list)
    """The unit, of the folder that counts, and its drop-ins in their order."""
    unseen: str = ""
    """Where it may be and could not be looked for; empty if everything could be seen, or it was found."""


def find(root: Root, name: str, errors: list[str]) -> Unit:
    """The files of the unit with that name."""
    unit = Unit()
    for folder in UNIT_FOLDERS:
        try:
            root.find(f"{folder}/{name}")
        except NotRead as error:
            if error.status != "absent":
                unit.unseen = unit.unseen or f"{folder}/{name}"
            continue
        unit.paths.append(f"{folder}/{name}")
        unit.unseen = ""
        break
    drop_ins: dict[str, str] = {}
    for folder in reversed(UNIT_FOLDERS):  # of drop-ins of the same name the first folder's counts
        try:
            root.find(f"{folder}/{name}.d")
        except NotRead:
            continue
        for path, each in below(root, f"{folder}/{name}.d", errors, depth=1):
            if each.type == "file" and path.endswith(".conf"):
                drop_ins[path.rpartition("/")[2]] = path
    unit.paths += [drop_ins[each] for each in sorted(drop_ins)]
    return unit


def command_line(root: Root, unit: str, program: str, errors: list[str]) -> list[str]:
    """The arguments in a unit, or in OpenRC's script; none, with an error, if that fails."""
    started: list[str] = []
    for path in find(root, unit, errors).paths if unit else []:
        for name, value in _settings(_text(root, path, errors)):
            if name == "ExecStart":  # an empty one takes back what stood before
                started = _split(value.lstrip("@-:+!"), path, errors)
    if not started:
        path = f"/etc/init.d/{program}"
        started = _open_rc(_text(root, path, []), path, errors)
    if not started:
        errors.append(f"{program}: it hides its arguments, and nothing was found that starts it")
    return started


def environment(root: Root, unit: str, errors: list[str]) -> dict[str, str] | None:
    """The variables that a unit sets, those of its files included; None if they cannot all be told."""
    paths = find(root, unit, errors).paths if unit else []
    found: dict[str, str] = {}
    from_files: dict[str, str] = {}
    before = len(errors)
    for path in paths:
        for name, value in _settings(_text(root, path, errors)):
            if name == "Environment":
                found = {**found, **_assignments(_split(value, path, errors))} if value else {}
            elif name == "EnvironmentFile" and value:
                from_files |= _environment_file(root, value, errors)
            elif name == "EnvironmentFile":
                from_files = {}
    return {**found, **from_files} if paths and len(errors) == before else None


def _environment_file(root: Root, value: str, errors: list[str]) -> dict[str, str]:
    path = value.removeprefix("-")
    content = _text(root, path, errors, optional=path != value)
    lines = [line.strip() for line in content.split("\n")]
    words = (_split(line, path, errors) for line in lines if line and line[0] not in "#;")
    return _assignments([" ".join(each) for each in words])


def _assignments(words: list[str]) -> dict[str, str]:
    return {name: value for name, equals, value in (word.partition("=") for word in words) if equals}


def _settings(content: str) -> list[tuple[str, str]]:
    lines = (line.strip() for line in content.replace("\\\n", " ").split("\n"))
    pairs = (line.partition("=") for line in lines if line and line[0] not in "#;")
    return [(name.strip(), value.strip()) for name, equals, value in pairs if equals]


def _text(root: Root, path: str, errors: list[str], optional: bool = False) -> str:
    try:
        return root.read(path).decode("utf-8", "surrogateescape")
    except NotRead as error:
        if not (optional and error.status == "absent"):
            errors.append(f"{escaped(path)}: {error}")
        return ""


def _open_rc(content: str, path: str, errors: list[str]) -> list[str]:
    """The command and its arguments in a script of OpenRC, as k3s' installer writes it."""
    assigned = _assignments([word for word in _split(content, path, errors) if word.startswith("command")])
    arguments = [
        word
        for word in _split(assigned.get("command_args", ""), path, errors)
        if not word.startswith(_REDIRECTIONS)
    ]
    return [assigned["command"], *arguments] if "command" in assigned and arguments else []


def _split(text: str, path: str, errors: list[str]) -> list[str]:
    try:
        return shlex.split(text, comments=True)
    except ValueError:
        errors.append(f"{escaped(path)}: a quotation mark is missing")
        return []
