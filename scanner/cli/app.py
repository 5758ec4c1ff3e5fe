"""The command group, and the one place where errors become messages and exit codes.

Exit codes: 0 clean · 1 findings at or above --fail-on · 2 usage or configuration error · 3 incomplete
(something that was asked for could not be checked).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

from scanner import __version__
from scanner.errors import ScannerError, nearest
from scanner.text import printable

CLEAN, FINDINGS, USAGE, INCOMPLETE = range(4)
"""Exit codes."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""Errors of a file that takes no more."""

_COMMANDS = {
    "scan": ("scanner.cli.scan", "Scan manifests, charts, overlays, snapshots and clusters."),
    "snapshot": ("scanner.cli.snapshot", "Save what a cluster holds, to scan it later."),
    "rules": ("scanner.cli.rules", "List the rules."),
    "explain": ("scanner.cli.rules", "Say why a rule matters and how to mend what it finds."),
    "frameworks": ("scanner.cli.rules", "List the benchmarks and standards, and their controls."),
    "network": ("scanner.cli.network", "Say who can reach whom, and because of which rule."),
    "node": ("scanner.cli.node", "Collect what only a node's host can tell."),
    "cluster": ("scanner.cli.cluster", "Show what a scan of a live cluster may read."),
    "policy": ("scanner.cli.policy", "Check and test your own Rego rules."),
    "completion": ("scanner.cli.completion", "Print the shell completion script."),
}
"""Command → the module that has it; a module is imported only when its command is used."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader of our output went away, as `head` does: not an error of ours
            _drop_output()
            return 141

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            hint = nearest(args[0], _COMMANDS) or "see `kubeassay --help`"
            raise click.UsageError(f"no command is called {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "KUBEASSAY",
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="kubeassay", message="%(prog)s %(version)s")
def cli() -> None:
    """Policy-as-code compliance scanner for Kubernetes.

    Works with no network, calls nobody, and leaves nothing in a cluster.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or configuration error, 3 incomplete
    (something that was asked for could not be checked).
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the process's exit code."""
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        result: Any = cli.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return _say("interrupted", "", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        remedy = f"see `{context.command_path} --help`" if context else ""
        return _say(error.format_message(), remedy, USAGE)
    except ScannerError as error:
        return _say(error.message, error.remedy, USAGE)
    except KeyboardInterrupt:
        return _say("interrupted", "", 130)
    except OSError as error:
        if error.errno not in _FULL or error.filename is not None:
            raise
        _drop_output()
        return _say(f"standard output cannot be written: {error.strerror}", "", USAGE)
    return result if isinstance(result, int) else 0


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _say(message: str, remedy: str, code: int) -> int:
    click.echo(f"kubeassay: {printable(message)}", err=True)
    if remedy:
        click.echo(f"  → {printable(remedy)}", err=True)
    return code
