"""The command line with which the node's init system starts a program."""

from __future__ import annotations

import shlex

from scanner.collect.nodes.layout import UNIT_FOLDERS
from scanner.collect.nodes.root import NotRead, Root, escaped
from scanner.collect.nodes.walk import below

_REDIRECTIONS = (">", "2>", "1>", "<", "&>")


def command_line(root: Root, unit: str, program: str, errors: list[str]) -> list[str]:
    """The arguments in a systemd unit and its drop-ins, or in OpenRC's script; none if that fails."""
    started: list[str] = []
    for path in _units(root, unit, errors) if unit else []:
        started = _exec_start(_text(root, path, errors), path, started, errors)
    if not started:
        path = f"/etc/init.d/{program}"
        started = _open_rc(_text(root, path, []), path, errors)
    if not started:
        errors.append(f"{program}: it hides its arguments, and nothing was found that starts it")
    return started


def _units(root: Root, unit: str, errors: list[str]) -> list[str]:
    """The unit, of the folder that counts, and its drop-ins."""
    found: list[str] = []
    for folder in UNIT_FOLDERS:
        try:
            root.find(f"{folder}/{unit}")
        except NotRead as error:
            if error.status == "absent":
                continue
        found.append(f"{folder}/{unit}")
        break
    drop_ins: dict[str, str] = {}
    for folder in reversed(UNIT_FOLDERS):  # of drop-ins of the same name the first folder's counts
        for path, each in below(root, f"{folder}/{unit}.d", errors, depth=1):
            if each.type == "file" and path.endswith(".conf"):
                drop_ins[path.rpartition("/")[2]] = path
    return [*found, *(drop_ins[name] for name in sorted(drop_ins))]


def _text(root: Root, path: str, errors: list[str]) -> str:
    try:
        return root.read(path).decode("utf-8", "surrogateescape")
    except NotRead as error:
        errors.append(f"{escaped(path)}: {error}")
        return ""


def _exec_start(content: str, path: str, started: list[str], errors: list[str]) -> list[str]:
    """The last ExecStart of a unit; an empty one takes back what stood before."""
    for line in content.replace("\\\n", " ").split("\n"):
        name, equals, value = line.strip().partition("=")
        if name.strip() == "ExecStart" and equals:
            started = _split(value.strip().lstrip("@-:+!"), path, errors)
    return started


def _open_rc(content: str, path: str, errors: list[str]) -> list[str]:
    """The command and its arguments in a script of OpenRC, as k3s' installer writes it."""
    assigned = dict(
        word.partition("=")[::2] for word in _split(content, path, errors) if word.startswith("command")
    )
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
