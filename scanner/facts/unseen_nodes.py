"""Which of a cluster's nodes are not judged, for want of facts of their hosts."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.facts import platform
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.nodes import CONTROL_PLANE_ROLES, HOW, runs_control_plane
from scanner.facts.platform import Seen
from scanner.facts.subject import Subject

_FEW = 3


def why_not_seen(index: Index, seen: Sequence[Subject], control_plane: bool) -> Seen:
    """What to say of the hosts beyond those that were `seen`, or only of those that run the control plane."""
    if not control_plane:
        return platform.why_not_seen(index, NODE_FACTS, seen)
    running = any(runs_control_plane(unit.resource.body) is not False for unit in seen)
    managed = platform.control_plane_is_managed(index)
    if managed and not running:
        return "not_applicable", managed
    wanted = {name for name, told in platform.roles(index).items() if told & CONTROL_PLANE_ROLES}
    missing = sorted(wanted - {unit.resource.name for unit in seen})
    if missing:
        more = f" and {len(missing) - _FEW} more" if len(missing) > _FEW else ""
        names = f"{', '.join(missing[:_FEW])}{more}"
        return "unknown", f"No facts are at hand of the hosts that run the control plane, {names}: {HOW}"
    if not running:
        return "unknown", f"No facts of a host that runs the control plane are at hand: {HOW}"
    return "", ""
