"""`kubeassay node`: what only a node's host can tell."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import click

from scanner.errors import ScannerError, UsageError

_GRACE = 10.0


@click.group()
def node() -> None:
    """Collect what only a node's host can tell."""


@node.command()
@click.option(
    "--root",
    type=click.Path(file_okay=False),
    default="/",
    show_default=True,
    help="The folder in which the host's files are; /host in the container.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="DIR",
    help="A folder of the host that is there, if not all are; the others are not collected. Repeatable.",
)
@click.option("--node-name", default="", help="The node's name in the cluster. Default: the host's name.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=3600),
    default=30.0,
    show_default=True,
    help="Seconds after which what is left is not collected.",
)
@click.option("--format", "form", type=click.Choice(["json", "yaml"]), default="json", help="Form.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="A file, in place of standard output.")
def collect(
    root: str, only: tuple[str, ...], node_name: str, timeout: float, form: str, output: str | None
) -> None:
    """Print what is known of this node's host, as one NodeFacts object.

    Reads modes and owners of files, processes' arguments and the configuration that these name; secrets are
    taken out before anything is printed. Runs nothing, writes nothing, calls nobody. What cannot be read is
    listed in collector.errors.
    """
    if sys.platform != "linux":
        raise UsageError("only Linux has what `node collect` reads", "run it on the node")
    from scanner.collect.nodes.collector import Options
    from scanner.collect.nodes.collector import collect as read

    # a call into a network file system that is gone never returns
    watchdog = threading.Timer(timeout + _GRACE, _give_up, (timeout,))
    watchdog.daemon = True
    watchdog.start()
    try:
        facts = read(Options(root, only, node_name, timeout))
    except OSError as error:
        raise ScannerError(
            f"--root {root}: {error.strerror or error}", "name a folder that this user may read"
        ) from error
    finally:
        watchdog.cancel()
    content = _render(facts, form)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from scanner.files import write_file

        write_file(Path(output), [content])


def _render(facts: dict[str, object], form: str) -> bytes:
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"
    import yaml

    return yaml.safe_dump(facts, sort_keys=False, width=110, allow_unicode=True).encode()


def _give_up(timeout: float) -> None:
    os.write(2, f"kubeassay: the node did not answer within {timeout + _GRACE:g} seconds\n".encode())
    os._exit(3)
