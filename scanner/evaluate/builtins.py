"""Built-ins of OPA that the embedded engine lacks and users' policies use."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable, Sequence
from typing import Any

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(text: str) -> _Network:
    return ipaddress.ip_network(text, strict=False)


def _intersects(one: str, other: str) -> bool:
    a, b = _network(one), _network(other)
    return a.version == b.version and a.overlaps(b)


def _merge(addresses: Sequence[str]) -> list[str]:
    networks = [_network(address) for address in addresses]
    merged: list[str] = []
    for version in (4, 6):
        alike: list[Any] = [network for network in networks if network.version == version]
        merged.extend(str(network) for network in ipaddress.collapse_addresses(alike))
    return sorted(merged)


def _digest(name: str) -> Callable[[str], str]:
    return lambda text: hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()


BUILTINS: dict[str, tuple[int, Callable[..., Any]]] = {
    "net.cidr_intersects": (2, _intersects),
    "net.cidr_merge": (1, _merge),
    "crypto.sha256": (1, _digest("sha256")),
    "crypto.sha1": (1, _digest("sha1")),
    "crypto.md5": (1, _digest("md5")),
    "set_diff": (2, lambda one, other: set(one) - set(other)),
}
"""Name → number of arguments, and the function."""
