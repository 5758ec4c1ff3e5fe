"""`kubeassay network`: who can reach whom."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.app import CLEAN, FINDINGS, INCOMPLETE
from scanner.cli.reach import reach_options, read_reach
from scanner.text import one_line

if TYPE_CHECKING:
    from scanner.network.question import Answer, Answers

_WORDS = {True: "yes", False: "no", None: "unknown"}
_MOST_BACKENDS = 20
_FORMS = ("txt", "json", "csv", "dot")
_ELSEWHERE = {
    "diff": ("scanner.cli.network_diff:diff", "Say what a change opens and closes."),
    "suggest": ("scanner.cli.network_suggest:suggest", "Suggest policies that close what nothing needs."),
    "map": ("scanner.cli.network_map:map_", "Draw who can reach whom, as one HTML file."),
}
"""Command → where it stands; a module is imported only when its command is used."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = _ELSEWHERE[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([*own, *((name, words) for name, (_, words) in _ELSEWHERE.items())])


@click.group(cls=_Commands)
def network() -> None:
    """Say who can reach whom, on which ports, and because of which rule.

    NetworkPolicies, AdminNetworkPolicies, BaselineAdminNetworkPolicies and ClusterNetworkPolicies are worked
    out; what policies of network plugins add is said as uncertain.
    """


@network.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--peers",
    type=click.Choice(["workload", "pod"]),
    default="workload",
    show_default=True,
    help="List workloads, each for all its pods, or single pods.",
)
@click.option("--no-self", is_flag=True, help="Leave out connections inside a workload.")
@click.option(
    "--focus",
    multiple=True,
    metavar="NAME",
    help="Connections of this namespace, or of this workload (namespace/name), alone.",
)
@click.option(
    "--output",
    "-o",
    type=click.Choice(_FORMS),
    default="txt",
    show_default=True,
    help="The form of the list.",
)
@reach_options
def connections(**options: Any) -> int:
    """List every connection that policies leave open.

    Between workloads, and with addresses outside of the cluster, whether or not something listens. The input
    is taken for everything that a cluster holds.
    """
    from scanner.network.connections import connections as listed
    from scanner.network.connections import focused
    from scanner.network.formats import FORMATS
    from scanner.network.uncertain import uncertain

    read = read_reach(options)
    found = focused(listed(read.reach, options["peers"], not options["no_self"]), options["focus"])
    found.notes = uncertain(read.reach, found.members, options["peers"])
    if options["output"] == "csv":
        read.say_notes(options["quiet"])
    lines = FORMATS[options["output"]](found)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()
    return read.exit_code


@network.command()
@click.argument("src")
@click.argument("dst")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--protocol",
    type=click.Choice(["TCP", "UDP", "SCTP"], case_sensitive=False),
    default="TCP",
    show_default=True,
    help="The protocol.",
)
@click.option("--port", type=click.IntRange(1, 65_535), required=True, help="The port of the destination.")
@click.option(
    "--output", "-o", type=click.Choice(["txt", "json"]), default="txt", show_default=True, help="The form."
)
@reach_options
def can(**options: Any) -> int:
    """Say whether SRC may reach DST, and which rule decides it at each end.

    SRC and DST are namespace/pod, namespace/workload, namespace/kind/name or an address. Of a Service,
    namespace/service/name, the pods behind it are meant, and --port is its own: the port of the pods that it
    forwards to is looked up. Exits with 0 for yes, 1 for no, 3 where it cannot be told.
    """
    from scanner.network.ends import find_destination, find_source
    from scanner.network.question import ask

    read = read_reach(options)
    protocol, port = options["protocol"], options["port"]
    source = find_source(read.reach, options["src"])
    destination = find_destination(read.reach, options["dst"], protocol, port)
    answers = ask(read.reach, source, destination, protocol)
    render = _as_json if options["output"] == "json" else _as_text
    complete = read.exit_code == CLEAN
    render(answers, complete, options)
    if answers.allowed is None or not complete:
        return INCOMPLETE
    return CLEAN if answers.allowed else FINDINGS


def _as_json(answers: Answers, complete: bool, options: dict[str, Any]) -> None:
    from scanner.encode import encode
    from scanner.network.question import shown

    verdict = answers.telling[0].verdict
    document = {
        "schema": "kubeassay.network-can/v1",
        "source": options["src"],
        "destination": options["dst"],
        "protocol": options["protocol"],
        "port": options["port"],
        "allowed": answers.allowed if complete else None,
        "by_what_was_read": answers.allowed,
        "of_all": not answers.mixed,
        "because": verdict.because,
        "steps": [
            {"direction": s.direction, "allowed": s.allowed, "tier": s.tier, "because": s.because}
            for s in verdict.steps
        ],
        "rules": [_rule(*decides) for step in verdict.steps for decides in step.rules],
    }
    if answers.service:
        document["service"] = answers.service
        document["backends"] = [
            {"pod": shown(pod), "port": port, "allowed": allowed} for pod, port, allowed in answers.backends()
        ]
    click.echo(encode(document).decode())


def _rule(policy: Any, rule: Any) -> dict[str, Any]:
    from scanner.network.question import place_of

    place = place_of((policy, rule))
    return {"rule": policy.named(rule), "uri": place.uri, "line": place.line}


def _as_text(answers: Answers, complete: bool, options: dict[str, Any]) -> None:
    first, *others = answers.telling
    some = ", for some of the pods" if others else ""
    asked = f"{options['src']} → {options['dst']} {options['protocol']} {options['port']}"
    word = f"{_WORDS[answers.allowed]}{some}"
    click.echo(f"{word if complete else 'unknown'}: {one_line(asked)}")
    if not complete:
        click.echo(f"  not everything could be read; by what could be: {word}")
    if answers.service:
        _forwarded(answers, options["protocol"])
    ends = {"egress": options["src"], "ingress": options["dst"]}
    _explained(first, ends)
    for other in others:
        from scanner.network.question import shown

        ends = {"egress": shown(other.source), "ingress": shown(other.destination)}
        click.echo(f"{_WORDS[other.verdict.allowed]}: {one_line(' → '.join(ends.values()))}, for one")
        _explained(other, ends)


def _forwarded(answers: Answers, protocol: str) -> None:
    """Where a Service sends the traffic to."""
    from scanner.network.question import shown

    click.echo(f"  Service {one_line(answers.service)} forwards to")
    backends = answers.backends()
    for pod, port, allowed in backends[:_MOST_BACKENDS]:
        click.echo(f"    {one_line(shown(pod))} {protocol} {port}: {_WORDS[allowed]}")
    if len(backends) > _MOST_BACKENDS:
        click.echo(f"    and {len(backends) - _MOST_BACKENDS} more")


def _explained(answer: Answer, ends: dict[str, str]) -> None:
    from itertools import zip_longest

    from scanner.network.question import place_of

    verdict = answer.verdict
    if not verdict.steps:
        click.echo(f"  {verdict.because[0]}")
    for step in verdict.steps:
        told = {True: "allowed", False: "denied", None: "unknown"}[step.allowed]
        click.echo(f"  {step.direction} of {one_line(ends[step.direction])}: {told}")
        where = [f"  {place.uri}:{place.line}" for place in map(place_of, step.rules)]
        for why, place in zip_longest(step.because, where, fillvalue=""):
            click.echo(f"    {one_line(why + place)}")
