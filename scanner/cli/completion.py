"""`kubeassay completion`: the shell completion script."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of SHELL.

    For bash: kubeassay completion bash > ~/.local/share/bash-completion/completions/kubeassay
    """
    from scanner.cli.app import cli

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(cli, {}, "kubeassay", "_KUBEASSAY_COMPLETE").source())
