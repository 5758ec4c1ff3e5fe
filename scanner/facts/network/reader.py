"""What readers of network policies of every kind have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

from scanner.collect.interface import Path, Resource
from scanner.facts.network.addresses import Network
from scanner.facts.network.policies import Direction, Flaw, Rule
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS, PortRange
from scanner.facts.network.selectors import EVERYTHING, NOTHING, Selector, read_selector
from scanner.fields import as_integer, mapping, values

T = TypeVar("T")
PEERS: Mapping[Direction, str] = {"ingress": "from", "egress": "to"}
"""Direction → the key of a rule's peers."""
_CIDR = re.compile(r"[0-9A-Fa-f.:]{2,45}/[0-9]{1,3}")
_PORT_NAME = re.compile(r"(?=.{1,15}\Z)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 300


class Reader:
    """Reads one policy, and notes what the API server would refuse in it."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.flaws: list[Flaw] = []
        given = resource.body.get("spec")
        if given is not None and not isinstance(given, dict):
            self.refuse(("spec",), "the spec must be a mapping")
        self.spec = mapping(resource.body, "spec")

    def refuse(self, path: Path, message: str) -> None:
        """The API server does not take this."""
        self.flaws.append(Flaw(path, _shortened(message)))

    def note(self, path: Path, message: str) -> None:
        """The API server takes this, but it is not what it seems."""
        self.flaws.append(Flaw(path, _shortened(message), refused=False))

    @property
    def refusals(self) -> int:
        """How much was refused so far."""
        return sum(flaw.refused for flaw in self.flaws)

    def known(self, body: Mapping[str, Any], path: Path, *known: str) -> None:
        """Refuses all other fields."""
        for key in body:
            if key not in known:
                self.refuse((*path, key), f"there is no field {key!r} here; known are {', '.join(known)}")

    def body(self, given: Any, path: Path) -> Mapping[str, Any] | None:
        """A mapping; null is an empty one, as for the API server; None for all else."""
        if given is None or isinstance(given, dict):
            return mapping(given)
        self.refuse(path, "must be a mapping")
        return None

    def selector(self, given: Any, path: Path) -> Selector:
        """A label selector; what cannot be read selects nothing."""
        if given is None:
            return EVERYTHING
        if not isinstance(given, dict):
            self.refuse(path, "a label selector must be a mapping")
            return NOTHING
        return read_selector(given, path, self.refuse)

    def listed(
        self, body: Mapping[str, Any], path: Path, read: Callable[[Any, Path], T]
    ) -> tuple[tuple[Path, T], ...] | None:
        """The items of a list with their places; None where it is missing or empty, and means anything."""
        given = body.get(str(path[-1]))
        if given is None or given == []:
            return None
        if not isinstance(given, list):
            self.refuse(path, "must be a list")
            return ()
        return tuple(((*path, at), read(each, (*path, at))) for at, each in enumerate(given))

    def rules(
        self, direction: Direction, read: Callable[[Mapping[str, Any], Path, str], Rule]
    ) -> tuple[Rule, ...]:
        """The rules of a direction; `read` is also given the key of their peers."""
        given = self.spec.get(direction)
        if given is not None and not isinstance(given, list):
            self.refuse(("spec", direction), "must be a list of rules")
        found = []
        for at, each in enumerate(values(self.spec, direction)):
            path = ("spec", direction, at)
            body = self.body(each, path)
            if body is not None:
                found.append(read(body, path, PEERS[direction]))
        return tuple(found)

    def network(self, written: Any, path: Path, masked: bool = False) -> Network | None:
        """A CIDR; `masked`: the API server takes none with bits beyond its prefix."""
        try:
            if not isinstance(written, str) or not _CIDR.fullmatch(written):
                raise ValueError
            found = ip_network(written, strict=False)
        except ValueError:
            self.refuse(path, f"{written!r} is no CIDR, such as 10.0.0.0/8 or fd00::/8")
            return None
        if ip_address(written.partition("/")[0]) != found[0]:
            complain = self.refuse if masked else self.note
            newer = "" if masked else "; newer servers refuse it"
            complain(path, f"{written} has bits beyond its prefix: it is read as {found}{newer}")
        return found

    def protocol(self, body: Mapping[str, Any], path: Path) -> str | None:
        """The protocol of a port: TCP where it names none."""
        protocol = body.get("protocol")
        if protocol is None:
            return "TCP"
        if protocol in PROTOCOLS:
            return str(protocol)
        self.refuse((*path, "protocol"), f"protocol {protocol!r} is not one of {', '.join(PROTOCOLS)}")
        return None

    def is_port_name(self, name: str, path: Path) -> bool:
        """Whether a container's port can be called so.

        Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
        """
        if _PORT_NAME.fullmatch(name):
            return True
        self.refuse(path, f"{name!r} is no name of a port; a number is written without quotes")
        return False

    def range(
        self, protocol: str, low: Any, high: Any, path: Path, keys: tuple[str, str]
    ) -> PortRange | None:
        """Ports from one to another; `keys` are the fields below `path` in which they stand."""
        numbers = []
        for key, written in zip(keys, (low, high), strict=True):
            number = as_integer(written)
            if number is None or not 1 <= number <= LAST_PORT:
                self.refuse((*path, key), f"port {written!r} is not a number from 1 to {LAST_PORT}")
                return None
            numbers.append(number)
        first, last = numbers
        if last < first:
            self.refuse(
                (*path, keys[1]), f"{keys[1]} {last} is below {keys[0]} {first}: no port is in between"
            )
            return None
        return PortRange(protocol, first, last)

    def most(self, given: Collection[object] | None, most: int, path: Path) -> None:
        """Refuses a list that is longer than the API has it."""
        if given is not None and len(given) > most:
            self.refuse(path, f"{len(given)} are too many: the API takes {most}")


def _shortened(message: str) -> str:
    """A message that quotes what stands in a policy, which may be anything."""
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} …"
