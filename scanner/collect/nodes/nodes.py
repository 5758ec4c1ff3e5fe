"""The Nodes of a cluster, as their API server lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from scanner.collect.cluster.errors import ApiError
from scanner.collect.cluster.interface import Getter
from scanner.collect.interface import Resource

_PAGE = 200
_MOST = 50_000


def list_nodes(connection: Getter, selector: str = "") -> list[dict[str, Any]]:
    """Every Node, or those that a label selector names. Raises ApiError."""
    found: list[dict[str, Any]] = []
    token = ""
    while len(found) < _MOST:
        body = connection.get(
            "/api/v1/nodes",
            **{"limit": _PAGE, "continue": token, "labelSelector": selector},  # type: ignore[arg-type]
        )
        try:
            page = msgspec.json.decode(body)
            found += [
                {**each, "apiVersion": "v1", "kind": "Node"} for each in page["items"] if _is_named(each)
            ]
            token = str(page["metadata"].get("continue") or "")
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            raise ApiError(0, "the answer is no list of Nodes") from error
        if not token:
            break
    return found


def bodies(resources: Sequence[Resource]) -> list[dict[str, Any]]:
    """The Nodes among objects that were collected before."""
    return [each.body for each in resources if each.group_kind == "Node" and _is_named(each.body)]


def _is_named(body: Any) -> bool:
    metadata = body.get("metadata") if isinstance(body, dict) else None
    return isinstance(metadata, dict) and isinstance(metadata.get("name"), str) and bool(metadata["name"])
