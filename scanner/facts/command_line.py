"""Command lines of Kubernetes' own programs: what runs, through wrappers and shells, and its flags."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scanner.collect.interface import Path

Argv = Sequence[tuple[str, Path]]
"""Arguments, and where in the object each stands."""

_SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_WRAPPERS = frozenset(
    {
        *("exec", "nice", "ionice", "setpriv", "chroot", "timeout", "env", "nsenter", "stdbuf", "numactl"),
        *("go-runner", "kube-log-runner", "watch-termination", "tini", "dumb-init", "catatonit", "catchsegv"),
        *("hyperkube", "kube"),
    }
)
_MULTI_CALL = {"apiserver": "kube-apiserver", "controller-manager": "kube-controller-manager"}
_MULTI_CALL |= {"scheduler": "kube-scheduler", "proxy": "kube-proxy"}
_SEPARATOR = re.compile(r"[;&|()<>]+")
_KUBERNETES_REFERENCE = re.compile(r"\$\$|\$\(([A-Za-z_.-][\w.-]*)\)")
_SHELL_REFERENCE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_HIDDEN_FLAG = re.compile(r"\s--([A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Flag:
    """One use of a flag."""

    value: str | None
    """None when it is not known, for the reason in `unclear`."""
    path: Path
    """Where in the object it stands."""
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables of a container or process."""

    values: Mapping[str, tuple[str, Path]]
    unclear: Mapping[str, str]
    """Variables whose values are not at hand → why; under `*` why there may be more."""

    def reason(self, name: str) -> str:
        """Why a variable's value is not known; empty when it is, or when there is no such variable."""
        if name in self.values:
            return ""
        return self.unclear.get(name) or self.unclear.get("*", "")


NO_ENVIRONMENT = Environment({}, {})


def expanded(text: str, environment: Environment) -> str:
    """An argument of a container with `$(NAME)` replaced, as the kubelet does; unknown ones stay."""

    def value(match: re.Match[str]) -> str:
        if match.group() == "$$":
            return "$"
        known = environment.values.get(match.group(1))
        return known[0] if known else match.group()

    return _KUBERNETES_REFERENCE.sub(value, text)


def command(argv: Argv, programs: Sequence[str], environment: Environment) -> Argv:
    """The part of a command line that begins with one of the programs; empty when none is run.

    Shell scripts, wrappers such as `nice` and `go-runner`, and multi-call binaries are looked through.
    """
    if not argv:
        return ()
    first = PurePosixPath(argv[0][0]).name
    if first in programs:
        return argv
    if first in _SHELLS:
        return _in_script(argv, programs, environment)
    if first not in _WRAPPERS:
        return ()
    for at, (text, path) in enumerate(argv[1:], 1):
        name = PurePosixPath(text).name
        called = _MULTI_CALL.get(name, name) if first in ("hyperkube", "kube") else name
        if called in programs:
            return [(called, path), *argv[at + 1 :]]
        if name in _SHELLS or (name in _WRAPPERS and not text.startswith("-")):
            found = command(argv[at:], programs, environment)
            if found:
                return found
    return ()


def _in_script(argv: Argv, programs: Sequence[str], environment: Environment) -> Argv:
    """The arguments of one of the programs that a shell's script calls: of the longest call."""
    script, path = _script(argv)
    found: list[tuple[str, Path]] = []
    for line in script.replace("\\\n", " ").splitlines():
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
        except ValueError:
            continue
        for at, word in enumerate(words):
            name = PurePosixPath(word).name
            if name not in programs or not _is_called(words[:at]):
                continue
            end = next((n for n, w in enumerate(words[at:], at) if _SEPARATOR.fullmatch(w)), len(words))
            call = [part for word in words[at:end] for part in _in_shell(word, environment)]
            if end < len(words) and "(" in words[end]:
                call.append("$( ")  # what follows the output of a command is not known either
            if len(call) > len(found):
                found = [(word, path) for word in call]
    return found


def _is_called(before: Sequence[str]) -> bool:
    """Whether a word after these is run, and no argument of another program."""
    for word in reversed(before):
        name = PurePosixPath(word).name
        if _SEPARATOR.fullmatch(word) or name in _WRAPPERS or name in ("then", "do", "else", "!"):
            return True
        if not (word.startswith("-") or word.isdigit() or re.match(r"[A-Za-z_]\w*=", word)):
            return False
    return True


def _script(argv: Argv) -> tuple[str, Path]:
    """What a shell is given by `-c`."""
    called, takes = False, False
    for text, path in argv[1:]:
        if text.startswith(("-", "+")) and len(text) > 1:
            called, takes = called or "c" in text.lstrip("-"), text.endswith("o")
        elif takes:
            takes = False  # the name of an option, such as `pipefail`
        else:
            return (text, path) if called else ("", path)
    return "", ()


def _in_shell(text: str, environment: Environment) -> list[str]:
    """The words that a word of a script becomes; calls of commands are marked by a space."""

    def value(match: re.Match[str]) -> str:
        known = environment.values.get(match.group(1) or match.group(2))
        return known[0] if known else match.group()

    marked = f"{text}( " if text.endswith("$") else text.replace("$(", "$( ").replace("`", "$( ")
    replaced = _SHELL_REFERENCE.sub(value, marked)
    # a variable that stands alone may hold several arguments
    return replaced.split() if _SHELL_REFERENCE.fullmatch(text) else [replaced]


def unclear_reference(text: str, environment: Environment) -> str:
    """Why a text with references to variables is not known; empty when it is."""
    for match in _KUBERNETES_REFERENCE.finditer(text):
        reason = environment.reason(match.group(1) or "")
        if match.group(1) and reason:
            return reason
    for match in _SHELL_REFERENCE.finditer(text):
        name = match.group(1) or match.group(2)
        return environment.reason(name) or f"the shell's variable {name} is not known"
    if "$(" in text and not _KUBERNETES_REFERENCE.search(text):
        return "the output of a command in a shell is not known"
    return ""


def flags(
    argv: Argv, is_boolean: Callable[[str], bool | None], environment: Environment
) -> tuple[dict[str, list[Flag]], str]:
    """The flags of a command line, with dashes in place of underscores, and why there may be more.

    `is_boolean` tells of a flag that it takes no value from the next argument; None for one that is not
    known, which takes the next argument when that is no flag itself.
    """
    found: dict[str, list[Flag]] = {}
    hidden = ""
    rest = iter(range(1, len(argv)))
    for at in rest:
        text, path = argv[at]
        if not text.startswith("-"):
            hidden = hidden or unclear_reference(text, environment)
            continue
        if text == "--":
            break
        name, equals, value = text.lstrip("-").partition("=")
        name = name.replace("_", "-")
        if equals:
            given: str | None = value
        elif is_boolean(name):
            given = "true"
        else:
            following = argv[at + 1][0] if at + 1 < len(argv) else None
            takes = following is not None and (is_boolean(name) is False or not following.startswith("-"))
            given = following if takes else None if is_boolean(name) is False else "true"
            if takes:
                next(rest)
        if given is None:
            flag = Flag(None, path, "the flag stands without the value that it needs")
        else:
            unclear = unclear_reference(given, environment)
            flag = Flag(None if unclear else given, path, unclear)
        found.setdefault(name, []).append(flag)
        for inner in _HIDDEN_FLAG.findall(text):
            found.setdefault(inner.replace("_", "-"), []).append(
                Flag(None, path, f"--{inner} stands inside of another argument")
            )
    return found, hidden
