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


@node.command()
@click.option(
    "--kind",
    type=click.Choice(["daemonset", "job", "rbac"]),
    default="daemonset",
    show_default=True,
    help="A DaemonSet for all nodes, a Job for one, or the rights that `scan --nodes=job` needs.",
)
@click.option("--image", default="", help="The image that has kubeassay.")
@click.option("--node", "node_name", default="", help="The node of the Job.")
@click.option("--namespace", default="kubeassay", show_default=True, help="The namespace for all of it.")
@click.option("--service-account", default="kubeassay", show_default=True, help="Who gets the rights.")
@click.option("--folder", "folders", multiple=True, metavar="DIR", help="A folder of the host. Repeatable.")
def manifest(
    kind: str, image: str, node_name: str, namespace: str, service_account: str, folders: tuple[str, ...]
) -> None:
    """Print what to apply where you would rather run the collector yourself, or allow `scan --nodes=job`.

    The pods are root without any capability, see the host's processes, and have its folders read-only. Their
    logs (of a DaemonSet, the log of the init container `collect`) are the NodeFacts that `scan --snapshot`
    reads.
    """
    from scanner.collect.nodes import manifest as manifests

    mounted = folders or manifests.FOLDERS
    objects = [manifests.namespace(namespace)]
    if kind == "rbac":
        objects += manifests.access(namespace, service_account)
    elif not image:
        raise UsageError("--image is missing", "examples/node-collector has a Containerfile for it")
    elif kind == "daemonset":
        objects.append(manifests.daemon_set(manifests.PART, namespace, image, mounted))
    elif not node_name:
        raise UsageError("--node is missing", "name the node that the Job is for, or use --kind daemonset")
    else:
        objects.append(manifests.job(manifests.PART, namespace, node_name, image, mounted))
    click.echo("".join("---\n" + _yaml(each) for each in objects), nl=False)


def _render(facts: dict[str, object], form: str) -> bytes:
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"
    return _yaml(facts).encode()


def _yaml(value: object) -> str:
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    text: str = yaml.dump(value, Dumper=Plain, sort_keys=False, width=110, allow_unicode=True)
    return text


def _give_up(timeout: float) -> None:
    os.write(2, f"kubeassay: the node did not answer within {timeout + _GRACE:g} seconds\n".encode())
    os._exit(3)
